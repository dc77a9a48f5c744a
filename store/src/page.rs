//! Pages of lists (목록 쪽): keyset cursors, so that page 1,000 costs what page 1 costs.

use crate::StoreError;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::{
    Condition, Order, QueryOrder, QuerySelect, Value,
    sea_query::{ExprTrait, SimpleExpr},
};
use sha2::{Digest, Sha256};

/// What part of a list is asked for.
#[derive(Debug, Clone)]
pub struct PageAsk {
    /// How many items at most: 1 to 200.
    pub size: u64,
    /// Where the page before ended, as it was given out.
    pub token: Option<String>,
}

/// Some items and where the next page begins.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The items, in order.
    pub items: Vec<T>,
    /// Opaque; `None` on the last page.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// The same page with each item turned into something else.
    pub fn map<U>(self, turn: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(turn).collect(), next: self.next }
    }
}

/// One key of an order: a column expression, which way, and how to read it off a row for the cursor.
/// The last key of a list must be unique.
pub(crate) struct SortKey<T> {
    pub column: SimpleExpr,
    pub order: Order,
    pub of: fn(&T) -> KeyValue,
}

/// The value of a sort key in a cursor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub(crate) enum KeyValue {
    Number(i64),
    Text(String),
}

impl From<KeyValue> for Value {
    fn from(value: KeyValue) -> Self {
        match value {
            KeyValue::Number(n) => n.into(),
            KeyValue::Text(t) => t.into(),
        }
    }
}

/// Orders a query by its keys and cuts it to the page asked for. `list` names the list with its filters and order:
/// a token of another list is refused.
pub(crate) fn cut<Q: QueryOrder + QuerySelect + sea_orm::QueryFilter, T>(
    mut query: Q,
    keys: &[SortKey<T>],
    ask: &PageAsk,
    list: &str,
) -> Result<Q, StoreError> {
    if let Some(token) = &ask.token {
        let values = read(token, list, keys.len())?;
        query = query.filter(after(keys, &values));
    }
    for key in keys {
        query = query.order_by(key.column.clone(), key.order.clone());
    }
    Ok(query.limit(ask.size + 1))
}

/// The keys after which the page begins; none on the first.
pub(crate) fn start_after(ask: &PageAsk, list: &str, keys: usize) -> Result<Vec<KeyValue>, StoreError> {
    ask.token.as_deref().map_or_else(|| Ok(Vec::new()), |token| read(token, list, keys))
}

/// Turns one more row than asked for into a page with its next token.
pub(crate) fn page<T>(mut rows: Vec<T>, keys: &[SortKey<T>], ask: &PageAsk, list: &str) -> Page<T> {
    let size = usize::try_from(ask.size).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    let next = rows.last().filter(|_| more).map(|last| {
        let values: Vec<KeyValue> = keys.iter().map(|key| (key.of)(last)).collect();
        write(&values, list)
    });
    Page { items: rows, next }
}

/// `(a, b) > (x, y)` spelled out, since the keys may run in different directions.
fn after<T>(keys: &[SortKey<T>], values: &[KeyValue]) -> Condition {
    let beyond = |key: &SortKey<T>, value: &KeyValue| {
        let bound = Value::from(value.clone());
        match key.order {
            Order::Desc => key.column.clone().lt(bound),
            _ => key.column.clone().gt(bound),
        }
    };
    let mut any = Condition::any();
    for (at, (key, value)) in keys.iter().zip(values).enumerate() {
        let mut all = Condition::all();
        for (earlier, same) in keys.iter().zip(values).take(at) {
            all = all.add(earlier.column.clone().eq(Value::from(same.clone())));
        }
        any = any.add(all.add(beyond(key, value)));
    }
    // The first key alone also bounds the range, which lets an index seek to it.
    let (Some((key, value)), true) = (keys.iter().zip(values).next(), keys.len() > 1) else { return any };
    let bound = Value::from(value.clone());
    let from = match key.order {
        Order::Desc => key.column.clone().lte(bound),
        _ => key.column.clone().gte(bound),
    };
    Condition::all().add(from).add(any)
}

/// How two rows stand in an order, for rows that were fetched in any.
pub(crate) fn compare<T>(keys: &[SortKey<T>], a: &T, b: &T) -> std::cmp::Ordering {
    let by = |key: &SortKey<T>| {
        let way = (key.of)(a).cmp(&(key.of)(b));
        if key.order == Order::Desc { way.reverse() } else { way }
    };
    keys.iter().map(by).find(|way| way.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
}

fn fingerprint(list: &str) -> String {
    let digest = Sha256::digest(list.as_bytes());
    URL_SAFE_NO_PAD.encode(digest.get(..6).unwrap_or_default())
}

fn write(values: &[KeyValue], list: &str) -> String {
    let text = serde_json::to_string(&(fingerprint(list), values)).unwrap_or_default();
    URL_SAFE_NO_PAD.encode(text)
}

fn read(token: &str, list: &str, keys: usize) -> Result<Vec<KeyValue>, StoreError> {
    let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| StoreError::BadPageToken)?;
    let (of, values): (String, Vec<KeyValue>) = serde_json::from_slice(&bytes).map_err(|_| StoreError::BadPageToken)?;
    if of == fingerprint(list) && values.len() == keys { Ok(values) } else { Err(StoreError::BadPageToken) }
}
