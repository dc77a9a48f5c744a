//! The proof of the balances (잔액 검산): computed from the entries alone and compared with what is kept.

use super::{
    entity::line::{Column, Entity},
    ledger, row,
};
use crate::{Store, StoreError, document};
use domain::{
    access::{Scope, act::budget as act},
    budget::{BudgetLine, Entry, LineId, reconcile},
    money::Won,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// The lines whose balances, in their document or in their columns, are not what their entries add up to. Reads every
/// line, a few hundred at a time. Nobody may write meanwhile, or a line may be named that is right.
pub async fn unreconciled(store: &Store, _: &Scope<act::Read>) -> Result<Vec<LineId>, StoreError> {
    let (mut wrong, mut after) = (Vec::new(), 0);
    loop {
        let query = Entity::find().filter(Column::Seq.gt(after)).order_by_asc(Column::Seq).limit(300);
        let rows = query.all(store.apart()).await?;
        let Some(last) = rows.last() else { return Ok(wrong) };
        after = last.seq;
        let lines = rows.iter().map(|row| document::read(&row.document)).collect::<Result<Vec<BudgetLine>, _>>()?;
        let ids: Vec<LineId> = lines.iter().map(|line| line.id).collect();
        let entries = ledger::of_lines(store.apart(), &ids).await?;
        for (line, row) in lines.iter().zip(&rows) {
            let own: Vec<Entry> = entries.iter().filter(|e| e.line == line.id).cloned().collect();
            let used = line.balances.recipient_used_krw.map(Won::get);
            let columns_agree = row::kept(row) == row::shown(line) && row.recipient_used == used;
            if !columns_agree || !matches!(reconcile(&line.balances, &own), Ok(None)) {
                wrong.push(line.id);
            }
        }
    }
}
