//! The split of a cost (분담 계산): national, sido, municipal and own money that add up to the won.

use super::{Adjustment, Basis, Level, RuleSet};
use crate::{
    decimal::Decimal,
    fraction::{Fraction, Rounded},
    money::Won,
    text::Line,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Who applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = DossierApplicant)]
pub struct Applicant {
    /// What kind of body.
    pub level: Level,
    /// A central body's code, or a region's digits.
    #[schema(max_length = 40, pattern = "^[0-9a-z_-]+$", example = "26")]
    pub code: String,
    /// The groups it belongs to.
    #[schema(value_type = Vec<Line<40>>, max_items = 50)]
    pub groups: Vec<String>,
}

/// What is to be paid, and how much of it was asked of the nation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// All of it: at least one won.
    pub total_cost: Won,
    /// At most this of it, if the applicant said so.
    pub requested_national: Option<Won>,
}

/// Who pays what. The four amounts add up to the total cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = CostShareSplit)]
pub struct Split {
    /// Which band; none for a flat rate.
    #[schema(minimum = 0, maximum = 1000)]
    pub band: Option<usize>,
    /// The rate before adjustments, in per cent.
    pub nominal_rate: Rounded,
    /// The rate that was applied, in per cent.
    pub rate: Rounded,
    /// National money in per cent of the total, half up.
    pub effective_rate: Rounded,
    /// National money (국비).
    pub national: Won,
    /// Money of the sido (시도비).
    pub sido: Won,
    /// Money of the municipality (시군구비).
    pub municipality: Won,
    /// Money of a central body (자부담).
    pub own: Won,
}

/// How a split comes about: what is reckoned on the way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Working<'a> {
    /// The rate before adjustments, in per cent.
    pub nominal: Decimal,
    /// The adjustments that apply, each group once. None for a flat rate.
    pub adjustments: Vec<&'a Adjustment>,
    /// The rate after them, before floor and ceiling. It may lie beyond 0 to 100.
    pub adjusted: Decimal,
    /// The rate that is applied.
    pub rate: Decimal,
    /// The national money by that rate, before the cap and what was asked for.
    pub by_rate: Won,
    /// Who pays what in the end.
    pub split: Split,
}

/// A hundred per cent in millionths of a per cent.
const WHOLE: i128 = 100_000_000;

impl RuleSet {
    /// The split for an applicant whose rate rests on this.
    pub fn split(&self, basis: &Basis, applicant: &Applicant, asked: Asked) -> Split {
        self.work(basis, applicant, asked).split
    }

    /// The same with what is reckoned on the way.
    pub fn work(&self, basis: &Basis, applicant: &Applicant, asked: Asked) -> Working<'_> {
        let (nominal, band) = match *basis {
            Basis::Flat(rate) => (rate, None),
            Basis::Band { index, rate, .. } => (rate, Some(index)),
        };
        let adjustments = if band.is_some() { self.adjustments_of(applicant) } else { Vec::new() };
        let adjusted = Decimal::sum([nominal].into_iter().chain(adjustments.iter().map(|a| a.points)));
        let rate = match band {
            Some(_) => adjusted.min(self.ceiling_rate).max(self.floor_rate),
            None => nominal,
        };
        let total = i128::from(asked.total_cost.get());
        let by_rate = self.part(total, rate);
        let limits = [self.national_cap, asked.requested_national];
        let national = limits.into_iter().flatten().fold(by_rate, |least, limit| least.min(i128::from(limit.get())));
        let local = total.saturating_sub(national);
        let (sido, municipality, own) = match applicant.level {
            Level::Central => (0, 0, local),
            Level::Sido => (local, 0, 0),
            Level::Municipality if self.stands_alone(&applicant.code) => (0, local, 0),
            Level::Municipality => {
                let sido = self.part(local, self.sido_share_of_local);
                (sido, local.saturating_sub(sido), 0)
            }
        };
        let split = Split {
            band,
            nominal_rate: percent(nominal),
            rate: percent(rate),
            effective_rate: Fraction::new(national.saturating_mul(100), total).rounded(2),
            national: won(national),
            sido: won(sido),
            municipality: won(municipality),
            own: won(own),
        };
        Working { nominal, adjustments, adjusted, rate, by_rate: won(by_rate), split }
    }

    /// The adjustments of an applicant's groups, each once.
    fn adjustments_of(&self, applicant: &Applicant) -> Vec<&Adjustment> {
        let groups: BTreeSet<&str> = applicant.groups.iter().map(String::as_str).collect();
        self.adjustments.iter().filter(|a| groups.contains(a.group.as_str())).collect()
    }
    /// This many per cent of an amount, rounded down to the unit.
    fn part(&self, amount: i128, rate: Decimal) -> i128 {
        let unit = i128::from(self.unit.get()).max(1);
        let units = amount.saturating_mul(rate.millionths()).checked_div(unit.saturating_mul(WHOLE)).unwrap_or(0);
        units.saturating_mul(unit)
    }
    /// A municipality whose upper level carries nothing.
    pub(super) fn stands_alone(&self, code: &str) -> bool {
        self.sido_without_municipality.iter().any(|sido| code.get(..2) == Some(sido))
    }
}

fn percent(rate: Decimal) -> Rounded {
    Fraction::new(rate.millionths(), 1_000_000).rounded(2)
}

/// Never beyond the total, which is an amount of won.
fn won(amount: i128) -> Won {
    i64::try_from(amount).ok().and_then(|amount| Won::new(amount).ok()).unwrap_or(Won::MAX)
}
