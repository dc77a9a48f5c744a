//! The command line (명령줄): what an operator may ask of the program without HTTP.
//!
//! Every command ends with 0 (done, or the answer is yes), 1 (it ran, and the answer is no or it failed) or 2 (it was
//! not asked properly). With `--json` there is one JSON document on the standard output.

mod account;
mod audit;
mod database;
mod documents;
mod evaluate;
mod flags;
mod operate;
mod pg;
mod reference;
mod report;
mod secret;

pub(crate) use report::{Failure, Form, Report, say};

use crate::config::{self, Settings, Sources};
use clap::{CommandFactory, Parser, Subcommand};
use flags::SettingFlags;
use std::{path::PathBuf, process::ExitCode};

/// AX(인공지능 전환) 과제 관리. Carries AI-transformation projects from idea to nationwide use.
#[derive(Debug, Parser)]
#[command(name = "axtrack", version, propagate_version = true, max_term_width = 110)]
#[command(after_help = "예시 Example:\n  axtrack serve --demo")]
pub(crate) struct Cli {
    /// 설정 파일(TOML); 없으면 ./axtrack.toml. The settings file.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// 결과를 JSON 하나로 출력. Print the outcome as one JSON document.
    #[arg(long, global = true)]
    json: bool,
    #[command(flatten)]
    settings: SettingFlags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 서버를 엽니다. Serve the API.
    #[command(
        after_help = "예시 Example:\n  axtrack serve --demo\n  axtrack serve --listen 0.0.0.0:8080 --public-url https://ax.example.go.kr"
    )]
    Serve(crate::serve::Serve),
    /// 스키마를 맞춥니다. Bring the database's schema up to date.
    #[command(subcommand, after_help = "예시 Example:\n  axtrack migrate status\n  axtrack migrate up")]
    Migrate(operate::Migrate),
    /// 시연 자료를 다룹니다. The demonstration portfolio.
    #[command(subcommand, after_help = "예시 Example:\n  axtrack demo load --scale 10")]
    Demo(operate::Demo),
    /// 기준자료를 다룹니다. Reference data.
    #[command(
        subcommand,
        after_help = "예시 Example:\n  axtrack reference import municipalities 시군구.csv --source '행정안전부 2026-07-01'"
    )]
    Reference(reference::Reference),
    /// 계정을 다룹니다. Accounts, as the operator.
    #[command(subcommand, after_help = "예시 Example:\n  axtrack account list\n  axtrack account reset-password minji")]
    Account(account::Account),
    /// 감사 기록을 확인합니다. The audit trail.
    #[command(
        subcommand,
        after_help = "예시 Example:\n  axtrack audit verify\n  axtrack audit checkpoint > checkpoint.json"
    )]
    Audit(audit::Audit),
    /// 데이터베이스를 백업합니다. Back the database up while it is served.
    #[command(after_help = "예시 Example:\n  axtrack backup /backup/axtrack-2026-11-22.db")]
    Backup(database::Backup),
    /// 백업을 되돌립니다. Put a backup in the database's place.
    #[command(after_help = "예시 Example:\n  axtrack restore /backup/axtrack-2026-11-22.db")]
    Restore(database::Restore),
    /// 데이터베이스와 설정을 점검합니다(나쁜 것이 있으면 1). Examine the database; exit code 1 when something is bad.
    #[command(after_help = "예시 Example:\n  axtrack doctor\n  axtrack doctor --json")]
    Doctor,
    /// 평가 서류에서 결과를 다시 계산합니다(서류가 틀리면 2). Compute the result of an evaluation dossier.
    #[command(after_help = "예시 Example:\n  axtrack evaluate dossier.json\n  axtrack evaluate - < dossier.json")]
    Evaluate(evaluate::Evaluate),
    /// 설정을 봅니다. See the settings.
    #[command(subcommand, after_help = "예시 Example:\n  axtrack config show")]
    Config(documents::Config),
    /// API 명세를 출력합니다. Print the API's specification.
    #[command(after_help = "예시 Example:\n  axtrack openapi > openapi.json")]
    Openapi,
    /// 셸 자동 완성을 출력합니다. Print completions for a shell.
    #[command(after_help = "예시 Example:\n  axtrack completions bash > /etc/bash_completion.d/axtrack")]
    Completions(documents::Completions),
    /// 설명서를 출력합니다. Print the manual page, or write all of them.
    #[command(after_help = "예시 Example:\n  axtrack man | man -l -\n  axtrack man --out /usr/local/share/man/man1")]
    Man(documents::Man),
}

/// Runs the program as its arguments and environment ask.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(told) => {
            // Help and version come this way too, with exit code 0.
            let code = u8::try_from(told.exit_code()).unwrap_or(2);
            return if told.print().is_ok() { ExitCode::from(code) } else { ExitCode::FAILURE };
        }
    };
    let form = if cli.json { report::Form::Json } else { report::Form::Text };
    let outcome = actix_web::rt::System::new().block_on(Box::pin(cli.run()));
    report::print(form, outcome)
}

impl Cli {
    async fn run(self) -> Result<Report, Failure> {
        let sources = Sources {
            flags: self.settings.0,
            environment: std::env::vars().filter(|(name, _)| name.starts_with("AXTRACK_")).collect(),
            file: self.config.or_else(|| std::env::var_os("AXTRACK_CONFIG").map(PathBuf::from)),
        };
        match self.command {
            Command::Openapi => return Ok(documents::openapi()),
            Command::Completions(asked) => return documents::completions(&asked, Self::command()),
            Command::Man(asked) => return documents::man(&asked, Self::command()),
            Command::Evaluate(asked) => return evaluate::run(&asked),
            _ => {}
        }
        let settings = config::read(&sources).map_err(Failure::usage)?;
        let form = if self.json { report::Form::Json } else { report::Form::Text };
        run(self.command, settings, form).await
    }
}

async fn run(command: Command, settings: Settings, form: report::Form) -> Result<Report, Failure> {
    match command {
        Command::Serve(asked) => crate::serve::serve(asked, settings, form).await,
        Command::Migrate(asked) => operate::migrate(asked, &settings).await,
        Command::Demo(asked) => operate::demo(asked, &settings).await,
        Command::Reference(asked) => reference::reference(asked, &settings).await,
        Command::Account(asked) => account::account(asked, &settings).await,
        Command::Audit(asked) => audit::audit(asked, &settings).await,
        Command::Backup(asked) => database::backup(&asked, &settings).await,
        Command::Restore(asked) => database::restore(&asked, &settings).await,
        Command::Doctor => database::doctor(&settings).await,
        Command::Config(documents::Config::Show) => Ok(documents::shown(&settings)),
        Command::Openapi | Command::Completions(_) | Command::Man(_) => Ok(documents::openapi()),
        Command::Evaluate(asked) => evaluate::run(&asked),
    }
}
