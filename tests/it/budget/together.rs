//! Many at once (동시성): no line is ever overdrawn, and no two writers wait for each other for good.

use super::{balances, book, id_of, line, open, under};
use domain::access::{act::budget as act, scope};
use futures_util::future::join_all;
use serde_json::json;
use tests::{both, operator};

both! {
    /// Of fifty commitments of 70 on a line of 1,000 exactly fourteen fit, whatever the order.
    async fn fifty_commitments_never_overdraw(app: TestApp) {
        let msit = app.planner("msit").await;
        let path = open(&app, &msit, line("msit", 2026, 1000)).await;
        let tries = (0..50).map(|n| book(&app, &msit, &path, under(&format!("c-{n}"), "commitment", 70, "2026-02-02")));
        let answers = join_all(tries).await;
        let made = answers.iter().filter(|a| a.status == 201).count();
        let refused = answers.iter().filter(|a| a.status == 409 && a.json["code"] == "beyond_current_budget").count();
        assert_eq!((made, refused), (14, 36));
        assert_eq!(balances(&app, &msit, &path, ["committed", "available"]).await, [980, 20]);
        let mut places: Vec<i64> =
            answers.iter().filter_map(|a| a.json["entries"][0]["n"].as_i64()).collect();
        places.sort_unstable();
        assert_eq!(places, (2..=15).collect::<Vec<_>>());
    }

    /// Two lines give to each other at the same time, while both are committed: everybody is answered, every won stays.
    async fn two_lines_shift_against_each_other(app: TestApp) {
        let msit = app.planner("msit").await;
        let (one, two) = (open(&app, &msit, line("msit", 2026, 1000)).await, open(&app, &msit, line("msit", 2026, 1000)).await);
        let give = async |from: &str, to: &str| {
            let new = json!({ "kind": "reallocation", "to": id_of(to), "amount_krw": 10, "booked_on": "2026-05-04", "approval_no": "1" });
            app.post(&msit, &format!("{from}/shifts"), new).await.status.as_u16()
        };
        let commit = async |line: &str, n: usize| {
            book(&app, &msit, line, under(&format!("c-{n}"), "commitment", 1, "2026-05-04")).await.status.as_u16()
        };
        let round = async |n: usize| {
            let (a, b, c, d) = tokio::join!(give(&one, &two), give(&two, &one), commit(&one, n), commit(&two, n));
            [a, b, c, d]
        };
        let statuses: Vec<u16> = join_all((0..15).map(round)).await.into_iter().flatten().collect();
        assert_eq!(statuses, [201].repeat(60));
        let now = [balances(&app, &msit, &one, ["current_budget", "committed"]).await, balances(&app, &msit, &two, ["current_budget", "committed"]).await];
        assert_eq!(now, [[1000, 15], [1000, 15]]);
        assert_eq!(store::budget::unreconciled(&app.app.store, &scope::<act::Read>(&operator())).await.unwrap(), []);
    }
}
