//! Role grants (역할 부여): giving a role and taking it back.

use super::{
    acts,
    body::{AccountReason, GrantPath, NewRole},
};
use crate::{
    App,
    http::{Allowed, Found, Json, Path, Problem},
};
use actix_web::{post, web::Data};
use domain::{access::act::account as act, account::Account};

/// Give an account a role.
///
/// For one body and, if wanted, for a time. In force at once.
#[utoipa::path(tag = "account", security(("bearer" = ["account.grant"])),
    params(("account" = domain::account::AccountId, Path, description = "The account's id.")))]
#[post("/accounts/{account}/grants")]
pub(super) async fn grant_role(
    app: Data<App>,
    Allowed(order): Allowed<act::Grant>,
    Json(role): Json<NewRole>,
) -> Result<Found<Account>, Problem> {
    let saved = acts::grant(&app, order, role).await?;
    let version = saved.version;
    Ok(Found::version(saved, version))
}

/// Take a role back.
///
/// In force at once; the grant stays in the account's record. Nobody takes back their own last administrator role.
#[utoipa::path(tag = "account", security(("bearer" = ["account.revoke"])),
    params(("account" = domain::account::AccountId, Path, description = "The account's id."),
        ("grant" = domain::account::GrantId, Path, description = "The role grant's id.")))]
#[post("/accounts/{account}/grants/{grant}/revoke")]
pub(super) async fn revoke_role(
    app: Data<App>,
    Allowed(order): Allowed<act::Revoke>,
    Path(path): Path<GrantPath>,
    Json(why): Json<AccountReason>,
) -> Result<Found<Account>, Problem> {
    let saved = acts::revoke(&app, order, path.grant, why.reason).await?;
    let version = saved.version;
    Ok(Found::version(saved, version))
}
