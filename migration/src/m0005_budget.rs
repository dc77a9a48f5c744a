//! Budgets (예산): envelopes, lines with their balances, and the ledgers' entries, which may only be added to.

use crate::bytewise;
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, boolean, integer, string, string_null, text, uuid, uuid_null},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Envelope {
    Table,
    Key,
    Version,
    FiscalYear,
    Parent,
    Document,
}

#[derive(DeriveIden, Clone, Copy)]
enum BudgetLine {
    Table,
    Seq,
    Id,
    Version,
    Body,
    FiscalYear,
    Kind,
    AccountKind,
    ProjectId,
    Envelope,
    Standing,
    ProjectFiled,
    ShareBp,
    Title,
    Original,
    Supplementary,
    CarriedIn,
    MovedIn,
    MovedOut,
    Contingency,
    CurrentBudget,
    Apportioned,
    Committed,
    Expended,
    CarriedOut,
    Lapsed,
    Available,
    RecipientUsed,
    UpdatedAt,
    RemovedAt,
    Document,
}

#[derive(DeriveIden)]
enum BudgetEntry {
    Table,
    LineId,
    N,
    Id,
    Kind,
    Amount,
    BookedOn,
    RecordedAt,
    ApprovalNo,
    Document,
}

/// Which bodies take part in a project that lines pay for, so that a list of lines needs no look at the projects.
#[derive(DeriveIden)]
enum BudgetProjectBody {
    Table,
    ProjectId,
    Body,
}

/// What was booked is taken back by a further entry, never changed.
const SQLITE_GUARDS: &str = "
CREATE TRIGGER budget_entry_no_update BEFORE UPDATE ON budget_entry BEGIN SELECT RAISE(ABORT, 'ledger entries are never changed'); END;
CREATE TRIGGER budget_entry_no_delete BEFORE DELETE ON budget_entry BEGIN SELECT RAISE(ABORT, 'ledger entries are never deleted'); END;
CREATE TRIGGER budget_line_no_delete BEFORE DELETE ON budget_line BEGIN SELECT RAISE(ABORT, 'budget lines are never deleted'); END;";

const POSTGRES_GUARDS: &str = "
CREATE FUNCTION budget_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'budget lines and ledger entries are never deleted, entries never changed'; END $$;
CREATE TRIGGER budget_entry_no_change BEFORE UPDATE OR DELETE ON budget_entry FOR EACH ROW EXECUTE FUNCTION budget_guard();
CREATE TRIGGER budget_entry_no_truncate BEFORE TRUNCATE ON budget_entry FOR EACH STATEMENT EXECUTE FUNCTION budget_guard();
CREATE TRIGGER budget_line_no_delete BEFORE DELETE ON budget_line FOR EACH ROW EXECUTE FUNCTION budget_guard();";

/// For the lists. In the order of entry, what is filtered by has an index each; the other orders have an index that also
/// carries what is filtered by, so that rows which do not fit are passed over without being opened, and one for the lines
/// of one body.
const LINE_INDEXES: [(&str, &[BudgetLine]); 12] = [
    ("budget_line_body", &[BudgetLine::Body, BudgetLine::Seq]),
    ("budget_line_kind", &[BudgetLine::Kind, BudgetLine::Seq]),
    ("budget_line_account_kind", &[BudgetLine::AccountKind, BudgetLine::Seq]),
    ("budget_line_project", &[BudgetLine::ProjectId, BudgetLine::Seq]),
    ("budget_line_envelope", &[BudgetLine::Envelope, BudgetLine::Seq]),
    ("budget_line_standing", &[BudgetLine::Standing, BudgetLine::Seq]),
    (
        "budget_line_fiscal_year",
        &[
            BudgetLine::FiscalYear,
            BudgetLine::Seq,
            BudgetLine::Body,
            BudgetLine::Kind,
            BudgetLine::AccountKind,
            BudgetLine::Standing,
            BudgetLine::Envelope,
        ],
    ),
    (
        "budget_line_updated_at",
        &[
            BudgetLine::UpdatedAt,
            BudgetLine::Seq,
            BudgetLine::Body,
            BudgetLine::FiscalYear,
            BudgetLine::Kind,
            BudgetLine::AccountKind,
            BudgetLine::Standing,
            BudgetLine::Envelope,
        ],
    ),
    (
        "budget_line_current_budget",
        &[
            BudgetLine::CurrentBudget,
            BudgetLine::Seq,
            BudgetLine::Body,
            BudgetLine::FiscalYear,
            BudgetLine::Kind,
            BudgetLine::AccountKind,
            BudgetLine::Standing,
            BudgetLine::Envelope,
        ],
    ),
    ("budget_line_body_fiscal_year", &[BudgetLine::Body, BudgetLine::FiscalYear, BudgetLine::Seq]),
    ("budget_line_body_updated_at", &[BudgetLine::Body, BudgetLine::UpdatedAt, BudgetLine::Seq]),
    ("budget_line_body_current_budget", &[BudgetLine::Body, BudgetLine::CurrentBudget, BudgetLine::Seq]),
];

