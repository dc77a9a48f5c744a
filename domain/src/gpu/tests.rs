//! What is asked for is screened, approved, allocated in whole units within caps, given back or taken back, and offered on.

use super::{sample::*, *};
use crate::{day::Day, id::Id, problem::Refusal, project::Stamp};
use uuid::Uuid;

const YEAR: &str = "2026-06-01";

fn code<T: std::fmt::Debug>(refused: Result<T, Refusal>) -> &'static str {
    let refusal = refused.unwrap_err();
    refusal.faults.first().map_or(refusal.code.name, |fault| fault.code.name)
}
fn state(request: &GpuRequest, on: &str) -> &'static str {
    request.state(day(on)).name()
}
fn ending(how: GrantEndKind, on: &str) -> Ending {
    Ending { how, on: day(on), ground: None, reason: "사유".parse().unwrap() }
}
fn longer(to: &str) -> ExtendGpus {
    ExtendGpus { to: day(to), reason: "연장".parse().unwrap() }
}
fn id<K>(n: u128) -> Id<K> {
    Id::new(Uuid::from_u128(n))
}

#[test]
fn a_request_is_in_whole_units_within_months_and_caps() {
    let mut pool = pool(512);
    let terms = Terms { pool: &pool, round: None };
    let half = period("2026-07-01", "2027-01-01");
    assert!(ask(1, terms, 64, half).is_ok());
    assert_eq!(code(ask(1, terms, 60, half)), "gpu_unit");
    assert_eq!(code(ask(1, terms, 0, half)), "out_of_range");
    assert!(ask(1, terms, 64, period("2026-07-01", "2027-07-01")).is_ok(), "twelve months to the day");
    assert_eq!(code(ask(1, terms, 64, period("2026-07-01", "2027-07-02"))), "gpu_period_too_long");
    assert_eq!(code(ask(1, terms, 64, period("2026-05-31", "2026-07-01"))), "gpu_period_in_past");
    assert_eq!(code(ask(1, terms, 64, period("2026-07-01", "2026-07-01"))), "wrong_order");
    pool.terms.max_gpus_per_project = Some(56);
    assert_eq!(code(ask(1, Terms { pool: &pool, round: None }, 64, half)), "gpu_cap");
}

#[test]
fn moves_keep_to_the_table_and_days_to_the_calendar() {
    let pool = pool(64);
    let terms = Terms { pool: &pool, round: None };
    let asked = ask(1, terms, 64, period("2026-07-01", "2026-09-01")).unwrap();
    let at = stamp(YEAR);
    let again = asked.clone().approved(approve(), (terms, RoundTaken::default()), charge(), at);
    assert_eq!(code(again), "gpu_request_state", "nothing is approved unscreened");
    let approved = approved(1, &pool, 64, period("2026-07-01", "2026-09-01"));
    assert_eq!((state(&asked, YEAR), state(&approved, YEAR)), ("requested", "approved"));
    assert_eq!(code(approved.clone().screened(found(), at)), "gpu_request_state");
    let given = allocated(1, &pool, 64, period("2026-07-01", "2026-09-01"));
    let days = ["2026-06-30", "2026-07-01", "2026-08-31", "2026-09-01"];
    assert_eq!(days.map(|on| state(&given, on)), ["allocated", "active", "active", "expired"]);
    assert_eq!(code(given.clone().withdrawn("취소".parse().unwrap(), at)), "gpu_request_state");
    assert_eq!(
        code(given.clone().ended(ending(GrantEndKind::Returned, "2026-09-01"), stamp("2026-08-01"))),
        "gpu_end_day"
    );
    assert_eq!(
        code(given.clone().ended(ending(GrantEndKind::Returned, "2026-07-31"), stamp("2026-08-01"))),
        "gpu_end_day"
    );
    let back = given.clone().ended(ending(GrantEndKind::Reclaimed, "2026-08-01"), stamp("2026-08-01")).unwrap();
    assert_eq!(["2026-07-31", "2026-08-01"].map(|on| state(&back, on)), ["active", "reclaimed"]);
    assert_eq!(
        (back.grants[0].period, back.grants[0].held()),
        (given.grants[0].period, period("2026-07-01", "2026-08-01"))
    );
    assert_eq!(back.allocations().next().unwrap().gpu_hours, 64 * 24 * 31);
    let unused = given.ended(ending(GrantEndKind::Returned, "2026-06-15"), stamp("2026-06-15")).unwrap();
    assert_eq!((state(&unused, "2026-06-15"), unused.grants[0].held().is_empty()), ("returned", true));
    assert_eq!(
        back.deeds.iter().map(|deed| deed.did.name()).collect::<Vec<_>>(),
        ["request", "screen", "approve", "allocate", "reclaim"]
    );
}

