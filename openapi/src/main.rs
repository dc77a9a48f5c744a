//! `cargo run -p openapi` writes openapi/axtrack.json and docs/access.md (명세 기록).
//!
//! `cargo run -p openapi -- compare` says what has become incompatible with the last release;
//! `cargo run -p openapi -- release` makes the present specification the released one.

use std::{error::Error, fs, path::Path, process::ExitCode};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let wish = std::env::args().nth(1).unwrap_or_default();
    match wish.as_str() {
        "" => {
            write(&openapi::committed(), &api::made_spec())?;
            write(&openapi::access_page(), &openapi::access::page())?;
            Ok(ExitCode::SUCCESS)
        }
        "compare" => {
            let Ok(released) = fs::read_to_string(openapi::released()) else {
                println!("nothing has been released yet");
                return Ok(ExitCode::SUCCESS);
            };
            let broken =
                openapi::breaking(&serde_json::from_str(&released)?, &serde_json::from_str(&api::made_spec())?);
            for line in &broken {
                println!("{line}");
            }
            Ok(if broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        "release" => {
            write(&openapi::released(), &api::made_spec())?;
            Ok(ExitCode::SUCCESS)
        }
        other => {
            eprintln!("{other}: not known; leave it out, or say `compare` or `release`");
            Ok(ExitCode::from(2))
        }
    }
}

fn write(path: &Path, text: &str) -> Result<(), Box<dyn Error>> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)?;
    println!("wrote {}", path.canonicalize()?.display());
    Ok(())
}
