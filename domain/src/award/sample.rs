//! Awards for tests: a call of the shape of 2026 that has ended, with applications of 부산 and others beside one another.

use super::*;
use crate::{
    application::{Application, NewScreening, sample as papers},
    call::{
        CallStage, SupportCall,
        sample::{published, stamp},
    },
    cost_share::{Applicant, Asked, Level},
    id::Id,
};
use serde_json::json;

pub(crate) const NOW: &str = "2026-03-20T00:00:00Z";

pub(crate) fn won(amount: i64) -> Won {
    Won::new(amount).unwrap()
}
/// The call, its tracks with this envelope and so many awards.
pub(crate) fn ended(envelope: i64, max_awards: usize) -> SupportCall {
    let mut call = SupportCall { stage: CallStage::Final, ..published() };
    for track in &mut call.rules.as_mut().unwrap().rules.tracks {
        (track.envelope_krw, track.max_awards) = (won(envelope), max_awards);
    }
    call
}
/// An eligible application of a body with this total cost.
pub(crate) fn application(n: u128, body: &str, total: i64) -> Application {
    let mut content = papers::content();
    (content.total_cost_krw, content.requested_national_krw, content.own_cash_krw) = (Some(won(total)), None, None);
    let id = Id::new(uuid::Uuid::from_u128(n));
    let begun = Application::begin(id, content, (&published(), &papers::body(body)), stamp(papers::OPEN)).unwrap();
    let done = begun.submit(&published(), stamp(papers::OPEN)).unwrap();
    let verdict = serde_json::from_value(json!({ "found": "eligible" })).unwrap();
    done.screened(NewScreening { verdict }, &papers::screening(), stamp(papers::LATE)).unwrap()
}
/// An application that was placed, its cost split by the call's rules; local ones by a ratio of 15 per cent.
pub(crate) fn placed<'a>(call: &SupportCall, application: &'a Application, placing: Placing) -> Candidate<'a> {
    let rules = &call.rules.as_ref().unwrap().cost_share;
    let level = application.applicant.level;
    let indicator_value = (level != Level::Central).then(|| "15".parse().unwrap());
    let applicant = Applicant { level, code: application.applicant.code().to_owned(), groups: Vec::new() };
    let asked = Asked { total_cost: application.counting().total_cost_krw.unwrap(), requested_national: None };
    let split = rules.split(&rules.basis(level, indicator_value).unwrap(), &applicant, asked);
    Candidate {
        application,
        confirmation: 1,
        track: call.rules.as_ref().unwrap().rules.track_of(level).unwrap().code.clone(),
        placing,
        indicator_value,
        split: AwardSplit::of(&split).unwrap(),
    }
}
/// The award of 부산: 1,000,000,000 won in all, 800,000,000 of it national.
pub(crate) fn offered() -> Award {
    let (call, application) = (ended(9_000_000_000, 6), application(1, "sido-26", 1_000_000_000));
    let candidates = [placed(&call, &application, Placing::Selected)];
    offer_selected(&call, &candidates, &[], None, stamp(NOW)).unwrap().remove(0)
}
pub(crate) fn agreement() -> NewAgreement {
    serde_json::from_value(json!({
        "number": "2026-AX-01", "signed_on": "2026-03-20", "begins_on": "2026-04-01", "ends_on": "2026-12-31",
        "conditions": [{ "text": "개인정보 영향평가를 마친다", "due": "2026-06-30" }],
        "instalments": [{ "due_on": "2026-04-15", "national_krw": 560_000_000 }, { "due_on": "2026-10-15", "national_krw": 240_000_000 }]
    }))
    .unwrap()
}
pub(crate) fn agreed() -> Award {
    let opened = OpenedProject {
        project: Id::new(uuid::Uuid::from_u128(77)),
        code: "AX-2026-000001".parse().unwrap(),
        lines: Vec::new(),
    };
    offered().agreed(agreement(), opened, stamp(NOW)).unwrap()
}
