//! Looking after the database (데이터베이스 관리): examine it, copy it, put a copy back.

use super::{
    pg,
    report::{Failure, Report, listed},
};
use crate::{
    config::{Settings, masked},
    open::{self, Missing},
    operations::free_bytes,
};
use clap::Args;
use serde_json::json;
use std::{
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};
use store::{
    Options, Store, backup,
    doctor::{Finding, Grade},
};

/// Where to.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// 백업 파일. The file to write.
    file: PathBuf,
    /// 있는 파일을 덮어씁니다. Replace the file if it is there.
    #[arg(long)]
    force: bool,
}

/// From where.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// 백업 파일. The backup.
    file: PathBuf,
    /// 지금 데이터베이스를 밀어 둡니다. Set the present database aside.
    #[arg(long)]
    force: bool,
}

/// Copies the database to a file.
pub(super) async fn backup(asked: &Backup, settings: &Settings) -> Result<Report, Failure> {
    if asked.file.exists() && !asked.force {
        return Err(there_already(&asked.file));
    }
    let size = match &settings.bounds.data {
        Some(data) => {
            open::there(data)?;
            backup::copy(data, &asked.file).await?
        }
        None => pg::dump(&settings.database_url, &asked.file)?,
    };
    let file = asked.file.display();
    let text = format!("백업했습니다: {file} ({size} 바이트). Backed up.");
    Ok(Report::done(text, json!({ "file": asked.file, "bytes": size })))
}

/// Puts a copy in place, if it is sound.
pub(super) async fn restore(asked: &Restore, settings: &Settings) -> Result<Report, Failure> {
    open::there(&asked.file)?;
    let Some(data) = &settings.bounds.data else {
        let present = if asked.force { pg::Present::Replaced } else { pg::Present::Kept };
        pg::restore(&settings.database_url, &asked.file, present)?;
        return restored_on_postgres(settings).await;
    };
    if data.exists() && !asked.force {
        return Err(there_already(data));
    }
    open::folder_of(data)?;
    let fresh = backup::beside(data, "restoring");
    if let Err(error) = backup::copy(&asked.file, &fresh).await {
        let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        return Err(damaged(&format!("\n  {cause}"), &format!("\n  {cause}")));
    }
    if let Err(why) = trusted(&fresh).await {
        backup::remove(&fresh)?;
        return Err(why);
    }
    let aside = if data.exists() { Some(out_of_the_way(data)?) } else { None };
    backup::put(&fresh, data)?;
    let kept = aside.as_ref().map(|a| format!("\n이전 것은 여기에 있습니다. What was there is now {}", a.display()));
    let text = format!("되돌렸습니다: {}. Restored.{}", data.display(), kept.unwrap_or_default());
    Ok(Report::done(text, json!({ "database": data, "set_aside": aside })))
}

/// PostgreSQL's tools put a dump in place in one transaction of their own; what came in is looked at afterwards.
async fn restored_on_postgres(settings: &Settings) -> Result<Report, Failure> {
    let app = open::open(settings, Missing::Fault).await?;
    let flaws = untouched(&app.store).await;
    app.store.close().await?;
    let url = masked(&settings.database_url);
    if let Err(list) = flaws? {
        return Err(broken(&format!(
            "데이터베이스에는 이미 들어 있으니 열지 말고 다른 백업을 되돌리십시오({url}).{list}\n\
             It is in the database all the same: do not serve it, restore another one.{list}"
        )));
    }
    Ok(Report::done(format!("되돌렸습니다: {url}. Restored, and the audit trail holds."), json!({ "database": url })))
}

/// A copy is put in place only when the file is whole and nothing recorded in it has been touched.
async fn trusted(copy: &Path) -> Result<(), Failure> {
    let store = Store::open(&Options::new(format!("sqlite:{}", copy.display()))).await?;
    let found = store.examine(crate::Clock::System.now()).await?;
    let bad: Vec<&Finding> = found
        .iter()
        .filter(|f| {
            f.grade == Grade::Bad && ["integrity_check", "foreign_key_check", "audit_guards"].contains(&f.check)
        })
        .collect();
    let flaws = if bad.is_empty() { untouched(&store).await } else { Ok(Ok(())) };
    store.close().await?;
    let list = |words: fn(&Finding) -> &str| listed(bad.iter().map(|f| format!("{}: {}", f.check, words(f))));
    if !bad.is_empty() {
        return Err(damaged(&list(|f| &f.words.ko), &list(|f| &f.words.en)));
    }
    flaws?.map_err(|list| broken(&format!("되돌리지 않았습니다. It was not restored.{list}")))
}

