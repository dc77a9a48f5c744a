//! The tables of selection (선정 표).

pub mod selection {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "selection")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub call: String,
        pub version: i64,
        pub document: String,
    }
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

pub mod confirmed {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "confirmed_result")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub call: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i64,
        pub dossier: String,
        pub result: String,
    }
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

pub mod place {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "selection_place")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub application: Uuid,
        pub call: String,
        pub document: String,
    }
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
