//! Every look that is not for everybody (열람 시험): who tries to see what after each stage, as tables.
//!
//! What is looked at is the application of 부산, the objection of 대구 and the challenge of 전북. A number of 200 and more is the status
//! that must come, a smaller one the number of lines in a list. A dash is for somebody who is not there yet.

use super::cast::{Course, TIED};
use domain::access::Role;
use std::fmt::Write;
use tests::{Answer, Persona, TestApp};

/// After which stage it is looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Fifteen have submitted, and one has a draft.
    Open,
    /// Thirteen were given to the committee, and nobody has scored.
    Given,
    /// Everybody has scored.
    Scored,
    /// The result is confirmed, and nobody was told.
    Confirmed,
    /// The applicants were told.
    Told,
    /// One has objected and was answered, and the call has ended.
    Ended,
    /// Awards were offered, one was given up, and one is agreed.
    Agreed,
}

impl Stage {
    const fn table(self) -> &'static str {
        match self {
            Self::Open => OPEN,
            Self::Given => GIVEN,
            Self::Scored => SCORED,
            Self::Confirmed => CONFIRMED,
            Self::Told => TOLD,
            Self::Ended => ENDED,
            Self::Agreed => AGREED,
        }
    }
}

/// In the order of the columns. Seated, barred, spare and chair are of the committee, the judge is of none; the holder's body
/// holds the call and applies, the stranger's applies; nobody has not signed in.
const COLUMNS: &str = "own other planner adviser seated barred spare chair judge agency holder stranger progress auditor viewer admin nobody";

/// Those who never learn who is on the committee.
const OUTSIDE: [&str; 10] =
    ["own", "other", "planner", "adviser", "judge", "stranger", "progress", "viewer", "admin", "nobody"];

const OPEN: &str = "
/v1/calls/{c}                             200 200 200 200   -   -   -   - 200 200 200 200 200 200 200 404 401
/v1/calls/{c}/history                     403 403 403 403   -   -   -   - 403   4   4 403 403   4 403 404 401
/v1/applications/{a}                      200 404 404 404   -   -   -   - 404 200 200 404 200 200 404 404 401
/v1/applications/{a}/submission-check     200 404 404 404   -   -   -   - 404 403 403 404 403 403 404 404 401
/v1/applications/{a}/similar              200 404 404 404   -   -   -   - 404 200 200 404 200 200 404 404 401
/v1/applications/{a}/history              403 404 404 404   -   -   -   - 404   2   2 404 403   2 404 404 401
/v1/applications?call={c}&page_size=200     1   1   1 403   -   -   -   - 403  15  15   0  15  16 403 403 401
/v1/assignments/{a}                       404 404 404 404   -   -   -   - 404 403 403 404 404 200 404 404 401
/v1/assignments?page_size=200             403 403 403 403   -   -   -   -   0 403 403 403 403 403 403 403 401
/v1/panels/{a}                            404 404 404 404   -   -   -   - 404 200 200 404 404 200 404 404 401
/v1/panels?call={c}&page_size=200         403 403 403 403   -   -   -   - 403   0   0   0 403   0 403 403 401
/v1/score-sheets?call={c}&page_size=200   403 403 403 403   -   -   -   - 403   0   0   0 403   0 403 403 401
/v1/calls/{c}/sheet-progress              404 404 404 404   -   -   -   - 404 200 200 404 404 200 404 404 401
/v1/calls/{c}/committee                   404 404 404 404   -   -   -   - 404 200 200 404 404 200 404 404 401
/v1/calls/{c}/committee/history           404 404 404 404   -   -   -   - 404   0   0 404 404   0 404 404 401
/v1/experts?page_size=200                 403 403 403 403   -   -   -   - 403   0   0   0 403   0 403 403 401
/v1/audit/entries?page_size=1             403 403 403 403   -   -   -   - 403 403 403 403 403   1 403 403 401
";