#[test]
fn nothing_is_allocated_that_is_not_free_on_every_day() {
    let pool = pool(64);
    let terms = Terms { pool: &pool, round: None };
    let give = |gpus: u32, taken: &[Booked]| {
        let taken = Taken { pool: taken.to_vec(), project: Vec::new() };
        approved(1, &pool, gpus, period("2026-07-01", "2026-09-01")).allocated(
            (terms, &taken),
            id(9),
            None,
            stamp(YEAR),
        )
    };
    assert!(give(64, &[booked("2026-06-01", "2026-07-01", 64), booked("2026-09-01", "2026-10-01", 64)]).is_ok());
    let refused = give(64, &[booked("2026-08-10", "2026-08-11", 8)]).unwrap_err();
    assert_eq!(refused.code.name, "gpu_pool_full");
    assert!(refused.detail.en.contains("On 2026-08-10 there are 56 GPUs free"), "{}", refused.detail.en);
    assert!(give(56, &[booked("2026-08-10", "2026-08-11", 8)]).is_ok());
}

#[test]
fn a_project_keeps_within_its_cap_on_every_day() {
    let mut pool = pool(640);
    pool.terms.max_gpus_per_project = Some(64);
    let terms = Terms { pool: &pool, round: None };
    let give = |taken: Taken| {
        approved(1, &pool, 40, period("2026-07-01", "2026-09-01")).allocated((terms, &taken), id(9), None, stamp(YEAR))
    };
    let own = |gpus| vec![booked("2026-08-10", "2026-08-11", gpus)];
    assert!(give(Taken { pool: own(24), project: own(24) }).is_ok());
    assert_eq!(code(give(Taken { pool: own(32), project: own(32) })), "gpu_cap");
    assert!(give(Taken { pool: own(32), project: Vec::new() }).is_ok(), "others' do not count");
}

#[test]
fn the_second_half_waits_for_a_report() {
    let pool = pool(64);
    let terms = Terms { pool: &pool, round: None };
    let half = |release| Tranche { gpus: 32, release };
    let asked = ask(1, terms, 64, period("2026-07-01", "2026-12-01")).unwrap().screened(found(), stamp(YEAR)).unwrap();
    let tranches = vec![half(Release::AtOnce), half(Release::AfterReport)];
    let new = ApproveGpuRequest { tranches, ..approve() };
    let short = ApproveGpuRequest { tranches: vec![half(Release::AtOnce)], ..approve() };
    let no = asked.clone().approved(short, (terms, RoundTaken::default()), charge(), stamp(YEAR));
    assert_eq!(code(no), "tranches_not_whole");
    let asked = asked.approved(new, (terms, RoundTaken::default()), charge(), stamp(YEAR)).unwrap();
    let first = asked.allocated((terms, &Taken::default()), id(11), None, stamp(YEAR)).unwrap();
    assert_eq!(first.grants[0].gpus, 32);
    let at = stamp("2026-08-01");
    assert_eq!(code(first.clone().allocated((terms, &Taken::default()), id(12), None, at)), "gpu_report_wanting");
    let told = first.reported("절반 진행".parse().unwrap(), at).unwrap();
    let both = told.allocated((terms, &Taken::default()), id(12), None, at).unwrap();
    assert_eq!(both.grants[1].period, period("2026-08-01", "2026-12-01"), "from the day of its allocation on");
    assert_eq!(code(both.allocated((terms, &Taken::default()), id(13), None, at)), "gpu_nothing_left");
}

