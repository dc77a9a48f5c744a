//! What an entry says was changed (변경 내용): the fields that differ, without secrets.

use crate::StoreError;
use domain::difference::{Difference, between};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One thing that a write changed, as kept in its entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changed {
    /// The kind of thing.
    pub kind: String,
    /// Which.
    pub id: String,
    /// The fields that differ; a thing that was made stands here once, whole, under the empty pointer.
    pub fields: Vec<Difference>,
}

/// Members whose values never enter the trail, wherever they stand. What they are called, not what they hold, decides.
const SECRETS: [&str; 7] =
    ["password", "password_hash", "secret", "secret_hash", "private_key", "access_token", "refresh_token"];
/// What stands in their place.
const HIDDEN: &str = "[hidden]";

impl Changed {
    /// What differs between a thing as it was and as it is.
    pub(crate) fn between<T: Serialize>(
        kind: &'static str,
        id: String,
        before: Option<&T>,
        after: Option<&T>,
    ) -> Result<Self, StoreError> {
        let whole = |before: Option<&T>, after: Option<&T>| {
            let [before, after] = [before, after].map(|side| side.map(serde_json::to_value).transpose());
            Ok(vec![Difference { pointer: String::new(), before: before?, after: after? }])
        };
        let fields = match (before, after) {
            (Some(before), Some(after)) => between(before, after),
            (None, None) => Ok(Vec::new()),
            (before, after) => whole(before, after),
        };
        let fields = fields.map_err(|e| StoreError::failed("audit", e))?;
        Ok(Self { kind: kind.to_owned(), id, fields: fields.into_iter().map(without_secrets).collect() })
    }

    /// The version that the thing has after this change, if it has versions.
    pub(crate) fn version(&self) -> Option<i64> {
        self.fields.iter().find_map(|field| match field.pointer.as_str() {
            "/version" => field.after.as_ref()?.as_i64(),
            "" => field.after.as_ref()?.get("version")?.as_i64(),
            _ => None,
        })
    }
}

fn without_secrets(mut field: Difference) -> Difference {
    let secret = field.pointer.split('/').any(|step| SECRETS.contains(&step));
    for side in [&mut field.before, &mut field.after].into_iter().flatten() {
        if secret {
            *side = HIDDEN.into();
        } else {
            hide(side);
        }
    }
    field
}

fn hide(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                if SECRETS.contains(&name.as_str()) {
                    *value = HIDDEN.into();
                } else {
                    hide(value);
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(hide),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn kept(before: Option<&Value>, after: Option<&Value>) -> (Value, Option<i64>) {
        let changed = Changed::between("thing", "1".into(), before, after).unwrap();
        (serde_json::to_value(&changed.fields).unwrap(), changed.version())
    }

    #[test]
    fn only_what_differs_is_kept() {
        let (before, after) = (json!({"version": 1, "name": "a"}), json!({"version": 2, "name": "a"}));
        assert_eq!(
            kept(Some(&before), Some(&after)),
            (json!([{"pointer": "/version", "before": 1, "after": 2}]), Some(2))
        );
        assert_eq!(kept(None, Some(&before)), (json!([{"pointer": "", "after": before}]), Some(1)));
        assert_eq!(kept(Some(&before), None), (json!([{"pointer": "", "before": before}]), None));
    }

    #[test]
    fn secrets_never_enter() {
        let made = json!({"version": 1, "list": [{"secret_hash": "abc", "name": "n"}], "password": {"hash": "abc"}});
        let mut changed = made.clone();
        changed["list"][0]["secret_hash"] = "def".into();
        for (before, after) in [(None, Some(&made)), (Some(&made), Some(&changed))] {
            let (fields, _) = kept(before, after);
            let text = fields.to_string();
            assert!(text.contains("[hidden]") && !text.contains("abc") && !text.contains("def"), "{text}");
        }
    }
}
