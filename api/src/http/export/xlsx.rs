//! Rows as an Excel workbook (엑셀), written in a thread of its own to a file without a name, then sent.
//!
//! The file is unlinked from the moment it exists, so nothing is left behind however the request ends.

use super::{
    Book, Cell, ExportError, Labels, PIECE, Table, Unwritten,
    sheet::{Sheet, Sheets},
    too_many,
};
use actix_web::{rt::task::spawn_blocking, web::Bytes};
use futures_util::{Stream, StreamExt, stream};
use std::{
    fs::File,
    io::{BufWriter, Read, Seek},
    pin::pin,
};
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// At most this many rows, and about this many bytes of text, go to the writer at once.
const BATCH_ROWS: usize = 256;
const BATCH_BYTES: usize = 256 * 1024;
/// At most this many batches wait for the writer.
const BATCHES: usize = 4;

/// What the reader of the rows tells the writer of the file. A reader that goes away without `End` has given up.
enum Step {
    Rows(Vec<Vec<Cell>>),
    End,
}

/// A finished workbook.
pub(super) struct Written {
    file: File,
    /// Its size in bytes.
    pub(super) size: u64,
}

/// Writes the rows to their end, and refuses more than `most`. Reading and writing go on side by side; the slower one
/// sets the pace.
pub(super) async fn written<S, E>(table: Table, most: u64, rows: S) -> Result<Written, ExportError<E>>
where
    S: Stream<Item = Result<Vec<Cell>, E>>,
{
    let (sender, receiver) = channel(BATCHES);
    let header = table.clone();
    let writer = spawn_blocking(move || write(&header, most, receiver));
    read(&table, rows, sender).await?;
    Ok(writer.await.map_err(Unwritten::broken)??)
}

async fn read<S, E>(table: &Table, rows: S, writer: Sender<Step>) -> Result<(), ExportError<E>>
where
    S: Stream<Item = Result<Vec<Cell>, E>>,
{
    let mut rows = pin!(rows);
    let (mut batch, mut weight) = (Vec::new(), 0_usize);
    while let Some(row) = rows.next().await {
        let row = table.picked(row.map_err(ExportError::Rows)?)?;
        weight = row.iter().map(Cell::weight).fold(weight, usize::saturating_add);
        batch.push(row);
        if batch.len() >= BATCH_ROWS || weight >= BATCH_BYTES {
            weight = 0;
            // A writer that is gone has failed, and says itself why.
            let Ok(()) = writer.send(Step::Rows(std::mem::take(&mut batch))).await else { return Ok(()) };
        }
    }
    for step in [Step::Rows(batch), Step::End] {
        let Ok(()) = writer.send(step).await else { return Ok(()) };
    }
    Ok(())
}

fn write(table: &Table, most: u64, mut rows: Receiver<Step>) -> Result<Written, Unwritten> {
    let mut sheet = Sheet::begun(table)?;
    let mut count = 0_u64;
    loop {
        match rows.blocking_recv() {
            Some(Step::Rows(batch)) => {
                for row in batch {
                    count = count.saturating_add(1);
                    if count > most {
                        return Err(Unwritten::Refused(too_many(count)));
                    }
                    sheet.row(table, &row)?;
                }
            }
            Some(Step::End) => break,
            None => return Err(Unwritten::broken("the rows ended early")),
        }
    }
    finished(|out| sheet.save(out))
}

/// Writes a book, page after page; each page's rows are made while they are written.
pub(super) async fn written_book(book: Book, labels: Labels) -> Result<Written, Unwritten> {
    let write = move || {
        let mut sheets = Sheets::begun(&book)?;
        for page in book.pages {
            sheets.page(page, labels)?;
        }
        finished(|out| sheets.save(out))
    };
    spawn_blocking(write).await.map_err(Unwritten::broken)?
}

fn finished(save: impl FnOnce(&mut BufWriter<File>) -> Result<(), Unwritten>) -> Result<Written, Unwritten> {
    let mut out = BufWriter::new(tempfile::tempfile().map_err(Unwritten::broken)?);
    save(&mut out)?;
    let mut file = out.into_inner().map_err(|error| Unwritten::broken(error.into_error()))?;
    file.rewind().map_err(Unwritten::broken)?;
    let size = file.metadata().map_err(Unwritten::broken)?.len();
    Ok(Written { file, size })
}

impl Written {
    /// The file in pieces of 64 KiB.
    pub(super) fn pieces(self) -> impl Stream<Item = Result<Bytes, Unwritten>> {
        stream::try_unfold(self.file, |file| async move {
            let read = spawn_blocking(move || {
                let mut piece = Vec::with_capacity(PIECE);
                (&file).take(PIECE.try_into().unwrap_or(u64::MAX)).read_to_end(&mut piece).map(|_| (piece, file))
            });
            let (piece, file) = read.await.map_err(Unwritten::broken)?.map_err(Unwritten::broken)?;
            Ok(if piece.is_empty() { None } else { Some((Bytes::from(piece), file)) })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Column, ColumnKind};
    use super::*;
    use domain::problem::Words;
    use futures_util::FutureExt;
    use std::{cell::Cell as Count, convert::Infallible};

    static COLUMNS: &[Column] = &[Column { key: "name", ko: "이름", en: "Name", kind: ColumnKind::Text }];

    fn table() -> Table {
        Table::new(Words::fixed("목록", "List"), "2026-11-22".parse().unwrap(), COLUMNS)
    }

    #[test]
    fn a_slow_writer_holds_the_reader_back() {
        for (length, most) in [(10, (BATCHES + 1) * BATCH_ROWS), (BATCH_BYTES, BATCHES + 1)] {
            let taken = Count::new(0);
            let rows = stream::repeat_with(|| {
                taken.set(taken.get() + 1);
                Ok::<_, Infallible>(vec![Cell::Text("가".repeat(length))])
            });
            let (sender, _idle) = channel(BATCHES);
            assert!(read(&table(), rows, sender).now_or_never().is_none(), "it waits for the writer");
            assert_eq!(taken.get(), most);
        }
    }

    #[test]
    fn a_reader_that_goes_away_leaves_no_file() {
        let (sender, receiver) = channel(1);
        sender.try_send(Step::Rows(vec![vec![Cell::Empty]])).unwrap();
        drop(sender);
        assert!(matches!(write(&table(), 10, receiver), Err(Unwritten::Broken(_))));
    }

    #[actix_web::test]
    async fn more_rows_than_fit_are_refused() {
        let rows = |count| stream::iter(vec![Ok::<_, Infallible>(vec![Cell::from("x")]); count]);
        assert!(written(table(), 3, rows(3)).await.is_ok());
        let Err(ExportError::Refused(refusal)) = written(table(), 3, rows(4)).await else { panic!("written") };
        assert_eq!(refusal.code.name, "export_too_many_rows");
    }
}
