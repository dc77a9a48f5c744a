//! Values of a statement (값) as SQLite takes them: numbers and truth as integers, text as UTF-8, ids as 16 bytes.

use super::fault;
use rusqlite::{
    Statement as Prepared, ToSql,
    types::{ToSqlOutput, Value as Own, ValueRef},
};
use sea_orm::{DbErr, Statement, Value};

/// Gives a compiled statement its values.
pub(super) fn bind(prepared: &mut Prepared<'_>, statement: &Statement) -> Result<(), DbErr> {
    let values = statement.values.iter().flat_map(|values| values.0.iter());
    for (place, value) in values.enumerate() {
        let output = output(value)?;
        prepared.raw_bind_parameter(place.saturating_add(1), Bound(output)).map_err(fault::executing)?;
    }
    Ok(())
}

struct Bound<'a>(ToSqlOutput<'a>);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match &self.0 {
            ToSqlOutput::Borrowed(value) => ToSqlOutput::Borrowed(*value),
            ToSqlOutput::Owned(value) => ToSqlOutput::Borrowed(value.into()),
            _ => ToSqlOutput::Owned(Own::Null),
        })
    }
}

fn output(value: &Value) -> Result<ToSqlOutput<'_>, DbErr> {
    let integer = |number: Option<i64>| ToSqlOutput::Owned(number.map_or(Own::Null, Own::Integer));
    let null = || ToSqlOutput::Owned(Own::Null);
    Ok(match value {
        Value::Bool(v) => integer(v.map(i64::from)),
        Value::TinyInt(v) => integer(v.map(i64::from)),
        Value::SmallInt(v) => integer(v.map(i64::from)),
        Value::Int(v) => integer(v.map(i64::from)),
        Value::BigInt(v) => integer(*v),
        Value::TinyUnsigned(v) => integer(v.map(i64::from)),
        Value::SmallUnsigned(v) => integer(v.map(i64::from)),
        Value::Unsigned(v) => integer(v.map(i64::from)),
        Value::BigUnsigned(v) => integer(v.map(i64::try_from).transpose().map_err(too_large)?),
        Value::String(v) => v.as_ref().map_or_else(null, |text| ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes()))),
        Value::Bytes(v) => v.as_ref().map_or_else(null, |bytes| ToSqlOutput::Borrowed(ValueRef::Blob(bytes))),
        Value::Uuid(v) => v.as_ref().map_or_else(null, |id| ToSqlOutput::Borrowed(ValueRef::Blob(id.as_bytes()))),
        other => return Err(DbErr::Type(format!("SQLite is never given {other:?}"))),
    })
}

fn too_large(error: std::num::TryFromIntError) -> DbErr {
    DbErr::Type(error.to_string())
}
