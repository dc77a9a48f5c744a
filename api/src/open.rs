//! Opening the application (애플리케이션 열기) upon its settings, for the server and for every command.

use crate::{
    App, Chance, Clock, Running,
    account::{SignIn, throttle::Ticking},
    cli::Failure,
    config::{Settings, masked},
};
use std::{fs::DirBuilder, os::unix::fs::DirBuilderExt, path::Path, time::Instant};
use store::{Options, Store};

/// What to do when there is no database file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    /// Make it, and its folder.
    Made,
    /// Say so and do nothing.
    Fault,
}

/// Opens the database as it is, whatever its schema.
pub(crate) async fn open(settings: &Settings, missing: Missing) -> Result<App, Failure> {
    if let Some(path) = &settings.bounds.data {
        match missing {
            Missing::Made => folder_of(path)?,
            Missing::Fault => there(path)?,
        }
    }
    let options = Options {
        connections: settings.connections,
        patience: settings.patience,
        ..Options::new(settings.database_url.as_str())
    };
    let store = Store::open(&options).await.map_err(|e| away(settings, &e))?;
    Ok(App {
        store,
        clock: Clock::System,
        chance: Chance::System,
        answers: crate::http::KeptAnswers::default(),
        sign_in: SignIn::new(&settings.public_url),
        running: Running::new(settings.bounds.clone(), settings.brakes, Ticking::Since(Instant::now())),
    })
}

/// Opens a database whose schema is this program's: brought there on SQLite, insisted upon on PostgreSQL.
pub(crate) async fn ready(settings: &Settings) -> Result<App, Failure> {
    let app = open(settings, Missing::Made).await?;
    let pending = app.store.pending_migrations().await?;
    if !pending.is_empty() && app.store.backend_name() == "postgres" {
        return Err(behind(&pending));
    }
    if !pending.is_empty() {
        app.store.migrate().await?;
    }
    crate::prepare(&app).await?;
    Ok(app)
}

/// PostgreSQL is shared and may be large: its schema is changed when an operator says so, not when a server starts.
pub(crate) fn behind(pending: &[String]) -> Failure {
    Failure::failed(
        "migrations_pending",
        format!(
            "적용되지 않은 마이그레이션이 {}개 있습니다. PostgreSQL의 스키마는 서버가 저절로 바꾸지 않습니다.\n  \
             소유자 역할로 `axtrack migrate up`을 실행하거나, 서버 하나뿐이면 `serve --migrate`로 여십시오.",
            pending.len()
        ),
        format!(
            "{} migrations are pending. On PostgreSQL a server does not change the schema by itself:\n  \
             run `axtrack migrate up` as the owner's role, or `serve --migrate` when this is the only server.",
            pending.len()
        ),
    )
}

/// Makes the folder of a database.
pub(crate) fn folder_of(path: &Path) -> Result<(), Failure> {
    let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) else { return Ok(()) };
    // What lies in it holds password hashes and signing keys.
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|e| {
        let folder = folder.display();
        Failure::failed(
            "cannot_write",
            format!("{folder} 폴더를 만들지 못했습니다: {e}"),
            format!("{folder} cannot be made: {e}"),
        )
    })
}

/// There must be a file here.
pub(crate) fn there(path: &Path) -> Result<(), Failure> {
    if path.exists() {
        return Ok(());
    }
    let path = path.display();
    Err(Failure::failed("no_database", format!("{path}: 파일이 없습니다."), format!("{path}: there is no such file.")))
}

fn away(settings: &Settings, error: &store::StoreError) -> Failure {
    let url = masked(&settings.database_url);
    let causes = std::iter::successors(std::error::Error::source(error), |e| e.source()).map(|e| format!("\n  {e}"));
    let causes: String = causes.collect();
    Failure::failed(
        "database_away",
        format!("데이터베이스를 열지 못했습니다: {url}"),
        format!("The database cannot be opened: {url}{causes}"),
    )
}
