//! The first words of a server (첫인사): where it is, how to read about it, who can sign in.

use crate::{
    App,
    cli::{Failure, Form, say},
    config::{Settings, masked},
    demo::Loaded,
};
use serde_json::{Value, json};
use std::{fmt::Write, net::SocketAddr};

/// What the server says once it answers.
pub(super) struct Greeting {
    text: String,
    json: Value,
}

impl Greeting {
    /// On the standard output, in one piece.
    pub(super) fn print(&self, form: Form) -> std::io::Result<()> {
        match form {
            Form::Text => say(&self.text),
            Form::Json => say(&self.json.to_string()),
        }
    }
}

/// Korean first. `address` is where it listens in truth, also when any free port was asked for.
pub(super) async fn greeting(
    app: &App,
    settings: &Settings,
    address: SocketAddr,
    demo: Option<&Loaded>,
) -> Result<Greeting, Failure> {
    let url = format!("http://{address}");
    let database = masked(&settings.database_url);
    let mut text = format!(
        "axtrack {} — 서버가 열렸습니다. The server is ready.\n\
         \n  주소       URL        {url}\n  API 문서   API docs   {url}/docs/\n  데이터     Database   {database}\n",
        env!("CARGO_PKG_VERSION"),
    );
    let mut people = Vec::new();
    if let Some(demo) = demo.filter(|demo| !demo.people.is_empty()) {
        text.push_str(
            "\n시연용 계정 (누구나 아는 비밀번호이므로 실제 자료에는 쓰지 마십시오) Demonstration accounts:\n",
        );
        for person in &demo.people {
            let _ = writeln!(text, "  {:<18} {:<22} {}", person.sign_in_name, person.password, person.about);
            people.push(
                json!({ "sign_in_name": person.sign_in_name, "password": person.password, "about": person.about }),
            );
        }
    }
    let token = crate::account::command::first_administrator_token(app).await?;
    if let Some(token) = &token {
        let _ = writeln!(
            text,
            "\n아직 관리자가 없습니다. 아래 일회용 토큰으로 최초 관리자를 만드십시오(한 시간, 한 번).\n\
             There is no administrator yet. Make the first one with this token (one hour, once):\n  {token}\n  \
             POST {url}/v1/first-administrator"
        );
    }
    text.push_str("\n멈추려면 Ctrl+C를 누르십시오. Press Ctrl+C to stop.\n");
    let json = json!({ "url": url, "docs": format!("{url}/docs/"), "database": database, "people": people, "first_administrator_token": token });
    Ok(Greeting { text, json })
}
