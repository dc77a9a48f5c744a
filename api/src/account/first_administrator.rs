//! The first administrator (최초 관리자): a one-time token from the server's console instead of a default password.

use super::{
    acts::{self, PasswordFrom, unknown_bodies, wish},
    body::NewRole,
    secret::FirstAdministratorSecret,
    sessions::challenged,
    sign_in::brake,
};
use crate::{
    App,
    http::{Created, Json, Problem, Visitor},
};
use actix_web::{post, web::Data};
use domain::{
    access::{Actor, BodyKey, Role, act::first_administrator as act},
    account::{
        ADMINISTRATOR_EXISTS, Account, Email, FirstAdministrator, NewAccount, ONE_TIME_TOKEN_REFUSED, Password,
        SignInName,
    },
    text::Line,
};
use serde::Deserialize;
use serde_json::json;
use store::Order;
use utoipa::ToSchema;

/// Whoever is to administer first.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "token": "axf_0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f", "sign_in_name": "root.park",
    "display_name": "박관리", "password": "a phrase of several words", "body": "mois"
}))]
pub struct NewFirstAdministrator {
    /// The one-time token, as the server printed it.
    #[schema(max_length = 68, pattern = "^axf_[0-9a-f]{64}$")]
    pub token: String,
    /// What the person types to sign in.
    pub sign_in_name: SignInName,
    /// What others see.
    pub display_name: Line<80>,
    /// For notices.
    #[serde(default)]
    pub email: Option<Email>,
    /// Their own choice, at least 12 characters.
    pub password: Password,
    /// The body that runs the system.
    pub body: BodyKey,
}

/// Open the first administrator's account.
///
/// With the one-time token that the server printed. Refused once anybody administers.
#[utoipa::path(tag = "account", security(()))]
#[post("/first-administrator")]
pub(super) async fn create_first_administrator(
    app: Data<App>,
    visitor: Visitor,
    Json(new): Json<NewFirstAdministrator>,
) -> Result<Created<Account>, Problem> {
    brake(&app, None, &visitor.0)?;
    let now = visitor.0.at;
    let shown: FirstAdministratorSecret = new.token.parse().map_err(|_| challenged(&ONE_TIME_TOKEN_REFUSED))?;
    let judged = |token: Option<FirstAdministrator>, exists: bool| {
        if exists {
            return Err(Problem::new(&ADMINISTRATOR_EXISTS));
        }
        let used = token.and_then(|t| t.redeem(shown.hash(), now).ok());
        used.ok_or_else(|| challenged(&ONE_TIME_TOKEN_REFUSED))
    };
    // Judged before the password is hashed, so that nobody makes the server work without a token; and again when written.
    let exists = store::account::administrator_exists(&app.store, now).await?;
    if let Err(refused) = judged(app.store.first_administrator_token().await?, exists) {
        let what = json!({ "refused": refused.code.name });
        app.store.log_refused(&visitor.order::<act::Redeem>(), "first_administrator", "1", what).await?;
        return Err(refused);
    }
    let chosen = acts::chosen(new.password, &new.sign_in_name, "/password")?;
    let password = acts::hashed(&app, chosen, PasswordFrom::Themselves, now).await?;
    let wanted = NewAccount {
        id: app.chance.id(),
        sign_in_name: new.sign_in_name,
        display_name: new.display_name,
        email: new.email,
    };
    let account = Account::open(wanted, now);
    let by = account.actor_id();
    // The new account acts for itself: nobody else is there yet.
    let actor = Actor { id: by, name: account.sign_in_name.to_string(), grants: Vec::new() };
    let order = Order::<act::Redeem>::new(actor, String::new(), visitor.0);
    let account = app
        .store
        .write(order, async |tx, permit| {
            store::account::redeem(tx, permit, judged).await?;
            unknown_bodies(tx, std::slice::from_ref(&new.body), std::iter::once("/body".to_owned())).await?;
            let reason = "최초 관리자".parse().map_err(Problem::internal)?;
            let role = NewRole { role: Role::Administrator, body: new.body, expires_at: None, reason };
            let account = account.grant(wish(&app, role), by, now)?;
            Ok::<_, Problem>(store::account::add_first(tx, permit, account, password).await?)
        })
        .await?;
    Ok(Created::under("/v1/accounts", account.id, account.version, account))
}
