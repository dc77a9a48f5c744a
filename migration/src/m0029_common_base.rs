//! The government-wide AI common base (범정부 AI 공통기반), who uses it, and the public datasets that projects use.

use crate::bytewise;
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, integer, string, string_null, string_uniq, text, uuid, uuid_null},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum CommonService {
    Table,
    Key,
    Version,
    Kind,
    Document,
}

#[derive(DeriveIden, Clone, Copy)]
enum ServiceUse {
    Table,
    Seq,
    Id,
    Version,
    ProjectId,
    Body,
    Service,
    UntilDay,
    Users,
    /// Service, body and project: of each there is one under way at a time.
    Once,
    Document,
}

#[derive(DeriveIden, Clone, Copy)]
enum DatasetUse {
    Table,
    Seq,
    Id,
    Version,
    ProjectId,
    Body,
    Document,
}

const SQLITE_GUARDS: &str = "CREATE TRIGGER service_use_no_delete BEFORE DELETE ON service_use \
    BEGIN SELECT RAISE(ABORT, 'uses of services are never deleted'); END; \
    CREATE TRIGGER dataset_use_no_delete BEFORE DELETE ON dataset_use \
    BEGIN SELECT RAISE(ABORT, 'uses of datasets are never deleted'); END;";

const POSTGRES_GUARDS: &str = "CREATE FUNCTION resource_use_guard() RETURNS trigger LANGUAGE plpgsql AS $$ \
    BEGIN RAISE EXCEPTION 'what projects use is never deleted'; END $$; \
    CREATE TRIGGER service_use_no_delete BEFORE DELETE ON service_use FOR EACH ROW EXECUTE FUNCTION resource_use_guard(); \
    CREATE TRIGGER dataset_use_no_delete BEFORE DELETE ON dataset_use FOR EACH ROW EXECUTE FUNCTION resource_use_guard();";

/// Lists are in the order of entry; what is filtered by has an index each.
const USES: [(&str, ServiceUse); 3] = [
    ("service_use_project", ServiceUse::ProjectId),
    ("service_use_body", ServiceUse::Body),
    ("service_use_service", ServiceUse::Service),
];
const DATASETS: [(&str, DatasetUse); 2] =
    [("dataset_use_project", DatasetUse::ProjectId), ("dataset_use_body", DatasetUse::Body)];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = m.get_database_backend() == sea_orm::DbBackend::Sqlite;
        m.create_table(
            Table::create()
                .table(CommonService::Table)
                .col(bytewise(m, string(CommonService::Key)).primary_key())
                .col(big_integer(CommonService::Version))
                .col(string(CommonService::Kind))
                .col(text(CommonService::Document))
                .to_owned(),
        )
        .await?;
        let mut index = Index::create();
        index.name("common_service_kind").table(CommonService::Table);
        m.create_index(index.col(CommonService::Kind).col(CommonService::Key).to_owned()).await?;
        let mut seq = if sqlite { integer(ServiceUse::Seq) } else { big_integer(ServiceUse::Seq) };
        m.create_table(
            Table::create()
                .table(ServiceUse::Table)
                .col(seq.auto_increment().primary_key())
                .col(uuid(ServiceUse::Id).unique_key())
                .col(big_integer(ServiceUse::Version))
                .col(uuid_null(ServiceUse::ProjectId))
                .col(string(ServiceUse::Body))
                .col(bytewise(m, string(ServiceUse::Service)))
                .col(bytewise(m, string_null(ServiceUse::UntilDay)))
                .col(big_integer_null(ServiceUse::Users))
                .col(string_uniq(ServiceUse::Once))
                .col(text(ServiceUse::Document))
                .to_owned(),
        )
        .await?;
        for (name, column) in USES {
            let mut index = Index::create();
            index.name(name).table(ServiceUse::Table).col(column).col(ServiceUse::Seq);
            m.create_index(index).await?;
        }
        let mut seq = if sqlite { integer(DatasetUse::Seq) } else { big_integer(DatasetUse::Seq) };
        m.create_table(
            Table::create()
                .table(DatasetUse::Table)
                .col(seq.auto_increment().primary_key())
                .col(uuid(DatasetUse::Id).unique_key())
                .col(big_integer(DatasetUse::Version))
                .col(uuid(DatasetUse::ProjectId))
                .col(string(DatasetUse::Body))
                .col(text(DatasetUse::Document))
                .to_owned(),
        )
        .await?;
        for (name, column) in DATASETS {
            let mut index = Index::create();
            index.name(name).table(DatasetUse::Table).col(column).col(DatasetUse::Seq);
            m.create_index(index).await?;
        }
        m.get_connection().execute_unprepared(if sqlite { SQLITE_GUARDS } else { POSTGRES_GUARDS }).await?;
        Ok(())
    }
}
