//! A flag for every setting (설정 깃발), made from the one table of settings.

use crate::config::{KEYS, Kind};
use clap::{Arg, ArgMatches, Args, Command, FromArgMatches};
use std::collections::BTreeMap;

/// The settings given on the command line.
#[derive(Debug, Clone, Default)]
pub(super) struct SettingFlags(pub BTreeMap<&'static str, String>);

impl Args for SettingFlags {
    fn augment_args(command: Command) -> Command {
        let flag = |key: &'static crate::config::Key| {
            let about = format!("{} / {} [{}]", key.about.ko, key.about.en, key.variable());
            let arg = Arg::new(key.name)
                .long(key.flag().trim_start_matches('-').to_owned())
                .global(true)
                .help(about)
                .help_heading("설정 Settings")
                .hide_short_help(true)
                .value_name("VALUE");
            match key.kind {
                // `--demo` alone means yes.
                Kind::OneOf(words) if words.contains(&"true") => {
                    arg.num_args(0..=1).require_equals(true).default_missing_value("true")
                }
                _ => arg,
            }
        };
        command.args(KEYS.iter().map(flag))
    }
    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for SettingFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut flags = Self::default();
        flags.update_from_arg_matches(matches)?;
        Ok(flags)
    }
    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        for key in &KEYS {
            if let Some(value) = matches.get_one::<String>(key.name) {
                self.0.insert(key.name, value.clone());
            }
        }
        Ok(())
    }
}
