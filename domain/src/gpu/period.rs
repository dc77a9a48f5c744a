//! Periods of use (이용 기간): Korean days from the first to the one after the last, so that what follows without a gap never overlaps.

use super::{GPU_PERIOD_IN_PAST, GPU_PERIOD_TOO_LONG};
use crate::{
    day::Day,
    problem::{Fault, WRONG_ORDER, Words},
};
use serde::{Deserialize, Serialize};

/// A period of days, the end excluded: `[from, to)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "from": "2026-12-01", "to": "2027-03-01" }))]
pub struct GpuPeriod {
    /// The first day (KST).
    pub from: Day,
    /// The day after the last one (KST).
    pub to: Day,
}

impl GpuPeriod {
    /// How many days it has; none when it ends before it begins.
    pub fn days(self) -> u64 {
        u64::try_from(self.to.days_since(self.from)).unwrap_or(0)
    }
    /// True when it has no day at all.
    pub fn is_empty(self) -> bool {
        self.to <= self.from
    }
    /// Whether a day lies in it.
    pub fn holds(self, day: Day) -> bool {
        self.from <= day && day < self.to
    }
    /// The same, beginning no earlier than a day.
    #[must_use]
    pub fn not_before(self, day: Day) -> Self {
        Self { from: self.from.max(day), ..self }
    }
    /// What is wrong with it as something wished for: no day, in the past, or longer than so many months.
    pub(super) fn faults(self, at: &str, today: Day, months: u64) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.is_empty() {
            faults.push(Fault::new(format!("{at}/to"), &WRONG_ORDER));
        }
        if self.from < today {
            faults.push(Fault::new(format!("{at}/from"), &GPU_PERIOD_IN_PAST));
        }
        faults.extend(self.too_long(&format!("{at}/to"), months));
        faults
    }
    /// The fault of being longer than so many months.
    pub(super) fn too_long(self, at: &str, months: u64) -> Option<Fault> {
        let latest = self.from.plus_months(months);
        (self.to > latest).then(|| {
            let words = Words::made(
                format!("최장 {months}개월이며, {latest}까지(그날 제외)입니다"),
                format!("At most {months} months, so until {latest}, that day excluded"),
            );
            Fault::told(at, &GPU_PERIOD_TOO_LONG, words)
        })
    }
}
