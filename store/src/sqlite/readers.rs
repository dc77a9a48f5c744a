//! The connections that read (읽기 연결): whichever is free answers, in the caller's thread.

use super::{File, Row, Use, row};
use crate::open::Ear;
use rusqlite::Connection;
use sea_orm::{DbErr, ProxyRow, Statement};
use std::{path::Path, sync::MutexGuard};

/// A few connections that cannot write.
#[derive(Debug)]
pub(crate) struct Readers {
    first: File,
    more: Vec<File>,
    ear: Option<Ear>,
}

impl Readers {
    /// Opens `count` of them, at least one.
    pub(crate) fn open(path: &Path, count: usize, ear: Option<Ear>) -> Result<Self, DbErr> {
        let first = File::open(path, Use::Read)?;
        let more = (1..count).map(|_| File::open(path, Use::Read)).collect::<Result<_, _>>()?;
        Ok(Self { first, more, ear })
    }
    pub(crate) const fn count(&self) -> usize {
        self.more.len().saturating_add(1)
    }
    pub(crate) fn rows(&self, statement: &Statement, most: usize) -> Result<Vec<ProxyRow>, DbErr> {
        row::rows(&self.connection(statement), statement, most)
    }
    /// What is made of each row, by the place of its columns.
    pub(crate) fn each<T>(
        &self,
        statement: &Statement,
        make: impl Fn(&Row<'_>) -> Result<T, DbErr>,
    ) -> Result<Vec<T>, DbErr> {
        row::each(&self.connection(statement), statement, make)
    }
    /// A connection for this statement.
    fn connection(&self, statement: &Statement) -> MutexGuard<'_, Connection> {
        if let Some(ear) = &self.ear {
            ear.hear(statement);
        }
        let free = std::iter::once(&self.first).chain(&self.more).find_map(File::free);
        free.unwrap_or_else(|| self.first.lock())
    }
}
