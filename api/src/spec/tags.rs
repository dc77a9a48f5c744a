//! What the operations are grouped by (분류), in Korean and English.

use serde_json::{Value, json};

/// Every tag: its name, and what it is about.
const TAGS: &[(&str, &str, &str)] = &[
    ("account", "계정과 역할", "Accounts, the roles they hold for bodies, their passwords."),
    ("session", "로그인과 토큰", "Signing in and out, refreshing tokens, who one is."),
    ("service_key", "서비스 키", "Keys by which programs sign in."),
    ("signing_key", "서명 키", "The keys that sign access tokens."),
    ("audit", "감사 기록", "Who did what, when and why; kept in chains that show any change."),
    ("body", "기관", "Ministries, agencies, public institutions and local governments, with their lives and lineage."),
    (
        "committee",
        "선정위원회",
        "The pool of experts; committees drawn by lot or appointed, their chairs, pledges and terms.",
    ),
    ("panel", "배정", "Who judges which application, conflicts of interest, and what a committee member is to judge."),
    ("scoring", "평가표", "Score sheets: written by their members alone, reopened with a reason, counted."),
    ("challenge", "기피 신청", "Challenges of applicants to whoever may judge them: filed, taken up, answered."),
    ("objection", "이의신청", "Objections to a result: made once, answered once."),
    ("selection", "선정", "What a call comes to: previewed, settled, confirmed by the committee, told."),
    ("reference", "기준 자료", "Regions, programmes, published figures and fiscal indicators."),
    ("project", "과제", "AX projects with their phases, gates, stages, benefits and progress."),
    ("budget", "예산", "Budget lines with their append-only ledgers, and the envelopes that they come from."),
    ("call", "공모", "Support calls: window, rules, tracks, and the course from draft to final."),
    ("cost_share", "국비 분담", "Cost-share rule sets, edition by edition, explained and tried out on everybody."),
    ("application", "신청", "Applications to support calls: drafts, numbered submissions, withdrawal and screening."),
    (
        "award",
        "협약",
        "Awards: offered, promoted, agreed upon with a project and its lines, paid by instalments, settled.",
    ),
    (
        "gpu",
        "GPU 배분",
        "GPU and NPU pools, allocation rounds, requests, allocations that are never overbooked, waiting lists, charges.",
    ),
    ("demand", "수요조사", "What bodies say they will need: GPUs, models, people, the common base, data."),
    (
        "resource",
        "자원 지원",
        "What projects are given and use: requests, foundation models, the AI common base, public datasets.",
    ),
    (
        "advisory",
        "자문",
        "The advisory group: advisers, consultations with their sessions and advice, and what became of it.",
    ),
    ("portfolio", "현황", "Lists, sums and exports over all projects that one may see."),
    ("operation", "작업", "Long work begun by a request: its progress and its result."),
    ("operations", "운영", "Whether the server is alive and ready, which version it is, what each problem code means."),
];

/// The tags in use, described. A tag without words here keeps its bare name, which a test refuses.
pub(super) fn described(used: &[String]) -> Value {
    let known = TAGS.iter().filter(|(name, ..)| used.iter().any(|u| u == name));
    let known = known.map(|(name, ko, en)| json!({ "name": name, "description": format!("{ko}. {en}") }));
    let unknown = used.iter().filter(|u| !TAGS.iter().any(|(name, ..)| name == u));
    known.chain(unknown.map(|name| json!({ "name": name }))).collect()
}
