//! Every operation, tried by everybody (연산 × 역할): the specification says which operations there are, the policy table
//! who may do them, and the fixtures beside this file what they are tried on.
//!
//! Nobody's token gives 401. Every role, held for the leading body, for a partner and for a stranger, gets what the table
//! says; what one may not see is 404, what one may not do 403. Every write leaves exactly one audit entry, named as its
//! action. Every answer fits the specification.

mod account;
mod application;
mod audit;
mod award;
mod body;
mod budget;
pub mod call;
mod cast;
mod challenge;
mod committee;
mod consultation;
mod cost_share;
mod demand;
mod gpu;
mod objection;
mod operation;
mod operations;
mod panel;
mod portfolio;
mod project;
mod reference;
mod resource;
mod scoring;
mod selection;
mod signing_key;

use cast::Who;
pub use cast::{Cast, Place};
use domain::access::{IN_PATH, TABLE};
use serde_json::Value;
use std::collections::BTreeSet;
use tests::{
    Answer, Persona, TestApp,
    audit::Trail,
    both,
    operations::{Operation, operations},
};

/// What an operation is tried on: one subject in the state that the operation needs.
#[derive(Debug, Clone)]
pub struct Case {
    /// The path with its query, templates filled in.
    pub path: String,
    /// The version that is meant.
    pub tag: Option<String>,
    /// What is sent; none means the specification's example.
    pub body: Option<Value>,
    /// Whether the subject is seen beyond its own bodies.
    pub state: State,
    /// The only one who can do it: whose own account it is about.
    pub by: Option<Persona>,
}

/// Whether a subject is seen beyond its own bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// A draft, or something that is nobody's else.
    Draft,
    /// Filed, firm, in force.
    Filed,
    /// A draft that was taken away: its lead alone knows of it.
    Removed,
}

impl Case {
    /// A case that needs neither version nor body of its own.
    pub fn at(path: impl Into<String>) -> Self {
        Self { path: path.into(), tag: None, body: None, state: State::Filed, by: None }
    }
    /// The same with a version.
    pub fn tagged(mut self, tag: impl Into<String>) -> Self {
        self.tag = Some(tag.into());
        self
    }
    /// The same with a body.
    pub fn with(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }
    /// The same, taken away.
    pub fn removed(mut self) -> Self {
        self.state = State::Removed;
        self
    }
    /// The same for the one whose own account it is about.
    pub fn by(mut self, who: Persona) -> Self {
        self.by = Some(who);
        self
    }
    /// The same, not yet seen by others.
    pub fn draft(mut self) -> Self {
        self.state = State::Draft;
        self
    }
}

/// The fixtures: the tags whose operations each one knows.
macro_rules! fixtures {
    ($($name:ident: [$($tag:literal),+];)+) => {
        /// The tags that are walked.
        pub const TAGS: &[&str] = &[$($($tag),+),+];
        $(mod $name {
            use super::*;
            both! {
                async fn everybody(app: TestApp) {
                    let cast = Cast::of(&app).await;
                    let mut faults = Vec::new();
                    for operation in operations().iter().filter(|o| [$($tag),+].iter().any(|t| o.told["tags"][0] == **t)) {
                        try_all(&app, &cast, operation, async |id| super::super::$name::case(&app, &cast, id).await, &mut faults).await;
                    }
                    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
                }
            }
        })+
    };
}

mod walks {
    use super::*;
    fixtures! {
        audit: ["audit"];
        award: ["award"];
        account: ["account", "session", "service_key"];
        application: ["application"];
        body: ["body"];
        budget: ["budget"];
        cost_share: ["cost_share"];
        call: ["call"];
        challenge: ["challenge"];
        committee: ["committee"];
        demand: ["demand"];
        gpu: ["gpu"];
        consultation: ["advisory"];
        objection: ["objection"];
        operation: ["operation"];
        operations: ["operations"];
        panel: ["panel"];
        portfolio: ["portfolio"];
        project: ["project"];
        reference: ["reference"];
        resource: ["resource"];
        scoring: ["scoring"];
        selection: ["selection"];
        signing_key: ["signing_key"];
    }
}

/// What any operation is tried on, wherever its fixture stands.
pub async fn case_of(app: &TestApp, cast: &Cast, id: &str) -> Option<Case> {
    macro_rules! first {
        ($($name:ident)+) => {$( if let Some(case) = $name::case(app, cast, id).await { return Some(case); } )+};
    }
    first!(audit account application award body budget call challenge committee consultation cost_share demand gpu objection operation operations panel portfolio project reference resource scoring selection signing_key);
    None
}

