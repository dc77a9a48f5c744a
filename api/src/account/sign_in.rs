//! Who stands behind a token (로그인 상태): the keys that sign, and the callers known at the moment.

use super::{
    password::Passwords,
    secret::ServiceKeySecret,
    token::{Holder, Identity, Issued, Keyring, SecretKey, VerifiedTokens},
};
use crate::{
    App,
    http::{Problem, RATE_LIMITED},
};
use domain::{
    access::{Actor, act},
    account::{Account, Family, Kid, SignInName, State, rotated},
    day::Instant,
    id::Id,
};
use std::{
    net::{IpAddr, Ipv4Addr},
    sync::{
        Arc, RwLock,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};
use store::{Call, Order, Topic, account::SigningSecret};

/// How long the signing keys are used as they were read, in seconds: as long may another server's rotation go unnoticed.
const KEYS_READ_EVERY: i64 = 30;

/// The state of signing in, shared by all workers.
#[derive(Debug)]
pub struct SignIn {
    /// Where passwords are hashed and checked.
    pub passwords: Passwords,
    identity: Identity,
    keys: RwLock<Arc<Keyring>>,
    /// When the keys were read, in microseconds.
    keys_read: AtomicI64,
    known: VerifiedTokens<Standing>,
    /// The count of account changes that `known` was filled under.
    seen: AtomicU64,
}

/// Who stands behind a token that was believed.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The account or the program, with the roles in force.
    pub actor: Actor,
    /// A person's session; programs have none.
    pub session: Option<Id<Family>>,
    /// True when somebody else set the password: until it is changed, nothing that needs a role may be done.
    pub must_change_password: bool,
}

impl SignIn {
    /// A sign-in without keys yet. `issuer` is the server's own URL, as tokens name it.
    pub fn new(issuer: &str) -> Self {
        let identity = Identity { issuer: issuer.to_owned(), audience: "axtrack".to_owned() };
        let keys = Keyring::new(identity.clone(), Vec::new()).unwrap_or_else(|_| unreachable!("no key, no fault"));
        Self {
            passwords: Passwords::default(),
            identity,
            keys: RwLock::new(Arc::new(keys)),
            keys_read: AtomicI64::new(i64::MIN),
            known: VerifiedTokens::default(),
            seen: AtomicU64::new(0),
        }
    }

    /// Reads the keys from the store; makes the first one when there is none.
    pub async fn load_keys(&self, app: &App) -> Result<(), Problem> {
        let mut stored = store::account::signing_keys(&app.store).await?;
        if stored.is_empty() {
            stored = first_key(app).await?;
        }
        let pairs = stored.into_iter().map(|s| Ok((s.key, SecretKey::read(&s.pkcs8)?)));
        let pairs = pairs.collect::<Result<Vec<_>, super::token::NotASecretKey>>().map_err(Problem::internal)?;
        let keyring = Arc::new(Keyring::new(self.identity.clone(), pairs).map_err(Problem::internal)?);
        let before = {
            let mut keys = self.keys.write().map_err(|_| Problem::internal("poisoned"))?;
            std::mem::replace(&mut *keys, Arc::clone(&keyring))
        };
        if before.lives() != keyring.lives() {
            self.known.clear();
        }
        self.keys_read.store(app.clock.now().micros(), Ordering::Release);
        Ok(())
    }

    /// The keys as they were at most half a minute ago.
    pub async fn keys(&self, app: &App) -> Result<Arc<Keyring>, Problem> {
        let read = Instant::from_micros(self.keys_read.load(Ordering::Acquire));
        let now = app.clock.now();
        // A clock that was set back must not keep old keys.
        if now >= read.plus_seconds(KEYS_READ_EVERY) || now < read {
            self.load_keys(app).await?;
        }
        self.keys_as_read()
    }

    fn keys_as_read(&self) -> Result<Arc<Keyring>, Problem> {
        Ok(Arc::clone(&*self.keys.read().map_err(|_| Problem::internal("poisoned"))?))
    }

    /// An access token for an account whose holder has proved to be itself, in a session that is kept nowhere.
    pub fn access_token(&self, app: &App, account: Id<Account>) -> Result<String, Problem> {
        let now = app.clock.now();
        let holder = Holder { account, session: app.chance.id(), signed_in_at: now };
        Ok(self.keys_as_read()?.issue(holder, app.chance.uuid(), now).map_err(Problem::internal)?.token)
    }

    /// How many tokens are remembered as verified, about.
    pub fn remembered(&self) -> u64 {
        self.known.count()
    }

