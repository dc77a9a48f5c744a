//! Which conditions SQLite may choose an index by (색인 선택): a list is read in its order, and what it is looked at for in
//! passing must not tempt the planner to gather what fits and sort it. PostgreSQL knows the figures and chooses by itself.

use domain::access::BodyKey;
use sea_orm::{
    ColumnTrait, Condition, DbBackend, IdenStatic, IntoSimpleExpr, Value,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};

/// A column that is compared in passing.
pub(crate) fn passing<C: ColumnTrait>(column: C, backend: DbBackend) -> SimpleExpr {
    if backend == DbBackend::Postgres {
        return column.into_simple_expr();
    }
    let (table, name) = (column.entity_name().to_string(), IdenStatic::as_str(&column).to_owned());
    Expr::cust(format!("+\"{table}\".\"{name}\""))
}

/// Equal to one of these; nothing when there are none.
pub(crate) fn among<V: Into<Value>>(column: SimpleExpr, values: impl IntoIterator<Item = V>) -> Option<SimpleExpr> {
    let mut values: Vec<Value> = values.into_iter().map(Into::into).collect();
    match (values.len(), values.pop()) {
        (1, Some(one)) => Some(column.eq(one)),
        (_, Some(last)) => Some(column.is_in(values.into_iter().chain([last]))),
        (_, None) => None,
    }
}

/// What a list may be led to by: the first column of which this is said leads to what fits, by its index; the others are
/// looked at in passing.
pub(crate) fn first_leads<C: ColumnTrait>(backend: DbBackend) -> impl FnMut(C, bool) -> SimpleExpr {
    let mut led = false;
    move |column, may_lead| {
        let leads = !led && may_lead;
        led |= leads;
        if leads { column.into_simple_expr() } else { passing(column, backend) }
    }
}

/// The body holds or runs the call, by the columns of both, looked at in passing.
pub(crate) fn runs<C: ColumnTrait>((holder, agency): (C, C), body: &BodyKey, backend: DbBackend) -> Condition {
    let is = |column| passing(column, backend).eq(body.as_str());
    Condition::all().add(Condition::any().add(is(holder)).add(is(agency)))
}

/// A reader's scope: what any of its relations opens, and nothing where none opens anything.
pub(crate) fn opened(any: Condition) -> Condition {
    let none = any.is_empty().then(|| Expr::cust("1 = 0"));
    Condition::all().add(any).add_option(none)
}

/// The same for a column with an index that ends in the order of the list: one value leads to what fits in that order;
/// several would have to be sorted together, and so are looked at in passing.
pub(crate) fn one_or_passing<C: ColumnTrait, V: Into<Value>>(
    column: C,
    values: impl IntoIterator<Item = V>,
    backend: DbBackend,
) -> Option<SimpleExpr> {
    let values: Vec<V> = values.into_iter().collect();
    let column = if values.len() == 1 { column.into_simple_expr() } else { passing(column, backend) };
    among(column, values)
}
