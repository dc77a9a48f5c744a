//! The score table as a file, and the result on paper (평가 집계표·인쇄): what the result says, and never who gave which score.

use super::kit::{Judged, confirm, meeting};
use domain::access::Role;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read},
};
use tests::{TestApp, both};

const CALL: &str = "/v1/calls/demo-decided";

/// A worksheet's rows, by the letters of their columns.
fn rows(book: &[u8], sheet: usize) -> Vec<BTreeMap<String, String>> {
    let mut text = String::new();
    let name = format!("xl/worksheets/sheet{sheet}.xml");
    zip::ZipArchive::new(Cursor::new(book)).unwrap().by_name(&name).unwrap().read_to_string(&mut text).unwrap();
    assert!(!text.contains("<f>"), "no formula");
    let cell = |cell: &str| {
        let column: String = cell.chars().take_while(char::is_ascii_uppercase).collect();
        let value = ["<v>", "<t>", "<t xml:space=\"preserve\">"].iter().find_map(|tag| cell.split_once(tag));
        Some((column, value?.1.split_once('<').unwrap().0.to_owned()))
    };
    text.split("<row ").skip(1).map(|row| row.split("<c r=\"").skip(1).filter_map(cell).collect()).collect()
}

/// The rows below a header row, each by its headings; the lines above and below stand apart.
fn table(rows: &[BTreeMap<String, String>]) -> (Vec<BTreeMap<String, String>>, BTreeMap<String, String>) {
    let head = rows.iter().position(|row| row.get("A").is_some_and(|cell| cell == "순위")).unwrap();
    let by_heading = |row: &BTreeMap<String, String>| {
        row.iter().filter_map(|(column, value)| Some((rows[head].get(column)?.clone(), value.clone()))).collect()
    };
    let below: Vec<BTreeMap<String, String>> = rows[head + 1..].iter().map(by_heading).collect();
    let apart = rows[..head].iter().chain(&rows[head + 1..]);
    let line = |row: &BTreeMap<String, String>| Some((row.get("A")?.clone(), row.get("B")?.clone()));
    (below.into_iter().filter(|row| row.contains_key("과제명")).collect(), apart.filter_map(line).collect())
}

fn number(text: &str) -> f64 {
    text.parse().unwrap()
}

/// The totals of an application's sheets, in order.
fn totals(dossier: &Value, id: &str) -> Vec<String> {
    let sheets = dossier["sheets"].as_array().unwrap().iter().filter(|sheet| sheet["application"] == id);
    let total =
        |sheet: &Value| sheet["scores"].as_object().unwrap().values().map(|s| number(s.as_str().unwrap())).sum::<f64>();
    let mut all: Vec<String> = sheets.map(|sheet| total(sheet).to_string()).collect();
    all.sort();
    all
}

async fn demo(app: &TestApp) {
    api::demo::load(&app.app, 0).await.unwrap();
}

