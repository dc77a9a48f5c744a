//! Full text in lists (전문 검색): the words of a query, and the way through the projects that hold them.

use super::{
    entity::project,
    filter::{Filter, matching},
    find::Sort,
};
use crate::sqlite::Session;
use project::Column;
use sea_orm::{
    DbBackend, DbErr, IntoSimpleExpr, QueryFilter, QuerySelect, Select, Statement,
    sea_query::{Expr, SimpleExpr},
};

/// Brings SQLite's full-text index up to date, which is done once for all that is committed together: the index writes
/// down what it holds at every savepoint, and so at every turn otherwise. PostgreSQL keeps its own.
pub(crate) fn index_due(session: &Session) -> Result<(), DbErr> {
    let statement = |sql: &str| Statement::from_string(DbBackend::Sqlite, sql);
    if session.rows(&statement("SELECT seq FROM project_search_due LIMIT 1"), 1)?.is_empty() {
        return Ok(());
    }
    for step in [
        "DELETE FROM project_search WHERE rowid IN (SELECT seq FROM project_search_due)",
        "INSERT INTO project_search (rowid, text) \
         SELECT seq, search_text FROM project WHERE seq IN (SELECT seq FROM project_search_due)",
        "DELETE FROM project_search_due",
    ] {
        session.execute(&statement(step))?;
    }
    Ok(())
}

/// How a list comes to its projects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Path {
    /// Along an index of the projects.
    Projects,
    /// Along the full-text index of SQLite, which keeps what it finds in the order of entry: a page of a common word is
    /// cut from it without gathering all that hold the word.
    Words,
}

impl Path {
    /// The path of a list in this order. Any other order than that of entry gathers what holds the words and sorts it.
    pub(super) fn of(filter: &Filter, sort: Option<Sort>, backend: DbBackend) -> Self {
        let entry = matches!(sort, Some(Sort::Newest | Sort::Oldest));
        if entry && backend == DbBackend::Sqlite && filter.terms().is_some_and(|terms| !terms.is_empty()) {
            Self::Words
        } else {
            Self::Projects
        }
    }
    /// The number of entry, as the index on the path knows it.
    pub(super) fn seq(self) -> SimpleExpr {
        match self {
            Self::Projects => Column::Seq.into_simple_expr(),
            Self::Words => Expr::cust("\"project_search\".\"rowid\""),
        }
    }
}

/// The query with the words of the filter, if it has any.
pub(super) fn worded(
    mut query: Select<project::Entity>,
    filter: &Filter,
    path: Path,
    backend: DbBackend,
) -> Select<project::Entity> {
    let Some(terms) = filter.terms() else { return query };
    if terms.is_empty() {
        // A query without a letter or digit finds nothing.
        return query.filter(Expr::cust("1 = 0"));
    }
    let wanted = matching(&terms, backend);
    let holds = match (backend, path) {
        (DbBackend::Postgres, _) => "search @@ ($1::text)::tsquery",
        (_, Path::Projects) => "\"project\".\"seq\" IN (SELECT rowid FROM project_search WHERE project_search MATCH ?)",
        (_, Path::Words) => {
            // CROSS JOIN tells SQLite to begin with the words; what joins the two stands among the conditions, since the
            // builder leaves out the condition of a cross join.
            QuerySelect::query(&mut query).from_clear().from("project_search").cross_join(project::Entity);
            "\"project\".\"seq\" = \"project_search\".\"rowid\" AND project_search MATCH ?"
        }
    };
    query.filter(Expr::cust_with_values(holds, [wanted]))
}
