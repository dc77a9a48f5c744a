//! Selection (선정): what was drawn and confirmed for each call, the confirmed dossiers with their results, and what became of
//! each application.

use crate::bytewise;
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, string, text, uuid},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Selection {
    Table,
    Call,
    Version,
    Document,
}

/// A confirmed dossier with its result. Neither is ever changed.
#[derive(DeriveIden)]
enum ConfirmedResult {
    Table,
    Call,
    Number,
    Dossier,
    Result,
}

/// What became of an application by the confirmation that counts now.
#[derive(DeriveIden)]
enum SelectionPlace {
    Table,
    Application,
    Call,
    Document,
}

const SQLITE_GUARDS: &str = "CREATE TRIGGER confirmed_result_no_update BEFORE UPDATE ON confirmed_result \
    BEGIN SELECT RAISE(ABORT, 'confirmed results are never changed'); END; \
    CREATE TRIGGER confirmed_result_no_delete BEFORE DELETE ON confirmed_result \
    BEGIN SELECT RAISE(ABORT, 'confirmed results are never deleted'); END;";

const POSTGRES_GUARDS: &str = "CREATE FUNCTION confirmed_result_guard() RETURNS trigger LANGUAGE plpgsql AS $$ \
    BEGIN RAISE EXCEPTION 'confirmed results are never changed or deleted'; END $$; \
    CREATE TRIGGER confirmed_result_frozen BEFORE UPDATE OR DELETE ON confirmed_result \
    FOR EACH ROW EXECUTE FUNCTION confirmed_result_guard();";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table(Selection::Table)
                .col(bytewise(m, string(Selection::Call)).primary_key())
                .col(big_integer(Selection::Version))
                .col(text(Selection::Document))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table(ConfirmedResult::Table)
                .col(bytewise(m, string(ConfirmedResult::Call)))
                .col(big_integer(ConfirmedResult::Number))
                .col(text(ConfirmedResult::Dossier))
                .col(text(ConfirmedResult::Result))
                .primary_key(Index::create().col(ConfirmedResult::Call).col(ConfirmedResult::Number))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table(SelectionPlace::Table)
                .col(uuid(SelectionPlace::Application).primary_key())
                .col(bytewise(m, string(SelectionPlace::Call)))
                .col(text(SelectionPlace::Document))
                .to_owned(),
        )
        .await?;
        let mut of_call = Index::create();
        of_call.name("selection_place_call").table(SelectionPlace::Table).col(SelectionPlace::Call);
        m.create_index(of_call).await?;
        let sqlite = m.get_database_backend() == sea_orm::DbBackend::Sqlite;
        m.get_connection().execute_unprepared(if sqlite { SQLITE_GUARDS } else { POSTGRES_GUARDS }).await?;
        Ok(())
    }
}
