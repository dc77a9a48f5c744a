//! What a fresh database is given before it serves (초기 자료): the built-in reference data.

use crate::{App, http::Problem};
use domain::{
    access::{Actor, Grant, ROLES},
    id::Id,
    problem::Refusal,
};
use store::{BuiltIn, Call, Expects, Order};
use uuid::Uuid;

/// Whoever runs the machine: what the command line and the start-up do is recorded under this name.
pub fn operator() -> Actor {
    let body = "mois".parse();
    let grants = body.map(|body| {
        ROLES.map(|role| Grant { role, body: domain::access::BodyKey::clone(&body), expires_at: None }).into()
    });
    Actor { id: Id::new(Uuid::from_u128(1)), name: "operator".to_owned(), grants: grants.unwrap_or_default() }
}

/// Whoever has not shown who they are: refused attempts to sign in are recorded under this name.
pub fn anonymous() -> Actor {
    Actor { id: Id::new(Uuid::nil()), name: "anonymous".to_owned(), grants: Vec::new() }
}

/// A call that comes from the program itself.
pub fn own_call(app: &App) -> Call {
    let (request_id, address) = (app.chance.uuid().to_string(), "local".to_owned());
    Call { at: app.clock.now(), request_id, address, retry: None, expects: Expects::Anything }
}

/// Loads what comes built in and is not there in this form. Safe to run again; a few queries when there is nothing to load.
pub async fn prepare(app: &App) -> Result<(), Problem> {
    let sets = vec![
        BuiltIn::Regions(domain::region::built_in().map_err(Refusal::from)?),
        BuiltIn::Bodies(domain::body::built_in().map_err(Refusal::from)?),
        BuiltIn::Programmes(domain::programme::built_in().map_err(Refusal::from)?),
        BuiltIn::Figures(domain::figure::built_in().map_err(Refusal::from)?),
        BuiltIn::GpuPools(domain::gpu::built_in_pools().map_err(Refusal::from)?),
        BuiltIn::UserCharges(domain::gpu::built_in_charges().map_err(Refusal::from)?),
    ];
    app.store.load_built_in(sets, || Order::new(operator(), String::new(), own_call(app))).await?;
    let envelopes = domain::budget::built_in().map_err(Refusal::from)?;
    app.store.load_built_in_envelopes(Order::new(operator(), String::new(), own_call(app)), envelopes).await?;
    let models = domain::resource::foundation_models().map_err(Refusal::from)?;
    app.store.load_built_in_models(|| Order::new(operator(), String::new(), own_call(app)), models).await?;
    let services = domain::resource::common_services().map_err(Refusal::from)?;
    app.store.load_built_in_services(|| Order::new(operator(), String::new(), own_call(app)), services).await?;
    Ok(())
}
