//! What a server does beside answering (주기 작업): it watches for other processes' writes, forgets what is old, rates projects
//! anew when a day has begun, and offers GPUs on when offers have expired.

use crate::{App, offer_gpus, refresh_health};
use actix_web::{
    rt::{
        self,
        task::JoinHandle,
        time::{interval, sleep},
    },
    web::Data,
};
use std::time::Duration;

/// The tasks, which run as long as this is kept.
#[derive(Debug)]
pub struct Upkeep {
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
pub fn start(app: &Data<App>) -> Upkeep {
    let watch = app.store.watch(app.chance.uuid().to_string());
    let tasks = vec![rt::spawn(forget(app.clone())), rt::spawn(rate(app.clone())), rt::spawn(offer(app.clone()))];
    Upkeep { tasks, _watch: watch }
}

/// Every minute, from the start on, forgets callers who have their whole limit again; every hour also answers kept for
/// retries and sessions that are over.
async fn forget(app: Data<App>) {
    let mut minute = interval(Duration::from_mins(1));
    let mut minutes: u64 = 0;
    loop {
        minute.tick().await;
        app.running.throttle.prune();
        if minutes.is_multiple_of(60) {
            match (app.store.forget_answers(app.clock.now()).await, app.store.forget_sessions(app.clock.now()).await) {
                (Ok(answers), Ok(sessions)) => tracing::debug!(answers, sessions, "what is old was forgotten"),
                (Err(error), _) | (_, Err(error)) => tracing::warn!(%error, "what is old was not forgotten"),
            }
        }
        minutes = minutes.wrapping_add(1);
    }
}

/// Soon after the start, and whenever a day begins in Korea, rates what is under way as of that day.
async fn rate(app: Data<App>) {
    // The first callers come first.
    sleep(Duration::from_secs(10)).await;
    loop {
        let began = app.clock.now();
        match refresh_health(&app).await {
            Ok(done) => tracing::info!(looked_at = done.looked_at, changed = done.changed, "projects rated"),
            Err(problem) => tracing::warn!(code = problem.code.name, "projects were not rated"),
        }
        let tomorrow = began.day().ends_before();
        let left = tomorrow.micros().saturating_sub(app.clock.now().micros()).max(0);
        sleep(Duration::from_micros(left.unsigned_abs()) + Duration::from_secs(1)).await;
    }
}

/// Every ten minutes offers what is free of GPU pools along their waiting lists: offers expire, and days begin and end.
async fn offer(app: Data<App>) {
    let mut tick = interval(Duration::from_mins(10));
    // The first tick comes at once; the first callers come first.
    tick.tick().await;
    loop {
        tick.tick().await;
        match offer_gpus(&app).await {
            Ok(0) => {}
            Ok(offered) => tracing::info!(offered, "GPUs offered along the waiting lists"),
            Err(problem) => tracing::warn!(code = problem.code.name, "GPUs were not offered"),
        }
    }
}
