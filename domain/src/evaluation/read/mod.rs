//! Reading a dossier (평가 서류 읽기): field by field, so that every fault is found at once and nothing is assumed.

mod call;
mod papers;

use super::{
    DOSSIER_REFUSED, check,
    dossier::{Dossier, SCHEMA},
};
use crate::{
    problem::{Fault, Refusal, WRONG_FORM},
    project::Sha256,
    reader::{Reader, all},
};
use serde_json::Value;
use sha2::Digest;

/// A dossier in which nothing is wrong, with the hash of what it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    dossier: Dossier,
    sha256: Sha256,
}

impl Read {
    /// The dossier.
    pub const fn dossier(&self) -> &Dossier {
        &self.dossier
    }
    /// SHA-256 of the canonical form (RFC 8785) of what was read.
    pub const fn sha256(&self) -> &Sha256 {
        &self.sha256
    }
}

/// Reads a dossier, or says everything that is wrong with it.
pub fn read(value: &Value) -> Result<Read, Refusal> {
    let mut reader = Reader::default();
    let dossier = whole(&mut reader, value);
    let faults = reader.into_faults();
    match (dossier, hash(value)) {
        (Some(dossier), Some(sha256)) if faults.is_empty() => Ok(Read { dossier, sha256 }),
        _ => Err(Refusal::new(&DOSSIER_REFUSED).with(faults)),
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

/// SHA-256 of the canonical form; nothing for what has none, such as a number without end.
fn hash(value: &Value) -> Option<Sha256> {
    let canonical = serde_json_canonicalizer::to_vec(value).ok()?;
    Some(<[u8; 32]>::from(sha2::Sha256::digest(canonical)).into())
}
