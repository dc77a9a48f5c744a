//! The rules of a call (공모 규칙), read.

use crate::{
    cost_share::{self, Level, RuleSet},
    day::Instant,
    decimal::Decimal,
    evaluation::{
        LEVEL_NOT_IN_ONE_TRACK, MAXIMA_NOT_100,
        dossier::{Call, Criterion, Scoring, TieKey, Track},
    },
    problem::{NOT_IN_LIST, NOT_KNOWN},
    reader::{At, Object, Reader, all, unique},
};

/// As much of a call as could be read.
#[derive(Debug)]
pub(in crate::evaluation) struct Partly {
    pub code: Option<String>,
    pub fiscal_year: Option<i32>,
    pub closes_at: Option<Instant>,
    pub criteria: Vec<Option<Criterion>>,
    pub score_step: Option<Decimal>,
    pub scoring: Option<Scoring>,
    pub tracks: Vec<Option<Track>>,
    pub cost_share: Option<RuleSet>,
}

impl Partly {
    /// The call, if nothing is wanting.
    pub(super) fn whole(self) -> Option<Call> {
        Some(Call {
            code: self.code?,
            fiscal_year: self.fiscal_year?,
            closes_at: self.closes_at?,
            scoring: self.scoring?,
            tracks: all(self.tracks)?,
            cost_share: self.cost_share?,
        })
    }
}

/// Reads the call.
pub(super) fn read(r: &mut Reader, top: &Object<'_>) -> Option<Partly> {
    let call = r.inner(top, "call", &["code", "fiscal_year", "closes_at", "scoring", "tracks", "cost_share"])?;
    let code = r.text(&call, "code");
    let fiscal_year = r.whole(&call, "fiscal_year", 2000..=2100);
    let closes_at = r.instant(&call, "closes_at");
    let (criteria, score_step, scoring) = scoring(r, &call).unwrap_or_default();
    let tracks = r.list(&call, "tracks", track);
    unique(r, &call.place("tracks"), "code", &tracks, |track| track.code.as_str());
    levels(r, &call, &tracks);
    let cost_share = call
        .members
        .get("cost_share")
        .and_then(|value| cost_share::rule_set(r, At { value, pointer: call.place("cost_share") }));
    Some(Partly { code, fiscal_year, closes_at, criteria, score_step, scoring, tracks, cost_share })
}

type Scored = (Vec<Option<Criterion>>, Option<Decimal>, Option<Scoring>);

fn scoring(r: &mut Reader, call: &Object<'_>) -> Option<Scored> {
    const FIELDS: [&str; 10] = [
        "criteria",
        "score_step",
        "aggregation",
        "trim_min_sheets",
        "quorum",
        "decimals",
        "bonus_cap",
        "cut",
        "cut_applies_to",
        "tie_keys",
    ];
    let scoring = r.inner(call, "scoring", &FIELDS)?;
    let criteria = r.list(&scoring, "criteria", criterion);
    unique(r, &scoring.place("criteria"), "code", &criteria, |criterion| criterion.code.as_str());
    if let Some(maxima) = criteria.iter().map(|c| c.as_ref().map(|c| c.max_points)).collect::<Option<Vec<_>>>()
        && Decimal::sum(maxima) != Decimal::HUNDRED
    {
        r.wrong(scoring.place("criteria"), &MAXIMA_NOT_100);
    }
    let score_step = r.decimal(&scoring, "score_step", Decimal::SMALLEST, Some(Decimal::HUNDRED));
    let aggregation = r.code(&scoring, "aggregation");
    let trim_min_sheets = r.whole(&scoring, "trim_min_sheets", 3..=1_000_000);
    let quorum = r.whole(&scoring, "quorum", 1..=1_000_000);
    let decimals = r.whole(&scoring, "decimals", 0..=4);
    let bonus_cap = r.decimal(&scoring, "bonus_cap", Decimal::ZERO, None);
    let cut = r.decimal(&scoring, "cut", Decimal::ZERO, None);
    let cut_applies_to = r.code(&scoring, "cut_applies_to");
    let tie_keys = r.list(&scoring, "tie_keys", |r, at| tie_key(r, at, &criteria));
    unique(r, &scoring.place("tie_keys"), "", &tie_keys, ToString::to_string);
    let complete = || {
        Some(Scoring {
            criteria: all(criteria.clone())?,
            score_step: score_step?,
            aggregation: aggregation?,
            trim_min_sheets: trim_min_sheets?,
            quorum: quorum?,
            decimals: decimals?,
            bonus_cap: bonus_cap?,
            cut: cut?,
            cut_applies_to: cut_applies_to?,
            tie_keys: all(tie_keys)?,
        })
    };
    let complete = complete();
    Some((criteria, score_step, complete))
}

fn criterion(r: &mut Reader, at: At<'_>) -> Option<Criterion> {
    let criterion = r.object(at.value, at.pointer, &["code", "max_points"])?;
    let code = r.text(&criterion, "code");
    let max_points = r.decimal(&criterion, "max_points", Decimal::SMALLEST, Some(Decimal::HUNDRED));
    Some(Criterion { code: code?, max_points: max_points? })
}

fn tie_key(r: &mut Reader, at: At<'_>, criteria: &[Option<Criterion>]) -> Option<TieKey> {
    let pointer = at.pointer.clone();
    let Ok(key) = r.element(at)?.parse() else {
        r.wrong(pointer, &NOT_IN_LIST);
        return None;
    };
    if let TieKey::Criterion(code) = &key
        && criteria.iter().all(|c| c.as_ref().is_some_and(|c| c.code != *code))
    {
        r.wrong(pointer, &NOT_KNOWN);
        return None;
    }
    Some(key)
}

fn track(r: &mut Reader, at: At<'_>) -> Option<Track> {
    const FIELDS: [&str; 6] = ["code", "levels", "envelope", "max_awards", "reserve_slots", "when_short"];
    let track = r.object(at.value, at.pointer, &FIELDS)?;
    let code = r.text(&track, "code");
    let levels = r.list(&track, "levels", |r, at| r.parsed(at.value, at.pointer, &NOT_IN_LIST));
    let envelope = r.won(&track, "envelope", 0);
    let max_awards = r.whole(&track, "max_awards", 0..=1_000_000);
    let reserve_slots = r.whole(&track, "reserve_slots", 0..=1_000_000);
    let when_short = r.code(&track, "when_short");
    Some(Track {
        code: code?,
        levels: all(levels)?,
        envelope: envelope?,
        max_awards: max_awards?,
        reserve_slots: reserve_slots?,
        when_short: when_short?,
    })
}

/// Every level is in exactly one track.
fn levels(r: &mut Reader, call: &Object<'_>, tracks: &[Option<Track>]) {
    let Some(tracks) = tracks.iter().map(Option::as_ref).collect::<Option<Vec<_>>>() else { return };
    for level in Level::ALL {
        if tracks.iter().flat_map(|track| &track.levels).filter(|of| *of == level).count() != 1 {
            let detail = crate::problem::Words::made(
                format!("{}({level})이(가) 속한 트랙이 정확히 하나가 아닙니다.", level.ko()),
                format!("The level {level} is not in exactly one track."),
            );
            r.fault(crate::problem::Fault::told(call.place("tracks"), &LEVEL_NOT_IN_ONE_TRACK, detail));
        }
    }
}
