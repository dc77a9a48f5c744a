//! The register of rule sets (분담 규칙 대장): what holds for a programme, edition by edition.

use super::{CHANGES_NOTHING, LEVEL_WITHOUT_RATE, Level, RuleSet, Rules, read};
use crate::{
    code_list,
    day::Day,
    name::Name,
    problem::{Fault, REQUIRED, Refusal, WRONG_LENGTH, WRONG_ORDER, WRONG_TYPE, Words},
    project::Stamp,
    reader::{At, Reader},
    text::{Key, Line, Prose},
};
use serde::{Deserialize, Serialize};

/// A rule set's key, which is its code in dossiers.
pub type RuleSetKey = Key<CostShareRules>;

code_list! {
    /// What stands behind a rule set.
    #[schema(as = CostShareRulesStanding)]
    pub enum Standing {
        /// Announced, with the source that says so.
        Published = "published" / "공고된 규칙",
        /// A draft that somebody proposes.
        DraftProposal = "draft_proposal" / "안",
        /// Made up to show how it works. No fact.
        Illustration = "illustration" / "예시",
    }
}

impl Standing {
    /// What must be said wherever such rules are shown; nothing of published ones.
    pub const fn notice(self) -> Option<Words> {
        match self {
            Self::Published => None,
            Self::DraftProposal => Some(Words::fixed(
                "이 분담 규칙은 안이며 공고된 규칙이 아닙니다.",
                "These cost-share rules are a proposal and have not been announced.",
            )),
            Self::Illustration => Some(Words::fixed(
                "이 분담 규칙은 예시이며 사실이 아닙니다. 실제 공고의 구간과 비율로 쓰지 마십시오.",
                "These cost-share rules are an illustration and not a fact. Do not take them for announced bands or rates.",
            )),
        }
    }
}

/// How many editions a rule set may have.
const MOST_EDITIONS: usize = 200;

/// A rule set and how it came to be. Its editions are only added to: calls copy the one they go by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CostShareRules {
    /// Its key, the code of the rule set in dossiers.
    pub key: RuleSetKey,
    /// Counts its changes, from 1.
    #[schema(minimum = 1)]
    pub version: i64,
    /// Name.
    pub name: Name,
    /// What stands behind it.
    pub standing: Standing,
    /// The law or announcement it is taken from, or who made it up.
    pub source: Line<500>,
    /// First day in force (KST); absent when open or not known.
    pub effective_from: Option<Day>,
    /// Last day in force (KST, inclusive); absent while open.
    pub effective_to: Option<Day>,
    /// What it says, edition by edition: number 1 first.
    #[schema(min_items = 1, max_items = 200)]
    pub editions: Vec<Edition>,
}

/// What a rule set says, as of one decision. Never edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CostShareEdition)]
#[non_exhaustive]
pub struct Edition {
    /// From 1; the version of the rule set in dossiers.
    #[schema(minimum = 1, maximum = 200)]
    pub number: i64,
    /// What it says.
    pub rules: Rules,
    /// Why it was made.
    pub reason: Prose<2000>,
    /// When and by whom.
    pub made: Stamp,
}

/// What can be said anew of a rule set. What it says itself is in its editions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// Name.
    pub name: Name,
    /// What stands behind it.
    pub standing: Standing,
    /// Where it is from.
    pub source: Line<500>,
    /// First day in force.
    pub effective_from: Option<Day>,
    /// Last day in force.
    pub effective_to: Option<Day>,
}

/// An edition to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEdition {
    /// What it says.
    pub rules: Rules,
    /// Why it is made.
    pub reason: Prose<2000>,
    /// When and by whom.
    pub made: Stamp,
}

impl Details {
    fn faults(&self) -> Vec<Fault> {
        let backwards = self.effective_from.zip(self.effective_to).is_some_and(|(from, to)| from > to);
        backwards.then(|| Fault::new("/effective_to", &WRONG_ORDER)).into_iter().collect()
    }
}

impl NewEdition {
    fn numbered(self, number: i64) -> Edition {
        let Self { rules, reason, made } = self;
        Edition { number, rules, reason, made }
    }
}

impl CostShareRules {
    /// A rule set with its first edition, or everything that is wrong with it.
    pub fn create(key: RuleSetKey, details: Details, first: NewEdition) -> Result<Self, Refusal> {
        let mut faults = details.faults();
        faults.extend(first.rules.faults("/rules"));
        Refusal::unless_clean(faults)?;
        let Details { name, standing, source, effective_from, effective_to } = details;
        let editions = vec![first.numbered(1)];
        Ok(Self { key, version: 1, name, standing, source, effective_from, effective_to, editions })
    }
    /// The same with one more edition. What the last one says already is no new edition.
    pub fn add_edition(mut self, new: NewEdition) -> Result<Self, Refusal> {
        let mut faults = new.rules.faults("/rules");
        if self.editions.last().is_some_and(|last| last.rules == new.rules) {
            faults.push(Fault::new("/rules", &CHANGES_NOTHING));
        }
        if self.editions.len() >= MOST_EDITIONS {
            faults.push(Fault::new("", &WRONG_LENGTH));
        }
        Refusal::unless_clean(faults)?;
        self.editions.push(new.numbered(self.latest().saturating_add(1)));
        Ok(Self { version: self.version.saturating_add(1), ..self })
    }
    /// What can be said anew, as it stands.
    pub fn details(&self) -> Details {
        let Self { name, standing, source, effective_from, effective_to, .. } = self.clone();
        Details { name, standing, source, effective_from, effective_to }
    }
    /// Says it anew, one version on.
    pub fn restate(self, to: Details) -> Result<Self, Refusal> {
        Refusal::unless_clean(to.faults())?;
        let Details { name, standing, source, effective_from, effective_to } = to;
        let version = self.version.saturating_add(1);
        Ok(Self { version, name, standing, source, effective_from, effective_to, ..self })
    }
    /// The number of the last edition.
    pub fn latest(&self) -> i64 {
        self.editions.last().map_or(0, |edition| edition.number)
    }
    /// An edition as a call and its dossier hold it.
    pub fn edition(&self, number: i64) -> Option<RuleSet> {
        let edition = self.editions.iter().find(|edition| edition.number == number)?;
        Some(edition.rules.clone().named(self.key.as_str(), edition.number))
    }
}

impl Rules {
    /// Everything that is wrong with the rules, which stand at `at` in what was sent: what a dossier that holds them would
    /// be refused for, a level that no rate is said for, and bands without a ratio to go by.
    pub fn faults(&self, at: &str) -> Vec<Fault> {
        let mut reader = Reader::default();
        if let Ok(value) = serde_json::to_value(self.clone().named("rules", 1)) {
            read::rule_set(&mut reader, At { value: &value, pointer: at.to_owned() });
        }
        let mut faults = reader.into_faults();
        // Typed as they are, only what is left out is of the wrong type.
        for fault in faults.iter_mut().filter(|fault| *fault.code == WRONG_TYPE) {
            *fault = Fault::new(std::mem::take(&mut fault.pointer), &REQUIRED);
        }
        let banded = |level: &Level| !self.flat_rates.contains_key(level);
        if banded(&Level::Central) {
            faults.push(Fault::new(format!("{at}/flat_rates/{}", Level::Central), &LEVEL_WITHOUT_RATE));
        }
        let local = [Level::Sido, Level::Municipality].iter().any(banded);
        if self.indicator.is_none() && (local || !self.bands.is_empty()) {
            faults.push(Fault::new(format!("{at}/indicator"), &REQUIRED));
        }
        faults
    }
}
