//! A write (쓰기): permit, work, one audit entry, the kept answer, commit; or nothing at all.

use crate::{Store, StoreError, Topic, audit, batch::Turn, connection::Work, idempotency, portfolio};
use domain::{
    access::{self, Action, Actor, Denied, Permit, Subject},
    day::Instant,
};
use sea_orm::ConnectionTrait;
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use std::{
    marker::PhantomData,
    sync::{Arc, Mutex, OnceLock},
};

/// Why facts are loaded: to be looked at, or to be changed in this transaction (then PostgreSQL locks the row).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Only to look.
    Look,
    /// To decide upon and change.
    Change,
    /// To add something that hangs on it: it must stay as it is meanwhile, for as many as come at once.
    Add,
}

impl Purpose {
    /// The query, locking the row on PostgreSQL when it is to be changed. SQLite has one writer at a time anyway.
    pub(crate) fn lock<Q: sea_orm::QuerySelect>(self, query: Q, db: &impl ConnectionTrait) -> Q {
        if db.get_database_backend() != sea_orm::DbBackend::Postgres {
            return query;
        }
        match self {
            Self::Look => query,
            Self::Change => query.lock_exclusive(),
            Self::Add => query.lock_shared(),
        }
    }
}

/// What the policy and the rules need to know about a subject, and where it is kept.
pub trait Facts: Subject {
    /// Loads it, locked when it is to be changed. `None` when there is no such thing.
    fn load(
        db: &impl ConnectionTrait,
        id: &str,
        purpose: Purpose,
    ) -> impl Future<Output = Result<Option<Self>, StoreError>>;
    /// Its version, when callers must name the one they mean to change.
    fn version(&self) -> Option<i64>;
}

/// A request as the audit trail and the retry rules need to know it.
#[derive(Debug, Clone)]
pub struct Call {
    /// When it came in.
    pub at: Instant,
    /// Its id, as in the log and the answer.
    pub request_id: String,
    /// Where it came from, or the command line.
    pub address: String,
    /// The idempotency key, when one was sent.
    pub retry: Option<RetryKey>,
    /// What the caller says about the version it means to change.
    pub expects: Expects,
}

/// An idempotency key with what the request it came with is known by.
#[derive(Debug, Clone)]
pub struct RetryKey {
    /// As sent: 1 to 200 visible characters.
    pub key: String,
    /// The method, then the path with its query.
    pub target: (String, String),
    /// SHA-256 of the body. It is filled in while the body is read, which may be after the call was made out.
    pub body: Arc<OnceLock<[u8; 32]>>,
}

impl RetryKey {
    /// SHA-256 over method, target and body; a body that nobody read counts as none.
    pub(crate) fn fingerprint(&self) -> [u8; 32] {
        let (method, target) = &self.target;
        let mut hash = Sha256::new();
        for part in [method.as_bytes(), &[0], target.as_bytes(), &[0]] {
            hash.update(part);
        }
        hash.update(self.body.get().map_or(&[][..], |digest| digest));
        hash.finalize().into()
    }
}

/// What a caller says about the version it means to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expects {
    /// The operation adds something that hangs on the subject; no version is asked for.
    Nothing,
    /// The operation changes something, and the caller has named no version.
    Missing,
    /// Exactly this version.
    Version(i64),
    /// Whatever is there (`If-Match: *`).
    Anything,
}

impl Expects {
    /// Refuses unless the version that is there was named, for what is written beside the subject and has versions of its
    /// own.
    pub const fn met_by(self, now: i64) -> Result<(), StoreError> {
        match self {
            Self::Missing | Self::Nothing => Err(StoreError::VersionMissing),
            Self::Version(seen) if seen != now => Err(StoreError::Stale { now }),
            Self::Version(_) | Self::Anything => Ok(()),
        }
    }
}

/// A wish to do `A`: who, to which thing, in which request. The policy is asked when it is written or looked at.
#[derive(Debug, Clone)]
pub struct Order<A: Action> {
    actor: Actor,
    id: String,
    call: Call,
    reason: Option<String>,
    action: PhantomData<fn() -> A>,
}

