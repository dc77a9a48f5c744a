//! Published figures (공표 수치): what announcements and the press state, each with its day, source and confidence.
//!
//! They are facts about publications. A count of live rows is never written into them and they never stand in for one;
//! [`Figure::difference`] is the only place where the two meet, and it keeps them apart. Conflicting figures stay side by
//! side and are never averaged.

mod built_in;
mod value;

pub use built_in::built_in;
pub use value::{FigureDate, FigureUnit, FigureValue};

use crate::{
    code_list,
    name::Name,
    text::{Key, Line, Prose},
};
use serde::{Deserialize, Serialize};

/// A figure's key.
pub type FigureKey = Key<Figure>;

code_list! {
    /// How the publication qualifies the value.
    pub enum Qualifier {
        /// As it stands.
        Exact = "exact" / "정확",
        /// "About".
        About = "about" / "약",
        /// "Over", "or more".
        AtLeast = "at_least" / "이상",
        /// "Up to", "or less".
        AtMost = "at_most" / "이하",
        /// Aimed at, not reached.
        Target = "target" / "목표",
    }
}

code_list! {
    /// How far the figure can be trusted.
    pub enum Confidence {
        /// Found in a public text that is named.
        Sourced = "sourced" / "출처 확인",
        /// From one report, a summary or a second hand.
        Secondary = "secondary" / "2차 자료",
        /// From general knowledge.
        OwnKnowledge = "own_knowledge" / "자체 지식",
        /// Not known.
        Unknown = "unknown" / "미확인",
    }
}

/// A published figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Its key.
    pub key: FigureKey,
    /// What it says.
    pub name: Name,
    /// The value as published.
    pub value: FigureValue,
    /// Unit of the value.
    pub unit: FigureUnit,
    /// How the publication qualifies it.
    pub qualifier: Qualifier,
    /// As of when.
    pub as_of: FigureDate,
    /// Who published it.
    pub source: Line<500>,
    /// How far it can be trusted.
    pub confidence: Confidence,
    /// Figures that cannot be true together with this one. Both sides name each other.
    #[schema(max_items = 20)]
    pub conflicts_with: Vec<FigureKey>,
    /// Anything worth knowing.
    #[serde(default)]
    pub note: Option<Prose<2000>>,
}

impl Figure {
    /// Live count minus published value, for a figure that is a whole number; nothing for other values or beyond 64 bits.
    pub fn difference(&self, live: i64) -> Option<i64> {
        self.value.integer().and_then(|published| live.checked_sub(published))
    }
    /// True when another published figure contradicts it.
    pub const fn is_contested(&self) -> bool {
        !self.conflicts_with.is_empty()
    }
}

/// The pairs of figures that contradict each other, each pair once.
pub fn contradictions(figures: &[Figure]) -> Vec<(&Figure, &Figure)> {
    let mut pairs = Vec::new();
    for one in figures {
        for other in figures.iter().filter(|other| one.key < other.key) {
            if one.conflicts_with.contains(&other.key) || other.conflicts_with.contains(&one.key) {
                pairs.push((one, other));
            }
        }
    }
    pairs
}

#[cfg(test)]
mod tests;
