//! Budget envelopes (재원): published totals that contain one another, such as AX within the AI ecosystem.

use super::ENVELOPE_MISFIT;
use crate::{
    day::FiscalYear,
    money::Won,
    problem::{DUPLICATE, Fault, NOT_KNOWN, Refusal, Words},
    rate::percent_of,
    text::{Key, Line},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An envelope's key.
pub type EnvelopeKey = Key<Envelope>;

/// A published total of one year, possibly within a wider one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BudgetEnvelope)]
pub struct Envelope {
    /// Its key, such as `ax-2026`.
    pub key: EnvelopeKey,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Korean name.
    pub name_ko: Line<200>,
    /// English name.
    pub name_en: Line<200>,
    /// The year.
    pub fiscal_year: FiscalYear,
    /// The published total, in won.
    pub amount_krw: Won,
    /// The wider envelope that contains it. Its amount is part of that one's, never added to it.
    pub parent: Option<EnvelopeKey>,
    /// Who published it, where.
    pub source: Option<Line<300>>,
}

/// What can be said anew of an envelope. Its key and its year stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvelopeDetails {
    /// Korean name.
    pub name_ko: Line<200>,
    /// English name.
    pub name_en: Line<200>,
    /// The published total, in won.
    pub amount_krw: Won,
    /// The wider envelope that contains it.
    pub parent: Option<EnvelopeKey>,
    /// Who published it, where.
    pub source: Option<Line<300>>,
}

impl Envelope {
    /// What can be said anew, as it stands.
    pub fn details(&self) -> EnvelopeDetails {
        let Self { name_ko, name_en, amount_krw, parent, source, .. } = self.clone();
        EnvelopeDetails { name_ko, name_en, amount_krw, parent, source }
    }
    /// Says it anew, one version on.
    #[must_use]
    pub fn restate(self, to: EnvelopeDetails) -> Self {
        let EnvelopeDetails { name_ko, name_en, amount_krw, parent, source } = to;
        Self { version: self.version.saturating_add(1), name_ko, name_en, amount_krw, parent, source, ..self }
    }
    /// An amount as a percentage of this envelope; none when the envelope is zero.
    pub fn share_of(&self, part: Won) -> Option<String> {
        percent_of(part, self.amount_krw)
    }
}

/// Whether an envelope fits among the others (itself, if among them, is disregarded): the parent exists, is of the same
/// year, is not within the envelope itself, and holds at least what its parts add up to; the envelope holds its own parts.
pub fn check(envelope: &Envelope, others: &[Envelope]) -> Result<(), Refusal> {
    let others: Vec<&Envelope> = others.iter().filter(|o| o.key != envelope.key).collect();
    let misfit = |at: &str, ko: &'static str, en: &'static str| Fault::told(at, &ENVELOPE_MISFIT, Words::fixed(ko, en));
    let mut faults = Vec::new();
    if envelope.amount_krw.is_negative() {
        faults.push(misfit("/amount_krw", "금액이 0보다 작습니다", "The amount is below zero"));
    }
    let parts =
        |of: &EnvelopeKey| Won::sum(others.iter().filter(|o| o.parent.as_ref() == Some(of)).map(|o| o.amount_krw));
    if parts(&envelope.key)? > envelope.amount_krw {
        faults.push(misfit("/amount_krw", "하위 재원의 합보다 작습니다", "It is less than its parts add up to"));
    }
    if let Some(key) = &envelope.parent {
        match others.iter().find(|o| o.key == *key) {
            None if *key == envelope.key => faults.push(Fault::new("/parent", &DUPLICATE)),
            None => faults.push(Fault::new("/parent", &NOT_KNOWN)),
            Some(parent) => {
                if parent.fiscal_year != envelope.fiscal_year {
                    faults.push(misfit("/parent", "상위 재원의 연도가 다릅니다", "The parent is of another year"));
                }
                if parts(key)?.plus(envelope.amount_krw)? > parent.amount_krw {
                    faults.push(misfit("/amount_krw", "상위 재원을 넘습니다", "The parent does not hold that much"));
                }
                if within(others.iter().copied(), &envelope.key).contains(key) {
                    faults.push(misfit(
                        "/parent",
                        "자신의 하위 재원입니다",
                        "The parent lies within the envelope itself",
                    ));
                }
            }
        }
    }
    Refusal::unless_clean(faults)
}

