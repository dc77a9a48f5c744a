//! Awards are offered to those who are next, and never beyond the envelope or the number of awards.

use super::{sample::*, *};
use crate::{
    application::Application,
    call::{
        CallStage, SupportCall,
        sample::{faults, stamp},
    },
    id::Id,
    problem::Refusal,
};
use proptest::prelude::*;

fn id(n: u128) -> ApplicationId {
    Id::new(uuid::Uuid::from_u128(n))
}
fn ids(awards: &[Award]) -> Vec<u128> {
    awards.iter().map(|award| award.application.get().as_u128()).collect()
}
fn whole(n: u128) -> Promotion {
    Promotion { application: id(n), partial: None }
}
fn part(n: u128, national: i64) -> Promotion {
    Promotion { application: id(n), partial: Some(partial(national)) }
}
fn partial(national: i64) -> NewPartial {
    NewPartial { national_krw: won(national), reason: "재원 부족".parse().unwrap() }
}
fn code(refusal: &Refusal) -> &'static str {
    refusal.code.name
}
fn give_up(award: Award) -> Award {
    award.ended(AwardEndKind::GivenUp, "사정 변경".parse().unwrap(), stamp(NOW)).unwrap()
}
fn withdrawn(application: Application) -> Application {
    let notified = SupportCall { stage: CallStage::Notified, ..ended(1, 1) };
    application.withdrawn("철회".parse().unwrap(), &notified, stamp(NOW)).unwrap()
}

#[test]
fn the_selected_are_offered_all_at_once_when_the_call_has_ended() {
    let call = ended(9_000_000_000, 6);
    let (one, two) = (application(1, "sido-26", 1_000_000_000), application(2, "msit", 500_000_000));
    let (gone, waits) = (withdrawn(application(3, "sido-27", 100_000_000)), application(4, "sido-28", 100_000_000));
    let candidates = [
        placed(&call, &one, Placing::Selected),
        placed(&call, &two, Placing::Selected),
        placed(&call, &gone, Placing::Selected),
        placed(&call, &waits, Placing::Reserve(1)),
    ];
    let offer = |call: &SupportCall, awards: &[Award], named: Option<&[ApplicationId]>| {
        offer_selected(call, &candidates, awards, named, stamp(NOW))
    };
    let notified = SupportCall { stage: CallStage::Notified, ..call.clone() };
    assert_eq!(code(&offer(&notified, &[], None).unwrap_err()), "call_not_final");
    let all = offer(&call, &[], None).unwrap();
    assert_eq!(ids(&all), [1, 2]);
    assert_eq!((all[0].state(), all[0].version, all[0].holder().unwrap().as_str()), (AwardState::Offered, 1, "mois"));
    assert_eq!((all[0].split.national_krw.get(), all[0].split.sido_krw.get()), (800_000_000, 200_000_000));
    assert_eq!((all[1].split.national_krw.get(), all[1].track.as_str()), (500_000_000, "central"));
    assert_eq!(code(&offer(&call, &all, None).unwrap_err()), "nothing_to_offer");
    assert_eq!(ids(&offer(&call, &all[..1], None).unwrap()), [2]);
    assert_eq!(ids(&offer(&call, &[], Some(&[id(2)])).unwrap()), [2]);
    let wrong = offer(&call, &[], Some(&[id(1), id(3), id(4), id(1)])).unwrap_err();
    assert_eq!(
        faults(&wrong),
        ["/applications/1 not_offerable", "/applications/2 not_offerable", "/applications/3 not_offerable"]
    );
    // What was confirmed fits; should it ever not, nothing is offered.
    let tight = ended(799_999_999, 6);
    assert_eq!(code(&offer(&tight, &[], None).unwrap_err()), "track_envelope_short");
    assert_eq!(code(&offer(&ended(9_000_000_000, 0), &[], None).unwrap_err()), "no_award_free");
}

