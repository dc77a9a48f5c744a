//! Envelopes (재원): AX lies within the AI ecosystem and is never added to it.

use serde_json::json;
use tests::both;

both! {
    /// The published envelopes come built in; a won counts once in the year's total.
    async fn a_part_is_never_added_to_the_whole(app: TestApp) {
        let reader = app.planner("mohw").await;
        let list = app.get(&reader, "/v1/envelopes?fiscal_year=2026").await.expect(200);
        let keys: Vec<_> = list.json["items"].as_array().unwrap().iter().map(|e| e["key"].as_str().unwrap()).collect();
        assert_eq!(keys, ["ai-ecosystem-2026", "ax-2026", "public-ai-2026"]);
        assert!(list.json["items"].as_array().unwrap().iter().all(|e| e["source"].is_string()));
        let ax = app.get(&reader, "/v1/envelopes/ax-2026").await.expect(200);
        assert_eq!((&ax.json["share_of_parent"], &ax.json["parts"]), (&json!("24.24"), &json!([])));
        assert_eq!(ax.json["top_level_total_krw"], 9_918_000_000_000_i64);
        let ai = app.get(&reader, "/v1/envelopes/ai-ecosystem-2026").await.expect(200);
        assert_eq!(ai.json["parts"], json!([{ "key": "ax-2026", "amount_krw": 2_400_000_000_000_i64, "share": "24.24" }]));
        app.get(&reader, "/v1/envelopes/none").await.expect(404);
    }

    /// Coordinators state and restate envelopes, as long as they fit into one another.
    async fn envelopes_fit_into_one_another(app: TestApp) {
        let (coordinator, planner) = (app.coordinator().await, app.planner("mois").await);
        let new = |key: &str, won: i64, parent: &str| json!({
            "key": key, "name_ko": "재원", "name_en": "Envelope", "fiscal_year": 2026, "amount_krw": won, "parent": parent
        });
        app.post(&planner, "/v1/envelopes", new("gpu-2026", 1, "ax-2026")).await.expect(403);
        let much = app.post(&coordinator, "/v1/envelopes", new("gpu-2026", 2_400_000_000_001, "ax-2026")).await.expect(422);
        assert_eq!(much.faults(), ["/amount_krw envelope_misfit"]);
        let made = app.post(&coordinator, "/v1/envelopes", new("gpu-2026", 2_080_500_000_000, "ax-2026")).await.expect(201);
        assert_eq!(made.headers.get("location").unwrap(), "/v1/envelopes/gpu-2026");
        app.post(&coordinator, "/v1/envelopes", new("gpu-2026", 1, "ax-2026")).await.expect(409);
        let ax = app.get(&coordinator, "/v1/envelopes/ax-2026").await.expect(200);
        let less = json!({ "amount_krw": 2_000_000_000_000_i64 });
        let refused = app.patch(&coordinator, "/v1/envelopes/ax-2026", &ax.tag(), less.clone()).await.expect(422);
        assert_eq!(refused.faults(), ["/amount_krw envelope_misfit"]);
        app.patch(&coordinator, "/v1/envelopes/gpu-2026", &made.tag(), json!({ "amount_krw": 5 })).await.expect(200);
        let restated = app.patch(&coordinator, "/v1/envelopes/ax-2026", &ax.tag(), less).await.expect(200);
        assert_eq!(restated.json["version"], 2);
        app.patch(&coordinator, "/v1/envelopes/ax-2026", &ax.tag(), json!({ "amount_krw": 5 })).await.expect(412);
        let circle = app.patch(&coordinator, "/v1/envelopes/ax-2026", &restated.tag(), json!({ "parent": "gpu-2026" })).await.expect(422);
        assert!(circle.faults().contains(&"/parent envelope_misfit".to_owned()));
        api::prepare(&app.app).await.unwrap();
        let again = app.get(&coordinator, "/v1/envelopes/ax-2026").await.expect(200);
        assert_eq!(again.json["envelope"]["amount_krw"], 2_000_000_000_000_i64, "what was restated stays restated");
    }
}
