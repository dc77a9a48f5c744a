//! The demonstration portfolio (시연 자료).

mod draw;
mod many;
mod plan;
mod portfolio;
mod resources;
mod step;
mod support;
mod told;
mod words;

use crate::{App, http::Problem};
use domain::{codes, problem::Refusal};
use serde_json::{Value, json};

/// What was loaded, and who may sign in to look at it.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// How many of each kind of thing, by its name.
    pub counts: Vec<(&'static str, u64)>,
    /// Who may sign in.
    pub people: Vec<Person>,
}

/// Somebody of the demonstration.
#[derive(Debug, Clone)]
pub struct Person {
    /// The name to sign in with.
    pub sign_in_name: String,
    /// The password, which is public.
    pub password: String,
    /// Which role for which body, in Korean.
    pub about: String,
}

impl Loaded {
    /// In words.
    pub fn told(&self) -> String {
        let counts: Vec<String> = self.counts.iter().map(|(what, n)| format!("{what} {n}")).collect();
        format!("시연 자료를 넣었습니다. The demonstration is loaded: {}", counts.join(", "))
    }
    /// For programs.
    pub fn as_json(&self) -> Value {
        let counts: Value = self.counts.iter().map(|(what, n)| ((*what).to_owned(), json!(n))).collect();
        let people = self.people.iter().map(|p| json!({ "sign_in_name": p.sign_in_name, "about": p.about }));
        json!({ "counts": counts, "people": people.collect::<Vec<_>>() })
    }
}

/// Loads the demonstration: about forty projects told in full, or `scale` thousand drawn ones. Refused beside any
/// project: what is made up has no place among what is real.
pub async fn load(app: &App, scale: u32) -> Result<Loaded, Problem> {
    crate::prepare(app).await?;
    if app.store.has_projects().await? {
        return Err(Refusal::new(&NOT_EMPTY).into());
    }
    let people = people(app).await?;
    let (projects, lines) = match scale {
        0 => portfolio::load(app).await?,
        thousands => many::load(app, thousands).await?,
    };
    crate::cost_share::demo_rules(app).await?;
    let (calls, applications) = Box::pin(support::load(app)).await?;
    let gpu_requests = Box::pin(support::gpu::load(app)).await?;
    let requests = if scale == 0 { Box::pin(resources::load(app)).await? } else { 0 };
    let counts = [
        ("projects", projects),
        ("budget_lines", lines),
        ("cost_share_rules", 1),
        ("calls", calls),
        ("applications", applications),
        ("gpu_requests", gpu_requests),
        ("resource_requests", requests),
    ];
    Ok(Loaded { counts: counts.into(), people })
}

/// Loads the small demonstration unless there is something already; says in any case who may sign in.
pub async fn load_once(app: &App) -> Result<Loaded, Problem> {
    if app.store.has_projects().await? {
        // Beside real accounts there is none for show.
        return Ok(Loaded { counts: Vec::new(), people: people(app).await.unwrap_or_default() });
    }
    load(app, 0).await
}

/// Everybody of the demonstration; their accounts are opened where they are missing.
async fn people(app: &App) -> Result<Vec<Person>, Problem> {
    let all = crate::account::demo_people(app).await?.into_iter();
    Ok(all
        .map(|one| Person {
            sign_in_name: one.sign_in_name.to_string(),
            password: one.password.to_owned(),
            about: format!("{} ({})", one.role.ko(), one.body),
        })
        .collect())
}

codes! {
    NOT_EMPTY = "not_empty", 409, ["과제가 이미 있습니다", "There are projects already"],
        ["시연 자료는 과제가 없는 데이터베이스에만 넣을 수 있습니다.", "A demonstration is loaded only into a database without projects."];
}
