//! What is known by key (등록된 기관·지역·사업): bodies, regions and programmes, kept in memory between changes, so that a
//! write that names them need not ask for each.

use crate::{Store, StoreError, Topic, Tx, body, programme, region};
use domain::{access::BodyKey, body::Body, programme::ProgrammeKey, region::RegionCode};
use sea_orm::ConnectionTrait;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// Everything that a record may name by key. Keys are never taken away, so what is here exists for good.
#[derive(Debug)]
pub struct Known {
    bodies: HashMap<BodyKey, Body>,
    regions: HashSet<RegionCode>,
    programmes: HashSet<ProgrammeKey>,
}

impl Known {
    async fn read(db: &impl ConnectionTrait) -> Result<Self, StoreError> {
        let bodies = body::all(db).await?;
        Ok(Self {
            bodies: bodies.into_iter().map(|body| (body.key.clone(), body)).collect(),
            regions: region::all_codes(db).await?,
            programmes: programme::all_keys(db).await?,
        })
    }
    /// The body of this key.
    pub fn body(&self, key: &BodyKey) -> Option<&Body> {
        self.bodies.get(key)
    }
    /// Whether there is, or once was, such a region.
    pub fn has_region(&self, code: &RegionCode) -> bool {
        self.regions.contains(code)
    }
    /// Whether there is such a programme.
    pub fn has_programme(&self, key: &ProgrammeKey) -> bool {
        self.programmes.contains(key)
    }
}

/// What was known at a count of changes.
#[derive(Debug, Default)]
pub(crate) struct Kept(std::sync::RwLock<Option<(u64, Arc<Known>)>>);

impl Store {
    /// What is known, as far as this process has heard. For what is not in it ask [`Tx::known`].
    pub async fn known(&self) -> Result<Arc<Known>, StoreError> {
        let poisoned = |_| StoreError::failed("known keys", "poisoned");
        let now = self.changes(Topic::Reference);
        let kept = self.0.known.0.read().map_err(poisoned)?.clone();
        if let Some((_, known)) = kept.filter(|(at, _)| *at == now) {
            return Ok(known);
        }
        let known = Arc::new(Known::read(self.reader()).await?);
        *self.0.known.0.write().map_err(|_| StoreError::failed("known keys", "poisoned"))? =
            Some((now, Arc::clone(&known)));
        Ok(known)
    }
}

impl Tx {
    /// What is known in this transaction.
    pub async fn known(&self) -> Result<Known, StoreError> {
        Known::read(self.db()?).await
    }
}
