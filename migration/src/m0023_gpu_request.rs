//! Rounds, requests, allocations and waiting lists (GPU 배분): records beside the columns that lists and bookings are found by.

use crate::bytewise;
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, boolean, integer, string, string_null, text, uuid},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum GpuRound {
    Table,
    Key,
    Version,
    Stage,
    Announced,
    OpensAt,
    ClosesAt,
    Document,
}

/// `approved_gpus` is 0 unless it was approved and not taken back; the days are those on which anything is held.
#[derive(DeriveIden, Clone, Copy)]
enum GpuRequest {
    Table,
    Seq,
    Id,
    Version,
    Body,
    Project,
    Pool,
    Model,
    Round,
    Sector,
    Stage,
    ApprovedGpus,
    BeginsOn,
    EndsOn,
    ExtendedFrom,
    EndedBy,
    Document,
}

/// A body that takes part in the project of a request.
#[derive(DeriveIden, Clone, Copy)]
enum GpuRequestPartner {
    Table,
    Body,
    Request,
}

/// The days are those on which it is really held; where it was given back before it began, there are none.
#[derive(DeriveIden, Clone, Copy)]
enum GpuAllocation {
    Table,
    Seq,
    Id,
    Request,
    Body,
    Project,
    Pool,
    Model,
    FromDay,
    ToDay,
    Gpus,
    Document,
}

/// `answered` once it was left; the days are those of its offer.
#[derive(DeriveIden, Clone, Copy)]
enum GpuPlace {
    Table,
    Seq,
    Id,
    Version,
    Request,
    Body,
    Pool,
    Answered,
    ExpiresAt,
    FromDay,
    ToDay,
    Gpus,
    Document,
}

const SQLITE_GUARDS: &str = "CREATE TRIGGER gpu_allocation_no_delete BEFORE DELETE ON gpu_allocation \
    BEGIN SELECT RAISE(ABORT, 'allocations are never deleted'); END; \
    CREATE TRIGGER gpu_request_no_delete BEFORE DELETE ON gpu_request \
    BEGIN SELECT RAISE(ABORT, 'requests are never deleted'); END;";

const POSTGRES_GUARDS: &str = "CREATE FUNCTION gpu_guard() RETURNS trigger LANGUAGE plpgsql AS $$ \
    BEGIN RAISE EXCEPTION 'requests and allocations are never deleted'; END $$; \
    CREATE TRIGGER gpu_allocation_no_delete BEFORE DELETE ON gpu_allocation FOR EACH ROW EXECUTE FUNCTION gpu_guard(); \
    CREATE TRIGGER gpu_request_no_delete BEFORE DELETE ON gpu_request FOR EACH ROW EXECUTE FUNCTION gpu_guard();";

