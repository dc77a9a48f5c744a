//! Files read back as their readers would (CSV, 엑셀).

use super::*;
use actix_web::{App, HttpServer, body::to_bytes, rt, web};
use domain::{day::Instant, money::Won};
use std::{
    cell::Cell as Count,
    convert::Infallible,
    io::{Cursor, Read, Write},
    net::TcpStream,
    rc::Rc,
};

static COLUMNS: &[Column] = &[
    Column { key: "title", ko: "과제명", en: "Title", kind: ColumnKind::Text },
    Column { key: "amount_krw", ko: "금액(원)", en: "Amount (KRW)", kind: ColumnKind::Won },
    Column { key: "rate", ko: "집행률(%)", en: "Execution rate (%)", kind: ColumnKind::Percent },
    Column { key: "due", ko: "기한", en: "Due", kind: ColumnKind::Day },
    Column { key: "updated_at", ko: "수정 시각", en: "Updated at", kind: ColumnKind::Instant },
    Column { key: "year", ko: "연도", en: "Year", kind: ColumnKind::Integer },
];

fn table() -> Table {
    Table::new(Words::fixed("과제 목록", "Projects"), "2026-11-22".parse().unwrap(), COLUMNS)
}

fn row(title: &str) -> Vec<Cell> {
    let at: Instant = "2025-12-31T18:00:00Z".parse().unwrap();
    vec![
        title.into(),
        Won::MAX.into(),
        "43.18".parse::<Percent>().unwrap().into(),
        at.day().into(),
        at.into(),
        2026.into(),
    ]
}

fn rows(titles: &[&str]) -> impl Stream<Item = Result<Vec<Cell>, Infallible>> + use<> {
    stream::iter(titles.iter().map(|title| Ok(row(title))).collect::<Vec<_>>())
}

async fn body(response: HttpResponse) -> Vec<u8> {
    to_bytes(response.into_body()).await.unwrap().to_vec()
}

#[derive(Debug, thiserror::Error)]
#[error("the database went away")]
struct Gone;

#[actix_web::test]
async fn csv_reads_back_as_it_was() {
    let titles = ["쉼표, \"따옴표\"\r\n두 줄", "=HYPERLINK(\"http://x\")", "＋1", " 빈칸 "];
    let response = respond(table(), Format::Csv(Mark::Bom), rows(&titles)).await.unwrap();
    let disposition = response.headers().get("content-disposition").unwrap().to_str().unwrap().to_owned();
    assert!(
        disposition.ends_with("filename*=UTF-8''%EA%B3%BC%EC%A0%9C%20%EB%AA%A9%EB%A1%9D_2026%2D11%2D22.csv"),
        "{disposition}"
    );
    let text = String::from_utf8(body(response).await).unwrap();
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    assert!(text.starts_with(
        "과제명,금액(원),집행률(%),기한,수정 시각,연도\r\n\"쉼표, \"\"따옴표\"\"\r\n두 줄\",9007199254740991,"
    ));
    assert!(text.ends_with(",9007199254740991,43.18,2026-01-01,2025-12-31T18:00:00.000000Z,2026\r\n"));
    let read: Vec<String> =
        ::csv::Reader::from_reader(text.as_bytes()).records().map(|r| r.unwrap()[0].to_owned()).collect();
    assert_eq!(read, [titles[0], "'=HYPERLINK(\"http://x\")", "'＋1", " 빈칸 "]);
}

#[actix_web::test]
async fn columns_are_chosen_and_headed_by_key() {
    let few = table().labelled(Labels::Keys).only(["year", "title"]).unwrap();
    let text = body(respond(few, Format::Csv(Mark::Plain), rows(&["가"])).await.unwrap()).await;
    assert_eq!(String::from_utf8(text).unwrap(), "year,title\r\n2026,가\r\n");
    let empty = respond(table().labelled(Labels::English), Format::Csv(Mark::Plain), rows(&[])).await.unwrap();
    assert_eq!(
        String::from_utf8(body(empty).await).unwrap(),
        "Title,Amount (KRW),Execution rate (%),Due,Updated at,Year\r\n"
    );
    let codes = |keys: &[&'static str]| {
        table().only(keys.iter().copied()).unwrap_err().faults.iter().map(|f| f.code.name).collect::<Vec<_>>()
    };
    assert_eq!(codes(&["title", "x", "title", "y"]), ["not_in_list", "duplicate", "not_in_list"]);
    assert_eq!(codes(&[]), ["required"]);
}

#[actix_web::test]
async fn a_row_that_does_not_match_its_columns_is_never_written() {
    for wrong in [vec![Cell::Empty; 5], vec![Cell::from("1"); 6]] {
        for format in [Format::Csv(Mark::Plain), Format::Xlsx] {
            let rows = stream::iter([Ok::<_, Infallible>(wrong.clone())]);
            assert!(matches!(respond(table(), format, rows).await, Err(ExportError::Broken(_))));
        }
    }
}

#[actix_web::test]
async fn a_hundred_thousand_rows_pass_through_little_memory() {
    let taken = Rc::new(Count::new(0_usize));
    let count = Rc::clone(&taken);
    let source = stream::iter(0..100_000).map(move |n: i32| {
        count.set(count.get() + 1);
        Ok::<_, Infallible>(row(&format!("과제 {n}")))
    });
    let mut pieces = Box::pin(csv::pieces(table(), Mark::Plain, source));
    let (mut sent, mut lines) = (0, 0);
    while let Some(piece) = pieces.next().await.transpose().unwrap() {
        assert!(piece.len() < PIECE + 200, "a piece of {} bytes", piece.len());
        sent += piece.len();
        lines += piece.split(|byte| *byte == b'\n').count() - 1;
        assert_eq!(taken.get(), lines - 1, "no row is read before it is needed");
    }
    assert!(lines == 100_001 && sent > 8_000_000, "{lines} lines, {sent} bytes");
}

