//! Accounts (계정): people, sessions, programs' keys, signing keys, and the first administrator's token.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, binary, boolean, string, string_null, text, text_null, uuid},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Account {
    Table,
    Id,
    Version,
    SignInName,
    State,
    Search,
    Document,
    PasswordHash,
    PasswordChangedAt,
    MustChangePassword,
}

#[derive(DeriveIden)]
enum AccountGrant {
    Table,
    Id,
    AccountId,
    Role,
    Body,
    ExpiresAt,
    Revoked,
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
    Prefix,
    CreatedAt,
    LastUsedOn,
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
        // Lists are ordered byte by byte, so that both databases agree.
        let sqlite = m.get_database_backend() == sea_orm::DbBackend::Sqlite;
        let bytewise = if sqlite { "COLLATE BINARY" } else { "COLLATE \"C\"" };
        m.create_table(
            Table::create()
                .table(Account::Table)
                .col(uuid(Account::Id).primary_key())
                .col(big_integer(Account::Version))
                .col(string(Account::SignInName).extra(bytewise).unique_key())
                .col(string(Account::State))
                .col(text(Account::Search))
                .col(text(Account::Document))
                .col(text_null(Account::PasswordHash))
                .col(big_integer_null(Account::PasswordChangedAt))
                .col(boolean(Account::MustChangePassword))
                .to_owned(),
        )
        .await?;
        grants(m).await?;
        sessions(m).await?;
        keys(m, bytewise).await
    }
}

/// The roles of accounts, and the indexes that their list needs.
async fn grants(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_index(
        Index::create()
            .name("account_state")
            .table(Account::Table)
            .col(Account::State)
            .col(Account::SignInName)
            .to_owned(),
    )
    .await?;
    m.create_table(
        Table::create()
            .table(AccountGrant::Table)
            .col(uuid(AccountGrant::Id).primary_key())
            .col(uuid(AccountGrant::AccountId))
            .col(string(AccountGrant::Role))
            .col(string(AccountGrant::Body))
            .col(big_integer_null(AccountGrant::ExpiresAt))
            .col(boolean(AccountGrant::Revoked))
            .foreign_key(
                ForeignKey::create().from(AccountGrant::Table, AccountGrant::AccountId).to(Account::Table, Account::Id),
            )
            .to_owned(),
    )
    .await?;
    let index = |name: &str| Index::create().name(name).table(AccountGrant::Table).to_owned();
    m.create_index(index("account_grant_account").col(AccountGrant::AccountId).to_owned()).await?;
    m.create_index(index("account_grant_role").col(AccountGrant::Role).col(AccountGrant::Body).to_owned()).await?;
    m.create_index(index("account_grant_body").col(AccountGrant::Body).to_owned()).await?;
    Ok(())
}

/// Families of refresh tokens.
async fn sessions(m: &SchemaManager<'_>) -> Result<(), DbErr> {
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
    Ok(())
}

/// Programs' keys, signing keys and the first administrator's token.
async fn keys(m: &SchemaManager<'_>, bytewise: &str) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table(ServiceKey::Table)
            .col(uuid(ServiceKey::Id).primary_key())
            .col(big_integer(ServiceKey::Version))
            .col(binary(ServiceKey::SecretHash).unique_key())
            .col(string(ServiceKey::Prefix).extra(bytewise).unique_key())
            .col(big_integer(ServiceKey::CreatedAt))
            .col(string_null(ServiceKey::LastUsedOn))
            .col(text(ServiceKey::Document))
            .to_owned(),
    )
    .await?;
    m.create_index(
        Index::create()
            .name("service_key_created")
            .table(ServiceKey::Table)
            .col(ServiceKey::CreatedAt)
            .col(ServiceKey::Prefix)
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
            .col(big_integer(FirstAdministrator::Id).primary_key())
            .col(text(FirstAdministrator::Document))
            .to_owned(),
    )
    .await
}
