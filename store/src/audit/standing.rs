//! The trail held against what it tells of (기록과 실물 대조): versions of things, mentions, running numbers.

use super::{Changed, Model, history, verify::whole};
use crate::{Store, StoreError, page::PageAsk};
use domain::audit::{Finding, Flaw};
use sea_orm::{ConnectionTrait, Statement, Value};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A table of things that have versions, each of which an entry must tell of.
struct Kept {
    /// The kind, which is the table's name too.
    kind: &'static str,
    /// The column that identifies a thing.
    key: &'static str,
    shape: Shape,
}

/// How a thing is identified.
#[derive(Clone, Copy)]
enum Shape {
    Text,
    Uuid,
}

/// Every table with versions. A test compares the list with the schema.
const KEPT: &[Kept] = &[
    Kept { kind: "account", key: "id", shape: Shape::Uuid },
    Kept { kind: "adviser", key: "id", shape: Shape::Uuid },
    Kept { kind: "application", key: "id", shape: Shape::Uuid },
    Kept { kind: "award", key: "application", shape: Shape::Uuid },
    Kept { kind: "body", key: "key", shape: Shape::Text },
    Kept { kind: "budget_line", key: "id", shape: Shape::Uuid },
    Kept { kind: "call", key: "key", shape: Shape::Text },
    Kept { kind: "challenge", key: "id", shape: Shape::Uuid },
    Kept { kind: "committee", key: "call", shape: Shape::Text },
    Kept { kind: "common_service", key: "key", shape: Shape::Text },
    Kept { kind: "consultation", key: "id", shape: Shape::Uuid },
    Kept { kind: "cost_share_rules", key: "key", shape: Shape::Text },
    Kept { kind: "dataset_use", key: "id", shape: Shape::Uuid },
    Kept { kind: "demand", key: "id", shape: Shape::Uuid },
    Kept { kind: "envelope", key: "key", shape: Shape::Text },
    Kept { kind: "expert", key: "id", shape: Shape::Uuid },
    Kept { kind: "foundation_model", key: "key", shape: Shape::Text },
    Kept { kind: "gpu_place", key: "id", shape: Shape::Uuid },
    Kept { kind: "gpu_pool", key: "key", shape: Shape::Text },
    Kept { kind: "gpu_request", key: "id", shape: Shape::Uuid },
    Kept { kind: "gpu_round", key: "key", shape: Shape::Text },
    Kept { kind: "model_adoption", key: "id", shape: Shape::Uuid },
    Kept { kind: "objection", key: "application", shape: Shape::Uuid },
    Kept { kind: "panel", key: "application", shape: Shape::Uuid },
    Kept { kind: "project", key: "id", shape: Shape::Uuid },
    Kept { kind: "resource_request", key: "id", shape: Shape::Uuid },
    Kept { kind: "score_sheet", key: "id", shape: Shape::Text },
    Kept { kind: "selection", key: "call", shape: Shape::Text },
    Kept { kind: "service_key", key: "id", shape: Shape::Uuid },
    Kept { kind: "service_use", key: "id", shape: Shape::Uuid },
    Kept { kind: "user_charge", key: "class", shape: Shape::Text },
];

/// The kinds whose versions a verification holds against the trail.
pub fn kinds_with_versions() -> impl Iterator<Item = &'static str> {
    KEPT.iter().map(|kept| kept.kind)
}

/// How many things are compared at a time.
const AT_ONCE: usize = 200;

