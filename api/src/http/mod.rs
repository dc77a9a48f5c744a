//! The only HTTP plumbing (HTTP 배관): who calls, what came in, what goes out.

mod address;
mod body;
mod call;
mod caller;
mod codes;
mod csv;
mod download;
pub mod export;
mod kept;
mod language;
mod lines;
mod problem;
mod query;
mod render;
mod reply;
mod routes;
pub(crate) mod strict;
mod valid;

pub use address::{Network, NotANetwork, address};
pub use body::{Json, Patch, Path, double_option};
pub use call::RequestId;
pub(crate) use call::watch_body;
pub(crate) use caller::Counted;
pub use caller::{Allowed, Caller, Scoped, SignedIn, Visitor};
pub use codes::*;
pub use csv::Csv;
pub use download::{AsFile, Download, FileFormat, HeaderRow};
pub use kept::{Kept, KeptAnswers};
pub use language::Language;
pub use lines::{Lines, Written};
pub use problem::{FaultBody, Problem, ProblemBody};
pub use query::{Query, page_ask};
pub use render::{problems, unknown_route};
pub use reply::{Accepted, Created, Done, Found, Page};
pub(crate) use reply::{digest_tag, tagged, take_named};
pub use routes::Routes;
