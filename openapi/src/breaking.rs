//! What breaks a client (호환성 점검): differences between two specifications that a program written for the older one
//! would notice. Additions are none.

use serde_json::{Map, Value};
use std::collections::HashSet;

/// Where a schema stands: in what clients send, or in what they get.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Way {
    In,
    Out,
}

/// Every incompatible difference, each told in one line beginning with its place. Empty when clients will not notice.
pub fn breaking(old: &Value, new: &Value) -> Vec<String> {
    let mut comparison = Comparison { old, new, seen: HashSet::new(), found: Vec::new() };
    for (path, item) in members(old.get("paths")) {
        for (method, operation) in members(Some(item)) {
            let at = format!("{} {path}", method.to_uppercase());
            match new.pointer(&format!("{}/{method}", domain::problem::step("/paths", path))) {
                Some(now) => comparison.operation(&at, operation, now),
                None => comparison.found.push(format!("{at}: the operation is gone")),
            }
        }
    }
    comparison.found
}

struct Comparison<'a> {
    old: &'a Value,
    new: &'a Value,
    /// Pairs of named schemas already compared.
    seen: HashSet<(Way, String, String)>,
    found: Vec<String>,
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}
fn list<'a>(schema: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    schema.get(name).and_then(Value::as_array).into_iter().flatten()
}
fn named<'a>(list: &'a [Value], wanted: &Value) -> Option<&'a Value> {
    let same = |name: &str, p: &Value| p.get(name) == wanted.get(name);
    list.iter().find(|p| same("name", p) && same("in", p))
}
fn follow<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let pointer = value.get("$ref").and_then(Value::as_str).and_then(|r| r.strip_prefix('#'));
    pointer.and_then(|pointer| document.pointer(pointer)).map_or(value, |found| follow(document, found))
}
fn required(value: &Value) -> bool {
    value.get("required").and_then(Value::as_bool).unwrap_or(false)
}

