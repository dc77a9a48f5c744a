//! Load (부하): many connections, each sending one request after another for some seconds.

use crate::{
    client::{Body, Client},
    process::{children_cpu, used},
    server::Server,
};
use serde::Serialize;
use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// Gives the nth request of all.
pub type Requests = Arc<dyn Fn(u64) -> Vec<u8> + Send + Sync>;

/// What one load has shown.
#[derive(Debug, Clone, Serialize)]
pub struct Measured {
    /// How many connections.
    pub connections: usize,
    /// Requests answered.
    pub requests: u64,
    /// Of those, with a status of 400 or more.
    pub refused: u64,
    /// Requests a second.
    pub per_second: f64,
    /// Half of the answers came within this many milliseconds.
    pub p50_ms: f64,
    /// All but one in a hundred did.
    pub p99_ms: f64,
    /// The server's processor time a request, in microseconds.
    pub server_us: f64,
    /// The database server's own, when there is one.
    pub database_us: f64,
    /// The server's resident memory afterwards, in MiB.
    pub resident_mib: f64,
    /// Bytes of a body, on average.
    pub bytes: f64,
}

/// Loads a server with requests for some seconds, after a short warm-up that is not counted.
pub async fn load(server: &Server, requests: &Requests, connections: usize, time: Duration) -> io::Result<Measured> {
    let next = Arc::new(AtomicU64::new(0));
    run(server, requests, connections, time / 10, &next).await?;
    let before = (used(server.pid).unwrap_or_default(), server.database_pid.map_or(0, children_cpu));
    let began = Instant::now();
    let runs = run(server, requests, connections, time, &next).await?;
    let took = began.elapsed().as_secs_f64();
    let after = (used(server.pid).unwrap_or_default(), server.database_pid.map_or(0, children_cpu));
    let mut times: Vec<u32> = runs.iter().flat_map(|r| r.micros.iter().copied()).collect();
    times.sort_unstable();
    let count = u64::try_from(times.len()).unwrap_or(1).max(1);
    let part = |percent: usize| f64::from(times.get(times.len() * percent / 100).copied().unwrap_or_default()) / 1000.0;
    Ok(Measured {
        connections,
        requests: count,
        refused: runs.iter().map(|r| r.refused).sum(),
        per_second: real(count) / took,
        p50_ms: part(50),
        p99_ms: part(99),
        server_us: real(after.0.cpu_us.saturating_sub(before.0.cpu_us)) / real(count),
        database_us: real(after.1.saturating_sub(before.1)) / real(count),
        resident_mib: real(after.0.resident) / 1_048_576.0,
        bytes: real(runs.iter().map(|r| r.bytes).sum()) / real(count),
    })
}

/// A count as a number to divide.
#[expect(clippy::cast_precision_loss, clippy::as_conversions, reason = "counts far below 2^52")]
pub const fn real(count: u64) -> f64 {
    count as f64
}

struct Run {
    micros: Vec<u32>,
    refused: u64,
    bytes: u64,
}

async fn run(
    server: &Server,
    requests: &Requests,
    connections: usize,
    time: Duration,
    next: &Arc<AtomicU64>,
) -> io::Result<Vec<Run>> {
    let until = Instant::now() + time;
    let mut tasks = Vec::new();
    for _ in 0..connections {
        let (requests, next, address) = (Arc::clone(requests), Arc::clone(next), server.address);
        tasks.push(tokio::spawn(async move {
            let mut client = Client::connect(address).await?;
            let mut run = Run { micros: Vec::new(), refused: 0, bytes: 0 };
            while Instant::now() < until {
                let request = requests(next.fetch_add(1, Ordering::Relaxed));
                let sent = Instant::now();
                let answer = client.send(&request, Body::Counted).await?;
                run.micros.push(u32::try_from(sent.elapsed().as_micros()).unwrap_or(u32::MAX));
                run.refused += u64::from(answer.status >= 400);
                run.bytes += answer.length;
            }
            Ok::<_, io::Error>(run)
        }));
    }
    let mut runs = Vec::new();
    for task in tasks {
        runs.push(task.await.map_err(io::Error::other)??);
    }
    Ok(runs)
}
