//! Models, services of the common base, and datasets (모델·공통기반·데이터): registered, used by projects, counted.

use super::{draft, filed};
use crate::region::each;
use domain::access::Role;
use serde_json::{Value, json};
use tests::both;

both! {
    /// Five teams come built in; coordinators correct and add, and what they corrected stays when the program starts again.
    async fn the_register_of_models_is_kept_by_coordinators(app: TestApp) {
        let (coordinator, viewer) = (app.coordinator().await, app.persona(Role::Viewer, "moe").await);
        let keys = async |query: &str| each(&app.get(&viewer, &format!("/v1/foundation-models?{query}")).await.expect(200), "/key");
        assert_eq!(keys("stage=passed_first_evaluation").await, ["independent-lg", "independent-skt", "independent-upstage"]);
        assert_eq!(keys("stage=out").await, ["independent-naver-cloud", "independent-nc-ai"]);
        assert_eq!(keys("q=UPSTAGE").await, ["independent-upstage"]);
        let at = "/v1/foundation-models/independent-lg";
        let model = app.get(&viewer, at).await.expect(200);
        assert_eq!(model.json["stages"][1]["score"], "90.2");
        assert_eq!(model.json["details"].get("licence").cloned().unwrap_or_default(), Value::Null);
        app.patch(&viewer, at, &model.tag(), json!({ "licence": "Apache-2.0" })).await.expect(403);
        let changed = app.patch(&coordinator, at, &model.tag(), json!({ "licence": "Apache-2.0" })).await.expect(200);
        app.patch(&coordinator, at, &model.tag(), json!({ "licence": "MIT" })).await.expect(412);
        let step = json!({ "stage": "passed_later_evaluation", "on": "2026-08", "source": "시험" });
        let further = app.post_to(&coordinator, &format!("{at}/stages"), &changed.tag(), step.clone()).await.expect(200);
        let twice = app.post_to(&coordinator, &format!("{at}/stages"), &further.tag(), step).await.expect(422);
        assert_eq!(twice.faults(), ["/stage duplicate"]);
        api::prepare(&app.app).await.unwrap();
        assert_eq!(app.get(&viewer, at).await.expect(200).json["details"]["licence"], "Apache-2.0");
        let new = json!({ "key": "own-llm", "details": { "name": { "ko": "자체 모델" }, "maker": "예시", "source": "시험" } });
        app.post(&viewer, "/v1/foundation-models", new.clone()).await.expect(403);
        app.post(&coordinator, "/v1/foundation-models", new.clone()).await.expect(201);
        app.post(&coordinator, "/v1/foundation-models", new).await.expect(409);
        assert_eq!(keys("").await.len(), 6);
    }

    /// A project is counted once for a model, while the use goes on and only for those who may see the project.
    async fn projects_are_counted_by_model(app: TestApp) {
        let (planner, stranger) = (app.planner("mois").await, app.planner("moe").await);
        let (one, hidden) = (filed(&app, &planner, &draft(&app, &planner).await).await, draft(&app, &planner).await);
        let adopt = async |project: &str, model: &str, how: &str| {
            let new = json!({ "model": model, "purpose": "요약", "how": how, "from": "2026-10-01" });
            app.post(&planner, &format!("/v1/projects/{project}/model-adoptions"), new).await
        };
        let first = adopt(&one.id(), "independent-lg", "api").await.expect(201);
        let second = adopt(&one.id(), "independent-lg", "tuned").await.expect(201);
        adopt(&hidden.id(), "independent-lg", "api").await.expect(201);
        assert_eq!(adopt(&one.id(), "nothing", "api").await.expect(422).faults(), ["/model not_known"]);
        let counted = async |who| app.get(who, "/v1/model-adoptions/by-model").await.expect(200).json["models"].clone();
        assert_eq!(counted(&planner).await, json!([{ "model": "independent-lg", "projects": 2 }]));
        assert_eq!(counted(&stranger).await, json!([{ "model": "independent-lg", "projects": 1 }]));
        let listed = async |who, query: &str| each(&app.get(who, &format!("/v1/model-adoptions?{query}")).await.expect(200), "/id").len();
        assert_eq!((listed(&planner, "model=independent-lg").await, listed(&stranger, "").await), (3, 2));
        assert_eq!(listed(&planner, &format!("project={}&model=independent-skt", one.id())).await, 0);
        for one in [&first, &second] {
            let end = json!({ "until": "2026-11-21", "reason": "바꿈" });
            app.post_to(&planner, &format!("/v1/model-adoptions/{}/end", one.id()), &one.tag(), end).await.expect(200);
        }
        assert_eq!(counted(&stranger).await, json!([]), "what ended yesterday is not used today");
        let end = json!({ "until": "2026-11-21", "reason": "또" });
        let ended = app.post_to(&planner, &format!("/v1/model-adoptions/{}/end", first.id()), "*", end).await.expect(409);
        assert_eq!(ended.json["code"], "resource_use_over");
    }

    /// Users are the latest numbers of each use, added; a project in which a service is used is on the base.
    async fn the_common_base_is_counted(app: TestApp) {
        let (planner, stranger) = (app.planner("mois").await, app.planner("moe").await);
        let viewer = app.persona(Role::Viewer, "moe").await;
        let summary = async |who| app.get(who, "/v1/service-uses/summary").await.expect(200).json;
        let empty = summary(&viewer).await;
        assert_eq!((&empty["projects"], &empty["share"]), (&json!(0), &Value::Null), "no share of nothing");
        let one = filed(&app, &planner, &draft(&app, &planner).await).await;
        for _ in 0..2 {
            filed(&app, &planner, &draft(&app, &planner).await).await;
        }
        let hidden = draft(&app, &planner).await;
        let begin = async |who, body: &str, project: Option<&str>| {
            let new = json!({ "service": "chat-naver-cloud", "body": body, "project": project, "from": "2026-03-02" });
            app.post(who, "/v1/service-uses", new).await
        };
        let within = begin(&planner, "mois", Some(&one.id())).await.expect(201);
        begin(&planner, "mois", Some(&one.id())).await.expect(409);
        begin(&planner, "mois", Some(&hidden.id())).await.expect(201);
        begin(&stranger, "mois", None).await.expect(403);
        assert_eq!(begin(&stranger, "moe", Some(&one.id())).await.expect(422).faults(), ["/project not_known"]);
        assert_eq!(begin(&stranger, "moe", Some(&hidden.id())).await.expect(422).faults(), ["/project not_known"]);
        let alone = begin(&stranger, "moe", None).await.expect(201);
        let count = async |who, at: String, tag: String, on: &str, users: i64| {
            let new = json!({ "on": on, "users": users, "source": "접속 기록" });
            app.post_to(who, &format!("{at}/user-counts"), &tag, new).await
        };
        let at = |of: &tests::Answer| format!("/v1/service-uses/{}", of.id());
        let counted = count(&planner, at(&within), within.tag(), "2026-11-20", 30).await.expect(200);
        count(&planner, at(&within), counted.tag(), "2026-10-20", 99).await.expect(200);
        count(&planner, at(&alone), alone.tag(), "2026-11-20", 1).await.expect(403);
        let seen = summary(&viewer).await;
        assert_eq!((&seen["projects"], &seen["projects_on_base"], &seen["share"]), (&json!(3), &json!(1), &json!("33.33")));
        let service = json!({ "service": "chat-naver-cloud", "bodies": 2, "projects": 1, "users": 30, "uncounted": 1 });
        assert_eq!(seen["services"], json!([service]));
        assert_eq!(summary(&planner).await["services"][0]["projects"], 2, "the own draft is seen by its planner");
        let listed = async |who| each(&app.get(who, "/v1/service-uses?service=chat-naver-cloud").await.expect(200), "/body");
        assert_eq!((listed(&viewer).await.len(), listed(&planner).await.len()), (2, 3));
        let now = app.get(&planner, &at(&within)).await.expect(200);
        let ended = app.post_to(&planner, &format!("{}/end", at(&within)), &now.tag(), json!({ "until": "2026-11-21" })).await;
        assert_eq!(ended.expect(200).json["until"], "2026-11-21");
        assert_eq!(summary(&viewer).await["projects_on_base"], 0);
        begin(&planner, "mois", Some(&one.id())).await.expect(201);
    }

    /// What a licence allows is shown with the record, and follows when the licence is restated.
    async fn datasets_are_shown_with_their_rights(app: TestApp) {
        let (planner, partner, stranger) = (app.planner("mois").await, app.planner("msit").await, app.planner("moe").await);
        let project = draft(&app, &planner).await;
        let under = format!("/v1/projects/{}/dataset-uses", project.id());
        let new = |licence: Value| json!({ "title": "상담 사례", "provider": "예시", "portal": "공공데이터포털", "licence": licence });
        let wrong = app.post(&planner, &under, new(json!({ "is": "kogl", "kogl_type": "0", "ai_type": true }))).await.expect(422);
        assert_eq!(wrong.faults(), ["/licence/ai_type kogl_ai_mark_with_type_0"]);
        let made = app.post(&planner, &under, new(json!({ "is": "kogl", "kogl_type": "4", "ai_type": false }))).await.expect(201);
        let rights = |train| json!({ "may_train_ai": train, "may_modify": false, "may_use_commercially": false, "must_attribute": true });
        assert_eq!(made.json["rights"], rights(false));
        let at = format!("/v1/dataset-uses/{}", made.json["dataset_use"]["id"].as_str().unwrap());
        app.get(&stranger, &at).await.expect(404);
        let patch = json!({ "licence": { "is": "kogl", "kogl_type": "4", "ai_type": true } });
        app.patch(&partner, &at, &made.tag(), patch.clone()).await.expect(403);
        let marked = app.patch(&planner, &at, &made.tag(), patch).await.expect(200);
        assert_eq!(marked.json["rights"], rights(true));
        let other = json!({ "licence": { "is": "other", "name": "이용허락범위 제한 없음" } });
        let stated = app.patch(&planner, &at, &marked.tag(), other).await.expect(200);
        assert_eq!(stated.json["rights"], Value::Null);
        let listed = async |who| each(&app.get(who, "/v1/dataset-uses").await.expect(200), "/rights").len();
        assert_eq!((listed(&planner).await, listed(&partner).await, listed(&stranger).await), (1, 1, 0));
    }
}
