//! What can be set (설정 항목): one table from which flags, environment, file and documentation are read.

use domain::problem::Words;

/// One thing that can be set.
#[derive(Debug)]
pub struct Key {
    /// Its name in a TOML file; in the environment in capitals after `AXTRACK_`; as a flag with dashes.
    pub name: &'static str,
    /// What its value may be.
    pub kind: Kind,
    /// Its value when nobody says otherwise.
    pub default: &'static str,
    /// What it does.
    pub about: Words,
}

/// What a value may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A whole number between these.
    Number(u64, u64),
    /// A number of seconds, with fractions, between these.
    Seconds(u32, u32),
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A list of texts; in the environment separated by commas.
    List,
}

impl Key {
    /// Its name in the environment.
    pub fn variable(&self) -> String {
        format!("AXTRACK_{}", self.name.to_uppercase())
    }
    /// Its name as a flag.
    pub fn flag(&self) -> String {
        format!("--{}", self.name.replace('_', "-"))
    }
}

const fn key(name: &'static str, kind: Kind, default: &'static str, ko: &'static str, en: &'static str) -> Key {
    Key { name, kind, default, about: Words::fixed(ko, en) }
}

/// Everything that can be set.
pub static KEYS: [Key; 19] = [
    key(
        "database_url",
        Kind::Text,
        "sqlite:data/axtrack.db",
        "데이터베이스: sqlite:경로 또는 postgres://...",
        "The database: sqlite:PATH or postgres://...",
    ),
    key("listen", Kind::Text, "127.0.0.1:8080", "요청을 받을 주소와 포트", "Address and port to listen on"),
    key(
        "public_url",
        Kind::Text,
        "",
        "밖에서 부르는 주소이자 토큰 발급자; 비우면 http://{listen}",
        "How callers know the server, and the issuer of its tokens; http://{listen} when empty",
    ),
    key(
        "workers",
        Kind::Text,
        "auto",
        "요청을 처리하는 스레드 수; auto는 코어 수(최소 2)",
        "Threads that answer requests; auto is one a core, at least two",
    ),
    key(
        "connections",
        Kind::Number(1, 64),
        "8",
        "데이터베이스 연결 수(SQLite는 읽기 연결, 최대 4)",
        "Database connections (on SQLite for reads, 4 at most)",
    ),
    key(
        "database_wait_seconds",
        Kind::Number(1, 60),
        "5",
        "데이터베이스를 기다리는 시간; 넘으면 503",
        "How long a request waits for the database before 503",
    ),
    key("log_format", Kind::OneOf(&["text", "json"]), "text", "로그 모양", "How log lines look"),
    key(
        "log_level",
        Kind::Text,
        "info",
        "로그 수준 또는 필터(예: info,sqlx=debug)",
        "Log level or filter, such as info,sqlx=debug",
    ),
    key(
        "log_requests",
        Kind::OneOf(&["all", "failed", "none"]),
        "all",
        "로그에 남길 요청",
        "Which requests leave a log line",
    ),
    key(
        "requests_per_minute",
        Kind::Number(1, 10_000_000),
        "1200",
        "호출자별 분당 요청 수",
        "Requests a minute for each caller",
    ),
    key(
        "sign_ins_per_name_per_minute",
        Kind::Number(1, 10_000),
        "5",
        "이름별 분당 로그인 시도",
        "Sign-ins a minute under one name",
    ),
    key(
        "sign_ins_per_address_per_minute",
        Kind::Number(1, 100_000),
        "20",
        "주소별 분당 로그인 시도",
        "Sign-ins a minute from one address",
    ),
    key(
        "trusted_proxies",
        Kind::List,
        "",
        "X-Forwarded-For를 믿을 프록시(예: 10.0.0.0/8)",
        "Proxies whose X-Forwarded-For is believed, such as 10.0.0.0/8",
    ),
    key(
        "request_timeout_seconds",
        Kind::Number(1, 3600),
        "30",
        "요청 하나의 최대 시간; 넘으면 503",
        "The longest a request may take before 503",
    ),
    key(
        "keep_alive_seconds",
        Kind::Number(1, 3600),
        "15",
        "놀고 있는 연결을 유지하는 시간",
        "How long an idle connection is kept",
    ),
    key(
        "drain_seconds",
        Kind::Seconds(0, 600),
        "1",
        "정지 신호 뒤에도 새 연결을 받는 시간",
        "How long new connections are still taken after the order to stop",
    ),
    key(
        "stop_seconds",
        Kind::Number(1, 3600),
        "30",
        "그 뒤 진행 중인 요청을 기다리는 시간",
        "How long requests under way are then waited for",
    ),
    key(
        "least_free_disk_mib",
        Kind::Number(0, 1_000_000),
        "256",
        "이보다 빈자리가 적으면 준비되지 않음(SQLite)",
        "Below this the server is not ready (SQLite)",
    ),
    key(
        "demo",
        Kind::OneOf(&["true", "false"]),
        "false",
        "빈 데이터베이스에 시연 자료를 넣음",
        "Load the demonstration portfolio into an empty database",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_plain() {
        let mut names: Vec<_> = KEYS.iter().map(|k| k.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), KEYS.len());
        assert!(names.iter().all(|n| n.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')));
    }
}
