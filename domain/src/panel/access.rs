//! Who may know of a panel (배정 관계): those who run the call and have no part in the application, and the members who judge.

use super::Panel;
use crate::{
    access::{Actor, BodyKey, Subject, act, allows},
    committee::MemberId,
};

/// Relations between a panel and an actor whose role is held for a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnPanel {
    /// Not with this role.
    Never,
    /// Whatever the panel.
    Always,
    /// The body holds or runs the call and does not apply here (이해관계 없음).
    RunningOther,
    /// The actor has a seat, and nothing keeps it from the application.
    Judge,
}

impl Subject for Panel {
    type Cell = OnPanel;
    const NEVER: OnPanel = OnPanel::Never;
    const KIND: &'static str = "panel";
    const IN_PATH: &'static str = "application";
    fn id(&self) -> String {
        self.application.to_string()
    }
    fn holds(&self, cell: OnPanel, body: &BodyKey, actor: &Actor) -> bool {
        match cell {
            OnPanel::Never => false,
            OnPanel::Always => true,
            OnPanel::RunningOther => self.run_by.contains(body) && !self.applicants.contains(body),
            OnPanel::Judge => self.judges(MemberId::new(actor.id.get())),
        }
    }
    /// Whoever may read the papers or the panel may know of it.
    fn visible(&self, actor: &Actor) -> bool {
        allows::<act::panel::Read>(actor, self) || allows::<act::panel::ReadPapers>(actor, self)
    }
}
