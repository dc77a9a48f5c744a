//! Tests of access tokens (접근 토큰): good ones, rotation, and the forged ones of RFC 8725.

use super::*;
use domain::account::{replaced, rotated};
use serde_json::{Value, json};

const NOW: Instant = Instant::from_micros(1_800_000_000_400_000);
const T: i64 = 1_800_000_000;
const SEED: [u8; 32] = [1; 32];

fn identity() -> Identity {
    Identity { issuer: "https://ax.example".into(), audience: "axtrack-api".into() }
}
fn kid(n: u8) -> Kid {
    format!("key-{n}").parse().unwrap()
}
fn keyring_of(lives: Vec<SigningKey>) -> Keyring {
    let stored = lives.into_iter().zip(1..).map(|(life, n)| (life, SecretKey::new([n; 32]))).collect();
    Keyring::new(identity(), stored).unwrap()
}
fn keyring() -> Keyring {
    keyring_of(rotated(Vec::new(), kid(1), NOW).unwrap())
}
fn holder() -> Holder {
    let signed_in_at = Instant::from_micros((T - 60) * 1_000_000);
    Holder { account: Id::new(Uuid::from_u128(1)), session: Id::new(Uuid::from_u128(2)), signed_in_at }
}

fn base64url(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().chain(&[0, 0]).take(3).fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte));
        let digit = |n: usize| char::from(DIGITS[bits >> (18 - 6 * n) & 63]);
        text.extend((0..=chunk.len()).map(digit));
    }
    text
}
fn good_header() -> Value {
    json!({"typ": "at+jwt", "alg": "EdDSA", "kid": "key-1"})
}
fn good_claims() -> Value {
    json!({"iss": "https://ax.example", "aud": "axtrack-api", "sub": Uuid::from_u128(1), "client_id": "axtrack",
        "sid": Uuid::from_u128(2), "jti": Uuid::from_u128(3), "iat": T, "exp": T + 600, "auth_time": T - 60})
}
fn with(mut value: Value, name: &str, new: Value) -> Value {
    value[name] = new;
    value
}
fn without(mut value: Value, name: &str) -> Value {
    value.as_object_mut().unwrap().remove(name);
    value
}
/// Signed with a seed's key, whatever the header claims.
fn signed_by(seed: [u8; 32], header: &Value, claims: &Value) -> String {
    let message = format!("{}.{}", base64url(header.to_string().as_bytes()), base64url(claims.to_string().as_bytes()));
    let key = EncodingKey::from_ed_der(SecretKey::new(seed).bytes());
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &key, Algorithm::EdDSA).unwrap();
    format!("{message}.{signature}")
}
fn signed(header: &Value, claims: &Value) -> String {
    signed_by(SEED, header, claims)
}

#[test]
fn a_good_token_is_believed_until_it_expires() {
    let keyring = keyring();
    let issued = keyring.issue(holder(), Uuid::from_u128(3), NOW).unwrap();
    assert!(issued.token.len() < 600, "{}", issued.token.len());
    let header = decode_header(&issued.token).unwrap();
    assert_eq!((header.typ.as_deref(), header.kid.as_deref()), (Some("at+jwt"), Some("key-1")));
    let verified = keyring.verify(&issued.token, NOW).unwrap();
    assert_eq!(verified, Verified { holder: holder(), token: Uuid::from_u128(3), expires_at: issued.expires_at });
    assert_eq!(issued.expires_at.micros(), (T + 600) * 1_000_000);
    assert!(keyring.verify(&issued.token, issued.expires_at.plus_seconds(CLOCK_LEEWAY - 1)).is_ok());
    let end = issued.expires_at.plus_seconds(CLOCK_LEEWAY);
    assert_eq!(keyring.verify(&issued.token, end), Err(NotAccepted::Expired));
    assert_eq!(keyring.verify(&signed(&good_header(), &good_claims()), NOW), Ok(verified), "the forger's base is good");
}

