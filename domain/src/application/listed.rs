//! An application in a list (신청 목록의 한 줄): enough to choose from, made of what counts.

use super::{ApplicantBody, Application, ApplicationId, ApplicationStanding, Content};
use crate::{call::CallKey, day::Instant, money::Won, text::Line};
use serde::{Deserialize, Serialize};

/// An application's line in lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplicationItem {
    /// Its id.
    pub id: ApplicationId,
    /// The call it answers.
    pub call: CallKey,
    /// Who applies.
    pub applicant: ApplicantBody,
    /// Its title: as submitted last, or as it is being written while nothing was.
    pub title: Line<200>,
    /// What it costs in all, in won, by the same reading.
    pub total_cost_krw: Option<Won>,
    /// How it stands.
    pub standing: ApplicationStanding,
    /// How many times it was submitted.
    #[schema(minimum = 0, maximum = 200)]
    pub submissions: usize,
    /// When it was submitted last.
    pub submitted_at: Option<Instant>,
    /// When it last changed.
    pub updated_at: Instant,
}

impl Application {
    /// What counts of it: what was submitted last, or what is being written while nothing was.
    pub fn counting(&self) -> &Content {
        self.submitted().map_or(&self.content, |last| &last.content)
    }

    /// Its line in lists.
    pub fn listed(&self) -> ApplicationItem {
        let counting = self.counting();
        ApplicationItem {
            id: self.id,
            call: self.call.clone(),
            applicant: self.applicant.clone(),
            title: counting.title.clone(),
            total_cost_krw: counting.total_cost_krw,
            standing: self.standing(),
            submissions: self.submissions.len(),
            submitted_at: self.submitted().map(|last| last.submitted.at),
            updated_at: self.updated.at,
        }
    }
}
