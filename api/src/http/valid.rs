//! Checks input against the published schema (입력 검사), so that the specification and the check never differ.

use super::Problem;
use crate::spec;
use domain::problem::{self, Code, Fault, Words};
use jsonschema::{ValidationError, Validator, error::ValidationErrorKind as Kind};
use serde_json::{Map, Value, json};
use std::{
    any::{Any, TypeId},
    collections::{HashMap, HashSet},
    sync::{Arc, OnceLock, RwLock},
};
use utoipa::{
    IntoParams, ToSchema,
    openapi::{Required, path::ParameterIn},
};

type Known = RwLock<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>;

/// What is worked out once for a type: later requests only look it up.
fn once<T: 'static, K: Send + Sync + 'static>(make: impl FnOnce() -> Result<K, Problem>) -> Result<Arc<K>, Problem> {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    let known = KNOWN.get_or_init(Known::default);
    let id = TypeId::of::<(T, K)>();
    let failed = || Problem::internal("the table of validators failed");
    let found = known.read().map_err(|_| failed())?.get(&id).map(Arc::clone);
    let kept = if let Some(found) = found {
        found
    } else {
        let new: Arc<dyn Any + Send + Sync> = Arc::new(make()?);
        known.write().map_err(|_| failed())?.insert(id, Arc::clone(&new));
        new
    };
    kept.downcast().map_err(|_| failed())
}

fn built(schema: &Value) -> Result<Validator, Problem> {
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .should_ignore_unknown_formats(true)
        .build(schema)
        .map_err(|e| Problem::internal(e.to_string()))
}

/// Every fault of a body.
pub(super) fn body_faults<T: ToSchema + 'static>(value: &Value) -> Result<Vec<Fault>, Problem> {
    let validator = once::<T, Validator>(|| {
        let name = T::name();
        built(&spec::schema_of(&name).ok_or_else(|| Problem::internal(format!("{name} is not published")))?)
    })?;
    Ok(faults(&validator, value, ""))
}

/// The query parameters of one operation, as published.
pub(super) struct Parameters {
    schemas: HashMap<String, Value>,
    validator: Validator,
}

impl Parameters {
    /// Those of a type.
    pub(super) fn of<T: IntoParams + 'static>() -> Result<Arc<Self>, Problem> {
        once::<T, Self>(|| {
            let (mut schemas, mut required) = (Map::new(), Vec::new());
            for parameter in T::into_params(|| Some(ParameterIn::Query)) {
                if matches!(parameter.required, Required::True) {
                    required.push(parameter.name.clone());
                }
                schemas.insert(parameter.name, serde_json::to_value(&parameter.schema).map_err(Problem::internal)?);
            }
            let whole =
                json!({ "type": "object", "additionalProperties": false, "properties": schemas, "required": required });
            let whole =
                spec::standing_alone(&whole).ok_or_else(|| Problem::internal("a parameter is not published"))?;
            Ok(Self { schemas: schemas.into_iter().collect(), validator: built(&whole)? })
        })
    }
    /// The schema of one; `None` when there is no such parameter.
    pub(super) fn schema(&self, name: &str) -> Option<&Value> {
        self.schemas.get(name)
    }
    /// Every fault of a query string whose parameters have been turned into one object.
    pub(super) fn faults(&self, value: &Value) -> Vec<Fault> {
        faults(&self.validator, value, "?")
    }
}

fn faults(validator: &Validator, value: &Value, prefix: &str) -> Vec<Fault> {
    let mut found = Vec::new();
    for error in validator.iter_errors(value) {
        collect(&error, prefix, &mut found);
    }
    // A day with a month too many breaks both its form and its format: one fault.
    let mut told = HashSet::new();
    found.retain(|fault| told.insert((fault.pointer.clone(), fault.code.name)));
    found.truncate(1000);
    found
}

/// Adds what one error of the validator comes to.
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
    match error.kind() {
        Kind::Required { property } => {
            found.push(Fault::new(below(property.as_str().unwrap_or_default()), &problem::REQUIRED));
        }
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            found.extend(unexpected.iter().map(|name| Fault::new(below(name), &problem::UNKNOWN_FIELD)));
        }
        Kind::UniqueItems => found.push(Fault::new(at, &problem::DUPLICATE)),
        Kind::Constant { .. } => found.push(Fault::new(at, &problem::NOT_IN_LIST)),
        Kind::OneOfNotValid { context } | Kind::AnyOf { context } => nested(context, &at, prefix, found),
        kind => found.push(match bound(kind) {
            Some((code, words)) => Fault::told(at, code, words),
            None => Fault::new(at, &problem::WRONG_FORM),
        }),
    }
}

/// The bound that a value does not keep, in words that name it.
fn bound(kind: &Kind) -> Option<(&'static Code, Words)> {
    let (code, ko, en) = match kind {
        Kind::Type { kind } => {
            let wanted = match kind {
                jsonschema::error::TypeKind::Single(one) => one.to_string(),
                jsonschema::error::TypeKind::Multiple(many) => {
                    many.iter().map(|t| t.to_string()).collect::<Vec<_>>().join(", ")
                }
            };
            (&problem::WRONG_TYPE, format!("{wanted} 형식이어야 합니다"), format!("It must be of type {wanted}"))
        }
        Kind::Minimum { limit } | Kind::ExclusiveMinimum { limit } => {
            (&problem::OUT_OF_RANGE, format!("최솟값은 {limit}입니다"), format!("The least value is {limit}"))
        }
        Kind::Maximum { limit } | Kind::ExclusiveMaximum { limit } => {
            (&problem::OUT_OF_RANGE, format!("최댓값은 {limit}입니다"), format!("The greatest value is {limit}"))
        }
        Kind::MinLength { limit } => {
            let (ko, en) = (format!("{limit}자 이상이어야 합니다"), format!("At least {limit} characters are needed"));
            (&problem::WRONG_LENGTH, ko, en)
        }
        Kind::MaxLength { limit } => {
            let (ko, en) = (format!("{limit}자를 넘을 수 없습니다"), format!("At most {limit} characters are taken"));
            (&problem::WRONG_LENGTH, ko, en)
        }
        Kind::MinItems { limit } => {
            let (ko, en) = (format!("{limit}개 이상이어야 합니다"), format!("At least {limit} items are needed"));
            (&problem::WRONG_LENGTH, ko, en)
        }
        Kind::MaxItems { limit } => {
            let (ko, en) = (format!("{limit}개를 넘을 수 없습니다"), format!("At most {limit} items are taken"));
            (&problem::WRONG_LENGTH, ko, en)
        }
        Kind::Enum { options } => {
            let list: Vec<&str> = options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let list = list.join(", ");
            let ko = format!("다음 가운데 하나여야 합니다: {list}");
            (&problem::NOT_IN_LIST, ko, format!("It must be one of: {list}"))
        }
        _ => return None,
    };
    Some((code, Words::made(ko, en)))
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