async fn broken_off(format: web::Path<String>) -> Result<HttpResponse, actix_web::Error> {
    let many = stream::iter(0..5_000).map(|n: i32| if n < 4_000 { Ok(row("가")) } else { Err(Gone) });
    let format = if format.as_str() == "csv" { Format::Csv(Mark::Plain) } else { Format::Xlsx };
    respond(table(), format, many).await.map_err(actix_web::error::ErrorInternalServerError)
}

#[actix_web::test]
async fn what_fails_on_the_way_cuts_the_connection() {
    let server = HttpServer::new(|| App::new().route("/{format}", web::get().to(broken_off)));
    let server = server.workers(1).disable_signals().bind(("127.0.0.1", 0)).unwrap();
    let at = server.addrs()[0];
    let server = server.run();
    let handle = server.handle();
    rt::spawn(server);
    let ask = |path: &'static str| {
        rt::task::spawn_blocking(move || {
            let (mut line, mut answer) = (TcpStream::connect(at).unwrap(), Vec::new());
            write!(line, "GET /{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
            // A reset is a cut too; what came before it stays.
            drop(line.read_to_end(&mut answer));
            String::from_utf8_lossy(&answer).into_owned()
        })
    };
    let csv = ask("csv").await.unwrap();
    assert!(csv.starts_with("HTTP/1.1 200") && csv.contains("transfer-encoding: chunked") && csv.len() > PIECE);
    assert!(!csv.ends_with("0\r\n\r\n"), "a cut file looks whole");
    let xlsx = ask_once(&ask("xlsx").await.unwrap());
    assert_eq!(xlsx, "HTTP/1.1 500 Internal Server Error", "a workbook fails before its first byte");
    handle.stop(false).await;
}

fn ask_once(answer: &str) -> String {
    answer.lines().next().unwrap_or_default().to_owned()
}

#[actix_web::test]
async fn what_fails_at_once_is_no_file() {
    for format in [Format::Csv(Mark::Bom), Format::Xlsx] {
        let result = respond(table(), format, stream::iter([Err::<Vec<Cell>, _>(Gone)])).await;
        assert!(matches!(result, Err(ExportError::Rows(Gone))));
    }
}

fn part(book: &[u8], name: &str) -> String {
    let mut text = String::new();
    zip::ZipArchive::new(Cursor::new(book)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[actix_web::test]
async fn a_workbook_holds_strings_numbers_and_days_and_no_formula() {
    let titles = ["=1+1", "@SUM(A1)", "http://example.kr", "a\u{1}<&>\"_x0041_ _x가나다라마바사", "2026-01-01", "0012"];
    let book = body(respond(table(), Format::Xlsx, rows(&titles)).await.unwrap()).await;
    let sheet = part(&book, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && !sheet.contains("hyperlink"), "{sheet}");
    assert_eq!(
        sheet.matches("t=\"inlineStr\"").count(),
        titles.len() + COLUMNS.len(),
        "titles and header alone are text"
    );
    assert!(
        sheet.contains("<t>=1+1</t>") && sheet.contains("<t>a_x0001_&lt;&amp;&gt;\"_x005F_x0041_ _x가나다라마바사</t>")
    );
    assert!(sheet.contains("<t>수정 시각 (KST)</t>"));
    let values: Vec<_> =
        sheet.split("<v>").skip(1).filter_map(|v| v.split_once("</v>")).map(|(v, _)| v).take(5).collect();
    assert_eq!(values, ["9007199254740991", "0.4318", "46023", "46023.125", "2026"]);
    let styles = part(&book, "xl/styles.xml");
    for format in ["@", "#,##0", "0.00%", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"] {
        assert!(styles.contains(&format!("formatCode=\"{format}\"")), "{styles}");
    }
    assert!(part(&book, "xl/workbook.xml").contains("name=\"과제 목록\""));
    assert!(part(&book, "docProps/core.xml").contains("2026-11-22T00:00:00Z"));
}

#[actix_web::test]
async fn a_workbook_refuses_what_it_would_change() {
    let code = |row: Vec<Cell>| async move {
        match respond(table(), Format::Xlsx, stream::iter([Ok::<_, Infallible>(row)])).await {
            Ok(_) => "written",
            Err(ExportError::Refused(refusal)) => refusal.code.name,
            Err(error) => panic!("{error}"),
        }
    };
    assert_eq!(code(row(&"가".repeat(32_767))).await, "written");
    assert_eq!(code(row(&"가".repeat(32_768))).await, "export_text_too_long");
    assert_eq!(code(row(&"😀".repeat(16_384))).await, "export_text_too_long");
    let mut large = row("x");
    large[5] = Cell::Integer(9_007_199_254_740_993);
    assert_eq!(code(large).await, "export_number_too_large");
    assert!(Format::Xlsx.admits(SHEET_ROWS).is_ok() && Format::Csv(Mark::Bom).admits(u64::MAX).is_ok());
    assert_eq!(Format::Xlsx.admits(SHEET_ROWS + 1).unwrap_err().code.name, "export_too_many_rows");
}

#[test]
fn codes_are_new_and_worded_twice() {
    for code in CODES {
        assert!(
            domain::problem::all().all(|known| known.name != code.name || std::ptr::eq(known, *code)),
            "{}",
            code.name
        );
        assert!(code.remedy.en.is_ascii() && !code.remedy.ko.is_ascii());
    }
}
