//! Keeps any domain value that prints and parses as a text column (글자 열).

use sea_orm::{
    ColIdx, DbErr, QueryResult, TryGetError, TryGetable,
    sea_query::{ArrayType, ColumnType, Nullable, StringLen, Value, ValueType, ValueTypeErr},
};
use std::{fmt, str::FromStr};

/// A column of text that holds a `T`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text<T>(pub T);

impl<T: fmt::Display> From<Text<T>> for Value {
    fn from(text: Text<T>) -> Self {
        Self::from(text.0.to_string())
    }
}
impl<T: FromStr<Err: fmt::Display>> TryGetable for Text<T> {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        let text = String::try_get_by(row, index)?;
        text.parse().map(Text).map_err(|e: T::Err| TryGetError::DbErr(DbErr::Type(e.to_string())))
    }
}
impl<T: FromStr> ValueType for Text<T> {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        <String as ValueType>::try_from(value)?.parse().map(Text).map_err(|_| ValueTypeErr)
    }
    fn type_name() -> String {
        "Text".to_owned()
    }
    fn array_type() -> ArrayType {
        ArrayType::String
    }
    fn column_type() -> ColumnType {
        ColumnType::String(StringLen::None)
    }
}
impl<T> Nullable for Text<T> {
    fn null() -> Value {
        Value::String(None)
    }
}
impl<T: fmt::Display> sea_orm::IntoActiveValue<Self> for Text<T> {
    fn into_active_value(self) -> sea_orm::ActiveValue<Self> {
        sea_orm::ActiveValue::Set(self)
    }
}
