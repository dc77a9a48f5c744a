//! A trace tells the arithmetic of the result, and nothing else.

use super::{super::*, random::dossier};
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_trace_adds_up_to_the_result(seed in any::<u64>()) {
        let read = read(&dossier(seed)).unwrap();
        let result = evaluate(&read);
        let trace = trace(&read, &[], &result);
        for traced in &trace.applications {
            let placed = result.applications.iter().find(|placed| placed.id == traced.id).unwrap();
            prop_assert_eq!(&traced.mean_exact, &placed.mean_exact);
            prop_assert_eq!(&traced.r#final, &placed.r#final);
            prop_assert_eq!(traced.passed, placed.rank.is_some());
            if let Some(mean) = traced.mean_exact {
                let kept = i128::try_from(traced.kept).unwrap() * 1_000_000;
                prop_assert_eq!(crate::fraction::Fraction::new(traced.kept_total.millionths(), kept), mean);
            }
            let dropped: Vec<&str> = [SheetUse::DroppedHighest, SheetUse::DroppedLowest].iter()
                .filter_map(|why| traced.sheets.iter().find(|sheet| sheet.r#use == *why)).map(|sheet| sheet.member.as_str()).collect();
            prop_assert_eq!(dropped, placed.dropped_members.iter().map(String::as_str).collect::<Vec<_>>());
        }
        for (track, given) in trace.tracks.iter().zip(&result.tracks) {
            for step in &track.steps {
                prop_assert!(step.outcome != Outcome::Selected || (step.awards_left > 0 && step.national <= step.envelope_left));
                if step.reason == Some(Reason::AwardsFull) { prop_assert_eq!(step.awards_left, 0); }
                if step.reason == Some(Reason::EnvelopeShort) { prop_assert!(step.national > step.envelope_left); }
            }
            let selected = track.steps.iter().filter(|step| step.outcome == Outcome::Selected).count();
            prop_assert_eq!(selected, given.awards);
        }
    }
}