#[test]
fn forged_tokens_are_refused() {
    use NotAccepted::{Claims, Early, Expired, Header, Key, Malformed, Signature};
    let (header, claims) = (good_header(), good_claims());
    let good = signed(&header, &claims);
    let parts: Vec<&str> = good.split('.').collect();
    let public = keyring().public(NOW).keys.remove(0);
    let hmac = |secret: &[u8], alg: &str| {
        let message =
            format!("{}.{}", base64url(with(header.clone(), "alg", alg.into()).to_string().as_bytes()), parts[1]);
        let key = EncodingKey::from_secret(secret);
        format!("{message}.{}", jsonwebtoken::crypto::sign(message.as_bytes(), &key, Algorithm::HS256).unwrap())
    };
    let raw = raw_bytes(&public.x);
    let header_with = |name: &str, value: Value| signed(&with(header.clone(), name, value), &claims);
    let claims_with = |name: &str, value: Value| signed(&header, &with(claims.clone(), name, value));
    let tampered = base64url(with(claims.clone(), "sub", json!(Uuid::from_u128(9))).to_string().as_bytes());
    let none = base64url(with(header.clone(), "alg", "none".into()).to_string().as_bytes());
    let mut flipped = parts[2].to_owned();
    flipped.replace_range(..1, if flipped.starts_with('A') { "B" } else { "A" });
    let attacker = json!({"kty": "OKP", "crv": "Ed25519", "x": public.x});
    let forged: Vec<(&str, String, NotAccepted)> = vec![
        ("empty", String::new(), Malformed),
        ("two dots only", "..".into(), Malformed),
        ("no dots", parts[0].into(), Malformed),
        ("truncated signature", good[..good.len() - 4].into(), Malformed),
        ("no signature", format!("{}.{}.", parts[0], parts[1]), Signature),
        ("a fourth part", format!("{good}.{}", parts[2]), Malformed),
        ("too long", format!("{good}{}", "A".repeat(2048)), Malformed),
        ("white space", format!("{good} "), Malformed),
        ("not JSON", format!("{}.{}.{}", base64url(b"{"), parts[1], parts[2]), Malformed),
        ("alg none", format!("{none}.{}.", parts[1]), Malformed),
        ("alg none with a signature", format!("{none}.{}.{}", parts[1], parts[2]), Malformed),
        ("alg None", header_with("alg", "None".into()), Malformed),
        ("HS256 keyed with the public key", hmac(&raw, "HS256"), Header),
        ("HS256 keyed with the public key's text", hmac(public.x.as_bytes(), "HS256"), Header),
        ("HS256's signature called EdDSA", hmac(&raw, "EdDSA"), Signature),
        ("RS256", header_with("alg", "RS256".into()), Header),
        ("ES256", header_with("alg", "ES256".into()), Header),
        ("type JWT", header_with("typ", "JWT".into()), Header),
        ("type of an identity token", header_with("typ", "id_token+jwt".into()), Header),
        ("no type", signed(&without(header.clone(), "typ"), &claims), Header),
        ("critical extension", header_with("crit", json!(["exp"])), Header),
        ("unencoded payload", header_with("b64", false.into()), Header),
        ("key in the header", header_with("jwk", attacker.clone()), Header),
        (
            "key in the header, signed with it",
            signed_by([9; 32], &with(header.clone(), "jwk", attacker), &claims),
            Header,
        ),
        ("key's address in the header", header_with("jku", "https://evil.example/jwks".into()), Header),
        ("certificate's address in the header", header_with("x5u", "https://evil.example/x".into()), Header),
        ("certificate in the header", header_with("x5c", json!(["MIIB"])), Header),
        ("no kid", signed(&without(header.clone(), "kid"), &claims), Key),
        ("unknown kid", header_with("kid", "key-2".into()), Key),
        ("kid that is a path", header_with("kid", "../../dev/null".into()), Key),
        ("another key under the same kid", signed_by([9; 32], &header, &claims), Signature),
        ("tampered payload", format!("{}.{tampered}.{}", parts[0], parts[2]), Signature),
        ("tampered signature", format!("{}.{}.{flipped}", parts[0], parts[1]), Signature),
        (
            "expired",
            signed(&header, &with(with(claims.clone(), "iat", (T - 700).into()), "exp", (T - 100).into())),
            Expired,
        ),
        ("no expiry", signed(&header, &without(claims.clone(), "exp")), Claims),
        ("expiry that is text", claims_with("exp", "2100".into()), Claims),
        ("good for a year", claims_with("exp", (T + 31_536_000).into()), Claims),
        ("good for ever", claims_with("exp", i64::MAX.into()), Claims),
        ("not yet good", claims_with("nbf", (T + 60).into()), Early),
        ("issued in the future", claims_with("iat", (T + 60).into()), Early),
        ("signed in in the future", claims_with("auth_time", (T + 60).into()), Early),
        ("wrong issuer", claims_with("iss", "https://evil.example".into()), Claims),
        ("several issuers", claims_with("iss", json!(["https://ax.example", "https://evil.example"])), Claims),
        ("no issuer", signed(&header, &without(claims.clone(), "iss")), Claims),
        ("wrong audience", claims_with("aud", "another-api".into()), Claims),
        ("no audience", signed(&header, &without(claims.clone(), "aud")), Claims),
        ("no subject", signed(&header, &without(claims.clone(), "sub")), Claims),
        ("subject that is no account", claims_with("sub", "admin".into()), Claims),
        ("another client", claims_with("client_id", "other".into()), Claims),
        ("no session", signed(&header, &without(claims.clone(), "sid")), Claims),
    ];
    let told = |(what, token, why): &(&str, String, NotAccepted)| {
        let said = keyring().verify(token, NOW);
        (said != Err(*why)).then(|| format!("{what}: {said:?} instead of {why:?}"))
    };
    assert_eq!(forged.iter().filter_map(told).collect::<Vec<_>>(), [""; 0]);
}

