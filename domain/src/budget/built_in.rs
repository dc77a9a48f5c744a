//! The envelopes that come built in (기본 재원), each with its source. That the public AI support programme lies within the
//! AX budget is not stated by any source, so it stands alone.

use super::Envelope;
use crate::import::{Cells, Header, RowFaults, table};

const ENVELOPES: &str = include_str!("envelopes.csv");

const HEADER: Header =
    Header { required: &["key", "name_ko", "name_en", "fiscal_year", "amount_krw", "parent", "source"], optional: &[] };

/// The envelopes that come built in, each after the one that contains it. An error would name the row and column of the
/// built-in table; a test holds that there is none.
pub fn built_in() -> Result<Vec<Envelope>, RowFaults> {
    let rows = table(ENVELOPES, HEADER, envelope, |envelope| envelope.key.clone())?;
    Ok(rows.into_iter().map(|(_, envelope)| envelope).collect())
}

fn envelope(cells: &mut Cells<'_>) -> Option<Envelope> {
    Some(Envelope {
        key: cells.must("key")?,
        version: 1,
        name_ko: cells.must("name_ko")?,
        name_en: cells.must("name_en")?,
        fiscal_year: cells.must("fiscal_year")?,
        amount_krw: cells.must("amount_krw")?,
        parent: cells.may("parent")?,
        source: cells.may("source")?,
    })
}

#[cfg(test)]
mod tests {
    use super::{
        super::{check, top_level_total},
        *,
    };

    #[test]
    fn the_built_in_envelopes_fit_and_ax_is_counted_once() {
        let envelopes = built_in().unwrap();
        for (at, envelope) in envelopes.iter().enumerate() {
            check(envelope, &envelopes[..at]).unwrap();
        }
        let total = top_level_total(&envelopes, envelopes[0].fiscal_year).unwrap();
        assert_eq!(total.get(), 9_900_000_000_000 + 18_000_000_000);
        assert!(envelopes.iter().all(|e| e.source.is_some()));
    }
}
