//! Awards (협약·교부): the record of each award, and the bodies that have a part in it.

use crate::bytewise;
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, integer, string, string_null, text, uuid},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// `body` receives it; `holder` and `agency` hold and run the call.
#[derive(DeriveIden, Clone, Copy)]
enum Award {
    Table,
    Seq,
    Application,
    Version,
    Call,
    Track,
    Body,
    State,
    Holder,
    Agency,
    Document,
}

/// A body that receives an award or takes part.
#[derive(DeriveIden, Clone, Copy)]
enum AwardBody {
    Table,
    Body,
    Award,
}

const SQLITE_GUARDS: &str = "CREATE TRIGGER award_no_delete BEFORE DELETE ON award \
    BEGIN SELECT RAISE(ABORT, 'awards are never deleted'); END;";

const POSTGRES_GUARDS: &str = "CREATE FUNCTION award_guard() RETURNS trigger LANGUAGE plpgsql AS $$ \
    BEGIN RAISE EXCEPTION 'awards are never deleted'; END $$; \
    CREATE TRIGGER award_no_delete BEFORE DELETE ON award FOR EACH ROW EXECUTE FUNCTION award_guard();";

/// The list is in the order of entry; what is filtered by has an index each.
const INDEXES: [(&str, &[Award]); 4] = [
    ("award_call", &[Award::Call, Award::Seq]),
    ("award_recipient", &[Award::Body, Award::Seq]),
    ("award_state", &[Award::State, Award::Seq]),
    ("award_track", &[Award::Track, Award::Seq]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = m.get_database_backend() == sea_orm::DbBackend::Sqlite;
        let mut seq = if sqlite { integer(Award::Seq) } else { big_integer(Award::Seq) };
        m.create_table(
            Table::create()
                .table(Award::Table)
                .col(seq.auto_increment().primary_key())
                .col(uuid(Award::Application).unique_key())
                .col(big_integer(Award::Version))
                .col(bytewise(m, string(Award::Call)))
                .col(string(Award::Track))
                .col(string(Award::Body))
                .col(string(Award::State))
                .col(string(Award::Holder))
                .col(string_null(Award::Agency))
                .col(text(Award::Document))
                .to_owned(),
        )
        .await?;
        for (name, columns) in INDEXES {
            let mut index = Index::create().name(name).table(Award::Table).to_owned();
            for column in columns {
                index.col(*column);
            }
            m.create_index(index).await?;
        }
        m.create_table(
            Table::create()
                .table(AwardBody::Table)
                .col(string(AwardBody::Body))
                .col(big_integer(AwardBody::Award))
                .primary_key(Index::create().col(AwardBody::Body).col(AwardBody::Award))
                .to_owned(),
        )
        .await?;
        m.get_connection().execute_unprepared(if sqlite { SQLITE_GUARDS } else { POSTGRES_GUARDS }).await?;
        Ok(())
    }
}
