//! Killed under writes (강제 종료): whatever was acknowledged is there with its audit entry, and nothing is there twice.
//!
//! `AXTRACK_TEST_KILLS` says how often (3 when unset): `AXTRACK_TEST_KILLS=100 cargo test -p api --test program crash`.

use crate::kit::{Got, Place, Server};
use serde_json::{Value, json};
use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

const FIRST: &str = "correct horse battery staple";
const PASSWORD: &str = "summer stays by the river";
/// Writers at the same time, so that SQLite commits several writes at once.
const WRITERS: u32 = 8;

/// Something that was sent, and what is known of it.
#[derive(Debug, Clone)]
struct Sent {
    /// The key of its retries, and its title.
    key: String,
    /// Where it is, once its creation has been acknowledged.
    at: Option<String>,
    /// The newest version that was acknowledged.
    acknowledged: i64,
    /// Whether a change was under way when the server died.
    in_doubt: bool,
}

fn body(key: &str) -> Value {
    json!({ "project": { "lead_body": "mois", "title": { "ko": key }, "lead_share": "100", "partners": [] } })
}

/// Who writes: a planner who may also read the trail.
struct Writer {
    bearer: String,
    since: Instant,
}

impl Writer {
    /// Opens the account beside the server.
    fn open(place: &Place, server: &Server) -> Self {
        let planner = ["--role", "planner", "--body", "mois", "--reason", "시험"];
        let new: Vec<&str> =
            ["account", "create", "minji", "--display-name", "김민지"].into_iter().chain(planner).collect();
        place.run_with(&format!("{FIRST}\n"), &new).expect(0);
        place.run(&["account", "grant", "minji", "--role", "auditor", "--body", "bai", "--reason", "시험"]).expect(0);
        let once = Self::sign_in(server, FIRST);
        let change = json!({ "current_password": FIRST, "new_password": PASSWORD });
        let done = once.json(server, "POST", "/v1/me/password", &[], &change);
        assert!((200..300).contains(&done.status), "{}", done.json());
        Self::sign_in(server, PASSWORD)
    }
    fn sign_in(server: &Server, password: &str) -> Self {
        let got = server.post("/v1/sessions", &json!({ "sign_in_name": "minji", "password": password }));
        assert_eq!(got.status, 201, "{}", got.json());
        let bearer = format!("Bearer {}", got.json()["access_token"].as_str().unwrap());
        Self { bearer, since: Instant::now() }
    }
    /// The same with a token that lasts, now and then a new one.
    fn renewed(self, server: &Server) -> Self {
        if self.since.elapsed() > Duration::from_mins(4) { Self::sign_in(server, PASSWORD) } else { self }
    }
    fn json(&self, server: &Server, method: &str, path: &str, more: &[(&str, &str)], body: &Value) -> Got {
        self.sent(server, method, path, more, body).unwrap()
    }
    fn sent(
        &self,
        server: &Server,
        method: &str,
        path: &str,
        more: &[(&str, &str)],
        body: &Value,
    ) -> std::io::Result<Got> {
        let media = if method == "PATCH" { "application/merge-patch+json" } else { "application/json" };
        let headers: Vec<_> =
            [("authorization", self.bearer.as_str()), ("content-type", media)].iter().chain(more).copied().collect();
        server.send(method, path, &headers, Some(body))
    }
    fn read(&self, server: &Server, path: &str) -> Value {
        let got = server.send("GET", path, &[("authorization", &self.bearer)], None).unwrap();
        assert_eq!(got.status, 200, "{path}: {}", got.json());
        got.json()
    }
    fn create(&self, server: &Server, key: &str) -> std::io::Result<Got> {
        self.sent(server, "POST", "/v1/projects", &[("idempotency-key", key)], &body(key))
    }

    /// Creates projects and changes each once, until the server is gone.
    fn write(&self, server: &Server, name: &str, acknowledged: &AtomicU32) -> Vec<Sent> {
        let mut all = Vec::new();
        for n in 0.. {
            let key = format!("{name}-{n}");
            let mut sent = Sent { key: key.clone(), at: None, acknowledged: 0, in_doubt: true };
            let Ok(made) = self.create(server, &key) else {
                all.push(sent);
                break;
            };
            assert_eq!(made.status, 201, "{}", made.json());
            let at = format!("/v1/projects/{}", made.json()["id"].as_str().unwrap());
            sent = Sent { at: Some(at.clone()), acknowledged: 1, ..sent };
            acknowledged.fetch_add(1, Ordering::Relaxed);
            let change = json!({ "target_system": key });
            let Ok(changed) = self.sent(server, "PATCH", &at, &[("if-match", "\"v1\"")], &change) else {
                all.push(sent);
                break;
            };
            assert_eq!(changed.status, 200, "{}", changed.json());
            acknowledged.fetch_add(1, Ordering::Relaxed);
            all.push(Sent { acknowledged: 2, in_doubt: false, ..sent });
        }
        all
    }

