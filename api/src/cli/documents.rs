//! What the program says about itself (자기 설명): specification, settings, completions, manual.

use super::report::{Failure, Report};
use crate::config::{self, Settings};
use clap::{Args, Subcommand};
use serde_json::json;
use std::path::PathBuf;

/// Questions about the settings.
#[derive(Debug, Subcommand)]
pub(super) enum Config {
    /// 모든 설정과 그 출처를 봅니다. Show every setting and where it came from.
    #[command(
        after_help = "예시 Example:\n  axtrack config show\n  AXTRACK_LISTEN=0.0.0.0:80 axtrack config show --json"
    )]
    Show,
}

/// For which shell.
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// bash, elvish, fish, powershell, zsh
    shell: clap_complete::Shell,
}

/// Which manual pages.
#[derive(Debug, Args)]
pub(super) struct Man {
    /// 모든 명령의 설명서를 이 폴더에 씁니다. Write the pages of all commands to this folder.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

/// The specification as it is served.
pub(super) fn openapi() -> Report {
    let text = crate::spec_text().to_string();
    let json = serde_json::from_str(&text).unwrap_or_default();
    Report::done(text, json)
}

/// Every setting with its value and where it came from.
pub(super) fn shown(settings: &Settings) -> Report {
    Report::done(config::shown(&settings.given), config::as_json(&settings.given))
}

/// The completions of a shell.
pub(super) fn completions(asked: &Completions, mut command: clap::Command) -> Result<Report, Failure> {
    let mut made = Vec::new();
    clap_complete::generate(asked.shell, &mut command, "axtrack", &mut made);
    let text = String::from_utf8(made).map_err(|e| Failure::failed("internal", "만들지 못했습니다", e))?;
    Ok(Report::done(text.clone(), json!({ "shell": asked.shell.to_string(), "script": text })))
}

/// The manual: one page, or all of them in a folder.
pub(super) fn man(asked: &Man, command: clap::Command) -> Result<Report, Failure> {
    let failed = |e: std::io::Error| {
        Failure::failed("cannot_write", "설명서를 쓰지 못했습니다", format!("The manual was not written: {e}"))
    };
    if let Some(folder) = &asked.out {
        std::fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command, folder)).map_err(failed)?;
        let told = format!("설명서를 {}에 썼습니다. Manual pages written.", folder.display());
        return Ok(Report::done(told, json!({ "folder": folder })));
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).map_err(failed)?;
    let text = String::from_utf8(page).map_err(|e| Failure::failed("internal", "만들지 못했습니다", e))?;
    Ok(Report::done(text.clone(), json!({ "page": text })))
}
