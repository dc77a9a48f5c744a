//! The rules of a call (공모 규칙): criteria and scoring, tracks, what is disclosed, and how the committee is made up.

use super::CallKey;
use super::SupportCall;
use crate::{
    code_list,
    cost_share::{Level, RuleSet},
    day::{FiscalYear, Instant},
    decimal::Decimal,
    evaluation::{self, Aggregation, Criterion, CutOn, Dossier, SCHEMA, Scoring, TieKey, Track, WhenShort},
    money::Won,
    name::Name,
    problem::{Fault, OUT_OF_RANGE, WRONG_FORM, WRONG_ORDER},
    text::{Key, Prose},
};
use serde::{Deserialize, Serialize};

/// Names a criterion within its call.
pub type CriterionCode = Key<CallCriterion>;

/// Names a track within its call.
pub type TrackCode = Key<CallTrack>;

/// What decides rank and money, who sees what, and who may score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallRules {
    /// How applications are scored.
    pub scoring: CallScoring,
    /// What is given to whom: every level of applicant in exactly one track.
    #[schema(min_items = 1, max_items = 10)]
    pub tracks: Vec<CallTrack>,
    /// What applicants learn of their own application when they are told the result.
    #[schema(max_items = 3)]
    pub disclosed: Vec<Disclosed>,
    /// When a member may read the sheets of others.
    pub sheet_sight: SheetSight,
    /// How the committee is made up.
    pub committee: CommitteeRules,
    /// How many days after the notice objections are taken (이의신청 기간), 1 to 60.
    #[schema(minimum = 1, maximum = 60)]
    pub objection_days: u64,
}

/// How applications are scored; the settings of the evaluation dossier, with words for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallScoring {
    /// What is looked at. The maxima add up to exactly 100.
    #[schema(min_items = 1, max_items = 50)]
    pub criteria: Vec<CallCriterion>,
    /// Every score is a multiple of it.
    pub score_step: Decimal,
    /// How the sheets become one number.
    pub aggregation: Aggregation,
    /// With fewer sheets nothing is trimmed: at least 3.
    #[schema(minimum = 3, maximum = 1000)]
    pub trim_min_sheets: usize,
    /// With fewer sheets there is no result: at least 1.
    #[schema(minimum = 1, maximum = 1000)]
    pub quorum: usize,
    /// Places of published scores.
    #[schema(minimum = 0, maximum = 4)]
    pub decimals: u32,
    /// Bonus points count up to this.
    pub bonus_cap: Decimal,
    /// What must be reached to be ranked (적격 점수).
    pub cut: Decimal,
    /// What the cut is held against.
    pub cut_applies_to: CutOn,
    /// What decides between equal scores, the strongest first.
    #[schema(max_items = 51)]
    pub tie_keys: Vec<TieKey>,
}

/// A criterion (평가지표).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallCriterion {
    /// Its code.
    pub code: CriterionCode,
    /// Its name.
    pub name: Name,
    /// The most points (배점): above 0.
    pub max_points: Decimal,
    /// What to look at.
    #[serde(default)]
    pub guidance: Option<Prose<2000>>,
}

/// A track (트랙): what is given to applicants of some levels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallTrack {
    /// Its code.
    pub code: TrackCode,
    /// Its name.
    pub name: Name,
    /// Whose applications belong to it.
    #[schema(min_items = 1, max_items = 3)]
    pub levels: Vec<Level>,
    /// The national money there is, in won.
    pub envelope_krw: Won,
    /// How many are meant to be selected at least; stated in the announcement, and not a rule of selection.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 10_000)]
    pub min_awards: usize,
    /// How many may be selected.
    #[schema(minimum = 0, maximum = 10_000)]
    pub max_awards: usize,
    /// How many stand by.
    #[schema(minimum = 0, maximum = 10_000)]
    pub reserve_slots: usize,
    /// What happens when the money does not suffice for the next in rank.
    pub when_short: WhenShort,
}

code_list! {
    /// What an applicant learns of its own application.
    pub enum Disclosed {
        /// The final score.
        Total = "total" / "총점",
        /// The rank in the track.
        Rank = "rank" / "순위",
        /// The committee's comments to the applicant.
        Opinion = "opinion" / "평가 의견",
    }
}

code_list! {
    /// When a member may read the sheets of others.
    pub enum SheetSight {
        /// Never.
        Never = "never" / "비공개",
        /// Of an application whose own sheet is submitted.
        AfterOwn = "after_own" / "본인 제출 후 공개",
    }
}

