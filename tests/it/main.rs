//! The one test binary: a file a capability, told through HTTP.

mod body;
mod last_lines;
<<<<<<< HEAD
mod operations;
=======
mod openapi;
>>>>>>> 32cb4dc (Complete the specification in one pass, check input against it, compare it with its release)
mod postgres;
mod project;
mod write_path;