const GIVEN: &str = "
/v1/calls/{c}                             200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 404 401
/v1/calls/{c}/history                     403 403 403 403 403 403 403 403 403   6   6 403 403   6 403 404 401
/v1/applications/{a}                      200 404 404 404 404 404 404 404 404 200 200 404 200 200 404 404 401
/v1/applications/{a}/submission-check     200 404 404 404 404 404 404 404 404 403 403 404 403 403 404 404 401
/v1/applications/{a}/similar              200 404 404 404 404 404 404 404 404 200 200 404 200 200 404 404 401
/v1/applications/{a}/history              403 404 404 404 404 404 404 404 404   3   3 404 403   3 404 404 401
/v1/applications?call={c}&page_size=200     1   1   1 403 403 403 403 403 403  15  15   0  15  16 403 403 401
/v1/assignments/{a}                       404 404 404 404 200 404 404 200 404 403 403 404 404 200 404 404 401
/v1/assignments/{a}/sheet                 404 404 404 404 200 404 404 200 404 403 403 404 404 403 404 404 401
/v1/assignments/{a}/sheets                404 404 404 404 403 404 404 403 404 403 403 404 404 403 404 404 401
/v1/assignments?page_size=200             403 403 403 403  13  12   0  13   0 403 403 403 403 403 403 403 401
/v1/panels/{a}                            404 404 404 404 403 404 404 403 404 200 200 404 404 200 404 404 401
/v1/panels/{a}/history                    404 404 404 404 403 404 404 403 404   2   2 404 404   2 404 404 401
/v1/panels?call={c}&page_size=200         403 403 403 403 403 403 403 403 403  13  12   0 403  13 403 403 401
/v1/panels/{h}                            404 404 404 404 403 403 404 403 404 200 404 404 404 200 404 404 401
/v1/score-sheets/{s}                      404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 401
/v1/score-sheets?call={c}&page_size=200   403 403 403 403 403 403 403 403 403   0   0   0 403   0 403 403 401
/v1/calls/{c}/sheet-progress              404 404 404 404 403 403 403 403 404 200 200 404 404 200 404 404 401
/v1/calls/{c}/assignments/proposal?per_application=2 404 404 404 404 403 403 403 403 404 200 200 404 404 403 404 404 401
/v1/calls/{c}/committee                   404 404 404 404 200 200 200 200 404 200 200 404 404 200 404 404 401
/v1/calls/{c}/committee/history           404 404 404 404 403 403 403 403 404  12  12 404 404  12 404 404 401
/v1/experts?page_size=200                 403 403 403 403 403 403 403 403 403   8   8   8 403   8 403 403 401
/v1/experts/{e}                           404 404 404 404 200 404 404 404 404 200 200 200 404 200 404 404 401
/v1/audit/entries?page_size=1             403 403 403 403 403 403 403 403 403 403 403 403 403   1 403 403 401
/v1/challenges/{x}                        404 404 404 404 404 404 404 404 404 200 200 404 404 200 404 404 401
/v1/challenges/{x}/history                404 404 404 404 404 404 404 404 404   1   1 404 404   1 404 404 401
/v1/challenges?call={c}&page_size=200       0   1   0 403 403 403 403 403 403   2   2   0 403   2 403 403 401
";

const SCORED: &str = "
/v1/applications/{a}                      200 404 404 404 404 404 404 404 404 200 200 404 200 200 404 404 401
/v1/assignments/{a}                       404 404 404 404 200 404 404 200 404 403 403 404 404 200 404 404 401
/v1/assignments/{a}/sheet                 404 404 404 404 200 404 404 200 404 403 403 404 404 403 404 404 401
/v1/assignments/{a}/sheets                404 404 404 404 200 404 404 200 404 403 403 404 404 403 404 404 401
/v1/assignments?page_size=200             403 403 403 403  13  12   0  13   0 403 403 403 403 403 403 403 401
/v1/panels/{a}                            404 404 404 404 403 404 404 403 404 200 200 404 404 200 404 404 401
/v1/score-sheets/{s}                      404 404 404 404 404 404 404 404 404 200 200 404 404 200 404 404 401
/v1/score-sheets/{hs}                     404 404 404 404 404 404 404 404 404 200 404 404 404 200 404 404 401
/v1/score-sheets?call={c}&page_size=200   403 403 403 403 403 403 403 403 403  89  82   0 403  89 403 403 401
/v1/score-sheets?application={a}          403 403 403 403 403 403 403 403 403   6   6   0 403   6 403 403 401
/v1/calls/{c}/sheet-progress              404 404 404 404 403 403 403 403 404 200 200 404 404 200 404 404 401
";

