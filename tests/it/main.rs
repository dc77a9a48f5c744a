//! The one test binary: a file a capability, told through HTTP.

mod account;
mod audit;
mod body;
mod budget;
mod demo;
mod errors;
mod every_operation;
mod figure;
mod fiscal;
mod glossary;
mod import;
mod last_lines;
mod openapi;
mod operations;
mod outage;
mod portfolio;
mod postgres;
mod programme;
mod project;
mod query_plans;
mod region;
mod roles;
mod same_answers;
mod tidy;
mod watch;
mod write_path;
