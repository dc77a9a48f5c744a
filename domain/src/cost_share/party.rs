//! Whose share is asked for (분담 주체): a central body or a local government on a day.

use super::{Applicant, Level, NO_APPLICANT_LEVEL};
use crate::{
    body::Body,
    day::Day,
    name::Name,
    problem::{Fault, NOT_KNOWN, WRONG_FORM, Words},
    region::Region,
};

/// Whose share it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party<'a> {
    /// A central body, by its code, which is its key where it is in the register.
    Central(&'a str, Option<&'a Name>),
    /// A local government, by its region.
    Local(Level, &'a Region),
}

impl<'a> Party<'a> {
    /// A body of the register, with its region if it has one. It must be in force on the day, and a central administrative
    /// body or a local government; the fault points to the body.
    pub fn of_body(body: &'a Body, region: Option<&'a Region>, on: Day, pointer: &str) -> Result<Self, Fault> {
        body.takes_new(on, pointer)?;
        match region.map(|region| (Level::of(region), region)) {
            Some((Some(level), region)) => Ok(Self::Local(level, region)),
            None if body.kind.is_central() => Ok(Self::Central(body.key.as_str(), Some(&body.facts.name))),
            _ => Err(Fault::new(pointer, &NO_APPLICANT_LEVEL)),
        }
    }
    /// Whoever has this code on this level. A local one is a region that is in force on the day and has a government of
    /// that level; the fault points to the code.
    pub fn of_code(
        level: Level,
        code: &'a str,
        region: Option<&'a Region>,
        on: Day,
        pointer: &str,
    ) -> Result<Self, Fault> {
        if !level.takes(code) {
            return Err(Fault::new(pointer, &WRONG_FORM));
        }
        if level == Level::Central {
            return Ok(Self::Central(code, None));
        }
        let Some(region) = region else { return Err(Fault::new(pointer, &NOT_KNOWN)) };
        if !region.in_force(on) {
            let name = &region.name.ko;
            let words = Words::made(
                format!("{name}({code})은(는) {on}에 없는 지역입니다"),
                format!("{code} is not in force on {on}"),
            );
            return Err(Fault::told(pointer, &NOT_KNOWN, words));
        }
        match Level::of(region) {
            Some(of) if of == level => Ok(Self::Local(level, region)),
            _ => Err(Fault::new(pointer, &NO_APPLICANT_LEVEL)),
        }
    }

    pub(super) fn applicant(&self, groups: Vec<String>) -> Applicant {
        match self {
            Self::Central(code, _) => Applicant { level: Level::Central, code: (*code).to_owned(), groups },
            Self::Local(level, region) => Applicant { level: *level, code: region.code.to_string(), groups },
        }
    }
    pub(super) fn name(&self) -> Option<Name> {
        match self {
            Self::Central(_, name) => name.cloned(),
            Self::Local(_, region) => Some(region.name.clone()),
        }
    }
}
