//! Wire shapes of selection (선정 입출력).

use domain::{
    call::CallKey,
    code_list,
    evaluation::{Dossier, Evaluation},
    selection::Readiness,
};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use utoipa::{
    IntoParams, PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

code_list! {
    /// What stands behind a result.
    pub enum ResultStanding {
        /// What the call comes to as things stand.
        Preview = "preview" / "미확정",
        /// What the committee has confirmed.
        Confirmed = "confirmed" / "확정",
    }
}

/// Which result, or which dossier.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AskResult {
    /// What is to stand behind it; what was confirmed last when left out, and a preview as long as nothing was.
    #[param(inline)]
    pub(super) standing: Option<ResultStanding>,
    /// Which confirmation, from 1; the last one when left out.
    #[param(minimum = 1, maximum = 100)]
    pub(super) confirmation: Option<i64>,
}

/// What a call comes to.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SelectionResult {
    /// The call.
    pub call: CallKey,
    /// What stands behind it.
    pub standing: ResultStanding,
    /// Which confirmation it is; none for a preview.
    #[schema(minimum = 1, maximum = 100)]
    pub confirmation: Option<i64>,
    /// What is still to be settled before it can be confirmed; for a preview.
    pub readiness: Option<Readiness>,
    /// How many applications are left out: a conflict keeps the reader from them, or the own body has a part in them.
    #[schema(minimum = 0, maximum = 10_000)]
    pub withheld: usize,
    /// The result.
    pub result: Evaluation,
}

/// A dossier, whole: a document of the form `axtrack.evaluation-dossier/1`.
#[derive(Debug)]
pub struct DossierDocument;

impl PartialSchema for DossierDocument {
    fn schema() -> RefOr<Schema> {
        Dossier::schema()
    }
}
impl ToSchema for DossierDocument {
    fn name() -> Cow<'static, str> {
        Dossier::name()
    }
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        Dossier::schemas(schemas);
    }
}
impl Serialize for DossierDocument {
    /// It is sent as it was written, and never from here.
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_unit()
    }
}