/// Chains whose end was seen, waiting to be compared with their things.
#[derive(Default)]
pub(super) struct Standing(Vec<(&'static Kept, String, Option<i64>)>);

impl Standing {
    /// Notes the last version of which a chain tells.
    pub(super) fn chain_ended(&mut self, subject: &(String, String), version: Option<i64>) {
        if let Some(kept) = KEPT.iter().find(|kept| kept.kind == subject.0) {
            self.0.push((kept, subject.1.clone(), version));
        }
    }
    /// Compares what has gathered, if it is enough to be worth a query.
    pub(super) async fn compare(&mut self, store: &Store, found: &mut Vec<Finding>) -> Result<(), StoreError> {
        if self.0.len() < AT_ONCE { Ok(()) } else { self.settle(store, found).await }
    }
    /// Compares the rest, then the things that have no chain at all.
    pub(super) async fn finish(mut self, store: &Store, found: &mut Vec<Finding>) -> Result<(), StoreError> {
        self.settle(store, found).await?;
        for kept in KEPT {
            let mut after = None;
            loop {
                let rows = chainless(store, kept, after.take()).await?;
                for (id, version) in &rows {
                    judge(store, kept, id, None, *version, found).await?;
                }
                let Some((last, _)) = rows.into_iter().last() else { break };
                after = Some(last);
            }
        }
        Ok(())
    }
    async fn settle(&mut self, store: &Store, found: &mut Vec<Finding>) -> Result<(), StoreError> {
        let ended = std::mem::take(&mut self.0);
        for kept in KEPT {
            let some: Vec<_> = ended.iter().filter(|(of, ..)| of.kind == kept.kind).collect();
            for some in some.chunks(AT_ONCE) {
                let ids: Vec<&str> = some.iter().map(|(_, id, _)| id.as_str()).collect();
                let rows = versions(store, kept, &ids).await?;
                for (_, id, told) in some {
                    match (rows.get(id), told) {
                        (Some(version), _) => judge(store, kept, id, *told, *version, found).await?,
                        (None, Some(_)) => found.push(about(Flaw::UnknownSubject, kept, id)),
                        // Only refusals and reads, say of a thing that was made in another's chain.
                        (None, None) => {}
                    }
                }
            }
        }
        Ok(())
    }
}

fn about(flaw: Flaw, kept: &Kept, id: &str) -> Finding {
    Finding { flaw, subject_kind: kept.kind.to_owned(), subject_id: id.to_owned(), n: None, seq: None }
}

/// Holds a thing's version against what was told of it, looking again when they differ: somebody may have written
/// meanwhile, or the entry may stand in another thing's chain.
async fn judge(
    store: &Store,
    kept: &Kept,
    id: &str,
    told: Option<i64>,
    version: i64,
    found: &mut Vec<Finding>,
) -> Result<(), StoreError> {
    if told == Some(version) {
        return Ok(());
    }
    let newest = told_now(store, kept.kind, id).await?;
    if newest.is_none_or(|newest| newest < version) {
        found.push(about(Flaw::Unrecorded, kept, id));
    } else if told.is_some_and(|told| version < told) || (told.is_none() && newest > Some(version)) {
        found.push(about(Flaw::UnknownSubject, kept, id));
    }
    Ok(())
}

/// The newest version of a thing that any entry tells.
async fn told_now(store: &Store, kind: &str, id: &str) -> Result<Option<i64>, StoreError> {
    let mut ask = PageAsk { size: 20, token: None };
    loop {
        let page = history(store, kind, id, &ask).await?;
        let versions = page
            .items
            .into_iter()
            .filter_map(|moment| Changed { kind: kind.to_owned(), id: id.to_owned(), fields: moment.fields }.version());
        if let Some(newest) = versions.max() {
            return Ok(Some(newest));
        }
        ask.token = page.next;
        if ask.token.is_none() {
            return Ok(None);
        }
    }
}

impl Kept {
    fn value(&self, id: &str) -> Option<Value> {
        match self.shape {
            Shape::Text => Some(id.into()),
            Shape::Uuid => id.parse::<Uuid>().ok().map(Into::into),
        }
    }
    fn id(&self, row: &sea_orm::QueryResult) -> Result<String, StoreError> {
        Ok(match self.shape {
            Shape::Text => row.try_get("", "id")?,
            Shape::Uuid => row.try_get::<Uuid>("", "id")?.to_string(),
        })
    }
    /// The key as the trail writes it.
    fn as_text(&self, store: &Store) -> String {
        let key = self.key;
        match self.shape {
            Shape::Text => format!("t.{key}"),
            Shape::Uuid if store.is_postgres() => format!("t.{key}::text"),
            Shape::Uuid => {
                let part = |from: u8, count: u8| format!("substr(hex(t.{key}), {from}, {count})");
                let parts = [part(1, 8), part(9, 4), part(13, 4), part(17, 4), part(21, 12)];
                format!("lower({})", parts.join(" || '-' || "))
            }
        }
    }
    async fn rows(&self, store: &Store, rest: &str, values: Vec<Value>) -> Result<Vec<(String, i64)>, StoreError> {
        let Self { kind, key, .. } = self;
        let sql = format!("SELECT t.{key} AS id, t.version AS version FROM {kind} t {rest}");
        let statement = Statement::from_sql_and_values(store.0.backend, sql, values);
        let rows = store.apart().query_all_raw(statement).await?;
        rows.iter().map(|row| Ok((self.id(row)?, row.try_get("", "version")?))).collect()
    }
}

async fn versions(store: &Store, kept: &Kept, ids: &[&str]) -> Result<BTreeMap<String, i64>, StoreError> {
    let values: Vec<Value> = ids.iter().filter_map(|id| kept.value(id)).collect();
    if values.is_empty() {
        return Ok(BTreeMap::new());
    }
    let places: Vec<String> = (1..=values.len()).map(|n| format!("${n}")).collect();
    let rest = format!("WHERE t.{} IN ({})", kept.key, places.join(", "));
    Ok(kept.rows(store, &rest, values).await?.into_iter().collect())
}

/// Things without a chain of their own, a few hundred at a time in the order of their keys.
async fn chainless(store: &Store, kept: &Kept, after: Option<String>) -> Result<Vec<(String, i64)>, StoreError> {
    let (kind, key, text) = (kept.kind, kept.key, kept.as_text(store));
    let value = after.as_deref().and_then(|after| kept.value(after));
    let beyond = if value.is_some() { format!("AND t.{key} > $1") } else { String::new() };
    let rest = format!(
        "WHERE NOT EXISTS (SELECT 1 FROM audit_entry e WHERE e.subject_kind = '{kind}' AND e.subject_id = {text}) \
         {beyond} ORDER BY t.{key} LIMIT {AT_ONCE}"
    );
    kept.rows(store, &rest, value.into_iter().collect()).await
}

/// Entries that change more than their own chain's subject, waiting to be compared with the list of mentions.
#[derive(Default)]
pub(super) struct Mentions {
    waiting: BTreeMap<i64, (Finding, BTreeSet<(String, String)>)>,
    met: u64,
}

impl Mentions {
    /// Notes what an entry should be listed under.
    pub(super) fn expect(&mut self, entry: &Model, told: &[Changed]) {
        let named = told.iter().map(|c| (c.kind.clone(), c.id.clone()));
        let own = (entry.subject_kind.clone(), entry.subject_id.clone());
        let others: BTreeSet<_> = named.filter(|other| *other != own).collect();
        if !others.is_empty() {
            let flaw = Flaw::MentionWrong;
            let (n, seq) = (Some(entry.n), Some(entry.seq));
            self.waiting.insert(entry.seq, (Finding { flaw, subject_kind: own.0, subject_id: own.1, n, seq }, others));
        }
    }
    /// Compares what has gathered, if it is enough to be worth a query.
    pub(super) async fn compare(&mut self, store: &Store, found: &mut Vec<Finding>) -> Result<(), StoreError> {
        if self.waiting.len() < AT_ONCE { Ok(()) } else { self.settle(store, found).await }
    }
    /// Compares the rest, then looks for mentions that no entry makes.
    pub(super) async fn finish(
        mut self,
        store: &Store,
        last_seq: i64,
        found: &mut Vec<Finding>,
    ) -> Result<(), StoreError> {
        self.settle(store, found).await?;
        let sql = "SELECT count(*) AS many FROM audit_mention WHERE seq <= $1";
        let statement = Statement::from_sql_and_values(store.0.backend, sql, [last_seq.into()]);
        let row = store.apart().query_one_raw(statement).await?;
        let many: i64 = row.ok_or_else(|| StoreError::failed("mentions", "no row"))?.try_get("", "many")?;
        if u64::try_from(many).ok() != Some(self.met) {
            found.push(whole(Flaw::MentionWrong, None));
        }
        Ok(())
    }
    async fn settle(&mut self, store: &Store, found: &mut Vec<Finding>) -> Result<(), StoreError> {
        let waiting: Vec<_> = std::mem::take(&mut self.waiting).into_iter().collect();
        for some in waiting.chunks(AT_ONCE) {
            let places: Vec<String> = (1..=some.len()).map(|n| format!("${n}")).collect();
            let sql =
                format!("SELECT seq, subject_kind, subject_id FROM audit_mention WHERE seq IN ({})", places.join(", "));
            let values = some.iter().map(|(seq, _)| (*seq).into());
            let statement = Statement::from_sql_and_values(store.0.backend, sql, values);
            let mut there: BTreeMap<i64, BTreeSet<(String, String)>> = BTreeMap::new();
            for row in store.apart().query_all_raw(statement).await? {
                let subject = (row.try_get("", "subject_kind")?, row.try_get("", "subject_id")?);
                there.entry(row.try_get("", "seq")?).or_default().insert(subject);
                self.met += 1;
            }
            let wrong = some.iter().filter(|(seq, (_, expected))| there.get(seq) != Some(expected));
            found.extend(wrong.map(|(_, (finding, _))| finding.clone()));
        }
        Ok(())
    }
}

/// On SQLite the running number has no gap, since a write that was undone gives its number back: a gap is an entry
/// that was taken away, also from the end. On PostgreSQL numbers are lost for good reasons, so they prove nothing.
pub(super) async fn missing_numbers(store: &Store, found: &mut Vec<Finding>) -> Result<(), StoreError> {
    if store.is_postgres() {
        return Ok(());
    }
    let gaps = "WITH given (last) AS (SELECT seq FROM sqlite_sequence WHERE name = 'audit_entry') \
         SELECT e.seq + 1 AS first, coalesce((SELECT min(x.seq) FROM audit_entry x WHERE x.seq > e.seq) - 1, given.last) AS last \
         FROM given, (SELECT 0 AS seq UNION ALL SELECT seq FROM audit_entry) e \
         WHERE e.seq < given.last AND NOT EXISTS (SELECT 1 FROM audit_entry x WHERE x.seq = e.seq + 1) LIMIT 1000";
    for gap in store.apart().query_all_raw(Statement::from_string(store.0.backend, gaps)).await? {
        let (first, last): (i64, i64) = (gap.try_get("", "first")?, gap.try_get("", "last")?);
        found.extend((first..=last).take(1000).map(|seq| whole(Flaw::NumberMissing, Some(seq))));
    }
    Ok(())
}
