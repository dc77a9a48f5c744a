//! Eligibility (적격 심사): every finding, by everybody who may and nobody else.

use super::kit::{Open, find, path, submitted, then};
use domain::access::Role;
use serde_json::{Value, json};
use tests::{Answer, both};

fn eligible() -> Value {
    json!({ "found": "eligible", "with": { "groups": ["depopulation_area"], "bonuses": [{ "code": "npu", "points": "2", "evidence": "확약서" }] } })
}

fn faults(answer: &Answer) -> Vec<String> {
    answer.faults()
}

both! {
    /// Eligible, not eligible, more asked and answered; the evaluation waits for the last of them.
    async fn every_application_is_found_eligible_or_not(app: TestApp) {
        let call = Open::of(&app, "c-screen", ("mois", "nia")).await;
        let (busan, daegu) = (app.persona(Role::Applicant, "sido-26").await, app.persona(Role::Applicant, "sido-27").await);
        let one = submitted(&app, &busan, &call.key, "sido-26", "AI 민원 안내").await;
        let two = submitted(&app, &daegu, &call.key, "sido-27", "AI 도로 관리").await;
        let three = submitted(&app, &app.planner("mohw").await, &call.key, "mohw", "AI 진료 기록").await;
        let four = submitted(&app, &daegu, &call.key, "sido-27", "AI 하천 관리").await;
        then(&app, &daegu, &four, "withdraw", json!({ "reason": "중복" })).await.expect(200);
        let nia = app.persona(Role::Coordinator, "nia").await;
        assert_eq!(find(&app, &nia, &one, eligible()).await.expect(409).json["code"], "not_screening");

        call.screen(&app).await;
        let wrong = json!({ "found": "ineligible", "rules": ["plan_attached", "beauty"], "reason": "미제출" });
        assert_eq!(faults(&find(&app, &nia, &one, wrong).await.expect(422)), ["/verdict/rules/1 rule_named_wrongly"]);
        let done = find(&app, &nia, &one, eligible()).await.expect(200);
        assert_eq!((&done.json["standing"], &done.json["application"]["screenings"][0]["outcome"]["with"]["groups"]), (&json!("eligible"), &json!(["depopulation_area"])));
        let moves = async || {
            let moves = app.get(&app.renew(&call.coordinator), &format!("/v1/calls/{}/moves", call.key)).await.expect(200);
            let moves = moves.json["moves"].as_array().unwrap().clone();
            moves.into_iter().find(|m| m["kind"] == "begin_evaluation").unwrap()
        };
        let refused = call.step(&app, "evaluation", json!({})).await.expect(409);
        assert_eq!((&refused.json["code"], &moves().await["possible"]), (&json!("applications_undecided"), &json!(false)));
        assert!(refused.json["detail"].as_str().unwrap().contains("2건"), "two stand, one was taken back: {}", refused.json);

        let not = json!({ "found": "ineligible", "rules": ["plan_attached"], "reason": "사업계획서가 없습니다" });
        find(&app, &nia, &two, not).await.expect(200);
        let told = app.get(&app.renew(&daegu), &path(&two)).await.expect(200);
        let with = &told.json["application"]["screenings"][0]["outcome"]["with"];
        assert_eq!((&told.json["standing"], with), (&json!("ineligible"), &json!({ "rules": ["plan_attached"], "reason": "사업계획서가 없습니다" })));

        let due = |seconds: i64| domain::day::Instant::from_micros(app.app.clock.now().micros() + seconds * 1_000_000);
        let ask = |due| json!({ "found": "ask_more", "question": "확약서를 내십시오", "due": due });
        assert_eq!(faults(&find(&app, &nia, &three, ask(due(0))).await.expect(422)), ["/verdict/due wrong_order"]);
        find(&app, &nia, &three, ask(due(60))).await.expect(200);
        let mohw = app.planner("mohw").await;
        let answer = || json!({ "answer": "붙입니다", "papers": [] });
        assert_eq!(then(&app, &mohw, &one, "supplement", answer()).await.expect(404).json["code"], "not_found");
        app.pass(60);
        let answered = then(&app, &mohw, &three, "supplement", answer()).await.expect(200);
        assert_eq!((&answered.json["standing"], answered.json["application"]["submissions"].as_array().unwrap().len()), (&json!("submitted"), 1));
        assert_eq!(then(&app, &mohw, &three, "supplement", answer()).await.expect(409).json["code"], "nothing_asked");
        find(&app, &nia, &three, ask(due(60))).await.expect(200);
        app.pass(61);
        assert_eq!(then(&app, &mohw, &three, "supplement", answer()).await.expect(409).json["code"], "nothing_asked");

        // A call that was given up asks nothing any more.
        let other = Open::of(&app, "c-given-up", ("mois", "nia")).await;
        let asked = submitted(&app, &app.renew(&mohw), "c-given-up", "mohw", "AI 민원 안내").await;
        other.screen(&app).await;
        find(&app, &nia, &asked, ask(due(600))).await.expect(200);
        other.step(&app, "cancel", json!({ "reason": "예산 조정" })).await.expect(200);
        assert_eq!(then(&app, &mohw, &asked, "supplement", answer()).await.expect(409).json["code"], "not_screening");

        call.step(&app, "evaluation", json!({})).await.expect(409);
        find(&app, &nia, &three, eligible()).await.expect(200);
        assert_eq!(moves().await["possible"], true);
        call.step(&app, "evaluation", json!({})).await.expect(200);
        assert_eq!(find(&app, &nia, &three, eligible()).await.expect(409).json["code"], "not_screening");
        // Taking it back is still possible; it is not as if it had never been there.
        then(&app, &mohw, &three, "withdraw", json!({ "reason": "사정 변경" })).await.expect(200);
    }

    /// Nobody screens what the own body has a part in, nor what another body's call has brought.
    async fn nobody_screens_the_own_bodys(app: TestApp) {
        let call = Open::of(&app, "c-own", ("mois", "nia")).await;
        let own = submitted(&app, &app.planner("mois").await, &call.key, "mois", "AI 민원 안내").await;
        let mut joint = super::content("AI 도로 관리");
        joint["partners"] = json!([{ "body": "nia", "part": "기술 지원" }]);
        let busan = app.persona(Role::Applicant, "sido-26").await;
        let theirs = super::draft(&app, &busan, &call.key, "sido-26", joint).await;
        then(&app, &busan, &theirs, "submit", json!({})).await.expect(200);
        // Also when what is being written names the partner no longer.
        app.patch(&busan, &path(&theirs), "*", json!({ "partners": [] })).await.expect(200);
        call.screen(&app).await;
        for (body, of_own, of_theirs) in [("mois", 403, 200), ("nia", 200, 403), ("msit", 404, 404)] {
            let who = app.persona(Role::Coordinator, body).await;
            for (application, status) in [(&own, of_own), (&theirs, of_theirs)] {
                find(&app, &who, application, eligible()).await.expect(status);
            }
        }
        // A progress manager and an auditor read it and find nothing.
        for (role, body) in [(Role::ProgressManager, "nia"), (Role::Auditor, "bai")] {
            let who = app.persona(role, body).await;
            app.get(&who, &path(&own)).await.expect(200);
            find(&app, &who, &own, eligible()).await.expect(403);
        }
    }
}
