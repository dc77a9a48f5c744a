//! The bodies that come built in (기본 기관 목록): 64 central and related bodies, and the 시도 governments.

use super::{Body, BodyFacts, OrgCode};
use crate::{
    import::{Cell, Cells, Header, RowFaults, table},
    list::NotInList,
    name::Name,
    problem::NOT_IN_LIST,
    region,
};

/// The state of 2026-10-02 (19 부, 6 처, 19 청, 6 위원회 = 50) and the other bodies that the announcements name.
const BODIES: &str = include_str!("bodies.csv");

const HEADER: Header = Header {
    required: &[
        "key",
        "name_ko",
        "name_en",
        "abbreviation",
        "kind",
        "parent",
        "under",
        "org_code",
        "org_code_basis",
        "predecessor_name",
        "predecessor_org_code",
        "valid_from",
        "valid_to",
        "closed",
        "predecessors",
        "successors",
        "note",
        "source",
    ],
    optional: &[],
};

/// The bodies that come built in. A 시도 government has the key `sido-` and its code, so that local governments can apply;
/// municipalities are imported. An error would name the row and column of the built-in table; a test holds that there
/// is none.
pub fn built_in() -> Result<Vec<Body>, RowFaults> {
    let rows = table(BODIES, HEADER, body, |body| body.key.clone())?;
    let governments = region::built_in()?;
    let central = rows.into_iter().map(|(_, body)| body);
    Ok(central.chain(governments.iter().filter_map(Body::governing)).collect())
}

fn body(cells: &mut Cells<'_>) -> Option<Body> {
    let org_code = match (cells.may("org_code")?, cells.maybe_code("org_code_basis")?) {
        (Some(code), Some(basis)) => Some(OrgCode { code, basis }),
        (None, None) => None,
        _ => {
            cells.fault("org_code_basis", &NOT_IN_LIST, NOT_IN_LIST.title.clone());
            return None;
        }
    };
    Some(Body {
        key: cells.must("key")?,
        version: 1,
        kind: cells.code("kind")?,
        region: None,
        facts: BodyFacts {
            name: Name { ko: cells.must("name_ko")?, en: cells.may("name_en")? },
            abbreviation: cells.may("abbreviation")?,
            parent: cells.may("parent")?,
            under: cells.maybe_code("under")?,
            org_code,
            valid_from: cells.may("valid_from")?,
            predecessor_name: cells.may("predecessor_name")?,
            predecessor_org_code: cells.may("predecessor_org_code")?,
            note: cells.may("note")?,
            source: cells.must("source")?,
        },
        valid_to: cells.may("valid_to")?,
        closed_on_unknown_day: cells.may::<UnknownDay>("closed")?.is_some(),
        close_reason: None,
        predecessors: cells.many("predecessors")?,
        successors: cells.many("successors")?,
    })
}

/// The mark of a body that is closed since a day nobody has recorded.
struct UnknownDay;

impl Cell for UnknownDay {
    fn read(text: &str) -> Result<Self, crate::import::Misfit> {
        let expected = NotInList("unknown_day");
        if text == "unknown_day" { Ok(Self) } else { Err(crate::import::Misfit::new(&NOT_IN_LIST, expected)) }
    }
}
