//! Korean by default, English on request (언어).

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header};
use std::{convert::Infallible, future::Ready};

/// The language of titles and details. Codes never change with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// 한국어
    #[default]
    Korean,
    /// English
    English,
}

impl Language {
    /// The better liked of Korean and English in `Accept-Language`; Korean when neither is named.
    pub fn of(request: &HttpRequest) -> Self {
        let Some(accept) = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()) else {
            return Self::Korean;
        };
        let weight = |wanted: &str| {
            accept.split(',').find_map(|part| {
                let (tag, rest) = part.split_once(';').unwrap_or((part, ""));
                let primary = tag.trim().split('-').next().unwrap_or_default();
                let quality = rest.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.parse::<f32>().ok())?;
                primary.eq_ignore_ascii_case(wanted).then_some(quality)
            })
        };
        if weight("en").unwrap_or(0.0) > weight("ko").unwrap_or(0.0) { Self::English } else { Self::Korean }
    }
    /// The tag for `Content-Language`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Korean => "ko",
            Self::English => "en",
        }
    }
    /// The words in this language.
    pub fn of_words(self, words: &domain::problem::Words) -> &str {
        match self {
            Self::Korean => &words.ko,
            Self::English => &words.en,
        }
    }
}

/// For handlers whose answer holds faults.
impl FromRequest for Language {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(Ok(Self::of(request)))
    }
}
