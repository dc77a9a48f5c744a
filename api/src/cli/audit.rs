//! The audit trail from the command line (감사 명령): verified where it lies, checkpointed for keeping elsewhere.

use super::report::{Failure, Report, listed};
use crate::{
    config::Settings,
    open::{self, Missing},
};
use clap::Subcommand;
use domain::audit::{Checkpoint, Head};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::path::PathBuf;
use store::audit::Against;

/// What to do about the audit trail.
#[derive(Debug, Subcommand)]
pub(super) enum Audit {
    /// 모든 사슬을 다시 계산합니다(흠이 있으면 1). Recompute every chain; exit code 1 when an entry fails.
    #[command(after_help = "예시 Example:\n  axtrack audit verify\n  axtrack audit verify --against checkpoint.json")]
    Verify {
        /// 따로 보관한 검증점. A checkpoint kept elsewhere: finds chains that were cut short or removed.
        #[arg(long, value_name = "FILE")]
        against: Option<PathBuf>,
    },
    /// 보관할 검증점을 출력합니다. Print a checkpoint with the heads of all chains, for keeping elsewhere.
    #[command(after_help = "예시 Example:\n  axtrack audit checkpoint > checkpoint-2026-11-22.json")]
    Checkpoint,
}

/// A checkpoint as it is kept in a file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    checkpoint: Checkpoint,
    #[serde(default)]
    heads: Vec<Head>,
}

/// Verifies the trail, or prints its checkpoint.
pub(super) async fn audit(asked: Audit, settings: &Settings) -> Result<Report, Failure> {
    let against = match &asked {
        Audit::Verify { against: Some(path) } => Some(read(path)?),
        _ => None,
    };
    let app = open::open(settings, Missing::Fault).await?;
    let now = app.clock.now();
    let report = match asked {
        Audit::Verify { .. } => {
            let found = store::audit::verify(&app.store, now, against.as_ref(), async |_| Ok(())).await?;
            let json = serde_json::to_value(&found).map_err(|e| unprintable(&e))?;
            let (chains, entries) = (found.checkpoint.chains, found.checkpoint.entries);
            if found.flaws == 0 {
                let text = format!(
                    "사슬 {chains}개, 기록 {entries}건에 흠이 없습니다. No flaw in {chains} chains with {entries} entries."
                );
                Report::done(text, json)
            } else {
                let each = listed(found.findings.iter().map(|finding| json!(finding)));
                Report::no(format!("흠 {0}개를 찾았습니다. Found {0} flaws.{each}", found.flaws), json)
            }
        }
        Audit::Checkpoint => {
            let mut heads = Vec::new();
            let checkpoint = store::audit::checkpoint(&app.store, now, |head| {
                heads.push(head.clone());
                Ok(())
            })
            .await?;
            let kept = serde_json::to_value(Kept { checkpoint, heads }).map_err(|e| unprintable(&e))?;
            Report::done(kept.to_string(), kept)
        }
    };
    app.store.close().await?;
    Ok(report)
}

fn read(path: &PathBuf) -> Result<Against, Failure> {
    let wrong = |why: String| Failure::usage(format!("{}: {why}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|e| wrong(e.to_string()))?;
    let kept: Kept = serde_json::from_str(&text).map_err(|e| wrong(e.to_string()))?;
    Ok(Against { checkpoint: kept.checkpoint, heads: kept.heads })
}

fn unprintable(error: &serde_json::Error) -> Failure {
    Failure::failed("cannot_print", "결과를 출력하지 못했습니다", error.to_string())
}
