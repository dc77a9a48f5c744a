//! What goes out (나가는 것): typed replies, from which the specification is read.

use super::Language;
use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, http::header};
use domain::id::Id;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::{borrow::Cow, cell::RefCell, collections::BTreeMap, fmt::Write};
use utoipa::{
    IntoResponses, PartialSchema, ToSchema,
    openapi::{
        HeaderBuilder, ObjectBuilder, RefOr, Response, ResponseBuilder, Schema,
        content::ContentBuilder,
        schema::{AdditionalProperties, ArrayBuilder, Ref, Type},
    },
};

/// `200` with the thing asked for and its entity tag: a version where it has one, else a digest of what is sent.
#[derive(Debug)]
pub struct Found<T> {
    body: Sent<T>,
    tag: Tag,
}

/// What is sent.
#[derive(Debug)]
enum Sent<T> {
    /// The thing, yet to be written as JSON.
    Thing(T),
    /// Its JSON.
    Written(Vec<u8>),
}

/// How a reader recognises what was sent, the next time.
#[derive(Debug)]
enum Tag {
    /// By its version.
    Named(String),
    /// By a digest of the bytes.
    Digest,
    /// Not at all: it holds a secret that is shown this once.
    Once,
}

/// `201` with the thing made, where it is, and its version.
#[derive(Debug)]
pub struct Created<T> {
    body: T,
    location: String,
    tag: Option<String>,
    caching: Option<&'static str>,
}

/// For answers with a secret in them (RFC 6749, section 5.1).
const NO_STORE: &str = "no-store";

/// `202` with the operation begun, and where to ask how far it has come.
#[derive(Debug)]
pub struct Accepted<T> {
    body: T,
    location: String,
}

/// `204`: done, and there is nothing to show.
#[derive(Debug)]
pub struct Done;

impl<T> Found<T> {
    /// Something without a version.
    pub const fn new(body: T) -> Self {
        Self { body: Sent::Thing(body), tag: Tag::Digest }
    }
    /// Something that holds a secret: nobody on the way may keep it.
    pub const fn once(body: T) -> Self {
        Self { body: Sent::Thing(body), tag: Tag::Once }
    }
    /// Something with a version that changes name in `If-Match`.
    pub fn version(body: T, version: i64) -> Self {
        Self { body: Sent::Thing(body), tag: Tag::Named(format!("\"v{version}\"")) }
    }
    /// Something with a version whose showing also depends on something else, such as the day.
    pub fn version_and(body: T, version: i64, also: impl std::fmt::Display) -> Self {
        Self { body: Sent::Thing(body), tag: Tag::Named(format!("\"v{version}-{also}\"")) }
    }
    /// The same, written as JSON already.
    pub fn written(json: Vec<u8>, version: i64, also: impl std::fmt::Display) -> Self {
        Self { body: Sent::Written(json), tag: Tag::Named(format!("\"v{version}-{also}\"")) }
    }
}

impl<T> Created<T> {
    /// Something made at an address, with its first version.
    pub fn at(location: String, version: i64, body: T) -> Self {
        Self { body, location, tag: Some(format!("\"v{version}\"")), caching: None }
    }
    /// Something made at an address, without versions.
    pub const fn unversioned(location: String, body: T) -> Self {
        Self { body, location, tag: None, caching: None }
    }
    /// The same, holding a secret: nobody on the way may keep it.
    #[must_use]
    pub fn once(mut self) -> Self {
        self.caching = Some(NO_STORE);
        self
    }
    /// Something made under an id.
    pub fn under<K>(path: &str, id: Id<K>, version: i64, body: T) -> Self {
        Self::at(format!("{path}/{id}"), version, body)
    }
}

impl<T> Accepted<T> {
    /// Something begun that can be asked after at an address.
    pub const fn at(location: String, body: T) -> Self {
        Self { body, location }
    }
}

impl<T: Serialize> Responder for Found<T> {
    type Body = BoxBody;
    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let bytes = match self.body {
            Sent::Thing(thing) => serde_json::to_vec(&thing),
            Sent::Written(bytes) => Ok(bytes),
        };
        let Ok(bytes) = bytes else { return HttpResponse::InternalServerError().finish() };
        match self.tag {
            Tag::Named(tag) => tagged(request, bytes, &tag),
            Tag::Digest => {
                let tag = digest_tag(&bytes);
                tagged(request, bytes, &tag)
            }
            Tag::Once => {
                let mut answer = HttpResponse::Ok();
                answer.insert_header((header::CACHE_CONTROL, NO_STORE)).content_type("application/json").body(bytes)
            }
        }
    }
}

