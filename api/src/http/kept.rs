//! Kept answers (보관된 응답): the bytes of an answer, good until something that it depends on has changed.

use super::{
    Found, Problem,
    reply::{digest_tag, tagged},
};
use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, web::Bytes};
use moka::sync::Cache;
use serde::Serialize;
use std::{collections::BTreeMap, future::Future, marker::PhantomData, sync::Arc};
use utoipa::{
    IntoResponses, ToSchema,
    openapi::{RefOr, Response},
};

/// Answers by what was asked. At most 8 MiB of them are kept.
#[derive(Debug)]
pub struct KeptAnswers(Cache<String, Arc<Answer>>);

#[derive(Debug)]
struct Answer {
    /// The change counter under which it was made.
    count: u64,
    bytes: Bytes,
    tag: String,
}

impl Default for KeptAnswers {
    fn default() -> Self {
        let weight = |key: &String, answer: &Arc<Answer>| {
            u32::try_from(key.len() + answer.bytes.len() + 200).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().max_capacity(8 << 20).weigher(weight).build())
    }
}

impl KeptAnswers {
    /// The answer to `asked` as of this count of changes: the one kept, or a new one.
    pub async fn answer<T: Serialize>(
        &self,
        asked: String,
        count: u64,
        make: impl Future<Output = Result<T, Problem>>,
    ) -> Result<Kept<T>, Problem> {
        if let Some(known) = self.0.get(&asked).filter(|known| known.count == count) {
            return Ok(Kept(known, PhantomData));
        }
        let bytes = serde_json::to_vec(&make.await?).map_err(Problem::internal)?;
        let answer = Arc::new(Answer { count, tag: digest_tag(&bytes), bytes: bytes.into() });
        self.0.insert(asked, Arc::clone(&answer));
        Ok(Kept(answer, PhantomData))
    }
}

/// `200` with an answer that may have been made before; `304` when the reader has it.
#[derive(Debug)]
pub struct Kept<T>(Arc<Answer>, PhantomData<fn() -> T>);

impl<T> Responder for Kept<T> {
    type Body = BoxBody;
    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        tagged(request, self.0.bytes.clone(), &self.0.tag)
    }
}

impl<T: ToSchema> IntoResponses for Kept<T> {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        Found::<T>::responses()
    }
}
