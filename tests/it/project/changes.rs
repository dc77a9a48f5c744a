//! Changing projects (과제 수정): all faults at once, references that exist, tags that tell what is current, Korean search.

use super::{act, alone, change, enter, escaped, filed, path, refused};
use actix_web::test::TestRequest;
use domain::access::Role;
use serde_json::{Value, json};
use tests::{Persona, TestApp, both};

async fn found(app: &TestApp, who: &Persona, q: &str) -> usize {
    let page = app.get(who, &format!("/v1/projects?q={}", escaped(q))).await.expect(200);
    page.json["items"].as_array().unwrap().len()
}

both! {
    /// Search finds pieces of Korean words, whatever the spacing, and forgets what a text no longer says.
    async fn korean_text_is_found_by_its_pieces(app: TestApp) {
        let mois = app.planner("mois").await;
        let draft = enter(&app, &mois, json!({})).await;
        let pieces = [("민원안내", 1), ("원 안내", 1), ("담당 부서", 1), ("AX-2026-000001", 1), ("민", 1), ("국방", 0), ("-", 0),
            ("ＡＩ 서비스", 1), ("비스민", 0), ("안내 국방", 0)];
        for (q, count) in pieces {
            assert_eq!(found(&app, &mois, q).await, count, "{q}");
        }
        let alike = app.get(&mois, &format!("/v1/projects/similar?title={}", escaped("AI민원안내"))).await.expect(200);
        assert_eq!(alike.json["items"][0]["code"], "AX-2026-000001");
        change(&app, &mois, &draft, json!({ "title": { "ko": "국방 AI 정비 예측" }, "summary": null })).await;
        assert_eq!((found(&app, &mois, "국방").await, found(&app, &mois, "민원").await), (1, 0));
    }

    /// Every fault of a change is told at once and nothing changes.
    async fn a_wrong_change_changes_nothing(app: TestApp) {
        let mois = app.planner("mois").await;
        let made = enter(&app, &mois, json!({})).await;
        let at = path(&made);
        let wrong = json!({ "lead_share": "50", "partners": [{ "body": "nobody", "share": "40" }], "fields": ["space"] });
        let refused = app.patch(&mois, &at, &made.tag(), wrong).await.expect(422);
        assert_eq!(refused.faults(), ["/fields/0 not_in_list", "/partners shares_not_whole"]);
        let ghost = "00000000-0000-7000-8000-000000000000";
        let unknown = json!({
            "partners": [{ "body": "nobody", "share": "20" }, { "body": "moef_old", "share": "20" }], "regions": ["36", "99999"],
            "programme": "no-such-programme", "links": [{ "kind": "similar", "project": ghost }] });
        let refused = app.patch(&mois, &at, &made.tag(), unknown).await.expect(422);
        assert_eq!(refused.faults(), [
            "/links/0/project not_known",
            "/partners/0/body not_known",
            "/partners/1/body body_closed",
            "/programme not_known",
            "/regions/1 not_known",
        ]);
        let outside = json!({ "milestones": [{ "name": "설계", "phase": "execution", "due": "2027-01", "body": "mohw" }] });
        let refused = app.patch(&mois, &at, &made.tag(), outside).await.expect(422);
        assert_eq!(refused.faults(), ["/milestones/0/body not_taking_part"]);
        let after = app.get(&mois, &at).await.expect(200);
        assert_eq!(after.json["project"], made.json);
    }

    /// What was right once stays in the record: a partner that has closed since does not stand in the way of a change.
    async fn a_partner_that_closed_stays(app: TestApp) {
        let (mois, coordinator) = (app.planner("mois").await, app.coordinator().await);
        let body = json!({ "key": "ax-centre", "kind": "public_institution",
            "facts": { "name": { "ko": "AX 지원센터" }, "parent": "msit", "valid_from": "2026-03-06", "source": "시험" } });
        let body = app.post(&coordinator, "/v1/bodies", body).await.expect(201);
        let made = enter(&app, &mois, json!({ "partners": [{ "body": "ax-centre", "share": "40" }] })).await;
        let end = json!({ "last_day": "2026-11-21", "successors": ["nia"], "reason": "통합" });
        app.post_to(&coordinator, "/v1/bodies/ax-centre/close", &body.tag(), end).await.expect(200);
        let changed = change(&app, &mois, &made, json!({ "target_system": "온나라" })).await;
        let again = json!({ "partners": [{ "body": "ax-centre", "share": "40" }], "lead_share": "60" });
        change(&app, &mois, &changed, again).await;
        let other = app.post(&mois, "/v1/projects", super::joint(&json!({ "partners": [{ "body": "ax-centre", "share": "40" }] }))).await;
        assert_eq!(other.expect(422).faults(), ["/project/partners/0/body body_closed"]);
    }

    /// The page's tag changes with the record and with the day, and says when there is nothing new.
    async fn a_page_tells_when_nothing_is_new(app: TestApp) {
        let mois = app.planner("mois").await;
        let project = filed(&app, &mois, json!({})).await;
        let ask = async |who: &Persona, at: &str, tag: &str| {
            let request = TestRequest::get().uri(at).insert_header(("if-none-match", tag));
            app.send(request.insert_header(("authorization", format!("Bearer {}", who.token)))).await
        };
        let first = app.get(&mois, &path(&project)).await.expect(200);
        assert!(ask(&mois, &path(&project), &first.tag()).await.expect(304).bytes.is_empty());
        let changed = app.patch(&mois, &path(&project), &first.tag(), json!({ "target_system": "온나라" })).await.expect(200);
        let second = ask(&mois, &path(&project), &first.tag()).await.expect(200);
        assert_eq!(second.json["project"]["version"], changed.json["version"]);
        app.patch(&mois, &path(&project), &first.tag(), json!({ "target_system": "x" })).await.expect(412);
        let list = app.get(&mois, "/v1/projects").await.expect(200);
        ask(&mois, "/v1/projects", &list.tag()).await.expect(304);
        app.pass(86_400);
        let mois = app.renew(&mois);
        let next_day = ask(&mois, &path(&project), &second.tag()).await.expect(200);
        assert_eq!(next_day.json["today"]["day"], "2026-11-23");
        assert_eq!(next_day.json["project"], second.json["project"]);
    }

    /// A confirmation keeps what was shown, also when the others have changed since; a renamed draft is compared again.
    async fn a_confirmation_keeps_what_was_shown(app: TestApp) {
        let (mois, mohw) = (app.planner("mois").await, app.planner("mohw").await);
        let other = filed(&app, &mohw, alone("mohw", "AI 민원 안내 챗봇")).await;
        let draft = enter(&app, &mois, json!({})).await;
        let shown = app.get(&mois, &format!("{}/similar", path(&draft))).await.expect(200);
        assert_eq!(shown.json["items"][0]["id"], other.json["id"]);
        let looked = act(&app, &mois, &draft, "similar-confirmation", json!({})).await;
        let kept = looked.json["similar_check"]["candidates"].clone();
        assert_eq!(kept, json!([{ "project": other.json["id"], "score": shown.json["items"][0]["score"] }]));
        change(&app, &mohw, &other, json!({ "title": { "ko": "의료 영상 판독" }, "summary": "영상을 읽는다." })).await;
        let same = change(&app, &mois, &looked, json!({ "target_system": "온나라" })).await;
        assert_eq!(same.json["similar_check"]["candidates"], kept);
        let renamed = change(&app, &mois, &same, json!({ "title": { "ko": "AI 민원 상담 서비스" } })).await;
        assert_eq!(renamed.json["similar_check"], Value::Null);
        refused(&app, &mois, &renamed, "file", json!({}), (409, "move_refused")).await;
    }

    /// Attachments are kept by what is known of them, once each; priority is a coordinator's, with its reason.
    async fn attachments_and_priority(app: TestApp) {
        let (mois, msit, nia) = (app.planner("mois").await, app.planner("msit").await, app.persona(Role::Coordinator, "nia").await);
        let project = filed(&app, &mois, json!({})).await;
        let file = |name: &str, media: &str, digit: &str| json!({ "name": name, "media_type": media, "bytes": 1024, "sha256": digit.repeat(64) });
        let one = act(&app, &msit, &project, "attachments", file("2500903_계획.hwpx", "application/hwp+zip", "a")).await;
        let wrong = app.post_to(&mois, &format!("{}/attachments", path(&one)), &one.tag(), file("../x.exe", "application/x-msdownload", "a")).await;
        assert_eq!(wrong.expect(422).faults(), ["/media_type wrong_media", "/name wrong_form", "/sha256 duplicate"]);
        let two = act(&app, &mois, &one, "attachments", file("계획.pdf", "application/pdf", "b")).await;
        assert_eq!(two.json["attachments"].as_array().unwrap().len(), 2);

        let priority = json!({ "priority": { "reason": "국가 중점 과제", "decided_by": "과학기술관계장관회의", "decided_on": "2026-11-22" } });
        app.post_to(&mois, &format!("{}/priority", path(&two)), &two.tag(), priority.clone()).await.expect(403);
        let tomorrow = json!({ "priority": { "reason": "국가 중점 과제", "decided_by": "회의", "decided_on": "2026-11-23" } });
        app.post_to(&nia, &format!("{}/priority", path(&two)), &two.tag(), tomorrow).await.expect(422);
        let first = act(&app, &nia, &two, "priority", priority).await;
        assert_eq!(first.json["priority"]["decided_by"], "과학기술관계장관회의");
        let lifted = act(&app, &nia, &first, "priority", json!({ "priority": null })).await;
        assert_eq!(lifted.json["priority"], Value::Null);
    }
}
