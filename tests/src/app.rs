//! The service under test (시험용 서비스): a database of its own, a clock that stands still, ids that repeat.

use crate::{operations::foretold, postgres};
use actix_http::Request;
use actix_web::{
    body::to_bytes,
    dev::Service,
    http::{Method, StatusCode, header::HeaderMap},
    test::{TestRequest, init_service},
    web::{Bytes, Data},
};
pub use api::operator;
use api::{App, Chance, Clock};
use domain::{
    access::{Role, act},
    account::{Account, NewAccount, NewGrant},
    day::Instant,
    id::Id,
};
use serde_json::Value;
use std::{
    future::Future,
    path::{Path, PathBuf},
    pin::Pin,
    sync::{
        OnceLock,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};
use store::{Call, Durability, Ear, Expects, Options, Order, Store};
use tempfile::TempDir;

/// When every test begins: 2026-11-22, nine in the morning in Korea.
pub const START: &str = "2026-11-22T00:00:00Z";

type Later<T> = Pin<Box<dyn Future<Output = T>>>;

/// One service with a database of its own.
pub struct TestApp {
    /// What the handlers use.
    pub app: Data<App>,
    service: Box<dyn Fn(Request) -> Later<Answer>>,
    /// Where its files are, if it has any; gone with the app.
    pub directory: Option<TempDir>,
    /// Its PostgreSQL database, if it has one; gone with the app.
    pub database: Option<postgres::Database>,
}

impl std::fmt::Debug for TestApp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TestApp").field("app", &self.app).finish_non_exhaustive()
    }
}

/// Somebody signed in.
#[derive(Debug, Clone)]
pub struct Persona {
    /// The account's id.
    pub id: Id<Account>,
    /// The access token.
    pub token: String,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub bytes: Bytes,
    /// The body as JSON; null when it is not.
    pub json: Value,
}

