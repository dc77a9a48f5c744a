//! PostgreSQL for tests (시험용 PostgreSQL): one private cluster a process, one migrated template, one database a test.

mod programs;
mod server;

pub use programs::{Programs, programs, report};

use sea_orm::{ConnectOptions, ConnectionTrait};
use server::Server;
use std::sync::{
    Mutex, OnceLock, PoisonError,
    atomic::{AtomicU64, Ordering},
    mpsc::{Receiver, Sender, channel},
};

/// The database that fresh ones are copied from.
const TEMPLATE: &str = "migrated";

/// The cluster of this process, started by whoever asks first; `None` when the server programs are missing. It is
/// stopped and removed when the process ends, also by a signal.
///
/// # Panics
/// When PostgreSQL is required and missing, or is there and does not start: nothing is skipped silently.
pub fn cluster() -> Option<&'static Cluster> {
    static CLUSTER: OnceLock<Result<Option<Cluster>, String>> = OnceLock::new();
    let start = || match programs() {
        Programs::In(folder) => server::started(&folder).map(Cluster::of).map(Some),
        Programs::Missing(_) => Ok(None),
    };
    match CLUSTER.get_or_init(start) {
        Ok(cluster) => cluster.as_ref(),
        Err(why) => panic!("PostgreSQL is installed but does not start: {why}"),
    }
}

/// A running cluster.
#[derive(Debug)]
pub struct Cluster {
    server: Server,
    orders: Mutex<Sender<Order>>,
    count: AtomicU64,
    template: OnceLock<()>,
}

/// A statement for the cluster's own connection, and who waits for its outcome.
#[derive(Debug)]
struct Order {
    statement: String,
    reply: Option<Sender<Result<(), String>>>,
}

impl Cluster {
    fn of(server: Server) -> Self {
        let (orders, received) = channel();
        let url = url(&server, "postgres");
        std::thread::spawn(move || carry_out(&url, &received));
        Self { server, orders: Mutex::new(orders), count: AtomicU64::new(0), template: OnceLock::new() }
    }

    /// Makes the template once: an empty database given to `migrate`, in a runtime of its own. Later calls return at
    /// once, calls meanwhile wait. `migrate` must close its connections.
    pub fn template<F: Future<Output = ()>>(&self, migrate: impl FnOnce(String) -> F + Send) {
        self.template.get_or_init(|| {
            self.run(&format!("DROP DATABASE IF EXISTS {TEMPLATE}"));
            // Under rules of order that differ from the bytes' wherever the server knows any, since an operator's may too.
            let english = "TEMPLATE template0 ENCODING UTF8 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'";
            if self.tried(&format!("CREATE DATABASE {TEMPLATE} {english}")).is_err() {
                self.run(&format!("CREATE DATABASE {TEMPLATE}"));
            }
            let url = url(&self.server, TEMPLATE);
            // A thread, because the caller may stand in a runtime already.
            let outcome = std::thread::scope(|scope| scope.spawn(|| runtime().block_on(migrate(url))).join());
            outcome.unwrap_or_else(|cause| std::panic::resume_unwind(cause));
            self.run(&format!("ALTER DATABASE {TEMPLATE} WITH ALLOW_CONNECTIONS false"));
        });
    }

    /// A copy of the template, which must have been made, for one test alone.
    pub fn fresh(&'static self) -> Database {
        assert!(self.template.get().is_some(), "make the template before copying it");
        let name = format!("test_{}", self.count.fetch_add(1, Ordering::Relaxed));
        self.run(&format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}"));
        Database { cluster: self, name }
    }

    fn run(&self, statement: &str) {
        self.tried(statement).unwrap_or_else(|why| panic!("{statement}: {why}"));
    }

    fn tried(&self, statement: &str) -> Result<(), String> {
        let (reply, outcome) = channel();
        self.send(Order { statement: statement.to_owned(), reply: Some(reply) });
        outcome.recv().unwrap_or_else(|_| Err("the cluster's connection is gone".to_owned()))
    }

    fn send(&self, order: Order) {
        // Nobody is left to take it only while the process ends.
        drop(self.orders.lock().unwrap_or_else(PoisonError::into_inner).send(order));
    }
}

/// A cluster of one test, which may be stopped and started again; `None` when the server programs are missing.
///
/// # Panics
/// As [`cluster`] does.
pub fn own_cluster() -> Option<OwnCluster> {
    let Programs::In(folder) = programs() else { return None };
    let server = server::started(&folder).unwrap_or_else(|why| panic!("PostgreSQL does not start: {why}"));
    Some(OwnCluster { server })
}

/// A cluster of one test.
#[derive(Debug)]
pub struct OwnCluster {
    server: Server,
}

impl OwnCluster {
    /// The address of its only database, which is empty.
    pub fn url(&self) -> String {
        url(&self.server, "postgres")
    }
    /// Takes the database away.
    pub fn stop(&mut self) {
        self.server.stop().unwrap_or_else(|why| panic!("stopping: {why}"));
    }
    /// Brings it back.
    pub fn start(&mut self) {
        self.server.start().unwrap_or_else(|why| panic!("starting: {why}"));
    }
}

/// A database of one test, dropped with this value, connections and all.
#[derive(Debug)]
pub struct Database {
    cluster: &'static Cluster,
    name: String,
}

impl Database {
    /// Its address, as `AXTRACK_DATABASE_URL` takes it.
    pub fn url(&self) -> String {
        url(&self.cluster.server, &self.name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let statement = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        self.cluster.send(Order { statement, reply: None });
    }
}

fn url(server: &Server, database: &str) -> String {
    format!("postgres://axtrack@localhost:5432/{database}?host={}", server.folder.display())
}

/// Carries out orders one after the other on one connection, as long as the process lives.
fn carry_out(url: &str, orders: &Receiver<Order>) {
    runtime().block_on(async {
        let mut options = ConnectOptions::new(url);
        options.max_connections(1).sqlx_logging(false);
        let connected = sea_orm::Database::connect(options).await.map_err(|error| error.to_string());
        for order in orders {
            let outcome = match &connected {
                Ok(connection) => {
                    let run = connection.execute_unprepared(&order.statement).await;
                    run.map(drop).map_err(|error| error.to_string())
                }
                Err(why) => Err(why.clone()),
            };
            if let Some(reply) = order.reply {
                drop(reply.send(outcome));
            }
        }
    });
}

fn runtime() -> tokio::runtime::Runtime {
    let built = tokio::runtime::Builder::new_current_thread().enable_all().build();
    built.unwrap_or_else(|error| panic!("no runtime: {error}"))
}
