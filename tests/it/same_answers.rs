//! The same answers on either database (동일한 응답): one script over every operation, every list and every kind of
//! mistake, told to a service on SQLite and to one on PostgreSQL. Status, headers and body agree byte by byte.

use crate::{
    application::kit::{Open, submitted},
    challenge,
    committee::kit::enter,
    consultation::kit::{Counsellor, ask, held},
    every_operation::{Case, Cast, ELSEWHERE, Place, case_of},
    query_plans::asked,
};
use actix_web::test::TestRequest;
use domain::access::Role;
use serde_json::json;
use std::cell::RefCell;
use tests::{
    Answer, Persona, TestApp, on_postgres, on_sqlite,
    operations::{Operation, operations},
    postgres::{Programs, programs},
};

/// What is told about the machine itself, and so may differ.
const OF_THE_MACHINE: [&str; 4] = [
    // Names the database.
    "read_version",
    // Names the database, and how much disk is left.
    "read_readiness",
    // Counts and times.
    "read_metrics",
    // Work that goes on beside the requests: how far it is, chance decides.
    "read_operation",
];

/// What was asked, and what came back.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    asked: String,
    answer: String,
}

#[derive(Default)]
struct Script(Vec<Told>);

impl Script {
    fn note(&mut self, asked: String, answer: &Answer) {
        // How many more requests one may send depends on the time that has really passed.
        let told = answer.headers.iter().filter(|(name, _)| !name.as_str().starts_with("ratelimit"));
        let mut headers: Vec<String> =
            told.map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes()))).collect();
        headers.sort();
        let body = match std::str::from_utf8(&answer.bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => format!("{:?}", answer.bytes),
        };
        self.0.push(Told { asked, answer: format!("{}\n{}\n\n{body}", answer.status, headers.join("\n")) });
    }
    /// Asks as somebody, or as nobody; the requests bear their number.
    async fn ask(
        &mut self,
        app: &TestApp,
        who: Option<&Persona>,
        method: &str,
        path: &str,
        case: Option<&Case>,
        example: Option<&serde_json::Value>,
    ) -> Answer {
        let tag = case.and_then(|case| case.tag.as_deref());
        let body = case.and_then(|case| case.body.as_ref()).or(example);
        let answer = match who {
            Some(who) => app.send_as(who, method, path, tag, body).await,
            None => app.send_anonymously(method, path, tag, body).await,
        };
        self.note(format!("{method} {path} by {:?}", who.map(|who| who.id)), &answer);
        answer
    }
    /// One operation: by nobody, by a stranger, and by the first who may.
    async fn operation(&mut self, app: &TestApp, cast: &Cast, operation: &Operation) {
        let Some(case) = case_of(app, cast, &operation.id).await else {
            assert!(ELSEWHERE.contains(&operation.id.as_str()), "{} has no case", operation.id);
            return;
        };
        let example = operation.example().map(|(_, example)| example);
        let case = Case { tag: case.tag.clone().filter(|_| operation.needs_version()), ..case };
        if self.ask(app, None, &operation.method, &case.path, Some(&case), example).await.status.is_success() {
            return;
        }
        let able = [
            (Role::Viewer, Place::Stranger),
            (Role::Planner, Place::Lead),
            (Role::Planner, Place::Partner),
            (Role::Coordinator, Place::Stranger),
            (Role::Coordinator, Place::Lead),
            (Role::CommitteeMember, Place::Lead),
            (Role::Adviser, Place::Lead),
            (Role::ProgressManager, Place::Stranger),
            (Role::Auditor, Place::Stranger),
            (Role::Administrator, Place::Lead),
        ];
        let own = case.by.clone();
        let all = own.into_iter().chain(able.map(|(role, place)| app.renew(cast.who(role, place))));
        for who in all {
            if self.ask(app, Some(&who), &operation.method, &case.path, Some(&case), example).await.status.is_success()
            {
                return;
            }
        }
        panic!("nobody could {}: {:?}", operation.id, self.0.last());
    }
    /// A list of the demonstration by every filter and in every order, two pages of each.
    async fn list(&mut self, app: &TestApp, readers: &[Persona], operation: &Operation, path: &str) {
        for query in asked::queries(operation) {
            let text = query.text.replace("page_size=1", "page_size=9");
            for who in readers.iter().take(query.readers) {
                let at = format!("{path}?{text}");
                let first = self.ask(app, Some(who), "GET", &at, None, None).await;
                if let Some(token) = first.json["next_page_token"].as_str() {
                    self.ask(app, Some(who), "GET", &format!("{at}&page_token={token}"), None, None).await;
                }
            }
        }
    }
}

/// Every operation on things of its own.
async fn every_operation(app: &TestApp, script: &mut Script) {
    let cast = Cast::of(app).await;
    let mut all = operations();
    // Time passes while keys are changed, and tokens with it.
    all.sort_by_key(|operation| operation.id == "rotate_signing_key");
    for operation in all.iter().filter(|o| !OF_THE_MACHINE.contains(&o.id.as_str())) {
        // A case may let time pass, and with it the life of tokens.
        script.operation(app, &cast.renewed(app), operation).await;
    }
}

