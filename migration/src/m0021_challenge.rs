//! Challenges (기피 신청): filed by applicants, as many as they need.

use crate::bytewise;
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, boolean, integer, string, string_null, text, uuid},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden, Clone, Copy)]
enum Challenge {
    Table,
    Seq,
    Id,
    Version,
    Call,
    Application,
    Body,
    Holder,
    Agency,
    Answered,
    Document,
}

const SQLITE_GUARDS: &str = "CREATE TRIGGER challenge_no_delete BEFORE DELETE ON challenge \
    BEGIN SELECT RAISE(ABORT, 'challenges are never deleted'); END;";

const POSTGRES_GUARDS: &str = "CREATE FUNCTION challenge_guard() RETURNS trigger LANGUAGE plpgsql AS $$ \
    BEGIN RAISE EXCEPTION 'challenges are never deleted'; END $$; \
    CREATE TRIGGER challenge_no_delete BEFORE DELETE ON challenge FOR EACH ROW EXECUTE FUNCTION challenge_guard();";

/// The list is in the order of entry; what is filtered by has an index each.
const INDEXES: [(&str, Challenge); 3] = [
    ("challenge_call", Challenge::Call),
    ("challenge_application", Challenge::Application),
    ("challenge_answered", Challenge::Answered),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = m.get_database_backend() == sea_orm::DbBackend::Sqlite;
        let mut seq = if sqlite { integer(Challenge::Seq) } else { big_integer(Challenge::Seq) };
        m.create_table(
            Table::create()
                .table(Challenge::Table)
                .col(seq.auto_increment().primary_key())
                .col(uuid(Challenge::Id).unique_key())
                .col(big_integer(Challenge::Version))
                .col(bytewise(m, string(Challenge::Call)))
                .col(uuid(Challenge::Application))
                .col(string(Challenge::Body))
                .col(string(Challenge::Holder))
                .col(string_null(Challenge::Agency))
                .col(boolean(Challenge::Answered))
                .col(text(Challenge::Document))
                .to_owned(),
        )
        .await?;
        for (name, column) in INDEXES {
            let mut index = Index::create();
            index.name(name).table(Challenge::Table).col(column).col(Challenge::Seq);
            m.create_index(index).await?;
        }
        m.get_connection().execute_unprepared(if sqlite { SQLITE_GUARDS } else { POSTGRES_GUARDS }).await?;
        Ok(())
    }
}
