//! Accounts (계정): who signs in, with which roles, and the secrets that prove it. Rules only; the mechanics are the API's.

mod aggregate;
mod codes;
mod family;
mod first_administrator;
mod grant;
mod name;
mod password;
mod secret;
mod service_key;
mod signing_key;

pub use aggregate::{Account, AccountId, NewAccount, OnAccount, State, StateName};
pub use codes::*;
pub use family::{Ended, Ending, Family, Rotation};
pub use first_administrator::FirstAdministrator;
pub use grant::{ActorId, GrantId, NewGrant, Revocation, RoleGrant};
pub use name::{Email, NotASignInName, NotAnEmail, SignInName};
pub use password::{Credentials, NewPassword, NotAPassword, Password};
pub use secret::{NotAHash, SecretHash};
pub use service_key::{KeyGrant, NewServiceKey, OnServiceKey, ServiceKey, ServiceKeyId};
pub use signing_key::{Kid, SigningKey, replaced, rotated, signing, verifying};

/// How long an access token lasts, in seconds. Short, because it is not asked about again until it ends.
pub const ACCESS_TOKEN_LASTS: i64 = 600;

/// How far clocks may differ when a token's times are judged, in seconds.
pub const CLOCK_LEEWAY: i64 = 5;
