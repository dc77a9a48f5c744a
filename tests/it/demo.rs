//! The demonstration (시연 자료): made up, marked as such, made by the rules, the same each time.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use tests::{Persona, TestApp, both};

/// A call of the demonstration.
const CALL: &str = "demo-evaluation";

/// The items of a list, all on one page.
async fn items(app: &TestApp, who: &Persona, list: &str) -> Vec<Value> {
    let page =
        app.get(who, &format!("{list}{}page_size=200", if list.contains('?') { '&' } else { '?' })).await.expect(200);
    page.json["items"].as_array().unwrap().clone()
}

/// A text of a record.
fn text<'a>(record: &'a Value, pointer: &str) -> &'a str {
    record.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("{pointer} of {record}"))
}

/// How many applications of each call stand how.
async fn standings(app: &TestApp, who: &Persona) -> BTreeMap<String, BTreeMap<String, usize>> {
    let mut found: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for one in items(app, who, "/v1/applications").await {
        let call = found.entry(text(&one, "/call").to_owned()).or_default();
        *call.entry(text(&one, "/standing").to_owned()).or_default() += 1;
    }
    found
}

both! {
    /// The small demonstration is told act by act: every standing, gates passed, returned and waived until a day, a
    /// project that went back, a line of projects one after the other; each project says that it is made up.
    async fn the_small_demonstration_tells_whole_lives(app: TestApp) {
        let loaded = api::demo::load(&app.app, 0).await.unwrap();
        assert_eq!(loaded.counts[0], ("projects", 40));
        assert!(loaded.people.iter().any(|person| person.sign_in_name == "planner.mois"));
        let auditor = app.persona(domain::access::Role::Auditor, "bai").await;
        let page = app.get(&auditor, "/v1/projects?page_size=200&sort=created_at").await.expect(200);
        let items = page.json["items"].as_array().unwrap();
        // And those that agreements have opened.
        assert_eq!(items.len(), 40 + 2);
        for status in ["draft", "active", "on_hold", "cancelled", "completed"] {
            assert!(items.iter().any(|item| item["status"] == status), "{status}");
        }
        let mut states = std::collections::BTreeSet::new();
        let (mut waived, mut lapsed, mut went_back) = (0, 0, 0);
        for item in items {
            let page = app.get(&auditor, &format!("/v1/projects/{}", item["id"].as_str().unwrap())).await.expect(200);
            let project = &page.json["project"];
            let summary = project["summary"].as_str().unwrap();
            assert!(["시연용 가상 과제", "시연용 가상 신청"].iter().any(|words| summary.contains(words)), "{summary}");
            for gate in project["gates"].as_array().unwrap() {
                states.insert(gate["state"]["state"].as_str().unwrap().to_owned());
                for waiver in gate["state"]["waivers"].as_array().into_iter().flatten() {
                    waived += 1;
                    lapsed += usize::from(waiver["until"].as_str().unwrap() < "2026-11-13");
                }
            }
            let moves = project["history"].as_array().unwrap();
            went_back += moves.iter().filter(|made| made["kind"] == "go_back").count();
        }
        assert!(states.contains("passed") && states.contains("returned"), "{states:?}");
        assert_eq!((waived, lapsed, went_back), (2, 1, 1));
        // No bands of 2026 are public: the rule set says in its name and beside it that it is made up.
        let rules = app.get(&auditor, "/v1/cost-share-rules").await.expect(200).json;
        assert_eq!(rules["items"].as_array().unwrap().len(), 1);
        let only = &rules["items"][0];
        assert_eq!(only["standing"], "illustration");
        assert!(only["name"]["ko"].as_str().unwrap().starts_with("예시"), "{only}");
        assert!(only["notice"]["ko"].as_str().unwrap().contains("사실이 아닙니다"), "{only}");
        // A call in each state that a call comes to.
        let calls = app.get(&auditor, "/v1/calls").await.expect(200).json;
        let states: std::collections::BTreeSet<_> =
            calls["items"].as_array().unwrap().iter().map(|call| call["state"].as_str().unwrap()).collect();
        let all: std::collections::BTreeSet<_> = domain::call::CallState::ALL.iter().map(|state| state.name()).collect();
        assert_eq!(states, all);
        // Once more changes nothing.
        assert!(api::demo::load_once(&app.app).await.unwrap().counts.is_empty());
    }

    /// The support programme is told step by step: each call has the applications that its state can have, and every
    /// record has as many entries of history as versions, each by whoever may.
    async fn each_call_has_what_its_state_can_have(app: TestApp) {
        let loaded = api::demo::load(&app.app, 0).await.unwrap();
        let auditor = app.persona(domain::access::Role::Auditor, "bai").await;
        let shown: Vec<_> = standings(&app, &auditor).await.into_iter().collect();
        let expected = [
            ("demo-cancelled", &[("submitted", 1)][..]),
            ("demo-closed", &[("draft", 1), ("submitted", 2), ("withdrawn", 1)]),
            ("demo-decided", &[("eligible", 7), ("withdrawn", 1)]),
            ("demo-evaluation", &[("eligible", 5)]),
            ("demo-final", &[("eligible", 5)]),
            ("demo-notified", &[("eligible", 5)]),
            ("demo-open", &[("draft", 2), ("submitted", 3)]),
            ("demo-screening", &[("eligible", 3), ("ineligible", 1), ("information_asked", 1), ("submitted", 1)]),
        ];
        let expected: Vec<(String, BTreeMap<String, usize>)> = expected
            .map(|(call, how)| (call.to_owned(), how.iter().map(|(how, many)| ((*how).to_owned(), *many)).collect()))
            .into();
        assert_eq!(shown, expected);
        let applications = items(&app, &auditor, "/v1/applications").await;
        assert_eq!(loaded.counts[4], ("applications", u64::try_from(applications.len()).unwrap()));
        let now = app.app.clock.now().to_string();
        for (listed, kind) in applications.iter().map(|one| (one, "applications")) {
            let at = format!("/v1/{kind}/{}", text(listed, "/id"));
            let page = app.get(&auditor, &at).await.expect(200).json;
            let application = &page["application"];
            assert!(text(application, "/content/summary").contains("시연용 가상 신청"), "{application}");
            let call = app.get(&auditor, &format!("/v1/calls/{}", text(application, "/call"))).await.expect(200).json;
            for (number, submission) in application["submissions"].as_array().unwrap().iter().enumerate() {
                let at = text(submission, "/submitted/at");
                let (opens, closes) = (text(&call, "/call/plan/opens_at"), text(&call, "/call/plan/closes_at"));
                assert!(opens <= at && at <= closes && at <= now.as_str(), "{at} of {opens} to {closes}");
                assert_eq!(submission["number"], number + 1);
            }
            let history = items(&app, &auditor, &format!("{at}/history")).await;
            assert_eq!(application["version"], history.len(), "{at}");
        }
        for call in items(&app, &auditor, "/v1/calls").await {
            let key = text(&call, "/key");
            let page = app.get(&auditor, &format!("/v1/calls/{key}")).await.expect(200).json;
            assert!(text(&page, "/call/plan/title/ko").starts_with("[시연]"), "{page}");
            let history = items(&app, &auditor, &format!("/v1/calls/{key}/history")).await;
            assert_eq!(page["call"]["version"], history.len(), "{key}");
            assert!(history.iter().all(|entry| text(entry, "/at") <= now.as_str()), "{key} is from the future");
        }
        let verified = store::audit::verify(&app.app.store, app.app.clock.now(), None, async |_| Ok(())).await.unwrap();
        assert_eq!(verified.flaws, 0, "{:?}", verified.findings.first());
    }

    /// The committee of the call under evaluation was drawn by a lot that anybody can draw again, is made up by the rules,
    /// and judges every application; one member has stepped aside and one is challenged, and neither finds it any more.
    async fn the_committee_of_the_demonstration_follows_the_rules(app: TestApp) {
        let loaded = api::demo::load(&app.app, 0).await.unwrap();
        let auditor = app.persona(domain::access::Role::Auditor, "bai").await;
        let page = app.get(&auditor, &format!("/v1/calls/{CALL}/committee")).await.expect(200).json;
        assert_eq!(page["composition"].as_array().unwrap().len(), 0, "{page}");
        let lot: domain::committee::Draw = serde_json::from_value(page["committee"]["draws"][0].clone()).unwrap();
        let pool = items(&app, &auditor, "/v1/experts").await;
        let pool: Vec<domain::committee::Expert> = pool.into_iter().map(|e| serde_json::from_value(e).unwrap()).collect();
        assert_eq!(domain::committee::drawn(&lot.seed, lot.seats, &pool.iter().collect::<Vec<_>>()).unwrap(), lot.chosen);
        let panels = items(&app, &auditor, &format!("/v1/panels?call={CALL}")).await;
        let eligible = items(&app, &auditor, &format!("/v1/applications?call={CALL}&standing=eligible")).await;
        let judged: BTreeSet<_> = panels.iter().map(|panel| text(panel, "/panel/application")).collect();
        assert_eq!(judged, eligible.iter().map(|one| text(one, "/id")).collect());
        let judging: Vec<_> = panels.iter().map(|panel| panel["judging"].as_array().unwrap().len()).collect();
        assert_eq!(judging.iter().sum::<usize>(), 6 * 5 - 2);
        let conflicts: Vec<_> = panels.iter().flat_map(|panel| panel["panel"]["conflicts"].as_array().unwrap()).collect();
        let decided = |conflict: &&&Value| !conflict["decision"].is_null();
        assert_eq!((conflicts.len(), conflicts.iter().filter(decided).count()), (2, 1));
        let progress = app.get(&auditor, &format!("/v1/calls/{CALL}/sheet-progress")).await.expect(200).json;
        assert_eq!((&progress["needed"], &progress["submitted"], &progress["drafts"]), (&28.into(), &9.into(), &2.into()));
        // Whoever stepped aside signs in and finds one application fewer.
        let aside = conflicts.iter().find(|conflict| decided(conflict)).unwrap();
        let id = text(aside, "/member");
        let person = loaded.people.iter().filter(|person| person.sign_in_name.starts_with("committee"));
        let mut found = None;
        for person in person {
            let tokens = app.knock("/v1/sessions", serde_json::json!({ "sign_in_name": person.sign_in_name, "password": person.password }));
            let tokens = tokens.await.expect(201).json;
            let who = Persona { token: text(&tokens, "/access_token").to_owned(), ..auditor.clone() };
            if text(&app.get(&who, "/v1/me").await.expect(200).json, "/id") == id {
                found = Some(items(&app, &who, &format!("/v1/assignments?call={CALL}")).await.len());
            }
        }
        assert_eq!(found, Some(4));
    }

    /// What was decided can be computed again from its dossier and its lots, and shows what becomes of applications: a tie
    /// decided by lot, one that stands by, one below the cut, one withdrawn after it was scored; each ratio was typed in.
    async fn what_the_demonstration_decided_can_be_computed_again(app: TestApp) {
        api::demo::load(&app.app, 0).await.unwrap();
        let auditor = app.persona(domain::access::Role::Auditor, "bai").await;
        for call in ["decided", "notified", "final"] {
            let at = format!("/v1/calls/demo-{call}");
            let shown = app.get(&auditor, &format!("{at}/result")).await.expect(200).json;
            assert_eq!((&shown["standing"], &shown["confirmation"]), (&"confirmed".into(), &1.into()), "{shown}");
            let dossier = domain::evaluation::read(&app.get(&auditor, &format!("{at}/dossier")).await.expect(200).json).unwrap();
            let selection = app.get(&auditor, &format!("{at}/selection")).await.expect(200).json;
            let selection: domain::selection::Selection = serde_json::from_value(selection).unwrap();
            let again = domain::evaluation::evaluate_with(&dossier, &selection.lots_for_evaluation());
            assert_eq!(serde_json::to_value(again).unwrap(), shown["result"]);
            assert_eq!(selection.indicators.len(), dossier.dossier().indicators.len());
            assert!(selection.indicators.iter().all(|one| one.source.as_str().contains("시연용")));
            for lot in &selection.lots {
                assert_eq!(lot.order, domain::selection::lot_order(&lot.seed, &lot.order));
            }
            if call == "decided" {
                assert_eq!(selection.lots.len(), 1);
                let outcomes: BTreeSet<_> =
                    shown["result"]["applications"].as_array().unwrap().iter().map(|one| text(one, "/outcome")).collect();
                assert_eq!(outcomes, BTreeSet::from(["below_cut", "reserve", "selected", "withdrawn"]));
            }
        }
        let preview = app.get(&auditor, "/v1/calls/demo-evaluation/result").await.expect(200).json;
        let open = ["undecided_conflicts", "unanswered_challenges"].map(|what| preview["readiness"][what].as_u64());
        assert_eq!((&preview["standing"], open), (&"preview".into(), [Some(1), Some(1)]));
        let told = app.get(&auditor, "/v1/calls/demo-final/selected").await.expect(200).json;
        assert_eq!(told["tracks"].as_array().unwrap().iter().map(|track| track["selected"].as_array().unwrap().len()).sum::<usize>(), 4);
    }

    /// One has objected and waits, another was answered; of the awards one is under way with its project and its lines, one
    /// settled, one given up with the reserve in its place. It can be loaded at the turn of a year as well.
    async fn the_demonstration_goes_on_after_the_decision(app: TestApp) {
        app.pass(60 * 86_400);
        api::demo::load(&app.app, 0).await.unwrap();
        let auditor = app.persona(domain::access::Role::Auditor, "bai").await;
        for (call, answered) in [("demo-notified", "false"), ("demo-final", "true")] {
            let objections = items(&app, &auditor, &format!("/v1/objections?call={call}&answered={answered}")).await;
            assert_eq!(objections.len(), 1, "{call}");
        }
        let awards = items(&app, &auditor, "/v1/awards?call=demo-final").await;
        let mut states: Vec<&str> = awards.iter().map(|one| text(one, "/state")).collect();
        states.sort_unstable();
        assert_eq!(states, ["agreed", "given_up", "offered", "offered", "settled"]);
        let of = |state: &str| awards.iter().find(|one| one["state"] == state).unwrap();
        assert_eq!(awards.iter().filter(|one| !one["award"]["reserve_order"].is_null()).count(), 1, "{}", awards[4]);
        let agreed = &of("agreed")["award"]["agreement"];
        let paid: Vec<bool> = agreed["instalments"].as_array().unwrap().iter().map(|one| !one["paid"].is_null()).collect();
        assert_eq!(paid, [true, false]);
        let page = app.get(&auditor, &format!("/v1/projects/{}", text(agreed, "/project"))).await.expect(200).json;
        assert_eq!((&page["project"]["standing"]["phase"], agreed["lines"].as_array().unwrap().len()), (&"planning".into(), 3));
        let line = app.get(&auditor, &format!("/v1/budget-lines/{}", text(agreed, "/lines/0/line"))).await.expect(200).json;
        assert_eq!(line["balances"]["expended_krw"], agreed["instalments"][0]["national_krw"], "{line}");
        let back = of("settled")["award"]["settlement"]["sources"][0].clone();
        let [paid_in, used, returned] = ["paid_in_krw", "used_krw", "returned_krw"].map(|part| back[part].as_i64().unwrap());
        assert!(returned > 0 && paid_in == used + returned, "{back}");
        let money = app.get(&auditor, "/v1/calls/demo-final/award-money").await.expect(200).json;
        assert_eq!(money["tracks"][1]["living_awards"], 2, "{money}");
        let verified = store::audit::verify(&app.app.store, app.app.clock.now(), None, async |_| Ok(())).await.unwrap();
        assert_eq!(verified.flaws, 0, "{:?}", verified.findings.first());
    }

    /// A large demonstration is found by its columns and by its words, on both databases alike.
    async fn a_large_demonstration_is_like_any_other_portfolio(app: TestApp) {
        let loaded = api::demo::load(&app.app, 1).await.unwrap();
        assert_eq!(loaded.counts[0], ("projects", 1000));
        let auditor = app.persona(domain::access::Role::Auditor, "bai").await;
        let page = app.get(&auditor, "/v1/projects?count=exact&q=%EB%AF%BC%EC%9B%90%20%EC%95%88%EB%82%B4&page_size=200").await.expect(200);
        for item in page.json["items"].as_array().unwrap() {
            assert!(item["title"]["ko"].as_str().unwrap().contains("민원"), "{item}");
        }
        assert!(page.json["total"].as_u64().unwrap() > 10);
        for phase in ["planning", "execution", "diffusion", "completed"] {
            let some = app.get(&auditor, &format!("/v1/projects?count=exact&phase={phase}")).await.expect(200);
            assert!(some.json["total"].as_u64().unwrap() > 20, "{phase}");
            let path = format!("/v1/projects/{}", some.json["items"][0]["id"].as_str().unwrap());
            let page = app.get(&auditor, &path).await.expect(200);
            assert!(page.json["project"]["summary"].as_str().unwrap().contains("시연용 가상"));
        }
        assert!(api::demo::load(&app.app, 1).await.is_err());
        // Every project is rated as of the demonstration's last day already.
        let last_day: domain::day::Day = "2026-11-13".parse().unwrap();
        app.pass((last_day.starts_at().micros() - app.app.clock.now().micros()) / 1_000_000);
        let night = api::refresh_health(&app.app).await.unwrap();
        assert!(night.looked_at > 100 && night.changed == 0, "{night:?}");
        let verified = store::audit::verify(&app.app.store, app.app.clock.now(), None, async |_| Ok(())).await.unwrap();
        assert_eq!(verified.flaws, 0, "{:?}", verified.findings.first());
    }
}
