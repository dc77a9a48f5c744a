//! Panels (배정) without a column for what nobody judges: an application of which nobody has made a panel has no row, and was
//! never in that list. How far the sheets of a call are tells of all of them.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Panel {
    Table,
    Unassigned,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_index(Index::drop().name("panel_unassigned").table(Panel::Table).to_owned()).await?;
        m.alter_table(Table::alter().table(Panel::Table).drop_column(Panel::Unassigned).to_owned()).await
    }
}
