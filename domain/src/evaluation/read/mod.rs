//! Reading a dossier (평가 서류 읽기): field by field, so that every fault is found at once and nothing is assumed.

mod call;
mod fields;
mod papers;

use super::{
    DOSSIER_REFUSED, check,
    dossier::{Dossier, SCHEMA},
};
use crate::problem::{Fault, Refusal, WRONG_FORM};
use fields::Object;
pub(super) use fields::Reader;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// A dossier in which nothing is wrong, with the hash of what it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    dossier: Dossier,
    sha256: String,
}

impl Read {
    /// The dossier.
    pub const fn dossier(&self) -> &Dossier {
        &self.dossier
    }
    /// SHA-256 of the canonical form (RFC 8785) of what was read, in lower-case hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }
}

/// Reads a dossier, or says everything that is wrong with it.
pub fn read(value: &Value) -> Result<Read, Refusal> {
    let mut reader = Reader::default();
    let dossier = whole(&mut reader, value);
    let faults = reader.into_faults();
    match dossier.filter(|_| faults.is_empty()) {
        Some(dossier) => Ok(Read { dossier, sha256: hash(value) }),
        None => Err(Refusal::new(&DOSSIER_REFUSED).with(faults)),
    }
}

fn whole(reader: &mut Reader, value: &Value) -> Option<Dossier> {
    const FIELDS: [&str; 6] = ["schema", "call", "applications", "exclusions", "sheets", "indicators"];
    let top = reader.object(value, String::new(), &FIELDS)?;
    if let Some(schema) = reader.text(&top, "schema")
        && schema != SCHEMA
    {
        reader.fault(Fault::new("/schema", &WRONG_FORM));
    }
    let call = call::read(reader, &top);
    let indicators = reader.list(&top, "indicators", papers::indicator);
    let context = papers::Context { call: call.as_ref(), names: papers::names(&top) };
    let applications = reader.list(&top, "applications", |r, at| papers::application(r, at, &context));
    let exclusions = reader.list(&top, "exclusions", |r, at| papers::exclusion(r, at, &context));
    let sheets = reader.list(&top, "sheets", |r, at| papers::sheet(r, at, &context));
    check::no_doubles(reader, &applications, &sheets, &indicators);
    let applications =
        check::with_basis(reader, call.as_ref().and_then(|c| c.cost_share.as_ref()), applications, &indicators);
    Some(Dossier {
        schema: SCHEMA,
        call: call?.whole()?,
        applications: all(applications)?,
        exclusions: all(exclusions)?,
        sheets: all(sheets)?,
        indicators: all(indicators)?,
    })
}

/// All of them, if none is wanting.
fn all<T>(list: Vec<Option<T>>) -> Option<Vec<T>> {
    list.into_iter().collect()
}

/// SHA-256 of the canonical form.
fn hash(value: &Value) -> String {
    let canonical = serde_json_canonicalizer::to_vec(value).unwrap_or_default();
    Sha256::digest(canonical).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

impl Object<'_> {
    /// Where a member stands.
    fn place(&self, name: &str) -> String {
        format!("{}/{}", self.pointer, name.replace('~', "~0").replace('/', "~1"))
    }
}
