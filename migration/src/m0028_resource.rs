//! What projects are given (자원 지원): requests, foundation models, and the projects that use them.

use crate::bytewise;
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, integer, string, string_null, text, uuid},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden, Clone, Copy)]
enum ResourceRequest {
    Table,
    Seq,
    Id,
    Version,
    ProjectId,
    Body,
    Kind,
    State,
    Unit,
    Asked,
    Approved,
    Supplied,
    Document,
}

#[derive(DeriveIden)]
enum FoundationModel {
    Table,
    Key,
    Version,
    Stage,
    Words,
    Document,
}

#[derive(DeriveIden, Clone, Copy)]
enum ModelAdoption {
    Table,
    Seq,
    Id,
    Version,
    ProjectId,
    Body,
    Model,
    UntilDay,
    Document,
}

const SQLITE_GUARDS: &str = "CREATE TRIGGER resource_request_no_delete BEFORE DELETE ON resource_request \
    BEGIN SELECT RAISE(ABORT, 'resource requests are never deleted'); END; \
    CREATE TRIGGER model_adoption_no_delete BEFORE DELETE ON model_adoption \
    BEGIN SELECT RAISE(ABORT, 'model adoptions are never deleted'); END;";

const POSTGRES_GUARDS: &str = "CREATE FUNCTION resource_guard() RETURNS trigger LANGUAGE plpgsql AS $$ \
    BEGIN RAISE EXCEPTION 'what projects were given is never deleted'; END $$; \
    CREATE TRIGGER resource_request_no_delete BEFORE DELETE ON resource_request FOR EACH ROW EXECUTE FUNCTION resource_guard(); \
    CREATE TRIGGER model_adoption_no_delete BEFORE DELETE ON model_adoption FOR EACH ROW EXECUTE FUNCTION resource_guard();";

/// Lists are in the order of entry; what is filtered by has an index each.
const REQUESTS: [(&str, ResourceRequest); 4] = [
    ("resource_request_project", ResourceRequest::ProjectId),
    ("resource_request_body", ResourceRequest::Body),
    ("resource_request_kind", ResourceRequest::Kind),
    ("resource_request_state", ResourceRequest::State),
];
const ADOPTIONS: [(&str, ModelAdoption); 3] = [
    ("model_adoption_project", ModelAdoption::ProjectId),
    ("model_adoption_body", ModelAdoption::Body),
    ("model_adoption_model", ModelAdoption::Model),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = m.get_database_backend() == sea_orm::DbBackend::Sqlite;
        let mut seq = if sqlite { integer(ResourceRequest::Seq) } else { big_integer(ResourceRequest::Seq) };
        m.create_table(
            Table::create()
                .table(ResourceRequest::Table)
                .col(seq.auto_increment().primary_key())
                .col(uuid(ResourceRequest::Id).unique_key())
                .col(big_integer(ResourceRequest::Version))
                .col(uuid(ResourceRequest::ProjectId))
                .col(string(ResourceRequest::Body))
                .col(string(ResourceRequest::Kind))
                .col(string(ResourceRequest::State))
                .col(string(ResourceRequest::Unit))
                .col(big_integer(ResourceRequest::Asked))
                .col(big_integer_null(ResourceRequest::Approved))
                .col(big_integer(ResourceRequest::Supplied))
                .col(text(ResourceRequest::Document))
                .to_owned(),
        )
        .await?;
        for (name, column) in REQUESTS {
            let mut index = Index::create();
            index.name(name).table(ResourceRequest::Table).col(column).col(ResourceRequest::Seq);
            m.create_index(index).await?;
        }
        m.create_table(
            Table::create()
                .table(FoundationModel::Table)
                .col(bytewise(m, string(FoundationModel::Key)).primary_key())
                .col(big_integer(FoundationModel::Version))
                .col(string_null(FoundationModel::Stage))
                .col(text(FoundationModel::Words))
                .col(text(FoundationModel::Document))
                .to_owned(),
        )
        .await?;
        let mut index = Index::create();
        index.name("foundation_model_stage").table(FoundationModel::Table);
        m.create_index(index.col(FoundationModel::Stage).col(FoundationModel::Key).to_owned()).await?;
        let mut seq = if sqlite { integer(ModelAdoption::Seq) } else { big_integer(ModelAdoption::Seq) };
        m.create_table(
            Table::create()
                .table(ModelAdoption::Table)
                .col(seq.auto_increment().primary_key())
                .col(uuid(ModelAdoption::Id).unique_key())
                .col(big_integer(ModelAdoption::Version))
                .col(uuid(ModelAdoption::ProjectId))
                .col(string(ModelAdoption::Body))
                .col(bytewise(m, string(ModelAdoption::Model)))
                .col(bytewise(m, string_null(ModelAdoption::UntilDay)))
                .col(text(ModelAdoption::Document))
                .to_owned(),
        )
        .await?;
        for (name, column) in ADOPTIONS {
            let mut index = Index::create();
            index.name(name).table(ModelAdoption::Table).col(column).col(ModelAdoption::Seq);
            m.create_index(index).await?;
        }
        m.get_connection().execute_unprepared(if sqlite { SQLITE_GUARDS } else { POSTGRES_GUARDS }).await?;
        Ok(())
    }
}
