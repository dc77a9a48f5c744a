//! Which projects (과제 조건): the reader's scope and the filters of a list, as conditions that indexes can answer.

use super::{
    entity::{project, tag},
    find::Sort,
    row::{tag_word, word},
};
use crate::{
    StoreError,
    seek::{among, opened, passing},
};
use domain::{
    access::{Action, BodyKey, Scope, Subject},
    day::{Day, FiscalYear},
    money::Won,
    programme::ProgrammeKey,
    project::{FieldCode, OnProject, Rating, Reached, StageRef, Status},
    region::RegionCode,
    similar::{Term, search_terms},
};
use project::Column;
use sea_orm::{
    ColumnTrait, Condition, DbBackend, EntityTrait, IntoSimpleExpr, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};
use serde::Serialize;

/// Which projects are asked for. Empty lists and `None` ask for all.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Led by one of these.
    pub bodies: Vec<BodyKey>,
    /// With one of these as partner.
    pub partners: Vec<BodyKey>,
    /// In one of these phases.
    pub phases: Vec<Reached>,
    /// With one of these statuses.
    pub statuses: Vec<Status>,
    /// At this stage of a path.
    pub stages: Vec<StageRef>,
    /// In one of these fields of use.
    pub fields: Vec<FieldCode>,
    /// In one of these regions.
    pub regions: Vec<RegionCode>,
    /// Of one of these programmes.
    pub programmes: Vec<ProgrammeKey>,
    /// Planned to begin in one of these years.
    pub years: Vec<FiscalYear>,
    /// Put before others, or not.
    pub priority: Option<bool>,
    /// Last rated so.
    pub health: Vec<Rating>,
    /// With at least this amount.
    pub least: Option<Won>,
    /// With at most this amount.
    pub most: Option<Won>,
    /// Whose gate was due before this day.
    pub gate_due_before: Option<Day>,
    /// Containing these words.
    pub text: Option<String>,
    /// Drafts that were taken away, or what is there.
    pub kept: Kept,
}

/// Whether drafts that were taken away are asked for. They are never in a list with the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kept {
    /// What is there.
    #[default]
    Present,
    /// What was taken away and can be restored.
    Removed,
}

impl Kept {
    /// As a condition, in words that the index of removed projects knows.
    pub(crate) fn condition(self) -> SimpleExpr {
        match self {
            Self::Present => Expr::cust("NOT \"project\".\"removed\""),
            Self::Removed => Expr::cust("\"project\".\"removed\""),
        }
    }
}

/// The reader's scope as a condition: the same relations that the policy asks of a single project.
pub(crate) fn visible<A: Action<On: Subject<Cell = OnProject>>>(scope: &Scope<A>) -> Condition {
    let filed = || Column::Filed.eq(true);
    let mut any = Condition::any();
    for (cell, body) in scope.reach() {
        let leads = || Column::LeadBody.eq(body.as_str());
        let joins = || Condition::all().add(joined(body)).add(Kept::Present.condition());
        any = match cell {
            OnProject::Never => any,
            OnProject::Always => return Condition::all(),
            OnProject::Filed => any.add(filed()),
            OnProject::Own => any.add(leads()),
            OnProject::Partner => any.add(joins()),
            OnProject::Joint => any.add(leads()).add(joins()),
            OnProject::FiledOrJoint => any.add(filed()).add(leads()).add(joins()),
            OnProject::OtherFiled => {
                any.add(Condition::all().add(filed()).add(ExprTrait::not(leads())).add(joins().not()))
            }
        };
    }
    opened(any)
}

/// The body takes part beside the lead.
fn joined(body: &BodyKey) -> SimpleExpr {
    let tags = tag::Entity::find()
        .filter(tag::Column::Kind.eq("partner"))
        .filter(tag::Column::Value.eq(body.as_str()))
        .select_only()
        .column(tag::Column::Seq);
    Column::Seq.in_subquery(tags.into_query())
}

impl Filter {
    /// The condition without the text, for a list in this order (`None`: no order). An index is chosen by the order and,
    /// for the projects of one body, by that body; every other column is only looked at while passing by.
    pub(super) fn condition(&self, sort: Option<Sort>, backend: DbBackend) -> Result<Condition, StoreError> {
        let own = |column: Column, when: bool| if when { column.into_simple_expr() } else { passing(column, backend) };
        let texts = |column: Column, values: Vec<String>| among(column.into_simple_expr(), values);
        let by = |wanted: &[Sort]| sort.is_none_or(|sort| wanted.contains(&sort));
        let amount = || own(Column::AmountKrw, by(&[Sort::Amount, Sort::AmountUp]));
        let bodies = own(Column::LeadBody, self.bodies.len() == 1 || sort.is_none());
        Ok(Condition::all()
            .add(self.kept.condition())
            .add_option(among(bodies, strings(&self.bodies)))
            .add_option(tagged('p', &self.partners, backend))
            .add_option(texts(Column::Phase, words(&self.phases)?))
            .add_option(texts(Column::Status, words(&self.statuses)?))
            .add_option(texts(
                Column::Stage,
                self.stages.iter().map(|s| format!("{}/{}", s.template, s.stage)).collect(),
            ))
            .add_option(tagged('f', &self.fields, backend))
            .add_option(tagged('r', &self.regions, backend))
            .add_option(texts(Column::Programme, strings(&self.programmes)))
            .add_option((!self.years.is_empty()).then(|| Column::Year.is_in(self.years.iter().map(|y| y.get()))))
            .add_option(self.priority.map(|p| Column::Priority.eq(p)))
            .add_option(texts(Column::Health, words(&self.health)?))
            .add_option(self.least.map(|won| amount().gte(won.get())))
            .add_option(self.most.map(|won| amount().lte(won.get())))
            .add_option(self.gate_due_before.map(|day| own(Column::GateDue, by(&[Sort::GateDue])).lt(day.to_string()))))
    }
    /// The words of the text as the full-text index takes them. `None`: no text is asked for.
    pub(super) fn terms(&self) -> Option<Vec<Term>> {
        self.text.as_deref().map(search_terms)
    }
}

fn strings<T: ToString>(values: &[T]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

fn words<T: Serialize>(values: &[T]) -> Result<Vec<String>, StoreError> {
    values.iter().map(word).collect()
}

/// Has one of these tags: partner, field or region.
fn tagged<T: std::fmt::Display>(kind: char, values: &[T], backend: DbBackend) -> Option<Condition> {
    let has = |value: &T| {
        let place = if backend == DbBackend::Postgres { "strpos(tags, $1) > 0" } else { "instr(tags, ?) > 0" };
        Expr::cust_with_values(place, [tag_word(kind, value)])
    };
    (!values.is_empty()).then(|| values.iter().fold(Condition::any(), |any, value| any.add(has(value))))
}

/// What the full-text index of this database is asked.
pub(super) fn matching(terms: &[Term], backend: DbBackend) -> String {
    let postgres = backend == DbBackend::Postgres;
    let told = terms.iter().map(|term| match term {
        Term::Phrase(tokens) if postgres => {
            let quoted: Vec<String> = tokens.iter().map(|t| format!("'{t}'")).collect();
            format!("({})", quoted.join(" <-> "))
        }
        Term::Phrase(tokens) => format!("\"{}\"", tokens.join(" ")),
        Term::Begins(start) if postgres => format!("'{start}':*"),
        Term::Begins(start) => format!("\"{start}\" *"),
    });
    told.collect::<Vec<_>>().join(if postgres { " & " } else { " AND " })
}
