//! Reading a list of lower-level regions (시군구 목록), with its lineage checked against itself and what is known.

use super::{Region, RegionCode, Tier};
use crate::{
    body::{OrgCode, OrgCodeBasis},
    import::{Cells, Header, Options, RowFault, RowFaults, table},
    name::Name,
    problem::{NOT_IN_LIST, NOT_KNOWN, REQUIRED, WRONG_ORDER, Words},
};
use std::collections::BTreeSet;

const HEADER: Header = Header {
    required: &[
        "code",
        "sido_code",
        "name_ko",
        "name_en_romanised",
        "kind",
        "org_code",
        "valid_from",
        "valid_to",
        "predecessor_codes",
        "successor_codes",
        "population_status",
        "note",
    ],
    optional: &[],
};

/// Reads lower-level regions. The file is a complete statement: each row replaces the region of its code. A 시도 must be
/// known already, a successor known or in the file; predecessors may be older than any list.
pub fn municipalities(text: &str, options: &Options) -> Result<Vec<Region>, RowFaults> {
    let rows = table(text, HEADER, |cells| municipality(cells, options), |region| region.code.clone())?;
    let here: BTreeSet<&RegionCode> =
        rows.iter().map(|(_, region)| &region.code).chain(&options.known_regions).collect();
    let mut faults = RowFaults::default();
    for (row, region) in &rows {
        for code in region.successors.iter().filter(|code| !here.contains(code)) {
            let words = Words::made(format!("{code}의 행이 없습니다"), format!("There is no region {code}"));
            faults.push(RowFault::told(*row, Some("successor_codes"), &NOT_KNOWN, words));
        }
    }
    faults.unless_any(())?;
    Ok(rows.into_iter().map(|(_, region)| region).collect())
}

fn municipality(cells: &mut Cells<'_>, options: &Options) -> Option<Region> {
    let code = cells.must("code");
    let sido = cells.must::<RegionCode>("sido_code");
    let name = cells.must("name_ko");
    let romanised = cells.may("name_en_romanised");
    let kind = cells.code("kind");
    let org_code = cells.may("org_code");
    let valid_from = cells.may("valid_from");
    let valid_to = cells.may("valid_to");
    let predecessors = cells.many("predecessor_codes");
    let successors = cells.many("successor_codes");
    let population_status = cells.maybe_code("population_status");
    let note = cells.may("note");
    let (code, sido): (RegionCode, RegionCode) = (code?, sido?);
    let region = Region {
        code,
        name: Name { ko: name?, en: None },
        romanised: romanised?,
        short_ko: None,
        kind: kind?,
        org_code: org_code?.map(|code| OrgCode { code, basis: OrgCodeBasis::Unstated }),
        valid_from: valid_from?,
        valid_to: valid_to?,
        predecessors: predecessors?,
        successors: successors?,
        population_status: population_status?,
        note: note?,
        source: options.source.clone(),
    };
    fits_together(cells, &region, &sido, options).then_some(region)
}

/// Whether the cells of a row agree with each other.
fn fits_together(cells: &mut Cells<'_>, region: &Region, sido: &RegionCode, options: &Options) -> bool {
    let mut sound = true;
    let mut fault = |column, code, ko: &'static str, en: &'static str| {
        sound = false;
        cells.fault(column, code, Words::fixed(ko, en));
    };
    if region.tier() != Tier::Municipality {
        fault("code", &NOT_IN_LIST, "시군구 코드는 다섯 자리입니다", "A lower-level code has five digits");
    } else if region.sido_code() != *sido {
        fault("sido_code", &NOT_IN_LIST, "코드의 앞 두 자리와 다릅니다", "Not the first two digits of the code");
    } else if !options.known_regions.contains(sido) {
        fault("sido_code", &NOT_KNOWN, "알 수 없는 시도입니다", "This upper-level region is not known");
    }
    if let (Some(from), Some(to)) = (region.valid_from, region.valid_to)
        && from > to
    {
        fault("valid_to", &WRONG_ORDER, "폐지일이 설치일보다 빠릅니다", "The last day comes before the first");
    }
    if !region.successors.is_empty() && region.valid_to.is_none() {
        fault(
            "valid_to",
            &REQUIRED,
            "승계 지역이 있으면 폐지일이 필요합니다",
            "A region with successors needs its last day",
        );
    }
    if region.successors.contains(&region.code) || region.predecessors.contains(&region.code) {
        fault("code", &NOT_IN_LIST, "지역이 자기 자신을 승계합니다", "The region succeeds itself");
    }
    sound
}
