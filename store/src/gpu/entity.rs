//! The tables of pools, charges, rounds, requests, allocations and waiting lists (GPU 배분 표).

/// Declares the entity of a table.
macro_rules! entities {
    ($($(#[$about:meta])* $module:ident = $table:literal { $(#[$key:meta])+ $first:ident: $kind:ty, $($(#[$meta:meta])* $name:ident: $of:ty),+ $(,)? })+) => {$(
        $(#[$about])*
        pub mod $module {
            use sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
            #[sea_orm(table_name = $table)]
            pub struct Model {
                $(#[$key])+
                pub $first: $kind,
                $($(#[$meta])* pub $name: $of),+
            }
            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}
            impl ActiveModelBehavior for ActiveModel {}
        }
    )+};
}

entities! {
    /// Pools. `document` is the record.
    pool = "gpu_pool" {
        #[sea_orm(primary_key, auto_increment = false)] key: String,
        version: i64, kind: String, model: String, owner: String, document: String,
    }
    /// What users are charged.
    charge = "user_charge" {
        #[sea_orm(primary_key, auto_increment = false)] class: String,
        version: i64, document: String,
    }
    /// Rounds.
    round = "gpu_round" {
        #[sea_orm(primary_key, auto_increment = false)] key: String,
        version: i64, stage: String, announced: bool, opens_at: i64, closes_at: i64, document: String,
    }
    /// Requests. The days are those on which anything is held.
    request = "gpu_request" {
        #[sea_orm(primary_key)] seq: i64,
        #[sea_orm(unique)] id: Uuid,
        version: i64, body: String, project: Uuid, pool: String, model: String, round: Option<String>, sector: String,
        stage: String, approved_gpus: i64, begins_on: Option<String>, ends_on: Option<String>,
        extended_from: Option<String>, ended_by: Option<String>, document: String,
    }
    /// Bodies that take part in the projects of requests.
    partner = "gpu_request_partner" {
        #[sea_orm(primary_key, auto_increment = false)] body: String,
        #[sea_orm(primary_key, auto_increment = false)] request: Uuid,
    }
    /// Allocations, each with the days on which it is really held.
    allocation = "gpu_allocation" {
        #[sea_orm(primary_key)] seq: i64,
        #[sea_orm(unique)] id: Uuid,
        request: Uuid, body: String, project: Uuid, pool: String, model: String, from_day: String, to_day: String,
        gpus: i64, document: String,
    }
    /// Places on waiting lists, with the days of what is offered.
    place = "gpu_place" {
        #[sea_orm(primary_key)] seq: i64,
        #[sea_orm(unique)] id: Uuid,
        version: i64, request: Uuid, body: String, pool: String, answered: bool, expires_at: Option<i64>,
        from_day: Option<String>, to_day: Option<String>, gpus: i64, document: String,
    }
}
