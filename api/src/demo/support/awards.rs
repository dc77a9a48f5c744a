//! Awards of the demonstration (시연용 협약): one agreed with its first instalment paid, one settled, one given up for which the
//! reserve came in, one that waits.

use super::{super::step::read, calls::Played, stage::Stage};
use crate::{award, http::Problem};
use domain::{
    access::act::award as act,
    application::Application,
    award::{Award, AwardEndKind, FundingSource},
    day::Day,
    money::Won,
};
use serde_json::{Value, json};

/// The day of the agreements, from the deadline of their call: they are signed in the year whose money is given.
pub(super) const SIGNED_AFTER: i64 = 40;

/// Offers the selected of a call their awards, and lets each come to something else.
pub(super) async fn given(stage: &mut Stage<'_>, call: &Played, handed_in: &[Application]) -> Result<(), Problem> {
    let [settled, _, gone, agreed, reserve] = handed_in else {
        return Err(Problem::internal("five applications"));
    };
    let day = |after: i64| call.closes.saturating_add(after);
    let order = stage.order(stage.cast.agency()?, &call.key, stage.at(day(31), (10, 0)));
    let awards = award::offer(stage.app, order, None).await?;
    let order =
        stage.order::<act::GiveUp>(stage.cast.applicant(&gone.applicant.body)?, &gone.id, stage.at(day(34), (14, 0)));
    let reason = read(json!("시연: 시비를 확보하지 못해 포기함"))?;
    award::step(stage.app, order, |award, stamp| award.ended(AwardEndKind::GivenUp, reason, stamp)).await?;
    let order = stage.order(stage.cast.agency()?, &call.key, stage.at(day(35), (10, 0)));
    award::promoted(stage.app, order, read(json!({ "application": reserve.id, "partial": null }))?).await?;
    for (application, number) in [(settled, "시연-2026-01"), (agreed, "시연-2026-02")] {
        let award = awards.iter().find(|award| award.application == application.id);
        let award = award.ok_or_else(|| Problem::internal("an award that was not offered"))?;
        Box::pin(signed(stage, award, number, day(SIGNED_AFTER))).await?;
    }
    let award = awards.iter().find(|award| award.application == settled.id);
    if let Some(award) = award {
        Box::pin(closed(stage, award, day(65))).await?;
    }
    Ok(())
}

/// Six tenths of the national money at once, the rest half a year later.
fn instalments(whole: Won, today: Day) -> Result<Value, Problem> {
    let first = whole.get() / 10 * 6;
    let rest = whole.minus(Won::new(first).map_err(Problem::internal)?).map_err(Problem::internal)?;
    Ok(json!([
        { "due_on": today, "national_krw": first },
        { "due_on": today.plus_days(182), "national_krw": rest }
    ]))
}

/// Concludes the agreement, and pays the first instalment on the same day.
async fn signed(stage: &mut Stage<'_>, award: &Award, number: &str, day: i64) -> Result<(), Problem> {
    let at = stage.at(day, (11, 0));
    let today = at.day();
    let new = json!({
        "number": number, "signed_on": today, "begins_on": today, "ends_on": today.plus_days(364),
        "conditions": [{ "text": "시연: 개인정보 영향평가를 마칠 것", "due": today.plus_days(60) }],
        "instalments": instalments(award.split.national_krw, today)?
    });
    let order = stage.order(stage.cast.agency()?, &award.application, at);
    award::agree(stage.app, order, read(new)?, || stage.id::<()>(at).get()).await?;
    let at = stage.at(day, (15, 0));
    let order = stage.order(stage.cast.agency()?, &award.application, at);
    award::paid(stage.app, order, (1, today), || stage.id(at)).await?;
    Ok(())
}

/// Terminates an agreement early and settles it: of what the nation has paid a tenth goes back.
async fn closed(stage: &mut Stage<'_>, award: &Award, day: i64) -> Result<(), Problem> {
    let order = stage.order::<act::Terminate>(
        stage.cast.agency()?,
        &award.application,
        stage.at(day.saturating_sub(3), (10, 0)),
    );
    let reason = read(json!("시연: 조직 개편으로 사업을 일찍 마침"))?;
    award::step(stage.app, order, |award, stamp| award.terminated(reason, stamp)).await?;
    let at = stage.at(day, (16, 0));
    let paid = award.split.national_krw.get() / 10 * 6;
    let of = |source: &FundingSource| {
        let part = award.split.part(*source);
        let used = if *source == FundingSource::National { paid / 10 * 9 } else { part.get() };
        (part > Won::ZERO).then(|| json!({ "source": source, "used_krw": used }))
    };
    let sources: Vec<Value> = FundingSource::ALL.iter().filter_map(of).collect();
    let new = json!({ "settled_on": at.day(), "sources": sources,
        "evidence": [{ "name": "정산보고서(시연).pdf", "sha256": "5e".repeat(32) }] });
    let order = stage.order(stage.cast.agency()?, &award.application, at);
    award::settled(stage.app, order, read(new)?, || stage.id(at)).await?;
    Ok(())
}