/// How the committee is made up (선정위원회 구성).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommitteeRules {
    /// Members at least.
    #[schema(minimum = 1, maximum = 1000)]
    pub min_members: usize,
    /// Members at most.
    #[schema(minimum = 1, maximum = 1000)]
    pub max_members: usize,
    /// Private experts at least (민간 위원).
    #[schema(minimum = 0, maximum = 1000)]
    pub min_private: usize,
    /// Applications for one member at most.
    #[schema(minimum = 1, maximum = 10_000)]
    pub max_load: usize,
    /// How many months back employment, advice and contracts with an applicant bar a member (제척), 0 to 240.
    #[schema(minimum = 0, maximum = 240)]
    pub look_back_months: u64,
}

/// The call's own figures that its evaluation depends on beside the rules.
pub(super) struct Frame<'a> {
    pub key: &'a CallKey,
    pub fiscal_year: FiscalYear,
    pub closes_at: Instant,
}

impl SupportCall {
    /// The call as the evaluation knows it; none before its rules and its deadline are set.
    pub fn for_evaluation(&self) -> Option<evaluation::Call> {
        let (laid_down, closes_at) = (self.rules.as_ref()?, self.plan.closes_at?);
        let frame = Frame { key: &self.key, fiscal_year: self.plan.fiscal_year, closes_at };
        Some(laid_down.rules.for_evaluation(&frame, &laid_down.cost_share))
    }
}

impl CallRules {
    /// The call as the evaluation knows it.
    pub(super) fn for_evaluation(&self, frame: &Frame<'_>, cost_share: &RuleSet) -> evaluation::Call {
        let scoring = &self.scoring;
        let criterion = |c: &CallCriterion| Criterion { code: c.code.to_string(), max_points: c.max_points };
        let track = |t: &CallTrack| Track {
            code: t.code.to_string(),
            levels: t.levels.clone(),
            envelope: t.envelope_krw,
            max_awards: t.max_awards,
            reserve_slots: t.reserve_slots,
            when_short: t.when_short,
        };
        evaluation::Call {
            code: frame.key.to_string(),
            fiscal_year: frame.fiscal_year.get(),
            closes_at: frame.closes_at,
            scoring: Scoring {
                criteria: scoring.criteria.iter().map(criterion).collect(),
                score_step: scoring.score_step,
                aggregation: scoring.aggregation,
                trim_min_sheets: scoring.trim_min_sheets,
                quorum: scoring.quorum,
                decimals: scoring.decimals,
                bonus_cap: scoring.bonus_cap,
                cut: scoring.cut,
                cut_applies_to: scoring.cut_applies_to,
                tie_keys: scoring.tie_keys.clone(),
            },
            tracks: self.tracks.iter().map(track).collect(),
            cost_share: cost_share.clone(),
        }
    }

    /// Everything that is wrong with the rules. What the evaluation would refuse is found by the evaluation's own reader
    /// on a dossier that holds nothing but this call, so that the two can never differ.
    pub(super) fn faults(&self, frame: &Frame<'_>, cost_share: &RuleSet, at: &str) -> Vec<Fault> {
        let dossier = Dossier {
            schema: SCHEMA,
            call: self.for_evaluation(frame, cost_share),
            applications: Vec::new(),
            exclusions: Vec::new(),
            sheets: Vec::new(),
            indicators: Vec::new(),
        };
        let mut faults = match serde_json::to_value(&dossier).map(|value| evaluation::read(&value)) {
            Ok(Ok(_)) => Vec::new(),
            Ok(Err(refusal)) => refusal.faults,
            Err(_) => vec![Fault::new("/call", &WRONG_FORM)],
        };
        for fault in &mut faults {
            let own = fault.pointer.strip_prefix("/call").unwrap_or(&fault.pointer);
            fault.pointer = format!("{at}{}", own.replace("/envelope", "/envelope_krw"));
        }
        for (index, track) in self.tracks.iter().enumerate() {
            if track.min_awards > track.max_awards {
                faults.push(Fault::new(format!("{at}/tracks/{index}/min_awards"), &WRONG_ORDER));
            }
        }
        let committee = &self.committee;
        if committee.min_members > committee.max_members {
            faults.push(Fault::new(format!("{at}/committee/min_members"), &WRONG_ORDER));
        }
        if committee.min_private > committee.max_members {
            faults.push(Fault::new(format!("{at}/committee/min_private"), &WRONG_ORDER));
        }
        if self.scoring.quorum > committee.max_members {
            faults.push(Fault::new(format!("{at}/scoring/quorum"), &OUT_OF_RANGE));
        }
        faults
    }

    /// A track by its code.
    pub fn track(&self, code: &TrackCode) -> Option<&CallTrack> {
        self.tracks.iter().find(|track| track.code == *code)
    }
    /// The track of a level of applicant.
    pub fn track_of(&self, level: Level) -> Option<&CallTrack> {
        self.tracks.iter().find(|track| track.levels.contains(&level))
    }
}
