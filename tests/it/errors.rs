//! Problems (문제 응답): one shape for all of them, told in the reader's language, every fault at once.

use actix_web::{http::Method, test::TestRequest};
use serde_json::json;
use tests::{Answer, Persona, TestApp, both, operations::validator};

/// One thing done wrong: what is sent, and what comes back.
struct Wrong {
    what: &'static str,
    send: Box<dyn Fn() -> TestRequest>,
    status: u16,
    code: &'static str,
    faults: Vec<&'static str>,
    header: Option<(&'static str, &'static str)>,
}

fn wrong(what: &'static str, status: u16, code: &'static str, send: impl Fn() -> TestRequest + 'static) -> Wrong {
    Wrong { what, send: Box::new(send), status, code, faults: Vec::new(), header: None }
}

impl Wrong {
    fn at(mut self, faults: &[&'static str]) -> Self {
        self.faults = faults.to_vec();
        self
    }
    fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.header = Some((name, value));
        self
    }
}

fn by(who: &Persona, method: Method, path: &str) -> TestRequest {
    TestRequest::with_uri(path).method(method).insert_header(("authorization", format!("Bearer {}", who.token)))
}

/// Everything that can go wrong before and while a request is understood.
#[expect(clippy::too_many_lines, reason = "a row for each thing that can go wrong")]
fn table(coordinator: &Persona, planner: &Persona, other: &Persona, draft: &str) -> Vec<Wrong> {
    let get = |path: &str| {
        let (who, path) = (coordinator.clone(), path.to_owned());
        move || by(&who, Method::GET, &path)
    };
    let post = |body: &str| {
        let (who, body) = (coordinator.clone(), body.to_owned());
        move || {
            by(&who, Method::POST, "/v1/bodies")
                .insert_header(("content-type", "application/json"))
                .set_payload(body.clone())
        }
    };
    let patch = |tag: Option<&'static str>, body: serde_json::Value| {
        let who = coordinator.clone();
        move || {
            let mut request = by(&who, Method::PATCH, "/v1/bodies/nia")
                .insert_header(("content-type", "application/merge-patch+json"));
            if let Some(tag) = tag {
                request = request.insert_header(("if-match", tag));
            }
            request.set_payload(body.to_string())
        }
    };
    let entry =
        json!({ "key": "mois", "kind": "ministry", "facts": { "name": { "ko": "행정안전부" }, "source": "시험" } })
            .to_string();
    let (hidden, refused) = ((other.clone(), draft.to_owned()), (planner.clone(), entry.clone()));
    let (large, deep) = ("x".repeat(1 << 20), format!("{}{}", "[".repeat(500), "]".repeat(500)));
    let long = format!("/v1/bodies?name={}", "a".repeat(9000));
    vec![
        wrong("an address that does not exist", 404, "not_found", get("/v1/nothing")),
        wrong("an address outside", 404, "not_found", || TestRequest::with_uri("/favicon.ico")),
        wrong("a method that is not offered", 405, "method_not_allowed", {
            let who = coordinator.clone();
            move || by(&who, Method::PUT, "/v1/bodies")
        })
        .with("allow", "GET, POST"),
        wrong("a word in the place of an id", 405, "method_not_allowed", {
            let who = coordinator.clone();
            move || by(&who, Method::PATCH, "/v1/projects/similar")
        })
        .with("allow", "GET"),
        wrong("an address that is too long", 414, "address_too_long", get(&long)),
        wrong("no token", 401, "unauthenticated", || TestRequest::with_uri("/v1/bodies"))
            .with("www-authenticate", "Bearer realm=\"axtrack\""),
        wrong("a token that is none", 401, "unauthenticated", || {
            TestRequest::with_uri("/v1/bodies").insert_header(("authorization", "Bearer x.y.z"))
        })
        .with("www-authenticate", "Bearer realm=\"axtrack\", error=\"invalid_token\""),
        wrong("another way to sign in", 401, "unauthenticated", || {
            TestRequest::with_uri("/v1/bodies").insert_header(("authorization", "Basic eDp5"))
        }),
        wrong("not with this role", 403, "forbidden", move || {
            let (who, body) = &refused;
            by(who, Method::POST, "/v1/bodies")
                .insert_header(("content-type", "application/json"))
                .set_payload(body.clone())
        }),
        wrong("what one may not know of", 404, "not_found", move || by(&hidden.0, Method::GET, &hidden.1)),
        wrong("an id that is none", 404, "not_found", get("/v1/projects/1")),
        wrong("a key that is none", 404, "not_found", get("/v1/bodies/NO%20KEY")),
        wrong("no JSON", 400, "malformed", post("{ \"key\": ")),
        wrong("not UTF-8", 400, "malformed", {
            let who = coordinator.clone();
            move || {
                by(&who, Method::POST, "/v1/bodies")
                    .insert_header(("content-type", "application/json"))
                    .set_payload(&b"{\"key\":\"\xff\"}"[..])
            }
        }),
        wrong("nested too deeply", 400, "malformed", post(&deep)),
        wrong("another media type", 415, "unsupported_media_type", {
            let who = coordinator.clone();
            move || by(&who, Method::POST, "/v1/bodies").insert_header(("content-type", "text/plain")).set_payload("x")
        })
        .with("accept", "application/json"),
        wrong("a body that is too large", 413, "too_large", post(&format!("{{\"key\": \"{large}\"}}"))),
        wrong(
            "every field wrong",
            422,
            "invalid",
            post(
                "{\"key\":\"NO\",\"kind\":\"club\",\"facts\":{\"name\":{},\"colour\":1,\"valid_from\":\"2026-02-30\"}}",
            ),
        )
        .at(&[
            "/facts/colour unknown_field",
            "/facts/name/ko required",
            "/facts/source required",
            "/facts/valid_from wrong_form",
            "/key wrong_form",
            "/kind not_in_list",
        ]),
        wrong("names that cannot be printed", 422, "invalid", get("/v1/bodies?%07=1&x=1&x=2")).at(&[
            "?x duplicate",
            "?x unknown_field",
            "?\u{fffd} unknown_field",
        ]),
        wrong("a list instead of an object", 422, "invalid", post("[]")).at(&[" wrong_type"]),
        wrong("a member given twice", 422, "invalid", post(&entry.replace("\"mois\"", "\"a\",\"key\":\"b\"")))
            .at(&["/key duplicate"]),
        wrong("a name that is taken", 409, "already_taken", post(&entry)),
        wrong("no version", 428, "version_missing", patch(None, json!({}))),
        wrong("an old version", 412, "version_stale", patch(Some("\"v77\""), json!({}))),
        wrong("a version that is none", 400, "bad_header", patch(Some("v1"), json!({}))).at(&["If-Match wrong_form"]),
        wrong("a header that cannot be read", 400, "bad_header", {
            let who = coordinator.clone();
            move || by(&who, Method::GET, "/v1/bodies").insert_header(("if-none-match", "x".repeat(2001)))
        })
        .at(&["If-None-Match wrong_form"]),
        wrong("an unknown parameter", 422, "invalid", get("/v1/bodies?colour=red&page_size=0"))
            .at(&["?colour unknown_field", "?page_size out_of_range"]),
        wrong("a parameter given twice", 422, "invalid", get("/v1/bodies?name=a&name=b")).at(&["?name duplicate"]),
        wrong("a page that is none", 400, "bad_page_token", get("/v1/bodies?page_token=x"))
            .at(&["?page_token bad_page_token"]),
        wrong("a rule broken", 422, "invalid", patch(Some("*"), json!({ "parent": "nobody" })))
            .at(&["/parent not_known"]),
    ]
}

