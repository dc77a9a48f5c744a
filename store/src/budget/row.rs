//! Lines and entries as rows (행): what lists filter and sort by, beside the document.

use super::entity::{entry, line};
use crate::{StoreError, document};
use domain::{
    budget::{BudgetLine, Entry},
    day::Instant,
    money::Won,
};
use sea_orm::ActiveValue::Set;

/// The row of a new line.
pub fn new(line: &BudgetLine, at: Instant) -> Result<line::ActiveModel, StoreError> {
    Ok(described(money(line, at)?, line))
}

/// What has changed about a line. Columns that keep their value are left out, so that no index is touched for nothing.
pub fn changed(before: &BudgetLine, after: &BudgetLine, at: Instant) -> Result<line::ActiveModel, StoreError> {
    let row = money(after, at)?;
    let same = before.details() == after.details()
        && before.project == after.project
        && before.standing == after.standing
        && before.removed_at == after.removed_at;
    let row = if same { row } else { described(row, after) };
    // The id is what the row is found by, and neither it nor the body ever changes.
    Ok(line::ActiveModel { id: sea_orm::ActiveValue::NotSet, body: sea_orm::ActiveValue::NotSet, ..row })
}

/// What a movement changes.
fn money(line: &BudgetLine, at: Instant) -> Result<line::ActiveModel, StoreError> {
    let b = &line.balances;
    Ok(line::ActiveModel {
        version: Set(line.version),
        original: Set(b.original_krw.get()),
        supplementary: Set(b.supplementary_krw.get()),
        carried_in: Set(b.carried_in_krw.get()),
        moved_in: Set(b.moved_in_krw.get()),
        moved_out: Set(b.moved_out_krw.get()),
        contingency: Set(b.contingency_krw.get()),
        current_budget: Set(b.current_budget_krw.get()),
        apportioned: Set(b.apportioned_krw.get()),
        committed: Set(b.committed_krw.get()),
        expended: Set(b.expended_krw.get()),
        carried_out: Set(b.carried_out_krw.get()),
        lapsed: Set(b.lapsed_krw.get()),
        available: Set(b.available_krw.get()),
        recipient_used: Set(b.recipient_used_krw.map(Won::get)),
        updated_at: Set(at.micros()),
        document: Set(document::write(line)?),
        ..Default::default()
    })
}

/// The same with what is said of the line.
fn described(row: line::ActiveModel, line: &BudgetLine) -> line::ActiveModel {
    line::ActiveModel {
        id: Set(line.id.get()),
        body: Set(line.body.to_string()),
        fiscal_year: Set(line.fiscal_year.get().into()),
        kind: Set(line.kind.to_string()),
        account_kind: Set(line.account.kind.to_string()),
        project_id: Set(line.project.as_ref().map(|p| p.id.get())),
        envelope: Set(line.envelope.as_ref().map(ToString::to_string)),
        standing: Set(line.standing.to_string()),
        project_filed: Set(line.project.as_ref().is_some_and(|p| p.filed)),
        share_bp: Set(line.share.basis_points().into()),
        title: Set(line.title.as_str().to_lowercase()),
        removed_at: Set(line.removed_at.map(Instant::micros)),
        ..row
    }
}

/// The row of an entry.
pub fn entry(entry: &Entry) -> Result<entry::ActiveModel, StoreError> {
    Ok(entry::ActiveModel {
        line_id: Set(entry.line.get()),
        n: Set(entry.n),
        id: Set(entry.id.get()),
        kind: Set(entry.kind.to_string()),
        amount: Set(entry.amount_krw.won().get()),
        booked_on: Set(entry.booked_on.to_string()),
        recorded_at: Set(entry.recorded_at.micros()),
        approval_no: Set(entry.approval_no.as_ref().map(ToString::to_string)),
        document: Set(document::write(entry)?),
    })
}

/// The balances that the columns of a row must show, in their order.
pub const fn shown(line: &BudgetLine) -> [i64; 13] {
    let b = &line.balances;
    [
        b.original_krw.get(),
        b.supplementary_krw.get(),
        b.carried_in_krw.get(),
        b.moved_in_krw.get(),
        b.moved_out_krw.get(),
        b.contingency_krw.get(),
        b.current_budget_krw.get(),
        b.apportioned_krw.get(),
        b.committed_krw.get(),
        b.expended_krw.get(),
        b.carried_out_krw.get(),
        b.lapsed_krw.get(),
        b.available_krw.get(),
    ]
}

/// The balances that the columns of a row do show.
pub const fn kept(row: &line::Model) -> [i64; 13] {
    [
        row.original,
        row.supplementary,
        row.carried_in,
        row.moved_in,
        row.moved_out,
        row.contingency,
        row.current_budget,
        row.apportioned,
        row.committed,
        row.expended,
        row.carried_out,
        row.lapsed,
        row.available,
    ]
}
