//! The write path (쓰기 경로): versions, retries, pages under writes, and what becomes of a writer's neighbours.

use actix_web::test::TestRequest;
use domain::{
    access::act::body as act,
    body::{Body, NewBody},
};
use futures_util::{FutureExt, future::join_all};
use serde_json::{Value, json};
use std::{cell::Cell, future::poll_fn, panic::AssertUnwindSafe, task::Poll, time::Duration};
use store::{Order, StoreError};
use tests::{Answer, Persona, TestApp, both, on_sqlite, operator};

fn new(key: &str) -> Value {
    let facts =
        json!({ "name": { "ko": "시험 기관" }, "parent": "msit", "valid_from": "2026-03-06", "source": "시험" });
    json!({ "key": key, "kind": "public_institution", "facts": facts })
}
fn body(key: &str) -> Body {
    Body::create(serde_json::from_value::<NewBody>(new(key)).unwrap()).unwrap()
}

/// Enters a body without the transport, then does something more inside the same write.
async fn enter(app: &TestApp, key: &str, then: impl AsyncFnOnce() -> Result<(), StoreError>) -> Result<(), StoreError> {
    let order = Order::<act::Create>::new(operator(), String::new(), app.call());
    app.app
        .store
        .write(order, async |tx, permit| {
            store::body::add(tx, permit, body(key)).await?;
            then().await
        })
        .await
}
async fn nothing() -> Result<(), StoreError> {
    Ok(())
}
/// Gives way to the others once, in the middle of the write: however fast a commit is, its writer waits at least here.
async fn a_pause() -> Result<(), StoreError> {
    tokio::task::yield_now().await;
    Ok(())
}

/// Drops what is under way when it has to wait for the nth time.
async fn cut_off_after<T>(waits: u64, under_way: impl Future<Output = T>) -> Option<T> {
    let mut under_way = Box::pin(under_way);
    let mut left = waits;
    poll_fn(|cx| match under_way.as_mut().poll(cx) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => {
            left -= 1;
            if left == 0 { Poll::Ready(None) } else { Poll::Pending }
        }
    })
    .await
}

/// The keys of the register that begin with `t-`.
async fn entered(app: &TestApp, who: &Persona) -> Vec<String> {
    let (mut keys, mut token) = (Vec::new(), String::new());
    loop {
        let page = app.get(who, &format!("/v1/bodies?page_size=200{token}")).await.expect(200);
        let items = page.json["items"].as_array().unwrap();
        keys.extend(items.iter().map(|b| b["key"].as_str().unwrap().to_owned()).filter(|k| k.starts_with("t-")));
        let Some(next) = page.json["next_page_token"].as_str() else { break keys };
        token = format!("&page_token={next}");
    }
}

/// A post with an idempotency key.
async fn retried(app: &TestApp, who: &Persona, key: &str, body: &Value) -> Answer {
    let request =
        TestRequest::post().uri("/v1/bodies").insert_header(("authorization", format!("Bearer {}", who.token)));
    app.send(request.insert_header(("idempotency-key", key)).set_json(body)).await
}

