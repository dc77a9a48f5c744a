//! Reading rule sets (분담 규칙 읽기): the same rules for a dossier and for what is saved.

use super::{Adjustment, BANDS_DO_NOT_TILE, Band, IndicatorKind, Level, RuleSet, untiled};
use crate::{
    decimal::Decimal,
    problem::{NOT_IN_LIST, WRONG_FORM, WRONG_ORDER, WRONG_TYPE},
    reader::{At, Faulty, Object, Reader, all, unique},
};
use std::collections::BTreeMap;

/// Reads a rule set of the form that the dossier gives it: every rule of its own is held.
pub(crate) fn rule_set(r: &mut Reader, at: At<'_>) -> Option<RuleSet> {
    const FIELDS: [&str; 16] = [
        "code",
        "version",
        "indicator",
        "indicator_fiscal_year",
        "indicator_basis",
        "sido_scope",
        "flat_rates",
        "bands",
        "band_limits",
        "adjustments",
        "floor_rate",
        "ceiling_rate",
        "national_cap",
        "sido_share_of_local",
        "sido_without_municipality",
        "unit",
    ];
    let rules = r.object(at.value, at.pointer, &FIELDS)?;
    let code = r.text(&rules, "code");
    let version = r.whole(&rules, "version", 1..=i64::from(i32::MAX));
    let indicator: Result<Option<IndicatorKind>, Faulty> = r.or_null(&rules, "indicator", Reader::code);
    let (fiscal_year, basis, sido_scope) = if indicator == Ok(None) {
        // Rules that go by no ratio need not say which.
        (
            r.or_null(&rules, "indicator_fiscal_year", |r, of, name| r.whole(of, name, 2000..=2100)),
            r.or_null(&rules, "indicator_basis", Reader::code),
            r.or_null(&rules, "sido_scope", Reader::code),
        )
    } else {
        (
            r.whole(&rules, "indicator_fiscal_year", 2000..=2100).map(Some).ok_or(Faulty),
            r.code(&rules, "indicator_basis").map(Some).ok_or(Faulty),
            r.code(&rules, "sido_scope").map(Some).ok_or(Faulty),
        )
    };
    let flat_rates = flat_rates(r, &rules);
    let bands = r.list(&rules, "bands", band);
    if let Some(bands) = bands.iter().copied().collect::<Option<Vec<Band>>>()
        && !(bands.is_empty() && indicator == Ok(None))
    {
        for index in untiled(&bands) {
            let pointer =
                if bands.is_empty() { rules.place("bands") } else { format!("{}/{index}", rules.place("bands")) };
            r.wrong(pointer, &BANDS_DO_NOT_TILE);
        }
    }
    let band_limits = r.code(&rules, "band_limits");
    let adjustments = r.list(&rules, "adjustments", adjustment);
    unique(r, &rules.place("adjustments"), "group", &adjustments, |one| one.group.as_str());
    let (floor_rate, ceiling_rate) = (r.percentage(&rules, "floor_rate"), r.percentage(&rules, "ceiling_rate"));
    if let (Some(floor), Some(ceiling)) = (floor_rate, ceiling_rate)
        && floor > ceiling
    {
        r.wrong(rules.place("floor_rate"), &WRONG_ORDER);
    }
    let national_cap = r.or_null(&rules, "national_cap", |r, of, name| r.won(of, name, 0));
    let sido_share_of_local = r.percentage(&rules, "sido_share_of_local");
    let alone = r.list(&rules, "sido_without_municipality", sido);
    unique(r, &rules.place("sido_without_municipality"), "", &alone, Clone::clone);
    let unit = r.won(&rules, "unit", 1);
    Some(RuleSet {
        code: code?,
        version: version?,
        indicator: indicator.ok()?,
        indicator_fiscal_year: fiscal_year.ok()?,
        indicator_basis: basis.ok()?,
        sido_scope: sido_scope.ok()?,
        flat_rates: flat_rates?,
        bands: all(bands)?,
        band_limits: band_limits?,
        adjustments: all(adjustments)?,
        floor_rate: floor_rate?,
        ceiling_rate: ceiling_rate?,
        national_cap: national_cap.ok()?,
        sido_share_of_local: sido_share_of_local?,
        sido_without_municipality: all(alone)?,
        unit: unit?,
    })
}

fn flat_rates(r: &mut Reader, rules: &Object<'_>) -> Option<BTreeMap<Level, Decimal>> {
    let serde_json::Value::Object(given) = rules.members.get("flat_rates")? else {
        r.wrong(rules.place("flat_rates"), &WRONG_TYPE);
        return None;
    };
    let at = Object { members: given, pointer: rules.place("flat_rates") };
    let mut rates = Some(BTreeMap::new());
    for name in given.keys() {
        let level = name.parse::<Level>().ok();
        if level.is_none() {
            r.wrong(at.place(name), &NOT_IN_LIST);
        }
        match (level, r.percentage(&at, name), &mut rates) {
            (Some(level), Some(rate), Some(rates)) => drop(rates.insert(level, rate)),
            (Some(_), Some(_), None) => {}
            _ => rates = None,
        }
    }
    rates
}

fn band(r: &mut Reader, at: At<'_>) -> Option<Band> {
    let band = r.object(at.value, at.pointer, &["from", "to", "rate"])?;
    let (from, to, rate) = (r.percentage(&band, "from"), r.percentage(&band, "to"), r.percentage(&band, "rate"));
    Some(Band { from: from?, to: to?, rate: rate? })
}

fn adjustment(r: &mut Reader, at: At<'_>) -> Option<Adjustment> {
    let adjustment = r.object(at.value, at.pointer, &["group", "points"])?;
    let group = r.text(&adjustment, "group");
    let value = adjustment.members.get("points")?;
    let points = r.ranged(value, adjustment.place("points"), Decimal::HUNDRED.negated(), Some(Decimal::HUNDRED));
    Some(Adjustment { group: group?, points: points? })
}

/// Two digits.
fn sido(r: &mut Reader, at: At<'_>) -> Option<String> {
    let pointer = at.pointer.clone();
    let code = r.element(at)?;
    if code.len() != 2 || !code.bytes().all(|b| b.is_ascii_digit()) {
        r.wrong(pointer, &WRONG_FORM);
        return None;
    }
    Some(code)
}
