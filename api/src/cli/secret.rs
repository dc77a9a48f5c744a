//! Reading a secret (비밀 입력): from the terminal without showing it, or the first line of the standard input.

use super::report::Failure;
use rustix::termios::{LocalModes, OptionalActions, Termios, isatty, tcgetattr, tcsetattr};
use std::io::{BufRead, Stdin, Write, stderr, stdin};

/// Asks for a secret, twice at a terminal.
pub(super) fn read(prompt: &str) -> Result<String, Failure> {
    let input = stdin();
    if !isatty(&input) {
        return line(&input);
    }
    let shown = tcgetattr(&input).map_err(failed)?;
    let mut hidden = shown.clone();
    hidden.local_modes.remove(LocalModes::ECHO);
    let _restored = Restored { input: &input, modes: shown };
    tcsetattr(&input, OptionalActions::Flush, &hidden).map_err(failed)?;
    let asked = |prompt: &str| {
        let mut out = stderr();
        write!(out, "{prompt}: ").map_err(failed)?;
        let text = line(&input)?;
        writeln!(out).map_err(failed)?;
        Ok::<_, Failure>(text)
    };
    let first = asked(prompt)?;
    if asked("다시 Again")? == first {
        Ok(first)
    } else {
        Err(Failure::usage("두 번 입력한 값이 다릅니다 / the two differ"))
    }
}

/// Shows again what is typed, however the reading ends.
struct Restored<'a> {
    input: &'a Stdin,
    modes: Termios,
}
impl Drop for Restored<'_> {
    fn drop(&mut self) {
        let _ = tcsetattr(self.input, OptionalActions::Flush, &self.modes);
    }
}

fn line(input: &Stdin) -> Result<String, Failure> {
    let mut text = String::new();
    input.lock().read_line(&mut text).map_err(failed)?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn failed(error: impl std::fmt::Display) -> Failure {
    Failure::failed("cannot_read", "입력을 읽지 못했습니다", format!("The input cannot be read: {error}"))
}
