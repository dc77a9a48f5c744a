//! Pages to be read and printed (인쇄용 쪽): one HTML document, without a script and without an outside request.

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, http::header};
use std::{borrow::Cow, collections::BTreeMap};
use utoipa::{
    IntoResponses,
    openapi::{ObjectBuilder, RefOr, Response, ResponseBuilder, content::ContentBuilder, schema::Type},
};

/// What such a page may do: show its own style, and nothing else.
pub const STYLE_ONLY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// `200` with a page in Korean.
#[derive(Debug)]
pub struct Printed(pub String);

impl Responder for Printed {
    type Body = BoxBody;
    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Ok()
            .insert_header((header::CONTENT_SECURITY_POLICY, STYLE_ONLY))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::CONTENT_LANGUAGE, "ko"))
            .content_type("text/html; charset=utf-8")
            .body(self.0)
    }
}

impl IntoResponses for Printed {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let page = ObjectBuilder::new().schema_type(Type::String).max_length(Some(200_000_000)).pattern(Some("^<!"));
        let page = ContentBuilder::new().schema(Some(page)).build();
        let made = ResponseBuilder::new().description("The page.").content("text/html", page);
        BTreeMap::from([("200".to_owned(), RefOr::T(made.build()))])
    }
}

/// A text as it can stand in a page, within an element or an attribute in quotation marks.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return text.into();
    }
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#39;").into()
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_of_a_text_is_taken_for_the_page() {
        assert_eq!(super::escaped("<script>\"'&"), "&lt;script&gt;&quot;&#39;&amp;");
        assert_eq!(super::escaped("가 나"), "가 나");
    }
}
