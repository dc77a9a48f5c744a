//! The `axtrack` program (실행 파일); everything in it is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    api::main()
}
