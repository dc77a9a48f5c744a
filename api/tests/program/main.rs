//! The program as it is installed (실행 파일): its arguments, its exit codes, its signals.

mod account;
mod backup;
mod commands;
mod config;
mod crash;
mod kit;
mod serve;
mod stop;
