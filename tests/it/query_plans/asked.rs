//! What is asked of each list (목록 조건): each filter alone, some together, in every order that the list has.

use domain::access::Role;
use tests::operations::Operation;

/// Who asks: their scopes open a list in different ways.
pub const READERS: [(&str, Role, &str); 5] = [
    ("a planner", Role::Planner, "mois"),
    ("a coordinator", Role::Coordinator, "msit"),
    ("an auditor", Role::Auditor, "bai"),
    ("an administrator", Role::Administrator, "nia"),
    ("a committee member", Role::CommitteeMember, "nia"),
];

/// What is read beside the lists. Exports read all there is, and count it.
pub const READS: [&str; 24] = [
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
];

/// A list with its filters.
#[derive(Debug)]
pub struct List {
    /// The operation.
    pub id: &'static str,
    /// Filters for which there is an index that leads to what fits.
    pub seek: &'static [&'static str],
    /// Filters that are looked at while the list is walked in its order: no index could answer them, or nearly everything
    /// fits, or (for projects) the index of the order carries them so that what does not fit is passed over unopened.
    pub pass: &'static [&'static str],
    /// Filters for which what fits comes in no order and is sorted: so little, or (full text) looked at as a whole anyway
    /// in any other order than that of entry.
    pub sort: &'static [&'static str],
}