both! {
    /// Of many changes to one version exactly one wins; a change must say which version it means.
    async fn of_fifty_changes_to_one_version_one_wins(app: TestApp) {
        let coordinator = app.coordinator().await;
        let made = app.post(&coordinator, "/v1/bodies", new("t-1")).await.expect(201);
        let tag = made.tag();
        let changes = (0..50).map(|n| app.patch(&coordinator, "/v1/bodies/t-1", &tag, json!({ "note": format!("{n}") })));
        let answers = join_all(changes.collect::<Vec<_>>()).await;
        let count = |status: u16| answers.iter().filter(|a| a.status == status).count();
        assert_eq!((count(200), count(412)), (1, 49), "{:?}", answers.iter().map(|a| a.status).collect::<Vec<_>>());

        let read = app.get(&coordinator, "/v1/bodies/t-1").await.expect(200);
        let won = answers.iter().find(|a| a.status == 200).unwrap();
        assert_eq!((read.tag(), &read.json), (won.tag(), &won.json));
        let again = TestRequest::get().uri("/v1/bodies/t-1").insert_header(("if-none-match", read.tag()));
        let again = app.send(again.insert_header(("authorization", format!("Bearer {}", coordinator.token)))).await;
        assert!(again.expect(304).bytes.is_empty());
        let bare = TestRequest::patch().uri("/v1/bodies/t-1").set_json(json!({ "note": "x" }));
        let bare = bare.insert_header(("content-type", "application/merge-patch+json"));
        let bare = app.send(bare.insert_header(("authorization", format!("Bearer {}", coordinator.token)))).await;
        assert_eq!(bare.expect(428).json["code"], "version_missing");
    }

    /// A hundred requests with one key make one thing; every answer is the first one, also after a restart.
    async fn a_hundred_retries_make_one(app: TestApp) {
        let coordinator = app.coordinator().await;
        let wish = new("t-once");
        let answers = join_all((0..100).map(|_| retried(&app, &coordinator, "once", &wish))).await;
        let first = answers.iter().find(|a| a.status == 201).expect("one was made").clone();
        for answer in &answers {
            match answer.status.as_u16() {
                201 => assert_eq!((&answer.bytes, answer.tag()), (&first.bytes, first.tag())),
                409 => assert_eq!(answer.json["code"], "request_in_flight"),
                other => panic!("{other}: {}", answer.json),
            }
        }
        let other = retried(&app, &coordinator, "once", &new("t-other")).await.expect(422);
        assert_eq!(other.json["code"], "idempotency_key_reused");
        assert_eq!(entered(&app, &coordinator).await, ["t-once"]);

        let restarted = app.again().await;
        let kept = retried(&restarted, &coordinator, "once", &wish).await.expect(201);
        assert_eq!((kept.bytes, kept.headers.get("location")), (first.bytes, first.headers.get("location")));
        retried(&restarted, &coordinator, "once", &new("t-other")).await.expect(422);
        // A key is its owner's: another person's request with the same words is another request.
        let colleague = app.coordinator().await;
        retried(&restarted, &colleague, "once", &wish).await.expect(409);
    }

    /// Answers are kept for two days and then forgotten.
    async fn kept_answers_are_forgotten_after_two_days(app: TestApp) {
        let coordinator = app.coordinator().await;
        let gone = async || app.app.store.forget_answers(app.app.clock.now()).await.unwrap();
        retried(&app, &coordinator, "old", &new("t-old")).await.expect(201);
        app.pass(47 * 3600);
        assert_eq!(gone().await, 0);
        app.pass(2 * 3600);
        assert_eq!(gone().await, 1);
    }

    /// While a thousand rows come in, whoever turns the pages sees each row that was there once, and none twice.
    async fn pages_neither_skip_nor_repeat_under_writes(app: TestApp) {
        let reader = app.planner("mois").await;
        for n in 0..40 {
            enter(&app, &format!("t-{:03}-old", n * 25), nothing).await.unwrap();
        }
        let (mut seen, mut token, mut next) = (Vec::new(), String::new(), 0);
        loop {
            let page = app.get(&reader, &format!("/v1/bodies?page_size=5{token}")).await.expect(200);
            seen.extend(page.json["items"].as_array().unwrap().iter().map(|b| b["key"].as_str().unwrap().to_owned()));
            let Some(turn) = page.json["next_page_token"].as_str() else { break };
            token = format!("&page_token={turn}");
            // Everywhere in the order, before and after where the reader is.
            let some = (next..(next + 40).min(1000)).map(|n| format!("t-{:03}-new", n * 617 % 1000));
            join_all(some.map(|key| { let app = &app; async move { enter(app, &key, nothing).await.unwrap() } })).await;
            next = (next + 40).min(1000);
        }
        assert_eq!(next, 1000);
        assert!(seen.is_sorted_by(|a, b| a < b), "in order and none twice");
        assert_eq!(seen.iter().filter(|k| k.ends_with("-old")).count(), 40);
        assert!(seen.len() < 84 + 40 + 1000 && seen.iter().any(|k| k.ends_with("-new")));
        assert_eq!(entered(&app, &reader).await.len(), 1040);
    }

    /// A failing, a vanishing and a panicking writer leave nothing; their neighbours' writes stay.
    async fn a_bad_neighbour_harms_nobody(app: TestApp) {
        let reader = app.planner("mois").await;
        let app = &app;
        join_all((0..64).map(|n| async move {
            let key = format!("t-{n:02}");
            match n % 8 {
                1 => {
                    let failed = enter(app, &key, async || Err(StoreError::NotFound)).await;
                    assert!(matches!(failed, Err(StoreError::NotFound)));
                }
                3 => {
                    let forever = async || {
                        tokio::time::sleep(Duration::from_mins(1)).await;
                        Ok(())
                    };
                    let write = enter(app, &key, forever);
                    assert!(tokio::time::timeout(Duration::from_millis(30), write).await.is_err());
                }
                5 => {
                    let write = enter(app, &key, async || panic!("on purpose"));
                    assert!(AssertUnwindSafe(write).catch_unwind().await.is_err());
                }
                _ => enter(app, &key, nothing).await.unwrap(),
            }
        }))
        .await;
        let good: Vec<String> = (0..64).filter(|n| ![1, 3, 5].contains(&(n % 8))).map(|n| format!("t-{n:02}")).collect();
        assert_eq!(entered(app, &reader).await, good);
    }

    /// Writers cut off at any moment: whoever was answered is there, whoever was not is there wholly or not at all,
    /// and the next writer is not disturbed.
    async fn writers_may_go_away_at_any_moment(app: TestApp) {
        let reader = app.planner("mois").await;
        let cut = Cell::new(0);
        let (app, cut) = (&app, &cut);
        let mut answered = Vec::new();
        for round in 0_u64..12 {
            let writers = (0_u64..16).map(|n| async move {
                let key = format!("t-{round}-{n}");
                let waits = if n % 2 == 0 { 1 + (round + n / 2) % 3 } else { u64::MAX };
                let patience = Duration::from_micros(200 + (round * 7919 + n * 104_729) % 9000);
                let write = cut_off_after(waits, enter(app, &key, a_pause));
                if let Ok(Some(done)) = tokio::time::timeout(patience, write).await { done.unwrap(); Some(key) } else { cut.set(cut.get() + 1); None }
            });
            answered.extend(join_all(writers).await.into_iter().flatten());
            enter(app, &format!("t-{round}-last"), nothing).await.unwrap();
            answered.push(format!("t-{round}-last"));
        }
        let there = entered(app, &reader).await;
        assert!(answered.iter().all(|key| there.contains(key)), "an answered write is lost");
        assert!(cut.get() >= 12, "the test cuts off too few: {}", cut.get());
    }
}

