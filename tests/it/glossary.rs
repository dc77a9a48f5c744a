//! The glossary (용어집): its names are those the program uses.

use std::{collections::BTreeSet, fs, path::Path};

/// Every API name of the page, except those kept for what is to come, stands in the rules or in the specification.
#[test]
fn the_glossary_names_what_the_program_names() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let page = fs::read_to_string(root.join("docs/glossary.md")).unwrap();
    let (present, _) = page.split_once("\n## 아직 없는 기능").unwrap();
    let mut used = String::from(api::spec_text());
    read(&root.join("domain/src"), &mut used);
    read(&root.join("store/src"), &mut used);
    let used: BTreeSet<&str> = used.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).collect();
    let rows = present.lines().filter(|line| line.starts_with('|')).filter_map(|line| line.rsplit('|').nth(1));
    let names: Vec<&str> = rows.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    assert!(names.len() > 100, "{} names", names.len());
    let unused: Vec<&&str> = names.iter().filter(|name| !used.contains(**name)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

fn read(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}
