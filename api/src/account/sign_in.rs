//! Who stands behind a token (로그인 상태): the keys that sign, and the callers known at the moment.

use super::token::{Holder, Identity, Keyring, SecretKey, VerifiedTokens};
use crate::{App, http::Problem};
use domain::{
    access::Actor,
    account::{Account, Kid, rotated},
    day::Instant,
    id::Id,
};
use std::sync::{
    Arc, RwLock,
    atomic::{AtomicU64, Ordering},
};
use store::{Order, Topic, account::SigningSecret};

/// The state of signing in, shared by all workers.
#[derive(Debug)]
pub struct SignIn {
    identity: Identity,
    keys: RwLock<Arc<Keyring>>,
    known: VerifiedTokens<Actor>,
    /// The count of account changes that `known` was filled under.
    seen: AtomicU64,
}

impl SignIn {
    /// A sign-in without keys yet. `issuer` is the server's own URL, as tokens name it.
    pub fn new(issuer: &str) -> Self {
        let identity = Identity { issuer: issuer.to_owned(), audience: "axtrack".to_owned() };
        let keys = Keyring::new(identity.clone(), Vec::new()).unwrap_or_else(|_| unreachable!("no key, no fault"));
        Self { identity, keys: RwLock::new(Arc::new(keys)), known: VerifiedTokens::default(), seen: AtomicU64::new(0) }
    }

    /// Reads the keys from the store; makes the first one when there is none.
    pub async fn load_keys(&self, app: &App) -> Result<(), Problem> {
        let mut stored = store::account::signing_keys(&app.store).await?;
        if stored.is_empty() {
            stored = first_key(app).await?;
        }
        let pairs = stored.into_iter().map(|s| Ok((s.key, SecretKey::read(&s.pkcs8)?)));
        let pairs = pairs.collect::<Result<Vec<_>, super::token::NotASecretKey>>().map_err(Problem::internal)?;
        let keyring = Keyring::new(self.identity.clone(), pairs).map_err(Problem::internal)?;
        *self.keys.write().map_err(|_| Problem::internal("poisoned"))? = Arc::new(keyring);
        self.known.clear();
        Ok(())
    }

    /// The keys as they are now.
    pub fn keys(&self) -> Result<Arc<Keyring>, Problem> {
        Ok(Arc::clone(&*self.keys.read().map_err(|_| Problem::internal("poisoned"))?))
    }

    /// An access token for an account whose holder has proved to be itself.
    pub fn access_token(&self, app: &App, account: Id<Account>) -> Result<String, Problem> {
        let now = app.clock.now();
        let holder = Holder { account, session: app.chance.id(), signed_in_at: now };
        Ok(self.keys()?.issue(holder, app.chance.uuid(), now).map_err(Problem::internal)?.token)
    }

    /// How many tokens are remembered as verified, about.
    pub fn remembered(&self) -> u64 {
        self.known.count()
    }

    /// Forgets everybody when an account has changed since.
    fn refresh(&self, changes: u64) {
        if self.seen.swap(changes, Ordering::AcqRel) != changes {
            self.known.clear();
        }
    }
}

/// The actor behind a bearer token, with the roles in force now.
pub(crate) async fn caller(app: &App, token: &str) -> Result<Actor, Problem> {
    let now = app.clock.now();
    let sign_in = &app.sign_in;
    sign_in.refresh(app.store.changes(Topic::Accounts));
    if let Some(known) = sign_in.known.get(token, now) {
        return Ok((*known).clone().at(now));
    }
    let mark = sign_in.known.mark();
    let refused = |_| Problem::unauthenticated("invalid_token");
    let verified = sign_in.keys()?.verify(token, now).map_err(refused)?;
    let account = app.store.account_of(verified.holder.account).await?;
    let account = account.ok_or_else(|| Problem::unauthenticated("invalid_token"))?;
    let actor = Arc::new(account.actor(now));
    sign_in.known.remember(token, mark, Arc::clone(&actor), verified.expires_at, now);
    Ok((*actor).clone())
}

/// Makes and keeps the first signing key. Two servers that start at once may both make one; both are then believed.
async fn first_key(app: &App) -> Result<Vec<SigningSecret>, Problem> {
    let now: Instant = app.clock.now();
    let kid: Kid = format!("k{}", app.chance.uuid().simple()).parse().map_err(Problem::internal)?;
    let keys = rotated(Vec::new(), kid, now)?;
    let secret = SecretKey::new(app.chance.secret().map_err(Problem::internal)?);
    let made: Vec<_> = keys.into_iter().map(|key| SigningSecret { key, pkcs8: secret.bytes().to_vec() }).collect();
    let order =
        Order::<domain::access::act::signing_key::Rotate>::new(crate::operator(), String::new(), crate::own_call(app));
    let kept = made.clone();
    app.store.write(order, async |tx, _| Ok::<_, Problem>(store::account::add_signing_keys(tx, &kept).await?)).await?;
    Ok(made)
}
