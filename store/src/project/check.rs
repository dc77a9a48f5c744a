//! The proof of the columns (열 검산): computed anew from each record and compared with what lists are answered from.

use super::{
    entity::{
        project::{ActiveModel, Column, Entity, Model},
        tag,
    },
    row,
};
use crate::{Store, StoreError, document};
use domain::{
    access::{Action, Scope},
    project::{Project, ProjectId, ProjectMoney},
};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, Iterable, QueryFilter, QueryOrder, QuerySelect};

/// The projects with a column, a tag or a sum that does not follow from the record, each with what is wrong. Reads every
/// project, a few hundred at a time. Nobody may write meanwhile, or a project may be named that is right.
pub async fn unreconciled<A: Action<On = Project>>(
    store: &Store,
    _: &Scope<A>,
) -> Result<Vec<(ProjectId, String)>, StoreError> {
    let (mut wrong, mut after) = (Vec::new(), 0);
    loop {
        let query = Entity::find().filter(Column::Seq.gt(after)).order_by_asc(Column::Seq).limit(300);
        let rows = query.all(store.apart()).await?;
        let Some(last) = rows.last() else { return Ok(wrong) };
        after = last.seq;
        let seqs = rows.iter().map(|row| row.seq);
        let tags = tag::Entity::find().filter(tag::Column::Seq.is_in(seqs)).all(store.apart()).await?;
        for row in rows {
            let project: Project = document::read(&row.document)?;
            let kept = tags.iter().filter(|tag| tag.seq == row.seq);
            let kept: Vec<(&str, &str)> = kept.map(|tag| (tag.kind.as_str(), tag.value.as_str())).collect();
            let mut faults = columns(store, &project, row)?;
            let mut ties = row::ties(&project);
            ties.retain(|(kind, value)| !kept.contains(&(*kind, value.as_str())));
            if !ties.is_empty() || kept.len() != row::ties(&project).len() {
                faults.push("project_tag");
            }
            wrong.extend(faults.into_iter().map(|what| (project.id, what.to_owned())));
        }
    }
}

/// The columns that differ from what the record makes of them.
fn columns(store: &Store, project: &Project, row: Model) -> Result<Vec<&'static str>, StoreError> {
    let money: ProjectMoney = document::read(&row.money)?;
    let mut made = row::row(project, store.0.backend)?;
    made.amount_krw = sea_orm::ActiveValue::Set(money.sums.current_budget_krw.get());
    let kept: ActiveModel = row.into();
    let computed = Column::iter().filter(|c| !matches!(c, Column::Seq | Column::Money | Column::MoneyVersion));
    let differs = computed.filter(|c| made.get(*c).into_value() != kept.get(*c).into_value());
    Ok(differs.map(|c| sea_orm::IdenStatic::as_str(&c)).collect())
}
