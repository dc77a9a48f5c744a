//! What a dossier is made of (평가 서류 자료), read in so many queries however many applications there are.

use crate::{Store, StoreError, Tx, application, challenge, fiscal, panel, region, scoring};
use domain::{
    access::{Action, Permit, act::selection as act, scope},
    application::{ApplicationId, ApplicationItem},
    call::SupportCall,
    committee::Committee,
    selection::Ground,
};
use sea_orm::ConnectionTrait;

/// The ground of a call's dossier, for whoever may read its result.
pub async fn ground<A: Action<On = Committee>>(
    store: &Store,
    _: &Permit<A>,
    call: &SupportCall,
) -> Result<Ground, StoreError> {
    read(store.apart(), call).await
}

/// The applications of a call of which its reader may not know what they come to.
pub async fn unseen<A: Action<On = Committee>>(
    store: &Store,
    permit: &Permit<A>,
) -> Result<Vec<ApplicationId>, StoreError> {
    application::beyond(store, &permit.on().call, &scope::<act::See>(permit.actor())).await
}

/// Who applies with what, for whoever may read the call's dossier.
pub async fn applicants(store: &Store, permit: &Permit<act::Dossier>) -> Result<Vec<ApplicationItem>, StoreError> {
    application::lines(store.apart(), &permit.on().call).await
}

/// The same in a transaction that holds the call for a change: no application is submitted, found eligible or withdrawn, no
/// challenge is filed and no sheet is submitted meanwhile, since all of these hold the call as well.
pub async fn ground_in(tx: &Tx, call: &SupportCall) -> Result<Ground, StoreError> {
    read(tx.db()?, call).await
}

async fn read(db: &impl ConnectionTrait, call: &SupportCall) -> Result<Ground, StoreError> {
    let applications = application::submitted(db, &call.key).await?;
    let codes: Vec<_> = applications.iter().filter_map(|application| application.applicant.region.clone()).collect();
    let budget = call.rules.as_ref().map(|laid_down| &laid_down.cost_share);
    let published = match budget.and_then(|set| set.indicator_fiscal_year.zip(set.indicator_basis)) {
        Some(budget) => fiscal::of_budget(db, budget).await?,
        None => Vec::new(),
    };
    Ok(Ground {
        panels: panel::kept_of(db, &call.key).await?,
        unanswered_challenges: challenge::unanswered(db, &call.key).await?,
        sheets: scoring::submitted(db, &call.key).await?,
        regions: region::named(db, &codes).await?,
        applications,
        published,
    })
}
