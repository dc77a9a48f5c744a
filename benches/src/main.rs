//! How fast `axtrack` is (속도 측정): `cargo run --release -p benches -- --database sqlite --scale 100`.
//!
//! Loads a large demonstration (or takes the one loaded before), starts the real server on this machine's loopback, and
//! reports for each operation the throughput, the times and the server's processor time a request, next to a bare handler
//! that answers the same bytes and to the bare SQL. Build the program first: `cargo build --release`.

mod booking;
mod client;
mod evaluation;
mod export;
mod load;
mod operations;
mod postgres;
mod process;
mod report;
mod server;
mod sql;

use clap::{Parser, Subcommand, ValueEnum};
use std::{io, net::SocketAddr, path::PathBuf, process::ExitCode, sync::Arc, time::Duration};

/// Measures the speed of axtrack on a large demonstration.
#[derive(Debug, Parser)]
struct Arguments {
    /// On which database.
    #[arg(long, value_enum, default_value_t = Backend::Sqlite)]
    database: Backend,
    /// How many thousand projects, each with four budget lines.
    #[arg(long, default_value_t = 100)]
    scale: u32,
    /// How long each operation is measured at each number of connections.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// The numbers of connections.
    #[arg(long, value_delimiter = ',', default_values_t = [1, 16, 64])]
    connections: Vec<usize>,
    /// Only operations whose name contains this.
    #[arg(long)]
    only: Option<String>,
    /// A PostgreSQL database of one's own; without it a private cluster is started and thrown away.
    #[arg(long)]
    url: Option<String>,
    /// Where the SQLite files and the results are kept from one run to the next.
    #[arg(long, default_value = "target/benches")]
    folder: PathBuf,
    #[command(subcommand)]
    part: Option<Part>,
}

/// What is measured without a loaded database, and parts that run in a process of their own.
#[derive(Debug, Subcommand)]
enum Part {
    /// Evaluates dossiers of 1,000 and 2,000 applications with 20 sheets each, without a server.
    Evaluation {
        /// How often each is measured; the best time counts.
        #[arg(long, default_value_t = 10)]
        rounds: u32,
    },
    /// Books GPUs into a pool of 10,000 allocations, without a server.
    Booking {
        /// How often it is measured; the best time counts.
        #[arg(long, default_value_t = 10)]
        rounds: u32,
    },
    /// Answers every request with the bytes of a file.
    #[command(hide = true)]
    Bare {
        /// The file.
        file: PathBuf,
        /// Where to listen.
        listen: SocketAddr,
    },
}

/// The databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Backend {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

#[actix_web::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match &arguments.part {
        Some(Part::Evaluation { rounds }) => evaluation::run(*rounds),
        Some(Part::Booking { rounds }) => booking::run(*rounds),
        Some(Part::Bare { file, listen }) => server::answer_file(file, *listen).await,
        None => measure(&arguments).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn measure(arguments: &Arguments) -> io::Result<()> {
    process::step_back();
    std::fs::create_dir_all(&arguments.folder)?;
    let cluster = match (arguments.database, &arguments.url) {
        (Backend::Postgres, None) => Some(postgres::cluster()?),
        _ => None,
    };
    let file = arguments.folder.join(format!("scale-{}.db", arguments.scale));
    let url = match (&cluster, &arguments.url) {
        (Some(cluster), _) => cluster.url(),
        (None, Some(url)) => url.clone(),
        (None, None) => format!("sqlite:{}", file.display()),
    };
    if arguments.database == Backend::Postgres || !file.exists() {
        eprintln!("loading {} thousand projects ...", arguments.scale);
        let began = std::time::Instant::now();
        if arguments.database == Backend::Postgres {
            server::axtrack(&url, &["migrate", "up"])?;
        }
        server::axtrack(&url, &["demo", "load", "--scale", &arguments.scale.to_string()])?;
        eprintln!("loaded in {:.0} s", began.elapsed().as_secs_f64());
    }
    let database_pid = cluster.as_ref().map(postgres::Cluster::pid);
    // The second start is the one that counts: the first has the schema to bring up to date and projects to rate.
    let first = server::serve(&url, database_pid).await?;
    first.rested().await;
    drop(first);
    let server = server::serve(&url, database_pid).await?;
    server.rested().await;
    let ground = Arc::new(operations::ground(&server).await?);
    let mut report =
        report::Report::new(format!("{:?}", arguments.database).to_lowercase(), arguments.scale, server.ready_after);
    let time = Duration::from_secs(arguments.seconds);
    let wanted = |name: &str| arguments.only.as_ref().is_none_or(|part| name.contains(part.as_str()));
    for operation in operations::operations(&ground).iter().filter(|o| wanted(o.name)) {
        report.operation(operation, bare(&server, operation, &arguments.folder, time).await?);
        for connections in &arguments.connections {
            let before = server.commits().await?;
            let measured = load::load(&server, &operation.requests, *connections, time).await?;
            let after = server.commits().await?;
            report.measured(measured, (after.0 - before.0, after.1 - before.1));
        }
    }
    if wanted("export") {
        for format in ["csv", "xlsx"] {
            report.export(format, export::export(&server, &ground.reader, format).await?);
        }
    }
    for (name, micros) in sql::measure(&url, &ground, time / 2).await.map_err(io::Error::other)? {
        report.bare_sql(name, micros);
    }
    report.print();
    let name = format!("{:?}-{}.json", arguments.database, arguments.scale).to_lowercase();
    std::fs::write(arguments.folder.join(name), report.json())
}

/// The processor time a request of a bare handler that answers the same bytes, at 16 connections.
async fn bare(
    server: &server::Server,
    operation: &operations::Operation,
    folder: &std::path::Path,
    time: Duration,
) -> io::Result<f64> {
    let mut client = client::Client::connect(server.address).await?;
    let answer = client.send(&(operation.requests)(u64::MAX / 3), client::Body::Kept).await?;
    if answer.status >= 400 {
        eprintln!("{}: {} {}", operation.name, answer.status, String::from_utf8_lossy(&answer.body));
    }
    let file = folder.join("answer.bin");
    std::fs::write(&file, &answer.body)?;
    let bare = server::bare(&file).await?;
    let requests: load::Requests = Arc::new(|_| client::request("GET", "/", &[], None));
    Ok(load::load(&bare, &requests, 16, time / 4).await?.server_us)
}
