//! How a command ends (명령의 결과): words for people, JSON for programs, and an exit code for both.

use crate::http::Problem;
use domain::problem::Fault;
use serde_json::{Value, json};
use std::{
    error::Error,
    fmt::{self, Write as _},
    io::Write as _,
    process::ExitCode,
};

/// What a command has to say.
#[derive(Debug)]
pub struct Report {
    /// Whether the answer is yes.
    pub verdict: Verdict,
    /// For people.
    pub text: String,
    /// For programs.
    pub json: Value,
}

/// The answer of a command that ran to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Done, or yes: exit code 0.
    Yes,
    /// No: exit code 1.
    No,
}

impl Report {
    /// Done.
    pub fn done(text: impl Into<String>, json: Value) -> Self {
        Self { verdict: Verdict::Yes, text: text.into(), json }
    }
    /// It ran, and the answer is no.
    pub fn no(text: impl Into<String>, json: Value) -> Self {
        Self { verdict: Verdict::No, text: text.into(), json }
    }
    /// Done without words: the command has printed by itself.
    pub fn silent() -> Self {
        Self::done("", Value::Null)
    }
}

/// Why a command did not run to its end.
#[derive(Debug)]
pub enum Failure {
    /// It was not asked properly: exit code 2.
    Usage(String),
    /// What it was given is wrong: exit code 2, with the problem document on the standard error.
    Refused(Value),
    /// It failed: exit code 1. With a stable code and words in both languages.
    Failed {
        /// The kind.
        code: &'static str,
        /// What happened and what to do, in both languages, with its causes.
        words: String,
    },
}

/// One line each below what is said of them.
pub(crate) fn listed(each: impl IntoIterator<Item: fmt::Display>) -> String {
    each.into_iter().fold(String::new(), |mut lines, one| {
        let _ = write!(lines, "\n  {one}");
        lines
    })
}

impl Failure {
    /// It was not asked properly.
    pub fn usage(why: impl fmt::Display) -> Self {
        Self::Usage(why.to_string())
    }
    /// It failed.
    pub fn failed(code: &'static str, ko: impl fmt::Display, en: impl fmt::Display) -> Self {
        Self::Failed { code, words: format!("{ko}\n{en}") }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        let mut words = format!(
            "{}: {}\n{}: {}",
            problem.code.title.ko, problem.detail.ko, problem.code.title.en, problem.detail.en
        );
        for fault in &problem.faults {
            let Fault { pointer, code, detail } = fault;
            let _ = write!(words, "\n  {pointer} {}: {} / {}", code.name, detail.ko, detail.en);
        }
        let causes = std::iter::successors(Error::source(&problem), |e| (*e).source());
        for cause in causes {
            let _ = write!(words, "\n  원인 cause: {cause}");
        }
        Self::Failed { code: problem.code.name, words }
    }
}
impl From<store::StoreError> for Failure {
    fn from(error: store::StoreError) -> Self {
        Problem::from(error).into()
    }
}

/// How the outcome is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Prints the outcome: a report on the standard output, a failure on the standard error.
pub(super) fn print(form: Form, outcome: Result<Report, Failure>) -> ExitCode {
    let (code, text, json) = match outcome {
        Ok(report) => {
            let code = u8::from(report.verdict != Verdict::Yes);
            (code, Ok(report.text), report.json)
        }
        Err(Failure::Refused(problem)) => {
            let told = writeln!(std::io::stderr().lock(), "{problem:#}");
            return if told.is_ok() { ExitCode::from(2) } else { ExitCode::FAILURE };
        }
        Err(Failure::Usage(why)) => {
            let json = json!({ "error": { "code": "usage", "detail": why } });
            (2, Err(why), json)
        }
        Err(Failure::Failed { code, words }) => {
            let json = json!({ "error": { "code": code, "detail": words } });
            (1, Err(words), json)
        }
    };
    let written = match (form, text) {
        (Form::Json, _) if json.is_null() => Ok(()),
        (Form::Json, _) => say(&json.to_string()),
        (Form::Text, Ok(text)) if text.is_empty() => Ok(()),
        (Form::Text, Ok(text)) => say(&text),
        (Form::Text, Err(why)) => writeln!(std::io::stderr().lock(), "axtrack: {why}"),
    };
    // Whoever reads us may have gone away (`axtrack man | head`).
    if written.is_ok() { ExitCode::from(code) } else { ExitCode::FAILURE }
}

/// Prints a line on the standard output.
pub(crate) fn say(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    out.flush()
}
