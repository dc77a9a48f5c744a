//! The table of support calls (공모 표).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "call")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub version: i64,
    pub stage: String,
    pub published: bool,
    pub fiscal_year: i64,
    pub programme: String,
    pub lead_body: String,
    pub managing_agency: String,
    pub opens_at: Option<i64>,
    pub closes_at: Option<i64>,
    pub document: String,
}
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}
