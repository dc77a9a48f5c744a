//! Carrying out an import (가져오기 실행): read, check, compare, and keep all of it or nothing.

use crate::{App, http::Problem, operator, own_call};
use domain::{
    access::{self, act::reference as act},
    fiscal::{Basis, Series},
    import::{self, Kind, Options, Outcome, Report, RowFaults, Rows, decode::decode},
    problem::Refusal,
    text::Line,
};
use sha2::{Digest, Sha256};
use store::Order;

/// Whether the rows are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Keep them.
    Store,
    /// Check and count only.
    DryRun,
}

/// What a file does not say about itself.
#[derive(Debug, Clone)]
pub struct Choices {
    /// Whether the rows are kept.
    pub mode: Mode,
    /// Where the file comes from; kept with every row.
    pub source: Line<500>,
    /// Original or final budget, for fiscal indicators without the column `basis`.
    pub basis: Option<Basis>,
    /// Definition of own revenue, for fiscal indicators without the column `series`.
    pub series: Option<Series>,
}

/// Imports a file in the operator's name, as the command line does.
///
/// # Errors
/// `wrong_encoding` and `import_refused` (with each row) when the file is not sound; then nothing is kept.
pub async fn import(app: &App, kind: Kind, bytes: &[u8], choices: Choices) -> Result<Report, Problem> {
    carry_out(app, Order::new(operator(), String::new(), own_call(app)), kind, bytes, choices).await
}

/// Reads a file, weighs it, and keeps it unless it is only a trial.
pub(super) async fn carry_out(
    app: &App,
    order: Order<act::Import>,
    kind: Kind,
    bytes: &[u8],
    choices: Choices,
) -> Result<Report, Problem> {
    let (rows, report) = read(app, &order, kind, bytes, &choices).await?;
    match choices.mode {
        Mode::Store => {
            let report = Report { id: Some(app.chance.id()), ..report };
            // What is wrong with the file is told inside, so that whoever may not import learns nothing but that.
            app.store
                .write(order, async |tx, permit| {
                    Ok::<_, Problem>(store::import::bring_in(tx, permit, rows?, report).await?)
                })
                .await
        }
        Mode::DryRun => {
            let permit = app.store.look(&order).await?;
            let plan = store::import::weigh(&app.store, &permit, rows?).await?;
            Ok(plan.count(report))
        }
    }
}

type Read = Result<Rows, Refusal>;

/// Reads the file against the regions known now. Regions are never taken away, so what is read stays sound.
async fn read(
    app: &App,
    order: &Order<act::Import>,
    kind: Kind,
    bytes: &[u8],
    choices: &Choices,
) -> Result<(Read, Report), Problem> {
    let readable = access::scope::<act::Read>(order.actor());
    let options = Options {
        source: choices.source.clone(),
        known_regions: store::region::codes(&app.store, &readable).await?,
        basis: choices.basis,
        series: choices.series,
    };
    let rows = decode(bytes).and_then(|(text, _)| import::read(kind, &text, &options).map_err(RowFaults::into));
    let report = Report {
        id: None,
        kind,
        outcome: if choices.mode == Mode::DryRun { Outcome::DryRun } else { Outcome::Stored },
        file_sha256: <[u8; 32]>::from(Sha256::digest(bytes)).into(),
        source: choices.source.clone(),
        rows_read: 0,
        rows_new: 0,
        rows_changed: 0,
        rows_unchanged: 0,
        bodies_new: 0,
        bodies_changed: 0,
    };
    Ok((rows, report))
}
