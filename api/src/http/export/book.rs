//! A book of several tables (여러 시트): a worksheet for each, or one CSV file of all of them.
//!
//! What all rows of a page have in common stands above its table in a workbook, and in the first columns of each row in CSV.

use super::{
    super::Problem, Cell, ColumnKind, ExportError, Format, Labels, Table, Unwritten, as_file, begun, csv, in_pieces,
    xlsx,
};
use actix_web::HttpResponse;
use domain::{day::Day, problem::Words};
use futures_util::stream;
use std::{borrow::Cow, convert::Infallible};

/// What a column is called, and what its cells hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// For programs.
    pub key: Cow<'static, str>,
    /// Korean label.
    pub ko: Cow<'static, str>,
    /// English label.
    pub en: Cow<'static, str>,
    /// What its cells hold.
    pub kind: ColumnKind,
}

impl Heading {
    /// Words that are known beforehand.
    pub const fn fixed(key: &'static str, ko: &'static str, en: &'static str, kind: ColumnKind) -> Self {
        Self { key: Cow::Borrowed(key), ko: Cow::Borrowed(ko), en: Cow::Borrowed(en), kind }
    }
    /// Its words in the header row.
    pub(super) fn label(&self, labels: Labels) -> &str {
        match labels {
            Labels::Korean => &self.ko,
            Labels::English => &self.en,
            Labels::Keys => &self.key,
        }
    }
}

/// The rows of a page, made while they are written.
pub type Rows = Box<dyn Iterator<Item = Vec<Cell>> + Send>;

/// A table with what stands around it.
pub struct Page {
    /// The worksheet's name.
    pub name: String,
    /// What all its rows have in common. The same headings on every page of a book.
    pub head: Vec<(Heading, Cell)>,
    /// Its columns: the same on every page of a book.
    pub columns: Vec<Heading>,
    /// Its rows.
    pub rows: Rows,
    /// Lines below it, in a workbook alone: what CSV readers add up themselves.
    pub foot: Vec<Vec<Cell>>,
}

impl std::fmt::Debug for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Page").field("name", &self.name).field("columns", &self.columns).finish_non_exhaustive()
    }
}

/// Several tables in one file.
#[derive(Debug)]
pub struct Book {
    /// The file's title.
    pub title: Words,
    /// The day that its name bears.
    pub on: Day,
    /// In order.
    pub pages: Vec<Page>,
}

/// Answers with the book as a file to keep: a workbook of its pages, or a CSV file of all their rows.
pub async fn respond_book(book: Book, format: Format, labels: Labels) -> Result<HttpResponse, Problem> {
    answered(book, format, labels).await.map_err(|error| match error {
        ExportError::Refused(refusal) => refusal.into(),
        ExportError::Rows(never) => match never {},
        ExportError::Broken(broken) => Problem::internal(broken),
    })
}

async fn answered(book: Book, format: Format, labels: Labels) -> Result<HttpResponse, ExportError<Infallible>> {
    let answer = begun(&Table::new(book.title.clone(), book.on, &[]).labelled(labels), format);
    match format {
        Format::Csv(mark) => {
            let header = book.pages.first().map(|page| header(page, labels)).unwrap_or_default();
            let width = header.len();
            let rows = book.pages.into_iter().flat_map(joined).map(move |row| {
                let fits = row.len() == width;
                if fits { Ok(row) } else { Err(Unwritten::broken("a row does not match its columns").into()) }
            });
            in_pieces(answer, csv::headed(header, mark, stream::iter(rows))).await
        }
        Format::Xlsx => Ok(as_file::<Infallible>(answer, xlsx::written_book(book, labels).await?)),
    }
}

fn header(page: &Page, labels: Labels) -> Vec<Cell> {
    let common = page.head.iter().map(|(heading, _)| heading);
    common.chain(&page.columns).map(|heading| Cell::from(heading.label(labels))).collect()
}

/// Each row behind what all of them have in common.
fn joined(page: Page) -> impl Iterator<Item = Vec<Cell>> {
    let common: Vec<Cell> = page.head.into_iter().map(|(_, cell)| cell).collect();
    page.rows.map(move |row| common.iter().cloned().chain(row).collect())
}
