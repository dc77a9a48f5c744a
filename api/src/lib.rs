//! HTTP in, HTTP out: the `axtrack` program.
//!
//! What is absent here: no SQL (only `store` knows it), no rule of the trade (only `domain` does). A handler is permit,
//! load, rule, save, reply.

pub mod account;
mod app;
pub mod audit;
mod body;
mod budget;
mod cli;
pub mod config;
pub mod demo;
mod figure;
mod fiscal;
pub mod http;
pub mod import;
mod open;
mod operation;
pub mod operations;
mod portfolio;
mod prepare;
mod programme;
mod project;
mod region;
mod running;
mod serve;
mod service;
mod spec;
mod telemetry;
pub mod upkeep;

pub use app::{App, Chance, Clock};
pub use cli::main;
pub use prepare::{anonymous, operator, own_call, prepare};
pub use project::{Refreshed, refresh_health};
pub use running::{Bounds, Logged, Running, Transport};
pub use service::service;
pub use spec::{spec, spec_text};

use utoipa_actix_web::service_config::ServiceConfig;

/// Every capability's routes, under `/v1`, and the service's own beside it. The same function serves requests and writes the specification.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.configure(operations::routes).configure(account::well_known);
    cfg.service(
        utoipa_actix_web::scope("/v1")
            // One capability a line. A request tries them in this order: what is asked most comes first.
            .configure(project::routes)
            .configure(portfolio::routes)
            .configure(budget::routes)
            .configure(body::routes)
            .configure(region::routes)
            .configure(programme::routes)
            .configure(figure::routes)
            .configure(fiscal::routes)
            .configure(account::routes)
            .configure(audit::routes)
            .configure(operation::routes)
            .configure(import::routes),
    );
}
