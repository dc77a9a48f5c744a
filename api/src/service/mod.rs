//! The service as a whole (서비스 조립): routes, limits and layers, the same for the program and for its tests.

mod observed;
mod squeezed;

use crate::{App, http, operations};
use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::{Compress, from_fn},
    web::{self, Data},
};

/// Everything that answers requests. From the outside in: counting and headers, problems, compression, routes.
pub fn service(
    app: Data<App>,
) -> actix_web::App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    actix_web::App::new()
        .configure(crate::beside)
        .service(web::scope("/v1").configure(crate::versioned))
        .app_data(app)
        .configure(operations::pages)
        .default_service(web::to(http::unknown_route))
        .wrap(from_fn(squeezed::marked))
        .wrap(Compress::default())
        .wrap(from_fn(http::problems))
        .wrap(from_fn(observed::observed))
}
