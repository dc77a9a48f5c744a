//! Accounts (계정): people, sessions, programs' keys, signing keys, and the first administrator's token.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Account {
    Table,
    Id,
    Version,
    SignInName,
    Document,
    PasswordHash,
    PasswordChangedAt,
    MustChangePassword,
}

#[derive(DeriveIden)]
enum SessionFamily {
    Table,
    Id,
    AccountId,
    Handle,
    ExpiresAt,
    Document,
}

#[derive(DeriveIden)]
enum ServiceKey {
    Table,
    Id,
    Version,
    SecretHash,
    Document,
}

#[derive(DeriveIden)]
enum SigningKey {
    Table,
    Kid,
    CreatedAt,
    PrivateKey,
    Document,
}

#[derive(DeriveIden)]
enum FirstAdministrator {
    Table,
    Id,
    Document,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table(Account::Table)
                .col(uuid(Account::Id).primary_key())
                .col(big_integer(Account::Version))
                .col(string(Account::SignInName).unique_key())
                .col(text(Account::Document))
                .col(text_null(Account::PasswordHash))
                .col(big_integer_null(Account::PasswordChangedAt))
                .col(boolean(Account::MustChangePassword))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table(SessionFamily::Table)
                .col(uuid(SessionFamily::Id).primary_key())
                .col(uuid(SessionFamily::AccountId))
                .col(binary(SessionFamily::Handle).unique_key())
                .col(big_integer(SessionFamily::ExpiresAt))
                .col(text(SessionFamily::Document))
                .to_owned(),
        )
        .await?;
        let index = |name: &str| Index::create().name(name).table(SessionFamily::Table).to_owned();
        m.create_index(index("session_family_account").col(SessionFamily::AccountId).to_owned()).await?;
        m.create_index(index("session_family_expires").col(SessionFamily::ExpiresAt).to_owned()).await?;
        m.create_table(
            Table::create()
                .table(ServiceKey::Table)
                .col(uuid(ServiceKey::Id).primary_key())
                .col(big_integer(ServiceKey::Version))
                .col(binary(ServiceKey::SecretHash).unique_key())
                .col(text(ServiceKey::Document))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table(SigningKey::Table)
                .col(string(SigningKey::Kid).primary_key())
                .col(big_integer(SigningKey::CreatedAt))
                .col(binary(SigningKey::PrivateKey))
                .col(text(SigningKey::Document))
                .to_owned(),
        )
        .await?;
        m.create_table(
            Table::create()
                .table(FirstAdministrator::Table)
                .col(integer(FirstAdministrator::Id).primary_key())
                .col(text(FirstAdministrator::Document))
                .to_owned(),
        )
        .await
    }
}
