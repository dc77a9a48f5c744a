//! Projects (과제): the record itself, what lists filter by, earlier versions, and the search index.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Project {
    Table,
    Seq,
    Id,
    Code,
    Version,
    MoneyVersion,
    LeadBody,
    Phase,
    Status,
    Filed,
    Removed,
    Stage,
    MainField,
    MainRegion,
    Programme,
    Year,
    Priority,
    Health,
    AmountKrw,
    TitleKo,
    GateDue,
    CreatedAt,
    UpdatedAt,
    Item,
    Money,
    Document,
    SearchText,
}

#[derive(DeriveIden)]
enum ProjectVersion {
    Table,
    Seq,
    Version,
    FromAt,
    ToAt,
    Document,
}

#[derive(DeriveIden)]
enum ProjectTag {
    Table,
    Kind,
    Value,
    Seq,
}

#[derive(DeriveIden)]
enum ProjectNumber {
    Table,
    Year,
    Last,
}

/// An earlier version is kept by the database itself whenever a document is replaced. The search index follows the text.
const SQLITE: &str = "
CREATE TRIGGER project_keep AFTER UPDATE OF document ON project WHEN old.version <> new.version BEGIN
  INSERT INTO project_version (seq, version, from_at, to_at, document) VALUES (old.seq, old.version, old.updated_at, new.updated_at, old.document);
END;
CREATE VIRTUAL TABLE project_search USING fts5(text, content='', contentless_delete=1, prefix='1', tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE project_term USING fts5vocab(project_search, instance);
CREATE TRIGGER project_search_new AFTER INSERT ON project BEGIN
  INSERT INTO project_search (rowid, text) VALUES (new.seq, new.search_text);
END;
CREATE TRIGGER project_search_changed AFTER UPDATE OF search_text ON project WHEN old.search_text <> new.search_text BEGIN
  DELETE FROM project_search WHERE rowid = old.seq;
  INSERT INTO project_search (rowid, text) VALUES (new.seq, new.search_text);
END;";

const POSTGRES: &str = "
CREATE FUNCTION project_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO project_version (seq, version, from_at, to_at, document) VALUES (old.seq, old.version, old.updated_at, new.updated_at, old.document);
  RETURN NULL; END $$;
CREATE TRIGGER project_keep AFTER UPDATE OF document ON project FOR EACH ROW WHEN (old.version <> new.version) EXECUTE FUNCTION project_keep();
ALTER TABLE project ADD COLUMN search tsvector GENERATED ALWAYS AS (search_text::tsvector) STORED;
CREATE INDEX project_search ON project USING gin (search);";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = m.get_database_backend() == sea_orm::DbBackend::Sqlite;
        let mut seq = big_integer(Project::Seq);
        if sqlite {
            seq = ColumnDef::new(Project::Seq).integer().not_null().to_owned();
        }
        m.create_table(
            Table::create()
                .table(Project::Table)
                .col(seq.auto_increment().primary_key())
                .col(uuid(Project::Id).unique_key())
                .col(string(Project::Code).unique_key())
                .col(big_integer(Project::Version))
                .col(big_integer(Project::MoneyVersion).default(0))
                .col(string(Project::LeadBody))
                .col(string(Project::Phase))
                .col(string(Project::Status))
                .col(boolean(Project::Filed))
                .col(boolean(Project::Removed))
                .col(string_null(Project::Stage))
                .col(string_null(Project::MainField))
                .col(string_null(Project::MainRegion))
                .col(string_null(Project::Programme))
                .col(integer_null(Project::Year))
                .col(boolean(Project::Priority))
                .col(string_null(Project::Health))
                .col(big_integer(Project::AmountKrw).default(0))
                .col(string(Project::TitleKo))
                .col(string_null(Project::GateDue))
                .col(big_integer(Project::CreatedAt))
                .col(big_integer(Project::UpdatedAt))
                .col(text(Project::Item))
                .col(text(Project::Money))
                .col(text(Project::Document))
                .col(text(Project::SearchText))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table(ProjectVersion::Table)
                .col(big_integer(ProjectVersion::Seq))
                .col(big_integer(ProjectVersion::Version))
                .col(big_integer(ProjectVersion::FromAt))
                .col(big_integer(ProjectVersion::ToAt))
                .col(text(ProjectVersion::Document))
                .primary_key(Index::create().col(ProjectVersion::Seq).col(ProjectVersion::Version))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table(ProjectTag::Table)
                .col(string(ProjectTag::Kind))
                .col(string(ProjectTag::Value))
                .col(big_integer(ProjectTag::Seq))
                .primary_key(Index::create().col(ProjectTag::Kind).col(ProjectTag::Value).col(ProjectTag::Seq))
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create().name("project_tag_seq").table(ProjectTag::Table).col(ProjectTag::Seq).to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table(ProjectNumber::Table)
                .col(integer(ProjectNumber::Year).primary_key())
                .col(integer(ProjectNumber::Last))
                .to_owned(),
        )
        .await?;
        for column in [
            Project::LeadBody,
            Project::Phase,
            Project::Status,
            Project::Stage,
            Project::Programme,
            Project::Year,
            Project::Priority,
            Project::Health,
            Project::AmountKrw,
            Project::TitleKo,
            Project::GateDue,
            Project::UpdatedAt,
        ] {
            let name = format!("project_{}", column.to_string());
            let index = Index::create().name(&name).table(Project::Table).col(column).col(Project::Seq).to_owned();
            m.create_index(index).await?;
        }
        let version = Index::create()
            .name("project_version_to_at")
            .table(ProjectVersion::Table)
            .col(ProjectVersion::ToAt)
            .col(ProjectVersion::FromAt)
            .to_owned();
        m.create_index(version).await?;
        m.get_connection().execute_unprepared(if sqlite { SQLITE } else { POSTGRES }).await?;
        Ok(())
    }
}