/// Sends the bytes, or 304 to somebody who reads and has them already.
pub(crate) fn tagged(request: &HttpRequest, bytes: impl Into<actix_web::web::Bytes>, tag: &str) -> HttpResponse {
    let unchanged = request.method().is_safe() && has(request, tag);
    let mut answer = if unchanged { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer.insert_header((header::ETAG, tag)).insert_header((header::CACHE_CONTROL, "private, no-cache"));
    if unchanged { answer.finish() } else { answer.content_type("application/json").body(bytes.into()) }
}

/// A strong tag over the bytes themselves.
pub(crate) fn digest_tag(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let mut tag = String::from("\"");
    for byte in digest.iter().take(12) {
        let _ = write!(tag, "{byte:02x}");
    }
    tag + "\""
}

fn has(request: &HttpRequest, tag: &str) -> bool {
    let values = request.headers().get_all(header::IF_NONE_MATCH).filter_map(|v| v.to_str().ok());
    values.flat_map(|v| v.split(',')).map(str::trim).any(|v| {
        // A compressed answer carries the tag with a mark; it is still the same thing.
        let v = v.strip_prefix("W/").unwrap_or(v);
        let plain = v.strip_suffix("-gzip\"").unwrap_or(v);
        v == "*" || v == tag || tag.strip_suffix('"') == Some(plain)
    })
}

impl<T: Serialize> Responder for Created<T> {
    type Body = BoxBody;
    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut answer = HttpResponse::Created();
        answer.insert_header((header::LOCATION, self.location));
        if let Some(tag) = self.tag {
            answer.insert_header((header::ETAG, tag));
        }
        if let Some(caching) = self.caching {
            answer.insert_header((header::CACHE_CONTROL, caching));
        }
        answer.json(self.body)
    }
}

impl<T: Serialize> Responder for Accepted<T> {
    type Body = BoxBody;
    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Accepted().insert_header((header::LOCATION, self.location)).json(self.body)
    }
}

impl Responder for Done {
    type Body = BoxBody;
    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::NoContent().finish()
    }
}

/// One page of a list.
#[derive(Debug, Clone, Serialize, serde::Deserialize)]
pub struct Page<T> {
    /// The items, in the order asked for.
    pub items: Vec<T>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_page_token: Option<String>,
    /// How many there are in all, when `count=exact` was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
}

impl<T> Page<T> {
    /// A page as the store gives it.
    pub fn of<U>(page: store::page::Page<U>) -> Self
    where
        T: From<U>,
    {
        Self { items: page.items.into_iter().map(T::from).collect(), next_page_token: page.next, total: None }
    }
    /// The same with the number of all items.
    #[must_use]
    pub const fn total(mut self, total: Option<u64>) -> Self {
        self.total = total;
        self
    }
}

impl<T: Serialize> Responder for Page<T> {
    type Body = BoxBody;
    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let Ok(bytes) = serde_json::to_vec(&self) else { return HttpResponse::InternalServerError().finish() };
        page(request, bytes, self.next_page_token.as_deref())
    }
}

/// One page of a list in JSON, with the way to the next one.
pub(super) fn page(request: &HttpRequest, bytes: Vec<u8>, next: Option<&str>) -> HttpResponse {
    let tag = digest_tag(&bytes);
    let mut answer = tagged(request, bytes, &tag);
    if let Some(Ok(link)) = next.map(|token| header::HeaderValue::try_from(next_link(request, token))) {
        answer.headers_mut().insert(header::LINK, link);
    }
    answer
}

/// `<path?same query&page_token=...>; rel="next"`.
fn next_link(request: &HttpRequest, token: &str) -> String {
    let kept = request.query_string().split('&').filter(|p| !p.is_empty() && !p.starts_with("page_token="));
    let query: Vec<&str> = kept.collect();
    let joint = if query.is_empty() { "" } else { "&" };
    format!("<{}?{}{joint}page_token={token}>; rel=\"next\"", request.path(), query.join("&"))
}