const CONFIRMED: &str = "
/v1/calls/{c}/result                      404 404 404 404 403 403 403 200 404 200 200 404 404 200 404 404 401
/v1/calls/{c}/result?standing=preview     404 404 404 404 403 403 403 200 404 200 200 404 404 200 404 404 401
/v1/calls/{c}/dossier                     404 404 404 404 403 403 403 403 404 200 403 404 404 200 404 404 401
/v1/calls/{c}/trace                       404 404 404 404 403 403 403 403 404 200 403 404 404 200 404 404 401
/v1/calls/{c}/selection                   404 404 404 404 403 403 403 200 404 200 200 404 404 200 404 404 401
/v1/calls/{c}/selected                    409 409 409 409 409 409 409 409 409 409 409 409 409 409 409 404 401
/v1/applications/{a}/result               409 404 404 404 404 404 404 404 404 409 409 404 409 409 404 404 401
/v1/assignments/{a}                       404 404 404 404 200 404 404 200 404 403 403 404 404 200 404 404 401
/v1/assignments/{a}/sheets                404 404 404 404 200 404 404 200 404 403 403 404 404 403 404 404 401
/v1/score-sheets/{s}                      404 404 404 404 404 404 404 404 404 200 200 404 404 200 404 404 401
/v1/calls/{c}/sheet-progress              404 404 404 404 403 403 403 403 404 200 200 404 404 200 404 404 401
/v1/calls/{c}/score-table?format=csv      404 404 404 404 403 403 403 403 404 200 403 404 404 200 404 404 401
/v1/calls/{c}/score-table?format=xlsx     404 404 404 404 403 403 403 403 404 200 403 404 404 200 404 404 401
/v1/calls/{c}/result/print                404 404 404 404 403 403 403 403 404 200 403 404 404 200 404 404 401
/v1/calls/{c}/selected/print              409 409 409 409 409 409 409 409 409 409 409 409 409 409 409 404 401
/v1/challenges/{x}                        404 404 404 404 404 404 404 404 404 200 200 404 404 200 404 404 401
/v1/challenges/{x}/history                404 404 404 404 404 404 404 404 404   2   2 404 404   2 404 404 401
/v1/challenges?call={c}&page_size=200       0   1   0 403 403 403 403 403 403   2   2   0 403   2 403 403 401
";

const TOLD: &str = "
/v1/calls/{c}/result                      404 404 404 404 403 403 403 200 404 200 200 404 404 200 404 404 401
/v1/calls/{c}/dossier                     404 404 404 404 403 403 403 403 404 200 403 404 404 200 404 404 401
/v1/calls/{c}/selection                   404 404 404 404 403 403 403 200 404 200 200 404 404 200 404 404 401
/v1/calls/{c}/selected                    200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 404 401
/v1/applications/{a}/result               200 404 404 404 404 404 404 404 404 200 200 404 200 200 404 404 401
/v1/applications/{a}                      200 404 404 404 404 404 404 404 404 200 200 404 200 200 404 404 401
/v1/score-sheets/{s}                      404 404 404 404 404 404 404 404 404 200 200 404 404 200 404 404 401
/v1/calls/{c}/committee                   404 404 404 404 200 200 200 200 404 200 200 404 404 200 404 404 401
/v1/calls/{c}/score-table?format=csv      404 404 404 404 403 403 403 403 404 200 403 404 404 200 404 404 401
/v1/calls/{c}/score-table?format=xlsx     404 404 404 404 403 403 403 403 404 200 403 404 404 200 404 404 401
/v1/calls/{c}/result/print                404 404 404 404 403 403 403 403 404 200 403 404 404 200 404 404 401
/v1/calls/{c}/selected/print              200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 404 401
";

const ENDED: &str = "
/v1/objections/{o}                        404 404 404 404 404 404 404 404 404 200 200 404 404 200 404 404 401
/v1/objections?call={c}&page_size=200       0   0   0 403 403 403 403 403 403   1   1   0 403   1 403 403 401
/v1/applications/{a}/result               200 404 404 404 404 404 404 404 404 200 200 404 200 200 404 404 401
/v1/calls/{c}/selected                    200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 404 401
/v1/calls/{c}/result                      404 404 404 404 403 403 403 200 404 200 200 404 404 200 404 404 401
/v1/calls/{c}/dossier                     404 404 404 404 403 403 403 403 404 200 403 404 404 200 404 404 401
";

