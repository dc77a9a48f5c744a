//! Projects (과제): the record itself, what lists filter by, earlier versions, and the search index.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, boolean, integer, string, string_null, text, uuid},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(Clone, Copy, DeriveIden)]
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
    Tags,
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
CREATE TABLE project_search_due (seq INTEGER PRIMARY KEY);
CREATE TRIGGER project_search_new AFTER INSERT ON project BEGIN
  INSERT INTO project_search_due (seq) VALUES (new.seq);
END;
CREATE TRIGGER project_search_changed AFTER UPDATE OF search_text ON project WHEN old.search_text <> new.search_text BEGIN
  INSERT OR IGNORE INTO project_search_due (seq) VALUES (old.seq);
END;";

/// Texts are ordered by code point, whatever the database's own language is.
const POSTGRES: &str = "
ALTER TABLE project ALTER COLUMN title_ko TYPE varchar COLLATE \"C\", ALTER COLUMN gate_due TYPE varchar COLLATE \"C\";
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
        let mut seq = if sqlite { integer(Project::Seq) } else { big_integer(Project::Seq) };
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
                .col(big_integer_null(Project::Year))
                .col(boolean(Project::Priority))
                .col(string_null(Project::Health))
                .col(big_integer(Project::AmountKrw).default(0))
                .col(string(Project::TitleKo))
                .col(string_null(Project::GateDue))
                .col(text(Project::Tags))
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
                .col(big_integer(ProjectNumber::Year).primary_key())
                .col(big_integer(ProjectNumber::Last))
                .to_owned(),
        )
        .await?;
        list_indexes(m).await?;
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

/// Every order of the list has an index that also carries what lists filter by, so that rows which do not fit are passed
/// over without being opened; and a second one for the projects of one body.
async fn list_indexes(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let sqlite = m.get_database_backend() == sea_orm::DbBackend::Sqlite;
    let filters = [
        Project::Removed,
        Project::Filed,
        Project::LeadBody,
        Project::Phase,
        Project::Status,
        Project::Stage,
        Project::Programme,
        Project::Year,
        Project::Priority,
        Project::Health,
        Project::GateDue,
    ];
    let of_body = [Project::Removed, Project::Filed, Project::Phase, Project::Status];
    let named = |name: &str| Index::create().name(name).table(Project::Table).to_owned();
    let orders = [
        ("entry", None),
        ("change", Some(Project::UpdatedAt)),
        ("title", Some(Project::TitleKo)),
        ("amount", Some(Project::AmountKrw)),
        ("gate", Some(Project::GateDue)),
    ];
    for (name, first) in orders {
        let mut all = named(&format!("project_by_{name}"));
        let mut own = named(&format!("project_of_body_by_{name}"));
        own.col(Project::LeadBody);
        if let Some(column) = first {
            all.col(column);
            own.col(column);
        }
        all.col(Project::Seq);
        own.col(Project::Seq);
        for column in filters.iter().filter(|column| !matches!((column, name), (Project::GateDue, "gate"))) {
            all.col(*column);
        }
        for column in of_body {
            own.col(column);
        }
        if sqlite {
            // PostgreSQL bounds the length of an index entry, and would not look into this one anyway.
            all.col(Project::Tags);
        }
        m.create_index(all.clone()).await?;
        m.create_index(own.clone()).await?;
    }
    let removed = "CREATE INDEX project_removed ON project (seq) WHERE removed";
    m.get_connection().execute_unprepared(removed).await?;
    Ok(())
}