#[test]
fn an_extension_is_an_interval_of_its_own() {
    let pool = pool(64);
    let terms = Terms { pool: &pool, round: None };
    let given = allocated(1, &pool, 64, period("2026-07-01", "2027-07-01"));
    let extend = |to: &str, taken: &[Booked]| {
        let taken = Taken { pool: taken.to_vec(), project: Vec::new() };
        given.clone().extended(longer(to), (terms, taken), || id(20), stamp("2026-08-01"))
    };
    assert_eq!(code(extend("2027-07-01", &[])), "wrong_order");
    assert_eq!(code(extend("2028-07-02", &[])), "gpu_period_too_long");
    assert_eq!(code(extend("2027-09-01", &[booked("2027-08-01", "2027-08-02", 8)])), "gpu_pool_full");
    let more = extend("2027-09-01", &[booked("2027-09-01", "2027-10-01", 64)]).unwrap();
    assert_eq!((more.grants.len(), more.grants[1].kind), (2, GrantKind::Extension { of: 1 }));
    assert_eq!(
        ["2027-06-30", "2027-07-01", "2027-09-01"].map(|on| state(&more, on)),
        ["active", "extended", "expired"]
    );
    let back = more.ended(ending(GrantEndKind::Returned, "2027-06-01"), stamp("2027-05-01")).unwrap();
    assert!(back.grants[1].held().is_empty() && back.grants[0].held() == period("2026-07-01", "2027-06-01"));
    assert_eq!(["2027-05-31", "2027-06-01"].map(|on| state(&back, on)), ["active", "returned"]);
}

fn queued(n: u128, pool: &GpuPool, gpus: u32, at: Stamp) -> Queued {
    let request = approved(n, pool, gpus, period("2026-07-01", "2026-08-01"));
    Queued { place: request.waits(None, id(n), at).unwrap().1, priority: None }
}

#[test]
fn what_is_free_is_offered_in_order() {
    let pool = pool(64);
    let (early, late) = (stamp("2026-06-01"), stamp("2026-06-02"));
    let mut first = queued(3, &pool, 40, late);
    first.priority = Some(crate::project::Priority {
        reason: "국가 우선".parse().unwrap(),
        decided_by: "과학기술관계장관회의".parse().unwrap(),
        decided_on: day("2026-05-01"),
        entered: early,
    });
    let queue = in_order(vec![queued(1, &pool, 32, early), first, queued(2, &pool, 24, late)]);
    assert_eq!(queue.iter().map(|one| one.place.gpus).collect::<Vec<_>>(), [40, 32, 24], "priority, then time");
    let offered = offer_free(&queue, &pool, &[], stamp("2026-06-10"));
    let told =
        |places: &[GpuPlace]| places.iter().map(|one| (one.gpus, one.offer.unwrap().period.from)).collect::<Vec<_>>();
    assert_eq!(told(&offered), [(40, day("2026-07-01")), (24, day("2026-07-01"))], "who does not fit keeps the place");
    let later = offer_free(&queue, &pool, &[booked("2026-06-01", "2026-07-08", 64)], stamp("2026-06-10"));
    assert_eq!(told(&later)[0], (40, day("2026-07-08")), "as soon as it is free, within a month");
    assert!(offer_free(&queue, &pool, &[booked("2026-06-01", "2026-07-11", 64)], stamp("2026-06-10")).is_empty());
    let place = offered[0].clone();
    let (offer, at) = (place.offer.unwrap(), stamp("2026-06-10").at);
    assert_eq!(offer.expires_at, at.plus_seconds(72 * 3600));
    assert!(place.acceptable(offer.expires_at.plus_seconds(-1)).is_ok() && place.keeps(at).is_some());
    assert_eq!(code(place.acceptable(offer.expires_at)), "gpu_offer_expired");
    assert!(place.keeps(offer.expires_at).is_none(), "an expired offer keeps nothing");
    assert_eq!(code(queue[1].place.acceptable(at)), "gpu_offer_none");
    let waiting =
        approved(1, &pool, 32, period("2026-07-01", "2026-08-01")).waits(Some(&place), id(5), stamp("2026-06-10"));
    assert_eq!(code(waiting), "gpu_waits_already");
}

#[test]
fn capacity_never_falls_below_what_is_booked() {
    let resize = |from: Day, gpus: u32| {
        let booked = [booked("2026-07-01", "2026-09-01", 64), booked("2026-08-01", "2026-08-02", 8)];
        pool(128).resized(new_step(from, gpus), &booked, stamp(YEAR))
    };
    assert_eq!(resize(day("2026-07-01"), 72).unwrap().limit().on(day("2026-08-01")), 72);
    let refused = resize(day("2026-07-01"), 64).unwrap_err();
    assert!(
        refused.detail.en.contains("On 2026-08-01 it would be 8") && refused.detail.en.contains("from 2026-08-02"),
        "{}",
        refused.detail.en
    );
    assert!(resize(day("2026-08-02"), 64).is_ok() && resize(day("2026-09-01"), 0).is_ok());
    assert_eq!(code(resize(day("2026-05-31"), 128)), "capacity_in_past");
    assert_eq!(code(resize(day("2026-07-01"), 127)), "gpu_unit");
}

