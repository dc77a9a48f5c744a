//! How lists are found (질의 계획): every paged list of the specification, by every filter and in every order, as the
//! database itself says it would go about it. No table is read from end to end, and nothing is sorted: page 1,000 costs
//! what page 1 costs.
//!
//! The statements are those that the service has just run, caught where the store hands them to the database.

pub mod asked;
mod lists;
mod plan;

use crate::{
    application::kit::{Open, submitted},
    award::kit::Ended,
    challenge,
    committee::kit::enter,
    consultation::kit::{Counsellor, accepted, ask},
    gpu,
};
use asked::{Query, Way};
use plan::Database;
use sea_orm::Statement;
use serde_json::json;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};
use store::Ear;
use tests::{
    Persona, TestApp, both,
    operations::{Operation, operations},
};

/// What the store has read since it was last asked.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<Statement>>>);

impl Heard {
    fn ear(&self) -> Ear {
        let heard = self.clone();
        Ear::new(move |statement| heard.0.lock().unwrap().push(statement.clone()))
    }
    fn take(&self) -> Vec<Statement> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

/// A service full of the demonstration, with an ear to what it reads.
struct Ground {
    app: TestApp,
    heard: Heard,
    database: Database,
    readers: Vec<(&'static str, Persona)>,
    /// What stands for the templates of paths.
    subjects: BTreeMap<&'static str, String>,
    faults: BTreeSet<String>,
}

impl Ground {
    async fn of(full: &TestApp) -> Self {
        api::demo::load(&full.app, 0).await.unwrap();
        let heard = Heard::default();
        let app = full.overheard(heard.ear()).await;
        let mut readers = Vec::new();
        for (name, role, body) in asked::READERS {
            readers.push((name, full.persona(role, body).await));
        }
        let planner = &readers[0].1;
        let known = [
            ("{body}", "mois"),
            ("{cost_share_rules}", "illustration-2026"),
            ("{call}", "demo-open"),
            ("{gpu_pool}", "gpu25-naver-h200"),
            ("{gpu_round}", "r-plans"),
        ];
        let mut subjects: BTreeMap<_, _> = known.into_iter().map(|(name, key)| (name, key.to_owned())).collect();
        for (template, list) in
            [("{project}", "/v1/projects?body=mois"), ("{budget_line}", "/v1/budget-lines?body=mois")]
        {
            let page = app.get(planner, list).await.expect(200);
            subjects.insert(template, page.json["items"][0]["id"].as_str().expect("something of mois").to_owned());
        }
        let call = Open::of(full, "c-plans", ("msit", "nia")).await;
        let application = submitted(full, planner, &call.key, "mois", "AI 민원 안내").await;
        let application = application.json["application"]["id"].as_str().unwrap().to_owned();
        for _ in 0..2 {
            let filed = challenge::file(full, planner, &application).await.expect(201);
            subjects.insert("{challenge}", filed.id());
        }
        subjects.insert("{application}", application);
        submitted(full, planner, &call.key, "mois", "AI 민원 상담").await;
        let expert = enter(full, &readers[1].1, "김전문", "private", None, json!({})).await.expect(201);
        subjects.insert("{expert}", expert.id());
        let adviser = Counsellor::of(full, &readers[1].1, "김자문", &["data"], json!({})).await;
        subjects.insert("{adviser}", adviser.expert.clone());
        let active = app.get(planner, "/v1/projects?body=mois&status=active").await.expect(200);
        let active = active.json["items"][0]["id"].as_str().expect("something of mois under way").to_owned();
        let asked = ask(full, planner, &active, &["data"]).await;
        accepted(full, &readers[1].1, &asked, &adviser).await;
        subjects.insert("/consultations/{consultation}", asked.trim_start_matches("/v1").to_owned());
        let ended = Ended::of(full, "c-award", (2_000_000_000, 2), &["moe"]).await;
        ended.offer(full).await.expect(200);
        subjects.insert("/awards/{application}", format!("/awards/{}", ended.judged.applications[0]));
        let request = gpu::kit::in_a_round(full, planner, "r-plans").await;
        subjects.insert("{gpu_request}", request.json["request"]["id"].as_str().unwrap().to_owned());
        let database = Database::of(&full.url()).await;
        Self { app, heard, database, readers, subjects, faults: BTreeSet::new() }
    }

    fn path(&self, operation: &Operation) -> String {
        self.subjects.iter().fold(operation.path.clone(), |path, (template, id)| path.replace(template, id))
    }

