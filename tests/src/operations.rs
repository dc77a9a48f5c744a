//! The operations of the specification (명세의 연산), for tests that walk all of them.

use crate::Answer;
use jsonschema::Validator;
use serde_json::{Value, json};
use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
    rc::Rc,
    sync::LazyLock,
};

/// One operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Its id: `create_body`.
    pub id: String,
    /// The path with its templates: `/v1/bodies/{body}`.
    pub path: String,
    /// In capitals.
    pub method: String,
    /// The action of the policy table; `None` where nobody signs in.
    pub action: Option<String>,
    /// All that the specification says.
    pub told: &'static Value,
}

/// Every operation of the specification.
pub fn operations() -> Vec<Operation> {
    let paths = api::spec()["paths"].as_object().unwrap();
    let each = paths.iter().flat_map(|(path, item)| {
        item.as_object().unwrap().iter().map(|(method, told)| Operation {
            id: told["operationId"].as_str().unwrap_or_default().to_owned(),
            path: path.clone(),
            method: method.to_uppercase(),
            action: told["x-action"].as_str().map(str::to_owned),
            told,
        })
    });
    each.collect()
}

/// Whether the specification foretells that status of this operation; anything may come from what is no operation.
pub fn foretold(method: &str, path: &str, status: u16) -> bool {
    static TOLD: LazyLock<HashMap<(String, String), HashSet<u16>>> = LazyLock::new(|| {
        let statuses =
            |told: &Value| told["responses"].as_object().unwrap().keys().map(|s| s.parse().unwrap()).collect();
        operations().into_iter().map(|one| ((one.method, one.path), statuses(one.told))).collect()
    });
    TOLD.get(&(method.to_owned(), path.to_owned())).is_none_or(|statuses| statuses.contains(&status))
}

/// What a reference of the specification stands for, or the value itself.
pub fn resolve(value: &'static Value) -> &'static Value {
    let pointer = value["$ref"].as_str().and_then(|r| r.strip_prefix('#'));
    pointer
        .map_or(value, |pointer| resolve(api::spec().pointer(pointer).unwrap_or_else(|| panic!("{pointer} dangles"))))
}

/// The validator of a schema that may refer to the specification.
pub fn validator(schema: &Value) -> Validator {
    let mut schema = schema.clone();
    schema["components"] = json!({ "schemas": api::spec()["components"]["schemas"] });
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012).should_validate_formats(true);
    options.should_ignore_unknown_formats(true).build(&schema).unwrap_or_else(|e| panic!("{e}: {schema}"))
}

impl Operation {
    /// True when it may change something. A preflight only asks, though its question comes as a body.
    pub fn writes(&self) -> bool {
        self.method != "GET" && !self.path.ends_with("/preflight")
    }
    /// Its parameters, references followed.
    pub fn parameters(&self) -> impl Iterator<Item = &'static Value> {
        self.told["parameters"].as_array().into_iter().flatten().map(resolve)
    }
    /// True when it wants to be told which version is meant.
    pub fn needs_version(&self) -> bool {
        self.parameters().any(|p| p["name"] == "If-Match" && p["required"] == true)
    }
    /// The media type and the example of its body.
    pub fn example(&self) -> Option<(&'static str, &'static Value)> {
        let (media, content) = self.told["requestBody"]["content"].as_object()?.iter().next()?;
        Some((media, &content["example"]))
    }
    /// What is wrong with an answer: a status or media type that is not foretold, or a body that does not fit.
    pub fn misfit(&self, answer: &Answer) -> Option<String> {
        let status = answer.status.as_str();
        let Some(told) = self.told["responses"].get(status).map(resolve) else {
            return Some(format!("{}: {status} is not foretold: {}", self.id, text(answer)));
        };
        let Some(content) = told.get("content").and_then(Value::as_object) else {
            return (!answer.bytes.is_empty()).then(|| format!("{}: {status} has a body: {}", self.id, text(answer)));
        };
        let media = answer.headers.get("content-type").and_then(|v| v.to_str().ok()).unwrap_or_default();
        let bare = media.split(';').next().unwrap_or_default().trim();
        let Some(content) = content.get(bare) else {
            return Some(format!("{}: {status} is of type {media}: {}", self.id, text(answer)));
        };
        if !bare.ends_with("json") {
            return None;
        }
        let key = if status.starts_with('2') { format!("{} {status}", self.id) } else { "problem".to_owned() };
        let validator = known(key, &content["schema"]);
        let faults: Vec<String> =
            validator.iter_errors(&answer.json).map(|e| format!("{} at {}", e, e.instance_path())).collect();
        (!faults.is_empty())
            .then(|| format!("{}: {status} does not fit: {}\n{}", self.id, faults.join("; "), text(answer)))
    }
}

fn text(answer: &Answer) -> String {
    String::from_utf8_lossy(&answer.bytes).chars().take(2000).collect()
}

fn known(key: String, schema: &Value) -> Rc<Validator> {
    thread_local! {
        static KNOWN: RefCell<HashMap<String, Rc<Validator>>> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| Rc::clone(known.entry(key).or_insert_with(|| Rc::new(validator(schema)))))
}