impl TestApp {
    /// On SQLite: a copy of a migrated file with the built-in reference data.
    pub async fn on_sqlite() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("axtrack.db");
        std::fs::copy(sqlite_template().await, &path).unwrap();
        let mut app = Self::at(&format!("sqlite:{}", path.display())).await;
        app.directory = Some(directory);
        app
    }

    /// On PostgreSQL, in a database copied from the prepared template.
    pub async fn on_postgres(database: postgres::Database) -> Self {
        let mut app = Self::at(&database.url()).await;
        app.database = Some(database);
        app
    }

    /// Where its database is.
    pub fn url(&self) -> String {
        let file = self.directory.as_ref().map(|d| format!("sqlite:{}", d.path().join("axtrack.db").display()));
        file.or_else(|| self.database.as_ref().map(postgres::Database::url)).expect("a database")
    }

    /// The service started once more on the same database, as after a restart or beside the first.
    pub async fn again(&self) -> Self {
        Self::at(&self.url()).await
    }

    /// The service once more on the same database, with an ear to what it reads.
    pub async fn overheard(&self, ear: Ear) -> Self {
        Self::with(&self.url(), Some(ear)).await
    }

    /// On an empty database somewhere.
    pub async fn on_empty(url: &str) -> Self {
        Self::prepare(url.to_owned()).await;
        Self::at(url).await
    }

    /// On a database that has been prepared already.
    pub async fn served(url: &str) -> Self {
        Self::at(url).await
    }

    /// Migrates a database and loads what comes built in.
    pub(crate) async fn prepare(url: String) {
        let app = app(&url, None).await;
        app.store.migrate().await.unwrap();
        api::prepare(&app).await.unwrap();
        app.store.clone().close().await.unwrap();
    }

    async fn at(url: &str) -> Self {
        Self::with(url, None).await
    }

    async fn with(url: &str, ear: Option<Ear>) -> Self {
        let app = Data::new(app(url, ear).await);
        app.sign_in.load_keys(&app).await.unwrap();
        let service = std::rc::Rc::new(init_service(api::service(app.clone())).await);
        let service = Box::new(move |request: Request| -> Later<Answer> {
            let service = std::rc::Rc::clone(&service);
            Box::pin(async move {
                let answer = service.call(request).await.unwrap();
                let asked = answer.request();
                let (method, path) = (asked.method().as_str(), asked.match_pattern().unwrap_or_default());
                let status = answer.status().as_u16();
                assert!(foretold(method, &path, status), "{method} {path}: {status} is not in the specification");
                let (status, headers) = (answer.status(), answer.headers().clone());
                let bytes = to_bytes(answer.into_body())
                    .await
                    .map_err(Into::into)
                    .unwrap_or_else(|e: Box<dyn std::error::Error>| panic!("{e}"));
                let json = serde_json::from_slice(&bytes).unwrap_or_default();
                Answer { status, headers, bytes, json }
            })
        });
        Self { app, service, directory: None, database: None }
    }

    /// Lets time pass.
    pub fn pass(&self, seconds: i64) {
        let Clock::Fixed(micros) = &self.app.clock else { panic!("a fixed clock") };
        micros.fetch_add(seconds * 1_000_000, Ordering::Relaxed);
    }

    /// Sends any request.
    pub async fn send(&self, request: TestRequest) -> Answer {
        self.send_from("127.0.0.1", request).await
    }
    /// Sends any request from an address.
    pub async fn send_from(&self, address: &str, request: TestRequest) -> Answer {
        let address = format!("{address}:40000").parse().unwrap();
        (self.service)(request.peer_addr(address).to_request()).await
    }
    /// Asks something without having signed in.
    pub async fn knock(&self, path: &str, body: Value) -> Answer {
        self.send(TestRequest::post().uri(path).set_json(body)).await
    }
    fn request(method: Method, who: &Persona, path: &str) -> TestRequest {
        TestRequest::with_uri(path).method(method).insert_header(("authorization", format!("Bearer {}", who.token)))
    }
    /// Sends any method by somebody, with a version if one is meant and a body if there is one: a merge patch with PATCH,
    /// a CSV file when it is text.
    pub async fn send_as(
        &self,
        who: &Persona,
        method: &str,
        path: &str,
        tag: Option<&str>,
        body: Option<&Value>,
    ) -> Answer {
        self.send_completed(Self::request(method.parse().unwrap(), who, path), method, tag, body).await
    }
    /// The same by nobody.
    pub async fn send_anonymously(&self, method: &str, path: &str, tag: Option<&str>, body: Option<&Value>) -> Answer {
        let request = TestRequest::with_uri(path).method(method.parse().unwrap());
        self.send_completed(request, method, tag, body).await
    }
    async fn send_completed(
        &self,
        mut request: TestRequest,
        method: &str,
        tag: Option<&str>,
        body: Option<&Value>,
    ) -> Answer {
        if let Some(tag) = tag {
            request = request.insert_header(("if-match", tag));
        }
        if let Some(body) = body {
            let media = match (method, body) {
                (_, Value::String(_)) => "text/csv",
                ("PATCH", _) => "application/merge-patch+json",
                _ => "application/json",
            };
            let bytes = body.as_str().map_or_else(|| body.to_string(), str::to_owned);
            request = request.set_payload(bytes).insert_header(("content-type", media));
        }
        self.send(request).await
    }
    /// Reads.
    pub async fn get(&self, who: &Persona, path: &str) -> Answer {
        self.send(Self::request(Method::GET, who, path)).await
    }
    /// Makes something.
    pub async fn post(&self, who: &Persona, path: &str, body: Value) -> Answer {
        self.send(Self::request(Method::POST, who, path).set_json(body)).await
    }
    /// Moves or adds to something that has a version.
    pub async fn post_to(&self, who: &Persona, path: &str, tag: &str, body: Value) -> Answer {
        self.send(Self::request(Method::POST, who, path).insert_header(("if-match", tag)).set_json(body)).await
    }
    /// Changes some members of something.
    pub async fn patch(&self, who: &Persona, path: &str, tag: &str, body: Value) -> Answer {
        let request = Self::request(Method::PATCH, who, path).insert_header(("if-match", tag)).set_json(body);
        self.send(request.insert_header(("content-type", "application/merge-patch+json"))).await
    }
    /// Sends a file as it is.
    pub async fn post_file(&self, who: &Persona, path: &str, media: &str, bytes: impl Into<Bytes>) -> Answer {
        let request = Self::request(Method::POST, who, path).insert_header(("content-type", media));
        self.send(request.set_payload(bytes)).await
    }
    /// Puts something in its place.
    pub async fn put(&self, who: &Persona, path: &str, tag: &str, body: Value) -> Answer {
        self.send(Self::request(Method::PUT, who, path).insert_header(("if-match", tag)).set_json(body)).await
    }
    /// Takes something away.
    pub async fn delete(&self, who: &Persona, path: &str, tag: &str) -> Answer {
        self.send(Self::request(Method::DELETE, who, path).insert_header(("if-match", tag))).await
    }

    /// Somebody with one role for one body, signed in. The same pair gives a new account each time.
    pub async fn persona(&self, role: Role, body: &str) -> Persona {
        let now = self.app.clock.now();
        let id = self.app.chance.id::<Account>();
        let account = Account::open(
            NewAccount {
                id,
                sign_in_name: format!("{}.{}", role.name().replace('_', "-"), &id.to_string()[28..]).parse().unwrap(),
                display_name: format!("{role} {body}").parse().unwrap(),
                email: None,
            },
            now,
        );
        let grant = NewGrant {
            id: self.app.chance.id(),
            role,
            body: body.parse().unwrap(),
            expires_at: None,
            reason: "시험".parse().unwrap(),
        };
        let account = account.grant(grant, operator().id, now).unwrap();
        let order = Order::<act::account::Create>::new(operator(), String::new(), self.call());
        self.app
            .store
            .write(order, async |tx, permit| store::account::add(tx, permit, account.clone(), None).await)
            .await
            .unwrap();
        Persona { id, token: self.app.sign_in.access_token(&self.app, id).unwrap() }
    }
    /// The same person with a token of now.
    pub fn renew(&self, who: &Persona) -> Persona {
        Persona { id: who.id, token: self.app.sign_in.access_token(&self.app, who.id).unwrap() }
    }
    /// A planner of a body.
    pub async fn planner(&self, body: &str) -> Persona {
        self.persona(Role::Planner, body).await
    }
    /// A coordinator at MSIT.
    pub async fn coordinator(&self) -> Persona {
        self.persona(Role::Coordinator, "msit").await
    }

    /// A call as the command line makes it.
    pub fn call(&self) -> Call {
        let (request_id, address) = ("test".to_owned(), "127.0.0.1".to_owned());
        Call { at: self.app.clock.now(), request_id, address, retry: None, expects: Expects::Anything }
    }
}

