//! Applications (신청): drafts and submissions; what screening finds; what is found again; many at once.

mod found;
pub mod kit;
mod screening;
mod together;

use domain::access::Role;
use kit::{LIST, OPEN_FOR, Open, content, draft, laid_down, path, submitted, then};
use serde_json::{Value, json};
use tests::{Answer, both};

/// The faults that a check tells, as `pointer code`.
fn reasons(check: &Answer) -> Vec<String> {
    let told = |f: &Value| format!("{} {}", f["pointer"].as_str().unwrap(), f["code"].as_str().unwrap());
    check.json["reasons"].as_array().unwrap().iter().map(told).collect()
}

both! {
    /// A draft is seen by those who take part in it and by auditors, and by nobody else.
    async fn a_draft_is_nobody_elses(app: TestApp) {
        let call = Open::of(&app, "c-draft", ("mois", "nia")).await;
        let busan = app.persona(Role::Applicant, "sido-26").await;
        let mut joint = content("AI 민원 안내");
        joint["partners"] = json!([{ "body": "msit", "part": "모델 제공" }]);
        let made = draft(&app, &busan, &call.key, "sido-26", joint).await;
        assert_eq!(made.json["standing"], "draft");
        assert_eq!(made.json["application"]["applicant"], json!({ "body": "sido-26", "level": "sido", "region": "26" }));
        assert_eq!(made.headers.get("location").unwrap().to_str().unwrap(), path(&made));
        for (role, body, reads) in [
            (Role::Applicant, "sido-26", true),
            (Role::Planner, "msit", true),
            (Role::Auditor, "bai", true),
            (Role::Applicant, "sido-27", false),
            (Role::Planner, "mois", false),
            (Role::Coordinator, "mois", false),
            (Role::Coordinator, "nia", false),
        ] {
            let who = app.persona(role, body).await;
            let (status, listed) = if reads { (200, 1) } else { (404, 0) };
            app.get(&who, &path(&made)).await.expect(status);
            let list = app.get(&who, &format!("{LIST}?count=exact")).await.expect(200);
            assert_eq!((&list.json["total"], list.json["items"].as_array().unwrap().len()), (&json!(listed), listed), "{role} {body}");
            app.get(&who, &format!("{}/similar", path(&made))).await.expect(status);
        }
        // A partner reads and writes nothing; nobody begins one for another body.
        let partner = app.planner("msit").await;
        app.patch(&partner, &path(&made), "*", json!({ "title": "AI" })).await.expect(403);
        then(&app, &partner, &made, "submit", json!({})).await.expect(403);
        app.post(&busan, LIST, json!({ "call": call.key, "body": "sido-27", "content": content("AI") })).await.expect(403);
    }

    /// What is wrong with a new one is told at once; a call that one may not read is the same as none.
    async fn a_draft_names_what_there_is(app: TestApp) {
        let call = Open::of(&app, "c-names", ("mois", "nia")).await;
        Open::draft(&app, "c-hidden", ("mois", "nia")).await;
        let busan = app.persona(Role::Applicant, "sido-26").await;
        let mut wrong = content("AI 민원 안내");
        wrong["own_in_kind_krw"] = json!(34_567_001);
        wrong["partners"] = json!([{ "body": "nobody", "part": "총괄" }, { "body": "moef_old", "part": "재정" }]);
        let new = |call: &str| json!({ "call": call, "body": "sido-26", "content": wrong });
        let refused = app.post(&busan, LIST, new(&call.key)).await.expect(422);
        let faults = ["/content/partners/0/body not_known", "/content/partners/1/body body_closed"];
        assert_eq!(refused.faults(), [faults[0], faults[1], "/content/total_cost_krw cost_parts_too_much"]);
        for hidden in ["c-hidden", "c-none"] {
            let refused = app.post(&busan, LIST, new(hidden)).await.expect(422);
            assert_eq!(refused.faults(), ["/call not_known", faults[0], faults[1]], "{hidden}");
        }
        let nia = app.planner("nia").await;
        let refused = app.post(&nia, LIST, json!({ "call": call.key, "body": "nia", "content": content("AI") })).await.expect(422);
        assert_eq!(refused.faults(), ["/body applicant_not_eligible"]);
    }

    /// Told beforehand what is wanting; submitted in numbered versions, to the second of the deadline.
    async fn it_is_submitted_until_the_last_second(app: TestApp) {
        let call = Open::of(&app, "c-time", ("mois", "nia")).await;
        let busan = app.persona(Role::Applicant, "sido-26").await;
        let made = draft(&app, &busan, &call.key, "sido-26", json!({ "title": "AI 민원 안내" })).await;
        let at = path(&made);
        let check = app.get(&busan, &format!("{at}/submission-check")).await.expect(200);
        let wanting = ["summary", "plan", "total_cost_krw", "expected_effects", "milestones", "common_base", "papers"];
        assert_eq!((reasons(&check), &check.json["possible"]), (wanting.map(|name| format!("/content/{name} paper_wanting")).to_vec(), &json!(false)));
        assert_eq!(check.json["reasons"][0]["detail"], "요약이 없습니다");
        let english = actix_web::test::TestRequest::get().uri(&format!("{at}/submission-check"));
        let english = english.insert_header(("authorization", format!("Bearer {}", busan.token))).insert_header(("accept-language", "en"));
        assert_eq!(app.send(english).await.json["reasons"][0]["detail"], "There is no summary");
        let refused = then(&app, &busan, &made, "submit", json!({})).await.expect(422);
        assert_eq!(refused.faults().len(), 7);

        // Drafts do not hold the rules; the first submission does.
        let again = async || {
            app.put(&call.coordinator, &format!("/v1/calls/{}/rules", call.key), "*", laid_down(Some("배점 정정"))).await
        };
        again().await.expect(200);
        app.send_as(&busan, "PATCH", &at, None, Some(&json!({ "title": "AI" }))).await.expect(428);
        app.patch(&busan, &at, &made.tag(), content("AI 민원 안내")).await.expect(200);
        app.patch(&busan, &at, &made.tag(), content("AI")).await.expect(412);
        let first = then(&app, &busan, &made, "submit", json!({})).await.expect(200);
        assert_eq!((&first.json["standing"], &first.json["application"]["submissions"][0]["rules_edition"]), (&json!("submitted"), &json!(2)));
        assert_eq!(again().await.expect(409).json["code"], "call_rules_fixed");
        assert_eq!(then(&app, &busan, &made, "submit", json!({})).await.expect(409).json["code"], "nothing_new");

        // Those who run the call see what was submitted, not what is being written.
        app.patch(&busan, &at, &first.tag(), json!({ "title": "AI 민원 안내 2", "own_cash_krw": null })).await.expect(200);
        let ahead = app.get(&busan, &at).await.expect(200);
        assert_eq!((&ahead.json["application"]["content"]["title"], &ahead.json["application"]["content"]["own_cash_krw"]), (&json!("AI 민원 안내 2"), &json!(null)));
        let seen = app.get(&call.coordinator, &at).await.expect(200);
        assert_eq!(seen.json["application"]["content"]["title"], "AI 민원 안내");
        let told = |history: &Answer| history.json.to_string().contains("AI 민원 안내 2");
        let history = app.get(&call.coordinator, &format!("{at}/history")).await.expect(200);
        let actions: Vec<_> = history.json["items"].as_array().unwrap().iter().map(|i| i["action"].clone()).collect();
        assert_eq!(actions, ["application.change", "application.submit", "application.change", "application.create"]);
        let auditor = app.persona(Role::Auditor, "bai").await;
        assert!(!told(&history) && told(&app.get(&auditor, &format!("{at}/history")).await));
        app.get(&busan, &format!("{at}/history")).await.expect(403);

        call.until(&app, OPEN_FOR);
        let second = then(&app, &busan, &made, "submit", json!({})).await.expect(200);
        let titles: Vec<_> = second.json["application"]["submissions"].as_array().unwrap().iter().map(|s| s["content"]["title"].clone()).collect();
        assert_eq!(titles, ["AI 민원 안내", "AI 민원 안내 2"]);

        call.until(&app, OPEN_FOR + 1);
        let late = then(&app, &busan, &made, "submit", json!({})).await.expect(409);
        assert_eq!(late.json["code"], "submission_late");
        assert_eq!(app.patch(&busan, &at, "*", json!({ "title": "AI" })).await.expect(409).json["code"], "application_fixed");
        let check = app.get(&busan, &format!("{at}/submission-check")).await.expect(200);
        assert_eq!((reasons(&check), &check.json["call_state"]), (vec![" submission_late".to_owned()], &json!("closed")));
        let new = json!({ "call": call.key, "body": "sido-26", "content": content("AI") });
        assert_eq!(app.post(&busan, LIST, new).await.expect(409).json["code"], "submission_late");
    }

    /// What was taken back is kept and seen by the same readers; nothing is taken back that was not submitted.
    async fn what_is_withdrawn_is_kept(app: TestApp) {
        let call = Open::of(&app, "c-back", ("mois", "nia")).await;
        let busan = app.persona(Role::Applicant, "sido-26").await;
        let why = || json!({ "reason": "재원 사정" });
        let unsent = draft(&app, &busan, &call.key, "sido-26", content("AI 상담")).await;
        assert_eq!(then(&app, &busan, &unsent, "withdraw", why()).await.expect(409).json["code"], "not_submitted");
        let made = submitted(&app, &busan, &call.key, "sido-26", "AI 민원 안내").await;
        let gone = then(&app, &busan, &made, "withdraw", why()).await.expect(200);
        assert_eq!((&gone.json["standing"], &gone.json["application"]["withdrawal"]["reason"]), (&json!("withdrawn"), &json!("재원 사정")));
        for act in ["submit", "withdraw"] {
            assert_eq!(then(&app, &busan, &made, act, why()).await.expect(409).json["code"], "application_withdrawn", "{act}");
        }
        let kept = app.get(&call.coordinator, &path(&made)).await.expect(200);
        assert_eq!((&kept.json["standing"], kept.json["application"]["submissions"].as_array().unwrap().len()), (&json!("withdrawn"), 1));
        let history = app.get(&call.coordinator, &format!("{}/history", path(&made))).await.expect(200);
        assert_eq!((&history.json["items"][0]["action"], &history.json["items"][0]["reason"]), (&json!("application.withdraw"), &json!("재원 사정")));

        // Of a call that was given up, everything stays to be read.
        call.step(&app, "cancel", json!({ "reason": "예산 조정" })).await.expect(200);
        for (who, application) in [(&busan, &made), (&busan, &unsent), (&call.coordinator, &made)] {
            app.get(who, &path(application)).await.expect(200);
        }
        assert_eq!(then(&app, &busan, &unsent, "submit", json!({})).await.expect(409).json["code"], "call_not_open");
    }
}