both! {
    /// Each row says what the result says, in the order of the ranks, with numbers as numbers; members have numbers and no
    /// names, and what was dropped is marked.
    async fn the_score_table_says_what_the_result_says(app: TestApp) {
        demo(&app).await;
        let auditor = app.persona(Role::Auditor, "bai").await;
        let result = app.get(&auditor, &format!("{CALL}/result")).await.expect(200).json["result"].clone();
        let dossier = app.get(&auditor, &format!("{CALL}/dossier")).await.expect(200).json;
        let book = app.get(&auditor, &format!("{CALL}/score-table?format=xlsx")).await.expect(200);
        let mut found = BTreeSet::new();
        for (sheet, track) in result["tracks"].as_array().unwrap().iter().enumerate() {
            let (rows, apart) = table(&rows(&book.bytes, sheet + 1));
            assert_eq!(apart["트랙 예산(원)"], track["envelope"].to_string());
            assert_eq!(apart["선정 국비(원)"], track["committed"].to_string());
            assert_eq!(apart["잔액(원)"], track["remaining"].to_string());
            assert_eq!((&*apart["결과의 성격"], &*apart["확정 번호"]), ("확정", "1"));
            assert_eq!(apart["평가 서류 해시(SHA-256)"], result["inputs_sha256"].as_str().unwrap());
            let mut before = 0.0;
            for row in &rows {
                let id = &row["신청 번호"];
                let placed = result["applications"].as_array().unwrap().iter().find(|p| p["id"] == **id).unwrap();
                assert_eq!(placed["track"], track["code"]);
                let rank = row.get("순위").map_or(f64::MAX, |rank| number(rank));
                assert!(before <= rank, "in the order of the ranks");
                before = rank;
                assert_eq!(row.get("순위").cloned(), placed["rank"].as_u64().map(|rank| rank.to_string()));
                for (heading, member) in [("평균", "mean"), ("최종 점수", "final")] {
                    let shown = row.get(heading).map(|text| number(text));
                    assert_eq!(shown, placed[member].as_str().map(number), "{heading} of {id}");
                }
                for (heading, member) in [("국비(원)", "national"), ("시도비(원)", "sido"), ("시군구비(원)", "municipality"), ("자체 부담(원)", "own")] {
                    assert_eq!(row.get(heading).cloned(), placed["cost_share"][member].as_i64().map(|won| won.to_string()), "{heading} of {id}");
                }
                for (heading, member) in [("적용 국비율", "rate"), ("실질 국비율", "effective_rate")] {
                    let shown = row.get(heading).map(|part| (number(part) * 10_000.0).round() / 100.0);
                    assert_eq!(shown, placed["cost_share"][member].as_str().map(number), "{heading} of {id}");
                }
                let outcome = domain::evaluation::Outcome::ALL.iter().find(|known| known.ko() == row["결과"]).unwrap();
                assert_eq!(outcome.name(), placed["outcome"]);
                let mut shown: Vec<String> = (1..=5).filter_map(|n| row.get(&format!("위원 {n}")).cloned()).collect();
                shown.sort();
                assert_eq!(shown, totals(&dossier, id), "the totals, of nobody in particular");
                let dropped = placed["dropped_members"].as_array().unwrap().len();
                assert_eq!(row.get("제외(최고·최저)").map_or(0, |text| text.split(',').count()), dropped);
                found.insert(id.clone());
            }
        }
        assert_eq!(found.len(), result["applications"].as_array().unwrap().len());

        let csv = app.get(&auditor, &format!("{CALL}/score-table?format=csv&header=keys")).await.expect(200);
        let text = String::from_utf8(csv.bytes.to_vec()).unwrap();
        assert!(text.starts_with("call,call_title,track,standing,confirmation,meeting_held_at,inputs_sha256,cost_share_standing,rank,application,applicant,title,member_1,"));
        assert_eq!(text.lines().count(), found.len() + 1);
        let mean = |placed: &Value| placed["mean"].as_str().map(str::to_owned);
        for exact in result["applications"].as_array().unwrap().iter().filter_map(mean) {
            assert!(text.contains(&format!(",{exact},")), "{exact} exactly as it was rounded");
        }
        for member in dossier["sheets"].as_array().unwrap().iter().map(|sheet| sheet["member"].as_str().unwrap()) {
            assert!(!text.contains(member), "nobody is named");
        }
        let preview = app.get(&auditor, "/v1/calls/demo-evaluation/score-table?format=csv").await.expect(200);
        assert!(String::from_utf8(preview.bytes.to_vec()).unwrap().contains("미확정 (preview)"));
    }

    /// The printed result has the meeting, the cut, the lot and how to compute it again; everybody reads the list of those
    /// selected and nothing more.
    async fn the_result_goes_on_paper(app: TestApp) {
        demo(&app).await;
        let auditor = app.persona(Role::Auditor, "bai").await;
        let page = app.get(&auditor, &format!("{CALL}/result/print")).await.expect(200);
        let policy = page.headers.get("content-security-policy").unwrap().to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
        let text = String::from_utf8(page.bytes.to_vec()).unwrap();
        let selection = app.get(&auditor, &format!("{CALL}/selection")).await.expect(200).json;
        let hash = selection["confirmations"][0]["inputs_sha256"].as_str().unwrap();
        for there in ["보건복지부", "적격 점수 70점", "axtrack evaluate", "출석 5명", "(서명)", "예시", hash, selection["lots"][0]["seed"].as_str().unwrap()] {
            assert!(text.contains(there), "{there}");
        }
        for never in ["<script", "http:", "https:", "src=", "@import", "url("] {
            assert!(!text.contains(never), "{never}");
        }
        let preview = app.get(&auditor, "/v1/calls/demo-evaluation/result/print").await.expect(200);
        assert!(String::from_utf8(preview.bytes.to_vec()).unwrap().contains("미확정"));

        let viewer = app.persona(Role::Viewer, "moe").await;
        let list = app.get(&viewer, "/v1/calls/demo-final/selected/print").await.expect(200);
        let list = String::from_utf8(list.bytes.to_vec()).unwrap();
        assert!(list.contains("국세청") && list.contains("세금 신고 안내 AI"), "{list}");
        assert!(["평균", "최종", "예비", "해시"].iter().all(|word| !list.contains(word)), "{list}");
        app.get(&viewer, &format!("{CALL}/selected/print")).await.expect(409);

        let applicant = app.persona(Role::Applicant, "sido-26").await;
        let member = app.persona(Role::CommitteeMember, "nia").await;
        let stranger = app.persona(Role::Coordinator, "msit").await;
        for who in [&viewer, &applicant, &member, &stranger] {
            for below in ["/score-table?format=csv", "/score-table?format=xlsx", "/result/print"] {
                let status = app.get(who, &format!("{CALL}{below}")).await.status.as_u16();
                assert!([403, 404].contains(&status), "{below}: {status}");
            }
        }
    }

    /// What people write is text on paper too; not even the chair takes the table away.
    async fn what_was_written_stays_text(app: TestApp) {
        let judged = Judged::of(&app, "c-paper", 3, &["mohw", "moe"]).await;
        judged.score(&app, &[[40, 30, 20], [30, 20, 10]]).await;
        let chair = &judged.judges[0].persona;
        let seen = app.get(&app.renew(chair), &judged.at("/result")).await.expect(200);
        let mut held = meeting(&app, &judged, 3, 3);
        held["minutes"] = json!("<img src=x onerror=alert(1)>");
        held["place"] = json!("</dd><script>1</script>");
        confirm(&app, &judged, chair, &seen, held, None).await.expect(201);
        let who = app.renew(&judged.call.coordinator);
        let page = app.get(&who, &judged.at("/result/print")).await.expect(200);
        let text = String::from_utf8(page.bytes.to_vec()).unwrap();
        assert!(text.contains("&lt;img src=x onerror=alert(1)&gt;") && text.contains("&lt;script&gt;1"), "{text}");
        assert!(!text.contains("<img") && !text.contains("<script"));
        for below in ["/score-table?format=csv", "/result/print"] {
            app.get(&app.renew(chair), &judged.at(below)).await.expect(403);
            app.get(&app.renew(&judged.judges[1].persona), &judged.at(below)).await.expect(403);
        }
    }
}
