//! Filters (목록 조건): what the columns find is what a look at every record finds, and so do words in full text.
//!
//! A list as it stood is taken from the records themselves, one after the other; a list of today from the columns and
//! indexes. As it stood today, both are the same.

use super::{act, enter, escaped};
use domain::access::Role;
use serde_json::{Value, json};
use tests::{Persona, TestApp, both};

/// Dice that fall the same way each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }
    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
    /// One or two of these.
    fn some<'a>(&mut self, of: &[&'a str]) -> Vec<&'a str> {
        let first = *self.one(of);
        let second = *self.one(of);
        if self.below(3) > 0 || first == second { vec![first] } else { vec![first, second] }
    }
    fn text(&mut self, least: usize, more: usize) -> String {
        let words = least + self.below(more);
        (0..words)
            .map(|_| format!("{}{}", self.one(&WORDS), self.one(&["", " ", " ", "·"])))
            .collect::<String>()
            .trim()
            .to_owned()
    }
}

const WORDS: [&str; 20] = [
    "민원",
    "안내",
    "상담",
    "복지",
    "의료",
    "영상",
    "판독",
    "국방",
    "정비",
    "예측",
    "AI",
    "스마트",
    "교통",
    "관제",
    "데이터",
    "지능형",
    "Chat",
    "2026",
    "원안",
    "내상",
];
const BODIES: [&str; 3] = ["mois", "msit", "mohw"];
const FIELDS: [&str; 4] = ["public", "medical", "education", "transport"];
const REGIONS: [&str; 4] = ["11", "26", "27", "36"];
const PROGRAMMES: [&str; 3] = ["public-ai-2026", "common-base-2026", "work-platform-2026"];

/// Random projects in random standings.
async fn sown(app: &TestApp, dice: &mut Dice, many: usize) {
    let mut planners = Vec::new();
    for body in BODIES {
        planners.push((body, app.planner(body).await));
    }
    let (nia, manager) = (app.persona(Role::Coordinator, "nia").await, app.persona(Role::ProgressManager, "nia").await);
    for _ in 0..many {
        let (lead, planner) = &planners[dice.below(BODIES.len())];
        let partners: Vec<Value> = match BODIES[dice.below(BODIES.len())] {
            partner if partner != *lead => vec![json!({ "body": partner, "share": "40" })],
            _ => Vec::new(),
        };
        let year = 2024 + dice.below(4);
        let start = format!("{year}-0{}", 1 + dice.below(9));
        let members = json!({
            "lead_body": lead, "title": { "ko": dice.text(1, 4), "en": "Assistant" }, "summary": dice.text(2, 8),
            "lead_share": if partners.is_empty() { "100" } else { "60" }, "partners": partners,
            "fields": dice.some(&FIELDS), "regions": dice.some(&REGIONS), "programme": dice.one(&PROGRAMMES),
            "planned": { "start": start, "end": "2029-H1" },
            "phase_plans": { "planning": { "start": start, "end": format!("{}-0{}", year + 1, 1 + dice.below(9)) } }
        });
        let draft = enter(app, planner, members).await;
        let fate = dice.below(8);
        if fate < 2 {
            continue;
        }
        let looked = act(app, planner, &draft, "similar-confirmation", json!({})).await;
        let filed = act(app, planner, &looked, "file", json!({})).await;
        let why = json!({ "reason": "예산 조정" });
        match fate {
            2 => drop(act(app, planner, &filed, "hold", why).await),
            3 => drop(act(app, planner, &filed, "cancel", why).await),
            4 => drop(act(app, &manager, &filed, "health", json!({})).await),
            5 => {
                let priority = json!({ "reason": "국가 중점 과제", "decided_by": "회의", "decided_on": "2026-11-22" });
                drop(act(app, &nia, &filed, "priority", json!({ "priority": priority })).await);
            }
            _ => {}
        }
    }
}

