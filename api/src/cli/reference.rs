//! Reference files from the command line (기준자료 명령).

use super::{
    account::parsed,
    report::{Failure, Report},
};
use crate::{
    config::Settings,
    import::{self, Choices, Mode},
    open,
};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What to do about reference data.
#[derive(Debug, Subcommand)]
pub(super) enum Reference {
    /// 파일 전체를 가져오거나 하나도 가져오지 않습니다. Import a file, all of it or nothing; every bad row is told.
    #[command(
        after_help = "예시 Example:\n  axtrack reference import municipalities 시군구.csv --source '행정안전부 2026-07-01' --dry-run\n  axtrack reference import fiscal_indicators 재정.csv --source '지방재정365' --basis original --series after_reform"
    )]
    Import(Import),
}

/// A file and what it does not say about itself.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// municipalities(시군구), fiscal_indicators(재정지표)
    kind: String,
    /// UTF-8 또는 CP949 CSV. The file.
    file: PathBuf,
    /// 출처. Where the file comes from; kept with every row.
    #[arg(long)]
    source: String,
    /// original(당초예산), final(최종예산): basis 열이 없을 때. When the file has no column `basis`.
    #[arg(long)]
    basis: Option<String>,
    /// after_reform, before_reform: series 열이 없을 때. When the file has no column `series`.
    #[arg(long)]
    series: Option<String>,
    /// 검사만 하고 저장하지 않습니다. Check and count only.
    #[arg(long)]
    dry_run: bool,
}

/// Imports a file of reference data.
pub(super) async fn reference(asked: Reference, settings: &Settings) -> Result<Report, Failure> {
    let Reference::Import(asked) = asked;
    let kind = parsed("KIND", &asked.kind)?;
    let choices = Choices {
        mode: if asked.dry_run { Mode::DryRun } else { Mode::Store },
        source: parsed("--source", &asked.source)?,
        basis: asked.basis.map(|basis| parsed("--basis", &basis)).transpose()?,
        series: asked.series.map(|series| parsed("--series", &series)).transpose()?,
    };
    let file = asked.file.display();
    let bytes = std::fs::read(&asked.file)
        .map_err(|e| Failure::failed("cannot_read", format!("{file}: 읽을 수 없습니다"), format!("{file}: {e}")))?;
    let app = open::ready(settings).await?;
    let report = import::import(&app, kind, &bytes, choices).await?;
    app.store.close().await?;
    let kept = if asked.dry_run { "검사만 했습니다 Only checked" } else { "가져왔습니다 Imported" };
    let text = format!(
        "{kept}: 행 rows {}, 새로 new {}, 바뀜 changed {}, 그대로 unchanged {}, 기관 bodies {}+{}",
        report.rows_read,
        report.rows_new,
        report.rows_changed,
        report.rows_unchanged,
        report.bodies_new,
        report.bodies_changed
    );
    let json = serde_json::to_value(&report).unwrap_or_default();
    Ok(Report::done(text, json))
}