async fn asked(app: &TestApp, wrong: &Wrong, language: &'static str) -> Answer {
    app.send((wrong.send)().insert_header(("accept-language", language)).insert_header(("x-request-id", "request-1")))
        .await
}

/// The shape that all of them have.
fn shape(wrong: &Wrong, answer: &Answer, language: &str) {
    let (what, json) = (wrong.what, &answer.json);
    let header = |name: &str| answer.headers.get(name).map_or("", |v| v.to_str().unwrap());
    assert_eq!(
        (answer.status.as_u16(), json["code"].as_str().unwrap_or_default()),
        (wrong.status, wrong.code),
        "{what}: {json}"
    );
    assert_eq!(header("content-type"), "application/problem+json", "{what}");
    assert_eq!((header("content-language"), header("x-request-id")), (language, "request-1"), "{what}");
    let schema = json!({ "$ref": "#/components/schemas/Problem" });
    assert!(validator(&schema).is_valid(json), "{what}: {json}");
    assert_eq!(json["type"], format!("/problems/{}", wrong.code), "{what}");
    assert_eq!((&json["status"], &json["request_id"]), (&wrong.status.into(), &"request-1".into()), "{what}");
    assert_eq!(answer.faults(), wrong.faults, "{what}");
    if let Some((name, value)) = wrong.header {
        assert_eq!(header(name), value, "{what}");
    }
}

