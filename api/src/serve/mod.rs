//! Serving (서비스): open, prepare, greet, answer until told to stop, and then let everybody finish.

mod greeting;
mod signal;

use crate::{
    App,
    cli::{Failure, Form, Report},
    config::{Demo, Settings},
    open::{self, Missing},
    telemetry, upkeep,
};
use actix_web::{HttpServer, web::Data};
use clap::Args;
use std::time::Duration;

/// How to serve.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// PostgreSQL의 스키마도 맞추고 엽니다. Bring PostgreSQL's schema up to date first.
    #[arg(long)]
    migrate: bool,
}

/// Serves until a signal says stop.
pub(crate) async fn serve(asked: Serve, settings: Settings, form: Form) -> Result<Report, Failure> {
    telemetry::start(&settings).map_err(Failure::usage)?;
    let signals = signal::Signals::caught().map_err(|e| Failure::failed("no_signals", "신호를 받을 수 없습니다", e))?;
    let app = Data::new(ready(&asked, &settings).await?);
    let demo = match settings.demo {
        Demo::Wanted => Some(crate::demo::load_once(&app).await?),
        Demo::Unwanted => None,
    };
    app.sign_in.load_keys(&app).await?;

    let state = app.clone();
    let mut server = HttpServer::new(move || crate::service(state.clone()))
        .workers(settings.workers)
        .keep_alive(settings.keep_alive)
        .client_request_timeout(settings.bounds.time)
        .client_disconnect_timeout(Duration::from_secs(2))
        .shutdown_timeout(settings.stop.as_secs())
        .backlog(4096)
        .disable_signals();
    server = server.bind(settings.listen).map_err(|e| taken(&settings, &e))?;
    let address = server.addrs().first().copied().unwrap_or(settings.listen);
    let running = server.run();
    let handle = running.handle();

    let upkeep = upkeep::start(&app);
    let told = greeting::greeting(&app, &settings, address, demo.as_ref()).await?;
    told.print(form).map_err(|e| Failure::failed("cannot_write", "출력하지 못했습니다", e))?;
    let stopping = actix_web::rt::spawn(signal::stop(signals, app.clone(), handle, settings.drain, settings.stop));
    let ended = running.await;
    stopping.abort();
    drop(upkeep);
    ended.map_err(|e| Failure::failed("server_failed", "서버가 멈췄습니다", format!("The server failed: {e}")))?;
    app.store.clone().close().await?;
    tracing::info!("stopped");
    Ok(Report::silent())
}

async fn ready(asked: &Serve, settings: &Settings) -> Result<App, Failure> {
    if !asked.migrate {
        return open::ready(settings).await;
    }
    let app = open::open(settings, Missing::Made).await?;
    app.store.migrate().await?;
    crate::prepare(&app).await?;
    Ok(app)
}

fn taken(settings: &Settings, error: &std::io::Error) -> Failure {
    let at = settings.listen;
    Failure::failed(
        "cannot_listen",
        format!(
            "{at}에서 요청을 받을 수 없습니다: {error}\n  다른 포트는 --listen 또는 AXTRACK_LISTEN으로 고르십시오."
        ),
        format!("Cannot listen on {at}: {error}. Choose another port with --listen or AXTRACK_LISTEN."),
    )
}
