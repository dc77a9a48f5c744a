//! The one pass over the collected specification (공통 처리): every operation gets what all of them share.

use super::{
    example::{self, Shown},
    schema, shared, tags,
};
use serde_json::{Map, Value, json};

/// On an operation that changes a versioned thing whatever its version is (`order.regardless()`), or whose thing has no
/// versions: `extensions(("x-any-version" = json!(true)))`.
const ANY_VERSION: &str = "x-any-version";

/// On an operation that only adds to a versioned thing (`order.adding()`): a version may be named and is then held against
/// the one there. `extensions(("x-adds" = json!(true)))`.
const ADDS: &str = "x-adds";

/// On a reading that the state of its thing may not allow yet: `extensions(("x-in-time" = json!(true)))`.
const IN_TIME: &str = "x-in-time";

/// Where an operation says which action of the policy table it is. OpenAPI lists scopes for OAuth 2 alone.
const ACTION: &str = "x-action";

/// Adds to the document what its operations share, and tightens its schemas.
pub(super) fn finish(document: &mut Value) {
    let parts = shared::components();
    if let Some(components) = object(document, "components") {
        for (name, part) in parts {
            match (components.get_mut(&name), part) {
                (Some(Value::Object(here)), Value::Object(part)) => here.extend(part),
                (_, part) => drop(components.insert(name, part)),
            }
        }
    }
    let mut used = Vec::new();
    each_operation(document, |path, method, operation| {
        complete(path, method, operation);
        for tag in strings(operation.get("tags")) {
            if !used.contains(&tag) {
                used.push(tag);
            }
        }
    });
    used.sort();
    if let Some(root) = document.as_object_mut() {
        root.insert("tags".to_owned(), tags::described(&used));
        root.insert("servers".to_owned(), servers());
    }
    schema::prune(document);
    drop_unused(document);
    schema::tighten(document);
    let whole = document.clone();
    each_operation(document, |_, _, operation| show(&whole, operation));
}

fn servers() -> Value {
    json!([{ "url": "/", "x-internal": false,
        "description": "이 명세를 내준 서버. The server that gave out this document: production, or a local one for trying." }])
}

fn object<'a>(value: &'a mut Value, name: &str) -> Option<&'a mut Map<String, Value>> {
    value.as_object_mut()?.entry(name).or_insert_with(|| json!({})).as_object_mut()
}

fn strings(list: Option<&Value>) -> Vec<String> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn each_operation(document: &mut Value, mut with: impl FnMut(&str, &str, &mut Map<String, Value>)) {
    for (path, item) in object(document, "paths").into_iter().flatten() {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            if let Some(operation) = operation.as_object_mut() {
                with(path, method, operation);
            }
        }
    }
}

/// What is known about an operation before it is completed.
struct Operation {
    /// The action of the policy table that it is; `None` when it needs no sign-in.
    action: Option<String>,
    /// The statuses of the problems that it may answer. 401 stands on all: a linter asks for it even where nobody signs in.
    problems: Vec<u16>,
    /// The request headers that it reads.
    headers: Vec<&'static str>,
}

impl Operation {
    fn of(path: &str, method: &str, operation: &Map<String, Value>) -> Self {
        let action = operation
            .get("security")
            .and_then(|list| list.pointer("/0/bearer/0"))
            .and_then(Value::as_str)
            .map(str::to_owned);
        let row = domain::access::TABLE.iter().find(|(name, ..)| action.as_deref() == Some(*name));
        let subject = row.map(|(_, kind, _)| *kind);
        let named_by = domain::access::IN_PATH.iter().find(|(name, _)| action.as_deref() == Some(*name));
        let in_path = named_by.is_some_and(|(_, parameter)| path.contains(&format!("{{{parameter}}}")));
        let parameters = operation.get("parameters").and_then(Value::as_array);
        let has_query = parameters.into_iter().flatten().any(|p| p.get("in").is_some_and(|place| place == "query"));
        let writes = method != "get";
        let takes_body = operation.contains_key("requestBody");
        // It is about something that may not be there, or not for this caller.
        let may_be_hidden = path.contains('{') || subject.is_some_and(|kind| kind != "system");
        // It changes a versioned thing named in its path.
        let adds = operation.contains_key(ADDS);
        let needs_version = writes && in_path && !adds && !operation.contains_key(ANY_VERSION);
        let problems = [
            (400, true),
            (401, true),
            (403, action.is_some()),
            (404, may_be_hidden),
            (409, writes || operation.contains_key(IN_TIME)),
            (412, needs_version || adds),
            (413, takes_body),
            (414, has_query),
            (415, takes_body),
            (422, writes || has_query),
            (428, needs_version),
            (429, true),
            (500, true),
            (503, true),
        ];
        let headers = [
            ("AcceptLanguage", true),
            ("IdempotencyKey", method == "post"),
            ("IfMatch", needs_version),
            ("IfMatchIfAny", adds),
            ("IfNoneMatch", method == "get"),
        ];
        Self {
            action,
            problems: problems.into_iter().filter_map(|(status, may)| may.then_some(status)).collect(),
            headers: headers.into_iter().filter_map(|(name, reads)| reads.then_some(name)).collect(),
        }
    }
}