#[test]
fn reserves_come_in_their_order_and_only_into_a_free_place_with_money() {
    let call = ended(1_000_000_000, 1);
    let bodies = ["sido-26", "sido-27", "sido-28", "sido-30"];
    let applications: Vec<Application> = (1..)
        .zip(bodies)
        .map(|(n, body)| application(n, body, 1_000_000_000 + i64::try_from(n).unwrap() * 100_000_000))
        .collect();
    let gone = withdrawn(applications[1].clone());
    let candidates = [
        placed(&call, &applications[3], Placing::Reserve(3)),
        placed(&call, &applications[0], Placing::Selected),
        placed(&call, &gone, Placing::Reserve(1)),
        placed(&call, &applications[2], Placing::Reserve(2)),
    ];
    let try_it = |awards: &[Award], wish| promote(&call, &candidates, awards, wish, stamp(NOW));
    let first = offer_selected(&call, &candidates, &[], None, stamp(NOW)).unwrap();
    assert_eq!(code(&try_it(&first, whole(3)).unwrap_err()), "no_award_free");
    let free = [give_up(first[0].clone())];
    for stranger in [2, 4, 1, 99] {
        assert_eq!(code(&try_it(&free, whole(stranger)).unwrap_err()), "not_next_reserve", "{stranger}");
    }
    // 1,300,000,000 at 80 per cent is more than the envelope: how much is left is told, and a part can be decided.
    let short = try_it(&free, whole(3)).unwrap_err();
    assert_eq!(
        (code(&short), short.detail.en.contains("1000000000 won left, and 1040000000")),
        ("track_envelope_short", true)
    );
    let over = try_it(&free, part(3, 1_000_000_001)).unwrap_err();
    assert_eq!(code(&over), "track_envelope_short");
    assert_eq!(
        faults(&try_it(&free, part(3, 1_040_000_000)).unwrap_err()),
        ["/partial/national_krw partial_out_of_bounds"]
    );
    let promoted = try_it(&free, part(3, 1_000_000_000)).unwrap();
    assert_eq!((promoted.version, promoted.reserve_order, promoted.partials.len()), (1, Some(2), 1));
    assert_eq!((promoted.split.national_krw.get(), promoted.split.sido_krw.get()), (1_000_000_000, 300_000_000));
    assert_eq!(promoted.computed.national_krw.get(), 1_040_000_000);
    let both = [free[0].clone(), promoted];
    assert_eq!(code(&try_it(&both, whole(3)).unwrap_err()), "not_next_reserve", "offered already");
    assert_eq!(code(&try_it(&both, whole(4)).unwrap_err()), "no_award_free");
}

#[test]
fn a_withdrawn_selection_frees_its_money_before_anything_is_offered() {
    let call = ended(1_000_000_000, 1);
    let (one, two) = (withdrawn(application(1, "sido-26", 1_000_000_000)), application(2, "sido-27", 1_000_000_000));
    let candidates = [placed(&call, &one, Placing::Selected), placed(&call, &two, Placing::Reserve(1))];
    let promoted = promote(&call, &candidates, &[], whole(2), stamp(NOW)).unwrap();
    let track = &call.rules.as_ref().unwrap().rules.tracks[1];
    let money = TrackMoney::of(track, &candidates, &[promoted]).unwrap();
    assert_eq!((money.offered_krw.get(), money.left_krw.get(), money.free_awards), (800_000_000, 200_000_000, 0));
    assert!(money.reserves.is_empty());
    let before = TrackMoney::of(track, &candidates, &[]).unwrap();
    assert_eq!((before.awaiting_offer, before.free_awards, before.left_krw.get()), (0, 1, 1_000_000_000));
    assert_eq!(before.reserves.iter().map(|r| (r.reserve_order, r.fits)).collect::<Vec<_>>(), [(1, true)]);
}

#[test]
fn a_part_is_awarded_by_decision_alone_and_within_bounds() {
    let call = ended(9_000_000_000, 6);
    let award = offered();
    for wrong in [800_000_000, 800_000_001, 999, 0, -1] {
        let refused = award.clone().partially(partial(wrong), &call, stamp(NOW)).unwrap_err();
        assert_eq!(faults(&refused), ["/national_krw partial_out_of_bounds"], "{wrong}");
    }
    let less = award.clone().partially(partial(500_000_001), &call, stamp(NOW)).unwrap();
    assert_eq!((less.split.national_krw.get(), less.split.sido_krw.get()), (500_000_001, 499_999_999));
    assert_eq!((less.partials[0].before_krw.get(), less.version), (800_000_000, 2));
    assert!(less.clone().partially(partial(600_000_000), &call, stamp(NOW)).is_err(), "a decision never gives more");
    assert!(less.partially(partial(1_000), &call, stamp(NOW)).is_ok());
    assert_eq!(code(&agreed().partially(partial(1_000), &call, stamp(NOW)).unwrap_err()), "award_state");
}

