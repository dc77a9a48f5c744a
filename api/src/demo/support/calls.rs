//! The calls of the demonstration (시연용 공모): made up, and they say so; each step is taken when its time had come.

use super::{super::step::read, awards::SIGNED_AFTER, stage::Stage};
use crate::{call, http::Problem};
use domain::{access::act::call as act, call::CallKey};
use serde_json::{Value, json};

/// The body that holds the calls.
pub(super) const HOLDER: &str = "mois";
/// The body that runs them.
pub(super) const AGENCY: &str = "nia";
/// The rule set of the demonstration.
const RULES: &str = "illustration-2026";

/// A call as it is played: its key and the days, from today, of its opening and its deadline.
#[derive(Debug, Clone)]
pub(super) struct Played {
    /// Its key.
    pub key: CallKey,
    /// The day on which it opens.
    pub opens: i64,
    /// The day on which it closes.
    pub closes: i64,
}

/// In what the rules of one call differ from another's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    /// How many may be selected of central bodies and of local governments.
    pub most: (i64, i64),
    /// What decides between equals.
    pub tie_keys: &'static [&'static str],
}

impl Terms {
    /// Of most calls.
    pub const USUAL: Self = Self { most: (5, 7), tie_keys: &["criterion:suitability", "submitted_at"] };
}

/// Prepares a draft with its rules. `end` is how its key ends.
pub(super) async fn drafted(
    stage: &Stage<'_>,
    (end, title): (&str, &str),
    (opens, closes): (i64, i64),
    terms: Terms,
) -> Result<Played, Problem> {
    // The year whose money is given, whenever the demonstration is loaded.
    let year = stage.at(closes.saturating_add(SIGNED_AFTER), (12, 0)).day().year();
    let new = json!({
        "key": format!("demo-{end}"), "lead_body": HOLDER, "plan": {
            "title": { "ko": format!("[시연] {title}") }, "programme": "public-ai-2026", "fiscal_year": year,
            "managing_agency": AGENCY, "contact": "시연용 연락처",
            "summary": "시연용 가상 공모입니다. 규칙과 금액은 지어낸 값입니다.",
            "opens_at": stage.at(opens, (9, 0)), "closes_at": stage.at(closes, (18, 0)),
            "briefings": [{ "at": stage.at(opens.saturating_sub(3), (14, 0)), "place": "온라인", "audience": "중앙부처·지방정부 담당자" }],
            "eligibility": [
                { "code": "plan_attached", "text": { "ko": "사업계획서를 제출할 것" } },
                { "code": "in_force", "text": { "ko": "신청 기관이 존속할 것" } },
                { "code": "not_funded_twice", "text": { "ko": "같은 내용으로 다른 국비 지원을 받지 않을 것" } }
            ]
        }
    });
    let order = stage.order(stage.cast.holder()?, &"", stage.at(opens.saturating_sub(14), (10, 0)));
    let key = call::enter(stage.app, order, read(new)?).await?.key;
    let order = stage.order(stage.cast.holder()?, &key, stage.at(opens.saturating_sub(13), (14, 30)));
    let laid_down = json!({ "rules": rules(terms), "cost_share": { "key": RULES, "edition": 1 } });
    call::rule(stage.app, order, read(laid_down)?).await?;
    Ok(Played { key, opens, closes })
}

/// Prepares a call and publishes it.
pub(super) async fn published(
    stage: &Stage<'_>,
    name: (&str, &str),
    window: (i64, i64),
    terms: Terms,
) -> Result<Played, Problem> {
    let played = drafted(stage, name, window, terms).await?;
    let order = stage.order::<act::Advance>(
        stage.cast.holder()?,
        &played.key,
        stage.at(played.opens.saturating_sub(7), (10, 0)),
    );
    call::step(stage.app, order, domain::call::SupportCall::published).await?;
    Ok(played)
}

impl Played {
    /// Begins to screen, the morning after the deadline.
    pub async fn screening(&self, stage: &Stage<'_>) -> Result<(), Problem> {
        let at = stage.at(self.closes.saturating_add(1), (9, 30));
        let order = stage.order::<act::Advance>(stage.cast.agency()?, &self.key, at);
        call::step(stage.app, order, domain::call::SupportCall::screening_begun).await?;
        Ok(())
    }
    /// Begins the evaluation, once everything was screened.
    pub async fn evaluation(&self, stage: &Stage<'_>) -> Result<(), Problem> {
        let order = stage.order(stage.cast.agency()?, &self.key, stage.at(self.closes.saturating_add(6), (9, 0)));
        call::begin_evaluation(stage.app, order).await?;
        Ok(())
    }
    /// Gives it up.
    pub async fn cancelled(&self, stage: &Stage<'_>, days: i64) -> Result<(), Problem> {
        let order = stage.order(stage.cast.holder()?, &self.key, stage.at(days, (16, 0)));
        call::cancel(stage.app, order, read(json!("시연: 사업 계획이 바뀌어 취소하고 다시 공고하기로 함"))?).await?;
        Ok(())
    }
}

fn rules(Terms { most: (central, local), tie_keys }: Terms) -> Value {
    let criterion = |code: &str, ko: &str, en: &str, max: &str| json!({ "code": code, "name": { "ko": ko, "en": en }, "max_points": max });
    let track = |code: &str, ko: &str, levels: Value, most: i64| {
        json!({ "code": code, "name": { "ko": ko }, "levels": levels, "envelope_krw": 9_000_000_000_i64, "min_awards": 2,
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
            "bonus_cap": "3", "cut": "70", "cut_applies_to": "mean", "tie_keys": tie_keys
        },
        "tracks": [
            track("central", "중앙부처", json!(["central"]), central),
            track("local", "지방정부", json!(["sido", "municipality"]), local)
        ],
        "disclosed": ["total", "opinion"], "sheet_sight": "never",
        "committee": { "min_members": 5, "max_members": 9, "min_private": 3, "max_load": 30, "look_back_months": 36 },
        "objection_days": 7
    })
}
