//! An export of everything (전체 내보내기): how long it takes and how much memory it adds.

use crate::{
    client::{Body, Client, request},
    load::real,
    process::{pause, used},
    server::Server,
};
use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Instant,
};

/// What an export has shown.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Exported {
    /// The HTTP status.
    pub status: u16,
    /// Its size in MiB.
    pub mib: f64,
    /// How long it took, in seconds.
    pub seconds: f64,
    /// The server's processor time, in seconds.
    pub server_seconds: f64,
    /// Resident memory at its height less before, in MiB.
    pub added_mib: f64,
}

/// Asks for the whole list in this format.
pub async fn export(server: &Server, token: &str, format: &str) -> io::Result<Exported> {
    let before = used(server.pid).unwrap_or_default();
    let (most, over) = (Arc::new(AtomicU64::new(before.resident)), Arc::new(AtomicBool::new(false)));
    let watch = {
        let (most, over, pid) = (Arc::clone(&most), Arc::clone(&over), server.pid);
        tokio::spawn(async move {
            while !over.load(Ordering::Relaxed) {
                most.fetch_max(used(pid).unwrap_or_default().resident, Ordering::Relaxed);
                pause(20).await;
            }
        })
    };
    let bearer = format!("Bearer {token}");
    let path = format!("/v1/projects/export?format={format}&purpose=%EC%B8%A1%EC%A0%95");
    let began = Instant::now();
    let asked = request("GET", &path, &[("authorization", &bearer)], None);
    let answer = Client::connect(server.address).await?.send(&asked, Body::Counted).await?;
    let seconds = began.elapsed().as_secs_f64();
    over.store(true, Ordering::Relaxed);
    watch.await.map_err(io::Error::other)?;
    let after = used(server.pid).unwrap_or_default();
    Ok(Exported {
        status: answer.status,
        mib: real(answer.length) / 1_048_576.0,
        seconds,
        server_seconds: real(after.cpu_us.saturating_sub(before.cpu_us)) / 1_000_000.0,
        added_mib: real(most.load(Ordering::Relaxed).saturating_sub(before.resident)) / 1_048_576.0,
    })
}
