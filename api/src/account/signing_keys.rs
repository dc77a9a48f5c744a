//! Signing keys (서명 키): the list, a new one, and the public halves for whoever verifies tokens.

use super::{sign_in::new_key, token::PublicKeys};
use crate::{
    App,
    http::{Allowed, Created, Found, Json, Page, Problem, Scoped},
};
use actix_web::{get, post, web::Data};
use domain::{
    access::act::signing_key as act,
    account::{SigningKey, replaced, rotated},
    text::Prose,
};
use serde::Deserialize;
use store::account::SigningSecret;
use utoipa::ToSchema;

domain::code_list! {
    /// How a new signing key takes over.
    pub enum Takeover {
        /// Published first and signing ten minutes later; nobody is cut off.
        Gradual = "gradual" / "순차",
        /// At once, for keys that others may know: no token signed before is believed, and everybody refreshes.
        AtOnce = "at_once" / "즉시",
    }
}

/// A signing key to be brought in.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "takeover": "gradual", "reason": "정기 교체" }))]
pub struct NewSigningKey {
    /// How it takes over.
    pub takeover: Takeover,
    /// For the record.
    pub reason: Prose<500>,
}

/// List the signing keys.
///
/// The newest 200 first, those that are over included; their secret halves never go out.
#[utoipa::path(tag = "signing_key", security(("bearer" = ["signing_key.list"])))]
#[get("/signing-keys")]
pub(super) async fn list_signing_keys(
    app: Data<App>,
    Scoped(scope): Scoped<act::List>,
) -> Result<Page<SigningKey>, Problem> {
    let items = store::account::list_signing_keys(&app.store, &scope).await?;
    Ok(Page { items, next_page_token: None, total: None })
}

/// Bring in a new signing key.
///
/// Usually gradually, so that nobody is cut off; at once when a key may be known to others.
#[utoipa::path(tag = "signing_key", security(("bearer" = ["signing_key.rotate"])))]
#[post("/signing-keys")]
pub(super) async fn rotate_signing_key(
    app: Data<App>,
    Allowed(order): Allowed<act::Rotate>,
    Json(new): Json<NewSigningKey>,
) -> Result<Created<SigningKey>, Problem> {
    let (kid, secret) = new_key(&app)?;
    let before = store::account::signing_keys(&app.store).await?;
    let made = app
        .store
        .write(order, async |tx, permit| {
            tx.because(new.reason.as_str());
            let lives = before.iter().map(|s| s.key.clone()).collect();
            let after = match new.takeover {
                Takeover::Gradual => rotated(lives, kid.clone(), tx.at())?,
                Takeover::AtOnce => replaced(lives, kid.clone(), tx.at()),
            };
            let secrets = before.iter().map(|s| s.pkcs8.as_slice()).chain([secret.bytes()]);
            let after: Vec<_> =
                after.into_iter().zip(secrets).map(|(key, s)| SigningSecret { key, pkcs8: s.to_vec() }).collect();
            store::account::add_signing_keys(tx, permit, &before, &after).await?;
            after.into_iter().next_back().map(|s| s.key).ok_or_else(|| Problem::internal("no key was made"))
        })
        .await?;
    app.sign_in.load_keys(&app).await?;
    Ok(Created::unversioned("/v1/signing-keys".to_owned(), made))
}

/// Read the public keys.
///
/// With which access tokens are verified (RFC 7517). May be kept for ten minutes: a new key is published that long before
/// it signs.
#[utoipa::path(tag = "signing_key", security(()))]
#[get("/.well-known/jwks.json")]
pub(super) async fn read_published_keys(app: Data<App>) -> Result<Found<PublicKeys>, Problem> {
    Ok(Found::new(app.sign_in.keys(&app).await?.public(app.clock.now())))
}
