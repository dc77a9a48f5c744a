//! The servers under load (측정 대상): the real program, and a bare one that answers the same bytes.

use crate::{
    client::{Answer, Body, Client, request},
    process::{end, pause, used},
};
use serde_json::{Value, json};
use std::{
    io,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// A running server; it ends with this value.
#[derive(Debug)]
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its process.
    pub pid: u32,
    /// The database server's first process, on PostgreSQL.
    pub database_pid: Option<u32>,
    /// How long it took until it was ready.
    pub ready_after: Duration,
    child: Child,
}

impl Drop for Server {
    fn drop(&mut self) {
        end(self.pid);
        let _ = self.child.wait();
    }
}

fn free_port() -> io::Result<SocketAddr> {
    TcpListener::bind("127.0.0.1:0")?.local_addr()
}

/// The `axtrack` program beside this one, as cargo has built it.
pub fn program() -> io::Result<PathBuf> {
    let own = std::env::current_exe()?;
    Ok(own.parent().unwrap_or_else(|| Path::new(".")).join("axtrack"))
}

/// Runs a command of `axtrack` to its end.
pub fn axtrack(database: &str, arguments: &[&str]) -> io::Result<()> {
    let mut command = Command::new(program()?);
    let done = command.env("AXTRACK_DATABASE_URL", database).args(arguments).stdout(Stdio::null()).status()?;
    if done.success() { Ok(()) } else { Err(io::Error::other(format!("axtrack {} failed", arguments.join(" ")))) }
}

/// Starts `axtrack serve` without limits on callers and without a line for each request.
pub async fn serve(database: &str, database_pid: Option<u32>) -> io::Result<Server> {
    let address = free_port()?;
    let mut command = Command::new(program()?);
    command
        .arg("serve")
        .env("AXTRACK_DATABASE_URL", database)
        .env("AXTRACK_LISTEN", address.to_string())
        .env("AXTRACK_REQUESTS_PER_MINUTE", "10000000")
        .env("AXTRACK_SIGN_INS_PER_NAME_PER_MINUTE", "10000")
        .env("AXTRACK_LOG_REQUESTS", "none")
        .env("AXTRACK_LOG_LEVEL", "warn")
        .env("AXTRACK_DRAIN_SECONDS", "0");
    start(command, address, "/readyz", database_pid).await
}

/// Starts the bare server: this program again, answering one file.
pub async fn bare(answer: &Path) -> io::Result<Server> {
    let address = free_port()?;
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("bare").arg(answer).arg(address.to_string());
    start(command, address, "/", None).await
}

async fn start(
    mut command: Command,
    address: SocketAddr,
    ready: &str,
    database_pid: Option<u32>,
) -> io::Result<Server> {
    let began = Instant::now();
    let mut child = command.stdout(Stdio::null()).stdin(Stdio::null()).spawn()?;
    while began.elapsed() < Duration::from_mins(1) {
        if let Some(status) = child.try_wait()? {
            return Err(io::Error::other(format!("the server ended at once: {status}")));
        }
        if let Ok(mut client) = Client::connect(address).await
            && let Ok(answer) = client.send(&request("GET", ready, &[], None), Body::Counted).await
            && answer.status == 200
        {
            return Ok(Server { address, pid: child.id(), database_pid, ready_after: began.elapsed(), child });
        }
        pause(2).await;
    }
    let _ = child.kill();
    Err(io::Error::other("the server was not ready within a minute"))
}

impl Server {
    /// Sends one request on a connection of its own.
    pub async fn ask(&self, method: &str, path: &str, token: &str, body: Option<&str>) -> io::Result<Answer> {
        let bearer = format!("Bearer {token}");
        let mut headers = vec![("content-type", "application/json")];
        if !token.is_empty() {
            headers.push(("authorization", bearer.as_str()));
        }
        Client::connect(self.address).await?.send(&request(method, path, &headers, body), Body::Kept).await
    }

    /// Signs in and gives the access token.
    pub async fn sign_in(&self, name: &str, password: &str) -> io::Result<String> {
        let body = json!({ "sign_in_name": name, "password": password }).to_string();
        let answer = self.ask("POST", "/v1/sessions", "", Some(&body)).await?;
        let token = answer.json().get("access_token").and_then(Value::as_str).map(str::to_owned);
        let told = || format!("{name} cannot sign in: {} {}", answer.status, String::from_utf8_lossy(&answer.body));
        token.ok_or_else(|| io::Error::other(told()))
    }

    /// Returns once the server is at rest: soon after its start it rates every project under way.
    pub async fn rested(&self) {
        pause(12_000).await;
        let mut before = used(self.pid).unwrap_or_default().cpu_us;
        loop {
            pause(1000).await;
            let now = used(self.pid).unwrap_or_default().cpu_us;
            if now.saturating_sub(before) < 20_000 {
                return;
            }
            before = now;
        }
    }

    /// Commits and writes so far.
    pub async fn commits(&self) -> io::Result<(u64, u64)> {
        let text = self.ask("GET", "/metrics", "", None).await?.body;
        let text = String::from_utf8_lossy(&text).into_owned();
        let count = |name: &str| {
            let line = text.lines().find(|line| line.starts_with(name));
            line.and_then(|line| line.rsplit(' ').next()?.parse().ok()).unwrap_or_default()
        };
        Ok((count("axtrack_store_commits_total"), count("axtrack_store_writes_total")))
    }
}

/// Answers every request with the bytes of a file: what the web framework alone costs.
pub async fn answer_file(path: &Path, listen: SocketAddr) -> io::Result<()> {
    use actix_web::{App, HttpResponse, HttpServer, web};
    let bytes = web::Bytes::from(std::fs::read(path)?);
    let app = move || {
        let bytes = bytes.clone();
        App::new().default_service(web::to(move || {
            let bytes = bytes.clone();
            async move { HttpResponse::Ok().content_type("application/json").body(bytes) }
        }))
    };
    HttpServer::new(app).workers(2).bind(listen)?.run().await
}