#[test]
fn every_tag_is_walked() {
    let used: BTreeSet<String> =
        operations().iter().filter_map(|o| o.told["tags"][0].as_str().map(str::to_owned)).collect();
    let missing: Vec<_> = used.iter().filter(|tag| !walks::TAGS.contains(&tag.as_str())).collect();
    assert!(
        missing.is_empty(),
        "add a file of fixtures to tests/it/every_operation and to `walks` for the tags {missing:?}"
    );
}

/// Operations that are tried elsewhere. The list may only shrink.
pub const ELSEWHERE: [&str; 1] = [
    // Only while there is no administrator, and then once: tests/it/account/door.rs.
    "create_first_administrator",
];

/// Tries one operation with everybody.
async fn try_all(
    app: &TestApp,
    people: &Cast,
    operation: &Operation,
    make: impl AsyncFn(&str) -> Option<Case>,
    faults: &mut Vec<String>,
) {
    if ELSEWHERE.contains(&operation.id.as_str()) {
        return;
    }
    let Some(mut case) = make(&operation.id).await else {
        return faults.push(format!("{}: add a case to tests/it/every_operation", operation.id));
    };
    let trail = Trail::of(app).await;
    let anonymous = told_by(app, operation, None, &case, &trail, faults).await;
    let Some(action) = &operation.action else {
        if !anonymous.answer.status.is_success() {
            faults.push(format!("{}: without a token {}", operation.id, told(&anonymous.answer)));
        } else if operation.writes() && !matches!(anonymous.entries.as_slice(), [one] if one.ends_with(" done")) {
            faults.push(format!("{}: left {:?} in the audit trail", operation.id, anonymous.entries));
        }
        return;
    };
    if anonymous.answer.status.as_u16() != 401 || !anonymous.answer.headers.contains_key("www-authenticate") {
        faults.push(format!("{}: without a token {}", operation.id, told(&anonymous.answer)));
    }
    if let Some(own) = &case.by {
        let done = told_by(app, operation, Some(own), &case, &trail, faults).await;
        return done.must_succeed(operation, action, "the own person", faults);
    }
    let (_, kind, row) = TABLE.iter().find(|(name, ..)| name == action).expect("a row of the policy table");
    let mut blind = false;
    for who in people.everybody() {
        // A case may have let time pass, and with it the life of a token.
        let who = &Who { persona: app.renew(&who.persona), ..who.clone() };
        let allowed =
            if is_list(operation, kind) { who.cell(row) != "Never" } else { who.holds(who.cell(row), case.state) };
        if allowed && operation.needs_version() && !blind {
            blind = true;
            let answer = send(app, operation, Some(&who.persona), &case, Version::Left).await;
            expect(operation, who, &answer, &[428], faults);
        }
        let done = told_by(app, operation, Some(&who.persona), &case, &trail, faults).await;
        if allowed {
            done.must_succeed(operation, action, &who.to_string(), faults);
            if operation.writes() {
                case = make(&operation.id).await.expect("the case again");
            }
            continue;
        }
        // Whoever reads nothing of a kind by any role is told so.
        let refused = if is_list(operation, kind) { &[403] } else { refusals(who, kind, row, case.state) };
        expect(operation, who, &done.answer, refused, faults);
        if operation.writes() && done.entries.iter().any(|e| !e.ends_with(" denied")) {
            faults.push(format!("{}: refused to {who}, and yet {:?}", operation.id, done.entries));
        }
    }
    if operation.path.contains("{project}") && case.state == State::Filed {
        try_on_a_draft(app, people, operation, &case, row, faults).await;
    }
}

/// What came of one try, with the entries that it left in the audit trail.
struct Tried {
    answer: Answer,
    entries: Vec<String>,
}

impl Tried {
    fn must_succeed(&self, operation: &Operation, action: &str, who: &str, faults: &mut Vec<String>) {
        if !self.answer.status.is_success() {
            faults.push(format!("{}: by {who} {}", operation.id, told(&self.answer)));
        } else if operation.writes() && self.entries != [format!("{action} done")] {
            faults.push(format!("{}: by {who} left {:?} in the audit trail", operation.id, self.entries));
        }
    }
}

