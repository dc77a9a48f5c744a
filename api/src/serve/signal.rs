//! Stopping (멈춤): not ready at once, then no new connections, then an end when everybody has their answer.

use crate::App;
use actix_web::{
    dev::ServerHandle,
    rt::{
        signal::unix::{SignalKind, signal},
        time::sleep,
    },
    web::Data,
};
use std::time::Duration;

/// Waits for SIGTERM or SIGINT and stops the server. While it drains, new connections are still taken, because a load
/// balancer needs a moment to see that the server is not ready; every answer then ends its connection. A second signal
/// stops at once.
pub(super) async fn stop(app: Data<App>, server: ServerHandle, drain: Duration) {
    let (Ok(mut term), Ok(mut int)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        tracing::error!("signals cannot be caught; only killing the process will stop it");
        return;
    };
    tokio::select! { _ = term.recv() => {} _ = int.recv() => {} }
    app.running.drain();
    tracing::info!(seconds = drain.as_secs_f64(), "draining");
    let orderly = async {
        sleep(drain).await;
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
