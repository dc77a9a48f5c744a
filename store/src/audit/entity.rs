//! The table of audit entries (감사 기록 표). The application may only add to it.

use super::chain::Link;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entry")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub seq: i64,
    pub subject_kind: String,
    pub subject_id: String,
    pub n: i64,
    pub at: i64,
    pub actor_id: Uuid,
    pub actor_name: String,
    pub action: String,
    pub outcome: String,
    pub reason: Option<String>,
    pub changes: String,
    pub request_id: String,
    pub address: String,
    pub previous: Vec<u8>,
    pub hash: Vec<u8>,
}
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// The end of a chain: enough to add to it.
#[derive(Debug, sea_orm::FromQueryResult)]
pub struct Head {
    pub n: i64,
    pub hash: Vec<u8>,
}

impl Model {
    /// What the entry's hash covers.
    pub fn as_link(&self) -> Link<'_> {
        Link {
            subject_kind: &self.subject_kind,
            subject_id: &self.subject_id,
            n: self.n,
            at: self.at,
            actor_id: self.actor_id,
            actor_name: &self.actor_name,
            action: &self.action,
            outcome: &self.outcome,
            reason: self.reason.as_deref(),
            changes: &self.changes,
            request_id: &self.request_id,
            address: &self.address,
            previous: &self.previous,
        }
    }
}

/// The table of mentions: which entries of other chains a thing was changed by.
pub mod mention {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_mention")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub subject_kind: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub subject_id: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i64,
    }
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}
