//! HTTP in, HTTP out: the `axtrack` program.
//!
//! What is absent here: no SQL (only `store` knows it), no rule of the trade (only `domain` does). A handler is permit,
//! load, rule, save, reply.

pub mod account;
mod app;
mod application;
pub mod audit;
mod award;
mod body;
mod budget;
mod call;
mod challenge;
mod cli;
mod committee;
pub mod config;
mod consultation;
mod cost_share;
mod demand;
pub mod demo;
mod figure;
mod fiscal;
mod gpu;
pub mod http;
pub mod import;
mod objection;
mod open;
mod operation;
pub mod operations;
mod panel;
mod portfolio;
mod prepare;
mod programme;
mod project;
mod region;
mod resource;
mod running;
mod scoring;
mod selection;
mod serve;
mod service;
mod spec;
mod telemetry;
pub mod upkeep;

pub use app::{App, Chance, Clock};
pub use cli::main;
pub use gpu::offer_gpus;
pub use prepare::{anonymous, operator, own_call, prepare};
pub use project::{Refreshed, refresh_health};
pub use running::{Bounds, Logged, Running, Transport};
pub use service::service;
pub use spec::{made_spec, spec, spec_text};

/// Every capability's routes, under `/v1`. One capability a line. A request tries them in this order, so what is asked most
/// comes first.
pub(crate) fn versioned(cfg: &mut impl http::Routes) {
    project::routes(cfg);
    portfolio::routes(cfg);
    budget::routes(cfg);
    body::routes(cfg);
    call::routes(cfg);
    panel::routes(cfg);
    scoring::routes(cfg);
    selection::routes(cfg);
    challenge::routes(cfg);
    objection::routes(cfg);
    committee::routes(cfg);
    application::routes(cfg);
    award::routes(cfg);
    gpu::routes(cfg);
    demand::routes(cfg);
    resource::routes(cfg);
    consultation::routes(cfg);
    region::routes(cfg);
    programme::routes(cfg);
    figure::routes(cfg);
    fiscal::routes(cfg);
    cost_share::routes(cfg);
    account::routes(cfg);
    audit::routes(cfg);
    operation::routes(cfg);
    import::routes(cfg);
}

/// The service's own routes, beside the capabilities'.
pub(crate) fn beside(cfg: &mut impl http::Routes) {
    operations::routes(cfg);
    account::well_known(cfg);
}
