//! Text in lists (글 찾기): the same rows on either database, whatever the case and whatever marks the words contain.

use sea_orm::sea_query::{Expr, ExprTrait, Func, IntoColumnRef, LikeExpr};

/// Texts as a column of words: folded, each on a line of its own, so that nothing is found across two of them.
pub(crate) fn folded<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    texts.into_iter().map(str::to_lowercase).collect::<Vec<_>>().join("\n")
}

/// True for rows whose folded column holds the words, `%` and `_` standing for themselves.
pub(crate) fn holds(column: impl IntoColumnRef, words: &str) -> Expr {
    Expr::col(column).like(pattern(words))
}

/// The same for a column that is kept as it was typed. Slower: for small tables.
pub(crate) fn holds_typed(column: impl IntoColumnRef, words: &str) -> Expr {
    Expr::from(Func::lower(Expr::col(column))).like(pattern(words))
}

fn pattern(words: &str) -> LikeExpr {
    let plain = words.to_lowercase().replace('|', "||").replace('%', "|%").replace('_', "|_");
    LikeExpr::new(format!("%{plain}%")).escape('|')
}
