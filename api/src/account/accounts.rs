//! Accounts (계정): the list, one account, opening, describing, and a new password for somebody else.

use super::{
    acts::{self, Person, Turn},
    body::{AccountPatch, AccountReason, AccountWithPassword, ListAccounts, NewPerson},
};
use crate::{
    App,
    http::{Allowed, Created, Found, Json, Page, Patch, Problem, Query, Scoped},
};
use actix_web::{get, patch, post, web::Data};
use domain::{access::act::account as act, account::Account};
use serde_json::json;

/// List the accounts.
///
/// By sign-in name. That the list was read is recorded, with the accounts in it.
#[utoipa::path(tag = "account", params(ListAccounts), security(("bearer" = ["account.list"])))]
#[get("/accounts")]
pub(super) async fn list_accounts(
    app: Data<App>,
    Scoped(scope): Scoped<act::List>,
    Allowed(order): Allowed<act::List>,
    Query(ask): Query<ListAccounts>,
) -> Result<Page<Account>, Problem> {
    let page = store::account::list(&app.store, &scope, &ask.filter(), order.at(), &ask.page()).await?;
    let read: Vec<_> = page.items.iter().map(|a| a.id).collect();
    app.store.log_read(&order, "accounts", json!({ "accounts": read })).await?;
    Ok(Page::of(page))
}

/// Open an account.
///
/// The server makes its first password, shows it once and asks for another at the first sign-in; nobody chooses a
/// password for somebody else.
#[utoipa::path(tag = "account", security(("bearer" = ["account.create"])))]
#[post("/accounts")]
pub(super) async fn create_account(
    app: Data<App>,
    Allowed(order): Allowed<act::Create>,
    Json(new): Json<NewPerson>,
) -> Result<Created<AccountWithPassword>, Problem> {
    app.store.ask(&order).await?;
    let (text, password) = acts::initial_password(&app, &new.sign_in_name, order.at()).await?;
    let NewPerson { sign_in_name, display_name, email, grants } = new;
    let person = Person { sign_in_name, display_name, email, grants };
    let (account, turn) = acts::open(&app, order, person, password).await?;
    let initial_password = (turn == Turn::First).then_some(text);
    let (id, version) = (account.id, account.version);
    Ok(Created::under("/v1/accounts", id, version, AccountWithPassword { account, initial_password }).once())
}

/// Read an account.
///
/// With every role it ever had. Reading somebody else's is recorded.
#[utoipa::path(tag = "account", security(("bearer" = ["account.read"])),
    params(("account" = domain::account::AccountId, Path, description = "The account's id.")))]
#[get("/accounts/{account}")]
pub(super) async fn read_account(
    app: Data<App>,
    Allowed(order): Allowed<act::Read>,
) -> Result<Found<Account>, Problem> {
    let account = app.store.look(&order).await?.on().clone();
    if order.actor().id != account.actor_id() {
        app.store.log_read(&order, &account.id.to_string(), json!({ "read": "account" })).await?;
    }
    let version = account.version;
    Ok(Found::version(account, version))
}

/// Change an account's display name or address.
///
/// The sign-in name stays, since the record names people by it.
#[utoipa::path(tag = "account", security(("bearer" = ["account.change"])),
    request_body(content = AccountPatch, content_type = "application/merge-patch+json"),
    params(("account" = domain::account::AccountId, Path, description = "The account's id.")))]
#[patch("/accounts/{account}")]
pub(super) async fn change_account(
    app: Data<App>,
    Allowed(order): Allowed<act::Change>,
    Patch(patch): Patch<AccountPatch>,
) -> Result<Found<Account>, Problem> {
    let saved = app
        .store
        .write(order, async |tx, permit| {
            let account = permit.on().clone();
            let display_name = patch.display_name.unwrap_or_else(|| account.display_name.clone());
            let email = patch.email.unwrap_or_else(|| account.email.clone());
            Ok::<_, Problem>(store::account::save(tx, permit, account.described(display_name, email, tx.at())).await?)
        })
        .await?;
    let version = saved.version;
    Ok(Found::version(saved, version))
}

/// Reset somebody's password.
///
/// The server makes a new one and shows it once; every session of the account ends, and the person must change the
/// password before doing anything else.
#[utoipa::path(tag = "account", security(("bearer" = ["account.reset_password"])),
    params(("account" = domain::account::AccountId, Path, description = "The account's id.")))]
#[post("/accounts/{account}/reset-password")]
pub(super) async fn reset_password(
    app: Data<App>,
    Allowed(order): Allowed<act::ResetPassword>,
    Json(why): Json<AccountReason>,
) -> Result<Found<AccountWithPassword>, Problem> {
    let name = app.store.ask(&order).await?.on().sign_in_name.clone();
    let (text, password) = acts::initial_password(&app, &name, order.at()).await?;
    let (account, turn) = acts::set_password(&app, order, password, None, None, Some(why.reason)).await?;
    Ok(Found::once(AccountWithPassword { account, initial_password: (turn == Turn::First).then_some(text) }))
}
