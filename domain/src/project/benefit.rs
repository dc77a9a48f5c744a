//! Benefits (기대 효과): an indicator with its baseline, target and measured value.

use crate::{
    day::Day,
    decimal::Decimal,
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better (users, satisfaction).
    HigherBetter,
    /// Less is better (days, complaints).
    LowerBetter,
}

/// One expected effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Benefit {
    /// What is measured.
    pub indicator: Line<200>,
    /// In which unit.
    pub unit: Line<40>,
    /// Before the project.
    #[serde(default)]
    pub baseline: Option<Decimal>,
    /// Wanted.
    #[serde(default)]
    pub target: Option<Decimal>,
    /// Which way is better. A target on the wrong side of the baseline is refused.
    pub direction: Direction,
    /// Measured, together with `measured_on`.
    #[serde(default)]
    pub actual: Option<Decimal>,
    /// The day of the measurement.
    #[serde(default)]
    pub measured_on: Option<Day>,
    /// How it is measured.
    #[serde(default)]
    pub method: Option<Prose<1000>>,
}

impl Benefit {
    /// How much of the way from baseline to target is done, in per cent with two decimals; above 100 beyond the target,
    /// negative when it got worse. `None` while a value is missing or when target and baseline are equal.
    pub fn achievement_percent(&self) -> Option<String> {
        self.actual?.progress(self.baseline?, self.target?)
    }
    /// Whether the target is met, in the better direction. `None` while a value is missing.
    pub fn is_met(&self) -> Option<bool> {
        let (actual, target) = (self.actual?, self.target?);
        Some(match self.direction {
            Direction::HigherBetter => actual >= target,
            Direction::LowerBetter => actual <= target,
        })
    }
    /// True when the target lies on the worse side of the baseline.
    pub fn contradicts_itself(&self) -> bool {
        let (Some(baseline), Some(target)) = (self.baseline, self.target) else { return false };
        match self.direction {
            Direction::HigherBetter => target < baseline,
            Direction::LowerBetter => target > baseline,
        }
    }
    /// True when both a baseline and a target are set.
    pub const fn is_targeted(&self) -> bool {
        self.baseline.is_some() && self.target.is_some()
    }
    /// True when it has been measured.
    pub const fn is_measured(&self) -> bool {
        self.actual.is_some() && self.measured_on.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn benefit(direction: Direction, baseline: &str, target: &str, actual: &str) -> Benefit {
        let read = |text: &str| text.parse().ok();
        Benefit {
            indicator: "민원 처리 시간".parse().unwrap(),
            unit: "일".parse().unwrap(),
            baseline: read(baseline),
            target: read(target),
            direction,
            actual: read(actual),
            measured_on: None,
            method: None,
        }
    }

    #[test]
    fn achievement_knows_its_direction() {
        let less = benefit(Direction::LowerBetter, "14", "7", "8.75");
        assert_eq!((less.achievement_percent().as_deref(), less.is_met()), (Some("75.00"), Some(false)));
        let more = benefit(Direction::HigherBetter, "60", "80", "85");
        assert_eq!((more.achievement_percent().as_deref(), more.is_met()), (Some("125.00"), Some(true)));
        let worse = benefit(Direction::LowerBetter, "14", "7", "15.4");
        assert_eq!(worse.achievement_percent().as_deref(), Some("-20.00"));
        assert_eq!(benefit(Direction::LowerBetter, "7", "7", "6").achievement_percent(), None);
        assert_eq!(benefit(Direction::LowerBetter, "7", "7", "6").is_met(), Some(true));
        assert_eq!(benefit(Direction::LowerBetter, "7", "5", "").achievement_percent(), None);
        assert!(benefit(Direction::LowerBetter, "7", "8", "").contradicts_itself());
        assert!(!benefit(Direction::HigherBetter, "7", "8", "").contradicts_itself());
    }

    proptest! {
        #[test]
        fn baseline_is_nothing_and_target_is_everything(baseline in -9999_i32..0, target in 1_i32..9999) {
            let (from, to) = (baseline.to_string(), target.to_string());
            for (direction, from, to) in [(Direction::HigherBetter, &from, &to), (Direction::LowerBetter, &to, &from)] {
                prop_assert!(!benefit(direction, from, to, "").contradicts_itself());
                prop_assert_eq!(benefit(direction, from, to, from).achievement_percent().unwrap(), "0.00");
                prop_assert_eq!(benefit(direction, from, to, to).achievement_percent().unwrap(), "100.00");
                prop_assert_eq!(benefit(direction, from, to, to).is_met(), Some(true));
            }
        }
    }
}
