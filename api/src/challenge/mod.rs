//! Challenges (기피 신청): filed by an applicant, answered by those who run the call. Taking one up against a member is an act
//! upon the panel.

mod wire;

use crate::{
    App,
    audit::{HistoryEntry, HistoryPage},
    call::call_of,
    http::{Allowed, Created, Found, Json, Page, Problem, Query, Scoped},
    project::stamp,
};
use actix_web::{get, post, web::Data};
use domain::{
    access::act::challenge as act,
    application::ApplicationId,
    challenge::{Challenge, ChallengeId, NewChallenge, NewChallengeAnswer},
    panel::Panel,
};
use store::{Order, Purpose, StoreError};
use wire::ListChallenges;

/// The routes of this capability.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(list_challenges)
        .service(read_challenge)
        .service(read_challenge_history)
        .service(file_challenge)
        .service(answer_challenge);
}

fn shown(challenge: Challenge) -> Found<Challenge> {
    let version = challenge.version;
    Found::version(challenge, version)
}

/// List challenges.
///
/// In the order in which they were filed: the own body's, or those in the calls that the own body runs.
#[utoipa::path(tag = "challenge", params(ListChallenges), security(("bearer" = ["challenge.read"])))]
#[get("/challenges")]
async fn list_challenges(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<ListChallenges>,
) -> Result<Page<Challenge>, Problem> {
    Ok(Page::of(store::challenge::list(&app.store, &scope, &ask.filter(), &ask.page()).await?))
}

/// Read a challenge.
///
/// What was filed, and the words it was answered with. It never says whether somebody is on the committee.
#[utoipa::path(tag = "challenge", security(("bearer" = ["challenge.read"])),
    params(("challenge" = ChallengeId, Path, description = "The challenge's id.")))]
#[get("/challenges/{challenge}")]
async fn read_challenge(app: Data<App>, Allowed(order): Allowed<act::Read>) -> Result<Found<Challenge>, Problem> {
    Ok(shown(app.store.look(&order).await?.on().clone()))
}

/// Read a challenge's history.
///
/// Newest first: who changed which fields, when and why; with the reason of its answer.
#[utoipa::path(tag = "challenge", security(("bearer" = ["challenge.history"])),
    params(("challenge" = ChallengeId, Path, description = "The challenge's id."), HistoryPage))]
#[get("/challenges/{challenge}/history")]
async fn read_challenge_history(
    app: Data<App>,
    Allowed(order): Allowed<act::History>,
    Query(ask): Query<HistoryPage>,
) -> Result<Page<HistoryEntry>, Problem> {
    let id = app.store.look(&order).await?.on().id.to_string();
    Ok(Page::of(store::audit::history(&app.store, "challenge", &id, &ask.ask()).await?))
}

/// Challenge somebody who may judge.
///
/// Names a person who should not judge the own application, whether it is known who is on the committee or not; from the
/// submission until the result is confirmed.
#[utoipa::path(tag = "challenge", security(("bearer" = ["challenge.file"])),
    params(("application" = ApplicationId, Path, description = "The application's id.")),
    extensions(("x-adds" = json!(true))))]
#[post("/applications/{application}/challenges")]
async fn file_challenge(
    app: Data<App>,
    Allowed(order): Allowed<act::File>,
    Json(new): Json<NewChallenge>,
) -> Result<Created<Challenge>, Problem> {
    let filed = file(&app, order, app.chance.id(), new).await?;
    Ok(Created::at(format!("/v1/challenges/{}", filed.id), filed.version, filed))
}

/// Files a challenge under an id.
pub(crate) async fn file(
    app: &App,
    order: Order<act::File>,
    id: ChallengeId,
    new: NewChallenge,
) -> Result<Challenge, Problem> {
    app.store
        .write(order.adding(), async |tx, permit| {
            let call = call_of(tx, &permit.on().call).await?;
            let filed = Challenge::file(id, new, (permit.on(), &call), stamp(tx, permit))?;
            Ok::<_, Problem>(store::challenge::add(tx, permit, filed).await?)
        })
        .await
}

/// Answer a challenge.
///
/// Once, by somebody who has no part in the application: with words for the applicant, and with a reason for the record. If it
/// was taken up against a member, that conflict is decided first. No result is confirmed before every challenge is answered.
#[utoipa::path(tag = "challenge", security(("bearer" = ["challenge.answer"])),
    params(("challenge" = ChallengeId, Path, description = "The challenge's id.")))]
#[post("/challenges/{challenge}/answer")]
async fn answer_challenge(
    app: Data<App>,
    Allowed(order): Allowed<act::Answer>,
    Json(new): Json<NewChallengeAnswer>,
) -> Result<Found<Challenge>, Problem> {
    let saved = app
        .store
        .write(order.because(Some(&new.reason)), async |tx, permit| {
            // It is taken up only by whoever holds this challenge: the panel is looked at as it stays.
            let panel = tx.load::<Panel>(&permit.on().application.to_string(), Purpose::Look).await?;
            let panel = panel.ok_or(StoreError::NotFound)?;
            let after = permit.on().clone().answered(new, &panel, stamp(tx, permit))?;
            Ok::<_, Problem>(store::challenge::save(tx, permit, after).await?)
        })
        .await?;
    Ok(shown(saved))
}