const AGREED: &str = "
/v1/awards/{a}                            200 404 404 404 404 404 404 404 404 200 200 404 200 200 404 404 401
/v1/awards/{a}/history                    403 404 404 404 404 404 404 404 404   1   1 404 403   1 404 404 401
/v1/awards?call={c}&page_size=200           1   1   1 403 403 403 403 403 403   8   8   0   8   8 403 403 401
/v1/calls/{c}/award-money                 403 403 403 403 403 403 403 403 403 200 200 403 200 200 403 404 401
/v1/applications/{a}/result               200 404 404 404 404 404 404 404 404 200 200 404 200 200 404 404 401
/v1/calls/{c}/result                      404 404 404 404 403 403 403 200 404 200 200 404 404 200 404 404 401
/v1/calls/{c}/dossier                     404 404 404 404 403 403 403 403 404 200 403 404 404 200 404 404 401
";

/// Everybody, in the order of [`COLUMNS`].
async fn everybody(app: &TestApp, course: &Course) -> Vec<Option<Persona>> {
    let member = |index: usize| course.members.get(index).map(|judge| judge.persona.clone());
    vec![
        course.writers.get("sido-26").cloned(),
        course.writers.get("sido-41").cloned(),
        course.writers.get("mohw").cloned(),
        Some(app.persona(Role::Adviser, "nia").await),
        member(1),
        member(TIED),
        course.spare.as_ref().map(|judge| judge.persona.clone()),
        member(0),
        Some(app.persona(Role::CommitteeMember, "nia").await),
        Some(course.agency.clone()),
        Some(course.call.coordinator.clone()),
        Some(app.persona(Role::Coordinator, "mohw").await),
        Some(app.persona(Role::ProgressManager, "nia").await),
        Some(app.persona(Role::Auditor, "bai").await),
        Some(app.persona(Role::Viewer, "mois").await),
        Some(app.persona(Role::Administrator, "nia").await),
    ]
}

/// What a cell of the table says of an answer.
fn told(answer: &Answer) -> usize {
    match (answer.status.as_u16(), answer.json["items"].as_array()) {
        (200, Some(items)) => items.len(),
        (status, _) => usize::from(status),
    }
}

/// Lets everybody look at everything.
pub async fn tried(app: &TestApp, course: &Course, stage: Stage) {
    let all = everybody(app, course).await;
    let names: Vec<&str> = COLUMNS.split(' ').collect();
    let (application, seated) = (course.of("sido-26"), course.members.get(1));
    let sheet = seated.map_or_else(String::new, |judge| format!("{application}.{}", judge.id()));
    let mut wrong = String::new();
    for row in stage.table().lines().filter(|line| !line.is_empty()) {
        let mut cells = row.split_whitespace();
        let path =
            cells.next().unwrap().replace("{c}", &course.call.key).replace("{a}", application).replace("{s}", &sheet);
        let path = path.replace("{x}", course.challenges.first().map_or("", String::as_str));
        let own = course.of("mois");
        let sheet = seated.map_or_else(String::new, |judge| format!("{own}.{}", judge.id()));
        let path = path.replace("{h}", own).replace("{hs}", &sheet);
        let path = path.replace("{o}", course.of("sido-27")).replace("{e}", seated.map_or("", |judge| &judge.expert));
        let cells: Vec<&str> = cells.collect();
        assert_eq!(cells.len(), names.len(), "{row}");
        for (index, (name, cell)) in names.iter().zip(cells).enumerate() {
            let answer = match all.get(index) {
                Some(None) => {
                    assert_eq!(cell, "-", "{name} is not there yet");
                    continue;
                }
                Some(Some(who)) => app.get(&app.renew(who), &path).await,
                None => app.send_anonymously("GET", &path, None, None).await,
            };
            let text = String::from_utf8_lossy(&answer.bytes);
            let shown = |id: &str| answer.status == 200 && text.contains(id);
            // The pool is known to every coordinator; who of it judges here is not.
            if OUTSIDE.contains(name)
                && !path.starts_with("/v1/experts")
                && course.members.iter().any(|judge| shown(&judge.id()))
            {
                writeln!(wrong, "{path}: {name} learns of a member").unwrap();
            }
            if *name == "barred" && shown(application) {
                writeln!(wrong, "{path}: {name} learns of the application").unwrap();
            }
            let wanted: usize = cell.parse().unwrap_or_else(|_| panic!("{name} is there: {row}"));
            if told(&answer) != wanted {
                writeln!(wrong, "{path}: {name} gets {}, not {wanted}", told(&answer)).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{stage:?}\n{wrong}");
}
