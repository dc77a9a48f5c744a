//! Commands (명령): help with an example, exit codes, one JSON document.

use crate::kit::Place;

/// The names under "Commands:" of a help text.
fn below(help: &str) -> Vec<String> {
    let lines = help.lines().skip_while(|l| *l != "Commands:").skip(1).take_while(|l| l.starts_with("  "));
    let names = lines.filter(|l| !l.starts_with("   ")).filter_map(|l| l.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

#[test]
fn every_command_has_help_with_an_example() {
    let place = Place::new();
    let (mut left, mut seen) = (vec![Vec::<String>::new()], 0);
    while let Some(path) = left.pop() {
        let arguments: Vec<&str> = path.iter().map(String::as_str).chain(["--help"]).collect();
        let help = place.run(&arguments).expect(0).out;
        let called = ["axtrack"].into_iter().chain(path.iter().map(String::as_str)).collect::<Vec<_>>().join(" ");
        let example = help.split("예시 Example:\n").nth(1).unwrap_or_default();
        let shown = example.lines().any(|l| l.contains(&called));
        assert!(shown, "{arguments:?} has no example of itself:\n{help}");
        assert!(help.chars().any(|c| ('가'..='힣').contains(&c)));
        for name in below(&help) {
            left.push([path.clone(), vec![name]].concat());
        }
        seen += 1;
    }
    assert!(seen >= 25, "{seen}");
}

#[test]
fn the_exit_code_tells_yes_no_and_misunderstood() {
    let place = Place::new();
    for wrong in
        [&["no-such-command"][..], &[], &["migrate"], &["serve", "--nothing"], &["demo", "load", "--scale", "many"]]
    {
        place.run(wrong).expect(2);
    }
    let missing = place.run(&["migrate", "status", "--json"]).expect(1);
    assert_eq!(missing.json()["error"]["code"], "no_database");
    assert!(!place.path("data").exists(), "asking makes nothing");
    assert!(place.run(&["doctor"]).expect(1).err.contains("data/axtrack.db"));

    let applied = place.run(&["migrate", "up", "--json"]).expect(0).json();
    assert!(applied["applied"].as_array().unwrap().len() >= 3);
    let status = place.run(&["migrate", "status", "--json"]).expect(0).json();
    assert_eq!((status["pending"].as_array().unwrap().len(), &status["applied"]), (0, &applied["applied"]));
    let sound = place.run(&["doctor", "--json"]).expect(0).json();
    let grade = |check: &str| {
        let found = sound["findings"].as_array().unwrap().iter().find(|f| f["check"] == check);
        found.unwrap_or_else(|| panic!("{check}"))["grade"].as_str().unwrap().to_owned()
    };
    for check in [
        "compiled",
        "journal_mode",
        "synchronous",
        "foreign_keys",
        "integrity_check",
        "migrations",
        "disk",
        "file_mode",
        "audit_guards",
    ] {
        assert_eq!(grade(check), "good", "{check}");
    }
}

#[test]
fn the_program_describes_itself_without_a_database() {
    let place = Place::new();
    let spec = place.run(&["openapi"]).expect(0);
    assert_eq!(spec.json()["openapi"].as_str().unwrap().split('.').next(), Some("3"));
    let server = place.serve(&[]);
    assert_eq!(
        String::from_utf8(server.get("/openapi.json").body).unwrap(),
        spec.out,
        "what is printed is what is served"
    );
    for shell in ["bash", "zsh", "fish"] {
        assert!(place.run(&["completions", shell]).expect(0).out.contains("axtrack"));
    }
    assert!(place.run(&["man"]).expect(0).out.contains(".TH axtrack"));
    place.run(&["man", "--out", "pages/man1"]).expect(0);
    assert!(place.path("pages/man1/axtrack-migrate-up.1").exists());
    assert!(place.run(&["--version"]).expect(0).out.starts_with("axtrack "));
}
