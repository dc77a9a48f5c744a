//! Verification (감사 기록 검증): every chain recomputed, every flaw named.

use super::{
    Changed, Outcome,
    chain::link,
    checkpoint::{Heads, Walk, hex, last_seq},
    entity::Model,
    standing::{Mentions, Standing, missing_numbers},
};
use crate::{Store, StoreError};
use domain::{
    audit::{Checkpoint, Finding, Flaw, Head, Report},
    day::Instant,
};
use std::collections::BTreeMap;

/// What a trail is verified against: a checkpoint kept elsewhere, with the heads of its chains if they were kept too.
#[derive(Debug, Clone)]
pub struct Against {
    /// The checkpoint.
    pub checkpoint: Checkpoint,
    /// The heads that went with it; none when only the root was kept.
    pub heads: Vec<Head>,
}

/// Recomputes every chain in the order of kind, id and place, and compares it with what it tells of and, if given, with
/// a checkpoint. The memory it takes does not grow with the trail, but for the heads given. `progress` hears how many
/// entries are done after each few hundred.
pub async fn verify(
    store: &Store,
    at: Instant,
    against: Option<&Against>,
    mut progress: impl AsyncFnMut(u64) -> Result<(), StoreError>,
) -> Result<Report, StoreError> {
    let mut walk = Walk::to(last_seq(store).await?);
    let mut found = Vec::new();
    let (mut now, mut then) = (Heads::default(), Heads::default());
    let mut expected = Expected::of(against);
    let (mut chain, mut done) = (Chain::default(), 0);
    let (mut standing, mut mentions) = (Standing::default(), Mentions::default());
    let mut report =
        Report { checkpoint: Heads::default().checkpoint(at, walk.last_seq)?, flaws: 0, findings: Vec::new() };
    while let Some(entries) = walk.next(store).await? {
        for entry in &entries {
            if !chain.continues_with(entry) {
                standing.chain_ended(&chain.subject, chain.version);
                chain = Chain::beginning(entry);
            }
            chain.check(entry, &mut found);
            now.after(entry)?;
            if against.is_some_and(|a| entry.seq <= a.checkpoint.last_seq) {
                then.after(entry)?;
                expected.met(entry, &mut found);
            }
            mentions.expect(entry, &chain.told);
        }
        done += u64::try_from(entries.len()).unwrap_or(0);
        standing.compare(store, &mut found).await?;
        mentions.compare(store, &mut found).await?;
        found.drain(..).for_each(|finding| report.found(finding));
        progress(done).await?;
    }
    standing.chain_ended(&chain.subject, chain.version);
    standing.finish(store, &mut found).await?;
    mentions.finish(store, walk.last_seq, &mut found).await?;
    missing_numbers(store, &mut found).await?;
    expected.unmet(&mut found);
    now.last();
    then.last();
    if let Some(Against { checkpoint: kept, .. }) = against {
        let same = then.checkpoint(kept.at, kept.last_seq)?;
        if same != *kept {
            found.push(whole(Flaw::CheckpointDiffers, None));
        }
    }
    for finding in found {
        report.found(finding);
    }
    report.checkpoint = now.checkpoint(at, walk.last_seq)?;
    Ok(report)
}

/// A flaw of the trail as a whole.
pub(super) const fn whole(flaw: Flaw, seq: Option<i64>) -> Finding {
    Finding { flaw, subject_kind: String::new(), subject_id: String::new(), n: None, seq }
}

/// The chain at which the walk has arrived.
#[derive(Default)]
struct Chain {
    /// Kind and id.
    subject: (String, String),
    /// Place, number and hash of the entry before; none at the beginning.
    before: Option<(i64, i64, Vec<u8>)>,
    /// Whether that entry was in order, so that the next may be held against it.
    sound: bool,
    /// What the entry in hand tells.
    told: Vec<Changed>,
    /// The last version of its subject that the chain tells.
    version: Option<i64>,
}

