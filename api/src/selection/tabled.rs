//! A result laid out for people (집계): with the names of those who apply, the meeting that confirmed it, and what it rests on.

use super::{
    result::{Whole, whole},
    wire::{AskResult, ResultStanding},
};
use crate::{App, call::call_seen, http::Problem};
use domain::{
    access::act::selection as act,
    call::SupportCall,
    evaluation::ScoreTable,
    selection::{Confirmation, Selection},
};
use std::collections::BTreeMap;
use store::Order;

/// Who applies, and with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The body's Korean name; its key where it is not known.
    pub applicant: String,
    /// The title of what was submitted last.
    pub title: String,
}

/// A result with everything that is printed beside it.
#[derive(Debug)]
pub(super) struct Tabled {
    /// The call.
    pub call: SupportCall,
    /// What was drawn and decided for it.
    pub selection: Selection,
    /// What was confirmed; none for a preview.
    pub confirmation: Option<Confirmation>,
    /// The table.
    pub table: ScoreTable,
    /// By the application's id.
    pub names: BTreeMap<String, Named>,
}

impl Tabled {
    /// The result that is asked for, for whoever may read the whole dossier.
    pub async fn of(app: &App, order: &Order<act::Dossier>, ask: &AskResult) -> Result<Self, Problem> {
        let permit = app.store.look(order).await?;
        let call = call_seen(app, order, &permit.on().call).await?;
        let Whole { call, selection, number, dossier, result } = whole(app, &permit, call, ask).await?;
        let table = ScoreTable::of(&dossier, result);
        let known = app.store.known().await?;
        let applicants = store::selection::applicants(&app.store, &permit).await?;
        let named = applicants.into_iter().map(|one| {
            let applicant = known
                .body(&one.applicant.body)
                .map_or_else(|| one.applicant.body.to_string(), |b| b.facts.name.ko.to_string());
            (one.id.to_string(), Named { applicant, title: one.title.to_string() })
        });
        let confirmation = selection.confirmations.iter().find(|one| Some(one.number) == number).cloned();
        Ok(Self { names: named.collect(), call, selection, confirmation, table })
    }

    /// What stands behind it.
    pub const fn standing(&self) -> ResultStanding {
        if self.confirmation.is_some() { ResultStanding::Confirmed } else { ResultStanding::Preview }
    }
    /// The lots it rests on.
    pub fn lots(&self) -> &[domain::selection::DrawnLot] {
        let counted = self.confirmation.as_ref().map_or(self.selection.lots.len(), |confirmation| confirmation.lots);
        self.selection.lots.get(..counted).unwrap_or(&self.selection.lots)
    }
    /// The name of a track.
    pub fn track_name(&self, code: &str) -> String {
        let tracks = self.call.rules.as_ref().map(|laid_down| &laid_down.rules.tracks);
        let track = tracks.into_iter().flatten().find(|track| track.code.as_str() == code);
        track.map_or_else(|| code.to_owned(), |track| track.name.ko.to_string())
    }
}
