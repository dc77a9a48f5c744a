//! GPUs (GPU 배분) as planners and coordinators live with them: asked for, given, waited for, given back, taken back.

pub mod kit;
mod round;
mod together;
mod waiting;

use domain::access::Role;
use kit::{LIST, approve, approved, ask, path, pool, project, stands, then};
use serde_json::json;
use tests::both;

both! {
    /// The pools of 2025 and the charges come built in, each with its source; round 1 is told by published figures alone.
    async fn what_is_published_comes_built_in(app: TestApp) {
        let viewer = app.persona(Role::Viewer, "moe").await;
        let pools = app.get(&viewer, "/v1/gpu-pools").await.expect(200).json;
        let told: Vec<_> = pools["items"].as_array().unwrap().iter().map(|p| (p["key"].as_str().unwrap(), p["capacity"][0]["government_gpus"].as_u64().unwrap())).collect();
        assert_eq!(told, [("gpu25-kakao-b200", 2_040), ("gpu25-naver-h200", 2_296), ("gpu25-nhn-b200", 6_120)]);
        let one = app.get(&viewer, "/v1/gpu-pools/gpu25-naver-h200").await.expect(200).json;
        assert_eq!((&one["capacity_gpus"], &one["free_gpus"], &one["pool"]["accelerator"]["model"]), (&json!(2_296), &json!(2_296), &json!("H200")));
        let b200 = app.get(&viewer, "/v1/gpu-pools?model=B200&owner=nipa").await.expect(200).json;
        assert_eq!(b200["items"].as_array().unwrap().len(), 2);
        let charges = app.get(&viewer, "/v1/user-charges").await.expect(200).json;
        let ministry = charges["items"].as_array().unwrap().iter().find(|c| c["class"] == "central_ministry").unwrap().clone();
        assert_eq!((&ministry["published"]["kind"], &ministry["applied"]["kind"], &ministry["confidence"]), (&json!("unknown"), &json!("free"), &json!("unknown")));
        for (key, value) in [("gpu-r1-gpus", "4224"), ("gpu-r1-h200-max-per-project", "256"), ("gpu-r1-b200-large-from", "32"), ("gpu-r1-max-months", "12")] {
            assert_eq!(app.get(&viewer, &format!("/v1/published-figures/{key}")).await.expect(200).json["value"], value);
        }
        app.get(&viewer, LIST).await.expect(403);
    }

    /// Asked, screened, approved, allocated, in use, over: each move by whoever may, with its reason, and the days by themselves.
    async fn servers_are_asked_for_and_given(app: TestApp) {
        pool(&app, "t-course", 64).await;
        let (planner, coordinator) = (app.planner("mois").await, app.persona(Role::Coordinator, "msit").await);
        let id = project(&app, &planner, "mois", None).await;
        let wrong = ask(&app, &planner, &id, ("t-course", 60), ("2026-11-21", "2027-12-01")).await.expect(422).json;
        let codes: Vec<_> = wrong["errors"].as_array().unwrap().iter().map(|e| e["code"].as_str().unwrap().to_owned()).collect();
        assert_eq!(codes, ["gpu_unit", "gpu_period_in_past", "gpu_period_too_long"]);
        assert!(wrong["errors"][0]["detail"].as_str().unwrap().contains("8장 단위"));
        let none = ask(&app, &planner, &id, ("t-none", 8), ("2026-12-01", "2027-03-01")).await.expect(422).json;
        assert_eq!(none["errors"][0]["pointer"], "/pool");
        let asked = ask(&app, &planner, &id, ("t-course", 64), ("2026-12-01", "2027-03-01")).await.expect(201);
        assert_eq!((&asked.json["state"], &asked.json["request"]["user_class"]), (&json!("requested"), &json!("central_ministry")));
        assert_eq!(then(&app, &coordinator, &asked, "approve", json!({ "reason": "적정" })).await.expect(409).json["code"], "gpu_request_state");
        let given = approve(&app, &coordinator, &asked, json!({ "gpus": 48, "reason": "일부 승인" })).await.expect(200);
        let charge = &given.json["request"]["approval"]["charge"];
        assert_eq!((&charge["from"], &charge["words"]["ko"]), (&json!("0.00"), &json!("중앙행정기관: 무상")));
        let given = then(&app, &coordinator, &asked, "allocate", json!({})).await.expect(200);
        assert_eq!((&given.json["state"], &given.json["request"]["grants"][0]["gpus"]), (&json!("allocated"), &json!(48)));
        assert_eq!(then(&app, &coordinator, &asked, "allocate", json!({})).await.expect(409).json["code"], "gpu_nothing_left");
        app.post_to(&coordinator, &format!("{}/reclaim", path(&asked)), "\"v1\"", json!({ "on": "2026-11-22", "ground": "other", "reason": "시험" })).await.expect(412);

        app.pass(10 * 86_400);
        assert_eq!(stands(&app, &planner, &asked).await.0, "active");
        let seen = app.get(&app.renew(&planner), "/v1/gpu-pools/t-course").await.expect(200).json;
        assert_eq!(seen["free_gpus"], 16);
        for (state, many) in [("active", 1), ("allocated", 0), ("requested,screened,approved,expired", 0)] {
            let list = app.get(&app.renew(&planner), &format!("{LIST}?state={state}")).await.expect(200).json;
            assert_eq!(list["items"].as_array().unwrap().len(), many, "{state}");
        }
        let held = app.get(&app.renew(&planner), "/v1/gpu-allocations?on=2026-12-31&model=H200").await.expect(200).json;
        assert_eq!((&held["items"][0]["held_today"], &held["items"][0]["allocation"]["gpu_hours"]), (&json!(true), &json!(48 * 24 * 90)));
        let file = app.get(&app.renew(&planner), "/v1/gpu-allocations/export?format=csv&header=keys&purpose=x").await.expect(200);
        let text = String::from_utf8(file.bytes.to_vec()).unwrap();
        assert!(text.starts_with("id,request,body,") && text.contains(",H200,tranche,48,2026-12-01,2027-03-01,"), "{text}");

        app.pass(100 * 86_400);
        assert_eq!(stands(&app, &planner, &asked).await.0, "expired");
        let history = app.get(&app.renew(&planner), &format!("{}/history", path(&asked))).await.expect(200).json;
        assert_eq!(history["items"].as_array().unwrap().len(), 4);
    }

    /// Who decides has no part: neither the body that asks nor one that takes part. Partners read, others do not know of it.
    async fn nobody_decides_on_the_own_body_s(app: TestApp) {
        let planner = app.planner("mois").await;
        let id = project(&app, &planner, "mois", Some("msit")).await;
        let asked = ask(&app, &planner, &id, ("gpu25-naver-h200", 8), ("2026-12-01", "2027-03-01")).await.expect(201);
        for (body, status) in [("mois", 403), ("msit", 403), ("nipa", 200)] {
            let coordinator = app.persona(Role::Coordinator, body).await;
            then(&app, &coordinator, &asked, "screen", json!({ "finding": "적정" })).await.expect(status);
        }
        for (role, body, status) in [(Role::Planner, "msit", 200), (Role::Planner, "moe", 404), (Role::Auditor, "bai", 200), (Role::Viewer, "mois", 404)] {
            let who = app.persona(role, body).await;
            app.get(&who, &path(&asked)).await.expect(status);
            let list = app.get(&who, &format!("{LIST}?body=mois")).await;
            assert_eq!(list.json["items"].as_array().map_or(0, Vec::len), usize::from(status == 200), "{role} {body}");
        }
        let partner = app.planner("msit").await;
        then(&app, &partner, &asked, "withdraw", json!({ "reason": "시험" })).await.expect(403);
        ask(&app, &partner, &id, ("gpu25-naver-h200", 8), ("2026-12-01", "2027-03-01")).await.expect(403);
        let gone = then(&app, &planner, &asked, "withdraw", json!({ "reason": "계획 변경" })).await.expect(200);
        assert_eq!(gone.json["state"], "withdrawn");
    }

    /// Half at once, half after a report; longer by decision; given back before its time, with all of it kept.
    async fn parts_extensions_and_returns_are_intervals(app: TestApp) {
        pool(&app, "t-parts", 64).await;
        let (planner, coordinator) = (app.planner("mois").await, app.persona(Role::Coordinator, "nipa").await);
        let id = project(&app, &planner, "mois", None).await;
        let asked = ask(&app, &planner, &id, ("t-parts", 64), ("2026-12-01", "2027-03-01")).await.expect(201);
        let parts = json!({ "reason": "단계 배분", "tranches": [{ "gpus": 32, "release": "at_once" }, { "gpus": 32, "release": "after_report" }] });
        approve(&app, &coordinator, &asked, parts).await.expect(200);
        then(&app, &coordinator, &asked, "allocate", json!({})).await.expect(200);
        assert_eq!(then(&app, &coordinator, &asked, "allocate", json!({})).await.expect(409).json["code"], "gpu_report_wanting");
        app.pass(30 * 86_400);
        then(&app, &planner, &asked, "report", json!({ "text": "1차 학습을 마침" })).await.expect(200);
        let both = then(&app, &coordinator, &asked, "allocate", json!({})).await.expect(200);
        assert_eq!(both.json["request"]["grants"][1]["period"], json!({ "from": "2026-12-22", "to": "2027-03-01" }));
        let longer = json!({ "to": "2027-05-01", "reason": "일정 연장" });
        let extended = then(&app, &coordinator, &asked, "extend", longer).await.expect(200);
        assert_eq!(extended.json["request"]["grants"].as_array().unwrap().len(), 4);
        app.pass(80 * 86_400);
        assert_eq!(stands(&app, &planner, &asked).await.0, "extended");
        let today = json!(app.app.clock.now().day());
        let back = then(&app, &planner, &asked, "return", json!({ "on": today, "reason": "조기 종료" })).await.expect(200);
        assert_eq!(back.json["state"], "returned");
        let grants = back.json["request"]["grants"].as_array().unwrap();
        assert_eq!(grants.iter().filter(|g| g["ended"]["how"] == "returned").count(), 2, "what was over stays as it was");
        assert_eq!(app.get(&app.renew(&planner), "/v1/gpu-pools/t-parts").await.expect(200).json["free_gpus"], 64);
    }

    /// Capacity changes from a day on, with its reason, and never below what is booked.
    async fn capacity_keeps_what_is_booked(app: TestApp) {
        pool(&app, "t-size", 64).await;
        let (planner, coordinator) = (app.planner("mois").await, app.persona(Role::Coordinator, "nipa").await);
        let id = project(&app, &planner, "mois", None).await;
        let asked = approved(&app, (&planner, &coordinator), &id, ("t-size", 48), ("2026-12-01", "2027-03-01")).await;
        then(&app, &coordinator, &asked, "allocate", json!({})).await.expect(200);
        let step = |from: &str, gpus: u32| json!({ "from": from, "government_gpus": gpus, "operator_gpus": 0, "reason": "점검", "source": "운용 계획" });
        let refused = app.post_to(&coordinator, "/v1/gpu-pools/t-size/capacity", "*", step("2026-12-15", 40)).await.expect(409).json;
        assert_eq!(refused["code"], "capacity_below_booked");
        assert!(refused["detail"].as_str().unwrap().contains("2026-12-15에 배분된 수량보다 8장") && refused["detail"].as_str().unwrap().contains("2027-03-01부터"), "{refused}");
        app.post_to(&coordinator, "/v1/gpu-pools/t-size/capacity", "*", step("2026-12-15", 48)).await.expect(200);
        let later = app.post_to(&coordinator, "/v1/gpu-pools/t-size/capacity", "*", step("2027-03-01", 0)).await.expect(200);
        assert_eq!(later.json["capacity"].as_array().unwrap().len(), 3);
        let more = approved(&app, (&planner, &coordinator), &id, ("t-size", 8), ("2026-12-01", "2026-12-16")).await;
        assert_eq!(then(&app, &coordinator, &more, "allocate", json!({})).await.expect(409).json["code"], "gpu_pool_full");
        let history = app.get(&coordinator, "/v1/gpu-pools/t-size/history").await.expect(200).json;
        assert_eq!(history["items"].as_array().unwrap().len(), 3);
    }

    /// A charge is decided with a reason and counts for later approvals alone.
    async fn charges_are_decided(app: TestApp) {
        let (planner, coordinator) = (app.planner("mois").await, app.persona(Role::Coordinator, "nipa").await);
        let id = project(&app, &planner, "mois", None).await;
        let before = approved(&app, (&planner, &coordinator), &id, ("gpu25-naver-h200", 8), ("2026-12-01", "2027-03-01")).await;
        let change = json!({ "applied": { "kind": "discount", "of": "sme_or_startup", "off": "50" }, "reason": "시험" });
        let itself = json!({ "applied": { "kind": "discount", "of": "central_ministry", "off": "50" }, "reason": "시험" });
        app.put(&coordinator, "/v1/user-charges/central_ministry", "*", itself).await.expect(422);
        app.put(&coordinator, "/v1/user-charges/central_ministry", "\"v1\"", change).await.expect(200);
        let after = approved(&app, (&planner, &coordinator), &id, ("gpu25-naver-h200", 8), ("2026-12-01", "2027-03-01")).await;
        let charge = |a: &tests::Answer| a.json["request"]["approval"]["charge"]["to"].clone();
        assert_eq!((charge(&before), charge(&after)), (json!("0.00"), json!("5.00")));
        let kept = app.get(&planner, &path(&before)).await.expect(200).json["request"]["approval"]["charge"]["to"].clone();
        assert_eq!(kept, "0.00");
    }
}
