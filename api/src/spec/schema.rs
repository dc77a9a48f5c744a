//! Schemas (자료 형식): what utoipa leaves loose, tightened.

use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The largest whole number that every reader of JSON keeps exact: 2^53 - 1.
const EXACT: i64 = 9_007_199_254_740_991;

/// Where the published schemas are.
const HOME: &str = "#/components/schemas/";

/// Goes over every schema of the document: closes objects, bounds integers, takes links to code out of descriptions.
pub(super) fn tighten(document: &mut Value) {
    let merged = schemas(document).map(|(name, schema)| (name.clone(), merged(document, schema))).collect::<Vec<_>>();
    if let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        schemas.extend(merged);
    }
    walk(document, &mut |object| {
        describe(object);
        bound(object);
        close(object);
    });
}

fn schemas(document: &Value) -> impl Iterator<Item = (&String, &Value)> {
    document.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten()
}

/// Calls `mend` with every object of the document but those of examples, innermost last.
fn walk(value: &mut Value, mend: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            mend(object);
            let inner = object.iter_mut().filter(|(name, _)| !matches!(name.as_str(), "example" | "examples" | "enum"));
            inner.for_each(|(_, inner)| walk(inner, mend));
        }
        Value::Array(list) => list.iter_mut().for_each(|inner| walk(inner, mend)),
        _ => {}
    }
}

/// Rustdoc's ``[`Body::create`]`` reads `Body::create` outside of Rust.
fn describe(object: &mut Map<String, Value>) {
    if let Some(Value::String(text)) = object.get_mut("description")
        && text.contains("[`")
    {
        *text = text.replace("[`", "`").replace("`]", "`");
    }
}

fn is_a(object: &Map<String, Value>, wanted: &str) -> bool {
    match object.get("type") {
        Some(Value::String(name)) => name == wanted,
        Some(Value::Array(names)) => names.iter().any(|n| n == wanted),
        _ => false,
    }
}

/// No integer goes beyond what JSON keeps exact.
fn bound(object: &mut Map<String, Value>) {
    if is_a(object, "integer") && !object.contains_key("enum") && !object.contains_key("const") {
        object.entry("format").or_insert_with(|| json!("int64"));
        if !object.contains_key("exclusiveMinimum") {
            object.entry("minimum").or_insert_with(|| json!(-EXACT));
        }
        if !object.contains_key("exclusiveMaximum") {
            object.entry("maximum").or_insert_with(|| json!(EXACT));
        }
    }
}

/// An object takes no member that it does not name.
fn close(object: &mut Map<String, Value>) {
    if is_a(object, "object") && object.get("properties").is_some_and(Value::is_object) {
        object.entry("additionalProperties").or_insert(Value::Bool(false));
    }
}

/// A schema whose `allOf` parts are all objects, as one object: closed parts would refuse each other's members.
fn merged(document: &Value, schema: &Value) -> Value {
    match schema {
        Value::Object(object) => {
            let mut out: Map<String, Value> = object
                .iter()
                .map(|(name, inner)| {
                    let plain = matches!(name.as_str(), "example" | "examples" | "enum" | "required" | "description");
                    (name.clone(), if plain { inner.clone() } else { merged(document, inner) })
                })
                .collect();
            if let Some(parts) = out.get("allOf").and_then(Value::as_array)
                && let Some(one) = united(document, parts)
            {
                out.remove("allOf");
                for (name, value) in one {
                    match (out.get_mut(&name), value) {
                        (Some(Value::Object(here)), Value::Object(more)) if name == "properties" => here.extend(more),
                        (Some(Value::Array(here)), Value::Array(more)) if name == "required" => here.extend(more),
                        (Some(_), _) => {}
                        (None, value) => drop(out.insert(name, value)),
                    }
                }
            }
            Value::Object(out)
        }
        Value::Array(list) => list.iter().map(|inner| merged(document, inner)).collect(),
        other => other.clone(),
    }
}

