//! Reference data (기준자료): regions, programmes, published figures, fiscal indicators, and which built-in sets are loaded.

use crate::bytewise;
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, string, string_null, text},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Region {
    Table,
    Code,
    Kind,
    Tier,
    Sido,
    Words,
    ValidFrom,
    ValidTo,
    Document,
}

#[derive(DeriveIden)]
enum Programme {
    Table,
    Key,
    Kind,
    LeadBody,
    Phase,
    FiscalYear,
    Words,
    Document,
}

#[derive(DeriveIden)]
enum Figure {
    Table,
    Key,
    Unit,
    Confidence,
    Words,
    Document,
}

#[derive(DeriveIden)]
enum FiscalIndicator {
    Table,
    Code,
    FiscalYear,
    Basis,
    Series,
    Scope,
    Document,
}

#[derive(DeriveIden)]
enum BuiltIn {
    Table,
    Kind,
    Digest,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        tables(m).await?;
        let index = |name: &str, columns: Vec<DynIden>, table: DynIden| {
            let mut made = Index::create().name(name).table(table).to_owned();
            for column in columns {
                made.col(column);
            }
            made
        };
        let region = |name: &str, by: Region| {
            index(name, vec![by.into_iden(), Region::Code.into_iden()], Region::Table.into_iden())
        };
        let programme = |name: &str, by: Programme| {
            index(name, vec![by.into_iden(), Programme::Key.into_iden()], Programme::Table.into_iden())
        };
        let figure = |name: &str, by: Figure| {
            index(name, vec![by.into_iden(), Figure::Key.into_iden()], Figure::Table.into_iden())
        };
        for made in [
            region("region_tier", Region::Tier),
            region("region_sido", Region::Sido),
            region("region_kind", Region::Kind),
            programme("programme_fiscal_year", Programme::FiscalYear),
            programme("programme_lead_body", Programme::LeadBody),
            programme("programme_phase", Programme::Phase),
            programme("programme_kind", Programme::Kind),
            figure("figure_unit", Figure::Unit),
            figure("figure_confidence", Figure::Confidence),
            index(
                "fiscal_indicator_year",
                vec![FiscalIndicator::FiscalYear.into_iden(), FiscalIndicator::Code.into_iden()],
                FiscalIndicator::Table.into_iden(),
            ),
        ] {
            m.create_index(made).await?;
        }
        Ok(())
    }
}

async fn tables(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    m.create_table(
        Table::create()
            .table(Region::Table)
            .col(bytewise(m, string(Region::Code)).primary_key())
            .col(string(Region::Kind))
            .col(string(Region::Tier))
            .col(string(Region::Sido))
            .col(text(Region::Words))
            .col(bytewise(m, string_null(Region::ValidFrom)))
            .col(bytewise(m, string_null(Region::ValidTo)))
            .col(text(Region::Document))
            .to_owned(),
    )
    .await?;
    m.create_table(
        Table::create()
            .table(Programme::Table)
            .col(bytewise(m, string(Programme::Key)).primary_key())
            .col(string(Programme::Kind))
            .col(string_null(Programme::LeadBody))
            .col(string(Programme::Phase))
            .col(big_integer_null(Programme::FiscalYear))
            .col(text(Programme::Words))
            .col(text(Programme::Document))
            .to_owned(),
    )
    .await?;
    m.create_table(
        Table::create()
            .table(Figure::Table)
            .col(bytewise(m, string(Figure::Key)).primary_key())
            .col(string(Figure::Unit))
            .col(string(Figure::Confidence))
            .col(text(Figure::Words))
            .col(text(Figure::Document))
            .to_owned(),
    )
    .await?;
    let key = [
        FiscalIndicator::Code,
        FiscalIndicator::FiscalYear,
        FiscalIndicator::Basis,
        FiscalIndicator::Series,
        FiscalIndicator::Scope,
    ];
    let mut primary = Index::create();
    for column in key {
        primary.col(column);
    }
    m.create_table(
        Table::create()
            .table(FiscalIndicator::Table)
            .col(bytewise(m, string(FiscalIndicator::Code)))
            .col(big_integer(FiscalIndicator::FiscalYear))
            .col(bytewise(m, string(FiscalIndicator::Basis)))
            .col(bytewise(m, string(FiscalIndicator::Series)))
            .col(bytewise(m, string(FiscalIndicator::Scope)))
            .col(text(FiscalIndicator::Document))
            .primary_key(&mut primary)
            .to_owned(),
    )
    .await?;
    m.create_table(
        Table::create()
            .table(BuiltIn::Table)
            .col(string(BuiltIn::Kind).primary_key())
            .col(string(BuiltIn::Digest))
            .to_owned(),
    )
    .await
}
