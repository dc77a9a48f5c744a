//! The arithmetic of a share in words (계산 과정), Korean and English, one step after the other.

use super::{
    Applicant, Asked, Band, BandLimits, Basis, IndicatorKind, IndicatorScope, Level, Published, RuleSet, Wanted,
    Working,
};
use crate::{
    code_list, decimal::Decimal, fiscal::Basis as BudgetBasis, fraction::Rounded, money::Won, problem::Words,
    region::PopulationStatus,
};
use serde::Serialize;

code_list! {
    /// What is reckoned in a step.
    #[schema(as = CostShareStepKind)]
    pub enum StepKind {
        /// The published ratio from its parts.
        Indicator = "indicator" / "재정지표",
        /// The rate of the band or the flat rate.
        NominalRate = "nominal_rate" / "기준 국비율",
        /// Percentage points of a group.
        Adjustment = "adjustment" / "가감",
        /// Floor and ceiling.
        Limits = "limits" / "하한·상한",
        /// The cost by the rate, rounded down to the unit.
        ByRate = "by_rate" / "국비율 적용",
        /// The cap on national money.
        NationalCap = "national_cap" / "국비 한도",
        /// What was asked of the nation.
        RequestedNational = "requested_national" / "신청 국비",
        /// What is left for others than the nation.
        Local = "local" / "국비 외 부담",
        /// The sido's part.
        Sido = "sido" / "시도비",
        /// The municipality's part.
        Municipality = "municipality" / "시군구비",
        /// A central body's own part.
        Own = "own" / "자부담",
        /// All parts together.
        Sum = "sum" / "합계",
        /// National money in per cent of the cost.
        EffectiveRate = "effective_rate" / "실질 국비율",
    }
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = CostShareStep)]
pub struct Step {
    /// What is reckoned.
    pub kind: StepKind,
    /// How, in words.
    pub words: Words,
    /// What comes out, in per cent; absent when it is an amount.
    #[schema(max_length = 40, pattern = r"^-?[0-9]+(\.[0-9]+)?$", example = "92.5")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<String>,
    /// What comes out, in won; absent when it is a percentage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount_krw: Option<Won>,
}

/// What is told of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Worked<'a> {
    pub set: &'a RuleSet,
    pub basis: Basis,
    pub applicant: &'a Applicant,
    pub asked: Asked,
    pub working: &'a Working<'a>,
}

impl Wanted {
    pub(super) fn in_korean(self) -> String {
        format!("{}년 {} {}({})", self.fiscal_year, self.basis.ko(), self.kind.ko(), self.scope.ko())
    }
    pub(super) fn in_english(self) -> String {
        let kind = match self.kind {
            IndicatorKind::FiscalIndependenceRatio => "fiscal independence ratio",
            IndicatorKind::FiscalAutonomyRatio => "fiscal autonomy ratio",
        };
        let budget = match self.basis {
            BudgetBasis::Original => "original budget",
            BudgetBasis::Final => "final accounts",
        };
        let scope = match self.scope {
            IndicatorScope::Body => "municipality",
            IndicatorScope::Headquarters => "sido headquarters",
            IndicatorScope::Total => "sido total",
        };
        format!("{kind} of {} ({budget}, {scope})", self.fiscal_year)
    }
}

/// A group in Korean: a designation by its name, with the code that the rules know it by.
fn group_in_korean(group: &str) -> String {
    match group.parse::<PopulationStatus>() {
        Ok(status) => format!("{}({group})", status.ko()),
        Err(_) => group.to_owned(),
    }
}

