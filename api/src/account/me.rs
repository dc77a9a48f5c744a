//! Oneself (내 계정): who one is, and the own password.

use super::{
    acts::{self, PasswordFrom},
    sign_in::brake,
};
use crate::{
    App,
    http::{Allowed, Done, Found, Json, Problem, SignedIn},
};
use actix_web::{get, post, web::Data};
use domain::{
    access::{BodyKey, NOT_FOUND, Role, act},
    account::{Account, ActorId, Email, PASSWORD_SAME, PASSWORD_WRONG, Password},
    day::Instant,
    id::Id,
    problem::{Fault, INVALID},
    text::Line,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

/// Who is signed in.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Me {
    /// The account's or the service key's id, as the record names it.
    pub id: ActorId,
    /// Person or program.
    pub kind: ActorKind,
    /// The sign-in name, or the service key's name in the record.
    #[schema(max_length = 80, pattern = "^[a-z0-9._:-]+$", example = "minji.kim")]
    pub name: String,
    /// What others see; programs have none.
    pub display_name: Option<Line<80>>,
    /// For notices.
    pub email: Option<Email>,
    /// Roles in force.
    #[schema(max_items = 200)]
    pub roles: Vec<RoleInForce>,
    /// True while nothing else may be done but to change the password.
    pub must_change_password: bool,
}

domain::code_list! {
    /// What kind of caller it is.
    pub enum ActorKind {
        /// Somebody with an account.
        Person = "person" / "사람",
        /// A program with a service key.
        Program = "program" / "프로그램",
    }
}

/// A role in force.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleInForce {
    /// What the caller may be.
    pub role: Role,
    /// For which body.
    pub body: BodyKey,
    /// Until when, if it ends by itself.
    pub expires_at: Option<Instant>,
}

/// A password to be changed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "current_password": "k7m2p-9xq4w-nh3vd-rt8ye", "new_password": "a phrase of several words" }))]
pub struct ChangePassword {
    /// The one in use.
    pub current_password: Password,
    /// The next, at least 12 characters.
    pub new_password: Password,
}

/// Read who one is.
///
/// With the roles in force now. Needs no role, and answers also while the password must be changed.
#[utoipa::path(tag = "session", security(("bearer" = ["session.read"])))]
#[get("/me")]
pub(super) async fn read_me(
    app: Data<App>,
    SignedIn(standing): SignedIn,
    Allowed(order): Allowed<act::session::Read>,
) -> Result<Found<Me>, Problem> {
    app.store.look(&order).await?;
    let actor = standing.actor;
    let account = app.store.account_of(Id::new(actor.id.get())).await?.map(|known| known.account);
    let kind = if account.is_some() { ActorKind::Person } else { ActorKind::Program };
    let (display_name, email) = account.map(|a| (Some(a.display_name), a.email)).unwrap_or_default();
    let grants = actor.grants.into_iter();
    let roles = grants.map(|g| RoleInForce { role: g.role, body: g.body, expires_at: g.expires_at }).collect();
    let must_change_password = standing.must_change_password;
    Ok(Found::new(Me { id: actor.id, kind, name: actor.name, display_name, email, roles, must_change_password }))
}

/// Change the own password.
///
/// Needs the current one. Every other session of the account ends. A repeated request is judged anew: no answer is kept,
/// since nothing of a password may be.
#[utoipa::path(tag = "account", security(("bearer" = ["account.change_password"])))]
#[post("/me/password")]
pub(super) async fn change_password(
    app: Data<App>,
    SignedIn(standing): SignedIn,
    Allowed(order): Allowed<act::account::ChangePassword>,
    Json(asked): Json<ChangePassword>,
) -> Result<Done, Problem> {
    let id: Id<Account> = Id::new(order.actor().id.get());
    let known = app.store.account_of(id).await?.ok_or_else(|| Problem::new(&NOT_FOUND))?;
    // Whoever holds a token only must not guess the password with it.
    brake(&app, Some(&known.account.sign_in_name), order.call())?;
    // Regardless of the version: knowing the password is better proof than having read the account.
    let order = order.on(&id).regardless().without_retry();
    let verified = known.credentials.map(|c| c.hash);
    if !app.sign_in.passwords.matches(asked.current_password.clone(), verified.clone()).await? {
        app.store.log_refused(&order, "account", &id.to_string(), json!({ "refused": PASSWORD_WRONG.name })).await?;
        return Err(Problem::new(&INVALID).with(vec![Fault::new("/current_password", &PASSWORD_WRONG)]));
    }
    if asked.new_password == asked.current_password {
        return Err(Problem::new(&INVALID).with(vec![Fault::new("/new_password", &PASSWORD_SAME)]));
    }
    let chosen = acts::chosen(asked.new_password, &known.account.sign_in_name, "/new_password")?;
    let password = acts::hashed(&app, chosen, PasswordFrom::Themselves, order.at()).await?;
    acts::set_password(&app, order, password, verified.as_deref(), standing.session, None).await?;
    Ok(Done)
}
