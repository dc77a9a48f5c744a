//! Registers (대장): tables that keep each thing as a document under its key and list it by that key.

use crate::{
    Store, StoreError, Tx, document,
    page::{KeyValue, Page, PageAsk, SortKey, cut, page},
};
use domain::{
    day::Day,
    import::{Difference, difference},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic,
    IntoActiveModel, IntoSimpleExpr, Iterable, Order, QueryFilter, QuerySelect, Select, sea_query::OnConflict,
};
use serde::de::DeserializeOwned;
use std::{collections::BTreeMap, fmt::Debug, str::FromStr};

/// A register, told by its columns.
pub(crate) struct Register<E: EntityTrait, T> {
    /// What it lists, so that the token of one list is refused by another.
    pub name: &'static str,
    /// The column of the key.
    pub key: E::Column,
    /// The column of the document.
    pub document: E::Column,
    /// The key of a thing.
    pub key_of: fn(&T) -> KeyValue,
    /// A thing as a row.
    pub row: fn(&T) -> Result<E::ActiveModel, StoreError>,
}

impl<E, T> Register<E, T>
where
    E: EntityTrait,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Clone + Send,
    E::Model: IntoActiveModel<E::ActiveModel>,
    T: DeserializeOwned + PartialEq,
{
    /// One page of what meets the condition, by key. The filter that the condition was made of names the list.
    pub async fn list(
        &self,
        store: &Store,
        filter: &impl Debug,
        condition: Condition,
        ask: &PageAsk,
    ) -> Result<Page<T>, StoreError> {
        let name = format!("{} {filter:?}", self.name);
        let keys = [SortKey { column: self.key.into_simple_expr(), order: Order::Asc, of: self.key_of }];
        documents(store, E::find().filter(condition), self.document, &keys, (&name, ask)).await
    }
    /// The thing of a key.
    pub async fn find(&self, db: &impl ConnectionTrait, key: &str) -> Result<Option<T>, StoreError> {
        let query = E::find().filter(self.key.eq(key)).select_only().column(self.document);
        let found: Option<String> = query.into_tuple().one(db).await?;
        found.map(|text| document::read(&text)).transpose()
    }
    /// Everything in it.
    pub async fn all(&self, db: &impl ConnectionTrait) -> Result<Vec<T>, StoreError> {
        let found: Vec<String> = E::find().select_only().column(self.document).into_tuple().all(db).await?;
        found.iter().map(|text| document::read(text)).collect()
    }
    /// Every key.
    pub async fn keys<K, All>(&self, db: &impl ConnectionTrait) -> Result<All, StoreError>
    where
        K: FromStr<Err: std::error::Error + Send + Sync + 'static>,
        All: FromIterator<K>,
    {
        let keys: Vec<String> = E::find().select_only().column(self.key).into_tuple().all(db).await?;
        keys.iter().map(|key| key.parse().map_err(|e| StoreError::failed("read key", e))).collect()
    }
    /// What these rows would change.
    pub async fn compare(&self, db: &impl ConnectionTrait, rows: Vec<T>) -> Result<Difference<T>, StoreError> {
        let known: BTreeMap<_, _> =
            self.all(db).await?.into_iter().map(|thing| ((self.key_of)(&thing), thing)).collect();
        Ok(difference(known, rows, self.key_of))
    }
    /// Keeps what is new and what changed.
    pub async fn put(&self, tx: &Tx, found: &Difference<T>) -> Result<(), StoreError> {
        let others = E::Column::iter().filter(|column| column.as_str() != self.key.as_str());
        let again = OnConflict::column(self.key).update_columns(others).to_owned();
        put::<E>(tx, found.rows().map(self.row).collect::<Result<_, _>>()?, &again).await
    }
}

/// One page of documents in the order of these keys. The list's name holds its filters.
pub(crate) async fn documents<E: EntityTrait, T: DeserializeOwned>(
    store: &Store,
    query: Select<E>,
    document: E::Column,
    keys: &[SortKey<T>],
    (name, ask): (&str, &PageAsk),
) -> Result<Page<T>, StoreError> {
    let query = cut(query.select_only().column(document), keys, ask, name)?;
    let found: Vec<String> = query.into_tuple().all(store.reader()).await?;
    let things = found.iter().map(|text| document::read(text)).collect::<Result<_, _>>()?;
    Ok(page(things, keys, ask, name))
}

/// A row of a list in the order of entry.
#[derive(Debug, FromQueryResult)]
struct Entered {
    seq: i64,
    document: String,
}

/// One page of documents in the order of entry. The list's name holds its filters.
pub(crate) async fn in_order_of_entry<E: EntityTrait, T: DeserializeOwned>(
    store: &Store,
    query: Select<E>,
    (seq, document): (E::Column, E::Column),
    (name, ask): (&str, &PageAsk),
) -> Result<Page<T>, StoreError> {
    let of: fn(&Entered) -> KeyValue = |row| KeyValue::Number(row.seq);
    let keys = [SortKey { column: seq.into_simple_expr(), order: Order::Asc, of }];
    let query = cut(query.select_only().columns([seq, document]), &keys, ask, name)?;
    let rows = query.into_model::<Entered>().all(store.reader()).await?;
    let Page { items, next } = page(rows, &keys, ask, name);
    Ok(Page { items: items.iter().map(|row| document::read(&row.document)).collect::<Result<_, _>>()?, next })
}

/// What is in force on a day, by its first and its last day; an open end has none.
pub(crate) fn in_force<C: ColumnTrait>(from: C, to: C, day: Day) -> Condition {
    let day = day.to_string();
    Condition::all()
        .add(Condition::any().add(from.is_null()).add(from.lte(day.clone())))
        .add(Condition::any().add(to.is_null()).add(to.gte(day)))
}

/// Rows in one statement, which takes at most 32,766 values.
const CHUNK: usize = 500;

/// Writes rows whole: new ones are added, those whose key is there are replaced.
pub(crate) async fn put<E>(tx: &Tx, rows: Vec<E::ActiveModel>, again: &OnConflict) -> Result<(), StoreError>
where
    E: EntityTrait,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Clone + Send,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    for chunk in rows.chunks(CHUNK) {
        let insert = E::insert_many(chunk.iter().cloned()).on_conflict(again.clone());
        let written: Result<u64, DbErr> = insert.exec_without_returning(tx.db()?).await;
        written?;
    }
    Ok(())
}