/// Every list that has filters.
pub const LISTS: &[List] = &[
    List {
        id: "list_accounts",
        seek: &["state=active"],
        pass: &["q=plan", "role=planner", "body=mois", "role=planner&body=mois&state=active"],
        sort: &[],
    },
    List {
        id: "list_applications",
        seek: &[
            "call=c-plans",
            "body=mois",
            "level=central",
            "standing=submitted",
            "call=c-plans&body=mois&level=central&standing=submitted",
        ],
        pass: &["call=c-plans,c-none", "body=mois,msit", "level=central,sido", "standing=submitted,eligible"],
        sort: &[],
    },
    List {
        id: "list_assignments",
        // The seats of one member are few, and found by their key.
        seek: &["call=c-plans", "sheet=submitted", "call=c-plans&sheet=draft"],
        pass: &[],
        sort: &[],
    },
    List {
        id: "list_audit_entries",
        seek: &[
            "subject_kind=project",
            "subject_kind=body&subject_id=mois",
            "actor=00000000-0000-0000-0000-000000000001",
            "action=body.create",
            "outcome=denied",
            "outcome=read",
            "from=2020-01-01T00:00:00Z",
            "to=2030-01-01T00:00:00Z",
            "from=2020-01-01T00:00:00Z&to=2030-01-01T00:00:00Z&action=body.create&subject_kind=body",
        ],
        pass: &["outcome=done"],
        sort: &[],
    },
    List {
        id: "list_awards",
        seek: &[
            "call=c-plans",
            "body=mois",
            "track=central",
            "state=offered",
            "call=c-plans&body=mois&track=central&state=offered",
        ],
        pass: &["call=c-plans,c-none", "body=mois,msit", "track=central,local", "state=offered,agreed"],
        sort: &[],
    },
    List {
        id: "list_bodies",
        seek: &["kind=ministry"],
        pass: &["as_of=2026-06-30", "kind=ministry,agency", "name=%EB%B6%80"],
        sort: &[],
    },
    List {
        id: "list_budget_lines",
        seek: &[
            "body=mois",
            "fiscal_year=2026",
            "kind=grant",
            "account_kind=general",
            "standing=active",
            "envelope=ax-2026",
            "body=mois&fiscal_year=2026&kind=grant&standing=active",
        ],
        pass: &["body=mois,msit", "current_budget_krw_gte=1", "current_budget_krw_lte=9000000000000", "q=AI"],
        sort: &["project=01890000-0000-7000-8000-000000000000"],
    },
    List {
        id: "list_cost_share_rules",
        seek: &["standing=illustration"],
        pass: &["standing=published,illustration", "as_of=2026-06-30"],
        sort: &[],
    },
    List {
        id: "list_calls",
        seek: &["fiscal_year=2026", "programme=public-ai-2026"],
        pass: &[
            "state=open",
            "state=draft,closed",
            "fiscal_year=2026,2027",
            "fiscal_year=2026&programme=public-ai-2026",
        ],
        sort: &[],
    },
    List {
        id: "list_demands",
        seek: &["body=mois", "kind=gpu", "state=recorded", "year=2027", "body=mois&kind=gpu&state=recorded&year=2027"],
        pass: &["body=mois,msit", "kind=gpu,npu", "state=met,not_met", "year=2026,2027"],
        sort: &[],
    },
    List { id: "list_envelopes", seek: &["fiscal_year=2026", "parent=ai-ecosystem-2026"], pass: &[], sort: &[] },
    List {
        id: "list_experts",
        seek: &["sector=private", "standing=active", "standing=active&sector=private"],
        pass: &["sector=private,public", "standing=active,retired", "expertise=public", "q=%EA%B9%80"],
        sort: &[],
    },
    List {
        id: "list_fiscal_indicators",
        seek: &["region=26", "region=26&fiscal_year=2025", "fiscal_year=2025"],
        pass: &["basis=original", "series=after_reform", "scope=national"],
        sort: &[],
    },
    List {
        id: "list_gpu_allocations",
        seek: &[
            "body=mois",
            "project=01890000-0000-7000-8000-000000000000",
            "pool=gpu25-naver-h200",
            "request=01890000-0000-7000-8000-000000000000",
            "pool=gpu25-naver-h200&body=mois&on=2026-12-01",
        ],
        pass: &["body=mois,msit", "pool=gpu25-naver-h200,gpu25-kakao-b200", "model=H200", "on=2026-12-01"],
        sort: &[],
    },
    List {
        id: "list_gpu_places",
        seek: &["body=mois", "request=01890000-0000-7000-8000-000000000000"],
        pass: &["pool=gpu25-naver-h200", "state=waiting,offered", "state=expired", "state=accepted,declined,left"],
        sort: &[],
    },
    List { id: "list_gpu_pools", seek: &[], pass: &["kind=gpu", "model=H200", "owner=nipa"], sort: &[] },
    List {
        id: "list_gpu_requests",
        seek: &[
            "body=mois",
            "project=01890000-0000-7000-8000-000000000000",
            "pool=gpu25-naver-h200",
            "round=r-plans",
            "pool=gpu25-naver-h200&body=mois&round=r-plans&state=requested",
        ],
        pass: &[
            "body=mois,msit",
            "model=H200",
            "state=requested,screened,approved,rejected,withdrawn",
            "state=allocated",
            "state=active,extended",
            "state=returned,reclaimed,expired",
        ],
        sort: &[],
    },
    List { id: "list_gpu_rounds", seek: &[], pass: &["state=open", "state=draft,closed"], sort: &[] },
    List {
        id: "list_late_gates",
        seek: &["body=mois", "phase=planning", "body=mois&phase=planning,execution"],
        pass: &[],
        sort: &[],
    },
    List {
        id: "list_ledger_entries",
        seek: &["kind=appropriation", "booked_on_gte=2020-01-01", "booked_on_lte=2030-01-01"],
        pass: &[],
        sort: &[],
    },
    List {
        id: "list_challenges",
        seek: &[
            "call=c-plans",
            "application=01890000-0000-7000-8000-000000000000",
            "answered=false",
            "call=c-plans&answered=true",
        ],
        pass: &["call=c-plans,c-none"],
        sort: &[],
    },
    List {
        id: "list_objections",
        seek: &["call=c-plans", "answered=false", "call=c-plans&answered=true"],
        pass: &["call=c-plans,c-none"],
        sort: &[],
    },
    List {
        id: "list_panels",
        seek: &[
            "call=c-plans",
            "application=01890000-0000-7000-8000-000000000000",
            "undecided=true",
            "call=c-plans&undecided=false",
        ],
        pass: &["call=c-plans,c-none", "member=01890000-0000-7000-8000-000000000000"],
        sort: &[],
    },
    List {
        id: "list_programmes",
        seek: &["fiscal_year=2026", "lead_body=msit", "phase=execution", "kind=pilot"],
        pass: &["kind=pilot,isp", "name=AI"],
        sort: &[],
    },
    List {
        id: "list_projects",
        seek: &["body=mois", "as_of=2026-11-22"],
        pass: &[
            "body=mois,msit",
            "partner=msit",
            "phase=planning",
            "phase=planning,execution",
            "status=active",
            "stage=pilot_to_operation/pilot",
            "field=public",
            "region=36",
            "programme=ai-admin-pilot-2023",
            "year=2026",
            "priority=true",
            "health=amber,red",
            "amount_krw_gte=1",
            "amount_krw_lte=9000000000000",
            "gate_due_before=2027-01-01",
            // Along an index that holds the removed ones alone.
            "removed=true",
            "body=mois&phase=execution&status=active&year=2026&health=green",
        ],
        sort: &["q=AI"],
    },
    List {
        id: "list_published_figures",
        seek: &["confidence=sourced", "unit=krw"],
        pass: &["unit=krw,bodies", "q=AI"],
        sort: &[],
    },
    List {
        id: "list_regions",
        seek: &["tier=sido", "sido=26", "kind=province"],
        pass: &["as_of=2026-06-30", "name=%EC%8B%9C"],
        sort: &[],
    },
    List {
        id: "list_score_sheets",
        seek: &[
            "call=c-plans",
            "application=01890000-0000-7000-8000-000000000000",
            "member=01890000-0000-7000-8000-000000000000",
            "state=draft",
            "call=c-plans&state=submitted",
        ],
        pass: &["call=c-plans,c-none", "state=draft,submitted"],
        sort: &[],
    },
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
