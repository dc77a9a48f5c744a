//! The upper-level regions (시도) that come built in: 16 of today and 4 closed ones.

use super::Region;
use crate::{
    body::{OrgCode, OrgCodeBasis},
    import::{Cells, Header, RowFaults, table},
    name::Name,
};

/// Codes and validity: legal-district codes of the Ministry of the Interior and Safety as of 2026-09-17.
const SIDO: &str = include_str!("sido.csv");

const HEADER: Header = Header {
    required: &[
        "code",
        "name_ko",
        "name_en",
        "short_ko",
        "kind",
        "org_code",
        "valid_from",
        "valid_to",
        "predecessors",
        "successors",
        "note",
        "source",
    ],
    optional: &[],
};

/// The 시도 that come built in. An error would name the row and column of the built-in table; a test holds that there is none.
pub fn built_in() -> Result<Vec<Region>, RowFaults> {
    let rows = table(SIDO, HEADER, sido, |region| region.code.clone())?;
    Ok(rows.into_iter().map(|(_, region)| region).collect())
}

fn sido(cells: &mut Cells<'_>) -> Option<Region> {
    Some(Region {
        code: cells.must("code")?,
        name: Name { ko: cells.must("name_ko")?, en: cells.may("name_en")? },
        romanised: None,
        short_ko: cells.may("short_ko")?,
        kind: cells.code("kind")?,
        org_code: cells.may("org_code")?.map(|code| OrgCode { code, basis: OrgCodeBasis::Unstated }),
        valid_from: cells.may("valid_from")?,
        valid_to: cells.may("valid_to")?,
        predecessors: cells.many("predecessors")?,
        successors: cells.many("successors")?,
        population_status: None,
        note: cells.may("note")?,
        source: cells.must("source")?,
    })
}
