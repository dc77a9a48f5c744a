//! The policy table on paper (권한표): `docs/access.md`, printed from the one table that the program asks.

use domain::access::{ANYONE, ROLES, TABLE, WORDS};
use std::fmt::Write;

/// What a relation means: the kind of thing (`*` for all), the relation, Korean, English.
const CELLS: &[(&str, &str, &str, &str)] = &[
    ("*", "Never", "할 수 없음", "Not with this role."),
    ("*", "Always", "그 역할이면 누구나", "Whoever holds the role."),
    ("account", "Self_", "자기 계정일 때", "The account is one's own."),
    ("operation", "Self_", "자기가 시킨 작업일 때", "It was asked for by oneself."),
    ("body", "Own", "역할을 받은 바로 그 기관일 때", "The role is held for that very body."),
    ("budget_line", "Own", "역할을 받은 기관의 예산 내역일 때", "The role is held for the body whose line it is."),
    ("budget_line", "Firm", "초안이 아닐 때", "The line is no draft."),
    (
        "budget_line",
        "Visible",
        "소속 기관의 내역이거나, 초안이 아니면서 제출된 과제 또는 소속 기관이 참여하는 과제의 내역일 때",
        "The line is the body's own; or it is no draft and pays for a filed project, or for one in which the body takes part.",
    ),
    ("project", "Filed", "제출된 과제일 때", "It has been filed."),
    ("project", "Own", "역할을 받은 기관이 주관할 때", "The role's body leads it."),
    ("project", "Joint", "역할을 받은 기관이 주관하거나 참여할 때", "The role's body leads it or takes part."),
    ("project", "Partner", "역할을 받은 기관이 참여할 때(주관 제외)", "The role's body takes part without leading."),
    (
        "project",
        "FiledOrJoint",
        "제출되었거나, 역할을 받은 기관이 주관·참여할 때",
        "It has been filed, or the role's body leads it or takes part.",
    ),
    (
        "project",
        "OtherFiled",
        "제출되었고, 역할을 받은 기관이 주관도 참여도 하지 않을 때(이해관계 없음)",
        "It has been filed, and the role's body neither leads it nor takes part.",
    ),
    ("call", "Published", "공고된 공모일 때", "It has been published."),
    ("call", "Own", "소속 기관이 주관하거나 운영할 때", "The body holds or runs it."),
    (
        "call",
        "PublishedOrOwn",
        "공고되었거나, 소속 기관이 주관하거나 운영할 때",
        "It has been published, or the body holds or runs it.",
    ),
    ("application", "Own", "소속 기관이 신청할 때", "The body applies."),
    ("application", "Joint", "소속 기관이 신청하거나 참여할 때", "The body applies or takes part."),
    (
        "application",
        "Running",
        "제출되었고, 소속 기관이 공모를 주관하거나 운영할 때",
        "It was submitted, and the body holds or runs the call.",
    ),
    (
        "application",
        "RunningOther",
        "제출되었고, 소속 기관이 공모를 주관하거나 운영하며 신청에 참여하지 않을 때(이해관계 없음)",
        "It was submitted, and the body holds or runs the call and has no part in it.",
    ),
    ("expert", "Self_", "자기 전문가 기록일 때", "The expert is oneself."),
    ("committee", "Running", "소속 기관이 공모를 주관하거나 운영할 때", "The body holds or runs the call."),
    ("committee", "Chair", "그 위원회의 위원장일 때", "One chairs the committee."),
    ("committee", "Member", "그 위원회의 위원일 때", "One is on the committee."),
    ("adviser", "Self_", "자기 위촉일 때", "The adviser is oneself."),
    ("consultation", "Own", "소속 기관이 요청했을 때", "The body has asked for it."),
    (
        "consultation",
        "Joint",
        "소속 기관이 요청했거나 그 과제에 참여할 때",
        "The body has asked for it or takes part in the project.",
    ),
    (
        "consultation",
        "Assigned",
        "자기에게 배정되었고 임기 중일 때",
        "It was assigned to oneself, and the term goes on.",
    ),
    (
        "panel",
        "RunningOther",
        "소속 기관이 공모를 주관하거나 운영하고, 신청에 참여하지 않을 때(이해관계 없음)",
        "The body holds or runs the call and has no part in the application.",
    ),
    (
        "panel",
        "Judge",
        "신청을 배정받았고 이해충돌이 없을 때",
        "One has been given the application, and nothing keeps one from it.",
    ),
    ("challenge", "Own", "소속 기관이 기피를 신청했을 때", "The body challenges."),
    ("challenge", "Running", "소속 기관이 공모를 주관하거나 운영할 때", "The body holds or runs the call."),
    (
        "challenge",
        "RunningOther",
        "소속 기관이 공모를 주관하거나 운영하고, 신청에 참여하지 않을 때(이해관계 없음)",
        "The body holds or runs the call and has no part in the application.",
    ),
    (
        "score_sheet",
        "RunningOther",
        "소속 기관이 공모를 주관하거나 운영하고, 신청에 참여하지 않을 때(이해관계 없음)",
        "The body holds or runs the call and has no part in the application.",
    ),
    ("objection", "Own", "소속 기관이 이의를 신청했을 때", "The body objects."),
    ("objection", "Running", "소속 기관이 공모를 주관하거나 운영할 때", "The body holds or runs the call."),
    (
        "objection",
        "RunningOther",
        "소속 기관이 공모를 주관하거나 운영하고, 신청에 참여하지 않을 때(이해관계 없음)",
        "The body holds or runs the call and has no part in the application.",
    ),
    ("award", "Own", "소속 기관이 교부받을 때", "The body receives it."),
    ("award", "Joint", "소속 기관이 교부받거나 참여할 때", "The body receives it or takes part."),
    ("award", "Running", "소속 기관이 공모를 주관하거나 운영할 때", "The body holds or runs the call."),
    (
        "award",
        "RunningOther",
        "소속 기관이 공모를 주관하거나 운영하고, 신청에 참여하지 않을 때(이해관계 없음)",
        "The body holds or runs the call and has no part in the application.",
    ),
    ("gpu_round", "Announced", "공고된 회차일 때", "It has been announced."),
    ("gpu_request", "Own", "소속 기관이 주관하는 과제의 신청일 때", "The body leads the project and asks."),
    ("gpu_request", "Joint", "소속 기관이 신청하거나 과제에 참여할 때", "The body asks or takes part in the project."),
    (
        "gpu_request",
        "Other",
        "소속 기관이 신청도 참여도 하지 않을 때(이해관계 없음)",
        "The body neither asks nor takes part in the project.",
    ),
    ("gpu_place", "Joint", "소속 기관이 신청하거나 과제에 참여할 때", "The body asks or takes part in the project."),
    ("demand", "Own", "소속 기관의 수요일 때", "It is the body's."),
    ("demand", "OtherBody", "다른 기관의 수요일 때(이해관계 없음)", "It is another body's."),
    (
        "resource_request",
        "Filed",
        "과제가 제출되었을 때(과제 없는 기록은 언제나)",
        "Its project has been filed, or it hangs on none.",
    ),
    (
        "resource_request",
        "Own",
        "역할을 받은 기관이 과제를 주관하거나, 과제 없는 기록의 기관일 때",
        "The role's body leads its project, or is its body where it hangs on none.",
    ),
    (
        "resource_request",
        "Joint",
        "역할을 받은 기관이 과제를 주관하거나 참여할 때",
        "The role's body leads its project or takes part.",
    ),
    (
        "resource_request",
        "FiledOrJoint",
        "과제가 제출되었거나, 역할을 받은 기관이 과제를 주관·참여할 때",
        "Its project has been filed, or the role's body leads it or takes part.",
    ),
    (
        "resource_request",
        "OtherFiled",
        "과제가 제출되었고, 역할을 받은 기관이 과제를 주관도 참여도 하지 않을 때(이해관계 없음)",
        "Its project has been filed, and the role's body neither leads it nor takes part.",
    ),
    (
        "model_adoption",
        "Filed",
        "과제가 제출되었을 때(과제 없는 기록은 언제나)",
        "Its project has been filed, or it hangs on none.",
    ),
    (
        "model_adoption",
        "Own",
        "역할을 받은 기관이 과제를 주관하거나, 과제 없는 기록의 기관일 때",
        "The role's body leads its project, or is its body where it hangs on none.",
    ),
    (
        "model_adoption",
        "Joint",
        "역할을 받은 기관이 과제를 주관하거나 참여할 때",
        "The role's body leads its project or takes part.",
    ),
    (
        "model_adoption",
        "FiledOrJoint",
        "과제가 제출되었거나, 역할을 받은 기관이 과제를 주관·참여할 때",
        "Its project has been filed, or the role's body leads it or takes part.",
    ),
    (
        "service_use",
        "Filed",
        "과제가 제출되었을 때(과제 없는 기록은 언제나)",
        "Its project has been filed, or it hangs on none.",
    ),
    (
        "service_use",
        "Own",
        "역할을 받은 기관이 과제를 주관하거나, 과제 없는 기록의 기관일 때",
        "The role's body leads its project, or is its body where it hangs on none.",
    ),
    (
        "service_use",
        "Joint",
        "역할을 받은 기관이 과제를 주관하거나 참여할 때",
        "The role's body leads its project or takes part.",
    ),
    (
        "service_use",
        "FiledOrJoint",
        "과제가 제출되었거나, 역할을 받은 기관이 과제를 주관·참여할 때",
        "Its project has been filed, or the role's body leads it or takes part.",
    ),
    (
        "dataset_use",
        "Filed",
        "과제가 제출되었을 때(과제 없는 기록은 언제나)",
        "Its project has been filed, or it hangs on none.",
    ),
    (
        "dataset_use",
        "Own",
        "역할을 받은 기관이 과제를 주관하거나, 과제 없는 기록의 기관일 때",
        "The role's body leads its project, or is its body where it hangs on none.",
    ),
    (
        "dataset_use",
        "Joint",
        "역할을 받은 기관이 과제를 주관하거나 참여할 때",
        "The role's body leads its project or takes part.",
    ),
    (
        "dataset_use",
        "FiledOrJoint",
        "과제가 제출되었거나, 역할을 받은 기관이 과제를 주관·참여할 때",
        "Its project has been filed, or the role's body leads it or takes part.",
    ),
];

