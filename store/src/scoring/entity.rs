//! The table of score sheets (평가표 표). `id` names application and member, as the trail does.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "score_sheet")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub seq: i64,
    #[sea_orm(unique)]
    pub id: String,
    pub version: i64,
    pub application: Uuid,
    pub member: Uuid,
    pub call: String,
    pub holder: String,
    pub agency: Option<String>,
    pub state: String,
    pub document: String,
}
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}
