//! What docs/audit.md works out (감사 기록 문서), worked out again: anybody can follow the page and come to the same hashes.

use std::{collections::BTreeMap, fs, path::Path};
use store::audit::{Leaves, Link, link};

fn page() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/audit.md")).unwrap()
}

/// The page's blocks of one kind.
fn blocks<'a>(page: &'a str, kind: &str) -> Vec<&'a str> {
    page.split("```").filter_map(|part| part.strip_prefix(&format!("{kind}\n"))).collect()
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[test]
fn the_worked_example_is_right() {
    let page = page();
    let mut previous = "0".repeat(64);
    let mut head = None;
    for block in blocks(&page, "entry") {
        let of: BTreeMap<&str, &str> =
            block.lines().map(|line| line.split_once(' ').unwrap()).map(|(name, value)| (name, value.trim())).collect();
        assert_eq!(of["previous"], previous, "entries follow one another");
        let made = link(&Link {
            subject_kind: of["subject_kind"],
            subject_id: of["subject_id"],
            n: of["n"].parse().unwrap(),
            at: of["at"].parse().unwrap(),
            actor_id: of["actor_id"].parse().unwrap(),
            actor_name: of["actor_name"],
            action: of["action"],
            outcome: of["outcome"],
            reason: of.get("reason").copied(),
            changes: of["changes"],
            request_id: of["request_id"],
            address: of["address"],
            previous: &bytes(of["previous"]),
        });
        previous = hex(&made);
        assert_eq!(of["hash"], previous, "entry {}", of["n"]);
        head = Some(domain::audit::Head {
            kind: of["subject_kind"].to_owned(),
            id: of["subject_id"].to_owned(),
            n: of["n"].parse().unwrap(),
            hash: previous.parse().unwrap(),
        });
    }
    let mut leaves = Leaves::default();
    leaves.add(&head.expect("an entry on the page"));
    assert_eq!(blocks(&page, "root"), [format!("{}\n", hex(&leaves.root()))]);
}
