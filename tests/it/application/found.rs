//! What is found again (조회): lists as far as the reader may see, and what is like an application.

use super::kit::{LIST, Open, content, draft, path, submitted, then};
use domain::access::Role;
use sea_orm::ConnectionTrait;
use serde_json::json;
use tests::{Answer, Persona, TestApp, both};

fn titles(page: &Answer) -> Vec<String> {
    page.json["items"].as_array().unwrap().iter().map(|i| i["title"].as_str().unwrap().to_owned()).collect()
}

/// What is like it, as titles with scores, and with how many it was compared.
async fn similar(app: &TestApp, who: &Persona, application: &Answer) -> (Vec<String>, i64) {
    let found = app.get(&app.renew(who), &format!("{}/similar", path(application))).await.expect(200);
    assert_eq!(found.json["all_applications_compared"], true);
    let told = |i: &serde_json::Value| {
        format!("{} {}", i["application"]["title"].as_str().unwrap(), i["score"].as_str().unwrap())
    };
    let all = found.json["applications"].as_array().unwrap().iter().map(told).collect();
    (all, found.json["applications_compared"].as_i64().unwrap())
}

both! {
    /// By call, body, level and standing, in either order; each reader what they may see.
    async fn lists_are_filtered(app: TestApp) {
        let (call, other) = (Open::of(&app, "c-one", ("mois", "nia")).await, Open::of(&app, "c-two", ("msit", "msit")).await);
        let (busan, mohw) = (app.persona(Role::Applicant, "sido-26").await, app.planner("mohw").await);
        draft(&app, &busan, &call.key, "sido-26", content("가")).await;
        let second = submitted(&app, &busan, &call.key, "sido-26", "나").await;
        app.pass(1);
        submitted(&app, &mohw, &call.key, "mohw", "다").await;
        app.pass(1);
        submitted(&app, &mohw, &other.key, "mohw", "라").await;
        app.pass(1);
        then(&app, &busan, &second, "withdraw", json!({ "reason": "중복" })).await.expect(200);
        let auditor = app.persona(Role::Auditor, "bai").await;
        for (query, found) in [
            ("", &["나", "라", "다", "가"][..]),
            ("?sort=submitted_at", &["나", "다", "라"]),
            ("?call=c-one", &["나", "다", "가"]),
            ("?call=c-one,c-two&sort=submitted_at&body=mohw", &["다", "라"]),
            ("?body=sido-26", &["나", "가"]),
            ("?level=central", &["라", "다"]),
            ("?level=central,sido&standing=submitted,draft", &["라", "다", "가"]),
            ("?standing=withdrawn", &["나"]),
            ("?standing=submitted&call=c-two", &["라"]),
        ] {
            let at = |more: &str| format!("{LIST}{}{}{more}", query, if query.is_empty() { "?" } else { "&" });
            let page = app.get(&auditor, &at("count=exact")).await.expect(200);
            assert_eq!((titles(&page), &page.json["total"]), (found.iter().map(ToString::to_string).collect(), &json!(found.len())), "{query}");
            // Page by page it is the same.
            let (mut walked, mut more) = (Vec::new(), String::new());
            loop {
                let page = app.get(&auditor, &at(&format!("page_size=1{more}"))).await.expect(200);
                walked.extend(titles(&page));
                let Some(token) = page.json["next_page_token"].as_str() else { break };
                more = format!("&page_token={token}");
            }
            assert_eq!(walked, titles(&page), "{query}");
        }
        let line = &app.get(&auditor, &format!("{LIST}?standing=withdrawn")).await.json["items"][0];
        assert_eq!((&line["applicant"]["level"], &line["submissions"], &line["total_cost_krw"]), (&json!("sido"), &json!(1), &json!(1_234_567_000)));
        for (who, found) in [
            (&busan, &["나", "가"][..]),
            (&mohw, &["라", "다"]),
            (&call.coordinator, &["나", "다"]),
            (&other.coordinator, &["라"]),
            (&app.persona(Role::ProgressManager, "nia").await, &["나", "다"]),
        ] {
            assert_eq!(titles(&app.get(who, LIST).await.expect(200)), found);
        }
        app.get(&app.persona(Role::Viewer, "mois").await, LIST).await.expect(403);
    }

    /// Applicants see what is like theirs among their own; those who run the call see the call and earlier ones of its
    /// programme; nobody sees another's draft.
    async fn similar_ones_are_found_as_far_as_one_may_see(app: TestApp) {
        let before = Open::of(&app, "c-2025", ("mois", "nia")).await;
        let (busan, daegu) = (app.persona(Role::Applicant, "sido-26").await, app.persona(Role::Applicant, "sido-27").await);
        submitted(&app, &daegu, &before.key, "sido-27", "AI 기반 민원 안내 서비스 구축").await;
        submitted(&app, &busan, &before.key, "sido-26", "AI기반 민원안내서비스 구축").await;
        app.pass(60);
        let call = Open::of(&app, "c-2026", ("mois", "nia")).await;
        let one = submitted(&app, &app.renew(&busan), &call.key, "sido-26", "AI 기반 민원 안내 서비스 구축").await;
        submitted(&app, &app.renew(&daegu), &call.key, "sido-27", "AI 기반 민원 상담 서비스 구축").await;
        submitted(&app, &app.renew(&daegu), &call.key, "sido-27", "농작물 병해충 예측").await;
        draft(&app, &app.renew(&daegu), &call.key, "sido-27", content("AI 기반 민원 안내 서비스 구축")).await;
        app.pass(60);
        let later = Open::of(&app, "c-2027", ("mois", "nia")).await;
        submitted(&app, &app.renew(&daegu), &later.key, "sido-27", "AI 기반 민원 안내 서비스 구축").await;

        assert_eq!(similar(&app, &busan, &one).await, (vec!["AI기반 민원안내서비스 구축 100.00".to_owned()], 1));
        let all = ["AI기반 민원안내서비스 구축 100.00", "AI 기반 민원 안내 서비스 구축 100.00", "AI 기반 민원 상담 서비스 구축 83.33"];
        let nia = app.persona(Role::Coordinator, "nia").await;
        for who in [&call.coordinator, &nia, &app.persona(Role::Auditor, "bai").await] {
            let (found, compared) = similar(&app, who, &one).await;
            assert_eq!((found, compared), (all.map(ToOwned::to_owned).to_vec(), 4));
        }

        // Projects as far as the reader sees projects.
        let planner = app.planner("mois").await;
        let project = json!({ "project": { "lead_body": "mois", "title": { "ko": "AI 기반 민원 안내 서비스 구축" }, "lead_share": "100" } });
        let project = app.post(&planner, "/v1/projects", project).await.expect(201);
        let own = submitted(&app, &planner, &later.key, "mois", "AI 기반 민원 안내 서비스 구축").await;
        let of = async |who: &Persona| {
            let found = app.get(&app.renew(who), &format!("{}/similar", path(&own))).await.expect(200);
            found.json["projects"].as_array().unwrap().iter().map(|p| p["id"].clone()).collect::<Vec<_>>()
        };
        assert_eq!((of(&planner).await, of(&nia).await), (vec![project.json["id"].clone()], vec![]), "drafts are the own body's");
    }

    /// A thousand are compared; that there were more is told.
    async fn the_bound_of_a_comparison_is_told(app: TestApp) {
        let call = Open::of(&app, "c-many", ("mois", "nia")).await;
        let one = submitted(&app, &app.planner("mois").await, &call.key, "mois", "AI 민원 안내").await;
        let auditor = app.persona(Role::Auditor, "bai").await;
        let whole = async || {
            let found = app.get(&auditor, &format!("{}/similar", path(&one))).await.expect(200);
            found.json["all_applications_compared"].clone()
        };
        assert_eq!(whole().await, true);
        let database = store::raw(&app.url()).await.unwrap();
        let id = if app.app.store.backend_name() == "sqlite" { "randomblob(16)" } else { "gen_random_uuid()" };
        let columns = "version, call, body, level, standing, submitted, submitted_at, updated_at, item, summary, document";
        for (many, told) in [(1000, true), (1, false)] {
            let copies = format!(
                "INSERT INTO application (id, {columns}) SELECT {id}, {columns} FROM (SELECT * FROM application LIMIT 1) one, \
                 (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {many}) SELECT i FROM n) many"
            );
            database.execute_unprepared(&copies).await.unwrap();
            assert_eq!(whole().await, told, "{many} more");
        }
    }
}