/// Every list of the demonstration, and everything else that reads it.
async fn every_list(app: &TestApp, script: &mut Script) {
    api::demo::load(&app.app, 0).await.unwrap();
    let readers = [app.planner("mois").await, app.persona(Role::Auditor, "bai").await];
    let first = async |list: &str| {
        app.get(&readers[0], list).await.expect(200).json["items"][0]["id"].as_str().unwrap().to_owned()
    };
    let (project, line) = (first("/v1/projects?body=mois").await, first("/v1/budget-lines?body=mois").await);
    let call = Open::of(app, "c-plans", ("msit", "nia")).await;
    let application = submitted(app, &readers[0], &call.key, "mois", "AI 민원 안내").await;
    submitted(app, &readers[0], &call.key, "mois", "AI 민원 상담").await;
    let application = application.json["application"]["id"].as_str().unwrap().to_owned();
    let coordinator = app.coordinator().await;
    let challenge = challenge::file(app, &readers[0], &application).await.expect(201).id();
    let expert = enter(app, &coordinator, "김전문", "private", None, json!({})).await.expect(201).id();
    let request = crate::gpu::kit::in_a_round(app, &readers[0], "r-plans").await;
    let request = request.json["request"]["id"].as_str().unwrap().to_owned();
    let adviser = Counsellor::of(app, &coordinator, "김자문", &["data"], json!({})).await;
    let active = first("/v1/projects?body=mois&status=active").await;
    let asked = ask(app, &readers[0], &active, &["data"]).await;
    held(app, &coordinator, &asked, &adviser).await;
    for operation in crate::query_plans::paged() {
        let named = [
            ("{project}", project.as_str()),
            ("{budget_line}", &line),
            ("{body}", "mois"),
            ("{cost_share_rules}", "illustration-2026"),
            ("{call}", "demo-open"),
            ("{application}", &application),
            ("{challenge}", &challenge),
            ("{expert}", &expert),
            ("{gpu_pool}", "gpu25-naver-h200"),
            ("{gpu_round}", "r-plans"),
            ("{gpu_request}", &request),
            ("{adviser}", &adviser.expert),
            ("/v1/consultations/{consultation}", &asked),
        ];
        let path = named.iter().fold(operation.path.clone(), |path, (template, id)| path.replace(template, id));
        script.list(app, &readers, &operation, &path).await;
    }
    for path in [
        "/v1/projects?count=exact&q=AI%20%EB%AF%BC%EC%9B%90",
        "/v1/projects?count=exact&status=active,on_hold&partner=msit",
        "/v1/projects/export?format=csv&bom=true&header=korean&purpose=x",
        "/v1/projects/export?format=csv&header=keys&as_of=2026-06-30",
        "/v1/projects/export?format=xlsx&header=english&body=mois",
        "/v1/projects/similar?title=AI%20%EB%AF%BC%EC%9B%90%20%EC%95%88%EB%82%B4",
        "/v1/budget-lines/export?format=csv&header=english&fiscal_year=2026",
        "/v1/budget-lines/export?format=xlsx&header=korean",
        "/v1/consultations/export?format=csv&header=korean",
        "/v1/consultations/export?format=xlsx&header=english&state=held",
        "/v1/portfolio/summary?group_by=body,phase",
        "/v1/portfolio/summary?group_by=body,phase,field,region,programme,year",
        "/v1/portfolio/summary?group_by=field,year&year=2025,2026&phase=execution",
        "/v1/portfolio/summary?group_by=region&as_of=2026-06-30",
        "/v1/portfolio/coverage?year=2026",
        "/v1/cost-share-rules/illustration-2026",
        "/v1/cost-share-rules/illustration-2026/explain?level=sido&code=36&total_cost_krw=1234567000",
        "/v1/cost-share-rules/illustration-2026/explain?level=sido&code=12&total_cost_krw=1234567000",
        "/v1/cost-share-rules/illustration-2026/what-if?total_cost_krw=1234567000&envelope_krw=18000000000",
        "/v1/cost-share-rules/illustration-2026/what-if/export?format=csv&total_cost_krw=1234567000",
        "/v1/cost-share-rules/illustration-2026/what-if/export?format=xlsx&total_cost_krw=1234567000&on=2026-06-30",
        "/v1/gpu-pools/gpu25-naver-h200",
        "/v1/gpu-pools/gpu25-naver-h200/waiting-list",
        "/v1/gpu-requests/export?format=csv&header=korean",
        "/v1/gpu-requests/export?format=xlsx&header=english&state=active",
        "/v1/gpu-allocations/export?format=csv&header=keys",
        "/v1/gpu-allocations/export?format=xlsx&header=korean&on=2026-11-22",
        "/v1/resource-requests/fulfilment",
        "/v1/resource-requests/export?format=csv&header=english",
        "/v1/model-adoptions/by-model",
        "/v1/service-uses/summary",
        "/v1/audit/checkpoint",
    ] {
        for who in &readers {
            script.ask(app, Some(who), "GET", path, None, None).await;
        }
    }
    let page = app.get(&readers[1], "/v1/projects?page_size=200").await.expect(200);
    for item in page.json["items"].as_array().unwrap() {
        let at = format!("/v1/projects/{}", item["id"].as_str().unwrap());
        for below in ["", "?as_of=2026-06-30", "/moves", "/gate", "/lineage", "/history", "/similar"] {
            script.ask(app, Some(&readers[1]), "GET", &format!("{at}{below}"), None, None).await;
        }
    }
}