/// The page. Relations without words stay bare, which a test refuses.
pub fn page() -> String {
    let mut page = String::from(
        "# 권한표 · Who may do what\n\n\
         이 문서는 `domain/src/access/table.rs`에서 만들어진다. 고치지 말고 `cargo run -p openapi`로 다시 만든다.\n\
         Printed from `domain/src/access/table.rs` by `cargo run -p openapi`; a test compares it, and another tries every\n\
         operation with every role. What one may not know of answers 404, what one may not do 403. A role is held for one\n\
         body and may expire; whoever holds several may do what any of them allows. A few actions need no role at all; the\n\
         relation that is enough stands in brackets.\n\n\
         ## 역할 · Roles\n\n| 역할 | code |\n|---|---|\n",
    );
    for role in ROLES {
        let _ = writeln!(page, "| {} | `{role}` |", role.ko());
    }
    page.push_str("\n## 관계 · Relations\n\n| kind | relation | 뜻 | meaning |\n|---|---|---|---|\n");
    for (kind, cell, ko, en) in CELLS.iter().filter(|cell| in_use(cell.0, cell.1)) {
        let _ = writeln!(page, "| {kind} | {} | {ko} | {en} |", shown(cell));
    }
    let mut heading = "";
    for ((name, kind, row), (_, words)) in TABLE.iter().zip(WORDS) {
        let capability = name.split('.').next().unwrap_or_default();
        if capability != heading {
            heading = capability;
            let roles: Vec<&str> = ROLES.iter().map(|role| role.ko()).collect();
            let _ = writeln!(page, "\n## {capability}\n\n| action | on | {} | what |", roles.join(" | "));
            let _ = writeln!(page, "|---|---|{}---|", "---|".repeat(ROLES.len()));
        }
        let cells: Vec<&str> = row.iter().map(|cell| shown(cell)).collect();
        let anyone = ANYONE.iter().find(|(action, _)| action == name);
        let anyone = anyone.map(|(_, cell)| format!(" [{}]", shown(cell))).unwrap_or_default();
        let _ = writeln!(page, "| `{name}` | {kind} | {} | {}{anyone} |", cells.join(" | "), words.trim());
    }
    page
}

fn shown(cell: &str) -> &str {
    match cell {
        "Never" => "·",
        "Always" => "●",
        cell => cell.trim_end_matches('_'),
    }
}

fn in_use(kind: &str, cell: &str) -> bool {
    TABLE.iter().any(|(_, of, row)| (kind == "*" || *of == kind) && row.contains(&cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_relation_is_explained() {
        let told =
            |kind: &str, cell: &str| CELLS.iter().any(|(of, known, ..)| *known == cell && (*of == "*" || *of == kind));
        let cells = TABLE.iter().flat_map(|(name, kind, row)| row.iter().map(move |cell| (name, kind, cell)));
        let bare: Vec<String> = cells
            .filter(|(_, kind, cell)| !told(kind, cell))
            .map(|(name, kind, cell)| {
                format!("{name}: say in CELLS (openapi/src/access.rs) what {cell} means for a {kind}")
            })
            .collect();
        assert!(bare.is_empty(), "{}", bare.join("\n"));
        assert!(page().contains("| `body.create` | system |"));
    }
}
