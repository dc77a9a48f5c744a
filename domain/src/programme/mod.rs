//! Programmes (사업) and the schemes, plans, meetings and envelopes around them, as the announcements name them.

mod built_in;

pub use built_in::built_in;

use crate::{
    access::BodyKey,
    code_list,
    day::{Date, FiscalYear},
    money::Won,
    name::Name,
    text::{Key, Line, Prose},
};
use serde::{Deserialize, Serialize};

/// A programme's key.
pub type ProgrammeKey = Key<Programme>;

code_list! {
    /// What an entry is; only some of them give money to projects.
    pub enum ProgrammeKind {
        /// Supports projects chosen by a call.
        SupportProgramme = "support_programme" / "지원사업",
        /// A sum of money over many programmes. Envelopes lie within each other and are never added together.
        Envelope = "envelope" / "예산 범위",
        /// Something shared that projects build on.
        Platform = "platform" / "공통기반",
        /// A lasting way of doing things under a law.
        Scheme = "scheme" / "제도",
        /// A plan or an agenda item.
        Policy = "policy" / "정책·계획",
        /// One meeting of a committee.
        Session = "session" / "회의",
        /// A trial before introduction.
        Pilot = "pilot" / "시범사업",
        /// Information strategy planning.
        Isp = "isp" / "정보화전략계획",
        /// A gathering to share cases.
        Event = "event" / "행사",
        /// Buying what projects use.
        Acquisition = "acquisition" / "자원 확보",
    }
}

code_list! {
    /// The phase of the lifecycle that an entry serves.
    pub enum ProgrammePhase {
        /// The whole lifecycle.
        All = "all" / "전주기",
        /// Planning.
        Planning = "planning" / "기획",
        /// Execution.
        Execution = "execution" / "수행",
        /// Diffusion.
        Diffusion = "diffusion" / "확산",
    }
}

/// A programme. Dates are as precise as their source; an absent value is not known, never 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// Its key.
    pub key: ProgrammeKey,
    /// Name.
    pub name: Name,
    /// What it is.
    pub kind: ProgrammeKind,
    /// The body in charge, where one is named.
    #[serde(default)]
    pub lead_body: Option<BodyKey>,
    /// Bodies that run it.
    #[schema(max_items = 20)]
    pub managing_bodies: Vec<BodyKey>,
    /// Phase it serves.
    pub phase: ProgrammePhase,
    /// Fiscal year, for what belongs to one.
    #[serde(default)]
    pub fiscal_year: Option<FiscalYear>,
    /// Published amount in won.
    #[serde(default)]
    pub amount_krw: Option<Won>,
    /// Opened.
    #[serde(default)]
    pub opened_on: Option<Date>,
    /// Closed.
    #[serde(default)]
    pub closed_on: Option<Date>,
    /// Decided or held.
    #[serde(default)]
    pub decided_on: Option<Date>,
    /// Anything worth knowing.
    #[serde(default)]
    pub note: Option<Prose<2000>>,
    /// Where this comes from.
    pub source: Line<500>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_built_in_programmes_read_and_name_known_bodies() {
        let programmes = built_in().unwrap();
        assert_eq!(programmes.len(), 21);
        let bodies: BTreeSet<_> = crate::body::built_in().unwrap().into_iter().map(|b| b.key).collect();
        for programme in &programmes {
            for key in programme.lead_body.iter().chain(&programme.managing_bodies) {
                assert!(bodies.contains(key), "{}: {key}", programme.key);
            }
        }
    }

    #[test]
    fn dates_are_as_precise_as_their_source() {
        let programmes = built_in().unwrap();
        let find = |key: &str| programmes.iter().find(|p| p.key.as_str() == key).unwrap();
        let call = find("public-ai-2026");
        assert_eq!(call.amount_krw.map(Won::get), Some(18_000_000_000));
        assert_eq!(call.closed_on.map(|d| d.to_string()).as_deref(), Some("2026-02-13"));
        assert_eq!(call.decided_on.map(|d| d.to_string()).as_deref(), Some("2026-02"));
        assert_eq!(find("ai-admin-pilot-2023").opened_on.map(|d| d.to_string()).as_deref(), Some("2023-07"));
        assert_eq!(find("ten-tasks").amount_krw, None);
    }
}
