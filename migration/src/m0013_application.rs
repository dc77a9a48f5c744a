//! Applications to support calls (신청): the record as a document, the columns that lists filter and sort by, and the bodies
//! that have a part in each.

use crate::bytewise;
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, boolean, integer, string, text, text_null, uuid},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// `item` is the line in lists; `summary` stands beside it for the search of similar ones.
#[derive(DeriveIden, Clone, Copy)]
enum Application {
    Table,
    Seq,
    Id,
    Version,
    Call,
    Body,
    Level,
    Standing,
    Submitted,
    SubmittedAt,
    UpdatedAt,
    Item,
    Summary,
    Document,
}

/// Who applies (`applies`), who takes part (`partner`), and who runs the call (`runs`).
#[derive(DeriveIden)]
enum ApplicationTag {
    Table,
    Kind,
    Value,
    Seq,
}

/// What was entered stays: drafts rest, submissions are withdrawn.
const SQLITE_GUARDS: &str = "CREATE TRIGGER application_no_delete BEFORE DELETE ON application \
    BEGIN SELECT RAISE(ABORT, 'applications are never deleted'); END;";

const POSTGRES_GUARDS: &str = "CREATE FUNCTION application_guard() RETURNS trigger LANGUAGE plpgsql AS $$ \
    BEGIN RAISE EXCEPTION 'applications are never deleted'; END $$; \
    CREATE TRIGGER application_no_delete BEFORE DELETE ON application FOR EACH ROW EXECUTE FUNCTION application_guard();";

/// Each order of the list has an index that also carries what lists filter by, so that rows which do not fit are passed
/// over without being opened; and one for what is asked for most. `application_course` answers what a call's course asks.
const INDEXES: [(&str, &[Application]); 9] = [
    (
        "application_by_change",
        &[
            Application::UpdatedAt,
            Application::Seq,
            Application::Call,
            Application::Body,
            Application::Level,
            Application::Standing,
            Application::Submitted,
        ],
    ),
    (
        "application_by_submission",
        &[
            Application::SubmittedAt,
            Application::Seq,
            Application::Call,
            Application::Body,
            Application::Level,
            Application::Standing,
            Application::Submitted,
        ],
    ),
    ("application_of_call_by_change", &[Application::Call, Application::UpdatedAt, Application::Seq]),
    ("application_of_call_by_submission", &[Application::Call, Application::SubmittedAt, Application::Seq]),
    ("application_of_body_by_change", &[Application::Body, Application::UpdatedAt, Application::Seq]),
    ("application_of_body_by_submission", &[Application::Body, Application::SubmittedAt, Application::Seq]),
    ("application_of_level_by_change", &[Application::Level, Application::UpdatedAt, Application::Seq]),
    ("application_of_standing_by_change", &[Application::Standing, Application::UpdatedAt, Application::Seq]),
    ("application_course", &[Application::Call, Application::Submitted, Application::Standing]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = m.get_database_backend() == sea_orm::DbBackend::Sqlite;
        let mut seq = if sqlite { integer(Application::Seq) } else { big_integer(Application::Seq) };
        m.create_table(
            Table::create()
                .table(Application::Table)
                .col(seq.auto_increment().primary_key())
                .col(uuid(Application::Id).unique_key())
                .col(big_integer(Application::Version))
                .col(bytewise(m, string(Application::Call)))
                .col(string(Application::Body))
                .col(string(Application::Level))
                .col(string(Application::Standing))
                .col(boolean(Application::Submitted))
                .col(big_integer_null(Application::SubmittedAt))
                .col(big_integer(Application::UpdatedAt))
                .col(text(Application::Item))
                .col(text_null(Application::Summary))
                .col(text(Application::Document))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table(ApplicationTag::Table)
                .col(string(ApplicationTag::Kind))
                .col(string(ApplicationTag::Value))
                .col(big_integer(ApplicationTag::Seq))
                .primary_key(
                    Index::create().col(ApplicationTag::Kind).col(ApplicationTag::Value).col(ApplicationTag::Seq),
                )
                .to_owned(),
        )
        .await?;
        let mut tag = Index::create();
        tag.name("application_tag_seq").table(ApplicationTag::Table).col(ApplicationTag::Seq);
        m.create_index(tag).await?;
        for (name, columns) in INDEXES {
            let mut index = Index::create().name(name).table(Application::Table).to_owned();
            for column in columns {
                index.col(*column);
            }
            m.create_index(index).await?;
        }
        m.get_connection().execute_unprepared(if sqlite { SQLITE_GUARDS } else { POSTGRES_GUARDS }).await?;
        Ok(())
    }
}
