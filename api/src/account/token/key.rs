//! The two halves of a signing key (서명 키): the secret one as it is stored, the public one as it is published.

use domain::account::Kid;
use jsonwebtoken::{
    Algorithm, EncodingKey,
    jwk::{AlgorithmParameters, Jwk},
};
use serde::Serialize;
use std::fmt;

/// PKCS#8 version 1 of an Ed25519 key (RFC 8410, section 7): these 16 bytes, then the 32 of the seed.
const PKCS8: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

/// The secret half of an Ed25519 key, stored as 48 bytes of PKCS#8.
///
/// Decision: it is stored as it is, in a table that no API reads. Encrypting it with a key from the configuration would
/// protect a stolen database file only where that configuration is kept elsewhere, and would turn a lost setting into an
/// outage; the file's mode, disk encryption and rotation protect it instead. Whoever has the file has all accounts in it
/// anyway. After a theft, replace the keys ([`domain::account::replaced`]).
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey([u8; 48]);

/// Not an Ed25519 key in PKCS#8 version 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an Ed25519 key in PKCS#8")]
pub struct NotASecretKey;

impl SecretKey {
    /// A new key from 32 random bytes: any 32 bytes are an Ed25519 seed (RFC 8032, section 5.1.5).
    pub fn new(chance: [u8; 32]) -> Self {
        let mut bytes = [0; 48];
        let both = PKCS8.into_iter().chain(chance);
        bytes.iter_mut().zip(both).for_each(|(to, from)| *to = from);
        Self(bytes)
    }
    /// A key as it was stored.
    pub fn read(stored: &[u8]) -> Result<Self, NotASecretKey> {
        let bytes = <[u8; 48]>::try_from(stored).map_err(|_| NotASecretKey)?;
        if bytes.starts_with(&PKCS8) { Ok(Self(bytes)) } else { Err(NotASecretKey) }
    }
    /// The bytes to be stored.
    pub const fn bytes(&self) -> &[u8] {
        &self.0
    }
}
impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(..)")
    }
}

/// Public keys with which access tokens are verified (RFC 7517). May be kept for ten minutes: a new key is published
/// that long before it signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublicKeys {
    /// The keys.
    #[schema(max_items = 20)]
    pub keys: Vec<PublicKey>,
}

/// One public Ed25519 key (RFC 8037).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublicKey {
    /// Kind of key.
    #[schema(pattern = "^OKP$", max_length = 3, example = "OKP")]
    pub kty: &'static str,
    /// Curve.
    #[schema(pattern = "^Ed25519$", max_length = 7, example = "Ed25519")]
    pub crv: &'static str,
    /// What it signs with.
    #[schema(pattern = "^EdDSA$", max_length = 5, example = "EdDSA")]
    pub alg: &'static str,
    /// What it is for.
    #[serde(rename = "use")]
    #[schema(pattern = "^sig$", max_length = 3, example = "sig")]
    pub usage: &'static str,
    /// Its name, as in the header of a token.
    #[schema(
        pattern = "^[a-z0-9][a-z0-9_-]{0,39}$",
        max_length = 40,
        example = "01890a5d-ac96-774b-bcce-b302099a8057"
    )]
    pub kid: String,
    /// The key's 32 bytes in base64url.
    #[schema(
        pattern = "^[A-Za-z0-9_-]{43}$",
        max_length = 43,
        example = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    )]
    pub x: String,
}

impl PublicKey {
    /// The public half of a secret key.
    pub(super) fn of(kid: &Kid, secret: &SecretKey) -> Result<Self, NotASecretKey> {
        let key = EncodingKey::from_ed_der(secret.bytes());
        match Jwk::from_encoding_key(&key, Algorithm::EdDSA).map_err(|_| NotASecretKey)?.algorithm {
            AlgorithmParameters::OctetKeyPair(pair) => {
                Ok(Self { kty: "OKP", crv: "Ed25519", alg: "EdDSA", usage: "sig", kid: kid.to_string(), x: pair.x })
            }
            _ => Err(NotASecretKey),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8037, appendices A.1 and A.2.
    #[test]
    fn a_seed_gives_its_public_key() {
        let seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
        let seed = *seed.parse::<domain::account::SecretHash>().unwrap().bytes();
        let secret = SecretKey::new(seed);
        let public = PublicKey::of(&"a".parse().unwrap(), &secret).unwrap();
        assert_eq!(public.x, "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        assert_eq!(
            serde_json::to_string(&public).unwrap(),
            format!(r#"{{"kty":"OKP","crv":"Ed25519","alg":"EdDSA","use":"sig","kid":"a","x":"{}"}}"#, public.x)
        );
    }

    #[test]
    fn stored_keys_are_read_back() {
        let secret = SecretKey::new([5; 32]);
        assert_eq!(SecretKey::read(secret.bytes()), Ok(secret.clone()));
        assert!(SecretKey::read(&[0; 48]).is_err() && SecretKey::read(&secret.bytes()[1..]).is_err());
        assert_eq!(format!("{secret:?}"), "SecretKey(..)");
    }
}
