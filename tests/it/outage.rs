//! An outage (장애): the database goes away and comes back, and the service resumes without a restart.

use actix_web::{rt::System, test::TestRequest};
use sea_orm::ConnectionTrait;
use serde_json::json;
use tests::{Answer, Persona, TestApp, postgres::own_cluster};

async fn written(app: &TestApp, who: &Persona, key: &str) -> Answer {
    let body = json!({
        "key": key, "kind": "public_institution",
        "facts": { "name": { "ko": "장애 시험" }, "valid_from": "2026-03-06", "source": "시험" }
    });
    app.post(who, "/v1/bodies", body).await
}

fn is_unavailable(answer: &Answer) {
    assert_eq!((answer.status.as_u16(), &answer.json["code"]), (503, &"unavailable".into()), "{}", answer.json);
    assert!(answer.headers.contains_key("retry-after"));
    assert_eq!(answer.json.get("errors"), None, "nothing of the inside is told");
}

#[test]
fn postgres_goes_away_and_comes_back() {
    let Some(mut cluster) = own_cluster() else { return };
    System::new().block_on(async {
        let app = TestApp::on_empty(&cluster.url()).await;
        let watch = app.app.store.watch("outage".to_owned());
        let who = app.coordinator().await;
        written(&app, &who, "before").await.expect(201);
        for round in ["one", "two"] {
            cluster.stop();
            is_unavailable(&app.get(&who, "/v1/bodies/mois").await);
            is_unavailable(&written(&app, &who, round).await);
            let ready = app.send(TestRequest::with_uri("/readyz")).await.expect(503);
            assert_eq!(ready.faults(), ["/database database_away"]);
            app.send(TestRequest::with_uri("/healthz")).await.expect(200);
            cluster.start();
            written(&app, &who, round).await.expect(201);
            app.get(&who, "/v1/bodies/before").await.expect(200);
            app.send(TestRequest::with_uri("/readyz")).await.expect(200);
        }
        // The listener has found its way back as well.
        let other = TestApp::served(&cluster.url()).await;
        let before = app.app.store.changes(store::Topic::Reference);
        let telling = other.app.store.watch("other".to_owned());
        written(&other, &who, "beside").await.expect(201);
        crate::watch::until(async || app.app.store.changes(store::Topic::Reference) > before).await;
        drop((watch, telling));
    });
}

#[test]
fn sqlite_is_locked_by_another_program_for_a_while() {
    tests::on_sqlite(async |app| {
        let who = app.coordinator().await;
        let file = app.directory.as_ref().unwrap().path().join("axtrack.db");
        let outside = store::raw(&format!("sqlite:{}", file.display())).await.unwrap();
        outside.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
        is_unavailable(&written(&app, &who, "locked").await);
        app.get(&who, "/v1/bodies/mois").await.expect(200);
        outside.execute_unprepared("ROLLBACK").await.unwrap();
        written(&app, &who, "locked").await.expect(201);
    });
}
