//! The table of objections (이의신청 표).

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "objection")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub seq: i64,
    #[sea_orm(unique)]
    pub application: Uuid,
    pub version: i64,
    pub call: String,
    pub body: String,
    pub holder: String,
    pub agency: Option<String>,
    pub answered: bool,
    pub document: String,
}
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}
