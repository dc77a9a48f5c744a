//! The kit that tests are written with (시험 도구): the service on a database of its own, SQLite or PostgreSQL.
//!
//! What is absent here: no shared state between tests, no retry, no clock but a fixed one.

mod app;
pub mod audit;
mod both;
pub mod operations;
pub mod postgres;

pub use app::{Answer, Persona, START, TestApp, operator};
pub use both::{fresh_postgres, on_postgres, on_sqlite};
