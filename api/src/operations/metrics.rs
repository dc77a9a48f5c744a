//! What is counted (지표), in the text format that Prometheus reads.

use crate::App;
use actix_web::http::Method;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};
use std::{
    fmt,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

/// Upper bounds of the latency buckets, in seconds.
const BUCKETS: [f64; 12] = [0.0002, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0];

/// The server's own counts. What the store counts is read when asked.
pub struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    times: Family<RouteLabels, Histogram, fn() -> Histogram>,
    in_flight: Gauge,
    begun: AtomicU64,
    draining: Gauge,
    read: FromStore,
}

/// What the store counts, copied at each reading.
#[derive(Default)]
struct FromStore {
    writes: Counter,
    commits: Counter,
    connections: Gauge,
    idle: Gauge,
    tokens: Gauge,
}

/// A request that has been answered.
pub(crate) struct Seen<'a> {
    /// Its method.
    pub method: &'a Method,
    /// The template of its path, never the path itself.
    pub route: String,
    /// Its status.
    pub status: u16,
    /// How long it took.
    pub time: Duration,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    method: &'static str,
    route: String,
}

/// A request under way; counted until it is dropped.
#[derive(Debug)]
pub(crate) struct Flying(Gauge);
impl Drop for Flying {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metrics(..)")
    }
}

impl Default for Metrics {
    fn default() -> Self {
        let histogram: fn() -> Histogram = || Histogram::new(BUCKETS);
        let (requests, times) = (Family::default(), Family::new_with_constructor(histogram));
        let (in_flight, draining, read) = (Gauge::default(), Gauge::default(), FromStore::default());
        let mut registry = Registry::with_prefix("axtrack");
        registry.register("http_requests", "Requests answered, by method, route template and status", requests.clone());
        registry.register(
            "http_request_duration_seconds",
            "Time to answer, by method and route template",
            times.clone(),
        );
        registry.register("http_requests_in_flight", "Requests under way", in_flight.clone());
        registry.register("draining", "1 while the server is stopping", draining.clone());
        registry.register("store_writes", "Writes made durable since the start", read.writes.clone());
        registry.register("store_commits", "Transactions committed for them", read.commits.clone());
        registry.register("store_connections", "Open database connections", read.connections.clone());
        registry.register("store_connections_idle", "Of those, not in use", read.idle.clone());
        registry.register("known_tokens", "Access tokens remembered as verified", read.tokens.clone());
        let version = [("version".into(), env!("CARGO_PKG_VERSION").into())];
        let build: Gauge = Gauge::default();
        build.set(1);
        registry.sub_registry_with_labels(version.into_iter()).register("build", "The running program", build);
        Self { registry, requests, times, in_flight, begun: AtomicU64::new(0), draining, read }
    }
}

impl Metrics {
    pub(crate) fn take_off(&self) -> Flying {
        self.in_flight.inc();
        self.begun.fetch_add(1, Ordering::Relaxed);
        Flying(self.in_flight.clone())
    }

    /// How many requests are under way, and how many have ever begun.
    pub(crate) fn flights(&self) -> (i64, u64) {
        (self.in_flight.get(), self.begun.load(Ordering::Relaxed))
    }

    /// Counts an answer.
    pub(crate) fn count(&self, seen: Seen<'_>) {
        let labels = RouteLabels { method: method(seen.method), route: seen.route };
        self.times.get_or_create(&labels).observe(seen.time.as_secs_f64());
        let RouteLabels { method, route } = labels;
        self.requests.get_or_create(&RequestLabels { method, route, status: seen.status }).inc();
    }

    /// Everything, as `application/openmetrics-text`.
    pub(crate) fn text(&self, app: &App) -> Result<String, fmt::Error> {
        let (commits, writes) = app.store.write_counts();
        let pool = app.store.connections();
        let copy = |counter: &Counter, value: u64| AtomicU64::store(counter.inner(), value, Ordering::Relaxed);
        copy(&self.read.commits, commits);
        copy(&self.read.writes, writes);
        self.read.connections.set(pool.open.into());
        self.read.idle.set(pool.idle.into());
        self.read.tokens.set(i64::try_from(app.sign_in.remembered()).unwrap_or(i64::MAX));
        self.draining.set(app.running.is_draining().into());
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// The known methods; anything else shares one label, so that callers cannot make labels.
fn method(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}
