//! Reading settings (설정 읽기): every source in its turn, every fault at once, with a guess at what was meant.

use super::{KEYS, Key, Kind, Settings};
use std::{
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
};

/// Names in the environment that begin like ours and are not settings: the file's place, and those of the tests.
const OTHERS: [&str; 3] = ["AXTRACK_CONFIG", "AXTRACK_TEST_POSTGRES", "AXTRACK_PG_BINDIR"];

/// Where settings are looked for.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Given on the command line, by key.
    pub flags: BTreeMap<&'static str, String>,
    /// The environment; only `AXTRACK_*` is looked at.
    pub environment: BTreeMap<String, String>,
    /// The file to read; when not named, `axtrack.toml` where the program was started, if it is there.
    pub file: Option<PathBuf>,
}

/// One setting and where its value came from.
#[derive(Debug, Clone)]
pub struct Setting {
    /// What is set.
    pub key: &'static Key,
    /// To what.
    pub value: String,
    /// By whom.
    pub origin: Origin,
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Built in.
    Default,
    /// A file.
    File(PathBuf),
    /// The environment.
    Environment,
    /// The command line.
    Flag,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Environment => f.write_str("environment"),
            Self::Flag => f.write_str("flag"),
        }
    }
}

/// Settings that cannot be used, with every reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("설정이 올바르지 않습니다 / the settings are not valid:\n  {}", faults.join("\n  "))]
pub struct ConfigError {
    /// Every reason, in both languages.
    pub faults: Vec<String>,
}

/// Reads and checks all settings.
pub fn read(sources: &Sources) -> Result<Settings, ConfigError> {
    let mut faults = Vec::new();
    let file = from_file(sources.file.as_deref(), &mut faults);
    unknown_variables(&sources.environment, &mut faults);
    let set = |key: &'static Key| {
        let flag = sources.flags.get(key.name).map(|v| (v.clone(), Origin::Flag));
        let variable = || sources.environment.get(&key.variable()).map(|v| (v.clone(), Origin::Environment));
        let line = || file.values.get(key.name).map(|v| (v.clone(), Origin::File(file.path.clone())));
        let (value, origin) = flag.or_else(variable).or_else(line).unwrap_or((key.default.to_owned(), Origin::Default));
        Setting { key, value, origin }
    };
    let given: Vec<Setting> = KEYS.iter().map(set).collect();
    faults.extend(given.iter().filter_map(fault));
    if faults.is_empty() { Settings::of(given) } else { Err(ConfigError { faults }) }
}

#[derive(Default)]
struct FromFile {
    path: PathBuf,
    values: BTreeMap<String, String>,
}

fn from_file(named: Option<&Path>, faults: &mut Vec<String>) -> FromFile {
    let path = named.unwrap_or_else(|| Path::new("axtrack.toml"));
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => return FromFile::default(),
        Err(error) => {
            faults.push(format!("{}: 읽을 수 없습니다 / cannot be read: {error}", path.display()));
            return FromFile::default();
        }
    };
    let table: toml::Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            let error: toml::de::Error = error;
            faults.push(format!("{}: TOML이 아닙니다 / not TOML: {}", path.display(), error.message()));
            return FromFile::default();
        }
    };
    let mut values = BTreeMap::new();
    for (name, value) in table {
        let Some(key) = KEYS.iter().find(|key| key.name == name) else {
            faults.push(format!("{}: {}", path.display(), unknown(&name, KEYS.iter().map(|k| k.name.to_owned()))));
            continue;
        };
        match plain(key, &value) {
            Some(text) => drop(values.insert(name, text)),
            None => faults.push(format!("{}: {name}: 값의 형식이 다릅니다 / wrong type: {value}", path.display())),
        }
    }
    FromFile { path: path.to_owned(), values }
}

/// A TOML value as the text that the environment would give.
fn plain(key: &Key, value: &toml::Value) -> Option<String> {
    match (key.kind, value) {
        (Kind::Number(..) | Kind::Seconds(..), toml::Value::Integer(n)) => Some(n.to_string()),
        (Kind::Seconds(..), toml::Value::Float(n)) => Some(n.to_string()),
        (Kind::OneOf(words), toml::Value::Boolean(b)) if words.contains(&"true") => Some(b.to_string()),
        (Kind::List, toml::Value::Array(items)) => {
            items.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>().map(|l| l.join(","))
        }
        (Kind::Text, toml::Value::Integer(n)) if key.name == "workers" => Some(n.to_string()),
        (Kind::Text | Kind::OneOf(_), toml::Value::String(text)) => Some(text.clone()),
        _ => None,
    }
}

fn unknown_variables(environment: &BTreeMap<String, String>, faults: &mut Vec<String>) {
    for name in environment.keys().filter(|name| name.starts_with("AXTRACK_")) {
        let known = OTHERS.contains(&name.as_str()) || KEYS.iter().any(|key| key.variable() == *name);
        if !known {
            faults.push(unknown(name, KEYS.iter().map(Key::variable)));
        }
    }
}

fn unknown(name: &str, known: impl Iterator<Item = String>) -> String {
    let near = known.map(|k| (strsim::damerau_levenshtein(name, &k), k)).min();
    let guess = near.filter(|(far, k)| *far <= 2.max(k.len() / 3)).map(|(_, k)| k);
    let told = format!("{name}: 모르는 설정입니다 / unknown setting");
    guess.map_or_else(|| told.clone(), |guess| format!("{told}; 혹시 / did you mean {guess}?"))
}

/// What is wrong with a value for its kind.
fn fault(setting: &Setting) -> Option<String> {
    let Setting { key, value, origin } = setting;
    let wrong = |wanted: String| Some(format!("{} ({origin}): {value:?}: {wanted}", key.name));
    match key.kind {
        Kind::Number(least, most) => match value.parse::<u64>() {
            Ok(n) if (least..=most).contains(&n) => None,
            _ => wrong(format!("{least}~{most}의 정수여야 합니다 / must be a whole number, {least} to {most}")),
        },
        Kind::Seconds(least, most) => match value.parse::<f64>() {
            Ok(n) if n >= least.into() && n <= most.into() => None,
            _ => wrong(format!("{least}~{most}초여야 합니다 / must be {least} to {most} seconds")),
        },
        Kind::OneOf(words) if !words.contains(&value.as_str()) => {
            wrong(format!("다음 가운데 하나 / must be one of: {}", words.join(", ")))
        }
        Kind::OneOf(_) | Kind::Text | Kind::List => None,
    }
}
