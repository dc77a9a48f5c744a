//! Lists (목록): each line once, in each order, for each reader what that reader may open, and as a file the same.

use super::{act, enter, every_page};
use domain::access::{ROLES, Role};
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    io::{Cursor, Read},
};
use tests::{Persona, TestApp, both};

const FILTERS: [&str; 6] =
    ["", "&status=active,on_hold", "&phase=execution", "&field=public", "&year=2026&priority=false", "&q=AI"];
const SORTS: [&str; 7] = ["-created_at", "created_at", "-updated_at", "title", "-amount_krw", "amount_krw", "gate_due"];

fn ids(items: &[Value]) -> Vec<String> {
    items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

/// What a list is ordered by, smallest first.
fn key(item: &Value, sort: &str) -> (i64, String) {
    let text = |value: &Value| (0, value.as_str().unwrap_or_default().to_owned());
    match sort {
        "title" => text(&item["title"]["ko"]),
        "gate_due" => text(&item["gate_due"]),
        "-updated_at" => text(&item["updated_at"]),
        "-amount_krw" | "amount_krw" => (item["amount_krw"].as_i64().unwrap(), String::new()),
        _ => (0, String::new()),
    }
}

/// The fields of a CSV file without line breaks inside.
fn fields(line: &str) -> Vec<String> {
    let (mut all, mut field, mut quoted) = (Vec::new(), String::new(), false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => all.push(std::mem::take(&mut field)),
            c => field.push(c),
        }
    }
    all.push(field);
    all
}

/// The cells of a workbook's only sheet, row by row; empty ones as empty texts.
fn cells(book: &[u8], columns: usize) -> Vec<Vec<String>> {
    let mut sheet = String::new();
    zip::ZipArchive::new(Cursor::new(book))
        .unwrap()
        .by_name("xl/worksheets/sheet1.xml")
        .unwrap()
        .read_to_string(&mut sheet)
        .unwrap();
    let plain =
        |text: &str| text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    let row = |row: &str| {
        let mut cells = vec![String::new(); columns];
        for cell in row.split("<c r=\"").skip(1) {
            let column = usize::from(cell.as_bytes()[0] - b'A');
            let value = ["<v>", "<t>", "<t xml:space=\"preserve\">"].iter().find_map(|tag| cell.split_once(tag));
            cells[column] = plain(value.map_or("", |(_, rest)| rest.split_once('<').unwrap().0));
        }
        cells
    };
    sheet.split("<row ").skip(1).map(row).collect()
}

async fn exported(app: &TestApp, who: &Persona, query: &str) -> Vec<Vec<String>> {
    let file = app.get(who, &format!("/v1/projects/export?format=csv&header=keys&{query}")).await.expect(200);
    String::from_utf8(file.bytes.to_vec()).unwrap().trim_end().split("\r\n").map(fields).collect()
}