impl Comparison<'_> {
    fn say(&mut self, at: &str, what: impl std::fmt::Display) {
        self.found.push(format!("{at}: {what}"));
    }

    fn operation(&mut self, at: &str, old: &Value, new: &Value) {
        if old.get("operationId") != new.get("operationId") {
            self.say(at, "the operation has another id");
        }
        let open = |operation: &Value| list(operation, "security").any(|s| s.as_object().is_some_and(Map::is_empty));
        if open(old) && !open(new) {
            self.say(at, "sign-in is now needed");
        }
        self.parameters(at, old, new);
        self.body(at, old, new);
        for (status, response) in members(old.get("responses")).filter(|(status, _)| status.starts_with('2')) {
            let at = format!("{at} {status}");
            let Some(now) = new.get("responses").and_then(|r| r.get(status)) else {
                self.say(&at, "the response is gone");
                continue;
            };
            let (before, now) = (follow(self.old, response), follow(self.new, now));
            self.content(&at, before.get("content"), now.get("content"), Way::Out);
        }
    }

    fn parameters(&mut self, at: &str, old: &Value, new: &Value) {
        let all = |document: &Value, operation: &Value| -> Vec<Value> {
            list(operation, "parameters").map(|p| follow(document, p).clone()).collect()
        };
        let (before, now) = (all(self.old, old), all(self.new, new));
        for parameter in &before {
            let at = format!("{at} {}", parameter.get("name").and_then(Value::as_str).unwrap_or_default());
            let Some(found) = named(&now, parameter) else {
                self.say(&at, "the parameter is gone");
                continue;
            };
            if required(found) && !required(parameter) {
                self.say(&at, "the parameter is now required");
            }
            if let (Some(before), Some(now)) = (parameter.get("schema"), found.get("schema")) {
                self.schema(&at, before, now, Way::In);
            }
        }
        for parameter in now.iter().filter(|p| required(p) && named(&before, p).is_none()) {
            let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default();
            self.say(at, format_args!("the new parameter {name} is required"));
        }
    }

    fn body(&mut self, at: &str, old: &Value, new: &Value) {
        let at = format!("{at} body");
        match (old.get("requestBody"), new.get("requestBody")) {
            (Some(_), None) => self.say(&at, "no body is taken any more"),
            (None, Some(now)) if required(now) => self.say(&at, "a body is now required"),
            (Some(before), Some(now)) => {
                if required(now) && !required(before) {
                    self.say(&at, "the body is now required");
                }
                self.content(&at, before.get("content"), now.get("content"), Way::In);
            }
            _ => {}
        }
    }

    fn content(&mut self, at: &str, old: Option<&Value>, new: Option<&Value>, way: Way) {
        for (media, content) in members(old) {
            match (content.get("schema"), new.and_then(|c| c.get(media))) {
                (_, None) => self.say(at, format_args!("the media type {media} is gone")),
                (Some(before), Some(now)) => {
                    if let Some(now) = now.get("schema") {
                        self.schema(at, before, now, way);
                    }
                }
                (None, Some(_)) => {}
            }
        }
    }

    fn schema(&mut self, at: &str, old: &Value, new: &Value, way: Way) {
        let name = |schema: &Value| schema.get("$ref").and_then(Value::as_str).map(str::to_owned);
        if let (Some(before), Some(now)) = (name(old), name(new))
            && !self.seen.insert((way, before, now))
        {
            return;
        }
        let (old, new) = (follow(self.old, old).clone(), follow(self.new, new).clone());
        self.types(at, &old, &new, way);
        self.values(at, &old, &new);
        if way == Way::In {
            self.limits(at, &old, &new);
        }
        self.properties(at, &old, &new, way);
        if let (Some(before), Some(now)) = (old.get("items"), new.get("items")) {
            self.schema(&format!("{at}[]"), before, now, way);
        }
        for kind in ["oneOf", "anyOf", "allOf"] {
            let now: Vec<&Value> = list(&new, kind).collect();
            for (nth, branch) in list(&old, kind).enumerate() {
                match now.iter().find(|b| alike(branch, b)).or_else(|| now.get(nth)) {
                    Some(found) => self.schema(at, branch, found, way),
                    None => self.say(at, "one of its forms is gone"),
                }
            }
        }
    }

    fn types(&mut self, at: &str, old: &Value, new: &Value, way: Way) {
        let (before, now) = (types(old), types(new));
        let lost = before.iter().any(|t| !now.contains(t));
        let gained = way == Way::Out && now.iter().any(|t| !before.contains(t));
        if !before.is_empty() && !now.is_empty() && (lost || gained) {
            self.say(at, format_args!("the type was {} and is {}", before.join(" or "), now.join(" or ")));
        }
    }

    fn values(&mut self, at: &str, old: &Value, new: &Value) {
        let kept: Option<Vec<&Value>> = new.get("enum").map(|_| list(new, "enum").collect());
        if let Some(kept) = kept {
            for value in list(old, "enum").filter(|value| !kept.contains(value)) {
                self.say(at, format_args!("the value {value} is gone"));
            }
            if old.get("enum").is_none() && old.get("const").is_none() {
                self.say(at, "the values are now a closed list");
            }
        }
        if new.get("const").is_some() && new.get("const") != old.get("const") {
            self.say(at, "the one value is another");
        }
    }

    /// What narrows the values that are taken.
    fn limits(&mut self, at: &str, old: &Value, new: &Value) {
        let number = |schema: &Value, name: &str| schema.get(name).and_then(Value::as_f64);
        for (name, up) in [
            ("minimum", true),
            ("minLength", true),
            ("minItems", true),
            ("maximum", false),
            ("maxLength", false),
            ("maxItems", false),
        ] {
            let narrower = match (number(old, name), number(new, name)) {
                (_, None) => false,
                (None, Some(now)) => !(up && name != "minimum" && now <= 0.0),
                (Some(before), Some(now)) => {
                    if up {
                        now > before
                    } else {
                        now < before
                    }
                }
            };
            if narrower {
                self.say(at, format_args!("{name} is narrower"));
            }
        }
        for name in ["pattern", "format"] {
            if new.get(name).is_some() && new.get(name) != old.get(name) {
                self.say(at, format_args!("the {name} is another"));
            }
        }
    }

    fn properties(&mut self, at: &str, old: &Value, new: &Value, way: Way) {
        let needs = |schema: &Value, name: &str| list(schema, "required").any(|r| r == name);
        for (name, before) in members(old.get("properties")) {
            let at = format!("{at}/{name}");
            let Some(now) = new.get("properties").and_then(|p| p.get(name)) else {
                self.say(&at, "the member is gone");
                continue;
            };
            match way {
                Way::In if needs(new, name) && !needs(old, name) => self.say(&at, "the member is now required"),
                Way::Out if needs(old, name) && !needs(new, name) => self.say(&at, "the member may now be absent"),
                _ => {}
            }
            self.schema(&at, before, now, way);
        }
        if way == Way::In {
            let known = |name: &str| old.get("properties").is_some_and(|p| p.get(name).is_some());
            for (name, _) in members(new.get("properties")).filter(|(name, _)| needs(new, name) && !known(name)) {
                self.say(at, format_args!("the new member {name} is required"));
            }
        }
    }
}

