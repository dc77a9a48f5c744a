//! Accounts (계정): who signs in, and with which roles; tokens, passwords, secrets, and the brakes on guessing.

mod accounts;
mod acts;
mod body;
pub mod command;
mod demo;
mod first_administrator;
mod grants;
mod me;
pub mod password;
pub mod secret;
mod service_keys;
mod sessions;
mod sign_in;
mod signing_keys;
mod states;
pub mod throttle;
pub mod token;

pub use acts::{PasswordFrom, Person};
pub use body::NewRole;
pub use demo::{DEMONSTRATION_PASSWORD, DemoPerson, demo_people};
pub(crate) use sign_in::caller;
pub use sign_in::{SignIn, Standing};

/// The routes of this capability, under `/v1`.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(sessions::create_session)
        .service(sessions::refresh_session)
        .service(sessions::end_session)
        .service(me::read_me)
        .service(me::change_password)
        .service(accounts::list_accounts)
        .service(accounts::create_account)
        .service(accounts::read_account)
        .service(accounts::change_account)
        .service(accounts::reset_password)
        .service(grants::grant_role)
        .service(grants::revoke_role)
        .service(states::suspend_account)
        .service(states::restore_account)
        .service(states::remove_account)
        .service(service_keys::list_service_keys)
        .service(service_keys::create_service_key)
        .service(service_keys::read_service_key)
        .service(service_keys::revoke_service_key)
        .service(signing_keys::list_signing_keys)
        .service(signing_keys::rotate_signing_key)
        .service(first_administrator::create_first_administrator);
}

/// What stands outside `/v1` because other standards name the place.
pub fn well_known(cfg: &mut impl crate::http::Routes) {
    cfg.service(signing_keys::read_published_keys);
}
