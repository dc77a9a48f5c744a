//! What projects are given and use (자원 지원): requests and uses that hang on projects, the registers they name, and sums.

mod entity;
mod record;
mod registers;
mod sums;

pub use record::{Filter, Record, Sheet, add, count, list, save};
pub use registers::{
    ModelFilter, ServiceFilter, add_model, add_service, list_models, list_services, save_model, save_service,
};
pub use sums::{BaseUse, ModelUse, ServiceUsers, base_use, fulfilment, projects_by_model, users_by_service};
