//! The one test binary: a file a capability, told through HTTP.

mod body;
mod last_lines;
mod openapi;
mod operations;
mod postgres;
mod project;
mod write_path;
