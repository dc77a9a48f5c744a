//! What is like an application (유사 신청·과제): projects, the own applications, and for those who run the call what else was
//! submitted to it or to earlier calls of its programme.

use super::wire::{SimilarApplication, SimilarToApplication};
use crate::{
    App,
    call::call_seen,
    http::{Allowed, Found, Problem},
    project::projects_like,
};
use actix_web::{get, web::Data};
use domain::{
    access::{BodyKey, Permit, act::application as act, scope},
    application::{ApplicationId, OnApplication},
    similar::{Profile, SIMILAR, candidates},
};
use std::collections::BTreeSet;
use store::{
    Order,
    application::{Among, Circle, to_compare},
};

/// At most this many are shown.
const SHOWN: usize = 10;

/// Read what is like an application.
///
/// Projects that the reader may see, and applications: of the reader's own bodies; and, for those who run the call, submitted
/// to it or to an earlier call of its programme. Compared by pairs of characters, so that spacing does not matter.
#[utoipa::path(tag = "application", security(("bearer" = ["application.read"])),
    params(("application" = ApplicationId, Path, description = "The application's id.")))]
#[get("/applications/{application}/similar")]
pub(super) async fn read_application_similar(
    app: Data<App>,
    Allowed(order): Allowed<act::Read>,
) -> Result<Found<SimilarToApplication>, Problem> {
    let permit = app.store.look(&order).await?;
    let seen = permit.on().clone().seen_by(permit.actor());
    let title = seen.content.title.as_str();
    let summary = seen.content.summary.as_ref().map(ToString::to_string).unwrap_or_default();
    let circles = circles(&app, &order, &permit).await?;
    let mut ids = BTreeSet::new();
    let others: Vec<_> =
        circles.iter().flat_map(|circle| &circle.found).filter(|other| ids.insert(other.item.id)).collect();
    let profiles: Vec<Profile> =
        others.iter().map(|other| Profile::of(other.item.title.as_str(), &other.summary)).collect();
    let found = candidates(&Profile::of(title, &summary), others.iter().zip(&profiles), SIMILAR, SHOWN);
    let shown = found.into_iter().map(|c| SimilarApplication { application: c.what.item.clone(), score: c.score });
    Ok(Found::new(SimilarToApplication {
        projects: projects_like(&app, permit.actor(), (title, &summary)).await?,
        applications: shown.collect(),
        applications_compared: others.len(),
        all_applications_compared: !circles.iter().any(|circle| circle.cut),
    }))
}

/// Among which applications the reader looks: one query for each of at most two circles.
async fn circles(app: &App, order: &Order<act::Read>, permit: &Permit<act::Read>) -> Result<Vec<Among>, Problem> {
    let sight = permit.on().sight(permit.actor());
    let mut circles = Vec::new();
    if sight.joint {
        let bodies = own_bodies(permit);
        circles.push(to_compare(&app.store, permit, &Circle::Bodies(&bodies)).await?);
    }
    if sight.beyond {
        let call = call_seen(app, order, &permit.on().call).await?;
        circles.push(to_compare(&app.store, permit, &Circle::Programme(&call)).await?);
    }
    Ok(circles)
}

/// The bodies for which the reader applies.
fn own_bodies(permit: &Permit<act::Read>) -> Vec<BodyKey> {
    let scope = scope::<act::Read>(permit.actor());
    let own = scope.reach().iter().filter(|(cell, _)| matches!(cell, OnApplication::Own | OnApplication::Joint));
    own.map(|(_, body)| body.clone()).collect::<BTreeSet<_>>().into_iter().collect()
}
