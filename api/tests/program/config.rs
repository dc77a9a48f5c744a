//! Settings (설정): which source wins, what is refused, what is covered.

use crate::kit::Place;
use std::fs;

#[test]
fn flags_come_before_the_environment_before_the_file_before_defaults() {
    let place = Place::new();
    let listen = |place: &Place, flags: &[&str]| {
        let arguments: Vec<&str> = ["config", "show", "--json"].iter().chain(flags).copied().collect();
        let shown = place.run(&arguments).expect(0).json();
        (shown["listen"]["value"].as_str().unwrap().to_owned(), shown["listen"]["origin"].as_str().unwrap().to_owned())
    };
    let told = |value: &str, origin: &str| (value.to_owned(), origin.to_owned());
    assert_eq!(listen(&place, &[]), told("127.0.0.1:8080", "default"));
    fs::write(
        place.path("axtrack.toml"),
        "listen = \"127.0.0.1:1001\"\nworkers = 3\ntrusted_proxies = [\"10.0.0.0/8\"]\ndemo = true\n",
    )
    .unwrap();
    assert_eq!(listen(&place, &[]), told("127.0.0.1:1001", "axtrack.toml"));
    fs::write(place.path("other.toml"), "listen = \"127.0.0.1:1002\"\n").unwrap();
    assert_eq!(listen(&place, &["--config", "other.toml"]), told("127.0.0.1:1002", "other.toml"));
    let place = place.with("AXTRACK_LISTEN", "127.0.0.1:1003");
    assert_eq!(listen(&place, &[]), told("127.0.0.1:1003", "environment"));
    assert_eq!(listen(&place, &["--listen", "127.0.0.1:1004"]), told("127.0.0.1:1004", "flag"));
    assert_eq!(listen(&place.with("AXTRACK_CONFIG", "other.toml"), &["--listen=127.0.0.1:1004"]).1, "flag");
}

#[test]
fn an_unknown_setting_is_an_error_with_a_guess() {
    let place = Place::new().with("AXTRACK_DATABASE_URI", "sqlite:x").with("AXTRACK_WORKERS", "none");
    fs::write(
        place.path("axtrack.toml"),
        "listn = \"127.0.0.1:1001\"\nconnections = \"many\"\nlog_format = \"xml\"\nfrobnicate = 1\n",
    )
    .unwrap();
    let refused = place.run(&["config", "show"]).expect(2).err;
    for part in [
        "AXTRACK_DATABASE_URI: 모르는 설정입니다 / unknown setting; 혹시 / did you mean AXTRACK_DATABASE_URL?",
        "axtrack.toml: listn: 모르는 설정입니다 / unknown setting; 혹시 / did you mean listen?",
        "connections: 값의 형식이 다릅니다",
        "log_format (axtrack.toml): \"xml\"",
        "frobnicate: 모르는 설정입니다 / unknown setting\n",
    ] {
        assert!(refused.contains(part), "{part} is missing from {refused}");
    }
    for (name, value, told) in [
        ("AXTRACK_LISTEN", "here", "listen: "),
        ("AXTRACK_WORKERS", "0", "workers: "),
        ("AXTRACK_CONNECTIONS", "65", "1~64"),
        ("AXTRACK_DATABASE_URL", "mysql://x", "database_url: "),
        ("AXTRACK_PUBLIC_URL", "ax.go.kr", "public_url: "),
        ("AXTRACK_TRUSTED_PROXIES", "10.0.0.0/99", "trusted_proxies: "),
        ("AXTRACK_DEMO", "perhaps", "demo "),
        ("AXTRACK_DRAIN_SECONDS", "-1", "drain_seconds "),
    ] {
        let refused = Place::new().with(name, value).run(&["config", "show", "--json"]).expect(2);
        let detail = refused.json()["error"]["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(told), "{name}: {detail}");
    }
    let bad = Place::new();
    fs::write(bad.path("axtrack.toml"), "listen = ").unwrap();
    assert!(bad.run(&["config", "show"]).expect(2).err.contains("TOML"));
    bad.run(&["config", "show", "--config", "nowhere.toml"]).expect(2);
}

#[test]
fn passwords_are_never_shown() {
    let place = Place::new().with("AXTRACK_DATABASE_URL", "postgres://axtrack:s3cr3t@127.0.0.1:1/axtrack");
    for arguments in [
        &["config", "show"][..],
        &["config", "show", "--json"],
        &["doctor"],
        &["serve"],
        &["migrate", "status", "--json"],
    ] {
        let ran = place.run(arguments);
        assert!(!ran.out.contains("s3cr3t") && !ran.err.contains("s3cr3t"), "{arguments:?}: {ran:?}");
    }
    assert!(place.run(&["config", "show"]).out.contains("postgres://axtrack:***@127.0.0.1:1/axtrack"));
}
