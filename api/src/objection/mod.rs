//! Objections (이의신청): made once by the applicant, answered once by those who run the call.

mod wire;

use crate::{
    App,
    call::call_of,
    http::{Allowed, Created, Found, Json, Page, Problem, Query, Scoped},
    project::stamp,
};
use actix_web::{get, post, web::Data};
use domain::{
    access::act::objection as act,
    application::ApplicationId,
    objection::{NewObjection, NewObjectionAnswer, Objection},
};
use store::Order;
use wire::ListObjections;

/// The routes of this capability.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(list_objections).service(read_objection).service(make_objection).service(answer_objection);
}

fn shown(objection: Objection) -> Found<Objection> {
    let version = objection.version;
    Found::version(objection, version)
}

/// List objections.
///
/// In the order in which they were made: the own body's, or those to the results of the calls that the own body runs.
#[utoipa::path(tag = "objection", params(ListObjections), security(("bearer" = ["objection.read"])))]
#[get("/objections")]
async fn list_objections(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<ListObjections>,
) -> Result<Page<Objection>, Problem> {
    Ok(Page::of(store::objection::list(&app.store, &scope, &ask.filter(), &ask.page()).await?))
}

/// Read an objection.
///
/// There is one for each application at most, under the application's id.
#[utoipa::path(tag = "objection", security(("bearer" = ["objection.read"])),
    params(("objection" = ApplicationId, Path, description = "The application's id.")))]
#[get("/objections/{objection}")]
async fn read_objection(app: Data<App>, Allowed(order): Allowed<act::Read>) -> Result<Found<Objection>, Problem> {
    Ok(shown(app.store.look(&order).await?.on().clone()))
}

/// Object to a result.
///
/// Once, on procedure or fact and never on the scores themselves, within the days after the notice that the call's rules
/// set.
#[utoipa::path(tag = "objection", security(("bearer" = ["objection.make"])),
    params(("application" = ApplicationId, Path, description = "The application's id.")),
    extensions(("x-adds" = json!(true))))]
#[post("/applications/{application}/objection")]
async fn make_objection(
    app: Data<App>,
    Allowed(order): Allowed<act::Make>,
    Json(new): Json<NewObjection>,
) -> Result<Created<Objection>, Problem> {
    let made = make(&app, order, new).await?;
    Ok(Created::at(format!("/v1/objections/{}", made.application), made.version, made))
}

/// Makes an objection.
pub(crate) async fn make(app: &App, order: Order<act::Make>, new: NewObjection) -> Result<Objection, Problem> {
    app.store
        .write(order.adding(), async |tx, permit| {
            let application = permit.on();
            let before = store::objection::made_of(tx, application.id).await?;
            let call = call_of(tx, &application.call).await?;
            let made = Objection::make(before.as_ref(), new, (application, &call), stamp(tx, permit))?;
            Ok::<_, Problem>(store::objection::add(tx, permit, made).await?)
        })
        .await
}

/// Answer an objection.
///
/// Once, with a reason, by somebody who has no part in the application. Where it is right and changes the result, the
/// committee confirms a correction.
#[utoipa::path(tag = "objection", security(("bearer" = ["objection.answer"])),
    params(("objection" = ApplicationId, Path, description = "The application's id.")))]
#[post("/objections/{objection}/answer")]
async fn answer_objection(
    app: Data<App>,
    Allowed(order): Allowed<act::Answer>,
    Json(new): Json<NewObjectionAnswer>,
) -> Result<Found<Objection>, Problem> {
    Ok(shown(answer(&app, order, new).await?))
}

/// Answers an objection.
pub(crate) async fn answer(
    app: &App,
    order: Order<act::Answer>,
    new: NewObjectionAnswer,
) -> Result<Objection, Problem> {
    app.store
        .write(order.because(Some(&new.reason)), async |tx, permit| {
            let after = permit.on().clone().answered(new, stamp(tx, permit))?;
            Ok::<_, Problem>(store::objection::save(tx, permit, after).await?)
        })
        .await
}
