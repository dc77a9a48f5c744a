//! What is done to accounts (계정 처리), the same for requests and for the command line.

use super::{
    body::NewRole,
    password::{hash, made},
};
use crate::{App, http::Problem};
use domain::{
    access::{Action, act::account as act},
    account::{Account, Credentials, Email, Ending, Family, NewAccount, NewGrant, NewPassword, SignInName},
    day::Instant,
    id::Id,
    problem::{Fault, INVALID, NOT_KNOWN, Refusal},
    text::{Line, Prose},
};
use store::{Order, Tx};

/// Somebody who is to have an account.
#[derive(Debug, Clone)]
pub struct Person {
    /// What the person types to sign in.
    pub sign_in_name: SignInName,
    /// What others see.
    pub display_name: Line<80>,
    /// For notices.
    pub email: Option<Email>,
    /// Roles to begin with.
    pub grants: Vec<NewRole>,
}

/// Who chose a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordFrom {
    /// The person, or whoever documents it for all to see.
    Themselves,
    /// Somebody else: it must be changed before anything else is done.
    Another,
}

/// Whether something was done now, or long ago by the same request, which is only being repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    First,
    Repeated,
}

/// Opens an account with its first password and its roles.
pub(super) async fn open(
    app: &App,
    order: Order<act::Create>,
    person: Person,
    password: Credentials,
) -> Result<(Account, Turn), Problem> {
    let by = order.actor().id;
    let mut turn = Turn::Repeated;
    let account = app
        .store
        .write(order, async |tx, permit| {
            turn = Turn::First;
            let Person { sign_in_name, display_name, email, grants } = person;
            known(tx, grants.iter().enumerate().map(|(at, r)| (format!("/grants/{at}/body"), r))).await?;
            let new = NewAccount { id: app.chance.id(), sign_in_name, display_name, email };
            let (mut account, mut faults) = (Account::open(new, tx.at()), Vec::new());
            for (at, role) in grants.into_iter().enumerate() {
                match account.clone().grant(wish(app, role), by, tx.at()) {
                    Ok(granted) => account = granted,
                    Err(refusal) => faults.extend(below(&format!("/grants/{at}"), refusal)),
                }
            }
            Refusal::unless_clean(faults)?;
            Ok::<_, Problem>(store::account::add(tx, permit, account, Some(password)).await?)
        })
        .await?;
    Ok((account, turn))
}

/// Gives a role.
pub(super) async fn grant(app: &App, order: Order<act::Grant>, role: NewRole) -> Result<Account, Problem> {
    let by = order.actor().id;
    app.store
        .write(order, async |tx, permit| {
            known(tx, [("/body".to_owned(), &role)].into_iter()).await?;
            tx.because(role.reason.as_str());
            let granted = permit.on().clone().grant(wish(app, role), by, tx.at())?;
            Ok(store::account::save(tx, permit, granted).await?)
        })
        .await
}

/// Takes a role back.
pub(super) async fn revoke(
    app: &App,
    order: Order<act::Revoke>,
    grant: domain::account::GrantId,
    reason: Prose<500>,
) -> Result<Account, Problem> {
    let by = order.actor().id;
    app.store
        .write(order, async |tx, permit| {
            tx.because(reason.as_str());
            let revoked = permit.on().clone().revoke(grant, by, reason, tx.at())?;
            Ok(store::account::save(tx, permit, revoked).await?)
        })
        .await
}

/// Suspends an account and ends its sessions.
pub(super) async fn suspend(app: &App, order: Order<act::Suspend>, reason: Prose<500>) -> Result<Account, Problem> {
    let by = order.actor().id;
    app.store
        .write(order, async |tx, permit| {
            tx.because(reason.as_str());
            let suspended = permit.on().clone().suspend(by, reason, tx.at())?;
            let saved = store::account::save(tx, permit, suspended).await?;
            store::account::end_sessions(tx, permit, Ending::AccountClosed).await?;
            Ok(saved)
        })
        .await
}

/// Removes an account, keeping it for the record, and ends its sessions.
pub(super) async fn remove(app: &App, order: Order<act::Remove>, reason: Prose<500>) -> Result<Account, Problem> {
    let by = order.actor().id;
    app.store
        .write(order, async |tx, permit| {
            tx.because(reason.as_str());
            let removed = permit.on().clone().remove(by, reason, tx.at())?;
            let saved = store::account::save(tx, permit, removed).await?;
            store::account::end_sessions(tx, permit, Ending::AccountClosed).await?;
            Ok(saved)
        })
        .await
}

