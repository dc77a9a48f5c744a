//! Operating the database through the program (운영 명령): migrations and the demonstration.

use super::report::{Failure, Report, listed};
use crate::{
    App,
    config::Settings,
    open::{self, Missing},
};
use clap::Subcommand;
use serde_json::json;

/// What to do about the schema.
#[derive(Debug, Subcommand)]
pub(super) enum Migrate {
    /// 적용되지 않은 마이그레이션을 봅니다(있으면 1). Tell what has not been applied; exit code 1 when anything.
    #[command(after_help = "예시 Example:\n  axtrack migrate status --json")]
    Status,
    /// 마이그레이션을 적용합니다. Apply what has not been applied yet.
    #[command(after_help = "예시 Example:\n  AXTRACK_DATABASE_URL=postgres://owner@db/axtrack axtrack migrate up")]
    Up,
}

/// What to do about the demonstration.
#[derive(Debug, Subcommand)]
pub(super) enum Demo {
    /// 시연 자료를 넣습니다. Load the demonstration portfolio.
    #[command(after_help = "예시 Example:\n  axtrack demo load\n  axtrack demo load --scale 100")]
    Load {
        /// 무작위 과제 몇천 건; 0은 이야기가 있는 40건. How many thousand drawn projects; 0 for the forty told in full.
        #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=900))]
        scale: u32,
    },
}

/// Tells what is pending, or applies it.
pub(super) async fn migrate(asked: Migrate, settings: &Settings) -> Result<Report, Failure> {
    let missing = if matches!(asked, Migrate::Up) { Missing::Made } else { Missing::Fault };
    let app = open::open(settings, missing).await?;
    let pending = app.store.pending_migrations().await?;
    let report = match asked {
        Migrate::Status if pending.is_empty() => {
            let applied = app.store.applied_migrations().await?;
            let text = format!("스키마가 최신입니다. The schema is up to date ({} migrations).", applied.len());
            Report::done(text, json!({ "pending": pending, "applied": applied }))
        }
        Migrate::Status => {
            let text = format!(
                "적용되지 않은 마이그레이션 {0}개. Pending migrations: {0}.{1}",
                pending.len(),
                listed(&pending)
            );
            Report::no(text, json!({ "pending": pending, "applied": app.store.applied_migrations().await? }))
        }
        Migrate::Up => {
            app.store.migrate().await?;
            crate::prepare(&app).await?;
            let text = format!(
                "마이그레이션 {0}개를 적용했습니다. Applied {0} migrations.{1}",
                pending.len(),
                listed(&pending)
            );
            Report::done(text, json!({ "applied": pending }))
        }
    };
    app.store.close().await?;
    Ok(report)
}

/// Loads a demonstration.
pub(super) async fn demo(asked: Demo, settings: &Settings) -> Result<Report, Failure> {
    let Demo::Load { scale } = asked;
    let app: App = open::ready(settings).await?;
    let loaded = crate::demo::load(&app, scale).await?;
    let text = loaded.told();
    app.store.close().await?;
    Ok(Report::done(text, loaded.as_json()))
}
