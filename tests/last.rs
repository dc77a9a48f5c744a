//! The last word of a test run (마지막 말): the examples in the documentation, then whether PostgreSQL took part.
//!
//! `cargo test` runs documentation examples after everything else, and says nothing after them. So every library here
//! sets `doctest = false` and this program, the last test of the last package, runs them all; arguments are passed on.

use std::{
    env,
    process::{Command, ExitCode},
};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--list") {
        println!("last_word: test");
        return ExitCode::SUCCESS;
    }
    let passed = examples(&arguments);
    println!("\n{}\n", tests::postgres::report());
    if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs the documentation's examples of the whole workspace, built as this program was built.
fn examples(arguments: &[String]) -> bool {
    let Ok(cargo) = env::var("CARGO") else {
        println!("The documentation's examples were not run: they need cargo.");
        return true;
    };
    let released = env::current_exe().is_ok_and(|path| path.components().any(|part| part.as_os_str() == "release"));
    let profile = if released { "--release" } else { "--profile=dev" };
    let run = Command::new(cargo).args(["test", "--workspace", "--doc", profile, "--"]).args(arguments).status();
    run.is_ok_and(|status| status.success())
}
