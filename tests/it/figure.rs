//! Published figures (공표 수치): facts about publications, never mixed with what is counted here.

use crate::region::{each, import_list};
use serde_json::Value;
use tests::both;

both! {
    /// A figure is told with its unit, day, source and confidence; contradictions stand side by side.
    async fn figures_stand_as_published(app: TestApp) {
        let reader = app.planner("mois").await;
        let services = app.get(&reader, "/v1/published-figures/ds-ai-convergence-services").await.expect(200).json;
        assert_eq!((&services["value"], &services["unit"], &services["as_of"]), (&"17".into(), &"services".into(), &"2025-09-19".into()));
        assert!(services["source"].as_str().unwrap().contains("과학기술정보통신부"));
        let early = app.get(&reader, "/v1/published-figures/ds-lead-time-before").await.expect(200).json;
        assert_eq!(early["conflicts_with"][0], "ds-lead-time-before-early");
        let other = app.get(&reader, "/v1/published-figures/ds-lead-time-before-early").await.expect(200).json;
        assert_eq!(other["conflicts_with"][0], "ds-lead-time-before");
        app.get(&reader, "/v1/published-figures/live").await.expect(404);
    }

    /// Figures are found by confidence, unit and words.
    async fn figures_are_found(app: TestApp) {
        let reader = app.planner("mois").await;
        let known = app.get(&reader, "/v1/published-figures?confidence=sourced&unit=bodies&q=%EB%94%94%EC%A7%80%ED%84%B8").await.expect(200);
        assert_eq!(each(&known, "/key"), ["ds-contracting-bodies"]);
        assert_eq!(each(&known, "/value"), ["685"]);
        let english = app.get(&reader, "/v1/published-figures?q=DIGITAL%20SERVICE&unit=contracts").await.expect(200);
        assert_eq!(each(&english, "/key"), ["ds-contracts", "ds-contracts-2022-06"]);
    }

    /// Invariant 15: what is brought in and counted here moves no figure, and no operation but these two shows one.
    async fn figures_never_mix_with_counts(app: TestApp) {
        let reader = app.planner("mois").await;
        let all = "/v1/published-figures?page_size=200";
        let before = app.get(&reader, all).await.expect(200);
        import_list(&app).await;
        let after = app.get(&reader, all).await.expect(200);
        assert_eq!((before.bytes, before.json), (after.bytes, after.json));
        assert!(app.get(&reader, "/v1/regions?page_size=200").await.expect(200).bytes.len() > 1000);

        let spec = serde_json::to_value(api::spec()).unwrap();
        let figure = "\"#/components/schemas/Figure\"";
        let schemas = spec["components"]["schemas"].as_object().unwrap();
        let holders: Vec<&String> = schemas.iter().filter(|(_, s)| s.to_string().contains(figure)).map(|(name, _)| name).collect();
        assert_eq!(holders, ["FigurePage"]);
        let shown = |operation: &Value| {
            let text = operation.to_string();
            text.contains(figure) || text.contains("\"#/components/schemas/FigurePage\"")
        };
        let paths = spec["paths"].as_object().unwrap();
        let showing: Vec<&String> = paths.iter().filter(|(_, item)| shown(item)).map(|(path, _)| path).collect();
        assert_eq!(showing, ["/v1/published-figures", "/v1/published-figures/{figure}"]);
        let members: Vec<&String> = schemas["Figure"]["properties"].as_object().unwrap().keys().collect();
        assert!(members.iter().all(|m| !m.contains("live") && !m.contains("count") && !m.contains("current")), "{members:?}");
    }
}
