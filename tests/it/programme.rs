//! Programmes (사업): as the announcements name them, and what projects choose from.

use crate::region::each;
use tests::both;

both! {
    /// Programmes are found by year, body and phase.
    async fn programmes_are_found(app: TestApp) {
        let reader = app.persona(domain::access::Role::Viewer, "mois").await;
        let all = app.get(&reader, "/v1/programmes?page_size=200").await.expect(200);
        assert_eq!(each(&all, "/key").len(), 21);
        assert!(each(&all, "/key").is_sorted());
        let calls = app.get(&reader, "/v1/programmes?fiscal_year=2026&lead_body=mois&phase=execution").await.expect(200);
        assert!(calls.json["items"].as_array().unwrap().iter().all(|p| p["lead_body"] == "mois" && p["fiscal_year"] == 2026));
        let named = app.get(&reader, "/v1/programmes?name=one-stop&kind=policy").await.expect(200);
        assert_eq!(each(&named, "/key"), ["ax-onestop"]);
    }

    /// Dates are as precise as their source, amounts whole won, and what is not known is absent.
    async fn a_programme_says_what_its_source_says(app: TestApp) {
        let reader = app.planner("mois").await;
        let call = app.get(&reader, "/v1/programmes/public-ai-2026").await.expect(200).json;
        assert_eq!((&call["amount_krw"], &call["closed_on"], &call["decided_on"]), (&18_000_000_000_i64.into(), &"2026-02-13".into(), &"2026-02".into()));
        let tasks = app.get(&reader, "/v1/programmes/ten-tasks").await.expect(200).json;
        assert!(tasks["amount_krw"].is_null());
        app.get(&reader, "/v1/programmes/nothing").await.expect(404);
        let wrong = app.get(&reader, "/v1/programmes?fiscal_year=1999&phase=done&year=2026").await.expect(422);
        assert_eq!(wrong.faults(), ["?fiscal_year out_of_range", "?phase not_in_list", "?year unknown_field"]);
    }

    /// Fields of use and stage templates are read by whoever fills in a project.
    async fn projects_choose_from_lists(app: TestApp) {
        let reader = app.planner("mois").await;
        let fields = app.get(&reader, "/v1/fields").await.expect(200);
        assert!(each(&fields, "/key").contains(&"manufacturing".to_owned()));
        let templates = app.get(&reader, "/v1/stage-templates").await.expect(200);
        let five = templates.json["items"].as_array().unwrap().iter().find(|t| t["key"] == "mois_five_steps").unwrap();
        assert_eq!((five["stages"].as_array().unwrap().len(), &five["stages"][0]["phase"]), (5, &"planning".into()));
        assert_eq!(five["programmes"][0], "public-ai-2026");
    }
}
