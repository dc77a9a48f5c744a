//! What changed between two versions of a record (변경 내역), field by field.

use crate::problem::step;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value, value::RawValue};
use std::collections::{BTreeMap, BTreeSet};

/// Members that name an element of a list: such elements are compared with their namesakes, not by position.
const NAMES: [&str; 3] = ["id", "body", "no"];

/// One field that differs. Absent is not the same as `null`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Difference {
    /// Where: a JSON pointer, in which a named element of a list reads `name=value` (`/partners/body=moef/share`).
    #[schema(max_length = 2000, pattern = r"^[^\u0000-\u001f]*$", example = "/facts/note")]
    pub pointer: String,
    /// What stood there; left out when nothing did.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Value>)]
    pub before: Option<Value>,
    /// What stands there now; left out when nothing does.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Value>)]
    pub after: Option<Value>,
}

fn present<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(d).map(Some)
}

/// Every field in which two records differ, members in the order of their names and elements in the order of the list;
/// nothing when both are equal. Objects are compared by member. Lists are compared by their elements' `id`, `body` or
/// `no` when all have one and the order of those that stay is the same, with new ones at the end; otherwise by position.
/// Members of the records that are written alike are not taken apart. Fails only for what cannot be written as JSON.
pub fn between<T: Serialize>(before: &T, after: &T) -> Result<Vec<Difference>, serde_json::Error> {
    type Members<'a> = BTreeMap<String, &'a RawValue>;
    let (old, new) = (serde_json::to_string(before)?, serde_json::to_string(after)?);
    let mut found = Vec::new();
    let (Ok(before), Ok(after)) =
        (serde_json::from_str::<Members<'_>>(&old), serde_json::from_str::<Members<'_>>(&new))
    else {
        return Ok(differences(&serde_json::from_str(&old)?, &serde_json::from_str(&new)?));
    };
    for name in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
        let (old, new) = (before.get(name).map(|m| m.get()), after.get(name).map(|m| m.get()));
        if old != new {
            let [old, new] = [old, new].map(|side| side.map(serde_json::from_str::<Value>).transpose());
            compare(&step("", name), old?.as_ref(), new?.as_ref(), &mut found);
        }
    }
    Ok(found)
}

/// The same between two values.
fn differences(before: &Value, after: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare("", Some(before), Some(after), &mut found);
    found
}

fn compare(at: &str, before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Difference>) {
    match (before, after) {
        (before, after) if before == after => {}
        (Some(Value::Object(old)), Some(Value::Object(new))) => members(at, old, new, found),
        (Some(Value::Array(old)), Some(Value::Array(new))) => match named(old, new) {
            Some(pairs) => pairs.into_iter().for_each(|(name, old, new)| compare(&step(at, &name), old, new, found)),
            None => (0..old.len().max(new.len()))
                .for_each(|i| compare(&step(at, &i.to_string()), old.get(i), new.get(i), found)),
        },
        (before, after) => {
            found.push(Difference { pointer: at.to_owned(), before: before.cloned(), after: after.cloned() });
        }
    }
}

fn members(at: &str, old: &Map<String, Value>, new: &Map<String, Value>, found: &mut Vec<Difference>) {
    for name in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
        compare(&step(at, name), old.get(name), new.get(name), found);
    }
}

type Pair<'a> = (String, Option<&'a Value>, Option<&'a Value>);

/// Elements paired by name, if both lists allow it.
fn named<'a>(old: &'a [Value], new: &'a [Value]) -> Option<Vec<Pair<'a>>> {
    NAMES.iter().find_map(|member| {
        let (before, after) = (names(member, old)?, names(member, new)?);
        let kept = before.iter().filter(|(name, _)| after.iter().any(|(other, _)| other == name));
        let in_order = after.iter().map(|(name, _)| name).take(kept.clone().count()).eq(kept.map(|(name, _)| name));
        in_order.then(|| {
            let gone = before.iter().map(|(name, old)| {
                (name.clone(), Some(*old), after.iter().find(|(other, _)| other == name).map(|(_, new)| *new))
            });
            let come = after.iter().filter(|(name, _)| before.iter().all(|(other, _)| other != name));
            gone.chain(come.map(|(name, new)| (name.clone(), None, Some(*new)))).collect()
        })
    })
}

