//! Demand for resources (자원 수요): what bodies say they will need.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, integer, string, text, uuid},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden, Clone, Copy)]
enum Demand {
    Table,
    Seq,
    Id,
    Version,
    Body,
    Kind,
    State,
    Year,
    Document,
}

/// The list is in the order of entry; what is filtered by has an index each.
const INDEXES: [(&str, Demand); 4] = [
    ("demand_by_body", Demand::Body),
    ("demand_by_kind", Demand::Kind),
    ("demand_by_state", Demand::State),
    ("demand_by_year", Demand::Year),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = m.get_database_backend() == sea_orm::DbBackend::Sqlite;
        let mut seq = if sqlite { integer(Demand::Seq) } else { big_integer(Demand::Seq) };
        m.create_table(
            Table::create()
                .table(Demand::Table)
                .col(seq.auto_increment().primary_key())
                .col(uuid(Demand::Id).unique_key())
                .col(big_integer(Demand::Version))
                .col(string(Demand::Body))
                .col(string(Demand::Kind))
                .col(string(Demand::State))
                .col(big_integer_null(Demand::Year))
                .col(text(Demand::Document))
                .to_owned(),
        )
        .await?;
        for (name, column) in INDEXES {
            m.create_index(Index::create().name(name).table(Demand::Table).col(column).col(Demand::Seq).to_owned())
                .await?;
        }
        Ok(())
    }
}
