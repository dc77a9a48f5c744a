//! Sums out of the cells (포트폴리오 요약): one query over the coarsest level that answers the question.

use super::entity::{Column, Entity, Model};
use crate::{Store, StoreError};
use domain::{
    access::{Scope, act::portfolio as act},
    portfolio::{Dimension, Dims, Level, Measures},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use std::collections::BTreeMap;

/// Which cells are summed. Empty lists take all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of these bodies.
    pub bodies: Vec<String>,
    /// In these phases.
    pub phases: Vec<String>,
    /// In these main fields.
    pub fields: Vec<String>,
    /// In these main regions; an empty text stands for nationwide.
    pub regions: Vec<String>,
    /// Of these programmes.
    pub programmes: Vec<String>,
    /// In these years.
    pub years: Vec<i32>,
}

/// One group with its sums. Dimensions that were not asked for are empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Which.
    pub dims: Dims,
    /// Its sums.
    pub measures: Measures,
}

impl Filter {
    /// The dimensions it looks at.
    fn dimensions(&self) -> Vec<Dimension> {
        let used = [
            !self.bodies.is_empty(),
            !self.phases.is_empty(),
            !self.fields.is_empty(),
            !self.regions.is_empty(),
            !self.programmes.is_empty(),
            !self.years.is_empty(),
        ];
        Dimension::ALL.into_iter().zip(used).filter(|(_, used)| *used).map(|(d, _)| d).collect()
    }
    fn condition(&self) -> Condition {
        let texts =
            |column: Column, values: &[String]| (!values.is_empty()).then(|| column.is_in(values.iter().cloned()));
        Condition::all()
            .add_option(texts(Column::Body, &self.bodies))
            .add_option(texts(Column::Phase, &self.phases))
            .add_option(texts(Column::Field, &self.fields))
            .add_option(texts(Column::Region, &self.regions))
            .add_option(texts(Column::Programme, &self.programmes))
            .add_option((!self.years.is_empty()).then(|| Column::Year.is_in(self.years.iter().copied())))
    }
    /// True when a cell belongs to it: the same question asked of one cell.
    pub(super) fn takes(&self, dims: &Dims) -> bool {
        let text = |values: &[String], value: &String| values.is_empty() || values.contains(value);
        text(&self.bodies, &dims.body)
            && text(&self.phases, &dims.phase)
            && text(&self.fields, &dims.field)
            && text(&self.regions, &dims.region)
            && text(&self.programmes, &dims.programme)
            && (self.years.is_empty() || self.years.contains(&dims.year))
    }
}

/// Sums by the dimensions asked for, in their order; groups without anything are left out. What is filed is summed up for
/// every reader alike: drafts are in no cell.
pub async fn summary(
    store: &Store,
    _: &Scope<act::Read>,
    by: &[Dimension],
    filter: &Filter,
) -> Result<Vec<Group>, StoreError> {
    let mut wanted = filter.dimensions();
    wanted.extend(by);
    let level = Level::covering(&wanted);
    let query = Entity::find().filter(Column::Level.eq(level.number)).filter(filter.condition());
    let mut sums: BTreeMap<Dims, Measures> = BTreeMap::new();
    for row in query.all(store.reader()).await? {
        let (dims, measures) = read(row);
        let cell = sums.entry(only(by, dims)).or_default();
        *cell = cell.plus(&measures);
    }
    let groups = sums.into_iter().filter(|(_, m)| !m.is_nothing());
    Ok(groups.map(|(dims, measures)| Group { dims, measures }).collect())
}

/// The cell with only these dimensions.
pub(super) fn only(by: &[Dimension], dims: Dims) -> Dims {
    let text = |dimension: Dimension, value: String| if by.contains(&dimension) { value } else { String::new() };
    Dims {
        body: text(Dimension::Body, dims.body),
        phase: text(Dimension::Phase, dims.phase),
        field: text(Dimension::Field, dims.field),
        region: text(Dimension::Region, dims.region),
        programme: text(Dimension::Programme, dims.programme),
        year: if by.contains(&Dimension::Year) { dims.year } else { 0 },
    }
}

/// A row as a cell.
pub(super) fn read(row: Model) -> (Dims, Measures) {
    let dims = Dims {
        body: row.body,
        phase: row.phase,
        field: row.field,
        region: row.region,
        programme: row.programme,
        // No year has more than nine digits.
        year: i32::try_from(row.year).unwrap_or(i32::MAX),
    };
    let measures = Measures {
        projects: row.projects,
        joint_projects: row.joint_projects,
        participations: row.participations,
        share_points: row.share_points,
        original_krw: row.original_krw,
        current_budget_krw: row.current_budget_krw,
        loan_krw: row.loan_krw,
        committed_krw: row.committed_krw,
        expended_krw: row.expended_krw,
        in_kind_krw: row.in_kind_krw,
    };
    (dims, measures)
}
