//! The schema's history (스키마 이력): one file a step, frozen once released; names only, never entities.
//!
//! What is absent here: nothing of ours is depended upon, so that an old step means the same for ever.

mod m0001_ground;
mod m0002_account;
mod m0003_body;
mod m0004_project;
mod m0005_budget;
mod m0006_portfolio;
mod m0009_reference;
mod m0010_operation;
mod m0011_cost_share;
mod m0012_call;
mod m0013_application;
mod m0014_committee;
mod m0015_panel;
mod m0016_score_sheet;
mod m0017_selection;
mod m0018_objection;
mod m0019_award;
mod m0020_panel_unassigned;
mod m0021_challenge;
mod m0022_gpu_pool;
mod m0022_sheet_applicants;
mod m0023_gpu_request;
mod m0024_demand;
mod m0025_consultation;
mod m0028_resource;
mod m0029_common_base;

use sea_orm_migration::prelude::*;

/// A text compared byte by byte on either database and under any locale: what lists are ordered by, and days kept as text.
pub(crate) fn bytewise(m: &SchemaManager<'_>, mut column: ColumnDef) -> ColumnDef {
    if m.get_database_backend() == sea_orm::DbBackend::Postgres {
        column.extra("COLLATE \"C\"");
    }
    column
}

/// All steps in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_ground::Migration),
            Box::new(m0002_account::Migration),
            Box::new(m0003_body::Migration),
            Box::new(m0004_project::Migration),
            Box::new(m0005_budget::Migration),
            Box::new(m0006_portfolio::Migration),
            Box::new(m0009_reference::Migration),
            Box::new(m0010_operation::Migration),
            Box::new(m0011_cost_share::Migration),
            Box::new(m0012_call::Migration),
            Box::new(m0013_application::Migration),
            Box::new(m0014_committee::Migration),
            Box::new(m0015_panel::Migration),
            Box::new(m0016_score_sheet::Migration),
            Box::new(m0017_selection::Migration),
            Box::new(m0018_objection::Migration),
            Box::new(m0019_award::Migration),
            Box::new(m0020_panel_unassigned::Migration),
            Box::new(m0021_challenge::Migration),
            Box::new(m0022_gpu_pool::Migration),
            Box::new(m0022_sheet_applicants::Migration),
            Box::new(m0023_gpu_request::Migration),
            Box::new(m0024_demand::Migration),
            Box::new(m0025_consultation::Migration),
            Box::new(m0028_resource::Migration),
            Box::new(m0029_common_base::Migration),
        ]
    }
}
