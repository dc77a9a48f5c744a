//! The tables of awards (교부 표).

/// Awards. `document` is the record.
pub mod award {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "award")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub seq: i64,
        #[sea_orm(unique)]
        pub application: Uuid,
        pub version: i64,
        pub call: String,
        pub track: String,
        pub body: String,
        pub state: String,
        pub holder: String,
        pub agency: Option<String>,
        pub document: String,
    }
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// The bodies that receive awards or take part.
pub mod part {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "award_body")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub body: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub award: i64,
    }
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
