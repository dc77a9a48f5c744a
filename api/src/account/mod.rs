//! Accounts (계정): who signs in, and with which roles; tokens, passwords, secrets, and the brakes on guessing.

pub mod password;
pub mod secret;
pub mod throttle;
pub mod token;

use crate::{App, http::Problem};
use domain::access::Actor;

/// The actor behind a bearer token.
#[expect(clippy::unused_async, reason = "the database will be asked")]
pub(crate) async fn caller(_: &App, _: &str) -> Result<Actor, Problem> {
    Err(Problem::unauthenticated("invalid_token"))
}
