//! Accounts from the command line (계정 명령), for whoever runs the machine; each is recorded as the operator's.

use super::{
    report::{Failure, Report},
    secret,
};
use crate::{
    App,
    account::{NewRole, PasswordFrom, Person, command},
    config::Settings,
    open,
};
use clap::{Args, Subcommand};
use domain::{
    access::{ROLES, Role},
    account::Account as Known,
};
use serde_json::{Value, json};
use std::{fmt::Display, str::FromStr};

/// What to do about accounts.
#[derive(Debug, Subcommand)]
pub(super) enum Account {
    /// 계정을 엽니다. 비밀번호는 물어보거나 표준 입력의 첫 줄에서 읽고, 처음 로그인할 때 바꾸게 됩니다. Open an account; its
    /// password is asked for, or the first line of the standard input, and must be changed at the first sign-in.
    #[command(
        after_help = "예시 Example:\n  axtrack account create minji --display-name '김민지' --role planner --body mois --reason '인사 발령'"
    )]
    Create {
        /// 로그인 이름. The name to sign in with.
        name: String,
        /// 보이는 이름. What others see.
        #[arg(long)]
        display_name: String,
        /// 전자우편. For notices.
        #[arg(long)]
        email: Option<String>,
        #[command(flatten)]
        role: Option<Given>,
    },
    /// 모든 계정을 봅니다. List every account.
    #[command(after_help = "예시 Example:\n  axtrack account list --json")]
    List,
    /// 역할을 줍니다. Give a role.
    #[command(
        after_help = "예시 Example:\n  axtrack account grant minji --role coordinator --body msit --reason '총괄 지정' --until 2027-03-01T00:00:00Z"
    )]
    Grant {
        /// 로그인 이름. The account.
        name: String,
        #[command(flatten)]
        role: Given,
    },
    /// 역할을 거둡니다. Take a role back.
    #[command(
        after_help = "예시 Example:\n  axtrack account revoke minji --role coordinator --body msit --reason '전보'"
    )]
    Revoke {
        /// 로그인 이름. The account.
        name: String,
        /// 역할. The role.
        #[arg(long)]
        role: String,
        /// 기관. The body.
        #[arg(long)]
        body: String,
        /// 사유. Why.
        #[arg(long)]
        reason: String,
    },
    /// 계정을 정지하고 접속을 끊습니다. Suspend an account and end its sessions.
    #[command(after_help = "예시 Example:\n  axtrack account suspend minji --reason '휴직'")]
    Suspend(Because),
    /// 정지되거나 삭제된 계정을 되살립니다. Restore a suspended or removed account.
    #[command(after_help = "예시 Example:\n  axtrack account restore minji --reason '복직'")]
    Restore(Because),
    /// 새 비밀번호를 만들어 한 번 보여 줍니다. Make a new password and show it once.
    #[command(after_help = "예시 Example:\n  axtrack account reset-password minji")]
    ResetPassword {
        /// 로그인 이름. The account.
        name: String,
    },
    /// 최초 관리자용 일회용 토큰을 만듭니다. Make the one-time token of the first administrator.
    #[command(after_help = "예시 Example:\n  axtrack account first-administrator")]
    FirstAdministrator,
}

/// A role to be given.
#[derive(Debug, Args)]
#[group(requires_all = ["role", "body", "reason"])]
pub(super) struct Given {
    /// 역할: planner, applicant, adviser, committee_member, coordinator, progress_manager, auditor, viewer, administrator
    #[arg(long, required = false)]
    role: String,
    /// 기관. For which body.
    #[arg(long, required = false)]
    body: String,
    /// 만료 시각(UTC). Until when.
    #[arg(long)]
    until: Option<String>,
    /// 사유. Why.
    #[arg(long, required = false)]
    reason: String,
}

/// An account and a reason.
#[derive(Debug, Args)]
pub(super) struct Because {
    /// 로그인 이름. The account.
    name: String,
    /// 사유. Why.
    #[arg(long)]
    reason: String,
}

/// Does something about an account.
pub(super) async fn account(asked: Account, settings: &Settings) -> Result<Report, Failure> {
    let app = open::ready(settings).await?;
    let report = carried_out(&app, asked).await?;
    app.store.close().await?;
    Ok(report)
}

