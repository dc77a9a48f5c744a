//! The programmes that come built in (기본 사업 목록), each with its source.

use super::Programme;
use crate::{
    import::{Cell, Cells, Header, Misfit, RowFaults, table},
    money::{Unit, Won},
    name::Name,
    problem::OUT_OF_RANGE,
};

const PROGRAMMES: &str = include_str!("programmes.csv");

const HEADER: Header = Header {
    required: &[
        "key",
        "name_ko",
        "name_en",
        "kind",
        "lead_body",
        "managing_bodies",
        "phase",
        "fiscal_year",
        "amount_krw",
        "opened_on",
        "closed_on",
        "decided_on",
        "note",
        "source",
    ],
    optional: &[],
};

/// The programmes that come built in. An error would name the row and column of the built-in table; a test holds that there is none.
pub fn built_in() -> Result<Vec<Programme>, RowFaults> {
    let rows = table(PROGRAMMES, HEADER, programme, |programme| programme.key.clone())?;
    Ok(rows.into_iter().map(|(_, programme)| programme).collect())
}

fn programme(cells: &mut Cells<'_>) -> Option<Programme> {
    Some(Programme {
        key: cells.must("key")?,
        name: Name { ko: cells.must("name_ko")?, en: cells.may("name_en")? },
        kind: cells.code("kind")?,
        lead_body: cells.may("lead_body")?,
        managing_bodies: cells.many("managing_bodies")?,
        phase: cells.code("phase")?,
        fiscal_year: cells.may("fiscal_year")?,
        amount_krw: cells.may("amount_krw")?,
        opened_on: cells.may("opened_on")?,
        closed_on: cells.may("closed_on")?,
        decided_on: cells.may("decided_on")?,
        note: cells.may("note")?,
        source: cells.must("source")?,
    })
}

impl Cell for Won {
    fn read(text: &str) -> Result<Self, Misfit> {
        Unit::Won.amount(text).map_err(|error| Misfit::new(&OUT_OF_RANGE, error))
    }
}
