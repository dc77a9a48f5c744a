//! Attachments (붙임 파일): what is known of a file; its bytes are kept elsewhere.

use super::{Project, Stamp, deeds::present, problems};
use crate::{
    id::Id,
    problem::{DUPLICATE, Fault, OUT_OF_RANGE, Refusal, WRONG_FORM, WRONG_LENGTH},
    text::Line,
};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, fmt, str::FromStr};

/// Media types that can be attached; HWP and HWPX under every name in use.
pub static MEDIA_TYPES: &[&str] = &[
    "application/pdf",
    "application/x-hwp",
    "application/haansofthwp",
    "application/vnd.hancom.hwp",
    "application/vnd.hancom.hwpx",
    "application/hwp+zip",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.text",
    "application/zip",
    "image/png",
    "image/jpeg",
    "text/csv",
    "text/plain",
];

/// The largest file: one gibibyte.
const LARGEST: i64 = 1 << 30;

/// The SHA-256 of a file, 64 hexadecimal digits in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Sha256(String);

/// Not 64 hexadecimal digits in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not 64 hexadecimal digits in lower case")]
pub struct NotADigest;

impl FromStr for Sha256 {
    type Err = NotADigest;
    fn from_str(text: &str) -> Result<Self, NotADigest> {
        let hex = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if hex && text.len() == 64 { Ok(Self(text.to_owned())) } else { Err(NotADigest) }
    }
}
impl From<[u8; 32]> for Sha256 {
    fn from(digest: [u8; 32]) -> Self {
        Self(digest.iter().flat_map(|b| [b >> 4, b & 15]).filter_map(|n| char::from_digit(n.into(), 16)).collect())
    }
}
impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl<'de> Deserialize<'de> for Sha256 {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        crate::parsed::parsed(d)
    }
}
impl utoipa::PartialSchema for Sha256 {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        use utoipa::openapi::schema::{ObjectBuilder, Type};
        let hex = ObjectBuilder::new().schema_type(Type::String).min_length(Some(64)).max_length(Some(64));
        hex.pattern(Some("^[0-9a-f]{64}$"))
            .description(Some("A SHA-256 in hexadecimal digits."))
            .examples(["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"])
            .into()
    }
}
impl utoipa::ToSchema for Sha256 {
    fn name() -> Cow<'static, str> {
        "Sha256".into()
    }
}

/// An attachment's id.
pub type AttachmentId = Id<Attachment>;

/// A file that belongs to a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// Its name.
    pub name: Line<255>,
    /// Its media type, one of [`MEDIA_TYPES`].
    pub media_type: Line<100>,
    /// Its size in bytes.
    #[schema(minimum = 1, maximum = 1_073_741_824)]
    pub bytes: i64,
    /// Its SHA-256.
    pub sha256: Sha256,
    /// When it was added, and by whom.
    pub added: Stamp,
}

/// A file to be added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAttachment {
    /// Its name, without any path.
    pub name: Line<255>,
    /// Its media type, one of [`MEDIA_TYPES`].
    #[schema(value_type = String, max_length = 100, pattern = "^[a-z]+/[a-z0-9.+-]+$", example = "application/pdf")]
    pub media_type: Line<100>,
    /// Its size in bytes, up to one gibibyte.
    #[schema(minimum = 1, maximum = 1_073_741_824)]
    pub bytes: i64,
    /// Its SHA-256.
    pub sha256: Sha256,
}

/// What is wrong with what is known of a file: a name with a path, a media type that is not taken, a size out of bounds.
pub fn file_faults(at: &str, name: &Line<255>, media_type: &Line<100>, bytes: i64) -> Vec<Fault> {
    let mut faults = Vec::new();
    if name.as_str().contains(['/', '\\']) || [".", ".."].contains(&name.as_str()) {
        faults.push(Fault::new(format!("{at}/name"), &WRONG_FORM));
    }
    if !MEDIA_TYPES.contains(&media_type.as_str()) {
        faults.push(Fault::new(format!("{at}/media_type"), &problems::WRONG_MEDIA));
    }
    if !(1..=LARGEST).contains(&bytes) {
        faults.push(Fault::new(format!("{at}/bytes"), &OUT_OF_RANGE));
    }
    faults
}

impl Project {
    /// Adds what is known of a file. The same bytes are not added twice; a newer version is a further attachment.
    pub fn attached(mut self, id: AttachmentId, new: NewAttachment, stamp: Stamp) -> Result<Self, Refusal> {
        present(&self)?;
        let mut faults = file_faults("", &new.name, &new.media_type, new.bytes);
        if self.attachments.iter().any(|a| a.sha256 == new.sha256) {
            faults.push(Fault::new("/sha256", &DUPLICATE));
        }
        if self.attachments.len() >= 200 {
            faults.push(Fault::new("", &WRONG_LENGTH));
        }
        Refusal::unless_clean(faults)?;
        let NewAttachment { name, media_type, bytes, sha256 } = new;
        self.attachments.push(Attachment { id, name, media_type, bytes, sha256, added: stamp });
        Ok(self.touched(stamp))
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{self, codes, stamp};
    use super::*;

    #[test]
    fn files_are_checked_and_kept_once() {
        let file = |name: &str, media: &str, bytes| NewAttachment {
            name: name.parse().unwrap(),
            media_type: media.parse().unwrap(),
            bytes,
            sha256: "ab".repeat(32).parse().unwrap(),
        };
        let (id, at) = (Id::new(uuid::Uuid::from_u128(1)), stamp("2026-06-01"));
        let hwpx = file("2500903_계획.hwpx", "application/hwp+zip", 1);
        let project = sample::draft().attached(id, hwpx, at).unwrap();
        let refused = project.attached(id, file("../x.exe", "application/x-msdownload", 0), at).unwrap_err();
        assert_eq!(
            codes(&refused),
            ["/name wrong_form", "/media_type wrong_media", "/bytes out_of_range", "/sha256 duplicate"]
        );
        assert!("AB".repeat(32).parse::<Sha256>().is_err());
    }
}