/// A text that may be absent, compared byte by byte.
fn day_null<T: IntoIden>(m: &SchemaManager<'_>, column: T) -> ColumnDef {
    bytewise(m, string_null(column))
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = m.get_database_backend() == sea_orm::DbBackend::Sqlite;
        let seq = |name: &'static str| {
            let mut seq = if sqlite { integer(Alias::new(name)) } else { big_integer(Alias::new(name)) };
            seq.auto_increment().primary_key().take()
        };
        m.create_table(
            Table::create()
                .table(GpuRound::Table)
                .col(bytewise(m, string(GpuRound::Key)).primary_key())
                .col(big_integer(GpuRound::Version))
                .col(string(GpuRound::Stage))
                .col(boolean(GpuRound::Announced))
                .col(big_integer(GpuRound::OpensAt))
                .col(big_integer(GpuRound::ClosesAt))
                .col(text(GpuRound::Document))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table(GpuRequest::Table)
                .col(seq("seq"))
                .col(uuid(GpuRequest::Id).unique_key())
                .col(big_integer(GpuRequest::Version))
                .col(string(GpuRequest::Body))
                .col(uuid(GpuRequest::Project))
                .col(string(GpuRequest::Pool))
                .col(string(GpuRequest::Model))
                .col(string_null(GpuRequest::Round))
                .col(string(GpuRequest::Sector))
                .col(string(GpuRequest::Stage))
                .col(big_integer(GpuRequest::ApprovedGpus))
                .col(day_null(m, GpuRequest::BeginsOn))
                .col(day_null(m, GpuRequest::EndsOn))
                .col(day_null(m, GpuRequest::ExtendedFrom))
                .col(string_null(GpuRequest::EndedBy))
                .col(text(GpuRequest::Document))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table(GpuRequestPartner::Table)
                .col(string(GpuRequestPartner::Body))
                .col(uuid(GpuRequestPartner::Request))
                .primary_key(Index::create().col(GpuRequestPartner::Body).col(GpuRequestPartner::Request))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table(GpuAllocation::Table)
                .col(seq("seq"))
                .col(uuid(GpuAllocation::Id).unique_key())
                .col(uuid(GpuAllocation::Request))
                .col(string(GpuAllocation::Body))
                .col(uuid(GpuAllocation::Project))
                .col(string(GpuAllocation::Pool))
                .col(string(GpuAllocation::Model))
                .col(bytewise(m, string(GpuAllocation::FromDay)))
                .col(bytewise(m, string(GpuAllocation::ToDay)))
                .col(big_integer(GpuAllocation::Gpus))
                .col(text(GpuAllocation::Document))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table(GpuPlace::Table)
                .col(seq("seq"))
                .col(uuid(GpuPlace::Id).unique_key())
                .col(big_integer(GpuPlace::Version))
                .col(uuid(GpuPlace::Request))
                .col(string(GpuPlace::Body))
                .col(string(GpuPlace::Pool))
                .col(boolean(GpuPlace::Answered))
                .col(big_integer_null(GpuPlace::ExpiresAt))
                .col(day_null(m, GpuPlace::FromDay))
                .col(day_null(m, GpuPlace::ToDay))
                .col(big_integer(GpuPlace::Gpus))
                .col(text(GpuPlace::Document))
                .to_owned(),
        )
        .await?;
        indexes(m).await?;
        m.get_connection().execute_unprepared(if sqlite { SQLITE_GUARDS } else { POSTGRES_GUARDS }).await?;
        Ok(())
    }
}

/// Lists are in the order of entry; what is filtered by has an index each. Bookings are found by pool and last day.
async fn indexes(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    use {GpuAllocation as A, GpuPlace as P, GpuRequest as R};
    for (name, column) in [
        ("gpu_request_by_body", R::Body),
        ("gpu_request_by_project", R::Project),
        ("gpu_request_by_pool", R::Pool),
        ("gpu_request_by_round", R::Round),
    ] {
        m.create_index(Index::create().name(name).table(R::Table).col(column).col(R::Seq).to_owned()).await?;
    }
    for (name, column) in [
        ("gpu_allocation_by_body", A::Body),
        ("gpu_allocation_by_project", A::Project),
        ("gpu_allocation_by_pool", A::Pool),
        ("gpu_allocation_by_request", A::Request),
    ] {
        m.create_index(Index::create().name(name).table(A::Table).col(column).col(A::Seq).to_owned()).await?;
    }
    let booked = Index::create().name("gpu_allocation_booked").table(A::Table).col(A::Pool).col(A::ToDay).to_owned();
    m.create_index(booked).await?;
    for (name, column) in [("gpu_place_by_body", P::Body), ("gpu_place_by_request", P::Request)] {
        m.create_index(Index::create().name(name).table(P::Table).col(column).col(P::Seq).to_owned()).await?;
    }
    let mut queue = Index::create();
    queue.name("gpu_place_by_pool").table(P::Table).col(P::Pool).col(P::Answered).col(P::Seq);
    m.create_index(queue).await
}