fn types(schema: &Value) -> Vec<String> {
    match schema.get("type") {
        Some(Value::String(name)) => vec![name.clone()],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// True for two branches of a choice that mean the same: the same name, or the same constants.
fn alike(one: &Value, other: &Value) -> bool {
    let mark = |schema: &Value| {
        let constants = members(schema.get("properties")).filter_map(|(name, p)| {
            let value = p.get("const").or_else(|| p.get("enum"))?;
            Some(format!("{name}={value}"))
        });
        let reference = schema.get("$ref").map(ToString::to_string);
        (reference, types(schema), constants.collect::<Vec<_>>())
    };
    mark(one) == mark(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn document() -> Value {
        json!({
            "paths": { "/v1/things": { "post": {
                "operationId": "create_thing",
                "security": [{}],
                "parameters": [{ "name": "kind", "in": "query", "schema": { "type": "string", "maxLength": 10 } }],
                "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } } },
                "responses": { "201": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } } } },
            } } },
            "components": { "schemas": { "Thing": { "type": "object", "required": ["size"], "properties": {
                "size": { "type": "integer", "minimum": 1, "maximum": 9 },
                "colour": { "oneOf": [{ "type": "null" }, { "type": "string", "enum": ["red", "blue"] }] },
                "parts": { "type": "array", "maxItems": 5, "items": { "$ref": "#/components/schemas/Thing" } },
            } } } },
        })
    }

    /// What comparing says after a change to the specification.
    fn after(pointer: &str, change: impl FnOnce(&mut Value)) -> Vec<String> {
        let mut new = document();
        change(new.pointer_mut(pointer).unwrap());
        breaking(&document(), &new)
    }
    const THING: &str = "/components/schemas/Thing";
    const POST: &str = "/paths/~1v1~1things/post";

    #[test]
    fn additions_break_nothing() {
        assert!(breaking(&document(), &document()).is_empty());
        assert!(after("/paths", |p| p["/v1/other"] = json!({ "get": {} })).is_empty());
        assert!(after(THING, |t| t["properties"]["note"] = json!({ "type": "string" })).is_empty());
        assert!(
            after(POST, |o| o["parameters"].as_array_mut().unwrap().push(json!({ "name": "q", "in": "query" })))
                .is_empty()
        );
        assert!(after(THING, |t| t["properties"]["size"]["maximum"] = json!(99)).is_empty());
        assert!(
            after(THING, |t| t["properties"]["colour"]["oneOf"][1]["enum"] = json!(["red", "blue", "green"]))
                .is_empty()
        );
    }

    #[test]
    fn what_clients_notice_is_told_with_its_place() {
        let told = |pointer: &str, change: fn(&mut Value), expected: &str| {
            let found = after(pointer, change);
            assert!(found.iter().any(|line| line == expected), "{found:?} lacks {expected}");
        };
        told("/paths", |p| *p = json!({}), "POST /v1/things: the operation is gone");
        told(POST, |o| o["operationId"] = json!("make_thing"), "POST /v1/things: the operation has another id");
        told(POST, |o| o["security"] = json!([{ "bearer": [] }]), "POST /v1/things: sign-in is now needed");
        told(POST, |o| o["parameters"] = json!([]), "POST /v1/things kind: the parameter is gone");
        told(
            POST,
            |o| o["parameters"][0]["required"] = json!(true),
            "POST /v1/things kind: the parameter is now required",
        );
        told(
            POST,
            |o| o["parameters"][0]["schema"]["maxLength"] = json!(5),
            "POST /v1/things kind: maxLength is narrower",
        );
        told(POST, |o| o["responses"] = json!({}), "POST /v1/things 201: the response is gone");
        told(THING, |t| t["required"] = json!([]), "POST /v1/things 201/size: the member may now be absent");
        told(
            THING,
            |t| t["required"] = json!(["size", "parts"]),
            "POST /v1/things body/parts: the member is now required",
        );
        told(
            THING,
            |t| drop(t["properties"].as_object_mut().unwrap().remove("colour")),
            "POST /v1/things 201/colour: the member is gone",
        );
        told(
            THING,
            |t| t["properties"]["size"]["minimum"] = json!(2),
            "POST /v1/things body/size: minimum is narrower",
        );
        told(
            THING,
            |t| t["properties"]["size"]["type"] = json!("string"),
            "POST /v1/things body/size: the type was integer and is string",
        );
        told(
            THING,
            |t| t["properties"]["colour"]["oneOf"][1]["enum"] = json!(["red"]),
            "POST /v1/things body/colour: the value \"blue\" is gone",
        );
        told(
            THING,
            |t| t["properties"]["parts"]["maxItems"] = json!(1),
            "POST /v1/things body/parts: maxItems is narrower",
        );
    }
}