/// An amount with its digits in groups of three.
pub(super) fn grouped(amount: Won) -> String {
    let digits = amount.get().unsigned_abs().to_string();
    let sign = if amount.is_negative() { "-" } else { "" };
    let mut shown = String::from(sign);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len().saturating_sub(at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

fn rate(kind: StepKind, percent: &impl ToString, ko: String, en: String) -> Step {
    Step { kind, words: Words::made(ko, en), percent: Some(percent.to_string()), amount_krw: None }
}
fn amount(kind: StepKind, amount: Won, ko: String, en: String) -> Step {
    let shown = grouped(amount);
    let words = Words::made(ko + &format!(" = {shown}원"), en + &format!(" = {shown} won"));
    Step { kind, words, percent: None, amount_krw: Some(amount) }
}

/// The steps of a share, in the order in which they are reckoned.
pub(super) fn steps(of: &Worked<'_>, published: Option<&Published>) -> Vec<Step> {
    let mut told: Vec<Step> = published.map(indicator).into_iter().collect();
    told.extend(rates(of, published));
    told.extend(national(of));
    told.extend(others(of));
    told
}

fn indicator(found: &Published) -> Step {
    let (part, whole) = (grouped(found.numerator_krw), grouped(found.denominator_krw));
    let (name, code, value) = (&found.name_ko, &found.code, found.value);
    let parts = match found.asked.kind {
        IndicatorKind::FiscalIndependenceRatio => ("자체수입", "own revenue"),
        IndicatorKind::FiscalAutonomyRatio => ("자체수입과 자주재원", "own and autonomous revenue"),
    };
    rate(
        StepKind::Indicator,
        &value,
        format!(
            "{name}({code})의 {}: {} {part}원 ÷ 일반회계 예산 {whole}원 = {value}%",
            found.asked.in_korean(),
            parts.0
        ),
        format!(
            "{} of {code}: {} {part} won / general-account budget {whole} won = {value}%",
            found.asked.in_english(),
            parts.1
        ),
    )
}

fn rates(of: &Worked<'_>, published: Option<&Published>) -> Vec<Step> {
    let (set, working) = (of.set, of.working);
    let nominal = working.nominal;
    let Basis::Band { index, ratio, .. } = of.basis else {
        let level = of.applicant.level;
        return vec![rate(
            StepKind::NominalRate,
            &nominal,
            format!("{}의 정률 {nominal}%: 재정지표·가감·하한·상한을 보지 않음", level.ko()),
            format!("The flat rate of the level {level}: {nominal}%, without indicator, adjustment, floor or ceiling"),
        )];
    };
    let (ko, en) = set.bands.get(index).map(|band| within(band, set.band_limits)).unwrap_or_default();
    let shown = published.map_or_else(|| ratio.to_string(), |found| found.value.to_string());
    let mut told = vec![rate(
        StepKind::NominalRate,
        &nominal,
        format!("{shown}%는 {ko} 구간이므로 기준 국비율 {nominal}%"),
        format!("{shown}% lies {en}: the nominal rate is {nominal}%"),
    )];
    let mut reached = nominal;
    for one in &working.adjustments {
        let (group, points, before) = (&one.group, one.points, reached);
        reached = Decimal::sum([reached, points]);
        told.push(rate(
            StepKind::Adjustment,
            &reached,
            format!("{}: {before}% {}%p = {reached}%", group_in_korean(group), signed(points)),
            format!("{group}: {before}% {} percentage points = {reached}%", signed(points)),
        ));
    }
    let (floor, ceiling, last) = (set.floor_rate, set.ceiling_rate, working.rate);
    told.push(rate(
        StepKind::Limits,
        &last,
        format!("{reached}%를 하한 {floor}%, 상한 {ceiling}% 안으로 = {last}%"),
        format!("{reached}% within the floor of {floor}% and the ceiling of {ceiling}% = {last}%"),
    ));
    told
}

fn signed(points: Decimal) -> String {
    if points < Decimal::ZERO { format!("- {}", points.negated()) } else { format!("+ {points}") }
}

/// A band in words; the ends belong to it as the limits say, and both outermost ends always do.
fn within(band: &Band, limits: BandLimits) -> (String, String) {
    let Band { from, to, .. } = band;
    match limits {
        BandLimits::LowerInclusive if *to == Decimal::HUNDRED => {
            (format!("{from}% 이상 {to}% 이하"), format!("between {from}% and {to}%, both included"))
        }
        BandLimits::LowerInclusive => (format!("{from}% 이상 {to}% 미만"), format!("from {from}% on and below {to}%")),
        BandLimits::UpperInclusive if *from == Decimal::ZERO => {
            (format!("{from}% 이상 {to}% 이하"), format!("between {from}% and {to}%, both included"))
        }
        BandLimits::UpperInclusive => (format!("{from}% 초과 {to}% 이하"), format!("above {from}% and up to {to}%")),
    }
}

fn national(of: &Worked<'_>) -> Vec<Step> {
    let (total, unit) = (grouped(of.asked.total_cost), grouped(of.set.unit));
    let last = of.working.rate;
    let mut reached = of.working.by_rate;
    let mut told = vec![amount(
        StepKind::ByRate,
        reached,
        format!("총사업비 {total}원 × {last}%, {unit}원 단위로 내림"),
        format!("Total cost {total} won x {last}%, rounded down to {unit} won"),
    )];
    let limits = [
        (StepKind::NationalCap, of.set.national_cap, "국비 한도", "the cap on national money"),
        (StepKind::RequestedNational, of.asked.requested_national, "신청 국비", "the national money asked for"),
    ];
    for (kind, limit, ko, en) in limits {
        let Some(limit) = limit else { continue };
        let before = grouped(reached);
        reached = reached.min(limit);
        let limit = grouped(limit);
        told.push(amount(
            kind,
            reached,
            format!("{before}원과 {ko} {limit}원 가운데 작은 금액"),
            format!("The less of {before} won and {en}, {limit} won"),
        ));
    }
    told
}

fn others(of: &Worked<'_>) -> Vec<Step> {
    let split = &of.working.split;
    let [national, sido, municipality] = [split.national, split.sido, split.municipality].map(grouped);
    let total = grouped(of.asked.total_cost);
    let rest = of.asked.total_cost.minus(split.national).unwrap_or_default();
    let mut told = vec![amount(
        StepKind::Local,
        rest,
        format!("총사업비 {total}원 - 국비 {national}원"),
        format!("Total cost {total} won - national {national} won"),
    )];
    let left = grouped(rest);
    let whole = |kind: StepKind, part: Won, ko: &str, en: &str| {
        amount(kind, part, format!("국비 외 부담 전액을 {ko}"), format!("All that is left is {en}"))
    };
    match of.applicant.level {
        Level::Central => told.push(whole(StepKind::Own, split.own, "자부담으로", "the body's own money")),
        Level::Sido => told.push(whole(StepKind::Sido, split.sido, "시도비로", "the sido's money")),
        Level::Municipality if of.set.stands_alone(&of.applicant.code) => {
            told.push(whole(StepKind::Municipality, split.municipality, "시군구비로", "the municipality's money"));
        }
        Level::Municipality => {
            let (share, unit) = (of.set.sido_share_of_local, grouped(of.set.unit));
            told.push(amount(
                StepKind::Sido,
                split.sido,
                format!("{left}원 × 시도 부담 {share}%, {unit}원 단위로 내림"),
                format!("{left} won x the sido's {share}%, rounded down to {unit} won"),
            ));
            told.push(amount(
                StepKind::Municipality,
                split.municipality,
                format!("{left}원 - 시도비 {sido}원"),
                format!("{left} won - sido {sido} won"),
            ));
        }
    }
    let own = grouped(split.own);
    told.push(amount(
        StepKind::Sum,
        of.asked.total_cost,
        format!("국비 {national}원 + 시도비 {sido}원 + 시군구비 {municipality}원 + 자부담 {own}원"),
        format!("National {national} won + sido {sido} won + municipality {municipality} won + own {own} won"),
    ));
    let effective: Rounded = split.effective_rate;
    told.push(rate(
        StepKind::EffectiveRate,
        &effective,
        format!("국비 {national}원 ÷ 총사업비 {total}원 = {effective}% (소수점 둘째 자리 반올림)"),
        format!("National {national} won / total cost {total} won = {effective}% (two decimals, half up)"),
    ));
    told
}
