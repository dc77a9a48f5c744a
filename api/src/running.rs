//! The running server (가동 상태): what it counts, how much it takes, and whether it is on its way out.

use crate::{
    account::throttle::{Limits as Brakes, Throttle, Ticking},
    http::Network,
    operations::Metrics,
};
use std::{
    path::PathBuf,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

/// The state of one server, beside its data.
#[derive(Debug)]
pub struct Running {
    /// What is counted for `/metrics`.
    pub metrics: Metrics,
    /// The brakes on callers.
    pub throttle: Throttle,
    /// What one request may take.
    pub bounds: Bounds,
    draining: AtomicBool,
}

/// What one request may take, and whom the server believes.
#[derive(Debug, Clone)]
pub struct Bounds {
    /// After this long a request is given up with 503.
    pub time: Duration,
    /// The longest path with its query, in bytes.
    pub address_length: usize,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub proxies: Vec<Network>,
    /// Which requests leave a line in the log.
    pub log: Logged,
    /// Where the database file is, for its disk; none on PostgreSQL.
    pub data: Option<PathBuf>,
    /// Below this many free bytes on that disk the server is not ready.
    pub least_free: u64,
    /// How callers reach the server.
    pub transport: Transport,
}

/// Which requests leave a line in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logged {
    /// Every one.
    All,
    /// Those answered with 400 or more.
    Failed,
    /// None; failures of the server itself are logged all the same.
    None,
}

/// How callers reach the server, as its public address says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// `http://`: no promise to browsers.
    Plain,
    /// `https://`, ended by a proxy: browsers are told to stay on it.
    Secured,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(30),
            address_length: 8192,
            proxies: Vec::new(),
            log: Logged::All,
            data: None,
            least_free: 256 << 20,
            transport: Transport::Plain,
        }
    }
}

impl Running {
    /// A server that has just started.
    pub fn new(bounds: Bounds, brakes: Brakes, ticking: Ticking) -> Self {
        let throttle = Throttle::new(brakes, &ticking);
        Self { metrics: Metrics::default(), throttle, bounds, draining: AtomicBool::new(false) }
    }
    /// From now on the server is not ready and ends its connections; what is under way is finished.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::Release);
    }
    /// Whether the server is on its way out.
    pub fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Acquire)
    }
}
