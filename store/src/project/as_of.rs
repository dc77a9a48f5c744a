//! Projects as they stood (기준일 조회): lists and pages out of the versions in force at the end of a day.

use super::{
    filter::Filter,
    find::{Found, Raw, kept_line},
};
use crate::{
    Store, StoreError, consultation, document,
    page::{KeyValue, Page, PageAsk, SortKey, page as finish, start_after},
    portfolio::{AsOf, Rows},
};
use domain::{
    access::{Action, Scope, allows},
    budget::BudgetLine,
    project::{Project, ProjectId, ProjectMoney},
    similar::normalised,
};
use futures_util::TryStreamExt;
use sea_orm::IntoSimpleExpr;

/// One page of the list as it stood, newest first. The rules that a query asks of the columns are asked of the records
/// here; amounts are those of today's lines as they stood is another question, so filters by amount are left to the caller
/// to refuse.
pub async fn list_as_of<A: Action<On = Project>>(
    store: &Store,
    scope: &Scope<A>,
    filter: &Filter,
    day: AsOf,
    ask: &PageAsk,
) -> Result<Page<Raw>, StoreError> {
    let name = format!("projects {filter:?} {day:?}");
    let keys = [SortKey {
        column: super::table::Column::Seq.into_simple_expr(),
        order: sea_orm::Order::Desc,
        of: |row: &(i64, Raw)| KeyValue::Number(row.0),
    }];
    let before = match start_after(ask, &name, keys.len())?.first() {
        Some(KeyValue::Number(seq)) => *seq,
        _ => i64::MAX,
    };
    let mut found = Vec::new();
    let mut rows = day.documents(store, "project", Rows::Before(before));
    while let Some(row) = rows.try_next().await? {
        let project: Project = document::read(&row.document)?;
        let seen = project.removed.is_none() && allows::<A>(scope.actor(), &project);
        if seen && filter.takes(&project) {
            found.push((row.seq, kept_line(&project)?));
        }
        if u64::try_from(found.len()).unwrap_or(u64::MAX) > ask.size {
            break;
        }
    }
    let page = finish(found, &keys, ask, &name);
    Ok(Page { items: page.items.into_iter().map(|(_, raw)| raw).collect(), next: page.next })
}

/// One project with its lines as they stood. What did not exist yet, or could not be seen then, is not found.
pub async fn page_as_of<A: Action<On = Project>>(
    store: &Store,
    scope: &Scope<A>,
    id: ProjectId,
    day: AsOf,
) -> Result<Found, StoreError> {
    let mut rows = day.documents(store, "project", Rows::With("id", id.get()));
    let row = rows.try_next().await?.ok_or(StoreError::NotFound)?;
    drop(rows);
    let project: Project = document::read(&row.document)?;
    if project.removed.is_some() || !allows::<A>(scope.actor(), &project) {
        return Err(StoreError::NotFound);
    }
    let mut lines: Vec<BudgetLine> = Vec::new();
    let mut rows = day.documents(store, "budget_line", Rows::With("project_id", id.get()));
    while let Some(row) = rows.try_next().await? {
        let line: BudgetLine = document::read(&row.document)?;
        if line.project.as_ref().is_some_and(|p| p.id == id) {
            lines.push(line);
        }
    }
    let money = ProjectMoney::of(&lines).map_err(|e| StoreError::failed("as it stood", e))?;
    let advice = consultation::facts_as_of(store, id, day.0).await?;
    Ok(Found { project, record: Raw::kept(row.document), money, money_version: 0, advice })
}

impl Filter {
    /// Whether a record belongs to the list: the same questions that [`Filter::condition`] asks of the columns, without the
    /// amounts.
    fn takes(&self, project: &Project) -> bool {
        fn any<T: PartialEq>(wanted: &[T], has: impl Fn(&T) -> bool) -> bool {
            wanted.is_empty() || wanted.iter().any(has)
        }
        any(&self.bodies, |b| project.lead_body == *b)
            && any(&self.partners, |b| project.has_partner(b))
            && any(&self.phases, |p| project.phase() == *p)
            && any(&self.statuses, |s| project.status() == *s)
            && any(&self.stages, |s| project.stage.as_ref() == Some(s))
            && any(&self.fields, |f| project.fields.contains(f))
            && any(&self.regions, |r| project.regions.contains(r))
            && any(&self.programmes, |p| project.programme.as_ref() == Some(p))
            && any(&self.years, |y| project.year() == Some(*y))
            && self.priority.is_none_or(|p| project.priority.is_some() == p)
            && any(&self.health, |h| project.health.rating == Some(*h))
            && self.gate_due_before.is_none_or(|day| project.gate_due().is_some_and(|due| due < day))
            && self.text.as_deref().is_none_or(|text| contains(project, text))
    }
}

/// Every word of the query stands in number, title or summary.
fn contains(project: &Project, query: &str) -> bool {
    let english = project.title.en.as_ref().map_or("", |t| t.as_str());
    let summary = project.summary.as_ref().map_or("", |s| s.as_str());
    let parts = [project.code.to_string().as_str(), project.title.ko.as_str(), english, summary].map(normalised);
    let words: Vec<String> = query.split_whitespace().map(normalised).filter(|w| !w.is_empty()).collect();
    !words.is_empty() && words.iter().all(|word| parts.iter().any(|part| part.contains(word.as_str())))
}
