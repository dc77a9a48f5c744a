//! Gates (단계 통과): asked for, decided by others, passed with waivers that end, returned, and lost by going back.

use super::{act, alone, change, conditions, decide, filed, path, refused, request};
use crate::account::kit;
use domain::access::Role;
use serde_json::{Value, json};
use tests::{Answer, Persona, TestApp, both};

const DAY: i64 = 86_400;

/// A coordinator of a body that takes no part.
async fn judge(app: &TestApp) -> Persona {
    app.persona(Role::Coordinator, "nia").await
}

/// The wish that these conditions be waived.
fn asking(codes: &[String]) -> Value {
    let each = codes.iter().map(|code| json!({ "code": code, "reason": "다음 단계에서 보완한다" }));
    json!({ "ask_waivers": each.collect::<Vec<_>>() })
}

/// The decision that waives them until a day.
fn waiving(codes: &[String], until: &str) -> Value {
    let each = codes.iter().map(|code| json!({ "code": code, "reason": "다음 단계에서 보완한다", "until": until }));
    json!({ "outcome": "pass_with_waivers", "waivers": each.collect::<Vec<_>>() })
}

/// Passes the present gate, whatever is not met being waived until a day.
async fn passed(app: &TestApp, planner: &Persona, project: &Answer, until: &str) -> (Answer, Vec<String>) {
    let open = conditions(app, planner, project, "not_met").await;
    let asked = act(app, planner, project, "gate-requests", asking(&open)).await;
    (decide(app, &judge(app).await, &asked, waiving(&open, until)).await, open)
}

