//! Checkpoints (확인점): one Merkle root over the ends of all chains, for keeping elsewhere.

use super::entity::{Column, Entity, Model};
use crate::{Store, StoreError};
use domain::{
    audit::{Checkpoint, Head},
    day::Instant,
};
use sea_orm::{
    ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
    sea_query::{Expr, ExprTrait},
};
use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, time::Duration};

/// How many entries are read at a time: what bounds the memory.
const AT_ONCE: u64 = 500;

/// Takes a checkpoint. `each` is given the head of every chain, in the order of kind and id: kept beside the
/// checkpoint they let a later verification name the chain that was cut short.
pub async fn checkpoint(
    store: &Store,
    at: Instant,
    mut each: impl FnMut(&Head) -> Result<(), StoreError>,
) -> Result<Checkpoint, StoreError> {
    let mut walk = Walk::to(last_seq(store).await?);
    let mut heads = Heads::default();
    while let Some(entries) = walk.next(store).await? {
        for entry in entries {
            if let Some(head) = heads.after(&entry)? {
                each(&head)?;
            }
        }
    }
    if let Some(head) = heads.last() {
        each(&head)?;
    }
    heads.checkpoint(at, walk.last_seq)
}

/// The newest number below which no entry can appear any more. On PostgreSQL a number is drawn before its transaction
/// commits, so the writers under way are waited for.
pub(super) async fn last_seq(store: &Store) -> Result<i64, StoreError> {
    let newest = "SELECT coalesce(max(seq), 0) AS last FROM audit_entry";
    let row = store.reader().query_one_raw(Statement::from_string(store.0.backend, newest)).await?;
    let last = row.ok_or_else(|| StoreError::failed("last entry", "no row"))?.try_get("", "last")?;
    if store.is_postgres() {
        settled(store).await?;
    }
    Ok(last)
}

/// How often and how long writers are waited for: half a minute in all.
const LOOKS: u16 = 6000;
const BETWEEN_LOOKS: Duration = Duration::from_millis(5);

