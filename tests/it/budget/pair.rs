//! Money between lines (전용·이용·이체·이월): both halves, or none.

use super::{balances, book, id_of, line, open, under};
use serde_json::{Value, json};
use tests::both;

fn shift(kind: &str, to: &str, won: i64) -> Value {
    json!({ "kind": kind, "to": id_of(to), "amount_krw": won, "booked_on": "2026-05-04", "approval_no": "예산-12" })
}

both! {
    /// A reallocation gives and takes at once, and is taken back at once.
    async fn a_reallocation_gives_and_takes(app: TestApp) {
        let msit = app.planner("msit").await;
        let (from, to) = (open(&app, &msit, line("msit", 2026, 1000)).await, open(&app, &msit, line("msit", 2026, 500)).await);
        let path = format!("{from}/shifts");
        let much = app.post(&msit, &path, shift("reallocation", &to, 1001)).await.expect(409);
        assert_eq!(much.json["code"], "beyond_current_budget");
        let made = app.post(&msit, &path, shift("reallocation", &to, 400)).await.expect(201);
        let (given, taken) = (&made.json["this"]["entries"][0], &made.json["other"]["entries"][0]);
        assert_eq!((&given["kind"], &taken["kind"]), (&json!("reallocation_out"), &json!("reallocation_in")));
        assert_eq!((&given["counter"]["entry"], &taken["counter"]["entry"]), (&taken["id"], &given["id"]));
        let current = async || {
            [balances(&app, &msit, &from, ["current_budget"]).await, balances(&app, &msit, &to, ["current_budget"]).await]
        };
        assert_eq!(current().await, [[600], [900]]);
        let taken = format!("{to}/entries/{}/reverse", taken["id"].as_str().unwrap());
        let back = json!({ "booked_on": "2026-06-01", "reason": "착오" });
        let spent = book(&app, &msit, &to, under("c", "commitment", 900, "2026-05-05")).await.expect(201);
        let refused = app.post(&msit, &taken, back.clone()).await.expect(409);
        assert_eq!(refused.json["code"], "beyond_current_budget");
        let commitment = spent.headers.get("location").unwrap().to_str().unwrap();
        app.post(&msit, &format!("{commitment}/reverse"), back.clone()).await.expect(201);
        let done = app.post(&msit, &taken, back).await.expect(201);
        assert_eq!(done.json["other"]["line"]["id"], id_of(&from));
        assert_eq!(current().await, [[1000], [500]]);
    }

    /// Lines that do not fit together exchange nothing; a line that the caller may not see is not known.
    async fn lines_must_fit_together(app: TestApp) {
        let (msit, mois) = (app.planner("msit").await, app.planner("mois").await);
        let from = open(&app, &msit, line("msit", 2026, 1000)).await;
        let other_year = open(&app, &msit, line("msit", 2025, 1000)).await;
        let foreign = open(&app, &mois, line("mois", 2026, 1000)).await;
        let mut new = line("msit", 2026, 1000);
        new["kind"] = json!("in_kind");
        let in_kind = open(&app, &msit, new).await;
        let path = format!("{from}/shifts");
        for (kind, to) in [("reallocation", &other_year), ("reallocation", &in_kind), ("reorganisation_transfer", &in_kind), ("reallocation", &from)] {
            let refused = app.post(&msit, &path, shift(kind, to, 1)).await.expect(409);
            assert_eq!(refused.json["code"], "lines_do_not_pair", "{to}");
        }
        let nowhere = format!("/x/{}", app.app.chance.uuid());
        for to in [&foreign, &nowhere] {
            let refused = app.post(&msit, &path, shift("transfer_between_items", to, 1)).await.expect(422);
            assert_eq!(refused.faults(), ["/to not_known"]);
        }
        app.post(&mois, &path, shift("transfer_between_items", &foreign, 1)).await.expect(404);
        assert_eq!(balances(&app, &msit, &from, ["current_budget"]).await, [1000]);
        let tag = app.post_to(&msit, &path, "\"v9\"", shift("reallocation", &in_kind, 1)).await.expect(412);
        assert_eq!(tag.json["code"], "version_stale", "a version that is named must be the one there");
    }

    /// Carried over, the commitment goes along and nothing is left to lapse.
    async fn a_commitment_is_carried_over(app: TestApp) {
        let msit = app.planner("msit").await;
        let (old, next) = (open(&app, &msit, line("msit", 2025, 1000)).await, open(&app, &msit, line("msit", 2026, 100)).await);
        book(&app, &msit, &old, under("c", "commitment", 700, "2025-06-02")).await.expect(201);
        book(&app, &msit, &old, under("c", "expenditure", 300, "2025-07-01")).await.expect(201);
        let carry = |won: i64, commitment: Value| json!({
            "carry_over": "accidental", "to": id_of(&next), "amount_krw": won, "booked_on": "2025-12-31", "commitment": commitment
        });
        let path = format!("{old}/carry-overs");
        let missing = app.post(&msit, &path, carry(400, json!(null))).await.expect(422);
        assert_eq!(missing.faults(), ["/amount_krw beyond_current_budget", "/commitment required"]);
        assert_eq!(app.post(&msit, &path, carry(401, json!("c"))).await.expect(409).json["code"], "beyond_commitment");
        let made = app.post(&msit, &path, carry(400, json!("c"))).await.expect(201);
        assert_eq!(made.json["other"]["entries"].as_array().unwrap().len(), 2);
        assert_eq!(balances(&app, &msit, &old, ["outstanding", "carried_out", "lapsed"]).await, [0, 400, 300]);
        assert_eq!(balances(&app, &msit, &next, ["carried_in", "outstanding", "available"]).await, [400, 400, 100]);
        book(&app, &msit, &next, under("c", "expenditure", 400, "2026-04-01")).await.expect(201);
    }
}
