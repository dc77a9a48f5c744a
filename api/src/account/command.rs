//! Accounts from the command line (명령줄 계정 관리): what the machine's operator does without signing in.

use super::{
    acts::{self, PasswordFrom, Person},
    body::NewRole,
    secret::FirstAdministratorSecret,
};
use crate::{App, http::Problem, operator, own_call};
use domain::{
    access::{Action, BodyKey, NOT_FOUND, Role, act},
    account::{Account, FirstAdministrator, GRANT_UNKNOWN, Password, SignInName},
    text::Prose,
};
use store::Order;

/// Opens an account with a password that was read from the prompt. Faults point at `/password` and `/grants/N/...`.
pub async fn create(app: &App, person: Person, password: Password, from: PasswordFrom) -> Result<Account, Problem> {
    let chosen = acts::chosen(password, &person.sign_in_name, "/password")?;
    let credentials = acts::hashed_now(app, &chosen, from)?;
    Ok(acts::open(app, order(app, String::new()), person, credentials).await?.0)
}

/// Every account, by sign-in name. That it was read is recorded.
pub async fn list(app: &App) -> Result<Vec<Account>, Problem> {
    let order = order::<act::account::List>(app, String::new());
    let permit = app.store.look(&order).await?;
    let accounts = store::account::all(&app.store, &permit).await?;
    let read: Vec<_> = accounts.iter().map(|a| a.id).collect();
    app.store.log_read(&order, "accounts", serde_json::json!({ "accounts": read })).await?;
    Ok(accounts)
}

/// Gives a role.
pub async fn grant(app: &App, name: &SignInName, role: NewRole) -> Result<Account, Problem> {
    let account = find(app, name).await?;
    acts::grant(app, order(app, account.id.to_string()), role).await
}

/// Takes back the role that the account holds for this body.
pub async fn revoke(
    app: &App,
    name: &SignInName,
    role: Role,
    body: &BodyKey,
    reason: Prose<500>,
) -> Result<Account, Problem> {
    let account = find(app, name).await?;
    let now = app.clock.now();
    let held = account.grants().iter().find(|g| g.in_force(now) && g.role == role && g.body == *body);
    let grant = held.ok_or_else(|| Problem::new(&GRANT_UNKNOWN))?.id;
    acts::revoke(app, order(app, account.id.to_string()), grant, reason).await
}

/// Suspends an account and ends its sessions.
pub async fn suspend(app: &App, name: &SignInName, reason: Prose<500>) -> Result<Account, Problem> {
    let account = find(app, name).await?;
    acts::suspend(app, order(app, account.id.to_string()), reason).await
}

/// Restores a suspended or removed account.
pub async fn restore(app: &App, name: &SignInName, reason: Prose<500>) -> Result<Account, Problem> {
    let account = find(app, name).await?;
    acts::restore(app, order(app, account.id.to_string()), reason).await
}

/// Gives an account a password made by chance, to be shown once and changed at the next sign-in. Its sessions end.
pub async fn reset_password(app: &App, name: &SignInName) -> Result<String, Problem> {
    let account = find(app, name).await?;
    let (text, password) = acts::initial_password(app, name, app.clock.now()).await?;
    let order = order::<act::account::ResetPassword>(app, account.id.to_string());
    acts::set_password(app, order, password, None, None, None).await?;
    Ok(text)
}

/// A fresh one-time token for the first administrator, good for an hour, in place of any earlier one; `None` when somebody
/// administers already.
pub async fn first_administrator_token(app: &App) -> Result<Option<String>, Problem> {
    let now = app.clock.now();
    if store::account::administrator_exists(&app.store, now).await? {
        return Ok(None);
    }
    let secret = FirstAdministratorSecret::new(app.chance.secret().map_err(Problem::internal)?);
    let token = FirstAdministrator::issue(secret.hash(), now);
    app.store
        .write(order::<act::first_administrator::Issue>(app, String::new()), async |tx, permit| {
            Ok::<_, Problem>(store::account::issue(tx, permit, &token).await?)
        })
        .await?;
    Ok(Some(secret.text()))
}

async fn find(app: &App, name: &SignInName) -> Result<Account, Problem> {
    let known = app.store.at_the_door(name).await?;
    Ok(known.ok_or_else(|| Problem::new(&NOT_FOUND))?.account)
}

/// A wish of the operator's.
pub(super) fn order<A: Action>(app: &App, id: String) -> Order<A> {
    Order::new(operator(), id, own_call(app))
}
