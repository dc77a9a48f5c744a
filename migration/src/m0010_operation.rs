//! Operations (작업): long work that was begun by a request and answers later.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, text, uuid},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Operation {
    Table,
    Id,
    UpdatedAt,
    Document,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table(Operation::Table)
                .col(uuid(Operation::Id).primary_key())
                .col(big_integer(Operation::UpdatedAt))
                .col(text(Operation::Document))
                .to_owned(),
        )
        .await
    }
}
