//! The ground (기반): the audit trail, which may only grow, and the answers kept for retries.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, binary, integer, string, text, text_null, uuid},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum AuditEntry {
    Table,
    Seq,
    SubjectKind,
    SubjectId,
    N,
    At,
    ActorId,
    ActorName,
    Action,
    Outcome,
    Reason,
    Changes,
    RequestId,
    Address,
    Previous,
    Hash,
}

#[derive(DeriveIden)]
enum AuditMention {
    Table,
    SubjectKind,
    SubjectId,
    Seq,
}

#[derive(DeriveIden)]
enum Idempotency {
    Table,
    ActorId,
    RetryKey,
    Fingerprint,
    Answer,
    KeptAt,
}

/// Nobody edits or deletes what was recorded, not by mistake and not through the application.
const SQLITE_GUARDS: &str = "
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END;
CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit entries are never deleted'); END;
CREATE TRIGGER audit_mention_no_update BEFORE UPDATE ON audit_mention BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END;
CREATE TRIGGER audit_mention_no_delete BEFORE DELETE ON audit_mention BEGIN SELECT RAISE(ABORT, 'audit entries are never deleted'); END;
CREATE INDEX audit_entry_undone ON audit_entry (outcome, at, seq) WHERE outcome <> 'done';";

const POSTGRES_GUARDS: &str = "
CREATE FUNCTION audit_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'audit entries are never changed or deleted'; END $$;
CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_guard();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_guard();
CREATE TRIGGER audit_mention_no_change BEFORE UPDATE OR DELETE ON audit_mention FOR EACH ROW EXECUTE FUNCTION audit_entry_guard();
CREATE TRIGGER audit_mention_no_truncate BEFORE TRUNCATE ON audit_mention FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_guard();
CREATE INDEX audit_entry_undone ON audit_entry (outcome, at, seq) WHERE outcome <> 'done';";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let sqlite = m.get_database_backend() == sea_orm::DbBackend::Sqlite;
        // Chains are walked in the order of the bytes of their names, on either database and under any locale.
        let named = |column: ColumnDef| crate::bytewise(m, column);
        let mut seq = if sqlite { integer(AuditEntry::Seq) } else { big_integer(AuditEntry::Seq) };
        m.create_table(
            Table::create()
                .table(AuditEntry::Table)
                .col(seq.auto_increment().primary_key())
                .col(named(string(AuditEntry::SubjectKind)))
                .col(named(string(AuditEntry::SubjectId)))
                .col(big_integer(AuditEntry::N))
                .col(big_integer(AuditEntry::At))
                .col(uuid(AuditEntry::ActorId))
                .col(string(AuditEntry::ActorName))
                .col(string(AuditEntry::Action))
                .col(
                    string(AuditEntry::Outcome).check(Expr::col(AuditEntry::Outcome).is_in(["done", "denied", "read"])),
                )
                .col(text_null(AuditEntry::Reason))
                .col(text(AuditEntry::Changes))
                .col(string(AuditEntry::RequestId))
                .col(string(AuditEntry::Address))
                .col(binary(AuditEntry::Previous))
                .col(binary(AuditEntry::Hash))
                .to_owned(),
        )
        .await?;
        let index = |name: &str| Index::create().name(name).table(AuditEntry::Table).to_owned();
        m.create_index(
            index("audit_entry_chain")
                .col(AuditEntry::SubjectKind)
                .col(AuditEntry::SubjectId)
                .col(AuditEntry::N)
                .unique()
                .to_owned(),
        )
        .await?;
        m.create_index(
            index("audit_entry_actor").col(AuditEntry::ActorId).col(AuditEntry::At).col(AuditEntry::Seq).to_owned(),
        )
        .await?;
        m.create_index(
            index("audit_entry_action").col(AuditEntry::Action).col(AuditEntry::At).col(AuditEntry::Seq).to_owned(),
        )
        .await?;
        m.create_index(index("audit_entry_at").col(AuditEntry::At).col(AuditEntry::Seq).to_owned()).await?;
        m.create_index(
            index("audit_entry_kind").col(AuditEntry::SubjectKind).col(AuditEntry::At).col(AuditEntry::Seq).to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table(AuditMention::Table)
                .col(named(string(AuditMention::SubjectKind)))
                .col(named(string(AuditMention::SubjectId)))
                .col(big_integer(AuditMention::Seq))
                .primary_key(
                    Index::create().col(AuditMention::SubjectKind).col(AuditMention::SubjectId).col(AuditMention::Seq),
                )
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create().name("audit_mention_seq").table(AuditMention::Table).col(AuditMention::Seq).to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table(Idempotency::Table)
                .col(uuid(Idempotency::ActorId))
                .col(string(Idempotency::RetryKey))
                .col(binary(Idempotency::Fingerprint))
                .col(text(Idempotency::Answer))
                .col(big_integer(Idempotency::KeptAt))
                .primary_key(Index::create().col(Idempotency::ActorId).col(Idempotency::RetryKey))
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create().name("idempotency_kept_at").table(Idempotency::Table).col(Idempotency::KeptAt).to_owned(),
        )
        .await?;
        m.get_connection().execute_unprepared(if sqlite { SQLITE_GUARDS } else { POSTGRES_GUARDS }).await?;
        Ok(())
    }
}
