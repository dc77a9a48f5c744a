//! States of accounts (계정 상태): suspended, restored, removed.

use super::{acts, body::AccountReason};
use crate::{
    App,
    http::{Allowed, Found, Json, Problem},
};
use actix_web::{post, web::Data};
use domain::{access::act::account as act, account::Account};

fn shown(account: Account) -> Found<Account> {
    let version = account.version;
    Found::version(account, version)
}

/// Suspend an account.
///
/// Its sessions end at once and none of its roles is in force. Nobody suspends themselves.
#[utoipa::path(tag = "account", security(("bearer" = ["account.suspend"])),
    params(("account" = domain::account::AccountId, Path, description = "The account's id.")))]
#[post("/accounts/{account}/suspend")]
pub(super) async fn suspend_account(
    app: Data<App>,
    Allowed(order): Allowed<act::Suspend>,
    Json(why): Json<AccountReason>,
) -> Result<Found<Account>, Problem> {
    Ok(shown(acts::suspend(&app, order, why.reason).await?))
}

/// Restore a suspended or removed account.
///
/// The roles that are still in force count again; the person signs in anew.
#[utoipa::path(tag = "account", security(("bearer" = ["account.restore"])),
    params(("account" = domain::account::AccountId, Path, description = "The account's id.")))]
#[post("/accounts/{account}/restore")]
pub(super) async fn restore_account(
    app: Data<App>,
    Allowed(order): Allowed<act::Restore>,
    Json(why): Json<AccountReason>,
) -> Result<Found<Account>, Problem> {
    Ok(shown(acts::restore(&app, order, why.reason).await?))
}

/// Remove an account.
///
/// It is kept for the record and its name stays taken; it can be restored. Nobody removes themselves.
#[utoipa::path(tag = "account", security(("bearer" = ["account.remove"])),
    params(("account" = domain::account::AccountId, Path, description = "The account's id.")))]
#[post("/accounts/{account}/remove")]
pub(super) async fn remove_account(
    app: Data<App>,
    Allowed(order): Allowed<act::Remove>,
    Json(why): Json<AccountReason>,
) -> Result<Found<Account>, Problem> {
    Ok(shown(acts::remove(&app, order, why.reason).await?))
}
