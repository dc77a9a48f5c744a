//! Demonstration accounts (시연 계정): one for each role, with a password that everybody knows.

use super::{
    acts::{self, PasswordFrom, Person},
    body::NewRole,
    command,
};
use crate::{App, http::Problem};
use domain::{
    access::{BodyKey, Role},
    account::{AccountId, DEMONSTRATION_REFUSED, SignInName},
    problem::Refusal,
};

/// The password of every demonstration account. It is public: never load the demonstration where it matters.
pub const DEMONSTRATION_PASSWORD: &str = "only for trying it out";

/// Somebody who can sign in to the demonstration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoPerson {
    /// What to type as the name.
    pub sign_in_name: SignInName,
    /// What they may be.
    pub role: Role,
    /// For which body.
    pub body: BodyKey,
    /// What to type as the password.
    pub password: &'static str,
    /// The account.
    pub account: AccountId,
}

/// Sign-in name, display name, role and body of everybody.
const PEOPLE: [(&str, &str, Role, &str); 20] = [
    ("planner.mois", "행정안전부 담당자", Role::Planner, "mois"),
    ("planner.msit", "과학기술정보통신부 담당자", Role::Planner, "msit"),
    ("planner.mohw", "보건복지부 담당자", Role::Planner, "mohw"),
    ("applicant.seoul", "서울특별시 신청자", Role::Applicant, "sido-11"),
    ("adviser", "AX자문단 위원", Role::Adviser, "msit"),
    ("committee", "선정위원", Role::CommitteeMember, "nia"),
    ("committee.2", "선정위원 2", Role::CommitteeMember, "nia"),
    ("committee.3", "선정위원 3", Role::CommitteeMember, "nia"),
    ("committee.4", "선정위원 4", Role::CommitteeMember, "nia"),
    ("committee.5", "선정위원 5", Role::CommitteeMember, "nia"),
    ("committee.6", "선정위원 6", Role::CommitteeMember, "nia"),
    ("committee.7", "선정위원 7", Role::CommitteeMember, "nia"),
    ("committee.8", "선정위원 8", Role::CommitteeMember, "nia"),
    ("coordinator.msit", "과학기술정보통신부 총괄", Role::Coordinator, "msit"),
    ("coordinator.mois", "행정안전부 총괄", Role::Coordinator, "mois"),
    ("coordinator.nia", "NIA 공모 운영", Role::Coordinator, "nia"),
    ("progress.nia", "NIA 진도 점검", Role::ProgressManager, "nia"),
    ("auditor.bai", "감사원 감사 담당", Role::Auditor, "bai"),
    ("viewer", "조회자", Role::Viewer, "mois"),
    ("administrator", "시스템 관리자", Role::Administrator, "mois"),
];

/// Opens the demonstration accounts that are not there yet and tells who can sign in. Refused beside any other account:
/// a public password has no place next to real ones.
pub async fn demo_people(app: &App) -> Result<Vec<DemoPerson>, Problem> {
    let there = command::list(app).await?;
    let ours = |name: &SignInName| PEOPLE.iter().any(|(known, ..)| *known == name.as_str());
    if there.iter().any(|account| !ours(&account.sign_in_name)) {
        return Err(Refusal::new(&DEMONSTRATION_REFUSED).into());
    }
    let mut people = Vec::new();
    // One salt for all: the password is public anyway, and twenty hashes would be waited for.
    let mut credentials = None;
    for (name, display_name, role, body) in PEOPLE {
        let sign_in_name: SignInName = name.parse().map_err(Problem::internal)?;
        let body: BodyKey = body.parse().map_err(Problem::internal)?;
        let known = there.iter().find(|account| account.sign_in_name == sign_in_name).map(|account| account.id);
        let account = if let Some(known) = known {
            known
        } else {
            let credentials = if let Some(made) = &credentials {
                Clone::clone(made)
            } else {
                let password = DEMONSTRATION_PASSWORD.parse().map_err(Problem::internal)?;
                let chosen = acts::chosen(password, &sign_in_name, "/password")?;
                credentials.insert(acts::hashed_now(app, &chosen, PasswordFrom::Themselves)?).clone()
            };
            let reason = "시연".parse().map_err(Problem::internal)?;
            let grants = vec![NewRole { role, body: body.clone(), expires_at: None, reason }];
            let display_name = display_name.parse().map_err(Problem::internal)?;
            let person = Person { sign_in_name: sign_in_name.clone(), display_name, email: None, grants };
            acts::open(app, command::order(app, String::new()), person, credentials).await?.0.id
        };
        people.push(DemoPerson { sign_in_name, role, body, password: DEMONSTRATION_PASSWORD, account });
    }
    Ok(people)
}
