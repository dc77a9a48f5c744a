//! Sessions (로그인 세션): signing in, carrying on, signing out.

use super::{secret::RefreshToken, sign_in::brake};
use crate::{
    App,
    http::{Allowed, Created, Done, Found, Json, Problem, SignedIn, Visitor},
};
use actix_web::{post, web::Data};
use domain::{
    access::act::session as act,
    account::{Credentials, Ending, Family, Password, Rotation, SESSION_ENDED, SIGN_IN_FAILED, SignInName, State},
    day::Instant,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Order;
use utoipa::ToSchema;

/// A name and a password.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SignIn, example = json!({ "sign_in_name": "minji.kim", "password": "a phrase of several words" }))]
pub struct NewSession {
    /// Who.
    pub sign_in_name: SignInName,
    /// What only they know.
    pub password: Password,
}

/// A refresh token to be exchanged.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefreshSession {
    /// The latest one of the session. It works once.
    #[schema(
        max_length = 133,
        pattern = "^axr_[0-9a-f]{64}_[0-9a-f]{64}$",
        example = "axr_0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f_5c2d5c2d5c2d5c2d5c2d5c2d5c2d5c2d5c2d5c2d5c2d5c2d5c2d5c2d5c2d5c2d"
    )]
    pub refresh_token: String,
}

/// The tokens of a session. Keep the refresh token secret and use it once.
#[derive(Clone, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionTokens {
    /// For the `Authorization` header (RFC 6750), as `Bearer`.
    #[schema(
        max_length = 2048,
        pattern = r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$",
        example = "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSJ9.eyJzdWIiOiIwMTg5MGE1ZCJ9.c2lnbmF0dXJl"
    )]
    pub access_token: String,
    /// Until when the access token is good: ten minutes.
    pub expires_at: Instant,
    /// For the next pair.
    #[schema(
        max_length = 133,
        pattern = "^axr_[0-9a-f]{64}_[0-9a-f]{64}$",
        example = "axr_0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f0b1f_5c2d5c2d5c2d5c2d5c2d5c2d5c2d5c2d5c2d5c2d5c2d5c2d5c2d5c2d5c2d5c2d"
    )]
    pub refresh_token: String,
    /// When the person must sign in again, however active the session is: after twelve hours.
    pub session_expires_at: Instant,
    /// True when nothing else may be done but to change the password.
    pub must_change_password: bool,
}

/// Sign in.
///
/// With a name and a password. A wrong password, an unknown name and a suspended account get the same answer after the
/// same work. Attempts are counted by name and by address. No answer is kept for a retry: it holds secrets.
#[utoipa::path(tag = "session", security(()))]
#[post("/sessions")]
pub(super) async fn create_session(
    app: Data<App>,
    visitor: Visitor,
    Json(asked): Json<NewSession>,
) -> Result<Created<SessionTokens>, Problem> {
    brake(&app, Some(&asked.sign_in_name), &visitor.0)?;
    let known = app.store.at_the_door(&asked.sign_in_name).await?;
    let hash = known.as_ref().and_then(|k| k.credentials.as_ref()).map(|c| c.hash.clone());
    let right = app.sign_in.passwords.matches(asked.password, hash).await?;
    let named = known.as_ref().map(|k| k.account.id.to_string());
    let Some(known) = known.filter(|k| right && *k.account.state() == State::Active) else {
        // An unknown name is not kept: it may be a password typed into the wrong field.
        let subject = named.unwrap_or_else(|| "unknown".to_owned());
        let what = json!({ "refused": SIGN_IN_FAILED.name });
        app.store.log_refused(&visitor.order::<act::SignIn>(), "account", &subject, what).await?;
        return Err(challenged(&SIGN_IN_FAILED));
    };
    let secret = || app.chance.secret().map_err(Problem::internal);
    let token = RefreshToken::first(secret()?, secret()?);
    let (now, account) = (visitor.0.at, known.account);
    let family = Family::begin(app.chance.id(), account.id, token.handle(), token.turn(), now);
    // Regardless of the version: signing in changes nothing of the account.
    let order = Order::<act::SignIn>::new(account.actor(now), account.id.to_string(), visitor.0).regardless();
    app.store
        .write(order, async |tx, permit| {
            if *permit.on().state() != State::Active {
                return Err(challenged(&SIGN_IN_FAILED));
            }
            Ok(store::account::begin_session(tx, permit, &family).await?)
        })
        .await?;
    let issued = tokens(&app, &family, &token, known.credentials.as_ref()).await?;
    Ok(Created::unversioned("/v1/me".to_owned(), issued).once())
}

