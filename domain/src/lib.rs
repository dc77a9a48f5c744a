//! The rules and words of AX projects (AX 과제).
//!
//! What is absent here: no input or output, no clock, no randomness, no async, no SQL, no HTTP. Time, ids and
//! chance come in as arguments, so that whatever was decided can be computed again years later.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]
#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

pub mod access;
pub mod account;
pub mod application;
pub mod audit;
pub mod award;
pub mod body;
pub mod budget;
pub mod call;
pub mod challenge;
pub mod committee;
pub mod consultation;
pub mod cost_share;
pub mod day;
pub mod decimal;
pub mod demand;
pub mod difference;
pub mod evaluation;
pub mod figure;
pub mod fiscal;
pub mod fraction;
pub mod gpu;
pub mod id;
pub mod import;
pub mod list;
pub mod money;
pub mod name;
pub mod objection;
pub mod operation;
pub mod panel;
mod parsed;
pub mod portfolio;
pub mod problem;
pub mod programme;
pub mod project;
pub mod rate;
mod reader;
pub mod region;
pub mod resource;
pub mod scoring;
pub mod selection;
pub mod similar;
pub mod text;
