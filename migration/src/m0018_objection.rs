//! Objections (이의신청): one for each application at most.

use crate::bytewise;
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, boolean, integer, string, string_null, text, uuid},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden, Clone, Copy)]
enum Objection {
    Table,
    Seq,
    Application,
    Version,
    Call,
    Body,
    Holder,
    Agency,
    Answered,
    Document,
}

const SQLITE_GUARDS: &str = "CREATE TRIGGER objection_no_delete BEFORE DELETE ON objection \
    BEGIN SELECT RAISE(ABORT, 'objections are never deleted'); END;";

const POSTGRES_GUARDS: &str = "CREATE FUNCTION objection_guard() RETURNS trigger LANGUAGE plpgsql AS $$ \
    BEGIN RAISE EXCEPTION 'objections are never deleted'; END $$; \
    CREATE TRIGGER objection_no_delete BEFORE DELETE ON objection FOR EACH ROW EXECUTE FUNCTION objection_guard();";

/// The list is in the order of entry; what is filtered by has an index each.
const INDEXES: [(&str, Objection); 2] =
    [("objection_call", Objection::Call), ("objection_answered", Objection::Answered)];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = m.get_database_backend() == sea_orm::DbBackend::Sqlite;
        let mut seq = if sqlite { integer(Objection::Seq) } else { big_integer(Objection::Seq) };
        m.create_table(
            Table::create()
                .table(Objection::Table)
                .col(seq.auto_increment().primary_key())
                .col(uuid(Objection::Application).unique_key())
                .col(big_integer(Objection::Version))
                .col(bytewise(m, string(Objection::Call)))
                .col(string(Objection::Body))
                .col(string(Objection::Holder))
                .col(string_null(Objection::Agency))
                .col(boolean(Objection::Answered))
                .col(text(Objection::Document))
                .to_owned(),
        )
        .await?;
        for (name, column) in INDEXES {
            let mut index = Index::create();
            index.name(name).table(Objection::Table).col(column).col(Objection::Seq);
            m.create_index(index).await?;
        }
        m.get_connection().execute_unprepared(if sqlite { SQLITE_GUARDS } else { POSTGRES_GUARDS }).await?;
        Ok(())
    }
}
