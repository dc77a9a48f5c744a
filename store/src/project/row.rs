//! A project as a row (과제 행): the columns that lists filter and sort by, all out of the one record.

use super::entity::{project, tag};
use crate::{StoreError, document};
use domain::{
    project::{LinkKind, Project, ProjectMoney},
    similar,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    DbBackend,
};
use serde::Serialize;
use std::fmt::Write;

/// Every column that follows from the record. `seq` and the money are kept apart.
pub(super) fn row(project: &Project, backend: DbBackend) -> Result<project::ActiveModel, StoreError> {
    let mut row = columns(project)?;
    row.item = Set(document::write(&project.listed())?);
    row.document = Set(document::write(project)?);
    row.search_text = Set(search_text(project, backend));
    Ok(row)
}

/// What lists filter and sort by.
fn columns(project: &Project) -> Result<project::ActiveModel, StoreError> {
    Ok(project::ActiveModel {
        id: Set(project.id.get()),
        code: Set(project.code.to_string()),
        version: Set(project.version),
        lead_body: Set(project.lead_body.to_string()),
        phase: Set(word(&project.phase())?),
        status: Set(word(&project.status())?),
        filed: Set(project.is_filed()),
        removed: Set(project.removed.is_some()),
        stage: Set(project.stage.as_ref().map(|s| format!("{}/{}", s.template, s.stage))),
        main_field: Set(project.fields.first().map(ToString::to_string)),
        main_region: Set(project.regions.first().map(ToString::to_string)),
        programme: Set(project.programme.as_ref().map(ToString::to_string)),
        year: Set(project.year().map(|year| year.get().into())),
        priority: Set(project.priority.is_some()),
        health: Set(project.health.rating.map(|r| word(&r)).transpose()?),
        title_ko: Set(project.title.ko.to_string()),
        gate_due: Set(project.gate_due().map(|d| d.to_string())),
        tags: Set(tag_text(project)),
        created_at: Set(project.created.at.micros()),
        updated_at: Set(project.updated.at.micros()),
        ..Default::default()
    })
}

/// What has changed. Columns that keep their value are left out, so that no index is touched for nothing.
pub(super) fn changed(
    before: &Project,
    after: &Project,
    backend: DbBackend,
) -> Result<project::ActiveModel, StoreError> {
    let (old, mut new) = (columns(before)?, columns(after)?);
    macro_rules! keep {
        ($($column:ident)+) => {$( if new.$column == old.$column { new.$column = NotSet; } )+};
    }
    keep!(id code lead_body phase status filed removed stage main_field main_region programme year);
    keep!(priority health title_ko gate_due tags created_at updated_at);
    new.item = Set(document::write(&after.listed())?);
    new.document = Set(document::write(after)?);
    if (&before.title, &before.summary) != (&after.title, &after.summary) {
        new.search_text = Set(search_text(after, backend));
    }
    Ok(new)
}

/// The row of a new project, with its money.
pub(super) fn new_row(
    project: &Project,
    money: &ProjectMoney,
    backend: DbBackend,
) -> Result<project::ActiveModel, StoreError> {
    let mut row = row(project, backend)?;
    row.money = Set(document::write(money)?);
    row.money_version = Set(0);
    row.amount_krw = Set(money.sums.current_budget_krw.get());
    Ok(row)
}

/// Partners and the ties that make up lineages, one row each: what is looked for from the other end.
pub(super) fn tags(project: &Project, seq: i64) -> Vec<tag::ActiveModel> {
    let ties = ties(project).into_iter();
    ties.map(|(kind, value)| tag::ActiveModel { kind: Set(kind.to_owned()), value: Set(value), seq: Set(seq) })
        .collect()
}

/// The same as words, in the order of the table's key.
pub(super) fn ties(project: &Project) -> Vec<(&'static str, String)> {
    let partners = project.partners.iter().map(|p| ("partner", p.body.to_string()));
    let links = project.links.iter().filter_map(|link| match link.kind {
        LinkKind::Predecessor => Some(("predecessor", link.project.to_string())),
        LinkKind::FollowUp => Some(("follow_up", link.project.to_string())),
        LinkKind::Similar | LinkKind::Joint => None,
    });
    let mut all: Vec<_> = partners.chain(links).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Partners, fields and regions in one text that an index can carry: `|p:msit|f:public|r:36|`.
fn tag_text(project: &Project) -> String {
    let mut text = String::from("|");
    let partners = project.partners.iter().map(|p| tag_word('p', &p.body));
    let fields = project.fields.iter().map(|f| tag_word('f', f));
    let regions = project.regions.iter().map(|r| tag_word('r', r));
    for word in partners.chain(fields).chain(regions) {
        text.push_str(word.trim_start_matches('|'));
    }
    text
}

/// What to look for in [`tag_text`].
pub(super) fn tag_word(kind: char, value: impl std::fmt::Display) -> String {
    format!("|{kind}:{value}|")
}

/// What the full-text index takes: number, title and summary in bigrams. SQLite splits at spaces; PostgreSQL is given
/// the finished vector, so that no parser of its own has a say and both find the same.
fn search_text(project: &Project, backend: DbBackend) -> String {
    let summary = project.summary.as_ref().map_or("", |s| s.as_str());
    let english = project.title.en.as_ref().map_or("", |t| t.as_str());
    let text =
        [project.code.to_string().as_str(), project.title.ko.as_str(), english, summary].map(similar::index_text);
    if backend == DbBackend::Sqlite {
        // A word that no text contains keeps the parts apart.
        return text.join(" § ");
    }
    let mut vector = String::new();
    let mut place = 1_u32;
    for part in text {
        for token in part.split(' ').filter(|t| !t.is_empty()) {
            let _ = write!(vector, "'{token}':{} ", place.min(16_383));
            place += 1;
        }
        place += 1;
    }
    vector
}

/// The stable word of a code list's member.
pub(crate) fn word<T: Serialize>(value: &T) -> Result<String, StoreError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        other => Err(StoreError::failed("word", format!("not a word: {other:?}"))),
    }
}
