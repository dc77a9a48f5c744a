//! Bodies (기관): the register of those that carry projects.

use crate::bytewise;
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, string, string_null, text},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Body {
    Table,
    Key,
    Version,
    Kind,
    NameKo,
    ValidFrom,
    ValidTo,
    Document,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table(Body::Table)
                .col(bytewise(m, string(Body::Key)).primary_key())
                .col(big_integer(Body::Version))
                .col(string(Body::Kind))
                .col(string(Body::NameKo))
                .col(bytewise(m, string_null(Body::ValidFrom)))
                .col(bytewise(m, string_null(Body::ValidTo)))
                .col(text(Body::Document))
                .to_owned(),
        )
        .await?;
        m.create_index(Index::create().name("body_kind").table(Body::Table).col(Body::Kind).col(Body::Key).to_owned())
            .await
    }
}
