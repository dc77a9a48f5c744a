//! The portfolio (포트폴리오): its cells, and earlier versions of budget lines for "as it stood".

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, small_integer, string, text},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden, Clone, Copy)]
enum PortfolioCell {
    Table,
    Level,
    Body,
    Phase,
    Field,
    Region,
    Programme,
    Year,
    Projects,
    JointProjects,
    Participations,
    SharePoints,
    OriginalKrw,
    CurrentBudgetKrw,
    LoanKrw,
    CommittedKrw,
    ExpendedKrw,
    InKindKrw,
}

#[derive(DeriveIden)]
enum BudgetLineVersion {
    Table,
    Seq,
    Version,
    FromAt,
    ToAt,
    Document,
}

const SQLITE: &str = "
CREATE TRIGGER budget_line_keep AFTER UPDATE OF document ON budget_line WHEN old.version <> new.version BEGIN
  INSERT INTO budget_line_version (seq, version, from_at, to_at, document) VALUES (old.seq, old.version, old.updated_at, new.updated_at, old.document);
END;";

const POSTGRES: &str = "
CREATE FUNCTION budget_line_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO budget_line_version (seq, version, from_at, to_at, document) VALUES (old.seq, old.version, old.updated_at, new.updated_at, old.document);
  RETURN NULL; END $$;
CREATE TRIGGER budget_line_keep AFTER UPDATE OF document ON budget_line FOR EACH ROW WHEN (old.version <> new.version) EXECUTE FUNCTION budget_line_keep();";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        use PortfolioCell::{Body, Field, Level, Phase, Programme, Region, Year};
        let mut cell = Table::create()
            .table(PortfolioCell::Table)
            .col(small_integer(Level))
            .col(string(Body))
            .col(string(Phase))
            .col(string(Field))
            .col(string(Region))
            .col(string(Programme))
            .col(big_integer(Year))
            .to_owned();
        for sum in [
            PortfolioCell::Projects,
            PortfolioCell::JointProjects,
            PortfolioCell::Participations,
            PortfolioCell::SharePoints,
            PortfolioCell::OriginalKrw,
            PortfolioCell::CurrentBudgetKrw,
            PortfolioCell::LoanKrw,
            PortfolioCell::CommittedKrw,
            PortfolioCell::ExpendedKrw,
            PortfolioCell::InKindKrw,
        ] {
            cell.col(big_integer(sum));
        }
        let mut key = Index::create();
        for column in [Level, Body, Phase, Field, Region, Programme, Year] {
            key.col(column);
        }
        m.create_table(cell.primary_key(&mut key).to_owned()).await?;
        m.create_table(
            Table::create()
                .table(BudgetLineVersion::Table)
                .col(big_integer(BudgetLineVersion::Seq))
                .col(big_integer(BudgetLineVersion::Version))
                .col(big_integer(BudgetLineVersion::FromAt))
                .col(big_integer(BudgetLineVersion::ToAt))
                .col(text(BudgetLineVersion::Document))
                .primary_key(Index::create().col(BudgetLineVersion::Seq).col(BudgetLineVersion::Version))
                .to_owned(),
        )
        .await?;
        let sqlite = m.get_database_backend() == sea_orm::DbBackend::Sqlite;
        m.get_connection().execute_unprepared(if sqlite { SQLITE } else { POSTGRES }).await?;
        Ok(())
    }
}
