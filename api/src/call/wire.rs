//! Wire shapes of support calls (공모 입출력).
#![expect(clippy::option_option, reason = "a member of a merge patch is left out, null or a value")]

use crate::http::{FaultBody, double_option, page_ask};
use domain::{
    access::BodyKey,
    call::{Briefing, CallDocument, CallKey, CallMove, CallPlan, CallRules, CallState, EligibilityRule, SupportCall},
    cost_share::RuleSetKey,
    day::{Date, FiscalYear, Instant},
    name::Name,
    programme::ProgrammeKey,
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};
use store::{call::Filter, page::PageAsk};
use utoipa::{IntoParams, ToSchema};

/// Which calls, and which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListCalls {
    /// Only those that stand so now, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 10)]
    state: Option<Vec<CallState>>,
    /// Only those that give the money of these years, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    fiscal_year: Option<Vec<FiscalYear>>,
    /// Only those of these programmes, separated by commas.
    #[param(inline, style = Form, explode = false, max_items = 20)]
    programme: Option<Vec<ProgrammeKey>>,
    /// How many at most; more than 200 gives 200.
    #[param(minimum = 1, maximum = 10_000, default = 50)]
    page_size: Option<i64>,
    /// Where the page before ended.
    #[param(max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    page_token: Option<String>,
}

impl ListCalls {
    pub(super) fn filter(&self) -> Filter {
        Filter {
            states: self.state.clone().unwrap_or_default(),
            fiscal_years: self.fiscal_year.clone().unwrap_or_default(),
            programmes: self.programme.clone().unwrap_or_default(),
        }
    }
    pub(super) fn page(&self) -> PageAsk {
        page_ask(self.page_size, self.page_token.as_ref())
    }
}

/// A call in a list.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallListed {
    /// Its key.
    pub key: CallKey,
    /// Its title.
    pub title: Name,
    /// The programme it belongs to.
    pub programme: ProgrammeKey,
    /// The year whose money it gives.
    pub fiscal_year: FiscalYear,
    /// The body that holds it.
    pub lead_body: BodyKey,
    /// The body that runs it.
    pub managing_agency: BodyKey,
    /// How it stands now.
    pub state: CallState,
    /// From when applications are taken.
    pub opens_at: Option<Instant>,
    /// Until when.
    pub closes_at: Option<Instant>,
    /// Days to the deadline, in Korean calendar days: 0 on the last day. While it is still to come.
    #[schema(minimum = 0, maximum = 200_000)]
    pub days_left: Option<i64>,
}

impl CallListed {
    pub(super) fn of(call: SupportCall, now: Instant) -> Self {
        Self {
            state: call.state(now),
            days_left: call.days_left(now),
            key: call.key,
            title: call.plan.title,
            programme: call.plan.programme,
            fiscal_year: call.plan.fiscal_year,
            lead_body: call.lead_body,
            managing_agency: call.plan.managing_agency,
            opens_at: call.plan.opens_at,
            closes_at: call.plan.closes_at,
        }
    }
}

/// A call as it stands now.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallView {
    /// The record.
    pub call: SupportCall,
    /// How it stands by the clock.
    pub state: CallState,
    /// Days to the deadline, in Korean calendar days: 0 on the last day. While it is still to come.
    #[schema(minimum = 0, maximum = 200_000)]
    pub days_left: Option<i64>,
}

impl CallView {
    pub(super) fn of(call: SupportCall, now: Instant) -> Self {
        Self { state: call.state(now), days_left: call.days_left(now), call }
    }
}

/// The plan, changed; what is left out stays, `null` clears, lists are replaced whole.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "contact": "02-000-0000" }))]
pub struct CallPlanPatch {
    /// Its title.
    title: Option<Name>,
    /// The programme it belongs to.
    programme: Option<ProgrammeKey>,
    /// The fiscal year whose money it gives.
    fiscal_year: Option<FiscalYear>,
    /// The body that runs it.
    managing_agency: Option<BodyKey>,
    /// What is sought.
    #[serde(default, deserialize_with = "double_option")]
    summary: Option<Option<Prose<5000>>>,
    /// From when applications are taken.
    #[serde(default, deserialize_with = "double_option")]
    opens_at: Option<Option<Instant>>,
    /// The last moment at which one may be submitted.
    #[serde(default, deserialize_with = "double_option")]
    closes_at: Option<Option<Instant>>,
    /// When the decision is meant to be made.
    #[serde(default, deserialize_with = "double_option")]
    decision_planned: Option<Option<Date>>,
    /// Briefings.
    #[schema(max_items = 50)]
    briefings: Option<Vec<Briefing>>,
    /// The announcement, forms and guides.
    #[schema(max_items = 50)]
    documents: Option<Vec<CallDocument>>,
    /// What screening looks at.
    #[schema(max_items = 50)]
    eligibility: Option<Vec<EligibilityRule>>,
    /// Whom to ask.
    #[serde(default, deserialize_with = "double_option")]
    contact: Option<Option<Line<200>>>,
}