/// Writers that come together share their commits.
#[test]
fn sixty_four_writers_share_commits() {
    on_sqlite(async |app| {
        let (commits, writes) = app.app.store.write_counts();
        for round in 0..4 {
            let keys: Vec<String> = (0..64).map(|n| format!("t-{round}-{n}")).collect();
            let all = join_all(keys.iter().map(|key| enter(&app, key, a_pause))).await;
            assert!(all.iter().all(Result::is_ok));
        }
        let (commits, writes) = (app.app.store.write_counts().0 - commits, app.app.store.write_counts().1 - writes);
        assert_eq!(writes, 256);
        assert!(commits * 10 < writes * 3, "{commits} commits for {writes} writes");
    });
}

/// Whoever writes from another thread has the same rights in the queue.
#[test]
fn threads_share_one_writer() {
    on_sqlite(async |app| {
        let reader = app.planner("mois").await;
        let (store, call) = (app.app.store.clone(), app.call());
        let threads: Vec<_> = (0..4)
            .map(|thread| {
                let (store, call) = (store.clone(), call.clone());
                std::thread::spawn(move || {
                    actix_web::rt::System::new().block_on(async {
                        for n in 0..50 {
                            let order = Order::<act::Create>::new(operator(), String::new(), call.clone());
                            let key = format!("t-{thread}-{n}");
                            let add = async |tx: &store::Tx, permit: &_| store::body::add(tx, permit, body(&key)).await;
                            store.write(order, add).await.unwrap();
                        }
                    });
                })
            })
            .collect();
        actix_web::web::block(move || threads.into_iter().for_each(|t| t.join().unwrap())).await.unwrap();
        assert_eq!(entered(&app, &reader).await.len(), 200);
    });
}

/// The write-ahead log is brought into the database file while writers write, long before a commit would have to.
#[test]
fn the_log_is_brought_over_beside_the_writers() {
    on_sqlite(async |app| {
        let file = app.directory.as_ref().unwrap().path().join("axtrack.db");
        let before = std::fs::read(&file).unwrap();
        for n in 0..60 {
            enter(&app, &format!("t-{n}"), nothing).await.unwrap();
        }
        let began = std::time::Instant::now();
        while std::fs::read(&file).unwrap() == before {
            assert!(began.elapsed() < Duration::from_secs(10), "the file is as it was");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
}

/// SQLite undoes a whole transaction when the disk is full, for one. Nobody in it is told that it was done, and the
/// next writer finds a database that works.
#[test]
fn a_batch_that_breaks_is_told_and_forgotten() {
    use sea_orm::ConnectionTrait;
    on_sqlite(async |app| {
        let reader = app.planner("mois").await;
        let file = app.directory.as_ref().unwrap().path().join("axtrack.db");
        let raw = store::raw(&format!("sqlite:{}", file.display())).await.unwrap();
        raw.execute_unprepared(
            "CREATE TABLE parent (id INTEGER PRIMARY KEY);
             CREATE TABLE child (parent INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED);
             CREATE TRIGGER breaks AFTER INSERT ON body WHEN NEW.key LIKE 't-breaks%'
                BEGIN SELECT RAISE(ROLLBACK, 'as if the disk were full'); END;
             CREATE TRIGGER late AFTER INSERT ON body WHEN NEW.key LIKE 't-late%' BEGIN INSERT INTO child VALUES (1); END;",
        )
        .await
        .unwrap();
        for (bad, place) in [("t-breaks", 0), ("t-breaks", 3), ("t-breaks", 7), ("t-late", 0), ("t-late", 3)] {
            let before = entered(&app, &reader).await;
            let keys: Vec<String> = (0..8)
                .map(|n| if n == place { format!("{bad}-{n}") } else { format!("t-{bad}-{place}-{n}") })
                .collect();
            let told = join_all(keys.iter().map(|key| enter(&app, key, a_pause))).await;
            let there = entered(&app, &reader).await;
            for (key, told) in keys.iter().zip(&told) {
                assert_eq!(there.contains(key), told.is_ok(), "{key}: {told:?}");
            }
            assert!(before.iter().all(|key| there.contains(key)));
            assert!(told[place].is_err());
            enter(&app, &format!("t-after-{bad}-{place}"), nothing).await.unwrap();
        }
    });
}
