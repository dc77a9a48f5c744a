//! Whose a sheet is (평가표 관계).

use super::ScoreSheet;
use crate::access::{Actor, BodyKey, Subject, act, allows};

/// Relations between a sheet and an actor whose role is held for a body. Its member is none of them: members come to their
/// own sheet by their seat on the panel, and lose both together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnSheet {
    /// Not with this role.
    Never,
    /// Whatever the sheet.
    Always,
    /// The body holds or runs the call and does not apply here (이해관계 없음).
    RunningOther,
}

impl Subject for ScoreSheet {
    type Cell = OnSheet;
    const NEVER: OnSheet = OnSheet::Never;
    const KIND: &'static str = "score_sheet";
    const IN_PATH: &'static str = "sheet";
    fn id(&self) -> String {
        format!("{}.{}", self.application, self.member)
    }
    fn holds(&self, cell: OnSheet, body: &BodyKey, _: &Actor) -> bool {
        match cell {
            OnSheet::Never => false,
            OnSheet::Always => true,
            OnSheet::RunningOther => self.run_by.contains(body) && !self.applicants.contains(body),
        }
    }
    /// Whoever may read it may know of it.
    fn visible(&self, actor: &Actor) -> bool {
        allows::<act::scoring::Read>(actor, self)
    }
}
