//! The stage of the demonstration (시연 무대): who acts when, and the chance that repeats.

use super::{super::draw::Draw, cast::Cast};
use crate::App;
use domain::{
    access::{Action, Actor},
    committee::Seed,
    day::Instant,
    id::Id,
};
use store::{Call, Expects, Order};

/// Where and when the support programme is played.
#[derive(Debug)]
pub(super) struct Stage<'a> {
    /// The service.
    pub app: &'a App,
    /// Who acts.
    pub cast: Cast,
    now: Instant,
    draw: Draw,
}

impl<'a> Stage<'a> {
    /// Now, with these people.
    pub fn of(app: &'a App, cast: Cast) -> Self {
        Self { app, cast, now: app.clock.now(), draw: Draw::of(18_000_000_000) }
    }
    /// An hour and a minute in Korea, so many days from today.
    pub fn at(&self, days: i64, (hour, minute): (i64, i64)) -> Instant {
        let day = self.now.plus_seconds(days.saturating_mul(86_400)).day();
        day.starts_at().plus_seconds(hour.saturating_mul(3600).saturating_add(minute.saturating_mul(60)))
    }
    /// Somebody's wish to do something then, as a request of its own; now, if that moment is still to come: nothing is on record
    /// from the future.
    pub fn order<A: Action>(&self, who: Actor, id: &impl ToString, at: Instant) -> Order<A> {
        let at = at.min(self.now);
        let (request_id, address) = (self.app.chance.uuid().to_string(), "local".to_owned());
        Order::new(who, id.to_string(), Call { at, request_id, address, retry: None, expects: Expects::Anything })
    }
    /// An id made then.
    pub fn id<K>(&mut self, at: Instant) -> Id<K> {
        self.draw.id(at)
    }
    /// The seed of a lot.
    pub fn seed(&mut self) -> Seed {
        let mut seed = [0; 32];
        for (place, byte) in seed.chunks_exact_mut(8).zip([0; 4].map(|_: u8| self.draw.next().to_be_bytes())) {
            place.copy_from_slice(&byte);
        }
        Seed::from(seed)
    }
}