both! {
    /// Every filter in every order, page after page: each line once, in order, as many as were counted.
    async fn every_line_comes_once_in_every_order(app: TestApp) {
        api::demo::load(&app.app, 0).await.unwrap();
        let (mois, auditor) = (app.planner("mois").await, app.persona(Role::Auditor, "bai").await);
        let few = ["", "&status=active,on_hold"];
        for (who, filters) in [(&mois, &few[..]), (&auditor, &FILTERS[..])] {
            for filter in filters {
                let mut found: Option<BTreeSet<String>> = None;
                let mut entered = Vec::new();
                for sort in SORTS {
                    let list = format!("/v1/projects?sort={sort}{filter}");
                    let lines = every_page(&app, who, &list, 7).await;
                    let once: BTreeSet<String> = ids(&lines).into_iter().collect();
                    assert_eq!(once.len(), lines.len(), "{list} tells a line twice");
                    if sort == "-created_at" {
                        entered = ids(&lines);
                    } else if sort == "created_at" {
                        assert!(ids(&lines).iter().eq(entered.iter().rev()), "{list} is not the other way round");
                    }
                    let keys: Vec<_> = lines.iter().map(|line| key(line, sort)).collect();
                    let down = sort.starts_with('-');
                    let ordered = keys.windows(2).all(|two| if down { two[0] >= two[1] } else { two[0] <= two[1] });
                    assert!(ordered, "{list}: {keys:?}");
                    if sort == "gate_due" {
                        assert!(once.is_subset(found.as_ref().unwrap()), "{list}");
                        assert!(lines.iter().all(|line| line["gate_due"].is_string()), "{list}");
                        continue;
                    }
                    let counted = app.get(who, &format!("{list}&count=exact&page_size=1")).await.expect(200);
                    assert_eq!(counted.json["total"], lines.len(), "{list}");
                    assert_eq!(found.get_or_insert_with(|| once.clone()), &once, "{list}");
                }
                assert!(found.unwrap().len() > 1, "{filter} finds too little to tell");
            }
        }
    }

    /// Whatever the role and the body: a list holds exactly what its reader may open one by one.
    async fn a_list_is_what_its_reader_may_open(app: TestApp) {
        api::demo::load(&app.app, 0).await.unwrap();
        let mois = app.planner("mois").await;
        let gone = enter(&app, &mois, json!({})).await;
        let why = json!({ "reason": "중복" });
        app.send_as(&mois, "DELETE", &super::path(&gone), Some(&gone.tag()), Some(&why)).await.expect(200);
        enter(&app, &mois, json!({})).await;
        let auditor = app.persona(Role::Auditor, "bai").await;
        let mut everything = BTreeSet::new();
        for (list, things) in [("/v1/projects?page_size=200", "projects"), ("/v1/projects?removed=true", "projects"), ("/v1/budget-lines?page_size=200", "budget-lines")] {
            let page = app.get(&auditor, list).await.expect(200);
            everything.extend(ids(page.json["items"].as_array().unwrap()).into_iter().map(|id| format!("{things}/{id}")));
        }
        assert!(everything.len() > 80, "{}", everything.len());
        let mut seen = BTreeSet::new();
        for role in ROLES {
            // The lead's; and of those whose sight depends on the body, the partner's.
            let bodies = if [Role::Planner, Role::Applicant].contains(&role) { &["mois", "msit"][..] } else { &["mois"] };
            for body in bodies {
                let who = app.persona(role, body).await;
                let mut listed = BTreeSet::new();
                for (list, things) in [("/v1/projects?page_size=200", "projects"), ("/v1/projects?removed=true", "projects"), ("/v1/budget-lines?page_size=200", "budget-lines")] {
                    let page = app.get(&who, list).await;
                    let items = page.json["items"].as_array().cloned().unwrap_or_default();
                    listed.extend(ids(&items).into_iter().map(|id| format!("{things}/{id}")));
                }
                let mut opened = BTreeSet::new();
                for thing in &everything {
                    match app.get(&who, &format!("/v1/{thing}")).await.status.as_u16() {
                        200 => drop(opened.insert(thing.clone())),
                        403 | 404 => {}
                        other => panic!("{thing} by {role} of {body}: {other}"),
                    }
                }
                assert_eq!(listed, opened, "{role} of {body}");
                seen.insert(opened.len());
            }
        }
        assert!(seen.len() > 4, "the readers see too much alike: {seen:?}");
    }

    /// An export holds what the list holds, whichever the format; as it stood when a day is named; and is recorded.
    async fn an_export_is_the_list(app: TestApp) {
        api::demo::load(&app.app, 0).await.unwrap();
        let (mois, auditor) = (app.planner("mois").await, app.persona(Role::Auditor, "bai").await);
        for (who, filter) in [(&mois, ""), (&auditor, ""), (&auditor, "status=active&year=2026"), (&auditor, "q=AI"), (&mois, "removed=true")] {
            let list = every_page(&app, who, &format!("/v1/projects?sort=created_at&{filter}"), 50).await;
            let rows = exported(&app, who, filter).await;
            assert_eq!(rows[0][..5], ["code", "title", "lead_body", "partners", "phase"]);
            assert_eq!(rows.len(), list.len() + 1, "{filter}");
            let at = |name: &str| rows[0].iter().position(|column| column == name).unwrap();
            for (row, line) in rows[1..].iter().zip(&list) {
                for (column, told) in [("code", &line["code"]), ("title", &line["title"]["ko"]), ("lead_body", &line["lead_body"]),
                    ("phase", &line["phase"]), ("status", &line["status"]), ("health", &line["health"]), ("gate_due", &line["gate_due"])] {
                    assert_eq!(row[at(column)], told.as_str().unwrap_or_default(), "{column} of {line}");
                }
                assert_eq!(row[at("amount_krw")], line["amount_krw"].to_string());
                assert_eq!(row[at("priority")] == "O", line["priority"] == true);
                let fields: Vec<_> = line["fields"].as_array().unwrap().iter().map(|f| f.as_str().unwrap()).collect();
                assert_eq!(row[at("fields")], fields.join(", "));
            }
            let book = app.get(who, &format!("/v1/projects/export?format=xlsx&header=keys&{filter}")).await.expect(200);
            let cells = cells(&book.bytes, rows[0].len());
            assert_eq!(cells.len(), rows.len(), "{filter}");
            let alike = |column: &String| !["gate_due", "updated_at"].contains(&column.as_str());
            for (cell, row) in cells.iter().zip(&rows) {
                for (place, column) in rows[0].iter().enumerate().filter(|(_, column)| alike(column)) {
                    assert_eq!(cell[place], row[place], "{column}");
                }
            }
        }

        let then = every_page(&app, &auditor, "/v1/projects?as_of=2025-06-30", 50).await;
        let rows = exported(&app, &auditor, "as_of=2025-06-30").await;
        assert!(!then.is_empty());
        assert_eq!(rows[1..].iter().map(|row| row[0].clone()).collect::<Vec<_>>(), then.iter().map(|line| line["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>());
        let today = exported(&app, &auditor, "").await;
        assert!(rows.len() < today.len(), "not all of it was there then");
        let refused = app.get(&auditor, "/v1/projects/export?format=csv&as_of=2025-06-30&amount_krw_gte=1").await.expect(422);
        assert_eq!(refused.faults(), ["?amount_krw_gte not_as_of"]);
        let entries = app.get(&auditor, "/v1/audit/entries?action=project.export&outcome=read&page_size=2").await.expect(200);
        assert_eq!(entries.json["items"][1]["about"]["as_of"], "2025-06-30", "{}", entries.json);
    }

    /// What is known of an attached file stands in the record, in the order in which it came, with who and when.
    async fn what_is_known_of_a_file_stays(app: TestApp) {
        let (mois, mohw) = (app.planner("mois").await, app.planner("mohw").await);
        let project = super::filed(&app, &mois, json!({})).await;
        let file = |name: &str, digit: &str, bytes: i64| json!({ "name": name, "media_type": "application/pdf", "bytes": bytes, "sha256": digit.repeat(64) });
        let one = act(&app, &mois, &project, "attachments", file("계획서.pdf", "a", 1024)).await;
        app.pass(60);
        let two = act(&app, &mois, &one, "attachments", file("제안서.pdf", "b", 1)).await;
        let known = two.json["attachments"].as_array().unwrap();
        assert_eq!((&known[0]["name"], &known[0]["bytes"], &known[1]["name"]), (&json!("계획서.pdf"), &json!(1024), &json!("제안서.pdf")));
        assert_eq!(known[1]["sha256"], json!("b".repeat(64)));
        assert_eq!((&known[1]["added"]["by"], &known[1]["added"]["at"]), (&json!(mois.id), &json!("2026-11-22T00:01:00.000000Z")));
        let at = format!("{}/attachments", super::path(&two));
        for (wrong, faults) in [
            (file("빈.pdf", "c", 0), vec!["/bytes out_of_range"]),
            (file("..", "c", 1), vec!["/name wrong_form"]),
            (json!({ "name": "x.pdf", "media_type": "application/pdf", "bytes": 1, "sha256": "zz" }), vec!["/sha256 wrong_form", "/sha256 wrong_length"]),
        ] {
            assert_eq!(app.post_to(&mois, &at, &two.tag(), wrong).await.expect(422).faults(), faults);
        }
        app.post_to(&mohw, &at, &two.tag(), file("x.pdf", "c", 1)).await.expect(403);
        assert_eq!(app.get(&mohw, &super::path(&two)).await.expect(200).json["project"]["attachments"], two.json["attachments"]);
    }
}