/// Waits until everybody who is appending entries now is done. Whoever appends holds a lock on the table from before the
/// entry draws its number until it can be seen, and who holds locks may be read with any rights.
async fn settled(store: &Store) -> Result<(), StoreError> {
    let mut awaited = appending(store).await?;
    for _ in 0..LOOKS {
        if awaited.is_empty() {
            return Ok(());
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
        let still = appending(store).await?;
        awaited.retain(|writer| still.contains(writer));
    }
    Err(StoreError::failed("last entry", "a write has been under way for half a minute"))
}

/// The transactions that may append an entry.
async fn appending(store: &Store) -> Result<BTreeSet<String>, StoreError> {
    let sql = "SELECT virtualtransaction AS writer FROM pg_locks WHERE locktype = 'relation' AND granted \
         AND relation = 'audit_entry'::regclass AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) \
         AND mode IN ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')";
    let rows = store.reader().query_all_raw(Statement::from_string(store.0.backend, sql)).await?;
    rows.iter().map(|row| Ok(row.try_get("", "writer")?)).collect()
}

/// A walk through all chains: by kind, id and place, a few hundred entries at a time.
pub(super) struct Walk {
    /// Entries beyond this number are not looked at.
    pub last_seq: i64,
    after: Option<(String, String, i64)>,
}

impl Walk {
    pub(super) const fn to(last_seq: i64) -> Self {
        Self { last_seq, after: None }
    }
    /// The next entries; `None` after the last.
    pub(super) async fn next(&mut self, store: &Store) -> Result<Option<Vec<Model>>, StoreError> {
        let place = [Column::SubjectKind, Column::SubjectId, Column::N];
        let mut query = Entity::find().filter(Expr::col(Column::Seq).lte(self.last_seq));
        if let Some((kind, id, n)) = self.after.take() {
            let here = [Expr::val(kind), Expr::val(id), Expr::val(n)];
            query = query.filter(Expr::tuple(place.map(Expr::col)).gt(Expr::tuple(here)));
        }
        for column in place {
            query = query.order_by_asc(column);
        }
        let entries = query.limit(AT_ONCE).all(store.apart()).await?;
        let Some(last) = entries.last() else { return Ok(None) };
        self.after = Some((last.subject_kind.clone(), last.subject_id.clone(), last.n));
        Ok(Some(entries))
    }
}

/// The heads seen on a walk: how many, of how many entries, and the tree over them.
#[derive(Default)]
pub(super) struct Heads {
    chains: u64,
    entries: u64,
    newest: Option<Head>,
    leaves: Leaves,
}

impl Heads {
    /// Notes the next entry of the walk. When it begins another chain, the head of the one before is told.
    pub(super) fn after(&mut self, entry: &Model) -> Result<Option<Head>, StoreError> {
        let hash = hex(&entry.hash).parse().map_err(|e| StoreError::failed("hash of an entry", e))?;
        let (kind, id) = (entry.subject_kind.clone(), entry.subject_id.clone());
        let head = Head { kind, id, n: entry.n, hash };
        let ended = self.newest.replace(head).filter(|e| (&e.kind, &e.id) != (&entry.subject_kind, &entry.subject_id));
        self.entries += 1;
        if let Some(ended) = &ended {
            self.chains += 1;
            self.leaves.add(ended);
        }
        Ok(ended)
    }
    /// The head of the last chain, at the end of the walk.
    pub(super) fn last(&mut self) -> Option<Head> {
        let ended = self.newest.take();
        if let Some(ended) = &ended {
            self.chains += 1;
            self.leaves.add(ended);
        }
        ended
    }
    pub(super) fn checkpoint(&self, at: Instant, last_seq: i64) -> Result<Checkpoint, StoreError> {
        let root = hex(&self.leaves.root()).parse().map_err(|e| StoreError::failed("root", e))?;
        Ok(Checkpoint { at, last_seq, chains: self.chains, entries: self.entries, root })
    }
}

/// The Merkle tree of RFC 6962 (section 2.1), grown leaf by leaf: full subtrees only, so that a million chains take twenty hashes
/// of memory.
#[derive(Debug, Clone, Default)]
pub struct Leaves {
    /// Roots of full subtrees, the largest first, with the number of their leaves.
    full: Vec<(u64, [u8; 32])>,
}

impl Leaves {
    /// Adds the head of a chain.
    pub fn add(&mut self, head: &Head) {
        let mut hash = Sha256::new();
        hash.update([0]);
        for part in [head.kind.as_bytes(), head.id.as_bytes(), &head.n.to_le_bytes(), head.hash.as_str().as_bytes()] {
            hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
            hash.update(part);
        }
        let mut newest = (1, hash.finalize().into());
        while let Some((_, left)) = self.full.pop_if(|(size, _)| *size == newest.0) {
            newest = (newest.0 * 2, joined(&left, &newest.1));
        }
        self.full.push(newest);
    }
    /// The root; SHA-256 of nothing when there is no leaf.
    pub fn root(&self) -> [u8; 32] {
        let right_to_left = self.full.iter().rev().map(|(_, root)| *root);
        right_to_left.reduce(|right, left| joined(&left, &right)).unwrap_or_else(|| Sha256::digest([]).into())
    }
}

fn joined(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update([1]);
    hash.update(left);
    hash.update(right);
    hash.finalize().into()
}

/// Bytes as lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(n: i64) -> Head {
        Head { kind: "body".into(), id: "mois".into(), n, hash: "ab".repeat(32).parse().unwrap() }
    }
    fn root(of: &[[u8; 32]]) -> [u8; 32] {
        match of {
            [] => Sha256::digest([]).into(),
            [one] => *one,
            many => {
                let (left, right) = many.split_at(many.len().next_power_of_two() / 2);
                joined(&root(left), &root(right))
            }
        }
    }

    #[test]
    fn the_tree_grown_leaf_by_leaf_is_the_tree_of_rfc_6962() {
        let mut grown = Leaves::default();
        let mut leaves = Vec::new();
        for n in 0..40 {
            assert_eq!(grown.root(), root(&leaves), "{n} leaves");
            grown.add(&head(n));
            let mut one = Leaves::default();
            one.add(&head(n));
            leaves.push(one.root());
        }
    }
}
