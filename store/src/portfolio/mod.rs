//! The portfolio's rollups (포트폴리오 집계), kept in the transaction of what they sum up.

use crate::{StoreError, Topic, Tx};
use domain::{budget::BudgetLine, project::Project};

/// A project was entered or has changed.
#[expect(clippy::unused_async, reason = "the rollups follow")]
pub(crate) async fn project_moved(
    tx: &Tx,
    before: Option<&Project>,
    after: Option<&Project>,
) -> Result<(), StoreError> {
    if before.is_some() || after.is_some() {
        tx.touches(Topic::Portfolio);
    }
    Ok(())
}

/// A budget line was entered or has changed.
#[expect(clippy::unused_async, reason = "the rollups follow")]
pub(crate) async fn moved(tx: &Tx, before: Option<&BudgetLine>, after: Option<&BudgetLine>) -> Result<(), StoreError> {
    if before.is_some() || after.is_some() {
        tx.touches(Topic::Portfolio);
    }
    Ok(())
}
