//! Forged tokens (위조 토큰): whatever is shown instead of a good token is refused alike (RFC 8725, RFC 9068, RFC 6750).

use actix_web::test::TestRequest;
use domain::access::Role;
use jsonwebtoken::{Algorithm, EncodingKey, crypto::sign};
use serde_json::{Value, json};
use tests::both;

fn base64url(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().chain(&[0, 0]).take(3).fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte));
        text.extend((0..=chunk.len()).map(|n| char::from(DIGITS[bits >> (18 - 6 * n) & 63])));
    }
    text
}

fn with(mut value: Value, name: &str, new: Value) -> Value {
    value[name] = new;
    value
}

both! {
    /// Each is 401 with a challenge and says no more than that.
    async fn forged_tokens_are_refused(app: TestApp) {
        let reader = app.persona(Role::Viewer, "mois").await;
        app.get(&reader, "/v1/bodies").await.expect(200);
        let stored = store::account::signing_keys(&app.app.store).await.unwrap().remove(0);
        let (own, other) = (EncodingKey::from_ed_der(&stored.pkcs8), {
            let mut pkcs8 = stored.pkcs8.clone();
            pkcs8[47] ^= 1;
            EncodingKey::from_ed_der(&pkcs8)
        });
        let now = app.app.clock.now().micros() / 1_000_000;
        let header = json!({ "typ": "at+jwt", "alg": "EdDSA", "kid": stored.key.kid });
        let claims = json!({
            "iss": "http://localhost:8080", "aud": "axtrack", "sub": reader.id, "client_id": "axtrack",
            "sid": reader.id, "jti": reader.id, "iat": now, "exp": now + 600, "auth_time": now
        });
        let unsigned = |header: &Value, claims: &Value| {
            format!("{}.{}", base64url(header.to_string().as_bytes()), base64url(claims.to_string().as_bytes()))
        };
        let signed = |key: &EncodingKey, header: &Value, claims: &Value| {
            let message = unsigned(header, claims);
            let signature = sign(message.as_bytes(), key, Algorithm::EdDSA).unwrap();
            format!("{message}.{signature}")
        };
        let good = signed(&own, &header, &claims);
        let bearer = async |token: &str| {
            let request = TestRequest::get().uri("/v1/bodies").insert_header(("authorization", format!("Bearer {token}")));
            app.send(request).await
        };
        bearer(&good).await.expect(200);

        let parts: Vec<&str> = good.split('.').collect();
        let keys = app.send(TestRequest::get().uri("/.well-known/jwks.json")).await.expect(200).json;
        let public = keys["keys"][0]["x"].as_str().unwrap();
        let none = with(header.clone(), "alg", "none".into());
        let hs256 = with(header.clone(), "alg", "HS256".into());
        let hmac = sign(unsigned(&hs256, &claims).as_bytes(), &EncodingKey::from_secret(public.as_bytes()), Algorithm::HS256);
        let header_with = |name: &str, value: Value| signed(&own, &with(header.clone(), name, value), &claims);
        let claims_with = |name: &str, value: Value| signed(&own, &header, &with(claims.clone(), name, value));
        let without = |name: &str| {
            let mut less = claims.clone();
            less.as_object_mut().unwrap().remove(name);
            signed(&own, &header, &less)
        };
        let nobody = uuid::Uuid::nil();
        let forged = [
            ("nothing", "x".to_owned()),
            ("no signature", format!("{}.{}.", parts[0], parts[1])),
            ("alg none", format!("{}.", unsigned(&none, &claims))),
            ("alg none, signed", format!("{}.{}", unsigned(&none, &claims), parts[2])),
            ("HS256 with the public key", format!("{}.{}", unsigned(&hs256, &claims), hmac.unwrap())),
            ("RS256", header_with("alg", "RS256".into())),
            ("type JWT", header_with("typ", "JWT".into())),
            ("unknown key", header_with("kid", "k0".into())),
            ("no key", header_with("kid", Value::Null)),
            ("a key of its own", header_with("jwk", json!({ "kty": "OKP", "crv": "Ed25519", "x": public }))),
            ("a key's address", header_with("jku", "https://attacker.example/keys".into())),
            ("something critical", header_with("crit", json!(["exp"]))),
            ("another's key", signed(&other, &header, &claims)),
            ("another's claims", format!("{}.{}.{}", parts[0], base64url(with(claims.clone(), "sub", json!(nobody)).to_string().as_bytes()), parts[2])),
            ("another issuer", claims_with("iss", "http://localhost:8081".into())),
            ("another audience", claims_with("aud", "other".into())),
            ("another client", claims_with("client_id", "other".into())),
            ("expired", signed(&own, &header, &with(with(claims.clone(), "iat", json!(now - 700)), "exp", json!(now - 100)))),
            ("from the future", claims_with("iat", json!(now + 60))),
            ("signed in in the future", claims_with("auth_time", json!(now + 60))),
            ("not good yet", claims_with("nbf", json!(now + 60))),
            ("good for too long", claims_with("exp", json!(now + 86_400))),
            ("nobody's", claims_with("sub", json!(nobody))),
            ("no subject", without("sub")),
            ("no expiry", without("exp")),
            ("no session", without("sid")),
            ("a service key that is not one", "axk_0011".to_owned()),
            ("a service key that nobody has", format!("axk_{}", "ab".repeat(32))),
            ("a refresh token", format!("axr_{}_{}", "ab".repeat(32), "cd".repeat(32))),
        ];
        for (what, token) in forged {
            let answer = bearer(&token).await;
            assert_eq!(answer.status.as_u16(), 401, "{what}");
            assert_eq!(answer.headers.get("www-authenticate").unwrap(), "Bearer realm=\"axtrack\", error=\"invalid_token\"", "{what}");
            assert_eq!(answer.json["code"], "unauthenticated", "{what}");
            assert_eq!(answer.json["errors"], Value::Null, "{what}");
        }
        let unsent = app.send(TestRequest::get().uri("/v1/bodies")).await.expect(401);
        assert_eq!(unsent.headers.get("www-authenticate").unwrap(), "Bearer realm=\"axtrack\"");
        let basic = TestRequest::get().uri("/v1/bodies").insert_header(("authorization", "Basic bWluamk6eA=="));
        let basic = app.send(basic).await.expect(401);
        assert!(basic.headers.get("www-authenticate").unwrap().to_str().unwrap().ends_with("error=\"invalid_request\""));
    }
}
