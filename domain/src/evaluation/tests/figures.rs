//! Cases with known answers (검산 예): equal scores, few sheets, the last second of a call, the two ratios mixed up.

use super::{refused, result, sound};
use serde_json::{Value, json};

/// A trimmed dossier in which these members give these points of 60, and 40 each for the rest.
fn trimmed(fit: &[&str], trim_min_sheets: usize) -> Value {
    let mut dossier = sound();
    let sheet = |(n, fit): (usize, &&str)| json!({ "member": format!("m{n}"), "application": "a", "scores": { "fit": fit, "spread": "40" } });
    dossier["sheets"] = fit.iter().enumerate().map(sheet).collect();
    dossier["exclusions"] = json!([]);
    dossier["call"]["scoring"]["aggregation"] = json!("trimmed_mean");
    dossier["call"]["scoring"]["trim_min_sheets"] = json!(trim_min_sheets);
    result(&dossier)["applications"][0].clone()
}

/// Five equal totals lose exactly two; four of at least five are not trimmed.
#[test]
fn equal_totals_lose_one_at_each_end() {
    let five = trimmed(&["40"; 5], 5);
    assert_eq!((&five["mean_exact"], &five["dropped_members"]), (&json!("80/1"), &json!(["m0", "m1"])));
    let four = trimmed(&["40", "10", "30", "60"], 5);
    assert_eq!((&four["mean_exact"], &four["dropped_members"]), (&json!("75/1"), &json!([])));
    let trimmed = trimmed(&["40", "10", "30", "60"], 4);
    assert_eq!((&trimmed["mean_exact"], &trimmed["dropped_members"]), (&json!("75/1"), &json!(["m3", "m1"])));
}

/// The mean is that of the kept totals, not the mean of means trimmed criterion by criterion.
#[test]
fn whole_sheets_are_dropped() {
    let mut dossier = sound();
    dossier["exclusions"] = json!([]);
    dossier["call"]["scoring"]["aggregation"] = json!("trimmed_mean");
    // The totals are 60, 50 and 40: the middle sheet alone is kept, which has neither criterion in the middle.
    dossier["sheets"] = [("m1", "30", "30"), ("m2", "50", "0"), ("m3", "0", "40")].map(|(member, fit, spread)| {
        json!({ "member": member, "application": "a", "scores": { "fit": fit, "spread": spread } })
    }).into();
    dossier["call"]["scoring"]["cut"] = json!("0");
    let placed = &result(&dossier)["applications"][0];
    assert_eq!(
        (&placed["mean"], &placed["criterion_means"]),
        (&json!("50.00"), &json!({ "fit": "50.00", "spread": "0.00" }))
    );
}

/// A call that closes at the end of 13 February in Korea takes 14:59:59 of universal time and not 15:00:00.
#[test]
fn the_last_second_is_korean() {
    for (at, told) in [
        ("2026-02-13T14:59:59Z", [""; 0].as_slice()),
        ("2026-02-13T23:59:59+09:00", &[]),
        ("2026-02-13T15:00:00Z", &["/applications/0/submitted_at submitted_late"]),
        ("2026-02-14T00:00:00+09:00", &["/applications/0/submitted_at submitted_late"]),
        ("2026-02-13T23:59:59Z", &["/applications/0/submitted_at submitted_late"]),
    ] {
        let mut dossier = sound();
        dossier["applications"][0]["submitted_at"] = json!(at);
        match told {
            [] => drop(result(&dossier)),
            told => assert_eq!(refused(&dossier), told, "{at}"),
        }
    }
}

/// The same four municipalities by their published ratios of 2026: by 재정자주도 other shares come out, and somebody else is
/// selected.
#[test]
fn the_other_ratio_is_another_result() {
    let bodies = [
        ("47760", "6.32", "58.79"),
        ("26320", "9.42", "23.29"),
        ("51230", "13.56", "71.04"),
        ("41500", "55.13", "64.35"),
    ];
    let mut dossier = sound();
    let (application, sheet) = (dossier["applications"][0].clone(), dossier["sheets"][0].clone());
    for list in ["applications", "sheets", "indicators", "exclusions"] {
        dossier[list] = json!([]);
    }
    for (n, (code, independence, autonomy)) in bodies.into_iter().enumerate() {
        let mut application = application.clone();
        application["id"] = json!(code);
        application["applicant"] = json!({ "level": "municipality", "code": code, "groups": [] });
        dossier["applications"].as_array_mut().unwrap().push(application);
        for member in ["m1", "m2"] {
            let mut sheet = sheet.clone();
            sheet["member"] = json!(member);
            sheet["application"] = json!(code);
            sheet["scores"]["fit"] = json!((55 - n).to_string());
            dossier["sheets"].as_array_mut().unwrap().push(sheet);
        }
        dossier["indicators"]
            .as_array_mut()
            .unwrap()
            .push(json!({ "code": code, "fiscal_year": 2026, "basis": "original",
            "scope": "body", "fiscal_independence_ratio": independence, "fiscal_autonomy_ratio": autonomy }));
    }
    dossier["call"]["tracks"][0] = json!({ "code": "all", "levels": ["central", "sido", "municipality"], "envelope": 2_100_000,
        "max_awards": 4, "reserve_slots": 0, "when_short": "stop" });
    let of = |dossier: &Value| -> Vec<(i64, bool)> {
        let result = result(dossier);
        let placed =
            |id: &str| result["applications"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap().clone();
        let told = |one: Value| (one["cost_share"]["national"].as_i64().unwrap(), one["outcome"] == "selected");
        bodies.iter().map(|(code, ..)| told(placed(code))).collect()
    };
    assert_eq!(of(&dossier), [(800_000, true), (800_000, true), (800_000, false), (500_000, false)]);
    dossier["call"]["cost_share"]["indicator"] = json!("fiscal_autonomy_ratio");
    assert_eq!(of(&dossier), [(500_000, true), (800_000, true), (500_000, true), (500_000, false)]);
}
