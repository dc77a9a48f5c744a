//! Cost shares (국비·지방비 분담): the rule sets with their editions.

use crate::bytewise;
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, string, string_null, text},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum CostShareRules {
    Table,
    Key,
    Version,
    Standing,
    EffectiveFrom,
    EffectiveTo,
    Document,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.create_table(
            Table::create()
                .table(CostShareRules::Table)
                .col(bytewise(m, string(CostShareRules::Key)).primary_key())
                .col(big_integer(CostShareRules::Version))
                .col(string(CostShareRules::Standing))
                .col(bytewise(m, string_null(CostShareRules::EffectiveFrom)))
                .col(bytewise(m, string_null(CostShareRules::EffectiveTo)))
                .col(text(CostShareRules::Document))
                .to_owned(),
        )
        .await?;
        m.create_index(
            Index::create()
                .name("cost_share_rules_standing")
                .table(CostShareRules::Table)
                .col(CostShareRules::Standing)
                .col(CostShareRules::Key)
                .to_owned(),
        )
        .await
    }
}
