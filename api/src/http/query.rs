//! Query parameters (질의 매개변수): typed, every fault told at once, unknown ones refused.

use super::{Problem, valid::Parameters};
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use domain::problem::{DUPLICATE, Fault, INVALID, WRONG_FORM};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::future::{Ready, ready};
use utoipa::IntoParams;

/// The parameters of a query string. Lists are written with commas: `phase=planning,execution`.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + IntoParams + 'static> FromRequest for Query<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request.query_string()).map(Self))
    }
}

fn read<T: DeserializeOwned + IntoParams + 'static>(text: &str) -> Result<T, Problem> {
    let malformed = || Problem::new(&INVALID).with(vec![Fault::new("?", &WRONG_FORM)]);
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(text).map_err(|_| malformed())?;
    let known = Parameters::of::<T>()?;
    let mut object = Map::new();
    let mut faults = Vec::new();
    for (name, text) in pairs {
        let value = typed(&text, known.schema(&name).unwrap_or(&Value::Null));
        if object.insert(name.clone(), value).is_some() {
            faults.push(Fault::new(format!("?{name}"), &DUPLICATE));
        }
    }
    let value = Value::Object(object);
    faults.extend(known.faults(&value));
    if !faults.is_empty() {
        return Err(Problem::new(&INVALID).with(faults));
    }
    serde_json::from_value(value).map_err(|e| Problem { source: Some(e.into()), ..malformed() })
}

/// The text as the type that the parameter's schema names; left a string when it does not fit, for the schema to say so.
fn typed(text: &str, schema: &Value) -> Value {
    let is = |wanted: &str| match schema.get("type") {
        Some(Value::String(name)) => name == wanted,
        Some(Value::Array(names)) => names.iter().any(|n| n == wanted),
        _ => false,
    };
    let string = || Value::String(text.to_owned());
    if is("array") {
        let items = schema.get("items").unwrap_or(&Value::Null);
        return Value::Array(text.split(',').map(|part| typed(part, items)).collect());
    }
    if is("integer") {
        return text.parse::<i64>().map_or_else(|_| string(), Value::from);
    }
    match text {
        "true" if is("boolean") => Value::Bool(true),
        "false" if is("boolean") => Value::Bool(false),
        _ => string(),
    }
}

/// The page asked for: 50 items unless said otherwise, at most 200.
pub fn page_ask(size: Option<i64>, token: Option<&String>) -> store::page::PageAsk {
    let size = size.and_then(|n| u64::try_from(n).ok()).unwrap_or(50).clamp(1, 200);
    store::page::PageAsk { size, token: token.cloned() }
}