#[test]
fn an_award_comes_to_nothing_once_and_only_before_the_agreement() {
    let failed = offered().ended(AwardEndKind::Failed, "기한 내 미체결".parse().unwrap(), stamp(NOW)).unwrap();
    assert_eq!((failed.state(), failed.state().is_living()), (AwardState::Failed, false));
    assert_eq!(
        code(&failed.ended(AwardEndKind::GivenUp, "포기".parse().unwrap(), stamp(NOW)).unwrap_err()),
        "award_state"
    );
    assert!(agreed().ended(AwardEndKind::GivenUp, "포기".parse().unwrap(), stamp(NOW)).is_err());
    assert_eq!(give_up(offered()).state(), AwardState::GivenUp);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// Whatever is offered, given up, reduced and promoted in whatever order: the awards of a track stay within its envelope
    /// and its number of awards, and every split adds up to the cost.
    #[test]
    fn money_and_places_are_never_given_twice(
        costs in prop::collection::vec(1_000_i64..3_000_000_000, 2..7),
        envelope in 1_000_000_i64..5_000_000_000,
        max_awards in 1_usize..4,
        tries in prop::collection::vec((0_u8..5, 0_usize..8, 1_i64..2_400_000_000), 1..40),
    ) {
        let bodies = ["sido-11", "sido-26", "sido-27", "sido-28", "sido-30", "sido-31", "sido-36"];
        let call = ended(envelope, max_awards);
        let track = &call.rules.as_ref().unwrap().rules.tracks[1];
        let mut applications: Vec<Application> =
            (1..).zip(&costs).zip(bodies).map(|((n, cost), body)| application(n, body, *cost)).collect();
        let mut awards: Vec<Award> = Vec::new();
        // The first that fit are selected, as a confirmed result would have it.
        let (mut left, mut placings) = (envelope, Vec::new());
        for application in &applications {
            let national = placed(&call, application, Placing::Selected).split.national_krw.get();
            let selected = placings.iter().filter(|p| **p == Placing::Selected).count();
            if selected < max_awards && national <= left {
                left -= national;
                placings.push(Placing::Selected);
            } else {
                placings.push(Placing::Reserve(placings.len() - selected + 1));
            }
        }
        for (act, which, amount) in tries {
            let at = which % applications.len();
            if act == 4 && awards.is_empty() {
                applications[at] = withdrawn(application(u128::try_from(at + 1).unwrap(), bodies[at], costs[at]));
                continue;
            }
            let copies = applications.clone();
            let candidates: Vec<Candidate<'_>> = copies.iter().zip(&placings).map(|(a, p)| placed(&call, a, *p)).collect();
            match act {
                0 => awards.extend(offer_selected(&call, &candidates, &awards, None, stamp(NOW)).unwrap_or_default()),
                1 => awards.extend(promote(&call, &candidates, &awards, whole(u128::try_from(at + 1).unwrap()), stamp(NOW))),
                2 => awards.extend(promote(&call, &candidates, &awards, part(u128::try_from(at + 1).unwrap(), amount), stamp(NOW))),
                _ => {
                    let many = awards.len().max(1);
                    let Some(award) = awards.get_mut(which % many) else { continue };
                    let tried = if act == 3 {
                        award.clone().ended(AwardEndKind::GivenUp, "포기".parse().unwrap(), stamp(NOW))
                    } else {
                        award.clone().partially(partial(amount), &call, stamp(NOW))
                    };
                    if let Ok(after) = tried {
                        *award = after;
                    }
                }
            }
            let living: Vec<&Award> = awards.iter().filter(|award| award.state().is_living()).collect();
            prop_assert!(living.iter().map(|award| award.split.national_krw.get()).sum::<i64>() <= envelope);
            prop_assert!(living.len() <= max_awards);
            let money = TrackMoney::of(track, &candidates, &awards).unwrap();
            prop_assert!(!money.left_krw.is_negative());
            for award in &awards {
                let AwardSplit { total_cost_krw, national_krw, sido_krw, municipality_krw, own_krw } = award.split;
                prop_assert_eq!(national_krw.get() + sido_krw.get() + municipality_krw.get() + own_krw.get(), total_cost_krw.get());
                prop_assert_eq!(total_cost_krw, award.computed.total_cost_krw);
                prop_assert!(!sido_krw.is_negative() && !national_krw.is_negative() && national_krw <= award.computed.national_krw);
            }
            let mut given = ids(&awards);
            given.sort_unstable();
            given.dedup();
            prop_assert_eq!(given.len(), awards.len(), "nobody is given two");
        }
    }
}
