//! Asking for counsel and choosing who gives it (자문 요청·배정).

use super::{
    shown,
    wire::{ConsultationView, MatchConsultation},
};
use crate::{
    App,
    http::{Allowed, Created, Found, Json, Problem},
    project::stamp,
};
use actix_web::{get, post, web::Data};
use domain::{
    access::act::consultation as act,
    consultation::{Consultation, ConsultationId, ConsultationRequest, MatchGround, MatchProposal, Suitor, proposed},
    problem::{Fault, INVALID, NOT_KNOWN, Refusal},
    project::ProjectId,
};
use store::Order;

/// Ask for counsel.
///
/// On a project that the own body leads and that is under way. A coordinator chooses the adviser.
#[utoipa::path(tag = "advisory", security(("bearer" = ["consultation.request"])),
    params(("project" = ProjectId, Path, description = "The project's id.")), extensions(("x-adds" = json!(true))))]
#[post("/projects/{project}/consultations")]
pub(super) async fn request_consultation(
    app: Data<App>,
    Allowed(order): Allowed<act::Request>,
    Json(asked): Json<ConsultationRequest>,
) -> Result<Created<ConsultationView>, Problem> {
    let made = request(&app, order, app.chance.id(), asked).await?;
    let (id, version) = (made.id, made.version);
    Ok(Created::under("/v1/consultations", id, version, ConsultationView::of(made)))
}

/// Asks for counsel under an id.
pub(crate) async fn request(
    app: &App,
    order: Order<act::Request>,
    id: ConsultationId,
    asked: ConsultationRequest,
) -> Result<Consultation, Problem> {
    app.store
        .write(order.adding(), async |tx, permit| {
            let made = Consultation::request(id, permit.on(), asked, stamp(tx, permit))?;
            Ok::<_, Problem>(store::consultation::add(tx, permit, made).await?)
        })
        .await
}

/// Propose advisers for a consultation.
///
/// By the topics they counsel on, what they know and how much they have; whoever is tied to a body of the project, judges an
/// application of it or has no room is left out, with the reason. Nothing is assigned by it.
#[utoipa::path(tag = "advisory", security(("bearer" = ["consultation.match"])),
    params(("consultation" = ConsultationId, Path, description = "The consultation's id.")))]
#[get("/consultations/{consultation}/proposal")]
pub(super) async fn propose_advisers(
    app: Data<App>,
    Allowed(order): Allowed<act::Match>,
) -> Result<Found<MatchProposal>, Problem> {
    let permit = app.store.look(&order).await?;
    let project = store::consultation::project_of(&app.store, &permit).await?;
    let known = store::consultation::ground_shown(&app.store, &permit, order.at()).await?;
    let suitors: Vec<_> = known.advisers.iter().map(|(adviser, expert)| Suitor { adviser, expert }).collect();
    let ground = MatchGround { loads: &known.loads, judging: &known.judging };
    Ok(Found::new(proposed(permit.on(), &project.fields, &suitors, &ground, order.at().day())))
}

/// Choose the adviser of a consultation.
///
/// Who serves, has room, is tied to no body of the project and judges no application of one. Until a session is held another
/// may be chosen.
#[utoipa::path(tag = "advisory", security(("bearer" = ["consultation.match"])),
    params(("consultation" = ConsultationId, Path, description = "The consultation's id.")))]
#[post("/consultations/{consultation}/match")]
pub(super) async fn match_consultation(
    app: Data<App>,
    Allowed(order): Allowed<act::Match>,
    Json(chosen): Json<MatchConsultation>,
) -> Result<Found<ConsultationView>, Problem> {
    Ok(shown(choose(&app, order, chosen).await?))
}

/// Chooses the adviser of a consultation.
pub(crate) async fn choose(
    app: &App,
    order: Order<act::Match>,
    chosen: MatchConsultation,
) -> Result<Consultation, Problem> {
    app.store
        .write(order.because(chosen.reason.as_ref()), async |tx, permit| {
            let unknown = || Refusal::new(&INVALID).with(vec![Fault::new("/adviser", &NOT_KNOWN)]);
            let known = store::consultation::ground(tx, permit, chosen.adviser).await?.ok_or_else(unknown)?;
            let (adviser, expert) = known.advisers.first().ok_or_else(unknown)?;
            let ground = MatchGround { loads: &known.loads, judging: &known.judging };
            let suitor = Suitor { adviser, expert };
            let after = permit.on().clone().matched(&suitor, &ground, chosen.reason, stamp(tx, permit))?;
            Ok::<_, Problem>(store::consultation::save(tx, permit, after).await?)
        })
        .await
}
