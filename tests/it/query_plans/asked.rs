//! What is asked of each list (목록 조건): each filter alone, some together, in every order that the list has.

pub use super::lists::LISTS;
use domain::access::Role;
use tests::operations::Operation;

/// Who asks: their scopes open a list in different ways.
pub const READERS: [(&str, Role, &str); 6] = [
    ("a planner", Role::Planner, "mois"),
    ("a coordinator", Role::Coordinator, "msit"),
    ("an auditor", Role::Auditor, "bai"),
    ("an administrator", Role::Administrator, "nia"),
    ("a committee member", Role::CommitteeMember, "nia"),
    ("an adviser", Role::Adviser, "nia"),
];

/// What is read beside the lists. Exports read all there is, and count it.
pub const READS: [&str; 25] = [
    "/v1/projects/{project}",
    "/v1/projects/{project}?as_of=2026-11-22",
    "/v1/projects/{project}/moves",
    "/v1/projects/{project}/gate",
    "/v1/projects/{project}/lineage",
    "/v1/projects/{project}/similar",
    "/v1/projects/similar?title=AI%20%EB%AF%BC%EC%9B%90",
    "/v1/budget-lines/{budget_line}",
    "/v1/budget-lines/{budget_line}/balances?as_of=2026-06-30",
    "/v1/portfolio/summary?group_by=body,phase",
    "/v1/portfolio/coverage?year=2026",
    "/v1/bodies/mois",
    "/v1/envelopes/ax-2026",
    "/v1/cost-share-rules/illustration-2026/explain?body=mois&total_cost_krw=1000000",
    "/v1/cost-share-rules/illustration-2026/explain?level=sido&code=12&total_cost_krw=1000000",
    "/v1/cost-share-rules/illustration-2026/what-if?total_cost_krw=1000000",
    "/v1/calls/demo-open",
    "/v1/me",
    "/v1/applications/{application}",
    "/v1/applications/{application}/similar",
    "/v1/calls/{call}/moves",
    "/v1/gpu-pools/{gpu_pool}",
    "/v1/gpu-pools/{gpu_pool}/waiting-list",
    "/v1/gpu-requests/{gpu_request}",
    "/v1/consultations/{consultation}",
];

/// The filters of a list, and whether each must lead to what fits.
pub fn filters(operation: &Operation) -> Vec<(&'static str, Way)> {
    let list = LISTS.iter().find(|list| list.id == operation.id);
    let seek = list.iter().flat_map(|list| list.seek).map(|text| (*text, Way::Sought));
    let pass = list.iter().flat_map(|list| list.pass).map(|text| (*text, Way::Walked));
    seek.chain(pass).chain(list.iter().flat_map(|list| list.sort).map(|text| (*text, Way::Sorted))).collect()
}

/// How what fits is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// An index leads to it.
    Sought,
    /// In passing, along an index in the order of the list.
    Walked,
    /// An index leads to it, and it is sorted.
    Sorted,
    /// Along the full-text index, which on SQLite is in the order of the list.
    Worded,
    /// There is no filter: everything fits, and the table itself may be the index.
    Whole,
}

/// One question.
#[derive(Debug, Clone)]
pub struct Query {
    /// As it stands in the address.
    pub text: String,
    /// How it is to be answered.
    pub way: Way,
    /// Whether there must be a second page.
    pub must_go_on: bool,
    /// How many of the readers ask: the first has the widest scope in words, and is enough for what repeats.
    pub readers: usize,
}

/// The list as it is and by each filter, in each of its orders.
pub fn queries(operation: &Operation) -> Vec<Query> {
    let sort = operation.parameters().find(|p| p["name"] == "sort");
    let orders = sort.map_or_else(Vec::new, |sort| {
        let known = sort["schema"]["enum"].as_array().expect("the orders").iter();
        known.map(|order| format!("&sort={}", order.as_str().unwrap())).collect()
    });
    let orders = if orders.is_empty() { vec![String::new()] } else { orders };
    let mut all = Vec::new();
    for (place, order) in orders.iter().enumerate() {
        let whole = format!("page_size=1{order}");
        // A history may be short.
        let must_go_on = LONG.contains(&operation.id.as_str());
        all.push(Query { text: whole.clone(), way: Way::Whole, must_go_on, readers: READERS.len() });
        for (filter, way) in filters(operation) {
            // As it stood, there is one order alone.
            if filter.starts_with("as_of=") && place > 0 && operation.id == "list_projects" {
                continue;
            }
            // In another order than the first, an index of that order will do.
            let entry = ["", "&sort=created_at", "&sort=-created_at"].contains(&order.as_str());
            let (way, readers) = match way {
                Way::Sorted if entry && operation.id == "list_projects" => (Way::Worded, READERS.len()),
                Way::Sought if place > 0 => (Way::Walked, 1),
                way if place > 0 => (way, 1),
                way => (way, READERS.len()),
            };
            all.push(Query { text: format!("{whole}&{filter}"), way, must_go_on: false, readers });
        }
    }
    all
}

/// Lists of which there is more than one page for everybody who may read them.
const LONG: [&str; 9] = [
    "list_accounts",
    "list_applications",
    "list_audit_entries",
    "list_bodies",
    "list_budget_lines",
    "list_programmes",
    "list_projects",
    "list_published_figures",
    "list_regions",
];
