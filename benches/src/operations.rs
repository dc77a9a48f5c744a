//! What is measured (측정 항목): each operation with its requests and the figure it has to reach.

use crate::{client::request, load::Requests, server::Server};
use serde_json::{Value, json};
use std::{io, sync::Arc};

/// The demonstration's own people and their public password.
pub const PASSWORD: &str = "only for trying it out";

/// One operation under load.
pub struct Operation {
    /// Its name in the table.
    pub name: &'static str,
    /// Processor time of the server a request at 16 connections, in microseconds, on SQLite; PostgreSQL has half as much again.
    pub target_us: Option<f64>,
    /// The requests.
    pub requests: Requests,
}

/// What the operations need to know of the loaded demonstration.
pub struct Ground {
    /// Reads everything.
    pub reader: String,
    /// Writes for one ministry.
    pub planner: String,
    /// Projects from all over the list.
    pub ids: Vec<String>,
    /// With their entity tags.
    pub tags: Vec<(String, String)>,
    /// Projects at work that the planner's ministry leads.
    pub own: Vec<String>,
    /// The token of page 1,000 of the newest-first list.
    pub deep: String,
}

const LIST: &str = "/v1/projects?page_size=50";
const BODIES: [&str; 8] = ["mois", "msit", "motir", "mohw", "molit", "mafra", "moe", "mss"];
/// 민원 안내
const QUERY: &str = "%EB%AF%BC%EC%9B%90%20%EC%95%88%EB%82%B4";

/// Walks the list to its thousandth page and gathers ids on the way.
pub async fn ground(server: &Server) -> io::Result<Ground> {
    let reader = server.sign_in("auditor.bai", PASSWORD).await?;
    let planner = server.sign_in("planner.mois", PASSWORD).await?;
    let (mut ids, mut deep) = (Vec::new(), String::new());
    for _ in 0..999 {
        let token = if deep.is_empty() { String::new() } else { format!("&page_token={deep}") };
        let page = server.ask("GET", &format!("{LIST}{token}"), &reader, None).await?.json();
        let listed = page.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
        ids.extend(listed.iter().step_by(10).filter_map(|i| Some(i.get("id")?.as_str()?.to_owned())));
        match page.get("next_page_token").and_then(Value::as_str) {
            Some(next) => next.clone_into(&mut deep),
            None => break,
        }
    }
    let mine = server.ask("GET", "/v1/projects?body=mois&status=active&page_size=200", &planner, None).await?.json();
    let mine = mine.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
    let own = mine.iter().filter_map(|i| Some(i.get("id")?.as_str()?.to_owned())).collect();
    let mut tags = Vec::new();
    for id in ids.iter().take(200) {
        let answer = server.ask("GET", &format!("/v1/projects/{id}"), &reader, None).await?;
        tags.extend(answer.header("etag").map(|tag| (id.clone(), tag.to_owned())));
    }
    if ids.is_empty() || tags.is_empty() {
        return Err(io::Error::other("the demonstration has no projects"));
    }
    Ok(Ground { reader, planner, ids, tags, own, deep })
}

fn of<T>(list: &[T], n: u64) -> &T {
    let place =
        usize::try_from(n.wrapping_mul(0x9e37_79b9) % u64::try_from(list.len()).unwrap_or(1)).unwrap_or_default();
    list.get(place).unwrap_or_else(|| unreachable!("never asked of an empty list"))
}

/// A project with two budget lines, as a planner sends it.
pub fn new_project(n: u64) -> String {
    let line = |year: i32| {
        json!({ "fiscal_year": year, "account": { "kind": "general", "name": "일반회계" },
            "kind": "grant", "title": format!("민원 안내 AI ({year})"), "standing": "draft" })
    };
    json!({
        "project": {
            "lead_body": "mois", "title": { "ko": format!("AI 민원 안내 서비스 {n}") },
            "summary": "민원인이 묻는 말을 알아듣고 담당 부서를 안내한다.", "fields": ["public"], "regions": ["36"],
            "network": "internal", "personal_data": { "handling": "none" }, "planned": { "start": "2026-03", "end": "2027-H1" },
        },
        "budget_lines": [line(2026), line(2027)],
    })
    .to_string()
}

/// Where the nth request goes.
type PathOf = Box<dyn Fn(&Ground, u64) -> String + Send + Sync>;

/// Every operation that is measured at each number of connections.
pub fn operations(ground: &Arc<Ground>) -> Vec<Operation> {
    let read = |path: PathOf| -> Requests {
        let ground = Arc::clone(ground);
        let bearer = format!("Bearer {}", ground.reader);
        Arc::new(move |n| request("GET", &path(&ground, n), &[("authorization", &bearer)], None))
    };
    let page: Requests = read(Box::new(|g, n| format!("/v1/projects/{}", of(&g.ids, n))));
    let list = read(Box::new(|_, n| format!("{LIST}&body={}&phase=execution&sort=-amount_krw", of(&BODIES, n))));
    let search = read(Box::new(|_, _| format!("/v1/projects?q={QUERY}&page_size=20")));
    let (first, deep) =
        (read(Box::new(|_, _| LIST.to_owned())), read(Box::new(|g, _| format!("{LIST}&page_token={}", g.deep))));
    let portfolio = read(Box::new(|_, _| "/v1/portfolio/summary?group_by=body,phase".to_owned()));
    let bearer = format!("Bearer {}", ground.planner);
    let json_type = ("content-type", "application/json");
    let create: Requests = {
        let bearer = bearer.clone();
        Arc::new(move |n| {
            request("POST", "/v1/projects", &[("authorization", &bearer), json_type], Some(&new_project(n)))
        })
    };
    let patch: Requests = {
        let ground = Arc::clone(ground);
        Arc::new(move |n| {
            let path = format!("/v1/projects/{}", of(&ground.own, n));
            let headers = [
                ("authorization", bearer.as_str()),
                ("if-match", "*"),
                ("content-type", "application/merge-patch+json"),
            ];
            request("PATCH", &path, &headers, Some(&json!({ "target_system": format!("온나라 {n}") }).to_string()))
        })
    };
    let unchanged: Requests = {
        let ground = Arc::clone(ground);
        let bearer = format!("Bearer {}", ground.reader);
        Arc::new(move |n| {
            let (id, tag) = of(&ground.tags, n);
            request("GET", &format!("/v1/projects/{id}"), &[("authorization", &bearer), ("if-none-match", tag)], None)
        })
    };
    let mixed: Requests = {
        let (page, list, search, patch) =
            (Arc::clone(&page), Arc::clone(&list), Arc::clone(&search), Arc::clone(&patch));
        Arc::new(move |n| match n % 20 {
            0..=9 => page(n),
            10..=15 => list(n),
            16 | 17 => search(n),
            _ => patch(n),
        })
    };
    let operation = |name, target_us, requests| Operation { name, target_us, requests };
    let mut all = vec![
        operation("project page", Some(100.0), page),
        operation("project page, unchanged (304)", None, unchanged),
        operation("list of 50, filtered and sorted", Some(250.0), list),
        operation("page 1 of the list", None, first),
        operation("page 1,000 of the list", None, deep),
        operation("portfolio by body and phase", Some(100.0), portfolio),
        operation("Korean search, 20 rows", Some(350.0), search),
        operation("create with two lines", Some(400.0), create),
    ];
    if !ground.own.is_empty() {
        all.push(operation("one-field change", Some(250.0), patch));
        all.push(operation("mixed 90/10", None, mixed));
    }
    all
}