/// How far from its place a moved entry is looked for.
const NEAR: i64 = 200;

impl Chain {
    fn beginning(entry: &Model) -> Self {
        let subject = (entry.subject_kind.clone(), entry.subject_id.clone());
        Self { subject, sound: true, ..Self::default() }
    }
    fn continues_with(&self, entry: &Model) -> bool {
        self.subject.0 == entry.subject_kind && self.subject.1 == entry.subject_id
    }
    fn check(&mut self, entry: &Model, found: &mut Vec<Finding>) {
        let flaw = |flaw, n, seq| Finding {
            flaw,
            subject_kind: entry.subject_kind.clone(),
            subject_id: entry.subject_id.clone(),
            n: Some(n),
            seq,
        };
        let (last, number, hash) = self.before.take().unwrap_or((0, 0, vec![0; 32]));
        let gap = entry.n != last + 1;
        for n in (last + 1..entry.n).take(Report::MOST) {
            found.push(flaw(Flaw::Missing, n, None));
        }
        let itself = link(&entry.as_link()) == *entry.hash;
        if !itself {
            let moved = (entry.n - NEAR..entry.n + NEAR).any(|n| {
                let elsewhere = super::Link { n, ..entry.as_link() };
                n != entry.n && link(&elsewhere) == *entry.hash
            });
            let how = if moved { Flaw::Moved } else { Flaw::Edited };
            found.push(flaw(how, entry.n, Some(entry.seq)));
        } else if !gap && self.sound && entry.previous != hash {
            // Both are in order by themselves, but this one was written after another than the one that is there.
            found.push(flaw(Flaw::Rewritten, last.max(1), (last > 0).then_some(number)));
        } else if entry.seq < number {
            found.push(flaw(Flaw::Moved, entry.n, Some(entry.seq)));
        }
        self.sound = itself;
        self.before = Some((entry.n, entry.seq, entry.hash.clone()));
        self.told = if entry.outcome == Outcome::Done.name() {
            serde_json::from_str(&entry.changes).unwrap_or_default()
        } else {
            Vec::new()
        };
        let (kind, id) = &self.subject;
        let own = self.told.iter().filter(|c| c.kind == *kind && c.id == *id).filter_map(Changed::version);
        self.version = own.chain(self.version).max();
    }
}

/// The heads of a checkpoint that the walk has not met yet.
#[derive(Default)]
struct Expected(BTreeMap<(String, String), Awaited>);

struct Awaited {
    head: Head,
    /// Whether anything of the chain was met.
    begun: bool,
}

impl Expected {
    fn of(against: Option<&Against>) -> Self {
        let heads = against.into_iter().flat_map(|a| &a.heads);
        Self(heads.map(|h| ((h.kind.clone(), h.id.clone()), Awaited { head: h.clone(), begun: false })).collect())
    }
    fn met(&mut self, entry: &Model, found: &mut Vec<Finding>) {
        if self.0.is_empty() {
            return;
        }
        let chain = (entry.subject_kind.clone(), entry.subject_id.clone());
        let Some(Awaited { head, begun }) = self.0.get_mut(&chain) else { return };
        *begun = true;
        if head.n == entry.n {
            if head.hash.as_str() != hex(&entry.hash) {
                let (n, seq) = (Some(entry.n), Some(entry.seq));
                let (subject_kind, subject_id) = chain.clone();
                found.push(Finding { flaw: Flaw::Rewritten, subject_kind, subject_id, n, seq });
            }
            self.0.remove(&chain);
        }
    }
    fn unmet(self, found: &mut Vec<Finding>) {
        for Awaited { head, begun } in self.0.into_values() {
            let flaw = if begun { Flaw::CutShort } else { Flaw::Removed };
            found.push(Finding { flaw, subject_kind: head.kind, subject_id: head.id, n: Some(head.n), seq: None });
        }
    }
}