/// Verifies every chain of the audit trail; the flaws, a line each, when there are any. A schema of an earlier release is
/// brought up to date first, as the server would: only then is there everything to verify against.
async fn untouched(store: &Store) -> Result<Result<(), String>, Failure> {
    if !store.pending_migrations().await?.is_empty() {
        store.migrate().await?;
    }
    let report = store::audit::verify(store, crate::Clock::System.now(), None, async |_| Ok(())).await?;
    if report.flaws == 0 {
        return Ok(Ok(()));
    }
    Ok(Err(listed(report.findings.iter().take(20).map(|f| json!(f)))))
}

fn broken(what: &str) -> Failure {
    Failure::failed(
        "audit_trail_broken",
        "백업의 감사 기록이 손대어졌습니다.",
        format!("The audit trail of the backup has been touched.\n{what}"),
    )
}

fn damaged(ko: &str, en: &str) -> Failure {
    Failure::failed(
        "backup_damaged",
        format!("백업이 온전하지 않아 되돌리지 않았습니다.{ko}"),
        format!("The backup is damaged and was not restored.{en}"),
    )
}

fn out_of_the_way(data: &Path) -> Result<PathBuf, Failure> {
    if backup::held(data) == backup::Held::Taken {
        let path = data.display();
        return Err(Failure::failed(
            "database_in_use",
            format!("{path}를 쓰는 프로그램이 있습니다. 서버를 멈춘 뒤 다시 하십시오."),
            format!("{path} is in use. Stop the server first."),
        ));
    }
    let mark = format!("before-restore-{}", crate::Clock::System.now().micros());
    Ok(backup::set_aside(data, &mark)?)
}

/// What would be overwritten stays.
pub(super) fn there_already(path: &Path) -> Failure {
    let path = path.display();
    Failure::failed(
        "already_there",
        format!("{path}가 이미 있습니다. 바꾸려면 --force를 쓰십시오."),
        format!("{path} is there already. Use --force to replace it."),
    )
}

/// Examines the database.
pub(super) async fn doctor(settings: &Settings) -> Result<Report, Failure> {
    let app = open::open(settings, Missing::Fault).await?;
    let mut found = app.store.examine(app.clock.now()).await?;
    app.store.close().await?;
    if let Some(data) = &settings.bounds.data {
        found.push(disk(data, settings.bounds.least_free));
        found.extend(private(data));
    }
    let mark = |grade| match grade {
        Grade::Good => "  ",
        Grade::Warning => "! ",
        Grade::Bad => "X ",
    };
    let line = |f: &Finding| {
        let (ko, en) = (&f.words.ko, &f.words.en);
        let told = if ko == en { ko.to_string() } else { format!("{ko} / {en}") };
        format!("{}{:<20} {told}", mark(f.grade), f.check)
    };
    let text = found.iter().map(line).collect::<Vec<_>>().join("\n");
    let one = |f: &Finding| json!({ "check": f.check, "grade": f.grade.name(), "ko": f.words.ko, "en": f.words.en });
    let json = json!({ "findings": found.iter().map(one).collect::<Vec<_>>() });
    let bad = found.iter().any(|f| f.grade == Grade::Bad);
    Ok(if bad { Report::no(text, json) } else { Report::done(text, json) })
}

fn disk(data: &Path, least: u64) -> Finding {
    let Some(free) = free_bytes(data) else { return Finding::new("disk", Grade::Warning, "알 수 없음", "unknown") };
    let (grade, mib) = (if free < least { Grade::Bad } else { Grade::Good }, free >> 20);
    Finding::new("disk", grade, format!("빈자리 {mib} MiB"), format!("{mib} MiB free"))
}

/// The file holds password hashes and signing keys.
fn private(data: &Path) -> Option<Finding> {
    let file = std::fs::metadata(data).ok()?.permissions().mode();
    let folder = data.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let folder = std::fs::metadata(folder).ok()?.permissions().mode();
    Some(if file & 0o004 != 0 && folder & 0o001 != 0 {
        Finding::new(
            "file_mode",
            Grade::Warning,
            "다른 사용자가 읽을 수 있습니다. 폴더를 chmod 700 하십시오",
            "other users may read it; chmod 700 its folder",
        )
    } else {
        Finding::new("file_mode", Grade::Good, "다른 사용자는 읽을 수 없음", "not readable by others")
    })
}
