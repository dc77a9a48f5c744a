//! Change counters (변경 계수): what has moved, so that answers can be kept until it does.

use std::sync::atomic::{AtomicU64, Ordering};

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

const TOPICS: usize = 3;

#[derive(Debug, Default)]
pub(crate) struct Changes([AtomicU64; TOPICS]);

impl Changes {
    fn cell(&self, topic: Topic) -> &AtomicU64 {
        let [accounts, reference, portfolio] = &self.0;
        match topic {
            Topic::Accounts => accounts,
            Topic::Reference => reference,
            Topic::Portfolio => portfolio,
        }
    }
    pub(crate) fn count(&self, topic: Topic) -> u64 {
        self.cell(topic).load(Ordering::Acquire)
    }
    pub(crate) fn bump(&self, topic: Topic) {
        self.cell(topic).fetch_add(1, Ordering::AcqRel);
    }
    /// Another process has written: anything may have changed.
    pub(crate) fn bump_all(&self) {
        for topic in [Topic::Accounts, Topic::Reference, Topic::Portfolio] {
            self.bump(topic);
        }
    }
}
