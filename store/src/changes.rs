//! Change counters (변경 계수): what has moved, so that answers can be kept until it does.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use tokio::sync::Notify;

/// What a kept answer depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// Accounts, roles, service keys and signing keys: kept sign-ins depend on it.
    Accounts,
    /// Bodies, regions, programmes, figures and other reference data.
    Reference,
    /// The portfolio's rollups.
    Portfolio,
}

const ALL: [Topic; 3] = [Topic::Accounts, Topic::Reference, Topic::Portfolio];

impl Topic {
    /// Its word in messages between processes.
    const fn name(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Reference => "reference",
            Self::Portfolio => "portfolio",
        }
    }
    pub(crate) fn named(name: &str) -> Option<Self> {
        ALL.into_iter().find(|topic| topic.name() == name)
    }
    const fn bit(self) -> u8 {
        match self {
            Self::Accounts => 1,
            Self::Reference => 2,
            Self::Portfolio => 4,
        }
    }
}

#[derive(Debug, Default)]
pub(crate) struct Changes {
    counts: [AtomicU64; ALL.len()],
    /// What this process has changed and not told the others, a bit for each topic.
    untold: AtomicU8,
    /// Wakes the task that tells them.
    wake: Notify,
}

impl Changes {
    fn cell(&self, topic: Topic) -> &AtomicU64 {
        let [accounts, reference, portfolio] = &self.counts;
        match topic {
            Topic::Accounts => accounts,
            Topic::Reference => reference,
            Topic::Portfolio => portfolio,
        }
    }
    pub(crate) fn count(&self, topic: Topic) -> u64 {
        self.cell(topic).load(Ordering::Acquire)
    }
    /// This process has changed something.
    pub(crate) fn bump(&self, topic: Topic) {
        self.heard(topic);
        self.untold.fetch_or(topic.bit(), Ordering::AcqRel);
        self.wake.notify_one();
    }
    /// Another process has changed something.
    pub(crate) fn heard(&self, topic: Topic) {
        self.cell(topic).fetch_add(1, Ordering::AcqRel);
    }
    /// Another process has written: anything may have changed.
    pub(crate) fn bump_all(&self) {
        for topic in ALL {
            self.heard(topic);
        }
    }

    /// What has not been told yet, as words; asked once, it counts as told.
    pub(crate) fn untold(&self) -> Option<String> {
        let bits = self.untold.swap(0, Ordering::AcqRel);
        let words: Vec<&str> = ALL.into_iter().filter(|t| bits & t.bit() != 0).map(Topic::name).collect();
        (!words.is_empty()).then(|| words.join(","))
    }
    /// Returns when there is something to tell.
    pub(crate) async fn something_untold(&self) {
        self.wake.notified().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_untold_is_told_once() {
        let changes = Changes::default();
        assert_eq!(changes.untold(), None);
        changes.heard(Topic::Reference);
        changes.bump(Topic::Portfolio);
        changes.bump(Topic::Accounts);
        assert_eq!(changes.untold().as_deref(), Some("accounts,portfolio"));
        assert_eq!((changes.untold(), changes.count(Topic::Reference)), (None, 1));
        assert!(ALL.into_iter().all(|t| Topic::named(t.name()) == Some(t)));
    }
}
