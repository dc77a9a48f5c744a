//! The policy table (권한표): actions down, roles across. Printed to `docs/access.md`.
//!
//! A new nuance is a new named cell of its subject, never an `if` in a handler.

use super::{Action, Subject, System};

/// Declares the actions of each capability with their rows: a module per capability under [`act`], and [`TABLE`].
macro_rules! policy {
    ($($capability:ident { $($(#[$doc:meta])* $action:ident = $name:literal on $on:ty => [$($cell:ident),+ $(,)?];)+ })+) => {
        /// Every action, by capability.
        pub mod act {
            $(#[doc = concat!("Actions of `", stringify!($capability), "`.")]
            pub mod $capability {
                $($(#[$doc])* #[doc = concat!("`", $name, "`")] #[derive(Debug, Clone, Copy)] pub struct $action;)+
            })+
        }
        $($(impl Action for act::$capability::$action {
            type On = $on;
            const NAME: &'static str = $name;
            const ROW: [<$on as Subject>::Cell; 9] = { type Cell = <$on as Subject>::Cell; [$(Cell::$cell),+] };
        })+)+
        /// Every action: its name, its subject's kind, and one cell for each role.
        pub const TABLE: &[(&str, &str, [&str; 9])] =
            &[$($(($name, <$on as Subject>::KIND, [$(stringify!($cell)),+])),+),+];
    };
}

policy! {
    audit {
        //                                    planner applicant adviser committee coordinator progress auditor viewer administrator
        /// Read the audit trail.
        Read = "audit.read" on System      => [Never, Never,    Never,  Never,    Never,      Never,   Always, Never, Never];
    }
}
