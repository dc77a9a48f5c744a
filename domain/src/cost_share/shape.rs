//! Shapes of rule sets in the specification (분담 규칙 명세): what a list or a map of codes may hold.

use super::Level;
use crate::decimal::Decimal;
use utoipa::{
    PartialSchema,
    openapi::{
        RefOr, Schema,
        schema::{AdditionalProperties, ArrayBuilder, ObjectBuilder, Type},
    },
};

/// A rate for each level that has a flat one.
pub(super) fn flat_rates() -> RefOr<Schema> {
    let open = ObjectBuilder::new().description(Some(
        "Rates that look at no ratio, adjustment, floor or ceiling, by level; each 0 to 100. A level that is not here \
         gets the rate of a band.",
    ));
    let filled = Level::ALL.iter().fold(open, |made, level| made.property(level.name(), Decimal::schema()));
    filled.additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(false))).into()
}

/// Sido by their two digits.
pub(super) fn sido_codes() -> RefOr<Schema> {
    let code = ObjectBuilder::new()
        .schema_type(Type::String)
        .min_length(Some(2))
        .max_length(Some(2))
        .pattern(Some("^[0-9]{2}$"))
        .examples(["36"]);
    ArrayBuilder::new()
        .items(code)
        .max_items(Some(20))
        .description(Some("Two-digit codes of the sido that have no municipalities (세종, 제주)."))
        .into()
}

/// Groups by their names.
pub(super) fn group_names() -> RefOr<Schema> {
    let name = ObjectBuilder::new()
        .schema_type(Type::String)
        .min_length(Some(1))
        .max_length(Some(200))
        .pattern(Some(r"^[^\u0000-\u001f\u007f]+$"))
        .examples(["depopulation_area"]);
    ArrayBuilder::new().items(name).max_items(Some(10)).into()
}
