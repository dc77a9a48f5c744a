//! Lists of what is kept as JSON (목록 줄): each line goes out in the words in which it is kept, read by nobody on the way.

use super::{Page, reply::page};
use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::{
    IntoResponses, ToSchema,
    openapi::{RefOr, Response},
};

/// One page of such a list. On the wire it is a [`Page`].
#[derive(Debug)]
pub struct Lines<T>(Page<T>);

/// Something that is kept as JSON.
pub trait Written {
    /// Its JSON.
    fn json(&self) -> &str;
}

impl<T> From<Page<T>> for Lines<T> {
    fn from(page: Page<T>) -> Self {
        Self(page)
    }
}

impl<T: Written> Lines<T> {
    fn bytes(&self) -> serde_json::Result<Vec<u8>> {
        let Page { items, next_page_token, total } = &self.0;
        let length: usize = items.iter().map(|item| item.json().len().saturating_add(1)).sum();
        let mut bytes = Vec::with_capacity(length.saturating_add(256));
        bytes.extend_from_slice(b"{\"items\":[");
        for (place, item) in items.iter().enumerate() {
            if place > 0 {
                bytes.push(b',');
            }
            bytes.extend_from_slice(item.json().as_bytes());
        }
        bytes.push(b']');
        if let Some(token) = next_page_token {
            bytes.extend_from_slice(b",\"next_page_token\":");
            serde_json::to_writer(&mut bytes, token)?;
        }
        if let Some(total) = total {
            bytes.extend_from_slice(b",\"total\":");
            serde_json::to_writer(&mut bytes, total)?;
        }
        bytes.push(b'}');
        Ok(bytes)
    }
}

impl<T: Written> Responder for Lines<T> {
    type Body = BoxBody;
    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let Ok(bytes) = self.bytes() else { return HttpResponse::InternalServerError().finish() };
        page(request, bytes, self.0.next_page_token.as_deref())
    }
}

impl<T: ToSchema + Serialize> IntoResponses for Lines<T> {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        Page::<T>::responses()
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, Page, Written};
    use serde_json::value::RawValue;

    impl Written for Box<RawValue> {
        fn json(&self) -> &str {
            self.get()
        }
    }

    #[test]
    fn lines_go_out_as_a_page_does() {
        let line = |n: usize| RawValue::from_string(format!("{{\"title\":\"민원 {n}\"}}")).unwrap();
        for count in 0..3 {
            for next in [None, Some("WyJhQmMiLFsxXV0".to_owned())] {
                for total in [None, Some(0), Some(7)] {
                    let items = (0..count).map(line).collect();
                    let page = Page { items, next_page_token: next.clone(), total };
                    let wanted = serde_json::to_string(&page).unwrap();
                    assert_eq!(String::from_utf8(Lines(page).bytes().unwrap()).unwrap(), wanted);
                }
            }
        }
    }
}
