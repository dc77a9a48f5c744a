//! PostgreSQL's own tools for copies (pg_dump, pg_restore), run with the address that the server uses.

use super::report::Failure;
use crate::cli::database::there_already;
use std::{
    io::ErrorKind,
    path::Path,
    process::{Command, Output},
};

/// What a restore may do to tables that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Present {
    /// They stay, and the restore fails.
    Kept,
    /// They are dropped first.
    Replaced,
}

/// Writes a dump in PostgreSQL's custom format; returns its size.
pub(super) fn dump(url: &str, to: &Path) -> Result<u64, Failure> {
    if to.is_dir() {
        return Err(there_already(to));
    }
    let mut command = tool("pg_dump", url);
    command.args(["--format=custom", "--no-owner", "--file"]).arg(to);
    done("pg_dump", command.output())?;
    std::fs::metadata(to).map(|m| m.len()).map_err(|e| Failure::failed("cannot_write", "백업이 없습니다", e))
}

/// Puts a dump into the database in one transaction.
pub(super) fn restore(url: &str, from: &Path, present: Present) -> Result<(), Failure> {
    let mut command = tool("pg_restore", url);
    command.args(["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]);
    if present == Present::Replaced {
        command.args(["--clean", "--if-exists"]);
    }
    done("pg_restore", command.arg(from).output())
}

/// The tool, with the password in its environment, where other users do not see it.
fn tool(name: &str, url: &str) -> Command {
    let (plain, password) = split(url);
    let mut command = Command::new(name);
    command.arg(format!("--dbname={plain}"));
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    command
}

fn done(name: &str, outcome: std::io::Result<Output>) -> Result<(), Failure> {
    match outcome {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            let told = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            Err(Failure::failed("tool_failed", format!("{name}이 실패했습니다."), format!("{name} failed:\n{told}")))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Err(Failure::failed(
            "tool_missing",
            format!(
                "{name}을 찾을 수 없습니다. PostgreSQL 클라이언트를 설치하거나 DBA의 백업 절차를 쓰십시오(docs/operations.md)."
            ),
            format!(
                "{name} is not installed. Install PostgreSQL's client programs, or use your own backups (docs/operations.md)."
            ),
        )),
        Err(error) => Err(Failure::failed("tool_failed", format!("{name}을 실행하지 못했습니다."), error)),
    }
}

/// An address without its password, and the password.
fn split(url: &str) -> (String, Option<String>) {
    let Some((scheme, rest)) = url.split_once("://") else { return (url.to_owned(), None) };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, after) = rest.split_at(end);
    let Some((user, host)) = authority.rsplit_once('@') else { return (url.to_owned(), None) };
    let Some((name, password)) = user.split_once(':') else { return (url.to_owned(), None) };
    (format!("{scheme}://{name}@{host}{after}"), Some(plain(password)))
}

/// Percent-decoded.
fn plain(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digit = |b: Option<u8>| char::from(b.unwrap_or(b' ')).to_digit(16).and_then(|d| u8::try_from(d).ok());
        match (byte, digit(ahead.next()), digit(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(high << 4 | low);
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn the_password_leaves_the_address() {
        let (url, password) = split("postgres://ax:p%40ss%ed%95%9c@db:5432/axtrack?sslmode=require");
        assert_eq!(
            (url.as_str(), password.as_deref()),
            ("postgres://ax@db:5432/axtrack?sslmode=require", Some("p@ss한"))
        );
        assert_eq!(split("postgres://ax@db/axtrack").1, None);
    }
}