/// Restores a suspended or removed account. Its sessions stay ended.
pub(super) async fn restore(app: &App, order: Order<act::Restore>, reason: Prose<500>) -> Result<Account, Problem> {
    app.store
        .write(order, async |tx, permit| {
            tx.because(reason.as_str());
            Ok(store::account::save(tx, permit, permit.on().clone().restore(tx.at())?).await?)
        })
        .await
}

/// Sets a password and ends every session but `staying`. `verified` is the hash that the person has just proved to know
/// the password of, if the person was asked.
pub(super) async fn set_password<A: Action<On = Account>>(
    app: &App,
    order: Order<A>,
    password: Credentials,
    verified: Option<&str>,
    staying: Option<Id<Family>>,
    reason: Option<Prose<500>>,
) -> Result<(Account, Turn), Problem> {
    let mut turn = Turn::Repeated;
    let account = app
        .store
        .write(order, async |tx, permit| {
            turn = Turn::First;
            if let Some(reason) = reason {
                tx.because(reason.as_str());
            }
            let account = permit.on().clone().password_set(tx.at())?;
            let saved = store::account::save_password(tx, permit, account, password, verified).await?;
            store::account::end_other_sessions(tx, permit, staying, Ending::PasswordChanged).await?;
            Ok::<_, Problem>(saved)
        })
        .await?;
    Ok((account, turn))
}

/// A password made by chance for this person, and what is kept of it.
pub(super) async fn initial_password(
    app: &App,
    name: &SignInName,
    at: Instant,
) -> Result<(String, Credentials), Problem> {
    // Chance may hit upon a short name; it does not do so eight times.
    for _ in 0..8 {
        let text = made(app.chance.secret().map_err(Problem::internal)?);
        let password = text.parse().map_err(Problem::internal)?;
        if let Ok(chosen) = NewPassword::choose(password, name, "") {
            return Ok((text, hashed(app, chosen, PasswordFrom::Another, at).await?));
        }
    }
    Err(Problem::internal("no password could be made"))
}

/// What is kept of a chosen password.
pub(super) async fn hashed(
    app: &App,
    chosen: NewPassword,
    from: PasswordFrom,
    at: Instant,
) -> Result<Credentials, Problem> {
    let salt = app.chance.secret().map_err(Problem::internal)?;
    let hash = app.sign_in.passwords.hash(chosen, salt).await?;
    Ok(Credentials { hash, changed_at: at, must_change: from == PasswordFrom::Another })
}

/// The same here and now, for the command line.
pub(super) fn hashed_now(app: &App, chosen: &NewPassword, from: PasswordFrom) -> Result<Credentials, Problem> {
    let salt = app.chance.secret().map_err(Problem::internal)?;
    Ok(Credentials {
        hash: hash(chosen, salt)?,
        changed_at: app.clock.now(),
        must_change: from == PasswordFrom::Another,
    })
}

/// A choice checked against the policy, every fault at `pointer`.
pub(super) fn chosen(
    password: domain::account::Password,
    name: &SignInName,
    pointer: &str,
) -> Result<NewPassword, Problem> {
    NewPassword::choose(password, name, pointer).map_err(|faults| Problem::new(&INVALID).with(faults))
}

/// A grant as it is asked for, under a new id.
pub(super) fn wish(app: &App, role: NewRole) -> NewGrant {
    let NewRole { role, body, expires_at, reason } = role;
    NewGrant { id: app.chance.id(), role, body, expires_at, reason }
}

/// Refuses roles for bodies that do not exist, all of them at once.
async fn known<'a>(tx: &Tx, roles: impl Iterator<Item = (String, &'a NewRole)> + Clone) -> Result<(), Problem> {
    let keys: Vec<_> = roles.clone().map(|(_, r)| r.body.clone()).collect();
    unknown_bodies(tx, &keys, roles.map(|(pointer, _)| pointer)).await
}

/// Refuses keys that name no body, each at its pointer.
pub(super) async fn unknown_bodies(
    tx: &Tx,
    keys: &[domain::access::BodyKey],
    pointers: impl Iterator<Item = String>,
) -> Result<(), Problem> {
    let unknown = store::body::unknown(tx, keys).await?;
    let wrong = keys.iter().zip(pointers).filter(|(key, _)| unknown.contains(key));
    Ok(Refusal::unless_clean(wrong.map(|(_, pointer)| Fault::new(pointer, &NOT_KNOWN)).collect())?)
}

/// A refusal's faults, below a pointer.
fn below(pointer: &str, refusal: Refusal) -> Vec<Fault> {
    let under = |f: Fault| Fault { pointer: format!("{pointer}{}", f.pointer), ..f };
    if refusal.faults.is_empty() {
        return vec![Fault::new(pointer, refusal.code)];
    }
    refusal.faults.into_iter().map(under).collect()
}