both! {
    /// A page shows the record as it is kept, with a gate and its waivers; asked for as of today it reads the same.
    async fn a_page_reads_the_same_as_of_today(app: TestApp) {
        let mois = app.planner("mois").await;
        let project = filed(&app, &mois, json!({})).await;
        let (gone, open) = passed(&app, &mois, &project, "2026-12-31").await;
        let page = app.get(&mois, &path(&gone)).await.expect(200);
        let then = app.get(&mois, &format!("{}?as_of=2026-11-22", path(&gone))).await.expect(200);
        assert_eq!(page.bytes, then.bytes);
        assert_eq!(page.json["project"], gone.json);
        assert_eq!(page.json["project"]["gates"][0]["state"]["waivers"].as_array().unwrap().len(), open.len());
    }

    /// A waiver counts to the end of its day; after it the condition stands open again, and in the way of the next gate.
    async fn a_waiver_ends(app: TestApp) {
        let mois = app.planner("mois").await;
        let project = filed(&app, &mois, json!({})).await;
        let open = conditions(&app, &mois, &project, "not_met").await;
        assert_eq!(open, ["gate_benefit_target", "gate_use_case", "gate_isp", "gate_budget", "gate_milestones_set", "gate_advice"]);
        let answer = refused(&app, &mois, &project, "gate-requests", json!({}), (409, "gate_not_ready")).await;
        let told: Vec<_> = answer.json["errors"].as_array().unwrap().iter().map(|e| e["code"].as_str().unwrap().to_owned()).collect();
        assert_eq!(told, open);
        let needless = asking(&[&open[..], &["gate_network".into(), "no_such".into()]].concat());
        let answer = refused(&app, &mois, &project, "gate-requests", needless, (409, "gate_not_ready")).await;
        assert_eq!(answer.faults(), ["/ask_waivers/6/code waiver_needless", "/ask_waivers/7/code not_in_list"]);

        let asked = act(&app, &mois, &project, "gate-requests", asking(&open)).await;
        let (nia, decision) = (judge(&app).await, format!("gate-requests/{}/decision", request(&asked)));
        let late = refused(&app, &nia, &asked, &decision, waiving(&open, "2026-11-21"), (409, "gate_not_ready")).await;
        assert_eq!(late.faults().len(), 6);
        assert!(late.faults().iter().all(|fault| fault.ends_with(" waiver_over")), "{:?}", late.faults());
        refused(&app, &nia, &asked, &decision, json!({ "outcome": "pass" }), (409, "gate_not_ready")).await;
        let gone = decide(&app, &nia, &asked, waiving(&open, "2026-12-31")).await;
        assert_eq!((&gone.json["standing"]["status"], &gone.json["standing"]["phase"]), (&json!("active"), &json!("execution")));
        assert_eq!(conditions(&app, &mois, &gone, "waived").await, open);

        app.pass(39 * DAY);
        let mois = app.renew(&mois);
        assert_eq!(conditions(&app, &mois, &gone, "waived").await, open, "still on its last day");
        let missing = conditions(&app, &mois, &gone, "not_met").await;
        app.pass(DAY);
        let mois = app.renew(&mois);
        assert_eq!(conditions(&app, &mois, &gone, "waived").await, Vec::<String>::new());
        assert_eq!(conditions(&app, &mois, &gone, "not_met").await, [open.clone(), missing.clone()].concat());
        let answer = refused(&app, &mois, &gone, "gate-requests", asking(&missing), (409, "gate_not_ready")).await;
        assert_eq!(answer.json["errors"].as_array().unwrap().len(), open.len(), "{}", answer.json);
        // What was mended meanwhile needs no waiver.
        let use_case = json!([{ "actor": "담당자", "task_before": "손으로 찾는다.", "task_after": "AI가 찾는다.", "human_decision": "결재" }]);
        let mended = change(&app, &mois, &gone, json!({ "use_cases": use_case })).await;
        assert!(!conditions(&app, &mois, &mended, "not_met").await.contains(&"gate_use_case".to_owned()));
    }

    /// A condition on which everything rests is never waived.
    async fn some_conditions_are_never_waived(app: TestApp) {
        let mois = app.planner("mois").await;
        let project = filed(&app, &mois, json!({ "network": null })).await;
        let open = conditions(&app, &mois, &project, "not_met").await;
        assert!(open.contains(&"gate_network".to_owned()));
        let answer = refused(&app, &mois, &project, "gate-requests", asking(&open), (409, "gate_not_ready")).await;
        assert_eq!(answer.json["errors"][0]["code"], "not_waivable", "{}", answer.json);
    }

    /// Whoever asks does not decide, not even in another role; nor does anybody of a body that takes part.
    async fn four_eyes_look_at_a_gate(app: TestApp) {
        let admin = app.persona(Role::Administrator, "nia").await;
        let (both, _) = kit::settled(&app, &admin, "minji.kim", &[["planner", "mois"], ["coordinator", "nia"]]).await;
        let project = filed(&app, &both, json!({})).await;
        let open = conditions(&app, &both, &project, "not_met").await;
        let asked = act(&app, &both, &project, "gate-requests", asking(&open)).await;
        let (decision, pass) = (format!("gate-requests/{}/decision", request(&asked)), waiving(&open, "2027-06-30"));
        refused(&app, &both, &asked, &decision, pass.clone(), (409, "own_request")).await;
        for body in ["mois", "msit"] {
            let insider = app.persona(Role::Coordinator, body).await;
            refused(&app, &insider, &asked, &decision, pass.clone(), (403, "forbidden")).await;
        }
        refused(&app, &app.planner("mohw").await, &asked, &decision, pass.clone(), (403, "forbidden")).await;
        refused(&app, &both, &asked, "gate-requests", asking(&open), (409, "gate_pending")).await;
        let judge = judge(&app).await;
        let gone = decide(&app, &judge, &asked, pass.clone()).await;
        refused(&app, &judge, &gone, &decision, pass, (409, "gate_not_pending")).await;
        // The decision names who decided and how everything stood.
        let gate = &gone.json["gates"][0];
        assert_eq!((&gate["state"]["state"], &gate["state"]["decided"]["by"]), (&json!("passed"), &json!(judge.id)));
        assert_eq!(gate["requested"]["by"], json!(both.id));
        assert_eq!(gate["state"]["conditions"].as_array().unwrap().len(), 13);
    }

    /// A return leaves the project where it is and the request as it was; a new one follows. Approvals that are lost by
    /// going back stay in the record, with who took them away and why, and their waivers no longer count.
    async fn a_return_and_a_way_back_leave_no_approval_standing(app: TestApp) {
        let mois = app.planner("mois").await;
        let project = filed(&app, &mois, alone("mois", "AI 민원 안내 서비스")).await;
        let open = conditions(&app, &mois, &project, "not_met").await;
        let asked = act(&app, &mois, &project, "gate-requests", asking(&open)).await;
        let back = decide(&app, &judge(&app).await, &asked, json!({ "outcome": "return", "reason": "예산을 보완할 것" })).await;
        assert_eq!((&back.json["gates"][0]["state"]["state"], &back.json["standing"]["phase"]), (&json!("returned"), &json!("planning")));
        assert_eq!(conditions(&app, &mois, &back, "not_met").await, open);

        let (execution, _) = passed(&app, &mois, &back, "2027-06-30").await;
        let (diffusion, _) = passed(&app, &mois, &execution, "2027-06-30").await;
        assert_eq!(diffusion.json["standing"]["phase"], "diffusion");
        let why = json!({ "to": "execution", "reason": "시범을 다시 한다" });
        let again = act(&app, &mois, &diffusion, "go-back", why).await;
        let gates = again.json["gates"].as_array().unwrap();
        assert_eq!(gates.len(), 3);
        assert_eq!((&gates[1]["phase"], &gates[1]["voided"]), (&json!("planning"), &Value::Null), "that gate was not gone back through");
        assert_eq!(gates[2]["voided"]["reason"], "시범을 다시 한다");
        assert_eq!(gates[2]["voided"]["by"], json!(mois.id));
        let lost = conditions(&app, &mois, &again, "not_met").await;
        assert!(lost.contains(&"gate_expenditure".to_owned()) && !lost.contains(&"gate_budget".to_owned()), "{lost:?}");

        // Returned now, nothing of this or a later phase is left to count; what was before it is.
        let asked = act(&app, &mois, &again, "gate-requests", asking(&lost)).await;
        let back = decide(&app, &judge(&app).await, &asked, json!({ "outcome": "return", "reason": "점검이 없다" })).await;
        let counts: Vec<_> = back.json["gates"].as_array().unwrap().iter()
            .filter(|gate| gate["state"]["state"] == "passed" && gate["voided"].is_null()).map(|gate| gate["phase"].clone()).collect();
        assert_eq!(counts, ["planning"]);
        let start = act(&app, &mois, &back, "go-back", json!({ "to": "planning", "reason": "요구사항을 다시 정한다" })).await;
        assert!(start.json["gates"].as_array().unwrap().iter().all(|g| g["state"]["state"] != "passed" || !g["voided"].is_null()));
        assert_eq!(conditions(&app, &mois, &start, "waived").await, Vec::<String>::new());
    }
}
