//! Whose an application is (신청 관계): the relations that the policy table speaks of.

use super::Application;
use crate::access::{Actor, BodyKey, Subject, act, allows, scope};
use std::collections::BTreeSet;

/// Relations between an application and an actor whose role is held for a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnApplication {
    /// Not with this role.
    Never,
    /// Whatever the application.
    Always,
    /// The body applies.
    Own,
    /// The body applies or takes part.
    Joint,
    /// It was submitted, and the body holds or runs the call.
    Running,
    /// It was submitted, and the body holds or runs the call and has no part in the application (이해관계 없음).
    RunningOther,
}

impl Subject for Application {
    type Cell = OnApplication;
    const NEVER: OnApplication = OnApplication::Never;
    const KIND: &'static str = "application";
    fn id(&self) -> String {
        self.id.to_string()
    }
    fn holds(&self, cell: OnApplication, body: &BodyKey, _: &Actor) -> bool {
        let leads = self.applicant.body == *body;
        let joins = self.partner_bodies().contains(body);
        let running = self.is_submitted() && self.run_by.contains(body);
        match cell {
            OnApplication::Never => false,
            OnApplication::Always => true,
            OnApplication::Own => leads,
            OnApplication::Joint => leads || joins,
            OnApplication::Running => running,
            OnApplication::RunningOther => running && !leads && !joins,
        }
    }
    /// Whoever may read it may know of it.
    fn visible(&self, actor: &Actor) -> bool {
        allows::<act::application::Read>(actor, self)
    }
}

/// What opens an application to an actor (열람 근거). One may hold both, by different roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sight {
    /// As one of its own: the body applies or takes part.
    pub joint: bool,
    /// As one who runs the call, or who audits.
    pub beyond: bool,
    /// As one who may read whatever there is, drafts included.
    pub whole: bool,
}

impl Application {
    /// The bodies that take part: in what is being written and in what was submitted last. Whoever takes part in either is
    /// no stranger to it.
    pub fn partner_bodies(&self) -> BTreeSet<&BodyKey> {
        let submitted = self.submitted().map(|last| &last.content);
        let contents = [Some(&self.content), submitted].into_iter().flatten();
        contents.flat_map(|content| &content.partners).map(|partner| &partner.body).collect()
    }

    /// As what an actor may read it.
    pub fn sight(&self, actor: &Actor) -> Sight {
        let mut sight = Sight::default();
        for (cell, body) in scope::<act::application::Read>(actor).reach() {
            let held = self.holds(*cell, body, actor);
            match cell {
                OnApplication::Own | OnApplication::Joint => sight.joint |= held,
                OnApplication::Running | OnApplication::RunningOther => sight.beyond |= held,
                OnApplication::Always => (sight.beyond, sight.whole) = (true, true),
                OnApplication::Never => {}
            }
        }
        sight
    }

    /// As an actor sees it. Whoever runs the call sees what was submitted: what is being written beyond that is the
    /// applicant's own until it is submitted as well.
    #[must_use]
    pub fn seen_by(mut self, actor: &Actor) -> Self {
        let sight = self.sight(actor);
        if sight.joint || sight.whole {
            return self;
        }
        if let Some(submitted) = self.submitted().map(|last| last.content.clone()) {
            self.content = submitted;
        }
        self
    }
}
