//! A private PostgreSQL cluster (측정용 PostgreSQL) with its usual durability; it ends with this value.

use std::{
    fs, io,
    os::unix::{fs::chown, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;

/// A running cluster.
#[derive(Debug)]
pub struct Cluster {
    folder: TempDir,
    server: Child,
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Ok(pid) = i32::try_from(self.server.id()) {
            // SIGINT: at once, but in good order.
            let _ = rustix::process::Pid::from_raw(pid)
                .map(|pid| rustix::process::kill_process(pid, rustix::process::Signal::INT));
        }
        let _ = self.server.wait();
    }
}

impl Cluster {
    /// Its address, as `AXTRACK_DATABASE_URL` takes it.
    pub fn url(&self) -> String {
        format!("postgres://axtrack@localhost/postgres?host={}", self.folder.path().display())
    }
    /// Its first process.
    pub fn pid(&self) -> u32 {
        self.server.id()
    }
}

/// Where the server programs are.
fn programs() -> io::Result<PathBuf> {
    let said = Command::new("pg_config").arg("--bindir").output();
    let said = said.ok().map(|o| PathBuf::from(String::from_utf8_lossy(&o.stdout).trim()));
    let mut found: Vec<PathBuf> = said.into_iter().collect();
    if let Ok(versions) = fs::read_dir("/usr/lib/postgresql") {
        found.extend(versions.filter_map(|v| Some(v.ok()?.path().join("bin"))));
    }
    let complete = |folder: &PathBuf| folder.join("initdb").is_file() && folder.join("postgres").is_file();
    found.into_iter().find(complete).ok_or_else(|| io::Error::other("the server programs of PostgreSQL are not found"))
}

/// Makes a cluster in a temporary folder and starts it. As root it runs as `postgres`, since PostgreSQL refuses root.
pub fn cluster() -> io::Result<Cluster> {
    let programs = programs()?;
    let folder = tempfile::Builder::new().prefix("axtrack-bench-").tempdir_in("/tmp")?;
    let user = rustix::process::geteuid().is_root().then(postgres_user);
    if let Some((uid, gid)) = user {
        chown(folder.path(), Some(uid), Some(gid))?;
    }
    let data = folder.path().join("data");
    let mut made = command(&programs.join("initdb"), user);
    made.arg("-D").arg(&data);
    made.args(["-U", "axtrack", "-A", "trust", "--no-instructions", "-E", "UTF8", "--locale=C.UTF-8"]);
    if !made.stdout(Stdio::null()).status()?.success() {
        return Err(io::Error::other("initdb failed"));
    }
    let mut server = command(&programs.join("postgres"), user);
    server.arg("-D").arg(&data).arg("-k").arg(folder.path());
    server.args(["-c", "listen_addresses=", "-c", "shared_buffers=512MB", "-c", "max_wal_size=4GB"]);
    let server = server.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let cluster = Cluster { folder, server };
    for _ in 0..600 {
        let state = fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
        if state.lines().nth(7).is_some_and(|line| line.trim() == "ready") {
            return Ok(cluster);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Err(io::Error::other("PostgreSQL was not ready within thirty seconds"))
}

fn command(program: &Path, user: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    command.current_dir("/");
    if let Some((uid, gid)) = user {
        command.uid(uid).gid(gid);
    }
    command
}

/// User and group `postgres`, or nobody's where there is none.
fn postgres_user() -> (u32, u32) {
    let known = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let line = known.lines().find(|line| line.starts_with("postgres:"));
    let fields = line.map(|line| line.split(':').collect::<Vec<_>>());
    let field = |n: usize| fields.as_ref().and_then(|f| f.get(n)?.parse().ok());
    (field(2).unwrap_or(65_534), field(3).unwrap_or(65_534))
}
