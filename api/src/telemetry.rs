//! The log (로그): lines for people or for programs, on the standard error, and how many.

use crate::config::{LogFormat, Settings};
use tracing_subscriber::{EnvFilter, fmt};

/// Starts the log. A filter that cannot be read is a fault of the settings.
pub(crate) fn start(settings: &Settings) -> Result<(), String> {
    let filter = EnvFilter::try_new(&settings.log_level).map_err(|e| format!("log_level: {e}"))?;
    let log = fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false);
    let started = match settings.log_format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().flatten_event(true).with_current_span(false).with_span_list(false).try_init(),
    };
    started.map_err(|e| e.to_string())
}
