//! Several processes on one database (여러 프로세스): what one writes, the other does not keep as it was.

use serde_json::json;
use std::time::Duration;
use store::Topic;
use tests::both;

/// Waits, at most ten seconds, until something is so.
pub async fn until(done: impl AsyncFn() -> bool) {
    for _ in 0..500 {
        if done().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it did not happen within ten seconds");
}

both! {
    /// The second server hears of the first one's writes, and of nothing when nobody writes.
    async fn a_write_is_heard_next_door(app: TestApp) {
        let other = app.again().await;
        let coordinator = app.coordinator().await;
        let watches = [app.app.store.watch("first".to_owned()), other.app.store.watch("second".to_owned())];
        // Both have begun to watch, and have said so.
        tokio::time::sleep(Duration::from_millis(700)).await;
        let counts = |app: &tests::TestApp| (app.app.store.changes(Topic::Reference), app.app.store.changes(Topic::Accounts));
        let (here, there) = (counts(&app), counts(&other));
        tokio::time::sleep(Duration::from_millis(600)).await;
        assert_eq!((here, there), (counts(&app), counts(&other)), "silence");

        let body = json!({
            "key": "next-door", "kind": "public_institution",
            "facts": { "name": { "ko": "옆집" }, "valid_from": "2026-03-06", "source": "시험" }
        });
        app.post(&coordinator, "/v1/bodies", body).await.expect(201);
        until(async || counts(&other).0 > there.0).await;
        tokio::time::sleep(Duration::from_millis(600)).await;
        assert_eq!(counts(&app), (here.0 + 1, here.1), "its own write is not news");
        drop(watches);
    }
}