/// Carry a session on.
///
/// Exchanges a refresh token for the next pair. A token that is used twice ends the session for whoever holds it.
#[utoipa::path(tag = "session", security(()))]
#[post("/sessions/refresh")]
pub(super) async fn refresh_session(
    app: Data<App>,
    visitor: Visitor,
    Json(asked): Json<RefreshSession>,
) -> Result<Found<SessionTokens>, Problem> {
    let ended = || challenged(&SESSION_ENDED);
    brake(&app, None, &visitor.0)?;
    let token: RefreshToken = asked.refresh_token.parse().map_err(|_| ended())?;
    let family = app.store.session_at_the_door(token.handle()).await?.ok_or_else(ended)?;
    let known = app.store.account_of(family.account).await?.ok_or_else(ended)?;
    let next = token.next(app.chance.secret().map_err(Problem::internal)?);
    let actor = known.account.actor(visitor.0.at);
    // Regardless of the version: a refresh changes nothing of the account.
    let order = Order::<act::Refresh>::new(actor, family.account.to_string(), visitor.0).regardless();
    let rotated = app
        .store
        .write(order, async |tx, permit| {
            if *permit.on().state() != State::Active {
                return Err(ended());
            }
            match store::account::rotate_session(tx, permit, family.id, token.turn(), next.turn()).await? {
                Some(Rotation::Rotated(family)) => Ok(Some(family)),
                // Kept, so that the end of the session stays; the answer is a refusal all the same.
                Some(Rotation::Reused(_)) => Ok(None),
                Some(Rotation::Expired | Rotation::Ended) | None => Err(ended()),
            }
        })
        .await?;
    let family = rotated.ok_or_else(ended)?;
    Ok(Found::once(tokens(&app, &family, &next, known.credentials.as_ref()).await?))
}

/// Sign out.
///
/// Ends the session that the access token belongs to; its access tokens are believed no more.
#[utoipa::path(tag = "session", security(("bearer" = ["session.sign_out"])))]
#[post("/sessions/sign-out")]
pub(super) async fn end_session(
    app: Data<App>,
    SignedIn(standing): SignedIn,
    Allowed(order): Allowed<act::SignOut>,
) -> Result<Done, Problem> {
    // Regardless of the version: nothing of the account changes, and signing out must not fail for being late.
    let order = order.on(&standing.actor.id).regardless();
    app.store
        .write(order, async |tx, permit| {
            if let Some(session) = standing.session {
                store::account::end_session(tx, permit, session, Ending::SignedOut).await?;
            }
            Ok::<_, Problem>(())
        })
        .await?;
    Ok(Done)
}

async fn tokens(
    app: &App,
    family: &Family,
    token: &RefreshToken,
    credentials: Option<&Credentials>,
) -> Result<SessionTokens, Problem> {
    let issued = app.sign_in.token_of(app, family).await?;
    Ok(SessionTokens {
        access_token: issued.token,
        expires_at: issued.expires_at,
        refresh_token: token.text(),
        session_expires_at: family.expires_at,
        must_change_password: credentials.is_some_and(|c| c.must_change),
    })
}

/// A 401 with the challenge that every 401 has (RFC 9110, section 15.5.2).
pub(super) fn challenged(code: &'static domain::problem::Code) -> Problem {
    Problem::new(code).header("WWW-Authenticate", "Bearer realm=\"axtrack\"")
}
