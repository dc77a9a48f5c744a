//! The tables of budgets (예산 표).

/// Lines. `document` is the aggregate; `title` is kept in lower case, as searched.
pub mod line {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "budget_line")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub seq: i64,
        #[sea_orm(unique)]
        pub id: Uuid,
        pub version: i64,
        pub body: String,
        pub fiscal_year: i64,
        pub kind: String,
        pub account_kind: String,
        pub project_id: Option<Uuid>,
        pub envelope: Option<String>,
        pub standing: String,
        pub project_filed: bool,
        pub share_bp: i64,
        pub title: String,
        pub original: i64,
        pub supplementary: i64,
        pub carried_in: i64,
        pub moved_in: i64,
        pub moved_out: i64,
        pub contingency: i64,
        pub current_budget: i64,
        pub apportioned: i64,
        pub committed: i64,
        pub expended: i64,
        pub carried_out: i64,
        pub lapsed: i64,
        pub available: i64,
        pub recipient_used: Option<i64>,
        pub updated_at: i64,
        pub removed_at: Option<i64>,
        pub document: String,
    }
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Entries of the ledgers. The database refuses to change or delete them.
pub mod entry {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "budget_entry")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub line_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub n: i64,
        pub id: Uuid,
        pub kind: String,
        pub amount: i64,
        pub booked_on: String,
        pub recorded_at: i64,
        pub approval_no: Option<String>,
        pub document: String,
    }
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Envelopes.
pub mod envelope {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "envelope")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub version: i64,
        pub fiscal_year: i64,
        pub parent: Option<String>,
        pub document: String,
    }
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// Bodies that take part in a project for which lines pay.
pub mod project_body {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "budget_project_body")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub body: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub project_id: Uuid,
    }
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