    /// Looks at what became of it. A creation in doubt is sent again with its key.
    fn check(&self, server: &Server, sent: &Sent) {
        let at = sent.at.clone().unwrap_or_else(|| {
            let again = self.create(server, &sent.key).unwrap();
            assert_eq!(again.status, 201, "{}", again.json());
            format!("/v1/projects/{}", again.json()["id"].as_str().unwrap())
        });
        let project = self.read(server, &at)["project"].clone();
        let version = project["version"].as_i64().unwrap();
        let newest = if sent.at.is_none() { 1 } else { sent.acknowledged + i64::from(sent.in_doubt) };
        assert!((sent.acknowledged..=newest).contains(&version), "{sent:?} stands at version {version}");
        assert_eq!(project["title"]["ko"], sent.key.as_str());
        let changed = if version == 2 { Value::from(sent.key.as_str()) } else { Value::Null };
        assert_eq!(project["target_system"], changed);
        let id = project["id"].as_str().unwrap();
        let entries = self.read(server, &format!("/v1/audit/entries?subject_kind=project&subject_id={id}"));
        let told: Vec<_> =
            entries["items"].as_array().unwrap().iter().map(|e| (e["action"].clone(), e["outcome"].clone())).collect();
        let expected = [("project.change", "done"), ("project.create", "done")].map(|(a, o)| (a.into(), o.into()));
        assert_eq!(told, expected[usize::try_from(2 - version).unwrap()..]);
    }
}

fn kills() -> u32 {
    std::env::var("AXTRACK_TEST_KILLS").map_or(3, |text| text.parse().expect("AXTRACK_TEST_KILLS is a number"))
}

fn killed_under_writes(place: &Place, arguments: &[&str]) {
    let mut server = place.serve(arguments);
    let mut writer = Writer::open(place, &server);
    let (mut projects, mut acknowledged_in_all) = (0, 0);
    for round in 0..kills() {
        writer = writer.renewed(&server);
        let acknowledged = AtomicU32::new(0);
        let sent: Vec<Sent> = std::thread::scope(|scope| {
            let (writer, server, acknowledged) = (&writer, &server, &acknowledged);
            let names = (0..WRITERS).map(|n| format!("kill-{round}-writer-{n}"));
            let writers: Vec<_> =
                names.map(|name| scope.spawn(move || writer.write(server, &name, acknowledged))).collect();
            // Not before something has been acknowledged, then at another moment each time.
            let began = Instant::now();
            while acknowledged.load(Ordering::Relaxed) < 4 * WRITERS && began.elapsed() < Duration::from_secs(20) {
                std::thread::sleep(Duration::from_millis(1));
            }
            std::thread::sleep(Duration::from_millis(u64::from(round * 37 % 211)));
            server.signal("KILL");
            writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
        });
        assert!(acknowledged.load(Ordering::Relaxed) > 0, "nothing was written in round {round}");
        acknowledged_in_all += acknowledged.into_inner();
        drop(server);
        server = place.serve(arguments);
        for one in &sent {
            writer.check(&server, one);
        }
        projects += sent.len();
        let there = writer.read(&server, "/v1/projects?page_size=1&count=exact");
        assert_eq!(there["total"], projects, "something is there twice, or not at all");
    }
    drop(server);
    place.run(&["audit", "verify"]).expect(0);
    println!("{} kills, {acknowledged_in_all} acknowledged writes, {projects} projects", kills());
}

fn place() -> Place {
    Place::new().with("AXTRACK_LOG_REQUESTS", "none").with("AXTRACK_REQUESTS_PER_MINUTE", 1_000_000)
}

#[test]
fn on_sqlite() {
    let place = place();
    killed_under_writes(&place, &[]);
    place.run(&["doctor"]).expect(0);
}

/// The program is killed, not the database.
#[test]
fn on_postgres() {
    let Some(cluster) = tests::postgres::own_cluster() else { return };
    killed_under_writes(&place().with("AXTRACK_DATABASE_URL", cluster.url()), &["--migrate"]);
}