impl<A: Action> Order<A> {
    /// An actor's wish to do `A` to the thing with this id.
    pub const fn new(actor: Actor, id: String, call: Call) -> Self {
        Self { actor, id, call, reason: None, action: PhantomData }
    }
    /// The same wish about the thing that the body of the request names: something is added under it, and its own
    /// version does not matter.
    #[must_use]
    pub fn on(mut self, id: &impl ToString) -> Self {
        self.id = id.to_string();
        self.call.expects = Expects::Nothing;
        self
    }
    /// The same wish about the same thing, named so that what takes part in it is loaded as well.
    #[must_use]
    pub fn known_as(mut self, id: &impl ToString) -> Self {
        self.id = id.to_string();
        self
    }
    /// The same wish whatever version is there. For acts that lose nothing by coming late, such as signing out.
    #[must_use]
    pub fn regardless(mut self) -> Self {
        self.call.expects = Expects::Anything;
        self
    }
    /// The same wish, of which no answer is kept for a retry. For answers that hold a secret and requests that hold a
    /// password: neither may lie in the database, not even as a fast hash.
    #[must_use]
    pub fn without_retry(mut self) -> Self {
        self.call.retry = None;
        self
    }
    /// The same wish to write something that hangs on the thing and has versions of its own: whoever does it compares those,
    /// and the thing itself stays as it is meanwhile.
    #[must_use]
    pub fn beside(mut self) -> Self {
        self.call.expects = Expects::Nothing;
        self
    }
    /// The same wish where no version need be named, because the thing is only added to and a rule looks at all of it. One
    /// that is named all the same must be the one there.
    #[must_use]
    pub fn adding(mut self) -> Self {
        if self.call.expects == Expects::Missing {
            self.call.expects = Expects::Anything;
        }
        self
    }
    /// The same wish with the reason given for it, which goes into its audit entry.
    #[must_use]
    pub fn because(mut self, reason: Option<impl ToString>) -> Self {
        self.reason = reason.map(|reason| reason.to_string());
        self
    }
    /// Why, if a reason was given.
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
    /// Who.
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }
    /// In which request.
    pub const fn call(&self) -> &Call {
        &self.call
    }
    /// When.
    pub const fn at(&self) -> Instant {
        self.call.at
    }
}

/// An open write. Only [`Store::write`] makes one, and it asks for an order that the policy allows.
///
/// ```compile_fail,E0451
/// let forged = store::Tx { turn: todo!(), record: todo!(), topics: todo!(), portfolio: todo!(), at: todo!() };
/// ```
#[derive(Debug)]
pub struct Tx {
    turn: Turn,
    record: Mutex<audit::Record>,
    topics: Mutex<Vec<Topic>>,
    portfolio: Mutex<portfolio::Pending>,
    at: Instant,
}

impl Tx {
    /// The connection of this transaction.
    pub(crate) fn db(&self) -> Result<&Work, StoreError> {
        self.turn.work()
    }
    /// Loads another thing that the rules must know of, inside this transaction.
    pub async fn load<F: Facts>(&self, id: &str, purpose: Purpose) -> Result<Option<F>, StoreError> {
        F::load(self.db()?, id, purpose).await
    }
    /// When the request came in: the only time a write knows.
    pub const fn at(&self) -> Instant {
        self.at
    }
    /// Why the caller does it, for the audit entry.
    pub fn because(&self, reason: impl Into<String>) {
        if let Ok(mut record) = self.record.lock() {
            record.reason = Some(reason.into());
        }
    }
    /// Notes what changed, for the audit entry. The first thing noted names the entry's chain.
    pub(crate) fn changed<T: Serialize>(
        &self,
        kind: &'static str,
        id: &(impl ToString + ?Sized),
        before: Option<&T>,
        after: Option<&T>,
    ) -> Result<(), StoreError> {
        let start = if before.is_none() { audit::Start::Fresh } else { audit::Start::Follows };
        let change = audit::Change { kind, start, what: audit::Changed::between(kind, id.to_string(), before, after)? };
        self.record.lock().map_err(|_| StoreError::failed("audit", "poisoned"))?.changes.push(change);
        Ok(())
    }
    pub(crate) fn take_record(&self) -> Result<audit::Record, StoreError> {
        let mut record = self.record.lock().map_err(|_| StoreError::failed("audit", "poisoned"))?;
        Ok(std::mem::take(&mut *record))
    }
    /// What this write will add to the portfolio's cells.
    pub(crate) fn pending<T>(&self, with: impl FnOnce(&mut portfolio::Pending) -> T) -> Result<T, StoreError> {
        Ok(with(&mut *self.portfolio.lock().map_err(|_| StoreError::failed("rollup", "poisoned"))?))
    }
    /// Says that kept answers on this topic are out of date once this write is durable.
    pub(crate) fn touches(&self, topic: Topic) {
        if let Ok(mut topics) = self.topics.lock()
            && !topics.contains(&topic)
        {
            topics.push(topic);
        }
    }
}

