//! What projects are given and use (자원 지원): requests, foundation models, the common base, public datasets.

mod base;
mod dataset;
mod export;
mod model;
mod request;
mod wire;
mod wire_uses;

pub(crate) use base::{begin, count};
pub(crate) use dataset::record;
pub(crate) use model::adopt;
pub(crate) use request::{ask, step};

use crate::http::Found;
use domain::{
    problem::{Fault, NOT_KNOWN, Refusal},
    resource::Hanging,
};

/// The routes of this capability.
pub fn routes(cfg: &mut impl crate::http::Routes) {
    cfg.service(request::list_resource_requests)
        .service(export::export_resource_requests)
        .service(request::read_resource_fulfilment)
        .service(request::read_resource_request)
        .service(request::ask_resource)
        .service(request::decide_resource_request)
        .service(request::supply_resource_request)
        .service(request::end_resource_request)
        .service(request::withdraw_resource_request)
        .service(model::list_foundation_models)
        .service(model::read_foundation_model)
        .service(model::create_foundation_model)
        .service(model::change_foundation_model)
        .service(model::add_foundation_model_stage)
        .service(model::list_model_adoptions)
        .service(model::count_model_adoptions)
        .service(model::read_model_adoption)
        .service(model::record_model_adoption)
        .service(model::end_model_adoption)
        .service(base::list_common_services)
        .service(base::read_common_service)
        .service(base::create_common_service)
        .service(base::change_common_service)
        .service(base::list_service_uses)
        .service(base::read_service_use_summary)
        .service(base::read_service_use)
        .service(base::record_service_use)
        .service(base::count_service_users)
        .service(base::end_service_use)
        .service(dataset::list_dataset_uses)
        .service(dataset::read_dataset_use)
        .service(dataset::record_dataset_use)
        .service(dataset::change_dataset_use);
}

/// A record with its version.
fn shown<T: Hanging>(record: T) -> Found<T> {
    let version = record.version();
    Found::version(record, version)
}

/// Refuses unless what is named at this place was found.
fn known<T>(found: Option<T>, pointer: &str) -> Result<T, Refusal> {
    found.ok_or_else(|| match Refusal::unless_clean(vec![Fault::new(pointer, &NOT_KNOWN)]) {
        Err(refusal) => refusal,
        Ok(()) => Refusal::new(&NOT_KNOWN),
    })
}
