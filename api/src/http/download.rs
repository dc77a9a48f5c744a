//! Lists as files (내려받기): the same filters as the list, with a format.

use super::Language;
use super::export::{Format, Labels, Mark};
use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use utoipa::{
    IntoParams, IntoResponses, ToSchema,
    openapi::{
        HeaderBuilder, ObjectBuilder, RefOr, Response, ResponseBuilder,
        content::ContentBuilder,
        path::{Parameter, ParameterIn},
        schema::{KnownFormat, SchemaFormat, Type},
    },
};

/// A file on its way out.
#[derive(Debug)]
pub struct Download(pub HttpResponse);

impl Responder for Download {
    type Body = BoxBody;
    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        self.0
    }
}

impl IntoResponses for Download {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let file = || {
            let bytes = ObjectBuilder::new()
                .schema_type(Type::String)
                .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))
                .max_length(Some(1_073_741_824));
            ContentBuilder::new().schema(Some(bytes)).build()
        };
        let name = ObjectBuilder::new().schema_type(Type::String).max_length(Some(2000)).pattern(Some("^[ -~]*$"));
        let made = ResponseBuilder::new()
            .description("The file, streamed. A connection that is cut means that the file is not whole.")
            .content("text/csv", file())
            .content("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", file())
            .header(
                "Content-Disposition",
                HeaderBuilder::new().schema(Some(name)).description(Some("The file's name.")).build(),
            );
        BTreeMap::from([("200".to_owned(), RefOr::T(made.build()))])
    }
}

/// In which format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileFormat {
    /// Comma-separated values, UTF-8.
    Csv,
    /// An Excel workbook.
    Xlsx,
}

/// What the header row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HeaderRow {
    /// 한국어
    Korean,
    /// English
    English,
    /// The API's own names.
    Keys,
}

/// The parameters of a file beside those of its list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct FileParams {
    /// In which format.
    #[param(inline)]
    format: FileFormat,
    /// For CSV: begin with the byte order mark, without which Excel misreads Korean.
    bom: Option<bool>,
    /// What the header row says; Korean unless said otherwise.
    #[param(inline)]
    header: Option<HeaderRow>,
    /// Why the list is taken out, for the audit trail.
    #[param(
        min_length = 1,
        max_length = 200,
        pattern = r"^[^\u0000-\u001f\u007f]*[^\u0000-\u0020\u007f\s][^\u0000-\u001f\u007f]*$"
    )]
    purpose: Option<String>,
}

/// A list's parameters with those of a file made of it.
#[derive(Debug)]
pub struct AsFile<T> {
    /// The list's.
    pub list: T,
    /// In which format.
    pub format: Format,
    /// What the header row says.
    pub labels: Labels,
    /// Why it is taken out.
    pub purpose: Option<String>,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for AsFile<T> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        use serde::de::{Error, IntoDeserializer, value::MapDeserializer};
        let all = BTreeMap::<String, serde_json::Value>::deserialize(d)?;
        let (own, list): (BTreeMap<_, _>, BTreeMap<_, _>) =
            all.into_iter().partition(|(name, _)| ["format", "bom", "header", "purpose"].contains(&name.as_str()));
        let own: FileParams = serde_json::from_value(serde_json::json!(own)).map_err(Error::custom)?;
        let pairs = list.into_iter().map(|(k, v)| (k.into_deserializer(), v.into_deserializer()));
        let list = T::deserialize(MapDeserializer::<_, serde_json::Error>::new(pairs)).map_err(Error::custom)?;
        let format = match own.format {
            FileFormat::Xlsx => Format::Xlsx,
            FileFormat::Csv if own.bom == Some(true) => Format::Csv(Mark::Bom),
            FileFormat::Csv => Format::Csv(Mark::Plain),
        };
        let labels = match own.header.unwrap_or(HeaderRow::Korean) {
            HeaderRow::Korean => Labels::from(Language::Korean),
            HeaderRow::English => Labels::from(Language::English),
            HeaderRow::Keys => Labels::Keys,
        };
        Ok(Self { list, format, labels, purpose: own.purpose })
    }
}

impl<T: IntoParams> IntoParams for AsFile<T> {
    fn into_params(place: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let paging = |p: &Parameter| !["page_size", "page_token", "count", "sort"].contains(&p.name.as_str());
        let mut all: Vec<_> = T::into_params(&place).into_iter().filter(paging).collect();
        all.extend(FileParams::into_params(&place));
        all
    }
}
