//! Files that come in as they are (파일 본문): CSV of at most 5 MiB, decoded by whoever knows what it should hold.

use super::{Problem, body::bytes};
use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Bytes};
use domain::problem::Words;
use std::{borrow::Cow, future::Future, pin::Pin};
use utoipa::openapi::{
    KnownFormat, RefOr, Schema, SchemaFormat,
    schema::{ObjectBuilder, Type},
};

/// A CSV file, byte for byte.
#[derive(Debug)]
pub struct Csv(pub Bytes);

/// The largest file.
const MOST: usize = 5 << 20;

impl FromRequest for Csv {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let too_large = Words::fixed("5 MiB보다 작게 나누어 보내십시오.", "Send less than 5 MiB.");
        let read = bytes(request, payload, "text/csv", MOST, too_large);
        Box::pin(async move { Ok(Self(read.await?)) })
    }
}

impl utoipa::PartialSchema for Csv {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))
            .max_length(Some(MOST))
            .description(Some(
                "A table in CSV with a header row: UTF-8, with or without byte order mark, or CP949. At most 5 MiB.",
            ))
            .into()
    }
}
impl utoipa::ToSchema for Csv {
    fn name() -> Cow<'static, str> {
        "CsvFile".into()
    }
}
