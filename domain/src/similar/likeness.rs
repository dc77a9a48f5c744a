//! How alike two projects are (유사도): the Dice coefficient of their character pairs, title twice, summary once.

use super::bigrams;
use crate::rate::Share;

/// From here on a project is a candidate that the planner must have looked at: 40.00 %.
pub const SIMILAR: Share = match Share::from_basis_points(4_000) {
    Ok(share) => share,
    Err(_) => Share::WHOLE,
};

/// A text's pairs, sorted, kept so that one text is compared with many.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pairs(Vec<String>);

impl Pairs {
    fn of(text: &str) -> Self {
        let mut pairs = bigrams(text);
        pairs.sort_unstable();
        Self(pairs)
    }
    /// Pairs in both, each as often as in the text that has it less often.
    fn shared(&self, other: &Self) -> u128 {
        let (mut mine, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut shared: u128 = 0;
        while let (Some(a), Some(b)) = (mine.peek(), theirs.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => drop(mine.next()),
                std::cmp::Ordering::Greater => drop(theirs.next()),
                std::cmp::Ordering::Equal => {
                    shared = shared.saturating_add(1);
                    mine.next();
                    theirs.next();
                }
            }
        }
        shared
    }
    /// Twice the shared pairs over all pairs, as a fraction.
    fn dice(&self, other: &Self) -> (u128, u128) {
        let all = u128::try_from(self.0.len().saturating_add(other.0.len())).unwrap_or(u128::MAX);
        (self.shared(other).saturating_mul(2), all)
    }
}

/// What a project is compared by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    title: Pairs,
    summary: Pairs,
}

impl Profile {
    /// Of a Korean title and a summary, which may be empty.
    pub fn of(title: &str, summary: &str) -> Self {
        Self { title: Pairs::of(title), summary: Pairs::of(summary) }
    }
    /// How alike: (2 × title + summary) ÷ 3, computed exactly and rounded half up to 0.01 %. A side without a summary
    /// leaves the title alone to count. The same in both directions.
    pub fn similarity(&self, other: &Self) -> Share {
        let (title, titles) = self.title.dice(&other.title);
        let (summary, summaries) = self.summary.dice(&other.summary);
        if titles == 0 {
            return Share::NONE;
        }
        let (above, below) = if self.summary.0.is_empty() || other.summary.0.is_empty() {
            (title, titles)
        } else {
            let weighed =
                title.saturating_mul(2).saturating_mul(summaries).saturating_add(summary.saturating_mul(titles));
            (weighed, titles.saturating_mul(summaries).saturating_mul(3))
        };
        let points = above.saturating_mul(20_000).saturating_add(below).checked_div(below.saturating_mul(2));
        points.and_then(|p| u16::try_from(p).ok()).and_then(|p| Share::from_basis_points(p).ok()).unwrap_or(Share::NONE)
    }
}

/// How alike two projects are, from their titles and summaries. See [`Profile::similarity`].
pub fn similarity(a: (&str, &str), b: (&str, &str)) -> Share {
    Profile::of(a.0, a.1).similarity(&Profile::of(b.0, b.1))
}

/// Something found alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate<T> {
    /// What.
    pub what: T,
    /// How alike.
    pub score: Share,
}

/// Those at least as alike as the threshold, most alike first (ties in the given order), at most `most`.
pub fn candidates<'a, T>(
    of: &Profile,
    among: impl IntoIterator<Item = (T, &'a Profile)>,
    threshold: Share,
    most: usize,
) -> Vec<Candidate<T>> {
    let scored = among.into_iter().map(|(what, profile)| Candidate { what, score: of.similarity(profile) });
    let mut found: Vec<_> = scored.filter(|c| c.score >= threshold).collect();
    found.sort_by_key(|c| std::cmp::Reverse(c.score));
    found.truncate(most);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn korean_titles_are_compared_without_words() {
        let base = ("AI 기반 민원 안내 서비스 구축", "");
        let score = |title| similarity(base, (title, "")).to_string();
        assert_eq!(score("AI기반 민원안내서비스 구축"), "100.00");
        assert_eq!(score("AI 기반 민원 상담 서비스 구축"), "75.00");
        assert_eq!(score("농작물 병해충 예측"), "0.00");
    }

    #[test]
    fn the_title_weighs_twice() {
        let (a, b) = (("가나", "다라"), ("가나", "마바"));
        assert_eq!(similarity(a, b).to_string(), "66.67");
        assert_eq!(similarity(("가나", "다라"), ("라다", "다라")).to_string(), "33.33");
    }

    #[test]
    fn candidates_are_ranked_and_cut() {
        let of = Profile::of("민원 안내", "");
        let others = [Profile::of("지도", ""), Profile::of("민원안내", ""), Profile::of("민원 안내문", "")];
        let found = candidates(&of, others.iter().enumerate(), SIMILAR, 5);
        assert_eq!(found.iter().map(|c| c.what).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(candidates(&of, others.iter().enumerate(), SIMILAR, 1).len(), 1);
    }

    proptest! {
        #[test]
        fn likeness_is_mutual_and_full_with_itself(a in "[가-다]{2,9}", b in "[가-다]{0,9}", c in "[가-다]{0,9}", d in "[가-다]{0,9}") {
            prop_assert_eq!(similarity((&a, &b), (&c, &d)), similarity((&c, &d), (&a, &b)));
            prop_assert_eq!(similarity((&a, &b), (&a, &b)), Share::WHOLE);
        }
    }
}
