//! Imports of reference files (기준자료 가져오기): all rows or none, with the governments of the regions they bring.

use crate::{Store, StoreError, Topic, Tx, body, fiscal, region};
use domain::{
    access::{BodyKey, Permit, act::reference as act},
    body::{Body, government_key},
    import::{Difference, Report, Rows},
    region::Region,
};
use sea_orm::ConnectionTrait;
use serde::Serialize;
use std::collections::BTreeMap;

/// What the rows of a file would change.
#[derive(Debug, Clone)]
pub struct Plan {
    rows: Planned,
    bodies: Difference<Body>,
}

#[derive(Debug, Clone)]
enum Planned {
    Regions(Difference<Region>),
    Indicators(Difference<domain::fiscal::FiscalIndicator>),
}

impl Plan {
    /// The report with this plan's counts.
    pub fn count(&self, report: Report) -> Report {
        let (new, changed, unchanged) = match &self.rows {
            Planned::Regions(found) => (found.new.len(), found.changed.len(), found.unchanged),
            Planned::Indicators(found) => (found.new.len(), found.changed.len(), found.unchanged),
        };
        let whole = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        Report {
            rows_read: whole(new) + whole(changed) + unchanged,
            rows_new: whole(new),
            rows_changed: whole(changed),
            rows_unchanged: unchanged,
            bodies_new: whole(self.bodies.new.len()),
            bodies_changed: whole(self.bodies.changed.len()),
            ..report
        }
    }
}

/// Compares a file with what is known, without writing anything.
pub async fn weigh(store: &Store, _: &Permit<act::Import>, rows: Rows) -> Result<Plan, StoreError> {
    plan(store.apart(), rows).await
}

/// Keeps all rows of a file. The audit entry names the import with its counts, and each row that was replaced.
pub async fn bring_in(tx: &Tx, _: &Permit<act::Import>, rows: Rows, report: Report) -> Result<Report, StoreError> {
    let plan = plan(tx.db()?, rows).await?;
    let report = plan.count(report);
    let id = report.id.ok_or_else(|| StoreError::failed("import", "an import that is kept has an id"))?;
    tx.changed("reference_import", &id, None, Some(&report))?;
    tx.touches(Topic::Reference);
    match &plan.rows {
        Planned::Regions(found) => {
            replaced(tx, "region", found, |region| region.code.to_string())?;
            region::put(tx, found).await?;
        }
        Planned::Indicators(found) => {
            replaced(tx, "fiscal_indicator", found, |row| {
                format!("{}/{}/{}/{}/{}", row.code, row.fiscal_year, row.basis, row.series, row.scope)
            })?;
            fiscal::put(tx, found).await?;
        }
    }
    replaced(tx, "body", &plan.bodies, |body| body.key.to_string())?;
    body::put(tx, &plan.bodies).await?;
    Ok(report)
}

fn replaced<T: Serialize>(
    tx: &Tx,
    kind: &'static str,
    found: &Difference<T>,
    key: impl Fn(&T) -> String,
) -> Result<(), StoreError> {
    found.changed.iter().try_for_each(|(before, after)| tx.changed(kind, &key(after), Some(before), Some(after)))
}

async fn plan(db: &impl ConnectionTrait, rows: Rows) -> Result<Plan, StoreError> {
    match rows {
        Rows::Municipalities(regions) => {
            let found = region::compare(db, regions).await?;
            let bodies = governments(db, &found).await?;
            Ok(Plan { rows: Planned::Regions(found), bodies })
        }
        Rows::FiscalIndicators(rows) => {
            let bodies = Difference { new: Vec::new(), changed: Vec::new(), unchanged: 0 };
            Ok(Plan { rows: Planned::Indicators(fiscal::compare(db, rows).await?), bodies })
        }
    }
}

/// What the regions would change among their governments.
async fn governments(db: &impl ConnectionTrait, found: &Difference<Region>) -> Result<Difference<Body>, StoreError> {
    let stated = found.new.iter().map(|now| (None, now)).chain(found.changed.iter().map(|(b, now)| (Some(b), now)));
    let stated: BTreeMap<BodyKey, (Option<&Region>, &Region)> =
        stated.filter_map(|(before, now)| Some((government_key(&now.code)?, (before, now)))).collect();
    let bodies = stated.values().filter_map(|(_, now)| Body::governing(now)).collect();
    let mut bodies = bodies_among(db, bodies).await?;
    bodies.changed.retain_mut(|(before, after)| {
        let Some((earlier, now)) = stated.get(&after.key) else { return false };
        *after = before.clone().restated(*earlier, now);
        before != after
    });
    Ok(bodies)
}

/// Which of these bodies are not in the register, and which are there in another form.
pub(crate) async fn bodies_among(db: &impl ConnectionTrait, rows: Vec<Body>) -> Result<Difference<Body>, StoreError> {
    let keys: Vec<&str> = rows.iter().map(|body| body.key.as_str()).collect();
    let known = body::named(db, &keys).await?;
    let known = known.into_iter().map(|body| (body.key.clone(), body)).collect();
    Ok(domain::import::difference(known, rows, |body| body.key.clone()))
}
