//! Every list with its filters (목록별 조건), and how what fits each is to be found.

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
    List { id: "list_advisers", seek: &[], pass: &["topic=data", "serving=true"], sort: &[] },
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
    List { id: "list_common_services", seek: &["kind=chat"], pass: &["kind=chat,building"], sort: &[] },
    List {
        id: "list_consultations",
        seek: &[
            "project=01890000-0000-7000-8000-000000000000",
            "body=mois",
            "adviser=01890000-0000-7000-8000-000000000000",
            "state=requested",
            "phase=planning",
            "urgency=normal",
            "waits_for=coordinator",
            "body=mois&state=requested&phase=planning&urgency=normal&waits_for=coordinator",
        ],
        pass: &["body=mois,msit", "state=requested,held", "phase=planning,execution", "topic=data"],
        sort: &[],
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
    List {
        id: "list_dataset_uses",
        seek: &["body=mois", "project=01890000-0000-7000-8000-000000000000"],
        pass: &["body=mois,msit"],
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
    List { id: "list_foundation_models", seek: &["stage=out"], pass: &["stage=out,added", "q=AI"], sort: &[] },
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
        id: "list_model_adoptions",
        seek: &["model=independent-lg", "body=mois", "project=01890000-0000-7000-8000-000000000000"],
        pass: &["model=independent-lg,independent-skt", "body=mois,msit"],
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
        id: "list_resource_requests",
        seek: &[
            "kind=talent",
            "state=requested",
            "body=mois",
            "project=01890000-0000-7000-8000-000000000000",
            "kind=talent&state=requested&body=mois",
        ],
        pass: &["kind=talent,data", "state=requested,approved", "body=mois,msit"],
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
    List {
        id: "list_service_uses",
        seek: &["service=work-platform", "body=mois", "project=01890000-0000-7000-8000-000000000000"],
        pass: &["service=work-platform,chat-naver-cloud", "body=mois,msit"],
        sort: &[],
    },
];
