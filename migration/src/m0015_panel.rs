//! Panels (배정): the record of each application's panel, and who stands how to it.

use crate::bytewise;
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, boolean, integer, string, string_null, text, uuid},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// `unassigned`: nobody judges it. `undecided`: a conflict waits for its decision.
#[derive(DeriveIden, Clone, Copy)]
enum Panel {
    Table,
    Seq,
    Application,
    Version,
    Call,
    Holder,
    Agency,
    Unassigned,
    Undecided,
    Document,
}

/// How a member stands to a panel: judging, waiting, barred or released.
#[derive(DeriveIden, Clone, Copy)]
enum PanelSeat {
    Table,
    Member,
    Panel,
    Application,
    Call,
    State,
}

const SQLITE_GUARDS: &str = "CREATE TRIGGER panel_no_delete BEFORE DELETE ON panel \
    BEGIN SELECT RAISE(ABORT, 'panels are never deleted'); END;";

const POSTGRES_GUARDS: &str = "CREATE FUNCTION panel_guard() RETURNS trigger LANGUAGE plpgsql AS $$ \
    BEGIN RAISE EXCEPTION 'panels are never deleted'; END $$; \
    CREATE TRIGGER panel_no_delete BEFORE DELETE ON panel FOR EACH ROW EXECUTE FUNCTION panel_guard();";

/// The list is in the order of entry; what is filtered by has an index each.
const INDEXES: [(&str, &[Panel]); 4] = [
    ("panel_call", &[Panel::Call, Panel::Seq]),
    ("panel_application", &[Panel::Application, Panel::Seq]),
    ("panel_unassigned", &[Panel::Unassigned, Panel::Seq]),
    ("panel_undecided", &[Panel::Undecided, Panel::Seq]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = m.get_database_backend() == sea_orm::DbBackend::Sqlite;
        let mut seq = if sqlite { integer(Panel::Seq) } else { big_integer(Panel::Seq) };
        m.create_table(
            Table::create()
                .table(Panel::Table)
                .col(seq.auto_increment().primary_key())
                .col(uuid(Panel::Application).unique_key())
                .col(big_integer(Panel::Version))
                .col(bytewise(m, string(Panel::Call)))
                .col(string(Panel::Holder))
                .col(string_null(Panel::Agency))
                .col(boolean(Panel::Unassigned))
                .col(boolean(Panel::Undecided))
                .col(text(Panel::Document))
                .to_owned(),
        )
        .await?;
        for (name, columns) in INDEXES {
            let mut index = Index::create().name(name).table(Panel::Table).to_owned();
            for column in columns {
                index.col(*column);
            }
            m.create_index(index).await?;
        }
        m.create_table(
            Table::create()
                .table(PanelSeat::Table)
                .col(uuid(PanelSeat::Member))
                .col(big_integer(PanelSeat::Panel))
                .col(uuid(PanelSeat::Application))
                .col(bytewise(m, string(PanelSeat::Call)))
                .col(string(PanelSeat::State))
                .primary_key(Index::create().col(PanelSeat::Member).col(PanelSeat::Panel))
                .to_owned(),
        )
        .await?;
        for (name, column) in [("panel_seat_panel", PanelSeat::Panel), ("panel_seat_call", PanelSeat::Call)] {
            m.create_index(Index::create().name(name).table(PanelSeat::Table).col(column).to_owned()).await?;
        }
        m.get_connection().execute_unprepared(if sqlite { SQLITE_GUARDS } else { POSTGRES_GUARDS }).await?;
        Ok(())
    }
}
