//! Published figures (공표 수치): reading what announcements state. Nothing that is counted here is ever shown with them.

mod body;

use crate::{
    App,
    http::{Found, Page, Path, Problem, Query, Scoped},
};
use actix_web::{get, web::Data};
use body::ListFigures;
use domain::{
    access::act::reference as act,
    figure::{Figure, FigureKey},
};

/// The routes of this capability.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(list_published_figures).service(read_published_figure);
}

/// List the published figures.
///
/// By key: value, unit, day, source and confidence as published. They are facts about publications, no counts of what
/// is kept here. Figures that contradict each other stand side by side and name each other in `conflicts_with`.
#[utoipa::path(tag = "reference", params(ListFigures), security(("bearer" = ["reference.read"])))]
#[get("/published-figures")]
async fn list_published_figures(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Query(ask): Query<ListFigures>,
) -> Result<Page<Figure>, Problem> {
    Ok(Page::of(store::figure::list(&app.store, &scope, &ask.filter(), &ask.page()).await?))
}

/// Read a published figure.
///
/// As published, with the keys of figures that contradict it.
#[utoipa::path(tag = "reference", security(("bearer" = ["reference.read"])), params(("figure" = FigureKey, Path, description = "The figure's key.")))]
#[get("/published-figures/{figure}")]
async fn read_published_figure(
    app: Data<App>,
    Scoped(scope): Scoped<act::Read>,
    Path(key): Path<FigureKey>,
) -> Result<Found<Figure>, Problem> {
    Ok(Found::new(store::figure::one(&app.store, &scope, &key).await?))
}
