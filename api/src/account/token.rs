//! Access tokens (접근 토큰): signed with Ed25519 in the profile of RFC 9068, believed for ten minutes.

mod cache;
mod key;

pub use cache::{Mark, VerifiedTokens};
pub use key::{NotASecretKey, PublicKey, PublicKeys, SecretKey};

use domain::{
    account::{ACCESS_TOKEN_LASTS, Account, CLOCK_LEEWAY, Family, Kid, SigningKey, signing, verifying},
    day::Instant,
    id::Id,
};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode, errors::ErrorKind,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The only type and algorithm of our tokens.
const TYPE: &str = "at+jwt";
const ALGORITHM: Algorithm = Algorithm::EdDSA;
/// The only client: our own sign-in.
const CLIENT: &str = "axtrack";
/// Ours have under 600 bytes.
const MAX_LENGTH: usize = 2048;

/// Who signs tokens and for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The server's own URL (`iss`).
    pub issuer: String,
    /// The API's name (`aud`).
    pub audience: String,
}

/// For whom a token is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    /// The account (`sub`).
    pub account: Id<Account>,
    /// The session it belongs to (`sid`).
    pub session: Id<Family>,
    /// When the person gave the password (`auth_time`).
    pub signed_in_at: Instant,
}

/// A signed token.
#[derive(Clone, PartialEq, Eq)]
pub struct Issued {
    /// The text to hand out.
    pub token: String,
    /// Until when it is good.
    pub expires_at: Instant,
}

/// What a good token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// For whom it was signed.
    pub holder: Holder,
    /// Names the token (`jti`).
    pub token: Uuid,
    /// Until when it is good.
    pub expires_at: Instant,
}

/// No token was signed.
#[derive(Debug, thiserror::Error)]
pub enum NotIssued {
    /// There is no key that signs now.
    #[error("no key signs access tokens now")]
    NoKey,
    /// The library failed.
    #[error("signing an access token")]
    Sign(#[from] jsonwebtoken::errors::Error),
}

/// Why a token is not believed. For counters and for the log; callers are told `invalid_token` (RFC 6750, section 3.1) whichever it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAccepted {
    /// Not three parts of base64url that hold JSON.
    #[error("the token is malformed")]
    Malformed,
    /// Another algorithm or type than ours, or anything in the header that we never write.
    #[error("the token's header is not ours")]
    Header,
    /// No key of ours, or one that is believed no more.
    #[error("the token's key is not known")]
    Key,
    /// Not signed with the key it names.
    #[error("the token's signature is wrong")]
    Signature,
    /// Another issuer or audience, or a claim that is missing or of the wrong kind.
    #[error("the token's claims are not ours")]
    Claims,
    /// Not good yet.
    #[error("the token is from the future")]
    Early,
    /// Not good any more.
    #[error("the token has expired")]
    Expired,
}

/// What stands in a token. Times are whole seconds since 1970.
#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: Uuid,
    client_id: String,
    sid: Uuid,
    jti: Uuid,
    iat: i64,
    exp: i64,
    auth_time: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nbf: Option<i64>,
}

/// The keys with which tokens are signed and verified. Made anew whenever the stored keys change; which of them signs
/// and which are believed follows from the time of each question.
#[derive(Debug)]
pub struct Keyring {
    identity: Identity,
    lives: Vec<SigningKey>,
    keys: BTreeMap<Kid, Pair>,
    checks: Validation,
}

#[derive(Debug)]
struct Pair {
    sign: EncodingKey,
    verify: DecodingKey,
    public: PublicKey,
}

