//! The committees of the demonstration (시연용 선정위원회): a pool, members drawn by a recorded lot, pledges, panels.

use super::{super::step::read, calls::Played, stage::Stage};
use crate::{challenge, committee, http::Problem, panel};
use domain::{
    application::Application,
    committee::{Committee, DrawAsk, ExpertDetails, MemberId},
    panel::{NewSeat, Panel},
};
use serde_json::{Value, json};

/// Where an expert comes from, what it knows, and what ties it to whom: long ago, so that it bars nobody.
type Row = (&'static str, &'static [&'static str], Option<&'static str>);

const POOL: [Row; 8] = [
    ("public", &["public", "welfare"], None),
    ("private", &["public", "safety"], None),
    ("private", &["safety", "transport"], Some("sido-26")),
    ("private", &["medical", "welfare"], None),
    ("public", &["safety", "agri_fisheries"], None),
    ("private", &["culture", "public"], None),
    ("private", &["transport", "marine"], None),
    ("public", &["agri_fisheries", "energy"], None),
];

/// Enters the pool, each expert with the account of somebody who can sign in.
pub(super) async fn pool(stage: &mut Stage<'_>) -> Result<(), Problem> {
    let accounts: Vec<_> = stage.cast.judges().collect();
    for ((row, account), nth) in POOL.iter().zip(accounts).zip(1_i64..) {
        let (sector, expertise, advised) = *row;
        let ties: Vec<Value> = advised
            .map(
                |body| json!({ "kind": "advised", "with": { "body": body }, "from": "2018-03-01", "to": "2019-12-31" }),
            )
            .into_iter()
            .collect();
        let details: ExpertDetails = read(json!({
            "name": format!("시연위원 {nth}"), "account": account, "sector": sector, "expertise": expertise, "ties": ties
        }))?;
        let at = stage.at(-150, (10, nth));
        let (id, order) = (stage.id(at), stage.order(stage.cast.holder()?, &"", at));
        committee::enter_expert(stage.app, order, id, details).await?;
    }
    Ok(())
}

/// Draws so many officials and private experts, names the first who was drawn as the chair, and has everybody pledge.
pub(super) async fn drawn(
    stage: &mut Stage<'_>,
    call: &Played,
    (public, private): (usize, usize),
) -> Result<Vec<MemberId>, Problem> {
    let day = call.closes.saturating_add(3);
    let ask: DrawAsk = read(json!({ "seats": { "public": public, "private": private } }))?;
    let (seed, order) = (stage.seed(), stage.order(stage.cast.agency()?, &call.key, stage.at(day, (10, 0))));
    let members = ids(&committee::draw(stage.app, order, &ask, seed).await?);
    if let Some(chair) = members.first().copied() {
        let order = stage.order(stage.cast.agency()?, &call.key, stage.at(day, (10, 30)));
        let named = async |_: &store::Tx, committee: Committee, _: &_, stamp| Ok(committee.chaired_by(chair, stamp)?);
        committee::compose(stage.app, order, named).await?;
    }
    for (member, nth) in members.iter().zip(0_i64..) {
        let at = stage.at(day.saturating_add(1), (9, nth.saturating_mul(7)));
        let words =
            read(json!("시연: 평가 중 알게 된 비밀을 지키고, 이해관계가 있으면 바로 알리고 평가에서 빠지겠습니다."))?;
        committee::give_pledge(stage.app, stage.order(stage.cast.judge(*member)?, &call.key, at), words).await?;
    }
    Ok(members)
}

fn ids(committee: &Committee) -> Vec<MemberId> {
    committee.active().map(|member| member.id).collect()
}

/// Gives every application to every member.
pub(super) async fn assigned(
    stage: &mut Stage<'_>,
    call: &Played,
    applications: &[Application],
    members: &[MemberId],
) -> Result<(), Problem> {
    let all = applications.iter().flat_map(|one| members.iter().map(|member| (one.id, *member)));
    let seats: Vec<NewSeat> = all.map(|(application, member)| NewSeat { application, member }).collect();
    let at = stage.at(call.closes.saturating_add(7), (9, 30));
    let order = stage.order(stage.cast.agency()?, &call.key, at);
    panel::assign(stage.app, order, &seats, || stage.id(at)).await?;
    Ok(())
}

/// A member steps aside from an application.
pub(super) async fn recused(
    stage: &mut Stage<'_>,
    call: &Played,
    (application, member): (&Application, MemberId),
) -> Result<Panel, Problem> {
    let at = stage.at(call.closes.saturating_add(8), (11, 0));
    let why =
        (read(json!("other"))?, read(json!("시연: 같은 주제의 연구를 함께 한 사람이 신청 기관에 있어 회피합니다."))?);
    let (id, order) = (stage.id(at), stage.order(stage.cast.judge(member)?, &application.id, at));
    panel::recuse(stage.app, order, id, why).await
}

/// An applicant challenges a member; the agency takes it up, and it waits for its decision and its answer.
pub(super) async fn challenged(
    stage: &mut Stage<'_>,
    call: &Played,
    (application, member): (&Application, MemberId),
) -> Result<Panel, Problem> {
    let at = stage.at(call.closes.saturating_add(9), (11, 0));
    let new = json!({ "name": "시연위원", "affiliation": "시연용 연구소", "ground": "gave_advice",
        "detail": "시연: 이 사람이 경쟁 기관의 사업을 자문한 적이 있어 기피를 신청함", "evidence": "시연: 자문 계약서 사본" });
    let (id, order) =
        (stage.id(at), stage.order(stage.cast.applicant(&application.applicant.body)?, &application.id, at));
    let filed = challenge::file(stage.app, order, id, read(new)?).await?;
    let at = stage.at(call.closes.saturating_add(9), (15, 0));
    let taken = json!({ "challenge": filed.id, "member": member, "severity": "apparent" });
    let (id, order) = (stage.id(at), stage.order(stage.cast.agency()?, &application.id, at));
    panel::take_up(stage.app, order, id, read(taken)?).await
}
