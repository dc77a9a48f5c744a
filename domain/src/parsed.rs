//! Texts on the wire (문자열 값): read straight from the text that is there, without a copy on the way.

use serde::{
    Deserializer,
    de::{Error, Visitor},
};
use std::{
    fmt::{self, Display},
    marker::PhantomData,
    str::FromStr,
};

/// Reads a text and parses it.
pub(crate) fn parsed<'de, T: FromStr<Err: Display>, D: Deserializer<'de>>(d: D) -> Result<T, D::Error> {
    d.deserialize_str(Text(PhantomData))
}

struct Text<T>(PhantomData<T>);

impl<T: FromStr<Err: Display>> Visitor<'_> for Text<T> {
    type Value = T;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}
