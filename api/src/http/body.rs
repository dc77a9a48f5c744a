//! What comes in (들어오는 것): JSON bodies and path parameters, with every fault told at once.

use super::{Problem, codes, strict, valid};
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web::Bytes};
use domain::problem::{Fault, INVALID, WRONG_FORM, Words};
use serde::de::DeserializeOwned;
use std::{
    future::{Future, Ready, ready},
    pin::Pin,
};
use utoipa::ToSchema;

/// A JSON body of at most 1 MiB. The name is what the specification looks for.
#[derive(Debug)]
pub struct Json<T>(pub T);

/// A merge patch (RFC 7396): members left out stay, `null` clears.
#[derive(Debug)]
pub struct Patch<T>(pub T);

/// Path parameters. What does not parse cannot exist, so the answer is 404.
#[derive(Debug)]
pub struct Path<T>(pub T);

/// The largest body.
const MOST: usize = 1 << 20;

impl<T: DeserializeOwned + ToSchema + 'static> FromRequest for Json<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let read = read(request, payload, "application/json");
        Box::pin(async move { Ok(Self(read.await?)) })
    }
}

impl<T: DeserializeOwned + ToSchema + 'static> FromRequest for Patch<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;
    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let read = read(request, payload, "application/merge-patch+json");
        Box::pin(async move { Ok(Self(read.await?)) })
    }
}

fn read<T: DeserializeOwned + ToSchema + 'static>(
    request: &HttpRequest,
    payload: &mut Payload,
    media: &'static str,
) -> impl Future<Output = Result<T, Problem>> + use<T> {
    let bytes = bytes(request, payload, media, MOST, codes::TOO_LARGE.remedy.clone());
    async move { parse(&bytes.await?) }
}

/// Reads a body of this media type up to `most` bytes.
pub(super) fn bytes(
    request: &HttpRequest,
    payload: &mut Payload,
    media: &'static str,
    most: usize,
    too_large: Words,
) -> impl Future<Output = Result<Bytes, Problem>> + use<> {
    let request = request.clone();
    let mut payload = actix_web::web::Payload::from_request(&request, payload).into_inner();
    async move {
        let given = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        if !given.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(media) {
            return Err(Problem::new(&codes::UNSUPPORTED_MEDIA_TYPE).header("Accept", media));
        }
        let mut bytes = actix_web::web::BytesMut::new();
        let stream = payload.as_mut().map_err(|e| Problem::internal(e.to_string()))?;
        while let Some(chunk) = futures_util::StreamExt::next(stream).await {
            let chunk = chunk.map_err(|_| Problem::new(&codes::MALFORMED))?;
            if bytes.len() + chunk.len() > most {
                return Err(Problem { detail: too_large, ..Problem::new(&codes::TOO_LARGE) });
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.freeze())
    }
}

fn parse<T: DeserializeOwned + ToSchema + 'static>(bytes: &Bytes) -> Result<T, Problem> {
    let malformed = |e: serde_json::Error| Problem { source: Some(e.into()), ..Problem::new(&codes::MALFORMED) };
    let (value, mut faults) = strict::read(bytes).map_err(malformed)?;
    faults.extend(valid::body_faults::<T>(&value)?);
    if !faults.is_empty() {
        return Err(Problem::new(&INVALID).with(faults));
    }
    serde_json::from_value(value).map_err(|e| {
        let fault = Fault::new("", &WRONG_FORM);
        Problem { source: Some(e.into()), ..Problem::new(&INVALID).with(vec![fault]) }
    })
}

impl<T: DeserializeOwned> FromRequest for Path<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let read = actix_web::web::Path::<T>::from_request(request, &mut Payload::None).into_inner();
        ready(read.map(|p| Self(p.into_inner())).map_err(|_| Problem::new(&domain::access::NOT_FOUND)))
    }
}

/// Tells a member that is `null` (clear it) from one that is left out (keep it). Use with `#[serde(default)]`.
pub fn double_option<'de, T: serde::Deserialize<'de>, D: serde::Deserializer<'de>>(
    d: D,
) -> Result<Option<Option<T>>, D::Error> {
    serde::Deserialize::deserialize(d).map(Some)
}