const MONEY: [BudgetLine; 13] = [
    BudgetLine::Original,
    BudgetLine::Supplementary,
    BudgetLine::CarriedIn,
    BudgetLine::MovedIn,
    BudgetLine::MovedOut,
    BudgetLine::Contingency,
    BudgetLine::CurrentBudget,
    BudgetLine::Apportioned,
    BudgetLine::Committed,
    BudgetLine::Expended,
    BudgetLine::CarriedOut,
    BudgetLine::Lapsed,
    BudgetLine::Available,
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = m.get_database_backend() == sea_orm::DbBackend::Sqlite;
        envelope(m).await?;
        line(m).await?;
        entry(m).await?;
        m.create_table(
            Table::create()
                .table(BudgetProjectBody::Table)
                .col(uuid(BudgetProjectBody::ProjectId))
                .col(string(BudgetProjectBody::Body))
                .primary_key(Index::create().col(BudgetProjectBody::Body).col(BudgetProjectBody::ProjectId))
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("budget_project_body_project")
                .table(BudgetProjectBody::Table)
                .col(BudgetProjectBody::ProjectId)
                .to_owned(),
        )
        .await?;
        m.get_connection().execute_unprepared(if sqlite { SQLITE_GUARDS } else { POSTGRES_GUARDS }).await?;
        Ok(())
    }
}

async fn envelope(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table(Envelope::Table)
            .col(bytewise(m, string(Envelope::Key)).primary_key())
            .col(big_integer(Envelope::Version))
            .col(big_integer(Envelope::FiscalYear))
            .col(string_null(Envelope::Parent))
            .col(text(Envelope::Document))
            .to_owned(),
    )
    .await?;
    for (name, column) in [("envelope_fiscal_year", Envelope::FiscalYear), ("envelope_parent", Envelope::Parent)] {
        let index = Index::create().name(name).table(Envelope::Table).col(column).col(Envelope::Key).to_owned();
        m.create_index(index).await?;
    }
    Ok(())
}

async fn line(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let sqlite = m.get_database_backend() == sea_orm::DbBackend::Sqlite;
    let mut seq = if sqlite { integer(BudgetLine::Seq) } else { big_integer(BudgetLine::Seq) };
    let listed = |column: BudgetLine, codes: &'static [&'static str]| {
        string(column).check(Expr::col(column).is_in(codes.iter().copied())).to_owned()
    };
    let mut table = Table::create()
        .table(BudgetLine::Table)
        .col(seq.auto_increment().primary_key())
        .col(uuid(BudgetLine::Id).unique_key())
        .col(big_integer(BudgetLine::Version))
        .col(string(BudgetLine::Body))
        .col(big_integer(BudgetLine::FiscalYear))
        .col(listed(BudgetLine::Kind, &["grant", "loan", "in_kind"]))
        .col(listed(BudgetLine::AccountKind, &["general", "special", "fund"]))
        .col(uuid_null(BudgetLine::ProjectId))
        .col(string_null(BudgetLine::Envelope))
        .col(listed(BudgetLine::Standing, &["draft", "active", "closed"]))
        .col(boolean(BudgetLine::ProjectFiled))
        .col(big_integer(BudgetLine::ShareBp))
        .col(text(BudgetLine::Title))
        .to_owned();
    for column in MONEY {
        table.col(big_integer(column));
    }
    table
        .col(big_integer_null(BudgetLine::RecipientUsed))
        .col(big_integer(BudgetLine::UpdatedAt))
        .col(big_integer_null(BudgetLine::RemovedAt))
        .col(text(BudgetLine::Document));
    m.create_table(table).await?;
    for (name, columns) in LINE_INDEXES {
        let mut index = Index::create().name(name).table(BudgetLine::Table).to_owned();
        for column in columns {
            index.col(*column);
        }
        m.create_index(index).await?;
    }
    Ok(())
}

async fn entry(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table(BudgetEntry::Table)
            .col(uuid(BudgetEntry::LineId))
            .col(big_integer(BudgetEntry::N))
            .col(uuid(BudgetEntry::Id).unique_key())
            .col(string(BudgetEntry::Kind))
            .col(big_integer(BudgetEntry::Amount).check(Expr::col(BudgetEntry::Amount).gt(0)))
            .col(bytewise(m, string(BudgetEntry::BookedOn)))
            .col(big_integer(BudgetEntry::RecordedAt))
            .col(string_null(BudgetEntry::ApprovalNo))
            .col(text(BudgetEntry::Document))
            .primary_key(Index::create().col(BudgetEntry::LineId).col(BudgetEntry::N))
            .foreign_key(
                ForeignKey::create()
                    .name("budget_entry_line")
                    .from(BudgetEntry::Table, BudgetEntry::LineId)
                    .to(BudgetLine::Table, BudgetLine::Id),
            )
            .to_owned(),
    )
    .await
}
