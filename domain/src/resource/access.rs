//! Who stands how to what hangs on a project (자원의 권한 관계): the relations are those to the project itself.

use crate::{
    access::{Action, Actor, BodyKey, ROLES, Subject, act},
    project::{OnProject, Project, ProjectId},
};

/// A record that hangs on a project, or on a body alone.
pub trait Hanging {
    /// The kind's name: an audit subject, a table, a path parameter.
    const KIND: &'static str;
    /// Its id.
    fn id(&self) -> uuid::Uuid;
    /// Counts its changes, from 1.
    fn version(&self) -> i64;
    /// The body whose it is.
    fn body(&self) -> &BodyKey;
    /// The project on which it hangs, if it does.
    fn project(&self) -> Option<ProjectId>;
}

/// A record with its project, as the policy looks at both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Of<T> {
    /// The record.
    pub thing: T,
    /// Its project; absent when it hangs on a body alone.
    pub project: Option<Project>,
}

impl<T: Hanging> Subject for Of<T> {
    type Cell = OnProject;
    const NEVER: OnProject = OnProject::Never;
    const KIND: &'static str = T::KIND;
    fn id(&self) -> String {
        self.thing.id().to_string()
    }
    /// What hangs on no project is read like a filed one, and is its body's own.
    fn holds(&self, cell: OnProject, body: &BodyKey, actor: &Actor) -> bool {
        if let Some(project) = &self.project {
            return project.holds(cell, body, actor);
        }
        let own = self.thing.body() == body;
        match cell {
            OnProject::Never | OnProject::Partner => false,
            OnProject::Always | OnProject::Filed | OnProject::FiledOrJoint => true,
            OnProject::Own | OnProject::Joint => own,
            OnProject::OtherFiled => !own,
        }
    }
    /// Whoever may read the project may know of it.
    fn visible(&self, actor: &Actor) -> bool {
        ROLES.iter().zip(act::project::Read::ROW).any(|(role, cell)| {
            actor.grants.iter().any(|grant| grant.role == *role && self.holds(cell, &grant.body, actor))
        })
    }
}
