//! Stopping (멈춤): not ready at once, then no new connections, then an end when everybody has their answer.

use crate::App;
use actix_web::{
    dev::ServerHandle,
    rt::{
        signal::unix::{Signal, SignalKind, signal},
        time::{sleep, timeout},
    },
    web::Data,
};
use std::time::Duration;

/// So long nobody must have come before the listener is closed.
const QUIET: Duration = Duration::from_millis(250);

/// The signals that stop a server, caught from the moment this is made.
pub(super) struct Signals {
    term: Signal,
    int: Signal,
}

impl Signals {
    /// Catches SIGTERM and SIGINT.
    pub(super) fn caught() -> std::io::Result<Self> {
        Ok(Self { term: signal(SignalKind::terminate())?, int: signal(SignalKind::interrupt())? })
    }
    async fn next(&mut self) {
        tokio::select! { _ = self.term.recv() => {} _ = self.int.recv() => {} }
    }
}

/// Waits for a signal and stops the server. While it drains, new connections are still taken, because a load
/// balancer needs a moment to see that the server is not ready; every answer then ends its connection. The listener is
/// closed only when no request has come for a while, because whoever is still in the server's queue would be cut. A
/// second signal stops at once.
pub(super) async fn stop(mut signals: Signals, app: Data<App>, server: ServerHandle, drain: Duration, most: Duration) {
    signals.next().await;
    app.running.drain();
    tracing::info!(seconds = drain.as_secs_f64(), "draining");
    let orderly = async {
        sleep(drain).await;
        if timeout(most, quiet(&app)).await.is_err() {
            tracing::warn!("requests keep coming: stopping all the same");
        }
        server.stop(true).await;
    };
    tokio::select! {
        () = orderly => return,
        () = signals.next() => {}
    }
    tracing::warn!("told twice to stop: stopping without waiting");
    server.stop(false).await;
}

/// Returns when no request is under way and none has come for a while.
async fn quiet(app: &App) {
    let mut before = None;
    loop {
        let (flying, begun) = app.running.metrics.flights();
        if flying == 0 && before.replace(begun) == Some(begun) {
            return;
        }
        sleep(QUIET).await;
    }
}
