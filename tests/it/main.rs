//! The one test binary: a file a capability, told through HTTP.

mod last_lines;
mod postgres;
