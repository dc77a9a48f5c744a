//! Figures by criterion (지표별 값): objects whose members are the codes of a call's criteria, of which it has at most fifty.

use super::CriterionCode;
use crate::{decimal::Decimal, fraction::Rounded};
use serde_json::Value;
use utoipa::{
    PartialSchema,
    openapi::{
        RefOr, Schema,
        schema::{AdditionalProperties, ObjectBuilder, SchemaType, Type},
    },
};

/// Points by criterion.
pub(crate) fn points() -> RefOr<Schema> {
    let example = serde_json::json!({ "suitability": "35.5", "feasibility": "24" });
    by_criterion::<Decimal>(Type::Object.into(), "Points by criterion.", example)
}

/// The mean of every criterion, or nothing.
pub(crate) fn means() -> RefOr<Schema> {
    let example = serde_json::json!({ "suitability": "35.50", "feasibility": "24.00" });
    let types = SchemaType::from_iter([Type::Object, Type::Null]);
    by_criterion::<Rounded>(types, "The mean of every criterion, rounded.", example)
}

fn by_criterion<T: PartialSchema>(types: SchemaType, text: &str, example: Value) -> RefOr<Schema> {
    let codes = match <CriterionCode as PartialSchema>::schema() {
        RefOr::T(schema) => Some(schema),
        RefOr::Ref(_) => None,
    };
    ObjectBuilder::new()
        .schema_type(types)
        .property_names(codes)
        .additional_properties(Some(AdditionalProperties::RefOr(T::schema())))
        .max_properties(Some(50))
        .description(Some(text))
        .examples([example])
        .into()
}
