//! Rows of an answer (행): SQLite knows five kinds of value; what a column is declared to be tells the rest.

use super::{Row, fault, value};
use rusqlite::{Connection, types::ValueRef};
use sea_orm::{DbErr, ProxyRow, Statement, Value};

/// The type of a column's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Truth,
    Small,
    Integer,
    Text,
    Id,
    Bytes,
    /// An expression: what SQLite holds says what it is.
    Open,
}

impl Kind {
    /// By what the migrations declare: every whole number has 64 bits but a `smallint`.
    fn of(declared: Option<&str>) -> Self {
        let Some(declared) = declared else { return Self::Open };
        let is = |word: &str| declared.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        match () {
            () if is("boolean") => Self::Truth,
            () if is("smallint") => Self::Small,
            () if is("integer") => Self::Integer,
            () if is("uuid") => Self::Id,
            () if is("varchar") || is("text") || is("char") => Self::Text,
            () if is("blob") || is("varbinary") => Self::Bytes,
            () => Self::Open,
        }
    }

    fn value(self, held: ValueRef<'_>) -> Result<Value, DbErr> {
        let wrong = || DbErr::Type(format!("a column of {self:?} holds {:?}", held.data_type()));
        Ok(match (self, held) {
            (Self::Truth, ValueRef::Null) => Value::Bool(None),
            (Self::Small, ValueRef::Null) => Value::SmallInt(None),
            (Self::Integer, ValueRef::Null) => Value::BigInt(None),
            (Self::Id, ValueRef::Null) => Value::Uuid(None),
            (Self::Bytes, ValueRef::Null) => Value::Bytes(None),
            (Self::Text | Self::Open, ValueRef::Null) => Value::String(None),
            (Self::Truth, ValueRef::Integer(v)) => Value::Bool(Some(v != 0)),
            (Self::Small, ValueRef::Integer(v)) => Value::SmallInt(Some(i16::try_from(v).map_err(|_| wrong())?)),
            (Self::Integer | Self::Open, ValueRef::Integer(v)) => Value::BigInt(Some(v)),
            (Self::Text | Self::Open, ValueRef::Text(v)) => {
                Value::String(Some(str::from_utf8(v).map_err(|_| wrong())?.to_owned()))
            }
            (Self::Id, ValueRef::Blob(v)) => Value::Uuid(Some(uuid::Uuid::from_slice(v).map_err(|_| wrong())?)),
            (Self::Bytes | Self::Open, ValueRef::Blob(v)) => Value::Bytes(Some(v.to_vec())),
            _ => return Err(wrong()),
        })
    }
}

/// The first rows that a statement gives.
pub(super) fn rows(connection: &Connection, statement: &Statement, most: usize) -> Result<Vec<ProxyRow>, DbErr> {
    let mut prepared = connection.prepare_cached(&statement.sql).map_err(fault::querying)?;
    let columns: Vec<(String, Kind)> =
        prepared.columns().iter().map(|c| (c.name().to_owned(), Kind::of(c.decl_type()))).collect();
    value::bind(&mut prepared, statement)?;
    let (mut rows, mut found) = (prepared.raw_query(), Vec::new());
    while found.len() < most {
        let Some(row) = rows.next().map_err(fault::querying)? else { break };
        let mut values = std::collections::BTreeMap::new();
        for (place, (name, kind)) in columns.iter().enumerate() {
            values.insert(name.clone(), kind.value(row.get_ref(place).map_err(fault::querying)?)?);
        }
        found.push(ProxyRow::new(values));
    }
    Ok(found)
}

/// What is made of each row that a statement gives, while SQLite holds it: no names, and no copy of what is not kept.
pub(super) fn each<T>(
    connection: &Connection,
    statement: &Statement,
    make: impl Fn(&Row<'_>) -> Result<T, DbErr>,
) -> Result<Vec<T>, DbErr> {
    let mut prepared = connection.prepare_cached(&statement.sql).map_err(fault::querying)?;
    value::bind(&mut prepared, statement)?;
    let (mut rows, mut found) = (prepared.raw_query(), Vec::new());
    while let Some(row) = rows.next().map_err(fault::querying)? {
        found.push(make(row)?);
    }
    Ok(found)
}