/// The parts as one object schema; `None` when one of them is no plain object.
fn united(document: &Value, parts: &[Value]) -> Option<Map<String, Value>> {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    let mut description = None;
    for part in parts {
        let part = resolve(document, part);
        let part = merged(document, part);
        let object = part.as_object().filter(|o| is_a(o, "object"))?;
        properties.extend(object.get("properties").and_then(Value::as_object)?.clone());
        required.extend(object.get("required").and_then(Value::as_array).into_iter().flatten().cloned());
        description = description.or_else(|| object.get("description").cloned());
    }
    let mut one = Map::new();
    one.insert("type".to_owned(), json!("object"));
    one.insert("properties".to_owned(), Value::Object(properties));
    one.insert("required".to_owned(), Value::Array(required));
    one.insert("additionalProperties".to_owned(), Value::Bool(false));
    one.extend(description.map(|d| ("description".to_owned(), d)));
    Some(one)
}

/// What a schema's `$ref` names, or the schema itself.
pub(super) fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let named = schema.get("$ref").and_then(Value::as_str).and_then(|r| r.strip_prefix('#'));
    named.and_then(|pointer| document.pointer(pointer)).map_or(schema, |found| resolve(document, found))
}

/// The names of all published schemas that a value leads to.
fn reached(document: &Value, from: &Value, names: &mut BTreeSet<String>) {
    match from {
        Value::Object(object) => {
            if let Some(name) = object.get("$ref").and_then(Value::as_str).and_then(|r| r.strip_prefix(HOME))
                && names.insert(name.to_owned())
                && let Some(schema) = document.pointer(&format!("/components/schemas/{name}"))
            {
                reached(document, schema, names);
            }
            object.values().for_each(|inner| reached(document, inner, names));
        }
        Value::Array(list) => list.iter().for_each(|inner| reached(document, inner, names)),
        _ => {}
    }
}

/// Drops the schemas that nothing uses.
pub(super) fn prune(document: &mut Value) {
    let mut used = BTreeSet::new();
    for part in ["/paths", "/components/responses", "/components/parameters", "/components/headers"] {
        if let Some(part) = document.pointer(part) {
            reached(document, part, &mut used);
        }
    }
    if let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        schemas.retain(|name, _| used.contains(name));
    }
}

/// A schema together with all published ones that it leads to; `None` when one of them is missing.
pub(super) fn alone(document: &Value, schema: &Value) -> Option<Value> {
    let mut names = BTreeSet::new();
    reached(document, schema, &mut names);
    let found = |name: String| {
        let schema = document.pointer(&format!("/components/schemas/{name}"))?.clone();
        Some((name, schema))
    };
    let reached = names.into_iter().map(found).collect::<Option<BTreeMap<_, _>>>()?;
    let mut whole = schema.as_object()?.clone();
    whole.insert("components".to_owned(), json!({ "schemas": reached }));
    Some(Value::Object(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_are_objects_become_one_closed_object() {
        let mut document = json!({ "components": { "schemas": {
            "Part": { "type": "object", "properties": { "a": { "type": "integer" } }, "required": ["a"] },
            "Whole": { "oneOf": [{ "allOf": [{ "$ref": "#/components/schemas/Part" },
                { "type": "object", "properties": { "kind": { "const": "x" } }, "required": ["kind"] }] }] },
        } } });
        tighten(&mut document);
        let one = document.pointer("/components/schemas/Whole/oneOf/0").unwrap();
        assert_eq!(one["required"], json!(["a", "kind"]));
        assert_eq!(one["additionalProperties"], json!(false));
        assert_eq!(one["properties"]["a"]["maximum"], json!(EXACT));
        assert!(one.get("allOf").is_none());
    }

    #[test]
    fn what_nothing_uses_goes_and_what_is_used_stands_alone() {
        let mut document = json!({ "paths": { "/": { "$ref": "#/components/schemas/A" } }, "components": { "schemas": {
            "A": { "$ref": "#/components/schemas/B" }, "B": { "type": "null" }, "C": { "type": "null" },
        } } });
        prune(&mut document);
        assert_eq!(document["components"]["schemas"].as_object().unwrap().len(), 2);
        assert_eq!(
            alone(&document, &json!({ "$ref": "#/components/schemas/B" })).unwrap()["components"]["schemas"]
                .as_object()
                .unwrap()
                .len(),
            1
        );
        assert!(alone(&document, &json!({ "$ref": "#/components/schemas/C" })).is_none());
    }
}