/// Each element with its name, or nothing if one has none or two share one.
fn names<'a>(member: &str, list: &'a [Value]) -> Option<Vec<(String, &'a Value)>> {
    let mut seen = BTreeSet::new();
    list.iter()
        .map(|element| {
            let name = match element.get(member)? {
                Value::String(text) => format!("{member}={text}"),
                Value::Number(number) => format!("{member}={number}"),
                _ => return None,
            };
            seen.insert(name.clone()).then_some((name, element))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn shown(before: &Value, after: &Value) -> Vec<String> {
        let side = |v: Option<Value>| v.map_or("-".to_owned(), |v| v.to_string());
        differences(before, after)
            .into_iter()
            .map(|d| format!("{} {} {}", d.pointer, side(d.before), side(d.after)))
            .collect()
    }

    #[test]
    fn only_what_differs_is_told() {
        let before = json!({"title": {"ko": "가", "en": null}, "regions": ["11", "26"], "a/b": 1,
            "partners": [{"body": "moef", "share": "40.00"}, {"body": "mois", "share": "10.00"}]});
        let after = json!({"title": {"ko": "나"}, "regions": ["11"], "a/b": 2,
            "partners": [{"body": "mois", "share": "20.00"}, {"body": "msit", "share": "1"}]});
        assert_eq!(
            shown(&before, &after),
            [
                "/a~1b 1 2",
                r#"/partners/body=moef {"body":"moef","share":"40.00"} -"#,
                r#"/partners/body=mois/share "10.00" "20.00""#,
                r#"/partners/body=msit - {"body":"msit","share":"1"}"#,
                r#"/regions/1 "26" -"#,
                "/title/en null -",
                r#"/title/ko "가" "나""#,
            ]
        );
    }

    #[test]
    fn a_new_order_is_told_by_position() {
        let (a, b) = (json!({"id": 1}), json!({"id": 2}));
        assert_eq!(shown(&json!([a, b]), &json!([b, a])), ["/0/id 1 2", "/1/id 2 1"]);
        assert_eq!(shown(&json!([a, b]), &json!([b])), [r#"/id=1 {"id":1} -"#]);
    }

    #[test]
    fn absent_and_null_are_kept_apart() {
        let found = differences(&json!({"a": null}), &json!({"b": null}));
        let sent = serde_json::to_value(&found).unwrap();
        assert_eq!(sent, json!([{"pointer": "/a", "before": null}, {"pointer": "/b", "after": null}]));
        assert_eq!(serde_json::from_value::<Vec<Difference>>(sent).unwrap(), found);
    }

    /// Applies differences to the older version: what is gone first, from the end, so that positions stay true.
    fn apply(mut value: Value, found: &[Difference]) -> Value {
        let gone = found.iter().rev().filter(|d| d.after.is_none());
        for d in gone.chain(found.iter().filter(|d| d.after.is_some())) {
            set(&mut value, &d.pointer, d.after.clone());
        }
        value
    }
    fn set(value: &mut Value, pointer: &str, to: Option<Value>) {
        let Some(rest) = pointer.strip_prefix('/') else { return *value = to.unwrap() };
        let (head, tail) = rest.split_once('/').map_or((rest, None), |(h, t)| (h, Some(t)));
        let name = head.replace("~1", "/").replace("~0", "~");
        match value {
            Value::Object(map) => match (tail, to) {
                (Some(tail), to) => set(map.get_mut(&name).unwrap(), &format!("/{tail}"), to),
                (None, Some(new)) => drop(map.insert(name, new)),
                (None, None) => drop(map.remove(&name)),
            },
            Value::Array(list) => {
                let index = name.parse().ok().or_else(|| {
                    let (member, text) = name.split_once('=')?;
                    list.iter().position(|e| e.get(member).is_some_and(|v| v.to_string().trim_matches('"') == text))
                });
                match (index.filter(|i| *i < list.len()), tail, to) {
                    (Some(i), Some(tail), to) => set(&mut list[i], &format!("/{tail}"), to),
                    (Some(i), None, Some(new)) => list[i] = new,
                    (Some(i), None, None) => drop(list.remove(i)),
                    (None, _, new) => list.push(new.unwrap()),
                }
            }
            _ => unreachable!(),
        }
    }

    fn documents() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::from), (0..3).prop_map(Value::from)];
        let tree = leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[a-c/~]", inner.clone(), 0..4)
                    .prop_map(|m| Value::Object(m.into_iter().collect())),
                prop::collection::vec((0..5_u8, inner), 0..4).prop_map(|list| {
                    list.into_iter().map(|(id, of)| json!({"id": id, "of": of})).collect::<Vec<_>>().into()
                }),
            ]
        });
        prop::collection::btree_map("[a-c]", tree, 0..4).prop_map(|m| Value::Object(m.into_iter().collect()))
    }

    proptest! {
        #[test]
        fn the_older_version_and_the_differences_give_the_newer(before in documents(), after in documents()) {
            let found = differences(&before, &after);
            prop_assert_eq!(found.is_empty(), before == after);
            prop_assert_eq!(&between(&before, &after).unwrap(), &found);
            prop_assert_eq!(apply(before, &found), after);
        }
    }
}
