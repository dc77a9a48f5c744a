//! Encodings and tables.
use super::{decode::*, *};

const TEXT: &str = "code,name\n11140,중구\n28125,똠방각하\n";

type Read = Vec<(u64, (String, String))>;
type Told = Vec<(u64, String, &'static str)>;

fn two_columns(text: &str) -> Result<Read, Told> {
    let header = Header { required: &["code", "name"], optional: &["note"] };
    let take = |cells: &mut Cells<'_>| {
        let code = cells.must::<RegionCode>("code");
        let name = cells.must::<Line<10>>("name");
        Some((code?.to_string(), name?.to_string()))
    };
    table(text, header, take, |row: &(String, String)| row.0.clone())
        .map_err(|found| found.0.into_iter().map(|f| (f.row, f.column.unwrap_or_default(), f.code.name)).collect())
}

#[test]
fn three_encodings_give_the_same_text() {
    let (cp949, _, lossy) = encoding_rs::EUC_KR.encode(TEXT);
    assert!(!lossy);
    assert_ne!(cp949.as_ref(), TEXT.as_bytes());
    let with_bom = [b"\xef\xbb\xbf", TEXT.as_bytes()].concat();
    for (bytes, encoding) in
        [(TEXT.as_bytes(), Encoding::Utf8), (&with_bom, Encoding::Utf8Bom), (cp949.as_ref(), Encoding::Cp949)]
    {
        let (text, found) = decode(bytes).unwrap();
        assert_eq!((text.as_ref(), found), (TEXT, encoding));
    }
}

#[test]
fn bytes_without_meaning_refuse_the_file() {
    let broken_bom = b"\xef\xbb\xbf\xc1\xdf";
    let utf16 = b"\xff\xfec\x00o\x00";
    let cut = b"code,name\n11140,\xc1\xdf\xb1";
    for bytes in [&broken_bom[..], utf16, cut, b"\xff"] {
        assert_eq!(decode(bytes).unwrap_err().code.name, "wrong_encoding", "{bytes:?}");
    }
}

#[test]
fn the_header_is_checked_as_a_whole() {
    assert_eq!(
        two_columns("code,Name,code,memo\n").unwrap_err(),
        [
            (1, "Name".into(), "unknown_column"),
            (1, "code".into(), "duplicate_column"),
            (1, "memo".into(), "unknown_column"),
            (1, "name".into(), "missing_column"),
        ]
    );
    assert_eq!(two_columns("").unwrap_err(), [(1, String::new(), "no_rows")]);
    assert_eq!(two_columns("code,name\n").unwrap_err(), [(1, String::new(), "no_rows")]);
    assert!(two_columns("name,code\n중구,11140\n").is_ok());
}

#[test]
fn every_bad_row_is_told_by_its_line() {
    let text = "code,name\n11140,중구\n\n1114,\n11140,다시\n\"26\n\",x\n26110,\"동\n구\"\n11110\n11170,용산구";
    assert_eq!(
        two_columns(text).unwrap_err(),
        [
            (4, "code".into(), "wrong_form"),
            (4, "name".into(), "required"),
            (5, String::new(), "duplicate_row"),
            (6, "code".into(), "wrong_form"),
            (8, "name".into(), "wrong_length"),
            (10, String::new(), "wrong_cell_count"),
        ]
    );
}

#[test]
fn lines_count_with_windows_endings_and_quotes() {
    let text = "code,name\r\n11140,\"중,구\"\r\n\r\n26110,동구\r\n";
    let rows = two_columns(text).unwrap();
    assert_eq!(rows.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [2, 4]);
    assert_eq!(rows[0].1.1, "중,구");
}

#[test]
fn faults_point_to_row_and_column() {
    let header = Header { required: &["code"], optional: &[] };
    let found = table("code\nx\n", header, |cells| cells.must::<RegionCode>("code"), Clone::clone).unwrap_err();
    let refusal = crate::problem::Refusal::from(found);
    assert_eq!((refusal.code.name, refusal.faults[0].pointer.as_str()), ("import_refused", "/rows/2/code"));
    assert!(refusal.faults[0].detail.ko.contains("\"x\""));
}

#[test]
fn a_thousand_faults_are_told_and_all_are_counted() {
    let text = format!("code,name\n{}", "x,y,z\n".repeat(1500));
    let header = Header { required: &["code", "name"], optional: &[] };
    let found = table(&text, header, |cells| cells.must::<RegionCode>("code"), Clone::clone).unwrap_err();
    assert_eq!((found.0.len(), found.1), (MOST_TOLD, 1500));
    let refusal = crate::problem::Refusal::from(found);
    assert!(refusal.detail.en.starts_with("1500 faults, 1000 of them"), "{}", refusal.detail.en);
}

#[test]
fn a_pointer_holds_whatever_stood_in_the_header() {
    let header = Header { required: &["code"], optional: &[] };
    let text = format!("code,a/b~,\"x\ny\",{}\n", "가".repeat(500));
    let found = table(&text, header, |cells| cells.must::<RegionCode>("code"), Clone::clone).unwrap_err();
    let pointers: Vec<_> = crate::problem::Refusal::from(found).faults.into_iter().map(|f| f.pointer).collect();
    assert_eq!(pointers, ["/rows/1/a~1b~0", "/rows/1/xy", &format!("/rows/1/{}", "가".repeat(60))]);
}
