//! Score sheets (평가표): one for each member and application.

use crate::bytewise;
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, integer, string, string_null, text, uuid},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// `id` names application and member, as the trail does.
#[derive(DeriveIden, Clone, Copy)]
enum ScoreSheet {
    Table,
    Seq,
    Id,
    Version,
    Application,
    Member,
    Call,
    Holder,
    Agency,
    State,
    Document,
}

const SQLITE_GUARDS: &str = "CREATE TRIGGER score_sheet_no_delete BEFORE DELETE ON score_sheet \
    BEGIN SELECT RAISE(ABORT, 'score sheets are never deleted'); END;";

const POSTGRES_GUARDS: &str = "CREATE FUNCTION score_sheet_guard() RETURNS trigger LANGUAGE plpgsql AS $$ \
    BEGIN RAISE EXCEPTION 'score sheets are never deleted'; END $$; \
    CREATE TRIGGER score_sheet_no_delete BEFORE DELETE ON score_sheet FOR EACH ROW EXECUTE FUNCTION score_sheet_guard();";

/// The list is in the order of entry; what is filtered by has an index each.
const INDEXES: [(&str, ScoreSheet); 4] = [
    ("score_sheet_call", ScoreSheet::Call),
    ("score_sheet_application", ScoreSheet::Application),
    ("score_sheet_member", ScoreSheet::Member),
    ("score_sheet_state", ScoreSheet::State),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = m.get_database_backend() == sea_orm::DbBackend::Sqlite;
        let mut seq = if sqlite { integer(ScoreSheet::Seq) } else { big_integer(ScoreSheet::Seq) };
        m.create_table(
            Table::create()
                .table(ScoreSheet::Table)
                .col(seq.auto_increment().primary_key())
                .col(string(ScoreSheet::Id).unique_key())
                .col(big_integer(ScoreSheet::Version))
                .col(uuid(ScoreSheet::Application))
                .col(uuid(ScoreSheet::Member))
                .col(bytewise(m, string(ScoreSheet::Call)))
                .col(string(ScoreSheet::Holder))
                .col(string_null(ScoreSheet::Agency))
                .col(string(ScoreSheet::State))
                .col(text(ScoreSheet::Document))
                .to_owned(),
        )
        .await?;
        for (name, column) in INDEXES {
            let mut index = Index::create();
            index.name(name).table(ScoreSheet::Table).col(column).col(ScoreSheet::Seq);
            m.create_index(index).await?;
        }
        let mut one = Index::create();
        one.name("score_sheet_of").table(ScoreSheet::Table).col(ScoreSheet::Application).col(ScoreSheet::Member);
        m.create_index(one.unique().to_owned()).await?;
        m.get_connection().execute_unprepared(if sqlite { SQLITE_GUARDS } else { POSTGRES_GUARDS }).await?;
        Ok(())
    }
}
