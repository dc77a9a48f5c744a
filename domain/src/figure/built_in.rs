//! The published figures that come built in (기본 공표 수치), each with its source.

use super::{Figure, FigureDate, FigureValue};
use crate::{
    import::{Cells, Header, Misfit, RowFaults, table},
    name::Name,
    problem::{WRONG_FORM, WRONG_TYPE},
};

const FIGURES: &str = include_str!("figures.csv");

const HEADER: Header = Header {
    required: &[
        "key",
        "name_ko",
        "name_en",
        "value",
        "unit",
        "qualifier",
        "as_of",
        "confidence",
        "conflicts_with",
        "note",
        "source",
    ],
    optional: &[],
};

/// The figures that come built in. An error would name the row and column of the built-in table; a test holds that there is none.
pub fn built_in() -> Result<Vec<Figure>, RowFaults> {
    let rows = table(FIGURES, HEADER, figure, |figure| figure.key.clone())?;
    Ok(rows.into_iter().map(|(_, figure)| figure).collect())
}

fn figure(cells: &mut Cells<'_>) -> Option<Figure> {
    let figure = Figure {
        key: cells.must("key")?,
        name: Name { ko: cells.must("name_ko")?, en: cells.may("name_en")? },
        value: cells
            .must_by("value", |text| text.parse::<FigureValue>().map_err(|error| Misfit::new(&WRONG_FORM, error)))?,
        unit: cells.code("unit")?,
        qualifier: cells.code("qualifier")?,
        as_of: cells
            .must_by("as_of", |text| text.parse::<FigureDate>().map_err(|error| Misfit::new(&WRONG_FORM, error)))?,
        source: cells.must("source")?,
        confidence: cells.code("confidence")?,
        conflicts_with: cells.many("conflicts_with")?,
        note: cells.may("note")?,
    };
    if figure.value.suits(figure.unit) {
        return Some(figure);
    }
    cells.fault("value", &WRONG_TYPE, WRONG_TYPE.title.clone());
    None
}
