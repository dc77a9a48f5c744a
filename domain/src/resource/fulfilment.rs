//! How far requests were fulfilled (자원 충족률): counts by kind, and amounts where all are counted in one unit.

use super::{ResourceKind, ResourceUnit};
use crate::fraction::{Fraction, Rounded};
use serde::{Deserialize, Serialize};

/// What was counted of one kind in one unit. Requests that were taken back do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// The kind.
    pub kind: ResourceKind,
    /// The unit.
    pub unit: ResourceUnit,
    /// Requests asked, approved, and supplied in full.
    pub requests: [i64; 3],
    /// Amounts asked, approved, and supplied.
    pub amounts: [i64; 3],
}

/// How far the requests of one kind were fulfilled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ResourceFulfilment)]
#[serde(deny_unknown_fields)]
pub struct Fulfilment {
    /// The kind.
    pub kind: ResourceKind,
    /// Requests that were asked and not taken back.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub asked: i64,
    /// Those of them that were approved, in full or in part.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub approved: i64,
    /// Those of them of which all that was approved was supplied.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub supplied: i64,
    /// Requests supplied of those asked, in per cent with two decimals; null when nothing was asked.
    pub rate: Option<Rounded>,
    /// The unit, when all requests of the kind are counted in one and the same; null otherwise, and then so are the amounts.
    pub unit: Option<ResourceUnit>,
    /// The amount asked for.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub asked_amount: Option<i64>,
    /// The amount approved.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub approved_amount: Option<i64>,
    /// The amount supplied.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub supplied_amount: Option<i64>,
    /// The amount supplied of that asked for, in per cent with two decimals; null without one unit.
    pub amount_rate: Option<Rounded>,
}

/// A part of a whole in per cent with two decimals, rounded half up; nothing of nothing.
pub fn percent(part: i64, whole: i64) -> Option<Rounded> {
    (whole > 0).then(|| Fraction::new(i128::from(part).saturating_mul(100), i128::from(whole)).rounded(2))
}

/// One line for each kind, in the order of the list, those of which nothing was asked among them.
pub fn fulfilment(counted: &[Counted]) -> Vec<Fulfilment> {
    ResourceKind::ALL.iter().map(|kind| of_kind(*kind, counted)).collect()
}

fn of_kind(kind: ResourceKind, counted: &[Counted]) -> Fulfilment {
    let rows: Vec<&Counted> = counted.iter().filter(|row| row.kind == kind).collect();
    let [asked, approved, supplied] = rows.iter().fold([0_i64; 3], |[a, b, c], Counted { requests: [x, y, z], .. }| {
        [a.saturating_add(*x), b.saturating_add(*y), c.saturating_add(*z)]
    });
    let one = if let [one] = rows.as_slice() { Some(one) } else { None };
    let amounts = one.map(|row| row.amounts);
    Fulfilment {
        kind,
        asked,
        approved,
        supplied,
        rate: percent(supplied, asked),
        unit: one.map(|row| row.unit),
        asked_amount: amounts.map(|[asked, ..]| asked),
        approved_amount: amounts.map(|[_, approved, _]| approved),
        supplied_amount: amounts.map(|[.., supplied]| supplied),
        amount_rate: amounts.and_then(|[asked, _, supplied]| percent(supplied, asked)),
    }
}
