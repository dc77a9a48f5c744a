//! Aggregates as documents (집합체 문서): one JSON text beside the columns that lists filter and sort by.

use crate::StoreError;
use serde::{Serialize, de::DeserializeOwned};

/// Reads an aggregate back.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|e| StoreError::failed("read document", e))
}

/// Writes an aggregate down.
pub(crate) fn write<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|e| StoreError::failed("write document", e))
}