/// What goes wrong goes wrong in the same words.
async fn every_mistake(app: &TestApp, script: &mut Script) {
    let (coordinator, planner) = (app.coordinator().await, app.planner("mois").await);
    let new =
        |key: &str| json!({ "key": key, "kind": "agency", "facts": { "name": { "ko": "시험청" }, "source": "시험" } });
    for (method, path, tag, body) in [
        ("GET", "/v1/nothing", None, None),
        ("PUT", "/v1/bodies", None, None),
        ("GET", "/v1/projects/1", None, None),
        ("GET", "/v1/projects?colour=red&page_size=0", None, None),
        ("GET", "/v1/projects?page_token=x", None, None),
        ("GET", "/v1/projects?q=%27%20OR%201%3D1%20--%20%22%25_", None, None),
        ("GET", "/v1/projects?q=%25", None, None),
        ("GET", "/v1/budget-lines?q=%25_%5C", None, None),
        ("GET", "/v1/bodies?name=%25", None, None),
        ("POST", "/v1/bodies", None, Some(new("mois"))),
        ("POST", "/v1/bodies", None, Some(new("NO"))),
        ("POST", "/v1/bodies", None, Some(json!([]))),
        ("PATCH", "/v1/bodies/nia", None, Some(json!({}))),
        ("PATCH", "/v1/bodies/nia", Some("\"v77\""), Some(json!({}))),
        ("PATCH", "/v1/bodies/nia", Some("v1"), Some(json!({}))),
        ("PATCH", "/v1/bodies/nia", Some("*"), Some(json!({ "parent": "nobody" }))),
        (
            "POST",
            "/v1/projects",
            None,
            Some(json!({ "project": { "lead_body": "mois", "title": { "ko": "\u{0}" }, "lead_share": "100" } })),
        ),
        (
            "POST",
            "/v1/projects",
            None,
            Some(
                json!({ "project": { "lead_body": "mois", "title": { "ko": "'; DROP TABLE project; --" }, "lead_share": "100" } }),
            ),
        ),
        ("POST", "/v1/budget-lines", None, Some(json!({ "body": "mois" }))),
    ] {
        for who in [&coordinator, &planner] {
            let answer = app.send_as(who, method, path, tag, body.as_ref()).await;
            script.note(format!("{method} {path} {body:?} by {}", who.id), &answer);
        }
    }
    for (language, body) in [("en", new("t-one")), ("en", new("t-one")), ("ko", new("t-two"))] {
        let request = TestRequest::post()
            .uri("/v1/bodies")
            .insert_header(("authorization", format!("Bearer {}", coordinator.token)));
        let request = request.insert_header(("idempotency-key", "once")).insert_header(("accept-language", language));
        script.note(format!("a retry: {body}"), &app.send(request.set_json(body)).await);
    }
}

async fn whole(app: TestApp) -> Vec<Told> {
    let mut script = Script::default();
    every_list(&app, &mut script).await;
    every_mistake(&app, &mut script).await;
    every_operation(&app, &mut script).await;
    script.0
}

#[test]
fn both_databases_answer_byte_by_byte_alike() {
    if let Programs::Missing(_) = programs() {
        return;
    }
    let told = |run: fn(&RefCell<Vec<Told>>)| {
        let told = RefCell::default();
        run(&told);
        told.into_inner()
    };
    let (sqlite, postgres) = std::thread::scope(|scope| {
        let other =
            scope.spawn(|| told(|told| on_postgres(async |app| drop(told.replace(Box::pin(whole(app)).await)))));
        let one = told(|told| on_sqlite(async |app| drop(told.replace(Box::pin(whole(app)).await))));
        (one, other.join().unwrap())
    });
    assert!(sqlite.len() > 1000, "{}", sqlite.len());
    let differing: Vec<_> = sqlite.iter().zip(&postgres).filter(|(one, other)| one != other).collect();
    let shown: Vec<String> = differing
        .iter()
        .take(5)
        .map(|(one, other)| {
            format!("SQLite: {}\n{}\n\nPostgreSQL: {}\n{}", one.asked, one.answer, other.asked, other.answer)
        })
        .collect();
    assert!(
        differing.is_empty(),
        "{} of {} answers differ\n{}",
        differing.len(),
        sqlite.len(),
        shown.join("\n\n----\n\n")
    );
    assert_eq!(sqlite.len(), postgres.len());
    println!("{} answers agree", sqlite.len());
}
