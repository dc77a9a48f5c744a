//! The first entries of many chains at once (일괄 기록), for things that came in by thousands.

use super::{Chain, Change, Changed, Made, Outcome, Start, entity, row};
use crate::{Call, StoreError, Tx};
use domain::access::{Action, Permit};
use sea_orm::entity::prelude::*;
use serde::Serialize;

/// Rows of one statement: an entry has 15 columns, and SQLite takes 32,766 values.
const ROWS: usize = 500;

/// Something that was made, as an entry keeps it.
pub(crate) fn born<T: Serialize>(kind: &'static str, id: &impl ToString, made: &T) -> Result<Change, StoreError> {
    Ok(Change { kind, start: Start::Fresh, what: Changed::between(kind, id.to_string(), None::<&T>, Some(made))? })
}

/// Begins a chain for each thing made, beside the one entry of the write itself.
pub(crate) async fn begin<A: Action>(
    tx: &Tx,
    permit: &Permit<A>,
    call: &Call,
    born: Vec<Change>,
) -> Result<(), StoreError> {
    for some in born.chunks(ROWS) {
        let rows = some.iter().map(|Change { kind, start, what }| {
            let made = Made { actor: permit.actor(), call, action: A::NAME, outcome: Outcome::Done, reason: None };
            let chain = Chain { kind, subject: &what.id, start: *start };
            let changes = serde_json::to_string(&[what]).map_err(|e| StoreError::failed("audit", e))?;
            Ok(row(tx, made, &chain, changes, (1, [0; 32].to_vec())))
        });
        let rows = rows.collect::<Result<Vec<_>, StoreError>>()?;
        entity::Entity::insert_many(rows).exec_without_returning(tx.db()?).await?;
    }
    Ok(())
}
