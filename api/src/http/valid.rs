//! Checks input against the published schema (입력 검사), so that the specification and the check never differ.

use super::Problem;
use domain::problem::{self, Code, Fault, Words};
use jsonschema::{ValidationError, Validator, error::ValidationErrorKind as Kind};
use serde_json::{Value, json};
use std::{
    any::TypeId,
    collections::HashMap,
    sync::{Arc, RwLock},
};
use utoipa::{IntoParams, ToSchema, openapi::path::Parameter};

static KNOWN: RwLock<Option<HashMap<TypeId, Arc<Validator>>>> = RwLock::new(None);

/// The validator of a type, built once from the schema that the specification shows.
fn validator<T: 'static>(schema: impl FnOnce() -> Result<Value, serde_json::Error>) -> Result<Arc<Validator>, Problem> {
    let poisoned = |_| Problem::internal("a validator failed");
    let id = TypeId::of::<T>();
    if let Some(known) =
        KNOWN.read().map_err(|_| Problem::internal("a validator failed"))?.as_ref().and_then(|k| k.get(&id))
    {
        return Ok(Arc::clone(known));
    }
    let schema = schema().map_err(Problem::internal)?;
    let made = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .should_ignore_unknown_formats(true)
        .build(&schema)
        .map_err(|e| Problem::internal(e.to_string()))?;
    let made = Arc::new(made);
    KNOWN.write().map_err(poisoned)?.get_or_insert_default().insert(id, Arc::clone(&made));
    Ok(made)
}

/// Every fault of a body.
pub(super) fn body_faults<T: ToSchema + 'static>(value: &Value) -> Result<Vec<Fault>, Problem> {
    let validator = validator::<T>(|| {
        let mut named = Vec::new();
        T::schemas(&mut named);
        let mut root = serde_json::to_value(T::schema())?;
        let named: HashMap<String, _> = named.into_iter().collect();
        if let Value::Object(root) = &mut root {
            root.insert("components".to_owned(), json!({ "schemas": named }));
        }
        Ok(root)
    })?;
    Ok(faults(&validator, value, ""))
}

/// Every fault of a query string, whose parameters have been turned into one object.
pub(super) fn query_faults<T: IntoParams + 'static>(value: &Value, known: &[Parameter]) -> Result<Vec<Fault>, Problem> {
    let validator = validator::<T>(|| {
        let mut properties = serde_json::Map::new();
        let mut required = Vec::new();
        for parameter in known {
            properties.insert(parameter.name.clone(), serde_json::to_value(&parameter.schema)?);
            if matches!(parameter.required, utoipa::openapi::Required::True) {
                required.push(parameter.name.clone());
            }
        }
        Ok(json!({ "type": "object", "additionalProperties": false, "properties": properties, "required": required }))
    })?;
    Ok(faults(&validator, value, "?"))
}

fn faults(validator: &Validator, value: &Value, prefix: &str) -> Vec<Fault> {
    let mut found = Vec::new();
    for error in validator.iter_errors(value) {
        collect(&error, prefix, &mut found);
    }
    found.truncate(1000);
    found
}

fn collect(error: &ValidationError<'_>, prefix: &str, found: &mut Vec<Fault>) {
    let at = error.instance_path().as_str();
    let at = if prefix == "?" {
        format!("?{}", at.trim_start_matches('/').split('/').next().unwrap_or_default())
    } else {
        at.to_owned()
    };
    let below = |name: &str| {
        let name = name.replace('~', "~0").replace('/', "~1");
        if prefix == "?" { format!("?{name}") } else { format!("{at}/{name}") }
    };
    let mut add =
        |code: &'static Code, ko: String, en: String| found.push(Fault::told(at.clone(), code, Words::made(ko, en)));
    match error.kind() {
        Kind::Required { property } => {
            found.push(Fault::new(below(property.as_str().unwrap_or_default()), &problem::REQUIRED));
        }
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            found.extend(unexpected.iter().map(|name| Fault::new(below(name), &problem::UNKNOWN_FIELD)));
        }
        Kind::Type { kind } => {
            let wanted = match kind {
                jsonschema::error::TypeKind::Single(one) => one.to_string(),
                jsonschema::error::TypeKind::Multiple(many) => {
                    many.iter().map(|t| t.to_string()).collect::<Vec<_>>().join(", ")
                }
            };
            add(&problem::WRONG_TYPE, format!("{wanted} 형식이어야 합니다"), format!("It must be of type {wanted}"));
        }
        Kind::Minimum { limit } | Kind::ExclusiveMinimum { limit } => {
            add(&problem::OUT_OF_RANGE, format!("최솟값은 {limit}입니다"), format!("The least value is {limit}"));
        }
        Kind::Maximum { limit } | Kind::ExclusiveMaximum { limit } => {
            add(&problem::OUT_OF_RANGE, format!("최댓값은 {limit}입니다"), format!("The greatest value is {limit}"));
        }
        Kind::MinLength { limit } => add(
            &problem::WRONG_LENGTH,
            format!("{limit}자 이상이어야 합니다"),
            format!("At least {limit} characters are needed"),
        ),
        Kind::MaxLength { limit } => add(
            &problem::WRONG_LENGTH,
            format!("{limit}자를 넘을 수 없습니다"),
            format!("At most {limit} characters are taken"),
        ),
        Kind::MinItems { limit } => add(
            &problem::WRONG_LENGTH,
            format!("{limit}개 이상이어야 합니다"),
            format!("At least {limit} items are needed"),
        ),
        Kind::MaxItems { limit } => add(
            &problem::WRONG_LENGTH,
            format!("{limit}개를 넘을 수 없습니다"),
            format!("At most {limit} items are taken"),
        ),
        Kind::UniqueItems => found.push(Fault::new(at, &problem::DUPLICATE)),
        Kind::Enum { options } => {
            let list = options
                .as_array()
                .map(|o| o.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "))
                .unwrap_or_default();
            add(
                &problem::NOT_IN_LIST,
                format!("다음 가운데 하나여야 합니다: {list}"),
                format!("It must be one of: {list}"),
            );
        }
        Kind::Constant { .. } => found.push(Fault::new(at, &problem::NOT_IN_LIST)),
        Kind::OneOfNotValid { context } | Kind::AnyOf { context } => nested(context, &at, prefix, found),
        _ => found.push(Fault::new(at, &problem::WRONG_FORM)),
    }
}

/// A choice failed. Of the branches that could have been meant (not "it may be null"), the one with the fewest faults
/// tells what is wrong.
fn nested(context: &[Vec<ValidationError<'static>>], at: &str, prefix: &str, found: &mut Vec<Fault>) {
    let meant = context.iter().map(|branch| {
        let mut faults = Vec::new();
        for error in branch {
            collect(error, prefix, &mut faults);
        }
        faults
    });
    let is_null_branch = |faults: &[Fault]| matches!(faults, [one] if one.code.name == "wrong_type" && one.detail.en.ends_with("type null"));
    let best = meant.filter(|f| !is_null_branch(f)).min_by_key(Vec::len);
    match best {
        Some(faults) if !faults.is_empty() => found.extend(faults),
        _ => found.push(Fault::new(at, &problem::WRONG_FORM)),
    }
}
