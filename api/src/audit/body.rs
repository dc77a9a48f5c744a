//! Wire shapes of the audit trail (감사 기록 입출력).

use crate::http::page_ask;
use domain::{
    account::ActorId,
    audit::Outcome,
    day::Instant,
    difference::Difference,
    id::Id,
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::{
    audit::{Changed, Entry, Filter, Moment},
    page::PageAsk,
};
use utoipa::{IntoParams, ToSchema};

/// Which entries, and which page.
#[derive(Debug, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListAuditEntries {
    /// Only of chains of this kind of thing, such as `project`.
    #[param(max_length = 60, pattern = "^[a-z_]+$")]
    subject_kind: Option<String>,
    /// Only of the chain of this thing; `subject_kind` must be given too.
    #[param(inline)]
    subject_id: Option<Line<200>>,
    /// Only by this account or service key.
    #[param(inline)]
    actor: Option<ActorId>,
    /// Only of this action, such as `project.change`.
    #[param(max_length = 80, pattern = "^[a-z_.]+$")]
    action: Option<String>,
    /// Only with this outcome.
    #[param(inline)]
    outcome: Option<Outcome>,
    /// Only from this moment on.
    #[param(inline)]
    from: Option<Instant>,
    /// Only before this moment.
    #[param(inline)]
    to: Option<Instant>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl ListAuditEntries {
    /// The filter; `None` when a thing is named without its kind.
    pub(super) fn filter(&self) -> Option<Filter> {
        if self.subject_id.is_some() && self.subject_kind.is_none() {
            return None;
        }
        Some(Filter {
            subject_kind: self.subject_kind.clone(),
            subject_id: self.subject_id.as_ref().map(ToString::to_string),
            actor: self.actor.map(Id::get),
            action: self.action.clone(),
            outcome: self.outcome,
            from: self.from,
            to: self.to,
        })
    }
    pub(super) fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
}

/// Which page of a history.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct HistoryPage {
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl HistoryPage {
    /// The page asked for.
    pub fn ask(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
}

/// Who did it: a person, a program, or whoever runs the machine.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AuditActor)]
pub struct Who {
    /// The account or service key.
    pub id: ActorId,
    /// Its sign-in name at that time.
    #[schema(max_length = 200, pattern = r"^[^\u0000-\u001f]*$", example = "minji.kim")]
    pub name: String,
}

/// What one entry says was changed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AuditChange)]
pub struct Change {
    /// The kind of thing.
    #[schema(max_length = 60, pattern = "^[a-z_]+$", example = "body")]
    pub kind: String,
    /// Which.
    #[schema(max_length = 200, pattern = r"^[^\u0000-\u001f]*$", example = "mois")]
    pub id: String,
    /// The fields that differ. A thing that was made stands here once, whole, under the empty pointer.
    #[schema(max_items = 100_000)]
    pub fields: Vec<Difference>,
}

/// One entry of the audit trail.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "seq": 120, "subject_kind": "body", "subject_id": "mois", "n": 2, "at": "2026-11-22T00:00:00.000000Z",
    "actor": { "id": "01890a5d-ac96-774b-bcce-b302099a8057", "name": "minji.kim" }, "action": "body.change", "outcome": "done",
    "changes": [{ "kind": "body", "id": "mois", "fields": [{ "pointer": "/version", "before": 1, "after": 2 }] }],
    "request_id": "01890a5d-ac96-774b-bcce-b302099a8057", "address": "127.0.0.1",
    "previous": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "hash": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" }))]
pub struct AuditEntry {
    /// Its number in the whole trail.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub seq: i64,
    /// Kind of the thing whose chain it stands in.
    #[schema(max_length = 60, pattern = "^[a-z_]+$")]
    pub subject_kind: String,
    /// Which thing.
    #[schema(max_length = 200, pattern = r"^[^\u0000-\u001f]*$")]
    pub subject_id: String,
    /// Its place in the chain, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub n: i64,
    /// When the request came in.
    pub at: Instant,
    /// Who.
    pub actor: Who,
    /// What was done, as the operation's security scope.
    #[schema(max_length = 80, pattern = "^[a-z_.]+$")]
    pub action: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Why, if a reason was given.
    pub reason: Option<Prose<4000>>,
    /// What was changed; empty when it was refused or only read.
    #[schema(max_items = 10_000)]
    pub changes: Vec<Change>,
    /// What was read, if anything was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Value>)]
    pub about: Option<Value>,
    /// The request.
    #[schema(max_length = 64, pattern = r"^[^\u0000-\u001f]*$")]
    pub request_id: String,
    /// Where it came from.
    #[schema(max_length = 64, pattern = r"^[^\u0000-\u001f]*$")]
    pub address: String,
    /// The hash of the entry before; zeros at the beginning of a chain.
    #[schema(max_length = 64, pattern = "^[0-9a-f]*$")]
    pub previous: String,
    /// Its own hash.
    #[schema(max_length = 64, pattern = "^[0-9a-f]*$")]
    pub hash: String,
}

impl From<Entry> for AuditEntry {
    fn from(entry: Entry) -> Self {
        let change = |Changed { kind, id, fields }| Change { kind, id, fields };
        Self {
            seq: entry.seq,
            subject_kind: entry.subject_kind,
            subject_id: entry.subject_id,
            n: entry.n,
            at: entry.at,
            actor: Who { id: Id::new(entry.actor_id), name: entry.actor_name },
            action: entry.action,
            outcome: entry.outcome,
            reason: entry.reason.and_then(|reason| reason.parse().ok()),
            changes: entry.changes.into_iter().map(change).collect(),
            about: entry.about,
            request_id: entry.request_id,
            address: entry.address,
            previous: entry.previous,
            hash: entry.hash,
        }
    }
}

/// One step of a thing's history.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "seq": 120, "at": "2026-11-22T00:00:00.000000Z",
    "actor": { "id": "01890a5d-ac96-774b-bcce-b302099a8057", "name": "minji.kim" }, "action": "body.change",
    "fields": [{ "pointer": "/version", "before": 1, "after": 2 }] }))]
pub struct HistoryEntry {
    /// The entry's number in the audit trail.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub seq: i64,
    /// When.
    pub at: Instant,
    /// Who.
    pub actor: Who,
    /// What was done.
    #[schema(max_length = 80, pattern = "^[a-z_.]+$")]
    pub action: String,
    /// Why, if a reason was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Prose<4000>>,
    /// The fields that changed; the whole thing, under the empty pointer, where it was made.
    #[schema(max_items = 100_000)]
    pub fields: Vec<Difference>,
}

impl From<Moment> for HistoryEntry {
    fn from(moment: Moment) -> Self {
        Self {
            seq: moment.seq,
            at: moment.at,
            actor: Who { id: Id::new(moment.actor_id), name: moment.actor_name },
            action: moment.action,
            reason: moment.reason.and_then(|reason| reason.parse().ok()),
            fields: moment.fields,
        }
    }
}

/// Path of one entry.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct EntryPath {
    /// The entry's number in the whole trail.
    #[param(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub seq: i64,
}

/// What to hold the trail against.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({}))]
pub struct VerifyAudit {
    /// A checkpoint taken earlier and kept elsewhere.
    pub against: Option<domain::audit::Checkpoint>,
}

/// What the trail says was read.
pub(super) fn read_of(ask: &ListAuditEntries) -> Value {
    let asked = serde_json::to_value(ask).unwrap_or_default();
    let given = asked.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
    json!({ "entries": given.map(|(name, value)| (name.clone(), value.clone())).collect::<serde_json::Map<_, _>>() })
}
