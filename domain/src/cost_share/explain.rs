//! Explaining a share (분담 설명): every input with its source and year, the band, the arithmetic, the result.

use super::{
    Asked, Band, Basis, CostShareRules, INDICATOR_MISSING, Level, Looked, PREDECESSOR_INDICATOR, Party, Published,
    RuleSet, RuleSetKey, Split, Standing, Wanted,
    steps::{Step, Worked, grouped, steps},
};
use crate::{
    code_list,
    day::Day,
    decimal::Decimal,
    fiscal::FiscalIndicator,
    fraction::Rounded,
    money::Won,
    name::Name,
    problem::{Fault, Refusal, Words},
    region::{Region, RegionCode},
    text::Line,
};
use serde::Serialize;
use std::collections::BTreeSet;

code_list! {
    /// How it is known that an applicant belongs to a group.
    #[schema(as = CostShareGroupOrigin)]
    pub enum GroupOrigin {
        /// It was said in the request.
        Given = "given" / "요청에서 지정",
        /// The region is designated on the day.
        Designation = "designation" / "지역 지정",
    }
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The day on which designations are looked at.
    pub on: Day,
    /// Whose share.
    pub party: Party<'a>,
    /// The groups it belongs to; when nothing is said, those its region is designated for on the day.
    pub groups: Option<&'a [String]>,
    /// Of what cost.
    pub asked: Asked,
    /// Where the party stands in what was sent.
    pub pointer: &'a str,
}

/// Which rules were asked, so that nobody takes an illustration for a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = CostShareRulesCited)]
pub struct Cited {
    /// Whose.
    pub key: RuleSetKey,
    /// Which edition of them.
    #[schema(minimum = 1, maximum = 200)]
    pub edition: i64,
    /// Their name.
    pub name: Name,
    /// What stands behind them.
    pub standing: Standing,
    /// What must be said wherever they are shown; absent for announced ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<Words>,
    /// The law or announcement they are taken from.
    pub source: Line<500>,
}

/// A group of an applicant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = CostShareGroup)]
pub struct Group {
    /// Which.
    #[schema(min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001f\u007f]+$", example = "depopulation_area")]
    pub group: String,
    /// How it is known.
    pub origin: GroupOrigin,
    /// What it adds to a band's rate, in percentage points; absent when the rules do not speak of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<Decimal>,
}

/// Whose share it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = CostShareApplicant)]
pub struct Explained {
    /// What kind of body.
    pub level: Level,
    /// A central body's code, or a region's digits.
    #[schema(min_length = 1, max_length = 200, pattern = r"^[^\u0000-\u001f\u007f]+$", example = "47760")]
    pub code: String,
    /// Its name, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// The groups it belongs to.
    #[schema(max_items = 50)]
    pub groups: Vec<Group>,
}

/// Who pays what. The four amounts add up to the total cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = CostShares)]
pub struct Shares {
    /// The rate before adjustments, in per cent.
    pub nominal_rate: Rounded,
    /// The rate that was applied, in per cent.
    pub rate: Rounded,
    /// National money in per cent of the total, half up.
    pub effective_rate: Rounded,
    /// All of it, in won.
    pub total_cost_krw: Won,
    /// National money (국비), in won.
    pub national_krw: Won,
    /// Money of the sido (시도비), in won.
    pub sido_krw: Won,
    /// Money of the municipality (시군구비), in won.
    pub municipality_krw: Won,
    /// Money of a central body (자부담), in won.
    pub own_krw: Won,
}

/// A share with all it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = CostShareExplanation)]
pub struct Explanation {
    /// By which rules.
    pub rule_set: Cited,
    /// As of which day.
    pub on: Day,
    /// Whose share it is.
    pub applicant: Explained,
    /// The national money that was asked for, in won; absent when nothing was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requested_national_krw: Option<Won>,
    /// The published ratio; absent when the rate is flat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indicator: Option<Published>,
    /// The band that holds it; absent when the rate is flat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band: Option<Band>,
    /// The arithmetic, step by step.
    #[schema(max_items = 100)]
    pub steps: Vec<Step>,
    /// The result.
    pub shares: Shares,
}

impl CostShareRules {
    /// An edition as it is cited.
    pub fn cited(&self, edition: i64) -> Cited {
        let Self { key, name, standing, source, .. } = self.clone();
        Cited { key, edition, name, standing, notice: standing.notice(), source }
    }
}

impl Shares {
    /// A split of a cost.
    pub const fn of(split: &Split, total_cost: Won) -> Self {
        Self {
            nominal_rate: split.nominal_rate,
            rate: split.rate,
            effective_rate: split.effective_rate,
            total_cost_krw: total_cost,
            national_krw: split.national,
            sido_krw: split.sido,
            municipality_krw: split.municipality,
            own_krw: split.own,
        }
    }
}

/// The groups that a region is designated for on a day.
pub(super) fn designations(region: &Region, on: Day) -> Vec<String> {
    region.population_status_on(on).map(|status| status.name().to_owned()).into_iter().collect()
}

