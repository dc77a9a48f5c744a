//! The first entries of many chains at once (일괄 기록), for things that came in by thousands.

use super::{Change, Entry, Outcome, entity, row, told};
use crate::{Call, StoreError, Tx};
use domain::access::{Action, Permit};
use sea_orm::entity::prelude::*;
use serde::Serialize;
use serde_json::Value;

/// Rows of one statement: an entry has 15 columns, and SQLite takes 32,766 values.
const ROWS: usize = 500;

/// Something that was made, as an entry keeps it.
pub(crate) fn born<T: Serialize>(kind: &'static str, id: impl ToString, made: &T) -> Result<Change, StoreError> {
    let after = serde_json::to_value(made).map_err(|e| StoreError::failed("audit", e))?;
    Ok(Change { kind, id: id.to_string(), before: None, after: Some(after) })
}

/// Begins a chain for each thing made, beside the one entry of the write itself.
pub(crate) async fn begin<A: Action>(
    tx: &Tx,
    permit: &Permit<A>,
    call: &Call,
    born: Vec<Change>,
) -> Result<(), StoreError> {
    for some in born.chunks(ROWS) {
        let rows = some.iter().map(|change| {
            let entry = Entry { actor: permit.actor(), call, action: A::NAME, outcome: Outcome::Done, reason: None };
            let changes = Value::Array(vec![told(change)]);
            row(tx, entry, change.kind, &change.id, &changes, (1, [0; 32].to_vec()))
        });
        entity::Entity::insert_many(rows).exec_without_returning(tx.db()?).await?;
    }
    Ok(())
}