async fn app(url: &str, ear: Option<Ear>) -> App {
    let start: Instant = START.parse().unwrap();
    let options = Options { durability: Durability::None, connections: 4, ear, ..Options::new(url) };
    App {
        store: Store::open(&options).await.unwrap(),
        clock: Clock::Fixed(AtomicI64::new(start.micros())),
        chance: Chance::Counted(AtomicU64::new(1)),
        answers: api::http::KeptAnswers::default(),
        sign_in: api::account::SignIn::new("http://localhost:8080"),
        running: running(),
    }
}

/// A server that lets personas ask as often as they like.
fn running() -> api::Running {
    let many = std::num::NonZeroU32::MAX;
    let brakes = api::account::throttle::Limits { requests_per_caller: many, ..Default::default() };
    api::Running::new(api::Bounds::default(), brakes, api::account::throttle::Ticking::Still)
}

/// A migrated SQLite file, made once a run.
async fn sqlite_template() -> PathBuf {
    static TEMPLATE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    static MAKING: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    let _one = MAKING.lock().await;
    if TEMPLATE.get().is_none() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("template.db");
        TestApp::prepare(format!("sqlite:{}", path.display())).await;
        whole(&path).await;
        let _ = TEMPLATE.set((directory, path));
    }
    TEMPLATE.get().unwrap().1.clone()
}

/// Waits until the last connection has closed, which another thread may still be at: only then the log is in the file.
async fn whole(database: &Path) {
    let log = database.with_extension("db-wal");
    for _ in 0..10_000 {
        if !log.exists() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    panic!("{} is still open", database.display());
}

impl Answer {
    /// The same, if it has this status.
    #[track_caller]
    #[expect(clippy::return_self_not_must_use, reason = "most stories only ask that it went well")]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.bytes));
        self
    }
    /// The entity tag.
    #[track_caller]
    pub fn tag(&self) -> String {
        self.headers.get("etag").expect("an ETag").to_str().unwrap().to_owned()
    }
    /// The id of the thing answered.
    #[track_caller]
    pub fn id(&self) -> String {
        self.json["id"].as_str().expect("an id").to_owned()
    }
    /// The codes of all faults with their pointers, sorted: `pointer code`.
    pub fn faults(&self) -> Vec<String> {
        let list = self.json["errors"].as_array().cloned().unwrap_or_default();
        let told = |f: &Value| {
            format!("{} {}", f["pointer"].as_str().unwrap_or_default(), f["code"].as_str().unwrap_or_default())
        };
        let mut all: Vec<String> = list.iter().map(told).collect();
        all.sort();
        all
    }
}
