//! The tables of projects (과제 표).

/// Projects. `document` is the aggregate; `item` its line in lists; `money` the sums of its budget lines.
pub mod project {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "project")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub seq: i64,
        #[sea_orm(unique)]
        pub id: Uuid,
        #[sea_orm(unique)]
        pub code: String,
        pub version: i64,
        pub money_version: i64,
        pub lead_body: String,
        pub phase: String,
        pub status: String,
        pub filed: bool,
        pub removed: bool,
        pub stage: Option<String>,
        pub main_field: Option<String>,
        pub main_region: Option<String>,
        pub programme: Option<String>,
        pub year: Option<i64>,
        pub priority: bool,
        pub health: Option<String>,
        pub amount_krw: i64,
        pub title_ko: String,
        pub gate_due: Option<String>,
        pub tags: String,
        pub created_at: i64,
        pub updated_at: i64,
        pub item: String,
        pub money: String,
        pub document: String,
        pub search_text: String,
    }
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Partners of projects, and the projects they come from or lead to.
pub mod tag {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "project_tag")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub value: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i64,
    }
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
