//! What if (모의 계산): who would get which rate, and how far an envelope would go.

use super::{
    Asked, Cited, CostShareRules, Level, Looked, Party, Predecessor, RuleSet, Shares, Wanted, explain::designations,
};
use crate::{
    code_list,
    day::Day,
    decimal::Decimal,
    fiscal::FiscalIndicator,
    fraction::Rounded,
    money::Won,
    rate::Share,
    region::{Region, RegionCode},
    text::Line,
};
use serde::Serialize;
use std::{cmp::Reverse, collections::BTreeMap};

code_list! {
    /// Whether a share could be reckoned.
    #[schema(as = CostShareWhatIfStatus)]
    pub enum RowStatus {
        /// It could.
        Reckoned = "reckoned" / "계산됨",
        /// The ratio that the rules ask for is not published. It is not zero.
        IndicatorMissing = "indicator_missing" / "재정지표 없음",
    }
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Supposed {
    /// The day on which regions are in force and designated.
    pub on: Day,
    /// What each would carry out, at this cost.
    pub total_cost: Won,
    /// The national money to be spread, if it is asked how far it goes.
    pub envelope: Option<Won>,
}

/// A local government in the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = CostShareWhatIfRow)]
pub struct Row {
    /// The region's code.
    pub code: RegionCode,
    /// Its Korean name; several share one.
    pub name_ko: Line<200>,
    /// The Korean name of the sido in which a municipality lies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sido_name_ko: Option<Line<200>>,
    /// What kind of government.
    pub level: Level,
    /// The groups that it is designated for on the day.
    #[schema(schema_with = super::shape::group_names)]
    pub groups: Vec<String>,
    /// Whether its share could be reckoned.
    pub status: RowStatus,
    /// The published ratio, in per cent; absent when it is missing or the rate is flat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indicator_value: Option<Share>,
    /// Which of the bands holds it, counted from 0.
    #[schema(minimum = 0, maximum = 99)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band: Option<usize>,
    /// Who would pay what; absent when the ratio is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shares: Option<Shares>,
    /// For a missing ratio: what is published of its predecessors. None of it is taken instead.
    #[schema(max_items = 50)]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub predecessors: Vec<Predecessor>,
}

/// Everybody who would get the same rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = CostShareSpread)]
pub struct Spread {
    /// The rate that is applied, in per cent.
    pub rate: Rounded,
    /// How many sido.
    #[schema(minimum = 0, maximum = 1000)]
    pub sido: u32,
    /// How many municipalities.
    #[schema(minimum = 0, maximum = 1000)]
    pub municipalities: u32,
    /// The national money for one such project, in won.
    pub national_krw: Won,
    /// How many such projects the envelope would carry, rounded down; absent without an envelope, or when they cost the
    /// nation nothing.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub projects: Option<i64>,
}

/// Who would get what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = CostShareWhatIf)]
pub struct WhatIf {
    /// By which rules.
    pub rule_set: Cited,
    /// As of which day.
    pub on: Day,
    /// What each would carry out, in won.
    pub total_cost_krw: Won,
    /// The national money to be spread, in won.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub envelope_krw: Option<Won>,
    /// The ratios that the rules ask for: of a sido, of a municipality; none where the rate is flat.
    #[schema(max_items = 2)]
    pub asked: Vec<Wanted>,
    /// Every sido and municipality in force, by code.
    #[schema(max_items = 1000)]
    pub rows: Vec<Row>,
    /// How many of them have no published ratio.
    #[schema(minimum = 0, maximum = 1000)]
    pub without_indicator: usize,
    /// The rates, highest first.
    #[schema(max_items = 1000)]
    pub spread: Vec<Spread>,
}

/// A row with the exact rate by which it is counted.
struct Reckoned {
    row: Row,
    rate: Option<Decimal>,
}

/// The table of all local governments in force, by an edition of the rules.
pub fn what_if(
    rules: &CostShareRules,
    set: &RuleSet,
    regions: &[Region],
    rows: &[FiscalIndicator],
    supposed: Supposed,
) -> WhatIf {
    let names: BTreeMap<&RegionCode, &Line<200>> =
        regions.iter().map(|region| (&region.code, &region.name.ko)).collect();
    let in_force = regions.iter().filter(|region| region.in_force(supposed.on));
    let mut found: Vec<Reckoned> = in_force
        .filter_map(|region| Some((Level::of(region)?, region)))
        .map(|(level, region)| reckoned(set, rows, supposed, (level, region), &names))
        .collect();
    found.sort_by(|one, other| one.row.code.cmp(&other.row.code));
    let spread = spread(&found, supposed.envelope);
    let rows: Vec<Row> = found.into_iter().map(|one| one.row).collect();
    WhatIf {
        rule_set: rules.cited(set.version),
        on: supposed.on,
        total_cost_krw: supposed.total_cost,
        envelope_krw: supposed.envelope,
        asked: [Level::Sido, Level::Municipality].into_iter().filter_map(|level| set.wanted(level)).collect(),
        without_indicator: rows.iter().filter(|row| row.status == RowStatus::IndicatorMissing).count(),
        rows,
        spread,
    }
}

fn reckoned(
    set: &RuleSet,
    rows: &[FiscalIndicator],
    supposed: Supposed,
    (level, region): (Level, &Region),
    names: &BTreeMap<&RegionCode, &Line<200>>,
) -> Reckoned {
    let groups = designations(region, supposed.on);
    let applicant = Party::Local(level, region).applicant(groups.clone());
    let wanted = set.wanted(level);
    let looked = wanted.map(|wanted| (wanted, wanted.look(rows, region)));
    let (value, predecessors) = match looked {
        Some((wanted, Looked::Found(row))) => (Some(wanted.value(row)), Vec::new()),
        Some((wanted, Looked::Missing(before))) => {
            (None, before.into_iter().map(|row| wanted.predecessor(row)).collect())
        }
        None => (None, Vec::new()),
    };
    let asked = Asked { total_cost: supposed.total_cost, requested_national: None };
    let basis = set.basis(level, value.map(Decimal::from)).ok();
    let working = basis.as_ref().map(|basis| set.work(basis, &applicant, asked));
    let row = Row {
        code: region.code.clone(),
        name_ko: region.name.ko.clone(),
        sido_name_ko: (level == Level::Municipality)
            .then(|| names.get(&region.sido_code()).map(|name| (*name).clone()))
            .flatten(),
        level,
        groups,
        status: if working.is_some() { RowStatus::Reckoned } else { RowStatus::IndicatorMissing },
        indicator_value: value,
        band: working.as_ref().and_then(|working| working.split.band),
        shares: working.as_ref().map(|working| Shares::of(&working.split, supposed.total_cost)),
        predecessors,
    };
    Reckoned { row, rate: working.map(|working| working.rate) }
}

/// How many get each rate. At one cost, one rate means one amount of national money.
fn spread(found: &[Reckoned], envelope: Option<Won>) -> Vec<Spread> {
    let mut by_rate: BTreeMap<Reverse<Decimal>, Spread> = BTreeMap::new();
    for one in found {
        let (Some(rate), Some(shares)) = (one.rate, &one.row.shares) else { continue };
        let counted = by_rate.entry(Reverse(rate)).or_insert_with(|| Spread {
            rate: shares.rate,
            sido: 0,
            municipalities: 0,
            national_krw: shares.national_krw,
            projects: envelope.and_then(|envelope| envelope.get().checked_div(shares.national_krw.get())),
        });
        match one.row.level {
            Level::Municipality => counted.municipalities = counted.municipalities.saturating_add(1),
            Level::Sido | Level::Central => counted.sido = counted.sido.saturating_add(1),
        }
    }
    by_rate.into_values().collect()
}
