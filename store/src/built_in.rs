//! Sets that come built in (기본 자료): loaded when the program brings another set than the database has.

use crate::{
    Order, Store, StoreError, Topic, Tx, body, document, figure, gpu, import, programme, region, register::put,
};
use domain::{
    access::act::reference as act,
    body::Body,
    figure::Figure,
    gpu::{GpuPool, UserCharge},
    import::Difference,
    programme::Programme,
    region::Region,
};
use sea_orm::{ActiveValue::Set, sea_query::OnConflict};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

mod entity {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "built_in")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: String,
        pub digest: String,
    }
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

/// One set.
#[derive(Debug, Clone)]
pub enum BuiltIn {
    /// Upper-level regions.
    Regions(Vec<Region>),
    /// Bodies. Those that are there already stay as people have corrected them.
    Bodies(Vec<Body>),
    /// Programmes.
    Programmes(Vec<Programme>),
    /// Published figures.
    Figures(Vec<Figure>),
    /// GPU pools. Those that are there already stay as people have restated them.
    GpuPools(Vec<GpuPool>),
    /// What users of GPUs are charged. Those that are there already stay as they were decided.
    UserCharges(Vec<UserCharge>),
}

/// What the audit trail keeps of a loaded set.
#[derive(Debug, Serialize)]
struct Loaded {
    digest: String,
    new: usize,
    changed: usize,
}

impl BuiltIn {
    const fn kind(&self) -> &'static str {
        match self {
            Self::Regions(_) => "regions",
            Self::Bodies(_) => "bodies",
            Self::Programmes(_) => "programmes",
            Self::Figures(_) => "figures",
            Self::GpuPools(_) => "gpu_pools",
            Self::UserCharges(_) => "user_charges",
        }
    }
    fn digest(&self) -> Result<String, StoreError> {
        let text = match self {
            Self::Regions(rows) => document::write(rows),
            Self::Bodies(rows) => document::write(rows),
            Self::Programmes(rows) => document::write(rows),
            Self::Figures(rows) => document::write(rows),
            Self::GpuPools(rows) => document::write(rows),
            Self::UserCharges(rows) => document::write(rows),
        }?;
        Ok(domain::project::Sha256::from(<[u8; 32]>::from(Sha256::digest(text))).to_string())
    }
}

impl Store {
    /// Loads the sets that the database does not have in this very form, one write for each; nothing is written when it
    /// has them all. Rows that no set brings any more stay. `order` makes the operator's order for each write.
    pub async fn load_built_in(
        &self,
        sets: Vec<BuiltIn>,
        mut order: impl FnMut() -> Order<act::Import>,
    ) -> Result<(), StoreError> {
        use sea_orm::EntityTrait;
        let rows = entity::Entity::find().all(self.apart()).await?;
        let known: BTreeMap<String, String> = rows.into_iter().map(|row| (row.kind, row.digest)).collect();
        for set in sets {
            let digest = set.digest()?;
            let before = known.get(set.kind());
            if before != Some(&digest) {
                self.write(order(), async |tx, _| load(tx, set, digest, before).await).await?;
            }
        }
        Ok(())
    }
}

async fn load(tx: &Tx, set: BuiltIn, digest: String, before: Option<&String>) -> Result<(), StoreError> {
    let (kind, mut bodies, mut pools, mut charges) = (set.kind(), None, None, None);
    let (new, changed) = match set {
        BuiltIn::Regions(rows) => {
            let found = region::compare(tx.db()?, rows).await?;
            region::put(tx, &found).await?;
            counts(&found)
        }
        BuiltIn::Programmes(rows) => {
            let found = programme::compare(tx.db()?, rows).await?;
            programme::put(tx, &found).await?;
            counts(&found)
        }
        BuiltIn::Figures(rows) => {
            let found = figure::compare(tx.db()?, rows).await?;
            figure::put(tx, &found).await?;
            counts(&found)
        }
        BuiltIn::GpuPools(rows) => {
            let found = gpu::pools_missing(tx.db()?, rows).await?;
            let counted = counts(&found);
            pools = Some(found);
            counted
        }
        BuiltIn::UserCharges(rows) => {
            let found = gpu::charges_missing(tx.db()?, rows).await?;
            let counted = counts(&found);
            charges = Some(found);
            counted
        }
        BuiltIn::Bodies(rows) => {
            let mut found = import::bodies_among(tx.db()?, rows).await?;
            found.changed.clear();
            let counted = counts(&found);
            bodies = Some(found);
            counted
        }
    };
    let earlier = before.map(|digest| Loaded { digest: digest.clone(), new: 0, changed: 0 });
    tx.changed("built_in", kind, earlier.as_ref(), Some(&Loaded { digest: digest.clone(), new, changed }))?;
    // After the set, which names the entry's chain: each body, pool and charge is told of beside it.
    if let Some(found) = &bodies {
        body::put(tx, found).await?;
    }
    if let Some(found) = &pools {
        gpu::put_pools(tx, found).await?;
    }
    if let Some(found) = &charges {
        gpu::put_charges(tx, found).await?;
    }
    tx.touches(Topic::Reference);
    let row = entity::ActiveModel { kind: Set(kind.to_owned()), digest: Set(digest) };
    let again = OnConflict::column(entity::Column::Kind).update_column(entity::Column::Digest).to_owned();
    put::<entity::Entity>(tx, vec![row], &again).await
}

const fn counts<T>(found: &Difference<T>) -> (usize, usize) {
    (found.new.len(), found.changed.len())
}
