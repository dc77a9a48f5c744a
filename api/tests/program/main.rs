//! The program as it is installed (실행 파일): its arguments, its exit codes, its signals.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

mod account;
mod audit;
mod backup;
mod commands;
mod config;
mod crash;
mod evaluate;
mod kit;
mod serve;
mod stop;
