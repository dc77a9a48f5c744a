//! Rows as comma-separated values (CSV) of RFC 4180, piece by piece.

use super::{Cell, ExportError, Mark, PIECE, Table, Unwritten};
use actix_web::web::Bytes;
use csv::{Terminator, Writer, WriterBuilder};
use futures_util::{Stream, StreamExt, future, stream};

/// The file in pieces of about 64 KiB; the first begins with the mark and the header row. Ends with the first error.
pub(super) fn pieces<S, E>(table: Table, mark: Mark, rows: S) -> impl Stream<Item = Result<Bytes, ExportError<E>>>
where
    S: Stream<Item = Result<Vec<Cell>, E>>,
{
    let header = table.columns().map(|column| Cell::from(table.label(column))).collect();
    let rows = rows.map(move |row| row.map_err(ExportError::Rows).and_then(|row| Ok(table.picked(row)?)));
    headed(header, mark, rows)
}

/// The same of rows that are made up already, below a header row.
pub(super) fn headed<S, E>(header: Vec<Cell>, mark: Mark, rows: S) -> impl Stream<Item = Result<Bytes, ExportError<E>>>
where
    S: Stream<Item = Result<Vec<Cell>, ExportError<E>>>,
{
    let all = Box::pin(stream::once(future::ready(Ok(header))).chain(rows));
    let begun = if mark == Mark::Bom { Vec::from("\u{feff}") } else { Vec::new() };
    stream::try_unfold((all, lines(begun)), |(mut all, mut text)| async move {
        while text.get_ref().len() < PIECE {
            match all.next().await {
                Some(row) => write(&mut text, &row?)?,
                None if text.get_ref().is_empty() => return Ok(None),
                None => break,
            }
        }
        let piece = text.into_inner().map_err(|error| Unwritten::broken(error.to_string()))?;
        Ok(Some((Bytes::from(piece), (all, lines(Vec::with_capacity(PIECE))))))
    })
}

fn write(text: &mut Writer<Vec<u8>>, row: &[Cell]) -> Result<(), Unwritten> {
    text.write_record(row.iter().map(|cell| cell.field().into_owned())).map_err(Unwritten::broken)?;
    text.flush().map_err(Unwritten::broken)
}

fn lines(begun: Vec<u8>) -> Writer<Vec<u8>> {
    WriterBuilder::new().terminator(Terminator::CRLF).from_writer(begun)
}