fn round(pools: &[RoundPool], shares: &[(Sector, &str)]) -> Result<GpuRound, Refusal> {
    let plan = RoundPlan {
        name: crate::name::Name { ko: "시험".parse().unwrap(), en: None },
        lead_body: "msit".parse().unwrap(),
        managing_agency: "nipa".parse().unwrap(),
        opens_at: stamp("2026-05-01").at,
        closes_at: stamp("2026-06-30").at,
        pools: pools.to_vec(),
        max_months: 6,
        sector_shares: shares
            .iter()
            .map(|(sector, share)| SectorShare { sector: *sector, share: share.parse().unwrap() })
            .collect(),
        criteria: Vec::new(),
        note: None,
    };
    let units = Units::from([("t-pool".parse().unwrap(), 8)]);
    GpuRound::create(NewGpuRound { key: "t-round".parse().unwrap(), plan }, &units, stamp("2026-04-01"))
}
fn offers(gpus: u32, cap: u32, large: Option<u32>) -> RoundPool {
    RoundPool { pool: "t-pool".parse().unwrap(), offered_gpus: gpus, max_gpus_per_project: cap, large_from_gpus: large }
}

#[test]
fn a_round_has_its_window_its_caps_and_its_shares() {
    assert_eq!(code(round(&[], &[])), "gpu_round_empty");
    assert_eq!(code(round(&[offers(60, 64, None)], &[])), "gpu_unit");
    assert_eq!(code(round(&[offers(64, 72, None)], &[])), "out_of_range");
    assert_eq!(
        code(round(&[offers(64, 64, None)], &[(Sector::Industry, "60"), (Sector::Government, "40.01")])),
        "out_of_range"
    );
    let draft = round(&[offers(160, 64, Some(64))], &[(Sector::Government, "50")]).unwrap();
    let pool = pool(512);
    let open = draft.clone().announced(stamp("2026-04-02")).unwrap();
    let states = ["2026-04-30", "2026-05-01", "2026-06-30", "2026-07-01"].map(|on| open.state(stamp(on).at).name());
    assert_eq!(states, ["announced", "open", "open", "closed"]);
    let months = period("2026-07-01", "2026-12-01");
    assert_eq!(code(ask(1, Terms { pool: &pool, round: Some(&draft) }, 64, months)), "gpu_round_state");
    let terms = Terms { pool: &pool, round: Some(&open) };
    assert_eq!(code(ask(1, terms, 72, months)), "gpu_cap");
    assert_eq!(code(ask(1, terms, 64, period("2026-07-01", "2027-02-01"))), "gpu_period_too_long");
    let approve_with = |gpus: u32, found: ScreenGpuRequest, taken: RoundTaken| {
        let asked = ask(1, terms, gpus, months).unwrap().screened(found, stamp(YEAR)).unwrap();
        asked.approved(approve(), (terms, taken), charge(), stamp(YEAR))
    };
    assert_eq!(code(approve_with(64, found(), RoundTaken::default())), "gpu_interview_needed");
    assert!(approve_with(56, found(), RoundTaken::default()).is_ok());
    let spoken = || ScreenGpuRequest { interview: Some("면담함".parse().unwrap()), ..found() };
    assert!(approve_with(64, spoken(), RoundTaken { pool: 96, sector: 16 }).is_ok());
    assert_eq!(code(approve_with(64, spoken(), RoundTaken { pool: 104, sector: 0 })), "gpu_round_short");
    assert_eq!(code(approve_with(64, spoken(), RoundTaken { pool: 64, sector: 24 })), "gpu_sector_share");
    let given_up = open.clone().cancelled(Some("변경".parse().unwrap()), stamp(YEAR)).unwrap();
    assert_eq!(code(ask(1, Terms { pool: &pool, round: Some(&given_up) }, 8, months)), "gpu_round_state");
    assert_eq!(code(open.clone().finished(stamp(YEAR))), "gpu_round_state");
    assert!(open.finished(stamp("2026-07-01")).is_ok());
}
