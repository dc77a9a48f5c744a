//! The registers of foundation models and of the common base's services (모델·공통기반 대장).

use super::entity::{model, service};
use crate::{
    Facts, Order, Purpose, Store, StoreError, Tx, document,
    page::{KeyValue, Page, PageAsk},
    register::Register,
    seek::one_or_passing,
    words::{folded, holds},
};
use domain::{
    access::{Permit, Scope, act::common_service as service_act, act::foundation_model as model_act},
    resource::{CommonService, CommonServiceKey, FoundationModel, FoundationModelKey, ModelStage, ServiceKind},
    text::Line,
};
use sea_orm::{ActiveValue::Set, Condition, ConnectionTrait, EntityTrait};
use std::collections::HashSet;

impl Facts for FoundationModel {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        let query = purpose.lock(model::Entity::find_by_id(id), db);
        query.one(db).await?.map(|row| document::read(&row.document)).transpose()
    }
    fn version(&self) -> Option<i64> {
        Some(self.version)
    }
}

impl Facts for CommonService {
    async fn load(db: &impl ConnectionTrait, id: &str, purpose: Purpose) -> Result<Option<Self>, StoreError> {
        let query = purpose.lock(service::Entity::find_by_id(id), db);
        query.one(db).await?.map(|row| document::read(&row.document)).transpose()
    }
    fn version(&self) -> Option<i64> {
        Some(self.version)
    }
}

/// Which models are asked for; what is empty is not asked about.
#[derive(Debug, Clone, Default)]
pub struct ModelFilter {
    /// Those that have reached one of these stages last.
    pub stages: Vec<ModelStage>,
    /// With this in name or maker.
    pub text: Option<String>,
}

/// Which services are asked for; what is empty is not asked about.
#[derive(Debug, Clone, Default)]
pub struct ServiceFilter {
    /// Of these kinds.
    pub kinds: Vec<ServiceKind>,
}

/// The register of models.
const MODELS: Register<model::Entity, FoundationModel> = Register {
    name: "foundation models",
    key: model::Column::Key,
    document: model::Column::Document,
    key_of: |model| KeyValue::Text(model.key.to_string()),
    row: model_row,
};

/// The register of services.
const SERVICES: Register<service::Entity, CommonService> = Register {
    name: "common services",
    key: service::Column::Key,
    document: service::Column::Document,
    key_of: |service| KeyValue::Text(service.key.to_string()),
    row: service_row,
};

/// One page of the models, by key.
pub async fn list_models(
    store: &Store,
    _: &Scope<model_act::Read>,
    filter: &ModelFilter,
    ask: &PageAsk,
) -> Result<Page<FoundationModel>, StoreError> {
    let stages = filter.stages.iter().map(|stage| stage.name());
    let wanted = Condition::all()
        .add_option(one_or_passing(model::Column::Stage, stages, store.0.backend))
        .add_option(filter.text.as_ref().map(|text| holds(model::Column::Words, text)));
    MODELS.list(store, filter, wanted, ask).await
}

/// One page of the services, by key.
pub async fn list_services(
    store: &Store,
    _: &Scope<service_act::Read>,
    filter: &ServiceFilter,
    ask: &PageAsk,
) -> Result<Page<CommonService>, StoreError> {
    let kinds = filter.kinds.iter().map(|kind| kind.name());
    let wanted = Condition::all().add_option(one_or_passing(service::Column::Kind, kinds, store.0.backend));
    SERVICES.list(store, filter, wanted, ask).await
}

/// Enters a model.
pub async fn add_model(
    tx: &Tx,
    _: &Permit<model_act::Create>,
    model: FoundationModel,
) -> Result<FoundationModel, StoreError> {
    tx.changed("foundation_model", &model.key, None, Some(&model))?;
    model::Entity::insert(model_row(&model)?).exec_without_returning(tx.db()?).await?;
    Ok(model)
}

/// Keeps a model that was restated or came further.
pub async fn save_model(
    tx: &Tx,
    permit: &Permit<model_act::Change>,
    model: FoundationModel,
) -> Result<FoundationModel, StoreError> {
    tx.changed("foundation_model", &model.key, Some(permit.on()), Some(&model))?;
    model::Entity::update(model_row(&model)?).exec(tx.db()?).await?;
    Ok(model)
}

/// Enters a service.
pub async fn add_service(
    tx: &Tx,
    _: &Permit<service_act::Create>,
    service: CommonService,
) -> Result<CommonService, StoreError> {
    tx.changed("common_service", &service.key, None, Some(&service))?;
    service::Entity::insert(service_row(&service)?).exec_without_returning(tx.db()?).await?;
    Ok(service)
}

/// Keeps a service that was restated.
pub async fn save_service(
    tx: &Tx,
    permit: &Permit<service_act::Change>,
    service: CommonService,
) -> Result<CommonService, StoreError> {
    tx.changed("common_service", &service.key, Some(permit.on()), Some(&service))?;
    service::Entity::update(service_row(&service)?).exec(tx.db()?).await?;
    Ok(service)
}

impl Store {
    /// Enters the models that come built in and are not there yet; those that are stay as people have corrected them.
    pub async fn load_built_in_models(
        &self,
        mut order: impl FnMut() -> Order<model_act::Create>,
        models: Vec<FoundationModel>,
    ) -> Result<(), StoreError> {
        let known: HashSet<FoundationModelKey> = MODELS.keys(self.reader()).await?;
        for model in models.into_iter().filter(|model| !known.contains(&model.key)) {
            self.write(order(), async |tx, permit| add_model(tx, permit, model).await).await?;
        }
        Ok(())
    }
    /// Enters the services of the common base that come built in and are not there yet.
    pub async fn load_built_in_services(
        &self,
        mut order: impl FnMut() -> Order<service_act::Create>,
        services: Vec<CommonService>,
    ) -> Result<(), StoreError> {
        let known: HashSet<CommonServiceKey> = SERVICES.keys(self.reader()).await?;
        for service in services.into_iter().filter(|service| !known.contains(&service.key)) {
            self.write(order(), async |tx, permit| add_service(tx, permit, service).await).await?;
        }
        Ok(())
    }
}

fn model_row(model: &FoundationModel) -> Result<model::ActiveModel, StoreError> {
    let (name, maker) = (&model.details.name, model.details.maker.as_str());
    let words = [Some(name.ko.as_str()), name.en.as_ref().map(Line::as_str), Some(maker)];
    Ok(model::ActiveModel {
        key: Set(model.key.to_string()),
        version: Set(model.version),
        stage: Set(model.stage().map(|stage| stage.to_string())),
        words: Set(folded(words.into_iter().flatten())),
        document: Set(document::write(model)?),
    })
}

fn service_row(service: &CommonService) -> Result<service::ActiveModel, StoreError> {
    Ok(service::ActiveModel {
        key: Set(service.key.to_string()),
        version: Set(service.version),
        kind: Set(service.kind.to_string()),
        document: Set(document::write(service)?),
    })
}
