//! What a server does beside answering (주기 작업): it watches for other processes' writes and forgets what is old.

use crate::App;
use actix_web::{
    rt::{self, task::JoinHandle, time::interval},
    web::Data,
};
use std::time::Duration;

/// The tasks that run as long as the server does.
pub(super) struct Upkeep {
    tasks: Vec<JoinHandle<()>>,
    _watch: store::Watch,
}

impl Drop for Upkeep {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

/// Starts them.
pub(super) fn start(app: &Data<App>) -> Upkeep {
    let watch = app.store.watch(app.chance.uuid().to_string());
    Upkeep { tasks: vec![rt::spawn(forget(app.clone()))], _watch: watch }
}

/// Every minute forgets callers who have their whole limit again, and every hour answers kept for retries.
async fn forget(app: Data<App>) {
    let mut minute = interval(Duration::from_secs(60));
    let mut minutes: u64 = 0;
    loop {
        minute.tick().await;
        app.running.throttle.prune();
        if minutes.is_multiple_of(60)
            && let Err(error) = app.store.forget_answers(app.clock.now()).await
        {
            tracing::warn!(%error, "old kept answers were not forgotten");
        }
        minutes = minutes.wrapping_add(1);
    }
}
