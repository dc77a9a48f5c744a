//! Accounts (계정): signing in, roles, keys of programs and of the server, as people and attackers meet them.

mod door;
mod forged;
mod keys;
pub mod kit;
mod people;
mod programs;
mod sessions;
