//! Settings as they are shown (설정 보기): everything but secrets.

use super::Setting;
use serde_json::{Value, json};

/// The settings as text, one a line as a TOML file would have it, with where each came from.
pub fn shown(settings: &[Setting]) -> String {
    let line = |s: &Setting| format!("{} = {:?}  # {}", s.key.name, masked(&s.value), s.origin);
    settings.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The same for programs.
pub(crate) fn as_json(settings: &[Setting]) -> Value {
    let one = |s: &Setting| {
        let shown = json!({ "value": masked(&s.value), "origin": s.origin.to_string(), "variable": s.key.variable() });
        (s.key.name.to_owned(), shown)
    };
    Value::Object(settings.iter().map(one).collect())
}

/// A text whose passwords are covered, should it be an address: `postgres://axtrack:***@db/axtrack`.
pub fn masked(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let (before_query, query) = rest.split_once('?').map_or((rest, None), |(b, q)| (b, Some(q)));
    // The last @ before the path: a password may hold one.
    let shown = match before_query.rsplit_once('@') {
        Some((user, host)) => match user.split_once(':') {
            Some((name, _)) => format!("{name}:***@{host}"),
            None => format!("{user}@{host}"),
        },
        None => before_query.to_owned(),
    };
    let covered = |pair: &str| match pair.split_once('=') {
        Some((name, _)) if name.to_lowercase().contains("pass") || name.contains("key") => format!("{name}=***"),
        _ => pair.to_owned(),
    };
    let query =
        query.map_or_else(String::new, |q| format!("?{}", q.split('&').map(covered).collect::<Vec<_>>().join("&")));
    format!("{scheme}://{shown}{query}")
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn passwords_are_covered() {
        assert_eq!(masked("postgres://ax:p@ss:w@db.go.kr/ax"), "postgres://ax:***@db.go.kr/ax");
        assert_eq!(
            masked("postgres://ax@db/ax?password=secret&sslmode=require"),
            "postgres://ax@db/ax?password=***&sslmode=require"
        );
        assert_eq!(masked("sqlite:data/axtrack.db"), "sqlite:data/axtrack.db");
        assert_eq!(masked("https://ax.go.kr"), "https://ax.go.kr");
    }
}