async fn carried_out(app: &App, asked: Account) -> Result<Report, Failure> {
    let now = app.clock.now();
    let done =
        |account: &Known, what: &str| Report::done(format!("{what}: {}", line(account, now)), told(account, now));
    Ok(match asked {
        Account::Create { name, display_name, email, role } => {
            let person = Person {
                sign_in_name: parsed("name", &name)?,
                display_name: parsed("--display-name", &display_name)?,
                email: email.map(|email| parsed("--email", &email)).transpose()?,
                grants: role.map(Given::role).transpose()?.into_iter().collect(),
            };
            let password = parsed("password", &secret::read("비밀번호 Password")?)?;
            done(&command::create(app, person, password, PasswordFrom::Another).await?, "열었습니다 Opened")
        }
        Account::List => {
            let all = command::list(app).await?;
            let text = all.iter().map(|account| line(account, now)).collect::<Vec<_>>().join("\n");
            Report::done(text, json!({ "accounts": all.iter().map(|a| told(a, now)).collect::<Vec<_>>() }))
        }
        Account::Grant { name, role } => {
            done(&command::grant(app, &parsed("name", &name)?, role.role()?).await?, "역할을 주었습니다 Granted")
        }
        Account::Revoke { name, role, body, reason } => {
            let (name, body, reason) = (parsed("name", &name)?, parsed("--body", &body)?, parsed("--reason", &reason)?);
            done(&command::revoke(app, &name, role_named(&role)?, &body, reason).await?, "역할을 거두었습니다 Revoked")
        }
        Account::Suspend(Because { name, reason }) => {
            let (name, reason) = (parsed("name", &name)?, parsed("--reason", &reason)?);
            done(&command::suspend(app, &name, reason).await?, "정지했습니다 Suspended")
        }
        Account::Restore(Because { name, reason }) => {
            let (name, reason) = (parsed("name", &name)?, parsed("--reason", &reason)?);
            done(&command::restore(app, &name, reason).await?, "되살렸습니다 Restored")
        }
        Account::ResetPassword { name } => {
            let password = command::reset_password(app, &parsed("name", &name)?).await?;
            let text = format!(
                "새 비밀번호(다시 보여 주지 않으며 로그인하면 바꿔야 합니다) New password, shown once, to be changed:\n  {password}"
            );
            Report::done(text, json!({ "sign_in_name": name, "password": password }))
        }
        Account::FirstAdministrator => match command::first_administrator_token(app).await? {
            Some(token) => {
                let text =
                    format!("최초 관리자 토큰(한 시간, 한 번) First administrator's token, one hour, once:\n  {token}");
                Report::done(text, json!({ "token": token }))
            }
            None => Report::no("관리자가 이미 있습니다. There is an administrator already.", json!({ "token": null })),
        },
    })
}

impl Given {
    fn role(self) -> Result<NewRole, Failure> {
        let Self { role, body, until, reason } = self;
        Ok(NewRole {
            role: role_named(&role)?,
            body: parsed("--body", &body)?,
            expires_at: until.map(|until| parsed("--until", &until)).transpose()?,
            reason: parsed("--reason", &reason)?,
        })
    }
}

fn role_named(name: &str) -> Result<Role, Failure> {
    let known = || ROLES.iter().map(|role| role.name()).collect::<Vec<_>>().join(", ");
    let found = ROLES.into_iter().find(|role| role.name() == name);
    found.ok_or_else(|| Failure::usage(format!("--role {name:?}: 다음 가운데 하나 / one of: {}", known())))
}

/// Reads an argument, or says which one was wrong.
pub(super) fn parsed<T: FromStr<Err: Display>>(name: &str, text: &str) -> Result<T, Failure> {
    text.parse().map_err(|why| Failure::usage(format!("{name}: {why}")))
}

fn line(account: &Known, now: domain::day::Instant) -> String {
    let roles = account.grants().iter().filter(|g| g.in_force(now)).map(|g| format!("{}@{}", g.role, g.body));
    let roles = roles.collect::<Vec<_>>().join(", ");
    format!(
        "{:<20} {:<10} {} [{roles}]",
        account.sign_in_name.to_string(),
        account.state().name().name(),
        account.display_name
    )
}

fn told(account: &Known, now: domain::day::Instant) -> Value {
    let roles = account.grants().iter().filter(|g| g.in_force(now));
    let roles = roles.map(|g| json!({ "role": g.role.name(), "body": g.body.to_string(), "expires_at": g.expires_at.map(|e| e.to_string()) }));
    json!({
        "id": account.id.to_string(),
        "sign_in_name": account.sign_in_name.to_string(),
        "display_name": account.display_name.to_string(),
        "state": account.state().name().name(),
        "roles": roles.collect::<Vec<_>>(),
    })
}
