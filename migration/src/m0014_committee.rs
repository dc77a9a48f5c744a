//! Committees (위원회): the pool of experts with what they know, the committee of each call, and who serves on it.

use crate::bytewise;
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, boolean, integer, string, string_null, text, uuid, uuid_null},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// `search` holds the name as it is looked for. An account belongs to one expert.
#[derive(DeriveIden, Clone, Copy)]
enum Expert {
    Table,
    Seq,
    Id,
    Version,
    Sector,
    Standing,
    Account,
    Search,
    Document,
}

/// What an expert knows.
#[derive(DeriveIden)]
enum ExpertField {
    Table,
    Field,
    Seq,
}

#[derive(DeriveIden)]
enum Committee {
    Table,
    Call,
    Version,
    Document,
}

/// Who serves on a committee, out of its record.
#[derive(DeriveIden)]
enum CommitteeMember {
    Table,
    Member,
    Call,
    Pledged,
    TermTo,
}

/// What was entered stays: experts retire, members leave.
const SQLITE_GUARDS: &str = "
CREATE TRIGGER expert_no_delete BEFORE DELETE ON expert BEGIN SELECT RAISE(ABORT, 'experts are never deleted'); END;
CREATE TRIGGER committee_no_delete BEFORE DELETE ON committee BEGIN SELECT RAISE(ABORT, 'committees are never deleted'); END;";

const POSTGRES_GUARDS: &str = "
CREATE FUNCTION committee_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'experts and committees are never deleted'; END $$;
CREATE TRIGGER expert_no_delete BEFORE DELETE ON expert FOR EACH ROW EXECUTE FUNCTION committee_guard();
CREATE TRIGGER committee_no_delete BEFORE DELETE ON committee FOR EACH ROW EXECUTE FUNCTION committee_guard();";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = m.get_database_backend() == sea_orm::DbBackend::Sqlite;
        experts(m).await?;
        committees(m).await?;
        m.get_connection().execute_unprepared(if sqlite { SQLITE_GUARDS } else { POSTGRES_GUARDS }).await?;
        Ok(())
    }
}

async fn experts(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let sqlite = m.get_database_backend() == sea_orm::DbBackend::Sqlite;
    let mut seq = if sqlite { integer(Expert::Seq) } else { big_integer(Expert::Seq) };
    m.create_table(
        Table::create()
            .table(Expert::Table)
            .col(seq.auto_increment().primary_key())
            .col(uuid(Expert::Id).unique_key())
            .col(big_integer(Expert::Version))
            .col(string(Expert::Sector))
            .col(string(Expert::Standing))
            .col(uuid_null(Expert::Account).unique_key())
            .col(text(Expert::Search))
            .col(text(Expert::Document))
            .to_owned(),
    )
    .await?;
    for (name, column) in [("expert_sector", Expert::Sector), ("expert_standing", Expert::Standing)] {
        m.create_index(Index::create().name(name).table(Expert::Table).col(column).col(Expert::Seq).to_owned()).await?;
    }
    m.create_table(
        Table::create()
            .table(ExpertField::Table)
            .col(string(ExpertField::Field))
            .col(big_integer(ExpertField::Seq))
            .primary_key(Index::create().col(ExpertField::Field).col(ExpertField::Seq))
            .to_owned(),
    )
    .await?;
    let mut index = Index::create();
    m.create_index(index.name("expert_field_seq").table(ExpertField::Table).col(ExpertField::Seq).to_owned()).await
}

async fn committees(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table(Committee::Table)
            .col(bytewise(m, string(Committee::Call)).primary_key())
            .col(big_integer(Committee::Version))
            .col(text(Committee::Document))
            .to_owned(),
    )
    .await?;
    m.create_table(
        Table::create()
            .table(CommitteeMember::Table)
            .col(uuid(CommitteeMember::Member))
            .col(bytewise(m, string(CommitteeMember::Call)))
            .col(boolean(CommitteeMember::Pledged))
            .col(bytewise(m, string_null(CommitteeMember::TermTo)))
            .primary_key(Index::create().col(CommitteeMember::Member).col(CommitteeMember::Call))
            .to_owned(),
    )
    .await?;
    let mut index = Index::create();
    let index = index.name("committee_member_call").table(CommitteeMember::Table).col(CommitteeMember::Call);
    m.create_index(index.to_owned()).await
}
