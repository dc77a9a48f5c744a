//! The README's tour (둘러보기), walked against the real program: every command is run and every answer compared.
//!
//! `TOUR=write cargo test -p api --test tour` writes the answers into the README instead.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test")]

use std::{
    fmt::Write as _,
    fs,
    io::{BufRead, BufReader, Read, Write as _},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// A server on a fresh demonstration, stopped with the test.
struct Server(Child);
impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_tour_is_real() {
    walk(None);
}

#[test]
fn the_tour_is_the_same_on_postgres() {
    let Some(cluster) = tests::postgres::own_cluster() else { return };
    walk(Some(&cluster.url()));
}

/// Walks the tour on SQLite, or on the PostgreSQL database at this address.
fn walk(database: Option<&str>) {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let text = fs::read_to_string(&readme).unwrap();
    let (before, rest) = text.split_once("## A five-minute tour\n").expect("a tour");
    let (tour, after) = rest.split_once("\n## ").expect("something after the tour");
    let home = tempfile::tempdir().unwrap();
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let _server = serve(home.path(), &address, database);
    let mut shell = Shell::start(home.path(), database);
    let mut written = String::new();
    let mut said = String::new();
    let mut wrong = Vec::new();
    for part in tour.split("```") {
        if let Some(commands) = part.strip_prefix("sh\n") {
            said = shell.run(&commands.replace("127.0.0.1:8080", &address));
            let _ = write!(written, "```{part}```");
        } else if let Some(expected) = part.strip_prefix("text\n") {
            if !agrees(expected, &said) {
                wrong.push(format!("expected:\n{expected}\nsaid:\n{said}"));
            }
            let _ = write!(written, "```text\n{}```", shortened(&said));
        } else {
            written.push_str(part);
        }
    }
    if database.is_none() && std::env::var("TOUR").is_ok_and(|v| v == "write") {
        fs::write(&readme, format!("{before}## A five-minute tour\n{written}\n## {after}")).unwrap();
        return;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n---\n"));
}

fn serve(home: &Path, address: &str, database: Option<&str>) -> Server {
    let mut child = Command::new(env!("CARGO_BIN_EXE_axtrack"))
        .args(["serve", "--demo", "--migrate", "--listen", address])
        .envs(database.map(|url| ("AXTRACK_DATABASE_URL", url)))
        .current_dir(home)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stderr = child.stderr.take().unwrap();
    let until = Instant::now() + Duration::from_mins(2);
    let ready = || {
        let asked =
            Command::new("curl").args(["-s", "-o", "/dev/null", "-f", &format!("http://{address}/readyz")]).status();
        asked.is_ok_and(|s| s.success())
    };
    while !ready() {
        if child.try_wait().unwrap().is_some() || Instant::now() > until {
            let mut told = String::new();
            let _ = child.kill();
            let _ = stderr.read_to_string(&mut told);
            panic!("the server does not serve: {told}");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    std::thread::spawn(move || std::io::copy(&mut stderr, &mut std::io::sink()));
    Server(child)
}

/// One bash for the whole tour, so that what one block defines the next one knows.
struct Shell {
    child: Child,
    answers: BufReader<std::process::ChildStdout>,
}

impl Shell {
    fn start(home: &Path, database: Option<&str>) -> Self {
        let mut child = Command::new("bash")
            .current_dir(home)
            .envs(database.map(|url| ("AXTRACK_DATABASE_URL", url)))
            .env(
                "PATH",
                format!(
                    "{}:{}",
                    Path::new(env!("CARGO_BIN_EXE_axtrack")).parent().unwrap().display(),
                    std::env::var("PATH").unwrap()
                ),
            )
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap());
        Self { child, answers }
    }
    fn run(&mut self, commands: &str) -> String {
        let stdin = self.child.stdin.as_mut().unwrap();
        write!(stdin, "{{ {commands}\n}} 2>&1; echo; echo ---end---\n").unwrap();
        let mut said = String::new();
        loop {
            let mut line = String::new();
            assert!(self.answers.read_line(&mut line).unwrap() > 0, "the shell ended: {said}");
            if line == "---end---\n" {
                break;
            }
            said.push_str(&line);
        }
        format!("{}\n", said.trim_end())
    }
}
impl Drop for Shell {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether an answer is what was expected, where `…` stands for anything on its line.
fn agrees(expected: &str, said: &str) -> bool {
    let (expected, said): (Vec<_>, Vec<_>) = (expected.trim_end().lines().collect(), said.trim_end().lines().collect());
    expected.len() == said.len() && expected.iter().zip(&said).all(|(expected, said)| fits(expected, said))
}

fn fits(expected: &str, said: &str) -> bool {
    let pieces: Vec<&str> = expected.split('…').collect();
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return false };
    if pieces.len() == 1 {
        return expected == said;
    }
    let Some(mut rest) = said.strip_prefix(first) else { return false };
    for piece in &pieces[1..pieces.len() - 1] {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}

/// An answer as the README shows it: what differs from run to run, and the end of long lines, left out.
fn shortened(said: &str) -> String {
    let mut shown = String::new();
    for line in said.lines() {
        let mut line = masked(line);
        // How many entries there are depends on whether the server has rated projects meanwhile.
        if line.contains("No flaw in") {
            line = uncounted(&uncounted(&line, "기록 "), "chains with ");
        }
        if line.chars().count() > 400 {
            line = line.chars().take(400).chain(['…']).collect();
        }
        shown.push_str(&line);
        shown.push('\n');
    }
    shown
}

/// The number after these words gives way to `…`.
fn uncounted(line: &str, words: &str) -> String {
    let Some((before, after)) = line.split_once(words) else { return line.to_owned() };
    format!("{before}{words}…{}", after.trim_start_matches(|c: char| c.is_ascii_digit()))
}

/// Ids, hashes and instants give way to `…`.
fn masked(line: &str) -> String {
    let mut shown = String::new();
    let mut token = String::new();
    let settle = |token: &mut String, shown: &mut String| {
        let hex = token.len() >= 32 && token.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
        let instant = token.len() >= 20 && token.ends_with('Z') && token.contains('T');
        shown.push_str(if hex || instant { "…" } else { token });
        token.clear();
    };
    for c in line.chars() {
        if c.is_ascii_alphanumeric() || "-:.".contains(c) {
            token.push(c);
        } else {
            settle(&mut token, &mut shown);
            shown.push(c);
        }
    }
    settle(&mut token, &mut shown);
    shown
}
