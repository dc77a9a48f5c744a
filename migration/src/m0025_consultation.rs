//! The advisory group (AX자문단): advisers with what they counsel on, consultations, and the bodies and topics they are of.

use crate::bytewise;
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, boolean, integer, string, string_null, text, uuid, uuid_null},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// An expert of the pool as an adviser, under the expert's id.
#[derive(DeriveIden, Clone, Copy)]
enum Adviser {
    Table,
    Seq,
    Id,
    Version,
    Account,
    TermFrom,
    TermTo,
    Released,
    Document,
}

/// On what an adviser counsels.
#[derive(DeriveIden)]
enum AdviserTopic {
    Table,
    Topic,
    Seq,
}

/// `body` asks; `adviser` and `account` are of whoever was chosen; `response_days` run from the request to the first session.
#[derive(DeriveIden, Clone, Copy)]
enum Consultation {
    Table,
    Seq,
    Id,
    Version,
    Project,
    Body,
    Phase,
    Urgency,
    State,
    WaitsFor,
    Adviser,
    Account,
    Held,
    Unanswered,
    OpenAdvice,
    ResponseDays,
    Document,
}

/// The bodies whose project it is (`body`) and what it is about (`topic`).
#[derive(DeriveIden)]
enum ConsultationTag {
    Table,
    Kind,
    Value,
    Seq,
}

/// What was entered stays.
const SQLITE_GUARDS: &str = "
CREATE TRIGGER adviser_no_delete BEFORE DELETE ON adviser BEGIN SELECT RAISE(ABORT, 'advisers are never deleted'); END;
CREATE TRIGGER consultation_no_delete BEFORE DELETE ON consultation BEGIN SELECT RAISE(ABORT, 'consultations are never deleted'); END;";

const POSTGRES_GUARDS: &str = "
CREATE FUNCTION consultation_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'advisers and consultations are never deleted'; END $$;
CREATE TRIGGER adviser_no_delete BEFORE DELETE ON adviser FOR EACH ROW EXECUTE FUNCTION consultation_guard();
CREATE TRIGGER consultation_no_delete BEFORE DELETE ON consultation FOR EACH ROW EXECUTE FUNCTION consultation_guard();";

/// The list is in the order of entry; what is filtered by has an index each.
const INDEXES: [(&str, Consultation); 8] = [
    ("consultation_project", Consultation::Project),
    ("consultation_body", Consultation::Body),
    ("consultation_phase", Consultation::Phase),
    ("consultation_urgency", Consultation::Urgency),
    ("consultation_state", Consultation::State),
    ("consultation_waits_for", Consultation::WaitsFor),
    ("consultation_adviser", Consultation::Adviser),
    ("consultation_account", Consultation::Account),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = m.get_database_backend() == sea_orm::DbBackend::Sqlite;
        advisers(m).await?;
        consultations(m).await?;
        m.get_connection().execute_unprepared(if sqlite { SQLITE_GUARDS } else { POSTGRES_GUARDS }).await?;
        Ok(())
    }
}

async fn advisers(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let sqlite = m.get_database_backend() == sea_orm::DbBackend::Sqlite;
    let mut seq = if sqlite { integer(Adviser::Seq) } else { big_integer(Adviser::Seq) };
    m.create_table(
        Table::create()
            .table(Adviser::Table)
            .col(seq.auto_increment().primary_key())
            .col(uuid(Adviser::Id).unique_key())
            .col(big_integer(Adviser::Version))
            .col(uuid(Adviser::Account).unique_key())
            .col(bytewise(m, string(Adviser::TermFrom)))
            .col(bytewise(m, string(Adviser::TermTo)))
            .col(boolean(Adviser::Released))
            .col(text(Adviser::Document))
            .to_owned(),
    )
    .await?;
    m.create_table(
        Table::create()
            .table(AdviserTopic::Table)
            .col(string(AdviserTopic::Topic))
            .col(big_integer(AdviserTopic::Seq))
            .primary_key(Index::create().col(AdviserTopic::Topic).col(AdviserTopic::Seq))
            .to_owned(),
    )
    .await?;
    let mut index = Index::create();
    let index = index.name("adviser_topic_seq").table(AdviserTopic::Table).col(AdviserTopic::Seq);
    m.create_index(index.to_owned()).await
}

async fn consultations(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let sqlite = m.get_database_backend() == sea_orm::DbBackend::Sqlite;
    let mut seq = if sqlite { integer(Consultation::Seq) } else { big_integer(Consultation::Seq) };
    m.create_table(
        Table::create()
            .table(Consultation::Table)
            .col(seq.auto_increment().primary_key())
            .col(uuid(Consultation::Id).unique_key())
            .col(big_integer(Consultation::Version))
            .col(uuid(Consultation::Project))
            .col(string(Consultation::Body))
            .col(string(Consultation::Phase))
            .col(string(Consultation::Urgency))
            .col(string(Consultation::State))
            .col(string_null(Consultation::WaitsFor))
            .col(uuid_null(Consultation::Adviser))
            .col(uuid_null(Consultation::Account))
            .col(boolean(Consultation::Held))
            .col(big_integer(Consultation::Unanswered))
            .col(big_integer(Consultation::OpenAdvice))
            .col(big_integer_null(Consultation::ResponseDays))
            .col(text(Consultation::Document))
            .to_owned(),
    )
    .await?;
    for (name, column) in INDEXES {
        let mut index = Index::create();
        index.name(name).table(Consultation::Table).col(column).col(Consultation::Seq);
        m.create_index(index).await?;
    }
    m.create_table(
        Table::create()
            .table(ConsultationTag::Table)
            .col(string(ConsultationTag::Kind))
            .col(string(ConsultationTag::Value))
            .col(big_integer(ConsultationTag::Seq))
            .primary_key(
                Index::create().col(ConsultationTag::Kind).col(ConsultationTag::Value).col(ConsultationTag::Seq),
            )
            .to_owned(),
    )
    .await?;
    let mut index = Index::create();
    let index = index.name("consultation_tag_seq").table(ConsultationTag::Table).col(ConsultationTag::Seq);
    m.create_index(index.to_owned()).await
}
