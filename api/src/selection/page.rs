//! A page for paper (인쇄용 쪽): A4, without a script, without an outside request; every text is written as text.

use crate::http::escaped;
use domain::money::Won;
use std::fmt::Write;

const STYLE: &str = "@page{size:A4 landscape;margin:12mm}\
body{font:10pt/1.5 'Noto Sans KR','Malgun Gothic',system-ui,sans-serif;color:#111;margin:0 auto;max-width:277mm}\
h1{font-size:16pt;margin:0 0 6pt}h2{font-size:12pt;margin:12pt 0 4pt;break-after:avoid}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:0 10pt;margin:0}dt{font-weight:600}\
dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}\
table{border-collapse:collapse;width:100%;margin:4pt 0;font-size:8.5pt}thead{display:table-header-group}\
tr{break-inside:avoid}th,td{border:.5pt solid #777;padding:2pt 4pt;text-align:left;overflow-wrap:anywhere}\
th{background:#eee}td.n{text-align:right;white-space:nowrap}tr.selected{font-weight:600}tr.withdrawn,tr.ineligible{color:#666}\
tr.cut td{border-top:2pt solid #000;background:#f4f4f4;text-align:center}tr.sum td{border-top:1.5pt solid #000;font-weight:600}\
.warning{border:1.5pt solid #a00;padding:4pt 8pt;font-weight:600}pre{background:#f4f4f4;padding:4pt 8pt;white-space:pre-wrap}\
.sign{display:inline-block;width:45%;margin:8pt 2% 0 0;border-bottom:.5pt solid #777}.sign span{float:right;color:#666}";

/// A page as it is written.
#[derive(Debug)]
pub(super) struct Paper {
    text: String,
    /// Whether a list of lines is open.
    listing: Listing,
    columns: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Listing {
    Open,
    Closed,
}

impl Paper {
    /// A page with this title.
    pub fn begun(title: &str) -> Self {
        let title = escaped(title);
        let text = format!(
            "<!doctype html><html lang=\"ko\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{title}</title>\
             <style>{STYLE}</style></head><body><h1>{title}</h1>"
        );
        Self { text, listing: Listing::Closed, columns: 0 }
    }
    fn add(&mut self, piece: std::fmt::Arguments<'_>) {
        if self.listing == Listing::Open {
            self.text.push_str("</dl>");
            self.listing = Listing::Closed;
        }
        let _ = self.text.write_fmt(piece);
    }
    /// A heading.
    pub fn heading(&mut self, words: &str) {
        self.add(format_args!("<h2>{}</h2>", escaped(words)));
    }
    /// A name and what it is.
    pub fn line(&mut self, name: &str, words: &str) {
        if self.listing == Listing::Closed {
            self.text.push_str("<dl>");
            self.listing = Listing::Open;
        }
        let _ = write!(self.text, "<dt>{}</dt><dd>{}</dd>", escaped(name), escaped(words));
    }
    /// A paragraph.
    pub fn text(&mut self, words: &str) {
        self.add(format_args!("<p>{}</p>", escaped(words)));
    }
    /// Something that must not be overlooked.
    pub fn warning(&mut self, words: &str) {
        self.add(format_args!("<p class=\"warning\">{}</p>", escaped(words)));
    }
    /// Something to be typed.
    pub fn code(&mut self, words: &str) {
        self.add(format_args!("<pre>{}</pre>", escaped(words)));
    }
    /// A place to sign.
    pub fn signature(&mut self, whose: &str) {
        self.add(format_args!("<p class=\"sign\">{} <span>(서명)</span></p>", escaped(whose)));
    }
    /// Begins a table.
    pub fn table(&mut self, columns: &[&str]) {
        self.columns = columns.len();
        self.add(format_args!("<table><thead><tr>"));
        for column in columns {
            self.add(format_args!("<th>{}</th>", escaped(column)));
        }
        self.add(format_args!("</tr></thead><tbody>"));
    }
    /// A row of the kind `class`; numbers stand to the right.
    pub fn row(&mut self, class: &str, cells: &[&str]) {
        self.add(format_args!("<tr class=\"{}\">", escaped(class)));
        for cell in cells {
            let number = !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit() || b",.%-".contains(&b));
            self.add(format_args!("<td{}>{}</td>", if number { " class=\"n\"" } else { "" }, escaped(cell)));
        }
        self.add(format_args!("</tr>"));
    }
    /// A line across the table: behind it nobody has passed.
    pub fn cut(&mut self, words: &str) {
        let across = self.columns;
        self.add(format_args!("<tr class=\"cut\"><td colspan=\"{across}\">{}</td></tr>", escaped(words)));
    }
    /// Ends a table.
    pub fn table_end(&mut self) {
        self.add(format_args!("</tbody></table>"));
    }
    /// The page, whole.
    pub fn ended(mut self) -> String {
        self.add(format_args!("</body></html>"));
        self.text
    }
}

/// Won with separators: `1,234,567`.
pub(super) fn won(amount: Won) -> String {
    let text = amount.to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let mut grouped = String::with_capacity(text.len().saturating_mul(2));
    for (digit, at) in digits.chars().zip((0..digits.len()).rev()) {
        grouped.push(digit);
        if at > 0 && at % 3 == 0 {
            grouped.push(',');
        }
    }
    format!("{sign}{grouped}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn won_are_grouped_by_three() {
        let shown = |won: i64| super::won(Won::new(won).unwrap());
        assert_eq!(
            [0, 7, 999, 1_000, 1_234_567, -12_345].map(shown),
            ["0", "7", "999", "1,000", "1,234,567", "-12,345"]
        );
    }

    #[test]
    fn nothing_written_is_taken_for_markup() {
        let mut paper = Paper::begun("<b>");
        paper.line("a&b", "<script>alert(1)</script>");
        paper.table(&["<i>"]);
        paper.row("x\"y", &["<img src=x>", "1,000"]);
        paper.cut("</td>");
        paper.table_end();
        paper.signature("<u>");
        let page = paper.ended();
        for wrong in ["<b>", "<script", "<img", "<i>", "<u>", "x\"y"] {
            assert!(!page.contains(wrong), "{wrong} in {page}");
        }
        assert!(
            page.contains("<dl><dt>a&amp;b</dt>") && page.contains("</dl><table>") && page.ends_with("</body></html>")
        );
    }
}