    /// Asks one list of everybody, and of its second page too, and reads the plans of all that was run for it.
    async fn ask(&mut self, operation: &Operation, query: &Query) {
        let at = format!("{}?{}", self.path(operation), query.text);
        let mut answered = false;
        for (name, who) in self.readers.clone().into_iter().take(query.readers) {
            self.heard.take();
            let first = self.app.get(&who, &at).await;
            let mut heard = self.heard.take();
            // The first page shows how what fits is found, the second how the place in the list is.
            match first.status.as_u16() {
                200 => answered = true,
                403 | 404 => continue,
                other => panic!("{at} by {name}: {other} {}", first.json),
            }
            if let Some(token) = first.json["next_page_token"].as_str() {
                self.app.get(&who, &format!("{at}&page_token={token}")).await.expect(200);
                heard.extend(self.heard.take());
            } else if query.must_go_on {
                self.faults.insert(format!("{at} by {name}: there is no second page"));
            }
            assert!(
                heard.iter().any(|s| s.sql.contains(" LIMIT ") || query.text.contains("as_of")),
                "{at} ran {heard:?}"
            );
            for statement in heard {
                if let Some(fault) = self.database.fault(&statement, query.way).await {
                    self.faults.insert(format!("{} {} by {name}: {fault}", operation.id, query.text));
                }
            }
        }
        assert!(answered, "nobody may read {at}");
    }
}

/// The operations that answer page by page.
pub fn paged() -> Vec<Operation> {
    let all = operations().into_iter();
    all.filter(|o| o.method == "GET" && o.parameters().any(|p| p["name"] == "page")).collect()
}

both! {
    /// Every list, every filter, every order.
    async fn no_list_is_read_from_end_to_end_or_sorted(app: TestApp) {
        let mut ground = Box::pin(Ground::of(&app)).await;
        for operation in paged() {
            for query in asked::queries(&operation) {
                ground.ask(&operation, &query).await;
            }
        }
        let faults: Vec<_> = ground.faults.into_iter().collect();
        assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
    }

    /// Pages and sums: whatever is read beside the lists leads through an index as well.
    async fn nothing_else_is_read_from_end_to_end(app: TestApp) {
        let mut ground = Box::pin(Ground::of(&app)).await;
        // Reference data is read whole, once, and kept.
        let moves = format!("/v1/projects/{}/moves", ground.subjects["{project}"]);
        ground.app.get(&ground.readers[0].1, &moves).await.expect(200);
        for path in asked::READS {
            let at = ground.subjects.iter().fold((*path).to_owned(), |at, (template, id)| at.replace(template, id));
            for (name, who) in ground.readers.clone() {
                ground.heard.take();
                ground.app.get(&who, &at).await;
                for statement in ground.heard.take() {
                    // What a search finds is in the order of its likeness.
                    if let Some(fault) = ground.database.fault(&statement, Way::Sorted).await {
                        ground.faults.insert(format!("{path} by {name}: {fault}"));
                    }
                }
            }
        }
        let faults: Vec<_> = ground.faults.into_iter().collect();
        assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
    }

    /// The judge itself: a list without its index is told.
    async fn a_missing_index_is_told(app: TestApp) {
        let mut ground = Box::pin(Ground::of(&app)).await;
        let all = operations();
        for (index, id, text, way) in [
            ("project_by_title", "list_projects", "page_size=1&sort=title", Way::Whole),
            ("audit_entry_action", "list_audit_entries", "page_size=1&action=body.create", Way::Sought),
            ("region_tier", "list_regions", "page_size=1&tier=sido", Way::Sought),
        ] {
            let (operation, query) = (all.iter().find(|o| o.id == id).unwrap(), Query { text: text.into(), way, must_go_on: false, readers: 3 });
            ground.ask(operation, &query).await;
            assert!(ground.faults.is_empty(), "{:#?}", ground.faults);
            ground.database.run(&format!("DROP INDEX {index}")).await;
            ground.ask(operation, &query).await;
            let told = ground.faults.iter().any(|fault| fault.starts_with(id));
            assert!(told, "nothing was found wrong with {id} without {index}");
            ground.faults.clear();
        }
    }
}

/// A list or a filter that is added must be added here too.
#[test]
fn every_filter_is_asked_for() {
    let known: BTreeSet<String> = paged().into_iter().map(|operation| operation.id).collect();
    let gone: Vec<_> = asked::LISTS.iter().filter(|list| !known.contains(list.id)).collect();
    assert!(gone.is_empty(), "these are no lists: {gone:?}");
    let mut missing = Vec::new();
    for operation in paged() {
        let filters = asked::filters(&operation);
        let pairs = filters.iter().flat_map(|(text, _)| text.split('&'));
        let names: BTreeSet<&str> = pairs.filter_map(|pair| Some(pair.split_once('=')?.0)).collect();
        let told = operation.parameters().filter(|p| p["in"] == "query").map(|p| p["name"].as_str().unwrap());
        let unasked = told.filter(|name| !["page", "sort", "count"].contains(name) && !names.contains(name));
        missing.extend(unasked.map(|name| format!("{} by {name}", operation.id)));
    }
    assert!(missing.is_empty(), "add to tests/it/query_plans/asked.rs:\n{}", missing.join("\n"));
}
