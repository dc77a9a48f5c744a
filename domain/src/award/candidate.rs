//! Who may get an award (교부 대상): what became of an application in the confirmed result, beside the application itself.

use super::AwardSplit;
use crate::{
    application::Application, call::TrackCode, decimal::Decimal, evaluation::Outcome, selection::Place, text::Line,
};

/// Why an application may get an award.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placing {
    /// It was selected.
    Selected,
    /// It stands by, in this order.
    Reserve(usize),
}

/// An application that was selected or stands by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// The application, as it stands.
    pub application: &'a Application,
    /// Which edition of the confirmed result says so.
    pub confirmation: i64,
    /// In which track.
    pub track: TrackCode,
    /// Why it may get an award.
    pub placing: Placing,
    /// The published ratio by which its cost was split; none for a flat rate.
    pub indicator_value: Option<Decimal>,
    /// Who pays what.
    pub split: AwardSplit,
}

impl<'a> Candidate<'a> {
    /// An application with its place in the confirmed result; none when it was neither selected nor stands by, or its cost was
    /// not split.
    pub fn of(place: &Place, application: &'a Application) -> Option<Self> {
        let Place { confirmation, placed, .. } = place;
        let placing = match (placed.outcome, placed.reserve_order) {
            (Outcome::Selected, _) => Placing::Selected,
            (Outcome::Reserve, Some(order)) => Placing::Reserve(order),
            _ => return None,
        };
        let shared = placed.cost_share.as_ref()?;
        Some(Self {
            application,
            confirmation: *confirmation,
            track: placed.track.parse().ok()?,
            placing,
            indicator_value: shared.indicator_value.as_ref().map(|printed| printed.value),
            split: AwardSplit::of(&shared.split).ok()?,
        })
    }
    /// True when the applicant has taken it back since.
    pub const fn is_withdrawn(&self) -> bool {
        self.application.withdrawal.is_some()
    }
    /// The groups that screening found for the cost share.
    pub(super) fn groups(&self) -> Vec<Line<40>> {
        self.application.found_in_favour().map(|found| found.groups.clone()).unwrap_or_default()
    }
}
