//! The system as a subject (시스템): always there, without a version.

use crate::{Facts, Purpose, StoreError};
use domain::access::System;
use sea_orm::ConnectionTrait;

impl Facts for System {
    async fn load(_: &impl ConnectionTrait, _: &str, _: Purpose) -> Result<Option<Self>, StoreError> {
        Ok(Some(Self))
    }
    fn version(&self) -> Option<i64> {
        None
    }
}