/// The bytes of a base64url text, through the library's own reader.
fn raw_bytes(x: &str) -> Vec<u8> {
    DecodingKey::from_ed_components(x).unwrap().try_get_as_bytes().unwrap().to_vec()
}

#[test]
fn spare_bits_do_not_make_a_second_token() {
    let good = signed(&good_header(), &good_claims());
    let others = ["A", "B", "C", "D", "Q", "g", "w"].map(|last| format!("{}{last}", &good[..good.len() - 1]));
    for other in others.iter().filter(|o| **o != good) {
        assert!(
            matches!(keyring().verify(other, NOW), Err(NotAccepted::Malformed | NotAccepted::Signature)),
            "{other}"
        );
    }
}

#[test]
fn rotation_cuts_nobody_off_and_replacement_everybody() {
    let lives = rotated(Vec::new(), kid(1), NOW).unwrap();
    let old = keyring_of(lives.clone()).issue(holder(), Uuid::nil(), NOW).unwrap();
    let lives = rotated(lives, kid(2), NOW).unwrap();
    let keyring = keyring_of(lives.clone());
    assert_eq!(keyring.public(NOW).keys.len(), 2, "published before it signs");
    let later = NOW.plus_seconds(599);
    let last_of_old = keyring.issue(holder(), Uuid::nil(), later).unwrap();
    assert!(keyring.verify(&old.token, later).is_ok());
    let first_of_new = keyring.issue(holder(), Uuid::nil(), NOW.plus_seconds(600)).unwrap();
    assert_eq!(decode_header(&first_of_new.token).unwrap().kid.as_deref(), Some("key-2"));
    assert!(keyring.verify(&last_of_old.token, later.plus_seconds(599)).is_ok());
    assert_eq!(keyring.public(NOW.plus_seconds(1205)).keys.len(), 1);

    let keyring = keyring_of(replaced(lives, kid(3), NOW));
    assert_eq!(keyring.verify(&old.token, NOW), Err(NotAccepted::Key));
    assert_eq!(keyring.public(NOW).keys.iter().map(|k| k.kid.as_str()).collect::<Vec<_>>(), ["key-3"]);
    assert!(keyring_of(Vec::new()).issue(holder(), Uuid::nil(), NOW).is_err());
}
