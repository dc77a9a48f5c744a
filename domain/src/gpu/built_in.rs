//! The pools and charges that come built in (기본 GPU 풀·이용료), each with its source.

use super::{Accelerator, ChargeRule, GpuPool, NewGpuPool, NewGpuStep, PoolFacts, PoolTerms, UserCharge};
use crate::{
    import::{Cell, Cells, Header, Misfit, RowFaults, table},
    name::Name,
    problem::{NOT_IN_LIST, OUT_OF_RANGE},
};

const POOLS: &str = include_str!("gpu_pools.csv");
const CHARGES: &str = include_str!("user_charges.csv");

const POOL_HEADER: Header = Header {
    required: &[
        "key",
        "name_ko",
        "name_en",
        "owner",
        "operator",
        "kind",
        "model",
        "gpus_per_unit",
        "government_gpus",
        "operator_gpus",
        "from",
        "reason",
        "cluster_shape",
        "programme",
        "note",
        "source",
    ],
    optional: &[],
};

const CHARGE_HEADER: Header = Header {
    required: &["class", "kind", "from", "to", "of", "applied", "confidence", "reason", "source"],
    optional: &[],
};

impl Cell for u32 {
    fn read(text: &str) -> Result<Self, Misfit> {
        text.parse().map_err(|error| Misfit::new(&OUT_OF_RANGE, error))
    }
}

/// The pools that come built in. An error would name the row and column of the built-in table; a test holds that there is none.
pub fn pools() -> Result<Vec<GpuPool>, RowFaults> {
    let rows = table(POOLS, POOL_HEADER, pool, |pool| pool.key.clone())?;
    Ok(rows.into_iter().map(|(_, pool)| pool).collect())
}

fn pool(cells: &mut Cells<'_>) -> Option<GpuPool> {
    let (source, note) = (cells.must("source")?, cells.may("note")?);
    let new = NewGpuPool {
        key: cells.must("key")?,
        facts: PoolFacts {
            name: Name { ko: cells.must("name_ko")?, en: cells.may("name_en")? },
            owner: cells.must("owner")?,
            operator: cells.must("operator")?,
            site: None,
            cluster_shape: cells.may("cluster_shape")?,
            programme: cells.may("programme")?,
            note,
            source,
        },
        accelerator: Accelerator { kind: cells.code("kind")?, model: cells.must("model")? },
        gpus_per_unit: cells.must("gpus_per_unit")?,
        terms: PoolTerms::USUAL,
        capacity: vec![NewGpuStep {
            from: cells.must("from")?,
            government_gpus: cells.must("government_gpus")?,
            operator_gpus: cells.must("operator_gpus")?,
            reason: cells.must("reason")?,
            source: cells.must("source")?,
        }],
    };
    GpuPool::made(new, None).ok()
}

/// The charges that come built in: ministries are not charged, for which nothing is published.
pub fn charges() -> Result<Vec<UserCharge>, RowFaults> {
    let rows = table(CHARGES, CHARGE_HEADER, charge, |charge| charge.class)?;
    Ok(rows.into_iter().map(|(_, charge)| charge).collect())
}

fn charge(cells: &mut Cells<'_>) -> Option<UserCharge> {
    let published = match cells.text("kind") {
        Some("free") => ChargeRule::Free,
        Some("market_share") => ChargeRule::MarketShare { from: cells.must("from")?, to: cells.must("to")? },
        Some("discount") => ChargeRule::Discount { of: cells.code("of")?, off: cells.must("from")? },
        Some("unknown") => ChargeRule::Unknown,
        _ => {
            cells.fault("kind", &NOT_IN_LIST, NOT_IN_LIST.title.clone());
            return None;
        }
    };
    Some(UserCharge {
        class: cells.code("class")?,
        version: 1,
        published,
        confidence: cells.code("confidence")?,
        applied: if cells.text("applied") == Some("free") { ChargeRule::Free } else { published },
        reason: cells.must("reason")?,
        source: cells.must("source")?,
        updated: None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{UserClass, explained};
    use super::*;

    #[test]
    fn the_pools_of_2025_are_there_with_their_split() {
        let pools = pools().unwrap();
        let of = |day: &str| pools.iter().map(|pool| pool.limit().on(day.parse().unwrap())).collect::<Vec<_>>();
        assert_eq!(of("2026-03-01"), [2_296, 6_120, 2_040]);
        assert_eq!(of("2026-02-28"), [0, 0, 0]);
        let steps = pools.iter().flat_map(|pool| &pool.capacity);
        assert_eq!(steps.map(|step| step.government_gpus + step.operator_gpus).sum::<u32>(), 13_136);
        assert!(pools.iter().all(|pool| pool.facts.owner.as_str() == "nipa" && pool.gpus_per_unit == 8));
    }

    #[test]
    fn charges_are_explained_and_ministries_pay_nothing() {
        let charges = charges().unwrap();
        assert_eq!(charges.len(), UserClass::ALL.len());
        let of = |class| {
            let charge = explained(class, &charges);
            (charge.from.map(|s| s.to_string()), charge.to.map(|s| s.to_string()))
        };
        let share = |text: &str| Some(text.to_owned());
        assert_eq!(of(UserClass::SmeOrStartup), (share("5.00"), share("10.00")));
        assert_eq!(of(UserClass::YouthEnterprise), (share("2.50"), share("5.00")));
        assert_eq!(of(UserClass::CentralMinistry), (share("0.00"), share("0.00")));
        assert_eq!(of(UserClass::LargeEnterprise), (None, None));
        let ministry = charges.iter().find(|c| c.class == UserClass::CentralMinistry).unwrap();
        assert_eq!((ministry.published, ministry.applied), (ChargeRule::Unknown, ChargeRule::Free));
    }
}