    /// An access token for a session.
    pub(super) async fn token_of(&self, app: &App, family: &Family) -> Result<Issued, Problem> {
        let holder = Holder { account: family.account, session: family.id, signed_in_at: family.started_at };
        self.keys(app).await?.issue(holder, app.chance.uuid(), app.clock.now()).map_err(Problem::internal)
    }

    /// Forgets everybody when an account has changed since. The count is noted after the forgetting: whoever finds it
    /// noted finds nobody remembered from before.
    fn refresh(&self, changes: u64) {
        if self.seen.load(Ordering::Acquire) != changes {
            self.known.clear();
            self.seen.store(changes, Ordering::Release);
        }
    }
}

/// Counts an attempt at the door; too many are refused (429). Known and unknown names are counted alike.
pub(super) fn brake(app: &App, name: Option<&SignInName>, call: &Call) -> Result<(), Problem> {
    let address = call.address.parse().unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    match app.running.throttle.sign_in(name, address).retry_after() {
        None => Ok(()),
        Some(seconds) => Err(Problem::new(&RATE_LIMITED).header("Retry-After", seconds.to_string())),
    }
}

/// Who stands behind a bearer token: an access token or a service key. Changes made through this process take effect at
/// once, those of others within half a minute.
pub(crate) async fn caller(app: &App, token: &str) -> Result<Standing, Problem> {
    let now = app.clock.now();
    let sign_in = &app.sign_in;
    sign_in.refresh(app.store.changes(Topic::Accounts));
    if let Some(known) = sign_in.known.get(token, now) {
        let standing = (*known).clone();
        return Ok(Standing { actor: standing.actor.at(now), ..standing });
    }
    let mark = sign_in.known.mark();
    let (standing, until) =
        if token.starts_with("axk_") { program(app, token, now).await? } else { person(app, token, now).await? };
    sign_in.known.remember(token, mark, Arc::new(standing.clone()), until, now);
    Ok(standing)
}

fn not_believed() -> Problem {
    Problem::unauthenticated("invalid_token")
}

async fn person(app: &App, token: &str, now: Instant) -> Result<(Standing, Instant), Problem> {
    let verified = app.sign_in.keys(app).await?.verify(token, now).map_err(|_| not_believed())?;
    if app.store.session_ended(verified.holder.session).await? {
        return Err(not_believed());
    }
    let known = app.store.account_of(verified.holder.account).await?.ok_or_else(not_believed)?;
    if *known.account.state() != State::Active {
        return Err(not_believed());
    }
    let standing = Standing {
        actor: known.account.actor(now),
        session: Some(verified.holder.session),
        must_change_password: known.credentials.is_some_and(|c| c.must_change),
    };
    Ok((standing, verified.expires_at))
}

async fn program(app: &App, token: &str, now: Instant) -> Result<(Standing, Instant), Problem> {
    let secret: ServiceKeySecret = token.parse().map_err(|_| not_believed())?;
    let key = app.store.key_at_the_door(secret.hash()).await?.ok_or_else(not_believed)?;
    let actor = key.actor(now).ok_or_else(not_believed)?;
    if key.used(now.day()).is_some()
        && let Err(error) = app.store.note_key_used(key.id, now.day()).await
    {
        // A key that works does not stop working because the day of its use could not be noted.
        tracing::warn!(key = %key.id, %error, "the use of a service key was not noted");
    }
    Ok((Standing { actor, session: None, must_change_password: false }, key.expires_at))
}

/// A new signing key's public name and secret half.
pub(super) fn new_key(app: &App) -> Result<(Kid, SecretKey), Problem> {
    let kid = format!("k{}", app.chance.uuid().simple()).parse().map_err(Problem::internal)?;
    Ok((kid, SecretKey::new(app.chance.secret().map_err(Problem::internal)?)))
}

/// Makes and keeps the first signing key. Two servers that start at once may both make one; both are then believed.
async fn first_key(app: &App) -> Result<Vec<SigningSecret>, Problem> {
    let (kid, secret) = new_key(app)?;
    let keys = rotated(Vec::new(), kid, app.clock.now())?;
    let made: Vec<_> = keys.into_iter().map(|key| SigningSecret { key, pkcs8: secret.bytes().to_vec() }).collect();
    let order = Order::<act::signing_key::Rotate>::new(crate::operator(), String::new(), crate::own_call(app));
    app.store
        .write(order, async |tx, permit| {
            Ok::<_, Problem>(store::account::add_signing_keys(tx, permit, &[], &made).await?)
        })
        .await?;
    Ok(made)
}
