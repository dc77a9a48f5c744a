//! Operations (작업): what long work has come to.

use crate::{
    App,
    http::{Allowed, Found, INTERNAL, Problem},
};
use actix_web::{get, web::Data};
use domain::{
    access::act::operation as act,
    operation::{Operation, OperationId, Stage},
};
use store::StoreError;

/// The routes of this capability.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(read_operation);
}

/// Read how far a long work has come.
///
/// Ask again every second or so until its state is `succeeded`, with the result, or `failed`, with a problem's code.
/// `interrupted` means that the server stopped meanwhile: begin again.
#[utoipa::path(tag = "operation", security(("bearer" = ["operation.read"])),
    params(("operation" = OperationId, Path, description = "The operation's id.")))]
#[get("/operations/{operation}")]
async fn read_operation(app: Data<App>, Allowed(order): Allowed<act::Read>) -> Result<Found<Operation>, Problem> {
    let operation = app.store.look(&order).await?.on().clone();
    Ok(Found::new(operation.shown(order.at())))
}

/// Keeps how an operation ended. What went wrong inside goes to the log.
pub(crate) async fn ended(app: &App, operation: Operation, stage: Result<Stage, StoreError>) {
    let id = operation.id;
    let stage = stage.or_else(|error| {
        tracing::error!(operation = %id, error = %error, "an operation failed");
        INTERNAL.name.parse().map(|code| Stage::Failed { code })
    });
    let Ok(stage) = stage else { return };
    if let Err(error) = app.store.keep_progress(&operation.moved(stage, app.clock.now())).await {
        tracing::error!(operation = %id, error = %error, "the end of an operation could not be kept");
    }
}
