//! Support calls (공모): their plan and rules as a document, and the columns that lists filter by.

use crate::bytewise;
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, boolean, string, text},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden, Clone, Copy)]
enum Call {
    Table,
    Key,
    Version,
    Stage,
    Published,
    FiscalYear,
    Programme,
    LeadBody,
    ManagingAgency,
    OpensAt,
    ClosesAt,
    Document,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table(Call::Table)
                .col(bytewise(m, string(Call::Key)).primary_key())
                .col(big_integer(Call::Version))
                .col(string(Call::Stage))
                .col(boolean(Call::Published))
                .col(big_integer(Call::FiscalYear))
                .col(string(Call::Programme))
                .col(string(Call::LeadBody))
                .col(string(Call::ManagingAgency))
                .col(big_integer_null(Call::OpensAt))
                .col(big_integer_null(Call::ClosesAt))
                .col(text(Call::Document))
                .to_owned(),
        )
        .await?;
        for (name, column) in [("call_year", Call::FiscalYear), ("call_programme", Call::Programme)] {
            m.create_index(Index::create().name(name).table(Call::Table).col(column).col(Call::Key).to_owned()).await?;
        }
        Ok(())
    }
}
