//! An application as a row (신청 행): the columns that lists filter and sort by, all out of the one record.

use super::entity::{application, tag};
use crate::{StoreError, document};
use domain::application::Application;
use sea_orm::ActiveValue::Set;

/// The body that applies.
pub(super) const APPLIES: &str = "applies";
/// A body that takes part beside the applicant.
pub(super) const PARTNER: &str = "partner";
/// A body that holds or runs the call.
pub(super) const RUNS: &str = "runs";

/// Every column that follows from the record.
pub(super) fn row(application: &Application) -> Result<application::ActiveModel, StoreError> {
    let summary = application.counting().summary.as_ref().map(ToString::to_string);
    Ok(application::ActiveModel {
        id: Set(application.id.get()),
        version: Set(application.version),
        call: Set(application.call.to_string()),
        body: Set(application.applicant.body.to_string()),
        level: Set(application.applicant.level.to_string()),
        standing: Set(application.standing().to_string()),
        submitted: Set(application.is_submitted()),
        submitted_at: Set(application.submitted().map(|last| last.submitted.at.micros())),
        updated_at: Set(application.updated.at.micros()),
        item: Set(document::write(&application.listed())?),
        summary: Set(summary),
        document: Set(document::write(application)?),
        ..Default::default()
    })
}

/// The bodies that have a part in it, one row each.
pub(super) fn tags(application: &Application, seq: i64) -> Vec<tag::ActiveModel> {
    let parts = parts(application).into_iter();
    parts
        .map(|(kind, value)| tag::ActiveModel { kind: Set(kind.to_owned()), value: Set(value), seq: Set(seq) })
        .collect()
}

/// The same as words.
pub(super) fn parts(application: &Application) -> Vec<(&'static str, String)> {
    let partners = application.partner_bodies().into_iter().map(|body| (PARTNER, body.to_string()));
    let applicant = (APPLIES, application.applicant.body.to_string());
    partners.chain([applicant]).chain(application.run_by.iter().map(|body| (RUNS, body.to_string()))).collect()
}
