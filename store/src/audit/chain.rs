//! The hash that ties an entry to the one before it (연쇄 해시).

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Everything the hash of an entry covers.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// Kind of the chain's subject.
    pub subject_kind: &'a str,
    /// Id of the chain's subject.
    pub subject_id: &'a str,
    /// Place in the chain, from 1.
    pub n: i64,
    /// Microseconds since 1970, UTC.
    pub at: i64,
    /// Who.
    pub actor_id: Uuid,
    /// Who, by sign-in name at that time.
    pub actor_name: &'a str,
    /// What was done.
    pub action: &'a str,
    /// done, denied or read.
    pub outcome: &'a str,
    /// Why, if a reason was given.
    pub reason: Option<&'a str>,
    /// What changed, as JSON text, byte for byte as kept.
    pub changes: &'a str,
    /// The request.
    pub request_id: &'a str,
    /// Where it came from.
    pub address: &'a str,
    /// The hash of the entry before; 32 zero bytes at the start.
    pub previous: &'a [u8],
}

/// SHA-256 over the parts, each preceded by its length in eight bytes (little endian), so that no two different
/// entries can spell the same bytes. An absent reason is told from an empty one.
pub fn link(of: &Link<'_>) -> [u8; 32] {
    let reason = of.reason.map_or_else(Vec::new, |r| [b"+", r.as_bytes()].concat());
    let parts: [&[u8]; 14] = [
        b"axtrack.audit/1",
        of.subject_kind.as_bytes(),
        of.subject_id.as_bytes(),
        &of.n.to_le_bytes(),
        &of.at.to_le_bytes(),
        of.actor_id.as_bytes(),
        of.actor_name.as_bytes(),
        of.action.as_bytes(),
        of.outcome.as_bytes(),
        &reason,
        of.changes.as_bytes(),
        of.request_id.as_bytes(),
        of.address.as_bytes(),
        of.previous,
    ];
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}
