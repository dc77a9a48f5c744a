//! What is summed up (집계 값): counts of projects and amounts of money, all additive.

/// Sums of one cell. Differences may be negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Measures {
    /// Projects, each counted once, at its lead.
    pub projects: i64,
    /// Of which joint.
    pub joint_projects: i64,
    /// Bodies taking part, lead or partner; by body, the projects it takes part in.
    pub participations: i64,
    /// Shares in projects in hundredths of a per cent: 10,000 for a whole project.
    pub share_points: i64,
    /// Original budget of grants and loans, in won.
    pub original_krw: i64,
    /// Current budget (예산현액) of grants and loans, in won.
    pub current_budget_krw: i64,
    /// Of which loans.
    pub loan_krw: i64,
    /// Commitments (지출원인행위).
    pub committed_krw: i64,
    /// Expenditure (지출).
    pub expended_krw: i64,
    /// Value of in-kind support; no cash, never added to the others.
    pub in_kind_krw: i64,
}

impl Measures {
    fn each(&self, other: &Self, with: impl Fn(i64, i64) -> i64) -> Self {
        Self {
            projects: with(self.projects, other.projects),
            joint_projects: with(self.joint_projects, other.joint_projects),
            participations: with(self.participations, other.participations),
            share_points: with(self.share_points, other.share_points),
            original_krw: with(self.original_krw, other.original_krw),
            current_budget_krw: with(self.current_budget_krw, other.current_budget_krw),
            loan_krw: with(self.loan_krw, other.loan_krw),
            committed_krw: with(self.committed_krw, other.committed_krw),
            expended_krw: with(self.expended_krw, other.expended_krw),
            in_kind_krw: with(self.in_kind_krw, other.in_kind_krw),
        }
    }
    /// The sum. Sums of the state's money stay far below the range of 64 bits; at its end they stand still.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        self.each(other, i64::saturating_add)
    }
    /// The difference.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        self.each(other, i64::saturating_sub)
    }
    /// True when there is nothing in it.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
    /// Projects attributed by share, as a decimal with two places, rounded half up: 60 % of one project is `"0.60"`.
    pub fn attributed(&self) -> String {
        let hundredths = self.share_points.saturating_add(50).saturating_div(100);
        format!("{}.{:02}", hundredths.saturating_div(100), hundredths.checked_rem(100).unwrap_or(0))
    }
}