impl Keyring {
    /// Takes the stored keys with their secret halves.
    pub fn new(identity: Identity, stored: Vec<(SigningKey, SecretKey)>) -> Result<Self, NotASecretKey> {
        let (mut lives, mut keys) = (Vec::new(), BTreeMap::new());
        for (life, secret) in stored {
            let sign = EncodingKey::from_ed_der(secret.bytes());
            let public = PublicKey::of(&life.kid, &secret)?;
            let verify = DecodingKey::from_ed_components(&public.x).map_err(|_| NotASecretKey)?;
            keys.insert(life.kid.clone(), Pair { sign, verify, public });
            lives.push(life);
        }
        let mut checks = Validation::new(ALGORITHM);
        checks.set_issuer(&[&identity.issuer]);
        checks.set_audience(&[&identity.audience]);
        checks.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        // Times are judged here against a given moment; the library would ask the clock.
        (checks.validate_exp, checks.validate_nbf) = (false, false);
        Ok(Self { identity, lives, keys, checks })
    }
    /// The keys' lives, in the order in which they were given.
    pub fn lives(&self) -> &[SigningKey] {
        &self.lives
    }
    /// Signs a token named `jti` that is good from now for ten minutes.
    pub fn issue(&self, holder: Holder, jti: Uuid, now: Instant) -> Result<Issued, NotIssued> {
        let kid = &signing(&self.lives, now).ok_or(NotIssued::NoKey)?.kid;
        let pair = self.keys.get(kid).ok_or(NotIssued::NoKey)?;
        let iat = seconds(now);
        let claims = Claims {
            iss: self.identity.issuer.clone(),
            aud: self.identity.audience.clone(),
            sub: holder.account.get(),
            client_id: CLIENT.to_owned(),
            sid: holder.session.get(),
            jti,
            iat,
            exp: iat.saturating_add(ACCESS_TOKEN_LASTS),
            auth_time: seconds(holder.signed_in_at),
            nbf: None,
        };
        Ok(Issued { token: encode(&header(kid), &claims, &pair.sign)?, expires_at: moment(claims.exp) })
    }
    /// Believes a token or says why not (RFC 8725, RFC 9068 section 4).
    pub fn verify(&self, token: &str, now: Instant) -> Result<Verified, NotAccepted> {
        if token.len() > MAX_LENGTH {
            return Err(NotAccepted::Malformed);
        }
        let said = decode_header(token).map_err(|_| NotAccepted::Malformed)?;
        let kid = said.kid.as_deref().and_then(|k| k.parse::<Kid>().ok()).ok_or(NotAccepted::Key)?;
        // Exactly the header we write: no other algorithm or type, no key or address of a key, nothing critical.
        if said != header(&kid) {
            return Err(NotAccepted::Header);
        }
        let known = verifying(&self.lives, now).any(|k| k.kid == kid);
        let pair = self.keys.get(&kid).filter(|_| known).ok_or(NotAccepted::Key)?;
        let claims = decode::<Claims>(token, &pair.verify, &self.checks).map_err(|e| refused(e.kind()))?.claims;
        self.judge(&claims, seconds(now))
    }
    /// The public halves of the keys that are believed now (RFC 7517).
    pub fn public(&self, now: Instant) -> PublicKeys {
        let keys = verifying(&self.lives, now).filter_map(|k| self.keys.get(&k.kid));
        PublicKeys { keys: keys.map(|pair| pair.public.clone()).collect() }
    }

    fn judge(&self, claims: &Claims, now: i64) -> Result<Verified, NotAccepted> {
        let ours =
            claims.iss == self.identity.issuer && claims.aud == self.identity.audience && claims.client_id == CLIENT;
        if !ours || claims.exp.saturating_sub(claims.iat) > ACCESS_TOKEN_LASTS {
            return Err(NotAccepted::Claims);
        }
        let latest = now.saturating_add(CLOCK_LEEWAY);
        if claims.iat > latest || claims.auth_time > latest || claims.nbf.is_some_and(|nbf| nbf > latest) {
            return Err(NotAccepted::Early);
        }
        if now >= claims.exp.saturating_add(CLOCK_LEEWAY) {
            return Err(NotAccepted::Expired);
        }
        let (account, session) = (Id::new(claims.sub), Id::new(claims.sid));
        let holder = Holder { account, session, signed_in_at: moment(claims.auth_time) };
        Ok(Verified { holder, token: claims.jti, expires_at: moment(claims.exp) })
    }
}

fn header(kid: &Kid) -> Header {
    let mut header = Header::new(ALGORITHM);
    (header.typ, header.kid) = (Some(TYPE.to_owned()), Some(kid.to_string()));
    header
}

const fn refused(kind: &ErrorKind) -> NotAccepted {
    match kind {
        ErrorKind::InvalidSignature => NotAccepted::Signature,
        ErrorKind::InvalidToken | ErrorKind::Base64(_) => NotAccepted::Malformed,
        _ => NotAccepted::Claims,
    }
}

const fn seconds(at: Instant) -> i64 {
    at.micros().div_euclid(1_000_000)
}
const fn moment(seconds: i64) -> Instant {
    Instant::from_micros(seconds.saturating_mul(1_000_000))
}

#[cfg(test)]
mod tests;
