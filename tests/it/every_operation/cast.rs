//! Who tries it (등장인물): every role, for the leading body, for a partner and for somebody else's.

use super::State;
use domain::access::{ROLES, Role};
use tests::{Persona, TestApp};

/// Where a role is held, seen from the subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The body that the subject belongs to.
    Lead,
    /// A body that takes part.
    Partner,
    /// Any other.
    Stranger,
}

impl Place {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Lead, Self::Partner, Self::Stranger];
    /// The body that stands for it.
    pub const fn body(self) -> &'static str {
        match self {
            Self::Lead => "mois",
            Self::Partner => "msit",
            Self::Stranger => "mohw",
        }
    }
}

/// One of those who try.
#[derive(Debug, Clone)]
pub struct Who {
    pub role: Role,
    pub place: Place,
    pub persona: Persona,
}

impl std::fmt::Display for Who {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {}", self.role, self.place.body())
    }
}

impl Who {
    /// The cell of this role in a row of the policy table.
    pub fn cell(&self, row: &[&'static str; 9]) -> &'static str {
        let column = ROLES.iter().position(|role| *role == self.role).unwrap();
        row[column]
    }
    /// Whether a relation holds between this one and a subject that is led by the leading body with the partner taking
    /// part. Every relation of every kind is spelled out here a second time, independently of the program.
    pub fn holds(&self, cell: &str, state: State) -> bool {
        let (lead, filed) = (self.place == Place::Lead, state == State::Filed);
        let partner = self.place == Place::Partner && state != State::Removed;
        match cell {
            "Never" | "Self_" => false,
            "Always" => true,
            // The leading body's committee member chairs the committee, and the application was given to it; so was the
            // consultation to its adviser.
            "Own" | "Member" | "Chair" | "Judge" | "Assigned" => lead,
            "Partner" => partner,
            "Joint" => lead || partner,
            "Filed" | "Firm" | "Published" | "Announced" => filed,
            "FiledOrJoint" => filed || lead || partner,
            // The call of an application is held by the stranger and run by the partner.
            "OtherFiled" | "RunningOther" => filed && !lead && !partner,
            "Other" => !lead && !partner,
            "OtherBody" => !lead,
            "Visible" | "PublishedOrOwn" => lead || filed,
            "Running" => filed && !lead,
            other => panic!("say in tests/it/every_operation/cast.rs when {other} holds"),
        }
    }
}

/// All of those who try.
pub struct Cast(Vec<Who>);

impl Cast {
    /// An account for each.
    pub async fn of(app: &TestApp) -> Self {
        let mut all = Vec::new();
        for role in ROLES {
            for place in Place::ALL {
                all.push(Who { role, place, persona: app.persona(role, place.body()).await });
            }
        }
        Self(all)
    }
    /// The same people with tokens of now.
    pub fn renewed(&self, app: &TestApp) -> Self {
        Self(self.0.iter().map(|who| Who { persona: app.renew(&who.persona), ..who.clone() }).collect())
    }
    /// Everybody.
    pub fn everybody(&self) -> impl Iterator<Item = &Who> {
        self.0.iter()
    }
    /// One of them.
    pub fn who(&self, role: Role, place: Place) -> &Persona {
        &self.0.iter().find(|who| who.role == role && who.place == place).unwrap().persona
    }
    /// The planner of the leading body.
    pub fn planner(&self) -> &Persona {
        self.who(Role::Planner, Place::Lead)
    }
    /// A coordinator of another body.
    pub fn coordinator(&self) -> &Persona {
        self.who(Role::Coordinator, Place::Stranger)
    }
    /// An administrator.
    pub fn administrator(&self) -> &Persona {
        self.who(Role::Administrator, Place::Lead)
    }
}
