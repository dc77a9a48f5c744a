//! Settings (설정): flags before `AXTRACK_*` before a TOML file before defaults, each value knowing where it came from.

mod key;
mod read;
mod shown;

pub use key::{KEYS, Key, Kind};
pub use read::{ConfigError, Origin, Setting, Sources, read};
pub(crate) use shown::as_json;
pub use shown::{masked, shown};

use crate::{Bounds, Logged, Transport, account::throttle::Limits, http::Network};
use std::{collections::BTreeMap, net::SocketAddr, num::NonZeroU32, str::FromStr, time::Duration};

/// What the program runs with, every value checked.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `sqlite:PATH` or `postgres://...`.
    pub database_url: String,
    /// Where to listen.
    pub listen: SocketAddr,
    /// The address under which callers know the server; tokens carry it. Without a slash at its end.
    pub public_url: String,
    /// Threads that answer requests.
    pub workers: usize,
    /// Database connections.
    pub connections: u32,
    /// How long a request waits for the database.
    pub patience: Duration,
    /// How log lines look.
    pub log_format: LogFormat,
    /// Which log lines are written: a level, or a filter such as `info,sqlx=warn`.
    pub log_level: String,
    /// The brakes on callers.
    pub brakes: Limits,
    /// What one request may take.
    pub bounds: Bounds,
    /// How long an idle connection is kept.
    pub keep_alive: Duration,
    /// How long new connections are still taken after the order to stop.
    pub drain: Duration,
    /// How long requests under way are waited for after that.
    pub stop: Duration,
    /// Whether the demonstration portfolio is loaded into an empty database.
    pub demo: Demo,
    /// Every setting as it was given, for `config show`.
    pub given: Vec<Setting>,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for programs.
    Json,
}

/// Whether the demonstration portfolio is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demo {
    /// It is loaded into an empty database.
    Wanted,
    /// It is not.
    Unwanted,
}

impl Settings {
    /// Checks every value; all faults at once.
    pub fn of(given: Vec<Setting>) -> Result<Self, ConfigError> {
        let mut values = Values { of: given.iter().map(|s| (s.key.name, s)).collect(), faults: Vec::new() };
        let database_url: String = values.taken("database_url");
        let listen = values.taken("listen");
        let public_url = values.one("public_url", |url| public(url, listen));
        let data = store::file_of(&database_url);
        if data.is_none() && !store::is_postgres(&database_url) {
            values.faults.push(
                "database_url: sqlite:PATH 또는 postgres://... 이어야 합니다 / must be sqlite:PATH or postgres://..."
                    .to_owned(),
            );
        }
        let bounds = Bounds {
            time: values.seconds("request_timeout_seconds"),
            proxies: values.one("trusted_proxies", networks),
            log: values.one("log_requests", |word| match word {
                "failed" => Ok(Logged::Failed),
                "none" => Ok(Logged::None),
                _ => Ok(Logged::All),
            }),
            data,
            least_free: values.taken::<u64>("least_free_disk_mib").saturating_mul(1 << 20),
            transport: if public_url.starts_with("https:") { Transport::Secured } else { Transport::Plain },
            ..Bounds::default()
        };
        let brakes = Limits {
            sign_ins_per_name: values.per_minute("sign_ins_per_name_per_minute"),
            sign_ins_per_address: values.per_minute("sign_ins_per_address_per_minute"),
            requests_per_caller: values.per_minute("requests_per_minute"),
        };
        let made = Self {
            listen,
            public_url,
            workers: values.one("workers", workers),
            connections: values.taken("connections"),
            patience: values.seconds("database_wait_seconds"),
            log_format: values.one("log_format", |w| Ok(if w == "json" { LogFormat::Json } else { LogFormat::Text })),
            log_level: values.taken("log_level"),
            brakes,
            bounds,
            keep_alive: values.seconds("keep_alive_seconds"),
            drain: values.one("drain_seconds", |text| Ok(Duration::from_secs_f64(text.parse().unwrap_or(1.0)))),
            stop: values.seconds("stop_seconds"),
            demo: values.one("demo", |w| Ok(if w == "true" { Demo::Wanted } else { Demo::Unwanted })),
            database_url,
            given: Vec::new(),
        };
        if values.faults.is_empty() { Ok(Self { given, ..made }) } else { Err(ConfigError { faults: values.faults }) }
    }
}

/// The values while they are read, and what is wrong with them.
struct Values<'a> {
    of: BTreeMap<&'static str, &'a Setting>,
    faults: Vec<String>,
}

impl Values<'_> {
    fn one<T>(&mut self, name: &str, read: impl Fn(&str) -> Result<T, String>) -> T
    where
        T: Fallback,
    {
        let text = self.of.get(name).map_or("", |setting| setting.value.as_str());
        read(text).unwrap_or_else(|why| {
            self.faults.push(format!("{name}: {why}"));
            T::fallback()
        })
    }
    fn taken<T: FromStr + Fallback>(&mut self, name: &str) -> T {
        self.one(name, |text| text.parse().map_err(|_| format!("{text:?}: 올바르지 않은 값 / not a valid value")))
    }
    fn seconds(&mut self, name: &str) -> Duration {
        Duration::from_secs(self.taken(name))
    }
    fn per_minute(&mut self, name: &str) -> NonZeroU32 {
        self.taken(name)
    }
}

/// What stands in for a value that cannot be read, until all faults are told.
trait Fallback {
    fn fallback() -> Self;
}
macro_rules! fallback {
    ($($kind:ty = $value:expr),+ $(,)?) => { $(impl Fallback for $kind { fn fallback() -> Self { $value } })+ };
}
fallback! {
    String = String::new(), u64 = 0, u32 = 1, usize = 2, NonZeroU32 = NonZeroU32::MIN, Duration = Duration::ZERO,
    SocketAddr = SocketAddr::from(([127, 0, 0, 1], 0)), Vec<Network> = Vec::new(), Logged = Logged::All,
    LogFormat = LogFormat::Text, Demo = Demo::Unwanted,
}

fn public(url: &str, listen: SocketAddr) -> Result<String, String> {
    if url.is_empty() {
        return Ok(format!("http://{listen}"));
    }
    let known = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let whole = known.is_some_and(|rest| !rest.is_empty() && !rest.contains(['?', '#', ' ']));
    if whole {
        Ok(url.trim_end_matches('/').to_owned())
    } else {
        Err(format!("{url:?}: http:// 또는 https:// 주소가 아닙니다 / not an http:// or https:// address"))
    }
}

/// `auto` is one for each core, at least two.
fn workers(text: &str) -> Result<usize, String> {
    if text == "auto" {
        return Ok(std::thread::available_parallelism().map_or(2, usize::from).max(2));
    }
    match text.parse() {
        Ok(n @ 1..=256) => Ok(n),
        _ => Err(format!("{text:?}: auto 또는 1~256 / auto or 1 to 256")),
    }
}

fn networks(list: &str) -> Result<Vec<Network>, String> {
    let parts = list.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| part.parse().map_err(|e: crate::http::NotANetwork| e.to_string())).collect()
}