async fn told_by(
    app: &TestApp,
    operation: &Operation,
    who: Option<&Persona>,
    case: &Case,
    trail: &Trail,
    faults: &mut Vec<String>,
) -> Tried {
    let before = trail.last().await;
    let answer = send(app, operation, who, case, Version::Named).await;
    faults.extend(operation.misfit(&answer));
    Tried { answer, entries: trail.since(before).await }
}

/// Tries what is meant for a filed project on a draft: whoever may not do it must not learn of it either.
async fn try_on_a_draft(
    app: &TestApp,
    people: &Cast,
    operation: &Operation,
    case: &Case,
    row: &[&'static str; 9],
    faults: &mut Vec<String>,
) {
    let draft = project::draft(app, people).await;
    let below = case.path.splitn(5, '/').nth(4).map(|below| format!("/{below}")).unwrap_or_default();
    let case = Case {
        path: format!("{}{below}", project::path(&draft)),
        tag: Some(draft.tag()),
        state: State::Draft,
        ..case.clone()
    };
    for who in people.everybody().filter(|who| !who.holds(who.cell(row), State::Draft)) {
        let answer = send(app, operation, Some(&who.persona), &case, Version::Named).await;
        faults.extend(operation.misfit(&answer));
        expect(operation, who, &answer, refusals(who, "project", row, State::Draft), faults);
    }
}

/// A list, a search or an export: everybody for whom the table opens anything may ask, and sees what they may.
fn is_list(operation: &Operation, kind: &str) -> bool {
    let named = IN_PATH.iter().find(|(name, _)| operation.action.as_deref() == Some(*name));
    let in_path = named.is_some_and(|(_, parameter)| operation.path.contains(&format!("{{{parameter}}}")));
    !operation.writes() && kind != "system" && !in_path
}

/// What answers somebody who may not: 404 about what they may not know of, otherwise 403.
fn refusals(who: &Who, kind: &str, row: &[&'static str; 9], state: State) -> &'static [u16] {
    let of = |reading: &str| {
        let (_, _, row) = TABLE.iter().find(|(name, ..)| *name == reading).expect("a reading action");
        row
    };
    let reading = match kind {
        "project" => "project.read",
        "budget_line" => "budget_line.read",
        "call" => "call.read",
        "application" => "application.read",
        "award" => "award.read",
        "committee" => "committee.read",
        "consultation" => "consultation.read",
        "adviser" => "adviser.read",
        "expert" => "expert.read",
        "score_sheet" => "score_sheet.read",
        "challenge" => "challenge.read",
        "objection" => "objection.read",
        "gpu_request" => "gpu_request.read",
        "gpu_round" => "gpu_round.read",
        "demand" => "demand.read",
        "resource_request" => "resource_request.read",
        "model_adoption" => "model_adoption.read",
        "service_use" => "service_use.read",
        "dataset_use" => "dataset_use.read",
        // A panel is known to those who may read it, and to those who judge.
        "panel" if who.holds(who.cell(of("panel.read_papers")), state) => return &[403],
        "panel" => "panel.read",
        "account" | "service_key" => "account.list",
        "operation" => return &[404],
        _ => return &[403],
    };
    let reads = of(reading);
    match who.holds(who.cell(reads), state) {
        true => &[403],
        // Whoever may read nothing of the kind may be told so.
        false if who.cell(reads) == "Never" && who.cell(row) == "Never" => &[403, 404],
        false => &[404],
    }
}

/// Whether the version that is meant is named.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Version {
    Named,
    Left,
}

async fn send(app: &TestApp, operation: &Operation, who: Option<&Persona>, case: &Case, version: Version) -> Answer {
    let body = case.body.as_ref().or_else(|| operation.example().map(|(_, example)| example));
    let tag = case.tag.as_deref().filter(|_| version == Version::Named && operation.needs_version());
    match who {
        Some(who) => app.send_as(who, &operation.method, &case.path, tag, body).await,
        None => app.send_anonymously(&operation.method, &case.path, tag, body).await,
    }
}

fn expect(operation: &Operation, who: &Who, answer: &Answer, statuses: &[u16], faults: &mut Vec<String>) {
    if !statuses.contains(&answer.status.as_u16()) {
        faults.push(format!("{}: by {who} expected {statuses:?}, got {}", operation.id, told(answer)));
    }
}

fn told(answer: &Answer) -> String {
    format!(
        "{} {}",
        answer.status.as_u16(),
        String::from_utf8_lossy(&answer.bytes).chars().take(400).collect::<String>()
    )
}
