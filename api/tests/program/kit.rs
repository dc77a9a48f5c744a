//! Runs the program in a folder of its own (시험 도구), without the environment of whoever runs the tests.

use serde_json::Value;
use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::PathBuf,
    process::{Child, Command, ExitStatus, Output, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// A folder in which the program runs.
pub struct Place {
    pub folder: TempDir,
    pub environment: Vec<(String, String)>,
}

/// What a command said.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        self
    }
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}", self.out))
    }
}

impl Place {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), environment: Vec::new() }
    }
    #[expect(clippy::needless_pass_by_value, reason = "settings are written as they are read")]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.environment.push((name.to_owned(), value.to_string()));
        self
    }
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_axtrack"));
        let path = std::env::var_os("PATH").unwrap_or_default();
        command.args(arguments).env_clear().env("PATH", path).current_dir(self.folder.path());
        command.envs(self.environment.iter().cloned());
        command
    }
    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).stdin(Stdio::null()).output().unwrap())
    }
    /// Runs a command that reads from its standard input.
    pub fn run_with(&self, input: &str, arguments: &[&str]) -> Ran {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        Ran::of(child.wait_with_output().unwrap())
    }
    /// Starts a server on a free port and waits for its greeting.
    pub fn serve(&self, arguments: &[&str]) -> Server {
        let all: Vec<&str> = ["serve", "--json", "--listen", "127.0.0.1:0"].iter().chain(arguments).copied().collect();
        let log = std::fs::File::create(self.path("log")).unwrap();
        let mut child = self.command(&all).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let log = std::fs::read_to_string(self.path("log")).unwrap();
        let greeting: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("no greeting: {line}\n{log}"));
        let address = greeting["url"].as_str().unwrap().trim_start_matches("http://").to_owned();
        Server { child, address, greeting }
    }
}

/// A running server; killed when it is dropped.
pub struct Server {
    child: Child,
    pub address: String,
    pub greeting: Value,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }
    /// Status, headers and body of a GET on a connection of its own.
    pub fn get(&self, path: &str) -> Got {
        let mut stream = self.connect();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
        answer(stream)
    }
    /// The same as somebody signed in.
    pub fn get_as(&self, path: &str, token: &str) -> Got {
        let mut stream = self.connect();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\nconnection: close\r\n\r\n")
            .unwrap();
        answer(stream)
    }
    /// A POST of JSON.
    pub fn post(&self, path: &str, body: &Value) -> Got {
        let (mut stream, body) = (self.connect(), body.to_string());
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n",
            body.len()
        );
        write!(stream, "{head}connection: close\r\n\r\n{body}").unwrap();
        answer(stream)
    }
    /// Any request with these headers; an error when the server goes away before it has answered.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&Value>) -> io::Result<Got> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n");
        for (name, value) in headers {
            head = head + name + ": " + value + "\r\n";
        }
        let body = body.map(Value::to_string).unwrap_or_default();
        write!(stream, "{head}content-length: {}\r\n\r\n{body}", body.len())?;
        answered(stream)
    }
    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([&format!("-{name}"), &id]).status().unwrap().success());
    }
    /// Its resident memory in MiB.
    pub fn resident(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
    }
    /// How it ends, within half a minute.
    pub fn ended(&mut self) -> ExitStatus {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(began.elapsed() < Duration::from_secs(30), "the server does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// An answer as it came over the wire.
#[derive(Debug)]
pub struct Got {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Got {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// Reads one answer to its end, or panics when it was cut.
pub fn answer(stream: TcpStream) -> Got {
    answered(stream).unwrap()
}

/// Reads one answer to its end.
fn answered(mut stream: TcpStream) -> io::Result<Got> {
    let mut bytes = Vec::new();
    let mut piece = [0; 16 * 1024];
    loop {
        if let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n") {
            let head = String::from_utf8(bytes[..end].to_vec()).unwrap().to_lowercase();
            let length =
                head.lines().find_map(|l| l.strip_prefix("content-length: ")?.parse::<usize>().ok()).unwrap_or(0);
            if bytes.len() >= end + 4 + length {
                let status = head[9..12].parse().unwrap();
                return Ok(Got { status, head, body: bytes[end + 4..].to_vec() });
            }
        }
        let n = stream.read(&mut piece)?;
        if n == 0 {
            let got = String::from_utf8_lossy(&bytes).into_owned();
            return Err(io::Error::other(format!("cut after {} bytes: {got}", bytes.len())));
        }
        bytes.extend_from_slice(&piece[..n]);
    }
}
