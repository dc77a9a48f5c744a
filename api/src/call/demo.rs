//! The calls of the demonstration (시연용 공모): made up, and they say so; one in each state that a call comes to.

use crate::{App, http::Problem, operator, own_call};
use domain::{
    access::act::call as act,
    call::{CallRules, CallStage, CourseFacts, NewCall, SupportCall},
    cost_share::CostShareRules,
    day::Instant,
    project::Stamp,
};
use serde_json::{Value, json};
use store::{Order, Purpose, StoreError};

/// The rule set of the demonstration.
const RULES: &str = "illustration-2026";

/// A call to be shown: how its key ends, its title, days from now to its opening and its deadline, how far it has come.
type Shown = (&'static str, &'static str, (i64, i64), CallStage);

const CALLS: [Shown; 7] = [
    ("draft", "작성 중인 공모", (20, 40), CallStage::Draft),
    ("published", "공고된 공모", (7, 21), CallStage::Published),
    ("open", "접수 중인 공모", (-5, 10), CallStage::Published),
    ("closed", "접수가 끝난 공모", (-20, -2), CallStage::Published),
    ("screening", "적격 심사 중인 공모", (-30, -8), CallStage::Screening),
    ("evaluation", "평가 중인 공모", (-45, -20), CallStage::Evaluation),
    ("cancelled", "취소된 공모", (-40, -10), CallStage::Cancelled),
];

/// Enters the demonstration's calls. Says how many.
pub async fn demo_calls(app: &App) -> Result<u64, Problem> {
    let now = app.clock.now();
    let mut entered = 0;
    for shown in CALLS {
        let order = Order::<act::Create>::new(operator(), "mois".to_owned(), own_call(app));
        let add = async |tx: &store::Tx, permit: &domain::access::Permit<act::Create>| {
            let sets = tx.load::<CostShareRules>(RULES, Purpose::Look).await?.ok_or(StoreError::NotFound)?;
            let call = brought(shown, now, &sets)?;
            Ok::<_, Problem>(store::call::add(tx, permit, call).await?)
        };
        app.store.write(order, add).await?;
        entered += 1;
    }
    Ok(entered)
}

/// A call brought so far by the rules, each step taken when its time had come.
fn brought(
    (end, title, (opens, closes), stage): Shown,
    now: Instant,
    sets: &CostShareRules,
) -> Result<SupportCall, Problem> {
    let day = |days: i64| at_six(now.plus_seconds(days.saturating_mul(86_400)));
    let by = |at: Instant| Stamp { at, by: operator().id };
    let prepared = by(day(opens.saturating_sub(14)));
    let new: NewCall = read(json!({
        "key": format!("demo-{end}"), "lead_body": "mois", "plan": {
            "title": { "ko": format!("[시연] {title}") }, "programme": "public-ai-2026", "fiscal_year": 2026, "managing_agency": "nia",
            "summary": "시연용 가상 공모입니다. 규칙과 금액은 지어낸 값입니다.", "opens_at": day(opens), "closes_at": day(closes),
            "briefings": [{ "at": day(opens.saturating_sub(3)), "place": "온라인", "audience": "중앙부처·지방정부 담당자" }],
            "eligibility": [
                { "code": "plan_attached", "text": { "ko": "사업계획서를 제출할 것" } },
                { "code": "in_force", "text": { "ko": "신청 기관이 존속할 것" } }
            ]
        }
    }))?;
    let rules: CallRules = read(rules())?;
    let cost_share = sets.edition(1).ok_or(StoreError::NotFound)?;
    let none = CourseFacts::default();
    let draft = SupportCall::create(new, prepared)?.ruled(rules, (cost_share, sets.standing), None, none, prepared)?;
    if stage == CallStage::Draft {
        return Ok(draft);
    }
    let public = draft.published(by(day(opens.saturating_sub(7))))?;
    let after = |days: i64| by(day(closes.saturating_add(days)));
    Ok(match stage {
        CallStage::Cancelled => {
            public.cancelled(read(json!("시연: 사업 계획 변경"))?, by(day(opens.saturating_add(1))))?
        }
        CallStage::Screening => public.screening_begun(after(1))?,
        CallStage::Evaluation => public.screening_begun(after(1))?.evaluation_begun(none, after(6))?,
        _ => public,
    })
}

fn read<T: serde::de::DeserializeOwned>(value: Value) -> Result<T, Problem> {
    serde_json::from_value(value).map_err(Problem::internal)
}

/// Six in the evening in Korea on the day of this moment.
fn at_six(moment: Instant) -> Instant {
    moment.day().starts_at().plus_seconds(18 * 3600)
}

fn rules() -> Value {
    let criterion = |code: &str, ko: &str, en: &str, max: &str| json!({ "code": code, "name": { "ko": ko, "en": en }, "max_points": max });
    let track = |code: &str, ko: &str, levels: Value, most: i64| {
        json!({ "code": code, "name": { "ko": ko }, "levels": levels, "envelope_krw": 9_000_000_000_i64, "min_awards": 3,
            "max_awards": most, "reserve_slots": 2, "when_short": "skip" })
    };
    json!({
        "scoring": {
            "criteria": [
                criterion("suitability", "적합성", "Suitability", "40"),
                criterion("feasibility", "실현 가능성", "Feasibility", "30"),
                criterion("spread_potential", "확산 가능성", "Spread potential", "30")
            ],
            "score_step": "0.5", "aggregation": "trimmed_mean", "trim_min_sheets": 5, "quorum": 3, "decimals": 2,
            "bonus_cap": "3", "cut": "70", "cut_applies_to": "mean", "tie_keys": ["criterion:suitability", "submitted_at"]
        },
        "tracks": [
            track("central", "중앙부처", json!(["central"]), 5),
            track("local", "지방정부", json!(["sido", "municipality"]), 7)
        ],
        "disclosed": ["total", "opinion"], "sheet_sight": "never",
        "committee": { "min_members": 5, "max_members": 9, "min_private": 3, "max_load": 30, "look_back_months": 36 },
        "objection_days": 7
    })
}
