//! Charges (이용료): what each class of users pays, as published and as applied, each with how far it can be trusted.

use super::{CHARGE_OF_ITSELF, UserClass};
use crate::{
    figure::Confidence,
    problem::{Fault, Refusal, WRONG_ORDER, Words},
    project::Stamp,
    rate::Share,
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

/// What is to be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ChargeRule {
    /// Nothing.
    Free,
    /// A share of the market price, between two limits.
    MarketShare {
        /// At least.
        from: Share,
        /// At most.
        to: Share,
    },
    /// The charge of another class, less a share of it.
    Discount {
        /// Of which class.
        of: UserClass,
        /// How much is taken off.
        off: Share,
    },
    /// Not known.
    Unknown,
}

/// The charge of a class of users.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UserCharge {
    /// The class.
    pub class: UserClass,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// What the publication says.
    pub published: ChargeRule,
    /// How far the publication can be trusted.
    pub confidence: Confidence,
    /// What is applied here: as published, or as decided where nothing is known.
    pub applied: ChargeRule,
    /// Why it is applied so.
    pub reason: Prose<2000>,
    /// Where the publication stands.
    pub source: Line<500>,
    /// Last decided; none while it is as it came built in.
    pub updated: Option<Stamp>,
}

/// What is to be applied to a class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "applied": { "kind": "free" }, "reason": "부처 AX 과제 무상 지원 방침" }))]
pub struct UserChargeChange {
    /// What is applied from now on; charges of earlier approvals stay.
    pub applied: ChargeRule,
    /// Why.
    pub reason: Prose<2000>,
}

/// The charge of an approval, explained and kept as it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GpuCharge {
    /// The class by which it is charged.
    pub class: UserClass,
    /// The rule applied.
    pub rule: ChargeRule,
    /// The version of the class's charge.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub rule_version: i64,
    /// The share of the market price that this comes to, at least; none when it is not known.
    pub from: Option<Share>,
    /// At most.
    pub to: Option<Share>,
    /// How it comes about.
    pub words: Words,
}

impl UserCharge {
    /// Decides what is applied.
    pub fn decided(self, change: UserChargeChange, stamp: Stamp) -> Result<Self, Refusal> {
        let fault = match change.applied {
            ChargeRule::MarketShare { from, to } if from > to => Some(Fault::new("/applied/to", &WRONG_ORDER)),
            ChargeRule::Discount { of, .. } if of == self.class => Some(Fault::new("/applied/of", &CHARGE_OF_ITSELF)),
            _ => None,
        };
        Refusal::unless_clean(fault.into_iter().collect())?;
        let UserChargeChange { applied, reason } = change;
        Ok(Self { version: self.version.saturating_add(1), applied, reason, updated: Some(stamp), ..self })
    }
}

/// The charge of a class by what is applied now. A class of which nothing is laid down is charged as not known.
pub fn explained(class: UserClass, charges: &[UserCharge]) -> GpuCharge {
    let of = |class: UserClass| charges.iter().find(|one| one.class == class);
    let (rule, rule_version) = of(class).map_or((ChargeRule::Unknown, 1), |one| (one.applied, one.version));
    let range = match rule {
        ChargeRule::Discount { of: base, off } => match of(base).map(|one| one.applied) {
            Some(ChargeRule::Free) => Some((Share::NONE, Share::NONE)),
            Some(ChargeRule::MarketShare { from, to }) => Some((less(from, off), less(to, off))),
            // What rests on a discount of its own is not followed further.
            _ => None,
        },
        ChargeRule::Free => Some((Share::NONE, Share::NONE)),
        ChargeRule::MarketShare { from, to } => Some((from, to)),
        ChargeRule::Unknown => None,
    };
    let words = match (rule, range) {
        (ChargeRule::Free, _) => Words::made(format!("{}: 무상", class.ko()), format!("{class}: free of charge")),
        (ChargeRule::Discount { of: base, off }, Some((from, to))) => Words::made(
            format!("{}: {} 이용료에서 {off}% 할인, 시장가의 {from}~{to}%", class.ko(), base.ko()),
            format!("{class}: the charge of {base} less {off} %, {from} to {to} % of the market price"),
        ),
        (_, Some((from, to))) => Words::made(
            format!("{}: 시장가의 {from}~{to}%", class.ko()),
            format!("{class}: {from} to {to} % of the market price"),
        ),
        (_, None) => {
            Words::made(format!("{}: 이용료가 정해지지 않음", class.ko()), format!("{class}: the charge is not known"))
        }
    };
    GpuCharge { class, rule, rule_version, from: range.map(|r| r.0), to: range.map(|r| r.1), words }
}

/// A share less a share of it, rounded down to a hundredth of a per cent.
fn less(share: Share, off: Share) -> Share {
    let left = 10_000_u32.saturating_sub(off.basis_points().into());
    let points = u32::from(share.basis_points()).saturating_mul(left).checked_div(10_000).unwrap_or(0);
    u16::try_from(points).ok().and_then(|points| Share::from_basis_points(points).ok()).unwrap_or(Share::NONE)
}
