//! A private PostgreSQL server (시험용 서버) that ends with the process that started it.

use std::{
    fs,
    io::{Error, Write},
    os::unix::{
        fs::{MetadataExt, PermissionsExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{ChildStdin, Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;

/// Makes the cluster, starts the server, stops and starts it as its standard input says, and when that closes removes the
/// folder. The input is a pipe that the tests' process holds, so it closes when that process ends, in whatever way.
const WATCH: &str = r#"
made() {
    "$1/initdb" -D "$2/data" -U axtrack -A trust -N --no-instructions -E UTF8 --locale="$3" >"$2/log" 2>&1
}
run() {
    "$1/postgres" -D "$2/data" -k "$2" -p 5432 -c listen_addresses= -c max_connections=200 -c shared_buffers=64MB \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 \
        -c autovacuum=off </dev/null >"$2/log" 2>&1 &
    server=$!
}
halt() {
    while [ -n "$server" ] && kill -INT "$server" 2>/dev/null; do sleep 0.1; done
    server=
}
if made "$1" "$2" C.UTF-8 || made "$1" "$2" C; then
    run "$1" "$2"
else
    : >"$2/failed"
fi
while read -r order; do
    case $order in
        stop) halt; : >"$2/log"; : >"$2/stopped" ;;
        start) rm -f "$2/stopped"; run "$1" "$2" ;;
    esac
done
halt
rm -rf "$2"
"#;

/// How often and how long to look whether the server is ready: thirty seconds in all.
const LOOKS: u32 = 600;
const PAUSE: Duration = Duration::from_millis(50);

/// A running server, as long as this value or the process lives.
#[derive(Debug)]
pub(super) struct Server {
    /// Its folder, where its socket is.
    pub(super) folder: PathBuf,
    held: ChildStdin,
}

impl Server {
    /// Stops the server as an outage would: every connection ends at once.
    pub(super) fn stop(&mut self) -> Result<(), String> {
        self.order("stop")?;
        waited(|| Ok(self.folder.join("stopped").exists()))
    }
    /// Starts it again.
    pub(super) fn start(&mut self) -> Result<(), String> {
        self.order("start")?;
        ready(&self.folder)
    }
    fn order(&mut self, order: &str) -> Result<(), String> {
        writeln!(self.held, "{order}").and_then(|()| self.held.flush()).map_err(|error| error.to_string())
    }
}

/// Makes a cluster in a temporary folder and starts it. As root it runs as `postgres`, since PostgreSQL refuses root.
pub(super) fn started(programs: &Path) -> Result<Server, String> {
    let told = |step: &'static str| move |error: Error| format!("{step}: {error}");
    let folder = home().map_err(told("making the server's folder"))?;
    let owner = fs::metadata(folder.path()).map_err(told("reading the folder's owner"))?.uid();
    let user = (owner == 0).then(other_than_root);
    if let Some((uid, gid)) = user {
        chown(folder.path(), Some(uid), Some(gid)).map_err(told("handing the folder over"))?;
    }

    let mut shell = plain(Path::new("/bin/sh"), user);
    shell.args(["-c", WATCH, "sh"]).arg(programs).arg(folder.path()).process_group(0);
    let mut shell = shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let held = shell.as_mut().map_err(|error| format!("starting the server: {error}"))?.stdin.take();
    // From here on the shell removes the folder.
    let server = Server { folder: folder.keep(), held: held.ok_or("the server's watch has no input")? };
    ready(&server.folder)?;
    Ok(server)
}

/// Waits until the server says in its `postmaster.pid` that it takes connections.
fn ready(folder: &Path) -> Result<(), String> {
    waited(|| {
        let state = fs::read_to_string(folder.join("data/postmaster.pid")).unwrap_or_default();
        if state.lines().nth(7).is_some_and(|line| line.trim() == "ready") {
            return Ok(true);
        }
        let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
        if log.contains("FATAL") || folder.join("failed").exists() {
            return Err(format!("the server did not start:\n{log}"));
        }
        Ok(false)
    })
}

fn waited(done: impl Fn() -> Result<bool, String>) -> Result<(), String> {
    for _ in 0..LOOKS {
        if done()? {
            return Ok(());
        }
        std::thread::sleep(PAUSE);
    }
    Err("nothing happened within thirty seconds".to_owned())
}

/// A folder whose path another user can walk, short enough for a socket, with nothing that a URL would have to escape.
fn home() -> Result<TempDir, Error> {
    let plain = |path: &Path| {
        let text = path.to_string_lossy();
        text.len() <= 70 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"/._-".contains(&b))
    };
    let open = |path: &Path| {
        path.ancestors().all(|folder| fs::metadata(folder).is_ok_and(|known| known.permissions().mode() & 0o001 != 0))
    };
    let usual = std::env::temp_dir();
    let parent = if plain(&usual) && open(&usual) { usual } else { PathBuf::from("/tmp") };
    tempfile::Builder::new().prefix("axtrack-pg-").tempdir_in(parent)
}

/// User and group `postgres`, or nobody's where there is none.
fn other_than_root() -> (u32, u32) {
    let known = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let line = known.lines().find_map(|line| line.strip_prefix("postgres:"));
    let ids = line.and_then(|line| {
        let mut fields = line.split(':').skip(1);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    });
    ids.unwrap_or((65_534, 65_534))
}

/// A command as this user, without the environment, which may name another PostgreSQL.
fn plain(program: &Path, user: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    command.current_dir("/").env_clear().env("LC_ALL", "C").env("PATH", std::env::var_os("PATH").unwrap_or_default());
    if let Some((uid, gid)) = user {
        command.uid(uid).gid(gid);
    }
    command
}
