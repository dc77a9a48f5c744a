//! Stopping (멈춤): not ready at once, then no new connections, then an end when everybody has their answer.

use crate::App;
use actix_web::{
    dev::ServerHandle,
    rt::{
        signal::unix::{SignalKind, signal},
        time::{sleep, timeout},
    },
    web::Data,
};
use std::time::Duration;

/// So long nobody must have come before the listener is closed.
const QUIET: Duration = Duration::from_millis(250);

/// Waits for SIGTERM or SIGINT and stops the server. While it drains, new connections are still taken, because a load
/// balancer needs a moment to see that the server is not ready; every answer then ends its connection. The listener is
/// closed only when no request has come for a while, because whoever is still in the server's queue would be cut. A
/// second signal stops at once.
pub(super) async fn stop(app: Data<App>, server: ServerHandle, drain: Duration, most: Duration) {
    let (Ok(mut term), Ok(mut int)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        tracing::error!("signals cannot be caught; only killing the process will stop it");
        return;
    };
    tokio::select! { _ = term.recv() => {} _ = int.recv() => {} }
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
        _ = term.recv() => {}
        _ = int.recv() => {}
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