impl CallPlanPatch {
    /// These changes over the plan as it is.
    pub(super) fn over(self, plan: CallPlan) -> CallPlan {
        CallPlan {
            title: self.title.unwrap_or(plan.title),
            programme: self.programme.unwrap_or(plan.programme),
            fiscal_year: self.fiscal_year.unwrap_or(plan.fiscal_year),
            managing_agency: self.managing_agency.unwrap_or(plan.managing_agency),
            summary: self.summary.unwrap_or(plan.summary),
            opens_at: self.opens_at.unwrap_or(plan.opens_at),
            closes_at: self.closes_at.unwrap_or(plan.closes_at),
            decision_planned: self.decision_planned.unwrap_or(plan.decision_planned),
            briefings: self.briefings.unwrap_or(plan.briefings),
            documents: self.documents.unwrap_or(plan.documents),
            eligibility: self.eligibility.unwrap_or(plan.eligibility),
            contact: self.contact.unwrap_or(plan.contact),
        }
    }
}

/// Which edition of which cost-share rule set.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CostShareChoice {
    /// The rule set.
    pub key: RuleSetKey,
    /// Its edition.
    #[schema(minimum = 1, maximum = 1000)]
    pub edition: i64,
}

/// Rules to be laid down.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "rules": {
        "scoring": {
            "criteria": [
                { "code": "suitability", "name": { "ko": "적합성", "en": "Suitability" }, "max_points": "40" },
                { "code": "feasibility", "name": { "ko": "실현 가능성", "en": "Feasibility" }, "max_points": "30" },
                { "code": "spread_potential", "name": { "ko": "확산 가능성", "en": "Spread potential" }, "max_points": "30" }
            ],
            "score_step": "0.5", "aggregation": "trimmed_mean", "trim_min_sheets": 5, "quorum": 5, "decimals": 2,
            "bonus_cap": "3", "cut": "70", "cut_applies_to": "mean", "tie_keys": ["criterion:suitability", "submitted_at"]
        },
        "tracks": [
            { "code": "central", "name": { "ko": "중앙부처" }, "levels": ["central"], "envelope_krw": 9_000_000_000_i64,
              "max_awards": 5, "reserve_slots": 2, "when_short": "skip" },
            { "code": "local", "name": { "ko": "지방정부" }, "levels": ["sido", "municipality"], "envelope_krw": 9_000_000_000_i64,
              "max_awards": 7, "reserve_slots": 3, "when_short": "skip" }
        ],
        "disclosed": ["total", "opinion"], "sheet_sight": "never",
        "committee": { "min_members": 7, "max_members": 9, "min_private": 4, "max_load": 30, "look_back_months": 36 },
        "objection_days": 7
    },
    "cost_share": { "key": "demo-2026", "edition": 1 }
}))]
pub struct LayDownRules {
    /// The rules.
    pub rules: CallRules,
    /// The cost-share rule set they rest on; it is copied into the call.
    pub cost_share: CostShareChoice,
    /// Why they replace those before; needed once the call is published.
    #[serde(default)]
    pub reason: Option<Prose<2000>>,
}

/// Why a call is given up.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "예산 조정" }))]
pub struct CancelCall {
    /// In words.
    pub reason: Prose<2000>,
}

/// Which moves lie ahead of a call.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallMoves {
    /// Each with what stands in its way.
    #[schema(max_items = 20)]
    pub moves: Vec<CallMoveCheck>,
}

/// Whether a move is possible.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallMoveCheck {
    /// Which.
    pub kind: CallMove,
    /// Whether nothing stands in its way.
    pub possible: bool,
    /// What does.
    #[schema(max_items = 1000)]
    pub reasons: Vec<FaultBody>,
}
