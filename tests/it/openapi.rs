//! The specification (API 명세): complete, bounded, with examples that hold, and the same wherever it is read.

use serde_json::Value;
use std::{collections::BTreeSet, fs};
use tests::operations::{Operation, operations, resolve, validator};

/// A03. Whoever adds or changes an operation brings the committed files up to date.
#[test]
fn the_committed_specification_is_the_program_s() {
    let committed = fs::read_to_string(openapi::committed()).unwrap_or_default();
    assert!(committed == api::made_spec(), "openapi/axtrack.json is out of date: {}", openapi::REGENERATE);
    let printed = fs::read_to_string(openapi::access_page()).unwrap_or_default();
    assert!(printed == openapi::access::page(), "docs/access.md is out of date: {}", openapi::REGENERATE);
}

/// A03. Since the last release nothing has changed that a client would notice.
#[test]
fn nothing_released_is_broken() {
    let Ok(released) = fs::read_to_string(openapi::released()) else { return };
    let broken = openapi::breaking(&serde_json::from_str(&released).unwrap(), api::spec());
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// What only adds takes a version without asking for one; what changes something asks for it; nothing else speaks of versions.
#[test]
fn versions_are_asked_for_where_something_changes() {
    let mut adding = Vec::new();
    for operation in operations() {
        let header = operation.parameters().find(|p| p["name"] == "If-Match");
        let told = |status: &str| operation.told["responses"].get(status).is_some();
        let asked = header.is_some_and(|p| p["required"] == true);
        assert_eq!((told("412"), told("428")), (header.is_some(), asked), "{}", operation.id);
        let changes = ["PATCH", "PUT", "DELETE"].contains(&operation.method.as_str());
        assert!(asked || !changes, "{} does not ask for a version", operation.id);
        if header.is_some() && !asked {
            adding.push(operation.id);
        }
    }
    adding.sort();
    let known = [
        "ask_resource",
        "assign_applications",
        "carry_over_budget",
        "file_challenge",
        "make_objection",
        "offer_awards",
        "offer_free_gpus",
        "promote_reserve",
        "record_award_step",
        "record_dataset_use",
        "record_ledger_entry",
        "record_model_adoption",
        "record_panel_conflict",
        "request_consultation",
        "reverse_ledger_entry",
        "shift_budget",
        "take_up_challenge",
    ];
    assert_eq!(adding, known);
}

#[test]
fn every_operation_is_named_grouped_and_described() {
    let (mut ids, mut faults) = (BTreeSet::new(), Vec::new());
    let tags: Vec<&Value> = api::spec()["tags"].as_array().unwrap().iter().collect();
    for tag in &tags {
        if tag["description"].as_str().is_none() {
            faults.push(format!("the tag {} has no words: add it to api/src/spec/tags.rs", tag["name"]));
        }
    }
    for operation in operations() {
        let Operation { id, told, .. } = &operation;
        let mut say = |what: &str| faults.push(format!("{} {} ({id}): {what}", operation.method, operation.path));
        if !ids.insert(id.clone()) {
            say("another operation has the same id");
        }
        let plain = id.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit());
        if !plain || !id.contains('_') {
            say("the id is not <verb>_<noun>");
        }
        if !told["summary"].as_str().is_some_and(|s| s.ends_with(['.', '?']) && s.len() <= 80) {
            say("the first line of the handler's documentation is not a short sentence");
        }
        if told["description"].as_str().is_none_or(str::is_empty) {
            say("the handler's documentation has no second paragraph");
        }
        if told["tags"].as_array().is_none_or(|t| t.len() != 1) {
            say("it has not exactly one tag");
        }
        let row = |action: &String| domain::access::TABLE.iter().any(|(name, ..)| name == action);
        if operation.action.as_ref().is_some_and(|action| !row(action)) {
            say("its security scope is no action of the policy table");
        }
        if !told["responses"].as_object().unwrap().keys().any(|status| status.starts_with('2')) {
            say("it never succeeds");
        }
        if operation.parameters().any(|p| p["description"].as_str().is_none_or(str::is_empty)) {
            say("a parameter has no words");
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Every string, number and list has its limits, every object its members, and no reference dangles.
#[test]
fn everything_is_bounded() {
    let mut faults = Vec::new();
    let spec = api::spec();
    each(&spec["paths"], "paths", &mut |at, schema| limits(at, schema, &mut faults));
    each(&spec["components"], "components", &mut |at, schema| limits(at, schema, &mut faults));
    assert!(spec["components"]["schemas"].get("Vec").is_none(), "a list has no name: wrap it in an object");
    faults.sort();
    faults.dedup();
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

fn each(value: &'static Value, at: &str, check: &mut impl FnMut(&str, &'static Value)) {
    match value {
        Value::Object(object) => {
            check(at, value);
            for (name, inner) in object.iter().filter(|(n, _)| !matches!(n.as_str(), "example" | "examples" | "enum")) {
                each(inner, &format!("{at}/{name}"), check);
            }
        }
        Value::Array(list) => list.iter().enumerate().for_each(|(n, inner)| each(inner, &format!("{at}/{n}"), check)),
        _ => {}
    }
}

fn limits(at: &str, schema: &'static Value, faults: &mut Vec<String>) {
    let is = |wanted: &str| match &schema["type"] {
        Value::String(name) => name == wanted,
        Value::Array(names) => names.iter().any(|n| n == wanted),
        _ => false,
    };
    let has = |name: &str| schema.get(name).is_some();
    let closed = has("enum") || has("const");
    if has("$ref") {
        resolve(schema);
    }
    if is("string") && !closed && !(has("maxLength") && (has("pattern") || has("format"))) {
        faults.push(format!("{at}: a string without max_length and pattern or format"));
    }
    if (is("integer") || is("number")) && !closed && !(has("minimum") && has("maximum") && has("format")) {
        faults.push(format!("{at}: a number without minimum, maximum and format"));
    }
    if is("array") && !has("maxItems") {
        faults.push(format!("{at}: a list without max_items"));
    }
    if is("object") && schema["additionalProperties"] != Value::Bool(false) && !has("maxProperties") {
        faults.push(format!("{at}: an object that takes any member: deny_unknown_fields"));
    }
}

/// Each example fits its schema: of bodies, answers, parameters, headers and schemas.
#[test]
fn every_example_holds() {
    let mut faults = Vec::new();
    let mut check = |at: &str, schema: &Value, example: &Value| {
        let told: Vec<String> =
            validator(schema).iter_errors(example).map(|e| format!("{e} at {}", e.instance_path())).collect();
        if !told.is_empty() {
            faults.push(format!("{at}: {} in {example}", told.join("; ")));
        }
    };
    for operation in operations() {
        let mut contents = vec![&operation.told["requestBody"]["content"]];
        contents.extend(operation.told["responses"].as_object().unwrap().values().map(|r| &resolve(r)["content"]));
        for (media, content) in
            contents.iter().filter_map(|c| c.as_object()).flatten().filter(|(m, _)| m.ends_with("json"))
        {
            let example = content.get("example").unwrap_or_else(|| panic!("{}: {media} has no example", operation.id));
            check(&operation.id, &content["schema"], example);
        }
        for parameter in operation.parameters().filter(|p| p.get("example").is_some()) {
            check(&operation.id, &parameter["schema"], &parameter["example"]);
        }
    }
    for (name, schema) in api::spec()["components"]["schemas"].as_object().unwrap() {
        for example in schema.get("example").into_iter().chain(schema["examples"].as_array().into_iter().flatten()) {
            check(name, schema, example);
        }
    }
    faults.sort();
    faults.dedup();
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}
