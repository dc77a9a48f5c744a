//! GPU pools and user charges (GPU 풀·이용료): what there is to be allocated, and what users are charged.

use crate::bytewise;
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, string, text},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum GpuPool {
    Table,
    Key,
    Version,
    Kind,
    Model,
    Owner,
    Document,
}

#[derive(DeriveIden)]
enum UserCharge {
    Table,
    Class,
    Version,
    Document,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table(GpuPool::Table)
                .col(bytewise(m, string(GpuPool::Key)).primary_key())
                .col(big_integer(GpuPool::Version))
                .col(string(GpuPool::Kind))
                .col(string(GpuPool::Model))
                .col(string(GpuPool::Owner))
                .col(text(GpuPool::Document))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table(UserCharge::Table)
                .col(bytewise(m, string(UserCharge::Class)).primary_key())
                .col(big_integer(UserCharge::Version))
                .col(text(UserCharge::Document))
                .to_owned(),
        )
        .await
    }
}
