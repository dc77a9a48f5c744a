//! Accounts (계정): who signs in, and with which roles; tokens, passwords, secrets, and the brakes on guessing.

pub mod password;
pub mod secret;
mod sign_in;
pub mod throttle;
pub mod token;

pub use sign_in::SignIn;
pub(crate) use sign_in::caller;
