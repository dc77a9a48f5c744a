//! Files made from lists (내려받기): any list of rows as CSV or as an Excel workbook, written while it is read.
//!
//! A file is whole or it is visibly broken: what fails before the first byte is an ordinary problem, what fails
//! later cuts the connection, so that nobody takes half a list for all of it. Memory does not grow with the rows.

mod book;
mod cell;
mod csv;
mod name;
mod sheet;
mod table;
mod xlsx;

pub use book::{Book, Heading, Page, respond_book};
pub use cell::{Cell, NotAPercentage, Percent};
pub use table::{Column, ColumnKind, Labels, Table};

use super::Problem;
use actix_web::{HttpResponse, HttpResponseBuilder, body::SizedStream, http::header, web::Bytes};
use domain::{
    codes,
    problem::{Refusal, Words},
};
use futures_util::{Stream, StreamExt, TryStreamExt, stream};

codes! {
    EXPORT_TOO_MANY_ROWS = "export_too_many_rows", 422,
        ["엑셀 파일 한 장에 담을 수 있는 행보다 많습니다", "There are more rows than a worksheet holds"],
        ["조건을 좁히거나 CSV로 내려받으십시오. 엑셀은 1,048,575행까지입니다.",
         "Narrow the filters or export as CSV. A worksheet holds 1,048,575 rows."];
    EXPORT_TEXT_TOO_LONG = "export_text_too_long", 422,
        ["엑셀 셀 하나에 담을 수 없는 긴 글이 있습니다", "A text is too long for a worksheet cell"],
        ["그 열을 빼거나 CSV로 내려받으십시오. 엑셀 셀은 32,767자까지이며, 글을 자르지 않습니다.",
         "Leave that column out or export as CSV. A cell holds 32,767 characters, and no text is ever cut."];
    EXPORT_NUMBER_TOO_LARGE = "export_number_too_large", 422,
        ["엑셀이 정확히 담지 못하는 수가 있습니다", "A number is too large to be exact in a worksheet"],
        ["CSV로 내려받으십시오.", "Export as CSV."];
}

/// How many rows a worksheet holds below its header row.
pub const SHEET_ROWS: u64 = 1_048_575;

/// The size at which a piece of a file is sent, in bytes. A piece exceeds it by less than one row.
const PIECE: usize = 64 * 1024;

/// The kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values, RFC 4180, UTF-8.
    Csv(Mark),
    /// An Excel workbook with one worksheet, ISO/IEC 29500.
    Xlsx,
}

/// Whether a CSV file begins with the UTF-8 byte order mark, without which Excel reads Korean as CP949.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// For Excel.
    Bom,
    /// For programs.
    Plain,
}

impl Format {
    /// Refuses a number of rows that the format cannot hold ([`EXPORT_TOO_MANY_ROWS`]). Ask before reading the
    /// rows; the writer holds the same limit.
    pub fn admits(self, rows: u64) -> Result<(), Refusal> {
        if self == Self::Xlsx && rows > SHEET_ROWS { Err(too_many(rows)) } else { Ok(()) }
    }
    const fn extension(self) -> &'static str {
        match self {
            Self::Csv(_) => "csv",
            Self::Xlsx => "xlsx",
        }
    }
    const fn media_type(self) -> &'static str {
        match self {
            Self::Csv(_) => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// Why a file could not be made. `E` is the error of the rows' source.
#[derive(Debug, thiserror::Error)]
pub enum ExportError<E> {
    /// The rows do not fit the format.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The rows could not be read to their end.
    #[error("reading the rows to export")]
    Rows(#[source] E),
    /// The file could not be written, or a row does not match its columns.
    #[error("writing the export file")]
    Broken(#[source] Broken),
}

/// A failure on our side while writing a file.
pub type Broken = Box<dyn std::error::Error + Send + Sync>;

/// Why a row or a file could not be written, before it meets the errors of the rows' source.
#[derive(Debug)]
enum Unwritten {
    Refused(Refusal),
    Broken(Broken),
}

impl Unwritten {
    fn broken(why: impl Into<Broken>) -> Self {
        Self::Broken(why.into())
    }
}
impl<E> From<Unwritten> for ExportError<E> {
    fn from(why: Unwritten) -> Self {
        match why {
            Unwritten::Refused(refusal) => Self::Refused(refusal),
            Unwritten::Broken(broken) => Self::Broken(broken),
        }
    }
}

impl<E: Into<Problem>> From<ExportError<E>> for Problem {
    fn from(error: ExportError<E>) -> Self {
        match error {
            ExportError::Refused(refusal) => refusal.into(),
            ExportError::Rows(error) => error.into(),
            ExportError::Broken(broken) => Self::internal(broken),
        }
    }
}

/// Answers with the rows as a file to keep.
///
/// CSV is sent while the rows are read; an XLSX file is finished on disk, unnamed, before its first byte is sent.
/// An error here is answered as a problem. An error after this returned cuts the connection and is logged.
/// `rows` gives every column's cell in the table's order and is dropped when the reader goes away.
pub async fn respond<S, E>(table: Table, format: Format, rows: S) -> Result<HttpResponse, ExportError<E>>
where
    S: Stream<Item = Result<Vec<Cell>, E>> + 'static,
    E: std::error::Error + 'static,
{
    let answer = begun(&table, format);
    match format {
        Format::Csv(mark) => in_pieces(answer, csv::pieces(table, mark, rows)).await,
        Format::Xlsx => Ok(as_file::<E>(answer, xlsx::written(table, SHEET_ROWS, rows).await?)),
    }
}

/// An answer that is a file to keep under the table's name.
fn begun(table: &Table, format: Format) -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CONTENT_TYPE, format.media_type()))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(name::disposition(table, format.extension()));
    response
}

/// The answer with the pieces of a file, once the first of them is there.
async fn in_pieces<E: std::error::Error + 'static>(
    mut answer: HttpResponseBuilder,
    pieces: impl Stream<Item = Result<Bytes, ExportError<E>>> + 'static,
) -> Result<HttpResponse, ExportError<E>> {
    let mut pieces = Box::pin(pieces);
    let first = pieces.next().await.transpose()?;
    let all = stream::iter(first.map(Ok)).chain(pieces);
    Ok(answer.streaming(all.inspect_err(log)))
}

/// The answer with a finished workbook.
fn as_file<E: std::error::Error + 'static>(mut answer: HttpResponseBuilder, file: xlsx::Written) -> HttpResponse {
    let size = file.size;
    answer.body(SizedStream::new(size, file.pieces().map_err(ExportError::<E>::from).inspect_err(log)))
}

fn log(error: &impl std::error::Error) {
    let causes: Vec<_> =
        std::iter::successors(error.source(), |cause| cause.source()).map(ToString::to_string).collect();
    tracing::error!(%error, causes = causes.join(": "), "an export was cut off");
}

fn too_many(rows: u64) -> Refusal {
    let detail = Words::made(
        format!("{rows}행은 엑셀의 한계인 {SHEET_ROWS}행을 넘습니다. 조건을 좁히거나 CSV로 내려받으십시오."),
        format!("{rows} rows are more than the {SHEET_ROWS} of a worksheet. Narrow the filters or export as CSV."),
    );
    Refusal::told(&EXPORT_TOO_MANY_ROWS, detail)
}

#[cfg(test)]
mod tests;