fn groups(question: &Question<'_>) -> (Vec<String>, GroupOrigin) {
    match (question.groups, question.party) {
        (Some(given), _) => {
            let mut seen = BTreeSet::new();
            (given.iter().filter(|group| seen.insert(group.as_str())).cloned().collect(), GroupOrigin::Given)
        }
        (None, Party::Local(_, region)) => (designations(region, question.on), GroupOrigin::Designation),
        (None, Party::Central(..)) => (Vec::new(), GroupOrigin::Given),
    }
}

/// The share of a party by an edition of the rules, with all it rests on. `rows` holds at least the published ratios of
/// its region and of those that it continues. A missing ratio is refused, naming what is published of its predecessors.
pub fn explain(
    rules: &CostShareRules,
    set: &RuleSet,
    rows: &[FiscalIndicator],
    question: &Question<'_>,
) -> Result<Explanation, Refusal> {
    let (groups, origin) = groups(question);
    let applicant = question.party.applicant(groups);
    let published = indicator(set, rows, question)?;
    let basis = set.basis(applicant.level, published.as_ref().map(|found| found.value.into()));
    let basis = basis.map_err(|_| missing(question.pointer, None, &applicant.code, &[]))?;
    let working = set.work(&basis, &applicant, question.asked);
    let worked = Worked { set, basis, applicant: &applicant, asked: question.asked, working: &working };
    let points = |group: &str| set.adjustments.iter().find(|a| a.group == group).map(|a| a.points);
    let explained = Explained {
        level: applicant.level,
        code: applicant.code.clone(),
        name: question.party.name(),
        groups: applicant.groups.iter().map(|g| Group { group: g.clone(), origin, points: points(g) }).collect(),
    };
    Ok(Explanation {
        rule_set: rules.cited(set.version),
        on: question.on,
        applicant: explained,
        requested_national_krw: question.asked.requested_national,
        steps: steps(&worked, published.as_ref()),
        band: match basis {
            Basis::Flat(_) => None,
            Basis::Band { index, .. } => set.bands.get(index).copied(),
        },
        indicator: published,
        shares: Shares::of(&working.split, question.asked.total_cost),
    })
}

fn indicator(set: &RuleSet, rows: &[FiscalIndicator], question: &Question<'_>) -> Result<Option<Published>, Refusal> {
    let Party::Local(level, region) = question.party else { return Ok(None) };
    let Some(wanted) = set.wanted(level) else { return Ok(None) };
    match wanted.look(rows, region) {
        Looked::Found(row) => Ok(Some(wanted.published(row))),
        Looked::Missing(before) => Err(missing(question.pointer, Some(wanted), region.code.as_str(), &before)),
    }
}

/// The refusal for want of a ratio, with a fault for every predecessor that has one.
fn missing(pointer: &str, wanted: Option<Wanted>, code: &str, before: &[&FiscalIndicator]) -> Refusal {
    let which = wanted.map_or_else(
        || Words::fixed("재정지표", "fiscal indicator"),
        |wanted| Words::made(wanted.in_korean(), wanted.in_english()),
    );
    let none = Words::made(
        format!("{code}: {} 값이 없습니다. 없는 값은 0이 아닙니다.", which.ko),
        format!("{code}: there is no {}. A missing value is not zero.", which.en),
    );
    let mut faults = vec![Fault::told(pointer, &INDICATOR_MISSING, none.clone())];
    if let Some(wanted) = wanted {
        faults.extend(before.iter().map(|row| predecessor(pointer, wanted, row)));
    }
    Refusal::told(&INDICATOR_MISSING, none).with(faults)
}

fn predecessor(pointer: &str, wanted: Wanted, row: &FiscalIndicator) -> Fault {
    let found = wanted.published(row);
    let (code, value, name) = (&found.code, found.value, &found.name_ko);
    let (part, whole) = (grouped(found.numerator_krw), grouped(found.denominator_krw));
    let words = Words::made(
        format!("이전 지역 {name}({code})의 값은 {value}% ({part}원 ÷ {whole}원)이며, 대신 쓰지 않았습니다."),
        format!("The predecessor {code} has {value}% ({part} / {whole} won), which was not taken instead."),
    );
    Fault::told(pointer, &PREDECESSOR_INDICATOR, words)
}

/// A predecessor's ratio, beside a region that has none of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = CostSharePredecessor)]
pub struct Predecessor {
    /// The region's code at the reference date of the figures.
    pub code: RegionCode,
    /// Its name at that date.
    pub name_ko: Line<200>,
    /// As published, in per cent.
    pub value: crate::rate::Share,
}

impl Wanted {
    /// A row of a predecessor, to be shown beside what is missing.
    pub fn predecessor(self, row: &FiscalIndicator) -> Predecessor {
        Predecessor { code: row.code.clone(), name_ko: row.name_ko.clone(), value: self.value(row) }
    }
}