fn complete(path: &str, method: &str, operation: &mut Map<String, Value>) {
    let known = Operation::of(path, method, operation);
    operation.remove(ANY_VERSION);
    operation.remove(ADDS);
    operation.remove(IN_TIME);
    secure(&known, operation);
    let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
    if let Some(parameters) = parameters.as_array_mut() {
        page(parameters);
        parameters.iter_mut().for_each(filled);
        parameters.extend(known.headers.iter().copied().map(shared::parameter));
    }
    let responses = operation.entry("responses").or_insert_with(|| json!({}));
    let Some(responses) = responses.as_object_mut() else { return };
    if method != "get" {
        responses.remove("304");
    }
    for response in responses.values_mut().filter_map(Value::as_object_mut) {
        dress(response);
    }
    for status in known.problems {
        if let Some(problem) = shared::problem(status) {
            responses.entry(status.to_string()).or_insert(problem);
        }
    }
}

/// A service key opens what a token opens. What needs neither says so with an empty requirement.
fn secure(known: &Operation, operation: &mut Map<String, Value>) {
    let security = match &known.action {
        Some(action) => {
            operation.insert(ACTION.to_owned(), json!(action));
            json!([{ "bearer": [] }, { "service_key": [] }])
        }
        None => json!([{}]),
    };
    operation.insert("security".to_owned(), security);
}

/// Size and token of a page are one parameter of two members, written `page_size=..&page_token=..` as any others.
fn page(parameters: &mut Vec<Value>) {
    let before = parameters.len();
    let of_page = |p: &Value| p.get("name").is_some_and(|name| name == "page_size" || name == "page_token");
    parameters.retain(|p| !of_page(p));
    if parameters.len() < before {
        parameters.push(shared::parameter("Page"));
    }
}

/// A list in a query has an item at least: one without any is left out of the address.
fn filled(parameter: &mut Value) {
    let list = parameter.get_mut("schema").filter(|schema| schema.get("type").is_some_and(|kind| kind == "array"));
    if let Some(list) = list.and_then(Value::as_object_mut) {
        list.entry("minItems").or_insert_with(|| json!(1));
    }
}

/// The headers of a response: its own, told by reference where they are described once, and those of every answer.
fn dress(response: &mut Map<String, Value>) {
    let headers = response.entry("headers").or_insert_with(|| json!({}));
    let Some(headers) = headers.as_object_mut() else { return };
    for (name, described) in headers.iter_mut() {
        if let Some(shared) = shared::header(name) {
            *described = shared;
        }
    }
    for name in shared::ON_ALL {
        if let Some(shared) = shared::header(name) {
            headers.insert((*name).to_owned(), shared);
        }
    }
}

/// Drops the shared parts that no operation refers to (yet).
fn drop_unused(document: &mut Value) {
    for part in ["responses", "parameters", "headers"] {
        let text = document.to_string();
        let parts = document.pointer_mut(&format!("/components/{part}"));
        if let Some(parts) = parts.and_then(Value::as_object_mut) {
            parts.retain(|name, _| text.contains(&format!("\"#/components/{part}/{name}\"")));
        }
    }
}

/// An example of what goes in and of what comes out.
fn show(document: &Value, operation: &mut Map<String, Value>) {
    let body = operation.get_mut("requestBody").and_then(|b| b.get_mut("content"));
    exemplify(document, body, Shown::Required);
    for (_, response) in operation.get_mut("responses").and_then(Value::as_object_mut).into_iter().flatten() {
        exemplify(document, response.get_mut("content"), Shown::Everything);
    }
}

fn exemplify(document: &Value, content: Option<&mut Value>, shown: Shown) {
    for (media, content) in content.and_then(Value::as_object_mut).into_iter().flatten() {
        let Some(content) =
            content.as_object_mut().filter(|c| !c.contains_key("example") && !c.contains_key("examples"))
        else {
            continue;
        };
        if media.ends_with("json")
            && let Some(schema) = content.get("schema")
        {
            let example = example::of(document, schema, shown);
            content.insert("example".to_owned(), example);
        }
    }
}