impl Store {
    /// Does `work` if the policy allows it, appends one audit entry, keeps the answer for a retry, and commits.
    /// Any error undoes everything; a refusal by the policy is recorded too. A retry with the same idempotency key
    /// gets the first answer and nothing is done again.
    pub async fn write<A, T, E>(
        &self,
        order: Order<A>,
        work: impl AsyncFnOnce(&Tx, &Permit<A>) -> Result<T, E>,
    ) -> Result<T, E>
    where
        A: Action<On: Facts>,
        T: Serialize + DeserializeOwned,
        E: From<StoreError>,
    {
        let _flight = self.take_off(&order)?;
        let turn = self.0.writer.turn().await?;
        let tx = Tx {
            turn,
            record: Mutex::default(),
            topics: Mutex::default(),
            portfolio: Mutex::default(),
            at: order.at(),
        };
        if let Some(kept) = idempotency::kept::<T>(&tx, &order).await? {
            // The first request may still wait for its commit in the same batch.
            tx.turn.finish(Vec::new()).await?;
            return Ok(kept);
        }
        let purpose = if order.call.expects == Expects::Nothing { Purpose::Add } else { Purpose::Change };
        let on = A::On::load(tx.db()?, &order.id, purpose).await?.ok_or(StoreError::NotFound)?;
        let (subject, version) = (on.id(), on.version());
        let permit = match access::permit::<A>(&order.actor, on) {
            Ok(permit) => permit,
            Err(denied) => {
                drop(tx);
                self.note_denied(&order, &denied).await?;
                return Err(StoreError::from(denied).into());
            }
        };
        match (order.call.expects, version) {
            (Expects::Missing, Some(_)) => return Err(StoreError::VersionMissing.into()),
            (Expects::Version(seen), Some(now)) if seen != now => return Err(StoreError::Stale { now }.into()),
            _ => {}
        }
        // What a handler does is the largest part of a request by far: kept aside, it does not weigh on every layer around.
        let out = Box::pin(work(&tx, &permit)).await?;
        portfolio::flush(&tx).await?;
        audit::append(&tx, &order, A::NAME, <A::On as Subject>::KIND, &subject).await?;
        idempotency::keep(&tx, &order, &out).await?;
        let Tx { turn, topics, .. } = tx;
        turn.finish(topics.into_inner().unwrap_or_default()).await?;
        Ok(out)
    }

    /// Loads one thing to look at, if the policy allows it. Reading leaves no audit entry unless the caller asks for
    /// one with [`Store::log_read`].
    pub async fn look<A: Action<On: Facts>>(&self, order: &Order<A>) -> Result<Permit<A>, StoreError> {
        let on = A::On::load(self.reader(), &order.id, Purpose::Look).await?.ok_or(StoreError::NotFound)?;
        Ok(access::permit::<A>(&order.actor, on)?)
    }

    /// Asks the policy before something costly is done for the caller, such as hashing a password. A refusal is recorded,
    /// as it is when a write is refused.
    pub async fn ask<A: Action<On: Facts>>(&self, order: &Order<A>) -> Result<Permit<A>, StoreError> {
        let asked = self.look(order).await;
        if let Err(StoreError::Denied(denied)) = &asked {
            self.note_denied(order, denied).await?;
        }
        asked
    }

    /// Records that something was read (scores, personal data, an export): who, when, from where, what and why.
    pub async fn log_read<A: Action>(
        &self,
        order: &Order<A>,
        subject: &str,
        what: serde_json::Value,
    ) -> Result<(), StoreError> {
        let entry = audit::Note { action: A::NAME, outcome: audit::Outcome::Read, kind: A::On::KIND, subject, what };
        self.note(&order.actor, &order.call, entry).await
    }

    /// Records an attempt that was refused for another reason than the policy: a wrong password, say.
    pub async fn log_refused<A: Action>(
        &self,
        order: &Order<A>,
        kind: &'static str,
        subject: &str,
        what: serde_json::Value,
    ) -> Result<(), StoreError> {
        let entry = audit::Note { action: A::NAME, outcome: audit::Outcome::Denied, kind, subject, what };
        self.note(&order.actor, &order.call, entry).await
    }

    async fn note_denied<A: Action>(&self, order: &Order<A>, denied: &Denied) -> Result<(), StoreError> {
        let entry = audit::Note {
            action: A::NAME,
            outcome: audit::Outcome::Denied,
            kind: denied.kind,
            subject: &denied.id,
            what: serde_json::Value::Null,
        };
        self.note(&order.actor, &order.call, entry).await
    }

    async fn note(&self, actor: &Actor, call: &Call, entry: audit::Note<'_>) -> Result<(), StoreError> {
        let turn = self.0.writer.turn().await?;
        let tx =
            Tx { turn, record: Mutex::default(), topics: Mutex::default(), portfolio: Mutex::default(), at: call.at };
        audit::append_note(&tx, actor, call, entry).await?;
        tx.turn.finish(Vec::new()).await
    }

    /// Marks an idempotency key as under way; the mark goes when the guard does.
    fn take_off<A: Action>(&self, order: &Order<A>) -> Result<Option<Flight<'_>>, StoreError> {
        let Some(retry) = &order.call.retry else { return Ok(None) };
        let key = (order.actor.id.get(), retry.key.clone());
        let mut under_way = self.0.in_flight.lock().map_err(|_| StoreError::failed("retry", "poisoned"))?;
        if !under_way.insert(key.clone()) {
            return Err(StoreError::InFlight);
        }
        Ok(Some(Flight { store: self, key }))
    }
}

/// An idempotency key under way.
struct Flight<'a> {
    store: &'a Store,
    key: (uuid::Uuid, String),
}
impl Drop for Flight<'_> {
    fn drop(&mut self) {
        if let Ok(mut under_way) = self.store.0.in_flight.lock() {
            under_way.remove(&self.key);
        }
    }
}