/// The total of a year's envelopes without counting a part twice: an envelope whose parent is among them adds nothing.
pub fn top_level_total(envelopes: &[Envelope], year: FiscalYear) -> Result<Won, Refusal> {
    let of_year: Vec<&Envelope> = envelopes.iter().filter(|e| e.fiscal_year == year).collect();
    let keys: BTreeSet<&EnvelopeKey> = of_year.iter().map(|e| &e.key).collect();
    let tops = of_year.iter().filter(|e| e.parent.as_ref().is_none_or(|parent| !keys.contains(parent)));
    Ok(Won::sum(tops.map(|e| e.amount_krw))?)
}

/// The envelope with everything inside it, to any depth: the lines of all of them together make up its lines.
pub fn within<'a>(envelopes: impl IntoIterator<Item = &'a Envelope>, key: &EnvelopeKey) -> BTreeSet<EnvelopeKey> {
    let envelopes: Vec<&Envelope> = envelopes.into_iter().collect();
    let mut found = BTreeSet::from([key.clone()]);
    let mut fresh = vec![key.clone()];
    while let Some(outer) = fresh.pop() {
        for inner in envelopes.iter().filter(|e| e.parent.as_ref() == Some(&outer)) {
            if found.insert(inner.key.clone()) {
                fresh.push(inner.key.clone());
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope(key: &str, amount: i64, parent: Option<&str>) -> Envelope {
        Envelope {
            key: key.parse().unwrap(),
            version: 1,
            name_ko: "재원".parse().unwrap(),
            name_en: "Envelope".parse().unwrap(),
            fiscal_year: FiscalYear::new(2026).unwrap(),
            amount_krw: Won::new(amount).unwrap(),
            parent: parent.map(|p| p.parse().unwrap()),
            source: None,
        }
    }
    const ECOSYSTEM: i64 = 9_900_000_000_000;
    const AX: i64 = 2_400_000_000_000;

    #[test]
    fn ax_is_part_of_the_ecosystem_and_never_added_to_it() {
        let all = [envelope("ai", ECOSYSTEM, None), envelope("ax", AX, Some("ai"))];
        let year = all[0].fiscal_year;
        assert_eq!(top_level_total(&all, year).unwrap().get(), ECOSYSTEM);
        assert_eq!(top_level_total(&all[1..], year).unwrap().get(), AX);
        assert_eq!(top_level_total(&all, year.after().unwrap()).unwrap(), Won::ZERO);
        assert_eq!(all[0].share_of(all[1].amount_krw).as_deref(), Some("24.24"));
        assert_eq!(within(&all, &all[0].key).len(), 2);
        assert_eq!(within(&all, &all[1].key).len(), 1);
    }

    #[test]
    fn envelopes_fit_into_one_another() {
        let all = [envelope("ai", 10, None), envelope("ax", 4, Some("ai")), envelope("gpu", 5, Some("ai"))];
        let wrong = |e: Envelope| check(&e, &all).map_err(|r| r.faults.len());
        assert_eq!(wrong(envelope("ax", 5, Some("ai"))), Ok(()));
        assert_eq!(wrong(envelope("ax", 6, Some("ai"))), Err(1), "more than the parent holds");
        assert_eq!(wrong(envelope("ai", 8, None)), Err(1), "less than its parts");
        assert_eq!(wrong(envelope("ai", 10, Some("ax"))), Err(2), "a circle, and the part holds less");
        assert_eq!(wrong(envelope("ax", 1, Some("none"))), Err(1));
        let later = Envelope { fiscal_year: FiscalYear::new(2027).unwrap(), ..envelope("x", 1, Some("ai")) };
        assert_eq!(wrong(later), Err(1));
    }
}
