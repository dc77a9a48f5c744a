//! Text encodings of Korean files (문자 인코딩): UTF-8 with or without BOM, or CP949.

use super::WRONG_ENCODING;
use crate::problem::Refusal;
use std::borrow::Cow;

/// The encodings that a reference file may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 without byte order mark.
    Utf8,
    /// UTF-8 with byte order mark, as spreadsheet programs write it.
    Utf8Bom,
    /// CP949 (windows-949), the extended EUC-KR of Korean Windows.
    Cp949,
}

/// Reads the bytes of a file. A byte order mark means UTF-8; bytes that are valid UTF-8 are UTF-8; others are CP949,
/// strictly: a byte that has no meaning there refuses the file, it never becomes a replacement character.
pub fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), Refusal> {
    let refused = || Refusal::new(&WRONG_ENCODING);
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return std::str::from_utf8(rest).map(|text| (text.into(), Encoding::Utf8Bom)).map_err(|_| refused());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.into(), Encoding::Utf8));
    }
    encoding_rs::EUC_KR
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(|text| (text, Encoding::Cp949))
        .ok_or_else(refused)
}
