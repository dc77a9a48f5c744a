//! Running the service (운영): is it alive, is it ready, what does it count, what do its problems mean.
//!
//! These addresses need no sign-in and lie outside `/v1`. They are for the machines around the server: a proxy that
//! faces the public passes on `/v1`, `/docs`, `/openapi.json` and `/problems`, not the rest.

mod explain;
mod explain_html;
mod health;
mod metrics;
mod pages;

pub(crate) use health::free_bytes;
pub use metrics::Metrics;
pub(crate) use metrics::Seen;
pub(crate) use pages::pages;

/// The routes of this capability.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    health::routes(cfg);
    explain::routes(cfg);
}
