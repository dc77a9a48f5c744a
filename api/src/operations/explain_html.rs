//! The problem pages as HTML (문제 설명 쪽): plain, in both languages, without a script or an outside request.

use super::explain::ProblemCode;
use crate::http::escaped;

const STYLE: &str = "body{font:16px/1.6 system-ui,sans-serif;max-width:52rem;margin:3rem auto;padding:0 1rem;color:#1b1f24}\
code{background:#f0f2f5;padding:.1em .35em;border-radius:.25em}table{border-collapse:collapse;width:100%}\
td,th{border-bottom:1px solid #d8dde3;padding:.45rem .6rem;text-align:left;vertical-align:top}.en{color:#57606a}";

/// All codes in one table.
pub(super) fn list(codes: &[ProblemCode]) -> String {
    let row = |c: &ProblemCode| {
        let (code, status) = (escaped(&c.code), c.status);
        let (ko, en) = (escaped(&c.title.ko), escaped(&c.title.en));
        format!(
            "<tr><td><a href=\"/problems/{code}\"><code>{code}</code></a></td><td>{status}</td>\
             <td>{ko}<br><span class=\"en\" lang=\"en\">{en}</span></td></tr>"
        )
    };
    let rows: String = codes.iter().map(row).collect();
    let head = "<tr><th>코드 Code</th><th>상태 Status</th><th>뜻 Meaning</th></tr>";
    page(
        "문제 코드 Problem codes",
        &format!("<h1>문제 코드</h1><p class=\"en\" lang=\"en\">Problem codes</p><table>{head}{rows}</table>"),
    )
}

/// One code with its remedy.
pub(super) fn one(code: &ProblemCode) -> String {
    let body = format!(
        "<p><a href=\"/problems\">문제 코드 목록 · All codes</a></p><h1>{}</h1><p class=\"en\" lang=\"en\">{}</p>\
         <p><code>{}</code> · HTTP {}</p><h2>대처 방법 <span class=\"en\">What to do</span></h2><p>{}</p>\
         <p class=\"en\" lang=\"en\">{}</p>",
        escaped(&code.title.ko),
        escaped(&code.title.en),
        escaped(&code.code),
        code.status,
        escaped(&code.remedy.ko),
        escaped(&code.remedy.en),
    );
    page(&format!("{} ({})", code.title.ko, code.code), &body)
}

fn page(title: &str, body: &str) -> String {
    let title = escaped(title);
    format!(
        "<!doctype html><html lang=\"ko\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{title} · axtrack</title>\
         <style>{STYLE}</style></head><body>{body}</body></html>"
    )
}
