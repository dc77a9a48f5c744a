//! Who acts in the demonstration (시연 등장인물): the people who can sign in, and the operator where nobody stands for a body.

use crate::{account::DemoPerson, http::Problem, operator};
use domain::{
    access::{Actor, BodyKey, Grant, Role},
    account::AccountId,
    id::Id,
};

/// Everybody who can sign in.
#[derive(Debug, Clone)]
pub(super) struct Cast(pub Vec<DemoPerson>);

fn acting(person: &DemoPerson) -> Actor {
    let grants = vec![Grant { role: person.role, body: person.body.clone(), expires_at: None }];
    Actor { id: Id::new(person.account.get()), name: person.sign_in_name.to_string(), grants }
}

impl Cast {
    /// Whoever holds this role for this body: somebody who can sign in, or the operator in that role.
    pub fn who(&self, role: Role, body: &str) -> Result<Actor, Problem> {
        if let Some(person) = self.0.iter().find(|person| person.role == role && person.body.as_str() == body) {
            return Ok(acting(person));
        }
        let body: BodyKey = body.parse().map_err(Problem::internal)?;
        Ok(Actor { grants: vec![Grant { role, body, expires_at: None }], ..operator() })
    }
    /// Whoever holds the calls (주관 부처).
    pub fn holder(&self) -> Result<Actor, Problem> {
        self.who(Role::Coordinator, super::calls::HOLDER)
    }
    /// Whoever runs them (전담기관): it takes part in no application, and so it screens.
    pub fn agency(&self) -> Result<Actor, Problem> {
        self.who(Role::Coordinator, super::calls::AGENCY)
    }
    /// Whoever applies for a body.
    pub fn applicant(&self, body: &BodyKey) -> Result<Actor, Problem> {
        let local = body.as_str().starts_with("sido-") || body.as_str().starts_with("sigungu-");
        self.who(if local { Role::Applicant } else { Role::Planner }, body.as_str())
    }
    /// The accounts of those who can sit on a committee.
    pub fn judges(&self) -> impl Iterator<Item = AccountId> {
        self.0.iter().filter(|person| person.role == Role::CommitteeMember).map(|person| person.account)
    }
    /// A member, by its account.
    pub fn judge(&self, id: AccountId) -> Result<Actor, Problem> {
        let person = self.0.iter().find(|person| person.account == id);
        person.map(acting).ok_or_else(|| Problem::internal("a member who cannot sign in"))
    }
}