thread_local! {
    static NAMED: RefCell<Vec<(String, RefOr<Schema>)>> = const { RefCell::new(Vec::new()) };
}

/// Hands over every schema named by a reply since the last call: utoipa 6.0 writes their `$ref`s but does not collect them.
pub(crate) fn take_named() -> Vec<(String, RefOr<Schema>)> {
    NAMED.with_borrow_mut(std::mem::take)
}

fn one<T: ToSchema>(status: &str, text: &str, headers: &[(&str, &str)]) -> BTreeMap<String, RefOr<Response>> {
    NAMED.with_borrow_mut(|named| {
        named.push((T::name().into_owned(), T::schema()));
        T::schemas(named);
    });
    let schema = Ref::from_schema_name(T::name());
    let mut made = ResponseBuilder::new()
        .description(text)
        .content("application/json", ContentBuilder::new().schema(Some(schema)).build());
    for (name, about) in headers {
        let string = ObjectBuilder::new().schema_type(Type::String).max_length(Some(2000)).pattern(Some("^[ -~]*$"));
        made = made.header(*name, HeaderBuilder::new().schema(Some(string)).description(Some(*about)).build());
    }
    BTreeMap::from([(status.to_owned(), RefOr::T(made.build()))])
}

const ETAG: (&str, &str) = ("ETag", "The version or digest of what was sent.");
const LOCATION: (&str, &str) = ("Location", "Where the thing made is.");
const LINK: (&str, &str) = ("Link", "The next page, rel=\"next\".");

impl<T: ToSchema> IntoResponses for Found<T> {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut made = one::<T>("200", "Found.", &[ETAG]);
        let unchanged = ResponseBuilder::new().description("Not changed since the tag in `If-None-Match`.");
        made.insert("304".to_owned(), RefOr::T(unchanged.build()));
        made
    }
}
impl<T: ToSchema> IntoResponses for Created<T> {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        one::<T>("201", "Made.", &[LOCATION, ETAG])
    }
}
impl<T: ToSchema> IntoResponses for Accepted<T> {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        one::<T>("202", "Begun.", &[LOCATION])
    }
}
impl IntoResponses for Done {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        BTreeMap::from([("204".to_owned(), RefOr::T(ResponseBuilder::new().description("Done.").build()))])
    }
}
impl<T: ToSchema> IntoResponses for Page<T> {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut made = one::<Self>("200", "One page.", &[ETAG, LINK]);
        let unchanged = ResponseBuilder::new().description("Not changed since the tag in `If-None-Match`.");
        made.insert("304".to_owned(), RefOr::T(unchanged.build()));
        made
    }
}
impl IntoResponses for super::Problem {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        // The shared pass over the specification adds the problems of every operation.
        NAMED.with_borrow_mut(|named| {
            named.push((super::ProblemBody::name().into_owned(), super::ProblemBody::schema()));
            super::ProblemBody::schemas(named);
        });
        BTreeMap::new()
    }
}

impl<T: ToSchema> PartialSchema for Page<T> {
    fn schema() -> RefOr<Schema> {
        let token = ObjectBuilder::new()
            .schema_type(Type::String)
            .max_length(Some(2000))
            .pattern(Some("^[A-Za-z0-9_-]+$"))
            .examples(["WyJhQmMiLFsibW9pcyJdXQ"])
            .description(Some("Give it back as `page_token` for the next page; absent on the last."));
        let total = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(0))
            .maximum(Some(9_007_199_254_740_991_i64))
            .description(Some("How many there are in all, when `count=exact` was asked."));
        ObjectBuilder::new()
            .property("items", ArrayBuilder::new().items(Ref::from_schema_name(T::name())).max_items(Some(200)))
            .required("items")
            .property("next_page_token", token)
            .property("total", total)
            .additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(false)))
            .into()
    }
}
impl<T: ToSchema> ToSchema for Page<T> {
    fn name() -> Cow<'static, str> {
        format!("{}Page", T::name()).into()
    }
    fn schemas(named: &mut Vec<(String, RefOr<Schema>)>) {
        named.push((T::name().into_owned(), T::schema()));
        T::schemas(named);
    }
}

impl Language {
    /// The words of a pair in this language.
    pub fn choose<'a>(self, ko: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Korean => ko,
            Self::English => en,
        }
    }
}
