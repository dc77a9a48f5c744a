//! The tables of panels (배정 표).

/// Panels. `document` is the record.
pub mod panel {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "panel")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub seq: i64,
        #[sea_orm(unique)]
        pub application: Uuid,
        pub version: i64,
        pub call: String,
        pub holder: String,
        pub agency: Option<String>,
        pub undecided: bool,
        pub document: String,
    }
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// How members stand to panels.
pub mod seat {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "panel_seat")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub member: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub panel: i64,
        pub application: Uuid,
        pub call: String,
        pub state: String,
    }
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
