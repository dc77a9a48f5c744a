//! Budget lines (예산 내역): opened, described anew, taken out of use, listed.

use super::{codes, encoded, id_of, line, open};
use serde_json::{Value, json};
use tests::both;

/// An empty list of places.
const NOTHING: [usize; 0] = [];

both! {
    /// Every fault of a new line is told at once, and what it names must be there.
    async fn a_line_is_opened_or_told_what_is_wrong(app: TestApp) {
        let msit = app.planner("msit").await;
        let mut new = line("msit", 2026, 1000);
        new["envelope"] = json!("ax-2026");
        new["hierarchy"] = json!({ "detailed_project": "1131-301" });
        let made = app.post(&msit, "/v1/budget-lines", new.clone()).await.expect(201);
        assert_eq!(made.tag(), "\"v1\"");
        assert_eq!(made.json["entries"].as_array().unwrap().len(), 1);
        let path = made.headers.get("location").unwrap().to_str().unwrap();
        let read = app.get(&msit, path).await.expect(200);
        assert_eq!((&read.json, read.tag()), (&made.json["line"], made.tag()));

        new["standing"] = json!("closed");
        new["envelope"] = json!("ax-1999");
        new["project"] = json!("01890a5d-ac96-774b-bcce-b302099a8057");
        new["appropriation"]["booked_on"] = json!("2027-01-01");
        let refused = app.post(&msit, "/v1/budget-lines", new.clone()).await.expect(422);
        let faults = refused.faults();
        for fault in ["/envelope not_known", "/project not_known", "/standing budget_line_standing", "/appropriation/booked_on outside_fiscal_year"] {
            assert!(faults.contains(&fault.to_owned()), "{fault}: {faults:?}");
        }
        let form = app.post(&msit, "/v1/budget-lines", json!({ "body": "MSIT", "fiscal_year": 1999, "colour": 1 })).await.expect(422);
        assert!(form.faults().contains(&"/colour unknown_field".to_owned()) && form.faults().len() > 5);
        let nobody = app.post(&msit, "/v1/budget-lines", line("nobody", 2026, 1)).await.expect(422);
        assert_eq!(nobody.faults(), ["/body not_known"]);
        let mofe = app.planner("mofe").await;
        let early = app.post(&mofe, "/v1/budget-lines", line("mofe", 2025, 1)).await.expect(422);
        assert_eq!(early.faults(), ["/body body_not_yet"]);
    }

    /// A change names its version; what is fixed stays, `null` clears, what is left out stays.
    async fn a_change_names_its_version(app: TestApp) {
        let msit = app.planner("msit").await;
        let mut new = line("msit", 2026, 1000);
        new["hierarchy"] = json!({ "field": "020", "detailed_project": "1131-301" });
        new["envelope"] = json!("ax-2026");
        let path = open(&app, &msit, new).await;
        let change = json!({ "title": "AI 민원 안내 고도화", "envelope": null });
        let missing = app.send(actix_web::test::TestRequest::patch().uri(&path)
            .insert_header(("authorization", format!("Bearer {}", msit.token)))
            .insert_header(("content-type", "application/merge-patch+json"))
            .set_payload(change.to_string())).await.expect(428);
        assert_eq!(missing.json["code"], "version_missing");
        app.patch(&msit, &path, "\"v9\"", change.clone()).await.expect(412);
        let changed = app.patch(&msit, &path, "\"v1\"", change).await.expect(200);
        assert_eq!((changed.tag().as_str(), &changed.json["title"]), ("\"v2\"", &json!("AI 민원 안내 고도화")));
        assert_eq!((&changed.json["envelope"], &changed.json["hierarchy"]["field"]), (&json!(null), &json!("020")));
        let fixed = app.patch(&msit, &path, "\"v2\"", json!({ "kind": "loan", "hierarchy": { "field": null } })).await.expect(409);
        assert_eq!(fixed.faults(), ["/hierarchy budget_line_not_draft", "/kind budget_line_not_draft"]);
        app.post(&msit, &format!("{path}/standing"), json!({ "to": "closed", "reason": "마감" })).await.expect(428);
        app.post_to(&msit, &format!("{path}/standing"), "\"v1\"", json!({ "to": "closed", "reason": "마감" })).await.expect(412);
        let unknown = app.patch(&msit, &path, "\"v2\"", json!({ "balances": {} })).await.expect(422);
        assert_eq!(unknown.faults(), ["/balances unknown_field"]);
    }

    /// A draft is taken out of use and leaves the lists; a firm line is not.
    async fn a_draft_is_taken_out_of_use(app: TestApp) {
        let msit = app.planner("msit").await;
        let firm = open(&app, &msit, line("msit", 2026, 1000)).await;
        let mut new = line("msit", 2026, 1000);
        new["standing"] = json!("draft");
        let draft = open(&app, &msit, new).await;
        let refused = app.delete(&msit, &firm, "\"v1\"").await.expect(409);
        assert_eq!(refused.json["code"], "budget_line_not_draft");
        app.delete(&msit, &draft, "\"v7\"").await.expect(412);
        app.delete(&msit, &draft, "\"v1\"").await.expect(204);
        let kept = app.get(&msit, &draft).await.expect(200);
        assert!(kept.json["removed_at"].is_string());
        let list = app.get(&msit, "/v1/budget-lines?count=exact").await.expect(200);
        assert_eq!((&list.json["total"], &list.json["items"][0]["id"]), (&json!(1), &json!(id_of(&firm))));
    }

    /// Filters, sorts and pages.
    async fn lines_are_found(app: TestApp) {
        let (msit, mois) = (app.planner("msit").await, app.planner("mois").await);
        let mut ids = Vec::new();
        for n in 1..=9_i64 {
            let mut new = line("msit", if n % 2 == 0 { 2026 } else { 2025 }, n * 100);
            new["title"] = json!(format!("과제 {n} AI_100%"));
            new["kind"] = json!(if n % 3 == 0 { "loan" } else { "grant" });
            new["standing"] = json!(if n == 9 { "draft" } else { "active" });
            if n % 2 == 0 {
                new["envelope"] = json!("ax-2026");
            }
            ids.push(id_of(&open(&app, &msit, new).await).to_owned());
        }
        open(&app, &mois, line("mois", 2026, 50)).await;
        let found = async |query: &str| -> Vec<usize> {
            let page = app.get(&msit, &format!("/v1/budget-lines?page_size=200&{query}")).await.expect(200);
            let place = |l: &Value| ids.iter().position(|id| l["id"] == *id).unwrap() + 1;
            page.json["items"].as_array().unwrap().iter().map(place).collect()
        };
        assert_eq!(found("").await, [9, 8, 7, 6, 5, 4, 3, 2, 1]);
        assert_eq!(found("fiscal_year=2026&sort=created_at").await, [2, 4, 6, 8]);
        assert_eq!(found("kind=loan&sort=-current_budget_krw").await, [9, 6, 3]);
        assert_eq!(found("standing=draft").await, [9]);
        assert_eq!(found("envelope=ai-ecosystem-2026&sort=current_budget_krw").await, [2, 4, 6, 8]);
        assert_eq!(found("envelope=public-ai-2026").await, NOTHING);
        assert_eq!(found("envelope=unknown").await, NOTHING);
        assert_eq!(found("current_budget_krw_gte=300&current_budget_krw_lte=500&sort=created_at").await, [3, 4, 5]);
        assert_eq!(found("sort=fiscal_year").await, [1, 3, 5, 7, 9, 2, 4, 6, 8]);
        assert_eq!(found("account_kind=fund").await, NOTHING);
        assert_eq!(found("body=mois").await, NOTHING);
        assert_eq!(found(&format!("q={}", encoded("7 ai_100%"))).await, [7]);
        assert_eq!(found(&format!("q={}", encoded("1%"))).await, NOTHING);
        for sort in ["-created_at", "fiscal_year", "-fiscal_year", "updated_at", "-updated_at", "current_budget_krw"] {
            let whole = found(&format!("sort={sort}")).await;
            let (mut pages, mut token) = (Vec::new(), String::new());
            loop {
                let page = app.get(&msit, &format!("/v1/budget-lines?page_size=2&sort={sort}{token}")).await.expect(200);
                let items = page.json["items"].as_array().unwrap();
                pages.extend(items.iter().map(|l| ids.iter().position(|id| l["id"] == *id).unwrap() + 1));
                let Some(next) = page.json["next_page_token"].as_str() else { break };
                token = format!("&page_token={next}");
            }
            assert_eq!(pages, whole, "{sort}");
        }
        let wrong = app.get(&msit, "/v1/budget-lines?kind=gift&colour=red&fiscal_year=abc").await.expect(422);
        assert_eq!(wrong.faults().len(), 3);
        assert_eq!(codes(&wrong.json["errors"]).len(), 3);
    }
}
