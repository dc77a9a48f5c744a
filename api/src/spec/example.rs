//! Examples (예시), made from the schemas where nobody wrote a better one.

use super::schema::resolve;
use serde_json::{Map, Value, json};

/// How deep an example goes.
const DEEPEST: usize = 12;

/// Which members an example shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Those that must be sent.
    Required,
    /// All.
    Everything,
}

/// A value that fits the schema, as far as schemas say; a test checks each one that is published.
pub(super) fn of(document: &Value, schema: &Value, shown: Shown) -> Value {
    made(document, schema, shown, 0)
}

fn made(document: &Value, schema: &Value, shown: Shown, depth: usize) -> Value {
    let own = |schema: &Value| {
        let first = |name: &str| schema.get(name).and_then(Value::as_array).and_then(|list| list.first()).cloned();
        let plain = |name: &str| schema.get(name).cloned();
        plain("example").or_else(|| first("examples")).or_else(|| plain("const")).or_else(|| first("enum"))
    };
    if let Some(own) = own(schema) {
        return own;
    }
    let schema = resolve(document, schema);
    if let Some(own) = own(schema) {
        return own;
    }
    let branches = ["oneOf", "anyOf"].iter().find_map(|name| schema.get(name).and_then(Value::as_array));
    if let Some(branches) = branches {
        let null = |branch: &&Value| branch.get("type").is_some_and(|t| t == "null");
        let nothing = depth >= DEEPEST && branches.iter().any(|b| null(&b));
        let branch = branches.iter().find(|b| !null(b)).filter(|_| !nothing);
        return branch.map_or(Value::Null, |branch| made(document, branch, shown, depth + 1));
    }
    if let Some(parts) = schema.get("allOf").and_then(Value::as_array) {
        let parts = parts.iter().map(|part| made(document, part, shown, depth + 1));
        let members = parts.filter_map(|part| part.as_object().cloned()).flatten();
        return Value::Object(members.collect());
    }
    simple(document, schema, shown, depth)
}

fn simple(document: &Value, schema: &Value, shown: Shown, depth: usize) -> Value {
    let kind = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().find_map(|k| k.as_str().filter(|k| *k != "null")),
        kind => kind.and_then(Value::as_str),
    };
    let number = |name: &str| schema.get(name).and_then(Value::as_i64);
    match kind {
        Some("object") => {
            let required: Vec<&str> = schema
                .get("required")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            let members = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
            let wanted = members.filter(|(name, _)| {
                required.contains(&name.as_str()) || (shown == Shown::Everything && depth < DEEPEST)
            });
            let members: Map<String, Value> =
                wanted.map(|(name, member)| (name.clone(), made(document, member, shown, depth + 1))).collect();
            Value::Object(members)
        }
        Some("array") => {
            let least = number("minItems").unwrap_or(0);
            if number("maxItems") == Some(0) || (depth >= DEEPEST && least == 0) {
                return json!([]);
            }
            let item = schema.get("items").map(|items| made(document, items, shown, depth + 1)).unwrap_or_default();
            (0..least.max(1)).map(|_| item.clone()).collect()
        }
        Some("integer" | "number") => {
            json!(1.max(number("minimum").unwrap_or(1)).min(number("maximum").unwrap_or(i64::MAX)))
        }
        Some("boolean") => json!(false),
        Some("string") => json!(match schema.get("format").and_then(Value::as_str) {
            Some("date") => "2026-11-22",
            Some("date-time") => "2026-11-22T06:30:00.000000Z",
            Some("uuid") => "01890a5d-ac96-774b-bcce-b302099a8057",
            Some("uri" | "uri-reference") => "/v1/projects",
            Some("email") => "planner@example.go.kr",
            _ => "예시",
        }),
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_shows_what_is_asked() {
        let document =
            json!({ "components": { "schemas": { "Day": { "type": "string", "examples": ["2026-01-01"] } } } });
        let schema = json!({ "type": "object", "required": ["day"], "properties": {
            "day": { "$ref": "#/components/schemas/Day" },
            "kinds": { "type": "array", "items": { "enum": ["a", "b"] } },
            "note": { "oneOf": [{ "type": "null" }, { "type": "integer", "minimum": 7 }] },
        } });
        assert_eq!(of(&document, &schema, Shown::Required), json!({ "day": "2026-01-01" }));
        let all = json!({ "day": "2026-01-01", "kinds": ["a"], "note": 7 });
        assert_eq!(of(&document, &schema, Shown::Everything), all);
    }
}