/// A random question: one to three filters.
fn filter(dice: &mut Dice) -> String {
    let mut all = std::collections::BTreeMap::new();
    for _ in 0..=dice.below(3) {
        let (name, value) = match dice.below(13) {
            0 => ("body", dice.some(&BODIES).join(",")),
            1 => ("partner", dice.some(&BODIES).join(",")),
            2 => ("phase", dice.some(&["planning", "execution", "diffusion", "completed"]).join(",")),
            3 => ("status", dice.some(&["draft", "active", "on_hold", "cancelled", "completed"]).join(",")),
            4 => ("field", dice.some(&FIELDS).join(",")),
            5 => ("region", dice.some(&REGIONS).join(",")),
            6 => ("programme", dice.some(&PROGRAMMES).join(",")),
            7 => ("year", dice.some(&["2024", "2025", "2026", "2027"]).join(",")),
            8 => ("priority", (*dice.one(&["true", "false"])).to_owned()),
            9 => ("health", dice.some(&["green", "amber", "red"]).join(",")),
            10 => ("gate_due_before", format!("202{}-0{}-15", 4 + dice.below(5), 1 + dice.below(9))),
            11 => ("stage", (*dice.one(&["pilot_to_operation/pilot", "pilot_to_operation/isp"])).to_owned()),
            _ => ("q", escaped(dice.one::<&str>(&WORDS))),
        };
        all.insert(name, value);
    }
    all.into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

async fn ids(app: &TestApp, who: &Persona, query: &str) -> Vec<Value> {
    let page = app.get(who, &format!("/v1/projects?page_size=200&{query}")).await.expect(200);
    assert_eq!(page.json["next_page_token"], Value::Null, "all in one page");
    page.json["items"].as_array().unwrap().iter().map(|item| item["code"].clone()).collect()
}

/// Letters and digits alone, small.
fn plain(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

both! {
    /// Whatever is asked, by whomever: the columns say what the records say.
    async fn columns_and_records_agree(app: TestApp) {
        api::demo::load(&app.app, 0).await.unwrap();
        let mut dice = Dice(2026);
        sown(&app, &mut dice, 40).await;
        let readers = [
            app.planner("mois").await, app.planner("msit").await, app.persona(Role::Auditor, "bai").await, app.coordinator().await,
        ];
        let mut found = 0;
        for _ in 0..90 {
            let (who, query) = (&readers[dice.below(readers.len())], filter(&mut dice));
            let (today, stood) = (ids(&app, who, &query).await, ids(&app, who, &format!("{query}&as_of=2026-11-22")).await);
            assert_eq!(today, stood, "{query}");
            let counted = app.get(who, &format!("/v1/projects?count=exact&{query}")).await.expect(200);
            assert_eq!(counted.json["total"], today.len(), "{query}");
            found += today.len();
        }
        assert!(found > 150, "the questions find too little: {found}");
    }

    /// Words joined by "and", many rows, against a look at every text.
    async fn words_are_found_wherever_they_stand(app: TestApp) {
        let mut dice = Dice(7);
        sown(&app, &mut dice, 40).await;
        let auditor = app.persona(Role::Auditor, "bai").await;
        let page = app.get(&auditor, "/v1/projects?page_size=200").await.expect(200);
        let mut texts = Vec::new();
        for item in page.json["items"].as_array().unwrap() {
            let whole = app.get(&auditor, &format!("/v1/projects/{}", item["id"].as_str().unwrap())).await.expect(200);
            let project = &whole.json["project"];
            let parts = [&project["code"], &project["title"]["ko"], &project["title"]["en"], &project["summary"]];
            texts.push((item["code"].clone(), parts.map(|part| plain(part.as_str().unwrap_or_default()))));
        }
        let mut found = 0;
        for _ in 0..90 {
            // Pieces out of the texts, wherever they begin and end, and now and then a word that is nowhere.
            let mut words: Vec<String> = (0..=dice.below(3)).map(|_| {
                let text: Vec<char> = dice.one(&texts).1[1 + dice.below(3)].chars().collect();
                let from = dice.below(text.len());
                text.into_iter().skip(from).take(1 + dice.below(4)).collect()
            }).collect();
            if dice.below(8) == 0 {
                words.push("없는말".to_owned());
            }
            let fits = |parts: &[String; 4]| words.iter().all(|word| parts.iter().any(|part| part.contains(&plain(word))));
            let naive: Vec<Value> = texts.iter().filter(|(_, parts)| fits(parts)).map(|(code, _)| code.clone()).collect();
            let query = format!("q={}", escaped(&words.join(" ")));
            assert_eq!(ids(&app, &auditor, &query).await, naive, "{words:?}");
            found += naive.len();
        }
        assert!(found > 150, "{found}");
    }
}