both! {
    /// A05 and A15: the same shape in every case; Korean and English differ in words only; `type` leads to an explanation.
    async fn every_problem_has_the_same_shape(app: TestApp) {
        let (coordinator, planner, other) = (app.coordinator().await, app.planner("mois").await, app.planner("mohw").await);
        let new = json!({ "project": { "lead_body": "mois", "title": { "ko": "시험" }, "lead_share": "100" } });
        let draft = format!("/v1/projects/{}", app.post(&planner, "/v1/projects", new).await.expect(201).id());
        for wrong in table(&coordinator, &planner, &other, &draft) {
            let (ko, en) = (asked(&app, &wrong, "ko").await, asked(&app, &wrong, "en-GB,ko;q=0.5").await);
            shape(&wrong, &ko, "ko");
            shape(&wrong, &en, "en");
            let korean = |text: &str| text.chars().any(|c| ('가'..='힣').contains(&c));
            for member in ["title", "detail"] {
                let (ko, en) = (ko.json[member].as_str().unwrap(), en.json[member].as_str().unwrap());
                assert!(korean(ko) && !korean(en), "{}: {ko} / {en}", wrong.what);
            }
            let explained = app.send(TestRequest::with_uri(ko.json["type"].as_str().unwrap())).await.expect(200);
            assert_eq!(explained.json["code"], wrong.code);
        }
    }

    /// Names are cut and made printable before they are told, and a fraction of zero is a whole number.
    async fn what_is_told_keeps_to_the_specification(app: TestApp) {
        let coordinator = app.coordinator().await;
        let long = "나".repeat(900);
        let told = app.post(&coordinator, "/v1/bodies", json!({ long: 1 })).await.expect(422);
        let pointers: Vec<&str> = told.json["errors"].as_array().unwrap().iter().map(|e| e["pointer"].as_str().unwrap()).collect();
        assert_eq!(pointers.iter().map(|p| p.chars().count()).max(), Some(400));
        assert!(validator(&json!({ "$ref": "#/components/schemas/Problem" })).is_valid(&told.json));
        let whole = "{\"key\":\"whole\",\"fiscal_year\":2026.0,\"name_ko\":\"시험\",\"name_en\":\"test\",\"amount_krw\":1.2e3}";
        let made = by(&coordinator, Method::POST, "/v1/envelopes").insert_header(("content-type", "application/json"));
        assert_eq!(app.send(made.set_payload(whole)).await.expect(201).json["amount_krw"], 1200);
    }

    /// A key for a retry: the first answer again; with another body it is refused.
    async fn a_key_belongs_to_one_request(app: TestApp) {
        let planner = app.planner("mois").await;
        let send = |title: &str| {
            let body = json!({ "project": { "lead_body": "mois", "title": { "ko": title }, "lead_share": "100" } });
            app.send(by(&planner, Method::POST, "/v1/projects").insert_header(("idempotency-key", "\"k-1\"")).set_json(body))
        };
        let (first, again) = (send("하나").await.expect(201), send("하나").await.expect(201));
        assert_eq!(first.json, again.json);
        let refused = send("둘").await.expect(422);
        assert_eq!(refused.json["code"], "idempotency_key_reused");
        let bad = app.send(by(&planner, Method::POST, "/v1/projects").insert_header(("idempotency-key", "a b")).set_json(json!({
            "project": { "lead_body": "mois", "title": { "ko": "셋" }, "lead_share": "100" } }))).await;
        assert_eq!(bad.expect(400).faults(), ["Idempotency-Key wrong_form"]);
    }
}
