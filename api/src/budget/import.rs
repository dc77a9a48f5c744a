//! Importing budget lines (예산 내역 가져오기): a table of lines with their original budgets, all of it or nothing.

use super::{
    body::stamp,
    line::{References, named},
};
use crate::{
    App,
    http::{Allowed, Csv, Found, Problem, Query},
};
use actix_web::{post, web::Data};
use domain::{
    access::{Permit, act::budget as act},
    budget::{ANOTHER_BODY, BudgetLine, EntryId, LineId, Opened, Refers, Sheet, open, sheet},
    id::Id,
    import::{Outcome, RowFault, decode::decode},
    money::{Unit, Won},
    problem::Refusal,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{StoreError, Tx};
use utoipa::{IntoParams, ToSchema};

/// The units in which budget papers state money.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[schema(as = MoneyUnit)]
enum UnitName {
    /// Won.
    #[serde(rename = "원")]
    Won,
    /// Thousand won, as in local budgets.
    #[serde(rename = "천원")]
    Thousand,
    /// Million won, as in the national budget.
    #[serde(rename = "백만원")]
    Million,
    /// Hundred million won, as in the press.
    #[serde(rename = "억원")]
    HundredMillion,
}

/// What a table does not say about itself.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ImportLines {
    /// The unit of the amounts where no row says so. Never assumed.
    #[param(inline)]
    unit: Option<UnitName>,
    /// Only check and count; nothing is kept.
    #[param(default = false)]
    dry_run: Option<bool>,
}

/// An import's id.
type ImportId = Id<BudgetLineImport>;

/// What an import of budget lines did or, on a dry run, would do.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetLineImport {
    /// The import, as the audit trail names it.
    pub id: ImportId,
    /// Whether the lines were kept.
    pub outcome: Outcome,
    /// The lines, in the order of the rows.
    #[schema(max_items = 200_000)]
    pub lines: Vec<ImportedLine>,
    /// Their original budgets together, cash and in-kind apart.
    pub cash_krw: Won,
    /// Of which in-kind support.
    pub in_kind_krw: Won,
}

/// A line that came from a row.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportedLine {
    /// The row's line in the file.
    #[schema(minimum = 1, maximum = 10_000_000)]
    pub row: u64,
    /// The line's id; not kept on a dry run.
    pub line: LineId,
    /// Its original budget in won.
    pub original_krw: Won,
}

/// How a write for an import ends when nothing is to be kept.
#[derive(Debug)]
enum End {
    /// Something is wrong.
    Refused(Problem),
    /// It was only a trial, and all would have gone well.
    Tried(BudgetLineImport),
}
impl From<StoreError> for End {
    fn from(error: StoreError) -> Self {
        Self::Refused(error.into())
    }
}
impl From<Problem> for End {
    fn from(problem: Problem) -> Self {
        Self::Refused(problem)
    }
}

/// Import budget lines.
///
/// One row, one line with its original budget. Columns by their code or their Korean name, in any order; amounts in 원, 천원,
/// 백만원 or 억원, converted exactly; all of one body. All rows or none; every bad row is counted and the first thousand faults are told,
/// each with a pointer `/rows/{line}/{column}`. A dry run goes through everything and keeps nothing.
#[utoipa::path(tag = "budget", security(("bearer" = ["budget_line.import"])),
    request_body(content = Csv, content_type = "text/csv", description = "The table.",
        example = json!("소관,회계연도,회계구분,회계명,세부사업,지원형태,내역명,금액,단위,기장일\nmsit,2026,일반회계,일반회계,1131-301,보조·출연,AX 원스톱 지원,180.5,억원,2026-01-01\n")),
    params(ImportLines))]
#[post("/budget-line-imports")]
pub(super) async fn import_budget_lines(
    app: Data<App>,
    Allowed(order): Allowed<act::Import>,
    Query(stated): Query<ImportLines>,
    Csv(bytes): Csv,
) -> Result<Found<BudgetLineImport>, Problem> {
    let (text, _) = decode(&bytes)?;
    let table = sheet(&text, stated.unit.map(UnitName::unit));
    // Whose lines they are is what the right to import is about. A table without a single row that can be read has none.
    let Some(body) = table.rows.first().map(|(_, new)| new.body.clone()) else {
        return Err(Refusal::from(table.faults).into());
    };
    let trial = stated.dry_run.unwrap_or(false);
    let id = app.chance.id();
    let ended = app
        .store
        .write(order.on(&body), async |tx, permit| {
            let opened = opened(&app, tx, permit, table).await?;
            let outcome = if trial { Outcome::DryRun } else { Outcome::Stored };
            let report = report(id, outcome, &opened).map_err(Problem::from)?;
            if trial {
                return Err(End::Tried(report));
            }
            let lines: Vec<Opened> = opened.into_iter().map(|(_, line)| line).collect();
            store::budget::import(tx, permit, id, &lines).await?;
            Ok(report)
        })
        .await;
    match ended {
        Ok(report) | Err(End::Tried(report)) => Ok(Found::new(report)),
        Err(End::Refused(problem)) => Err(named(problem, "/rows/0/body")),
    }
}

impl UnitName {
    const fn unit(self) -> Unit {
        match self {
            Self::Won => Unit::Won,
            Self::Thousand => Unit::Thousand,
            Self::Million => Unit::Million,
            Self::HundredMillion => Unit::HundredMillion,
        }
    }
}

/// Opens every row, or refuses with the faults of all.
async fn opened(
    app: &App,
    tx: &Tx,
    permit: &Permit<act::Import>,
    mut table: Sheet,
) -> Result<Vec<(u64, Opened)>, Problem> {
    let body = permit.on();
    let mut found = BTreeMap::new();
    let mut opened = Vec::new();
    for (row, new) in std::mem::take(&mut table.rows) {
        if new.body != body.key {
            table.faults.push(RowFault::new(row, Some("body"), &ANOTHER_BODY));
            continue;
        }
        let named = (new.project, new.envelope.clone());
        if !found.contains_key(&named) {
            let references = References::of(tx, permit.actor(), named.0, named.1.as_ref()).await?;
            found.insert(named.clone(), references);
        }
        let refers = found.get(&named).map(References::refers).unwrap_or_default();
        let refers = Refers { body: Some(body), ..refers };
        let (line, entry): (LineId, EntryId) = (app.chance.id(), app.chance.id());
        match open(new, refers, line, entry, stamp(tx.at(), permit.actor().id)) {
            Ok(line) => opened.push((row, line)),
            Err(refusal) => table.refuse(row, refusal),
        }
    }
    Ok(table.faults.unless_any(opened).map_err(Refusal::from)?)
}

fn report(id: Id<BudgetLineImport>, outcome: Outcome, opened: &[(u64, Opened)]) -> Result<BudgetLineImport, Refusal> {
    let original = |line: &BudgetLine| line.balances.original_krw;
    let of = |cash| {
        let lines = opened.iter().map(|(_, o)| &o.line).filter(move |line| line.kind.is_cash() == cash);
        Won::sum(lines.map(original))
    };
    let lines =
        opened.iter().map(|(row, o)| ImportedLine { row: *row, line: o.line.id, original_krw: original(&o.line) });
    Ok(BudgetLineImport { id, outcome, lines: lines.collect(), cash_krw: of(true)?, in_kind_krw: of(false)? })
}
