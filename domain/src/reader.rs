//! Reading documents of a given form (문서 읽기): each field gives its value or leaves a fault, so that every fault is
//! found at once and nothing is assumed.

use crate::{
    day::Instant,
    decimal::Decimal,
    money::Won,
    problem::{
        Code, DUPLICATE, Fault, NOT_IN_LIST, OUT_OF_RANGE, REQUIRED, UNKNOWN_FIELD, WRONG_FORM, WRONG_LENGTH,
        WRONG_TYPE, step,
    },
};
use serde_json::{Map, Value};
use std::{collections::BTreeSet, ops::RangeInclusive, str::FromStr};

/// The longest id or code.
const LONGEST: usize = 200;

/// The member is not there or cannot be read; the reader knows why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Faulty;

/// Collects the faults.
#[derive(Debug, Default)]
pub(crate) struct Reader(Vec<Fault>);

/// An object and where it stands.
#[derive(Debug)]
pub(crate) struct Object<'a> {
    pub members: &'a Map<String, Value>,
    pub pointer: String,
}

/// An element of a list and where it stands.
#[derive(Debug)]
pub(crate) struct At<'a> {
    pub value: &'a Value,
    pub pointer: String,
}

impl Reader {
    pub(crate) fn fault(&mut self, fault: Fault) {
        self.0.push(fault);
    }
    pub(crate) fn wrong(&mut self, pointer: impl Into<String>, code: &'static Code) {
        self.0.push(Fault::new(pointer, code));
    }
    /// Everything that was wrong, in the order in which it was found.
    pub(crate) fn into_faults(self) -> Vec<Fault> {
        self.0
    }

    /// An object with exactly these members.
    pub(crate) fn object<'a>(&mut self, value: &'a Value, pointer: String, fields: &[&str]) -> Option<Object<'a>> {
        let Value::Object(members) = value else {
            self.wrong(pointer, &WRONG_TYPE);
            return None;
        };
        let object = Object { members, pointer };
        for name in members.keys().filter(|name| !fields.contains(&name.as_str())) {
            self.wrong(object.place(name), &UNKNOWN_FIELD);
        }
        for name in fields.iter().filter(|name| !members.contains_key(**name)) {
            self.wrong(object.place(name), &REQUIRED);
        }
        Some(object)
    }
    /// An object in a member.
    pub(crate) fn inner<'a>(&mut self, of: &Object<'a>, name: &str, fields: &[&str]) -> Option<Object<'a>> {
        self.object(of.members.get(name)?, of.place(name), fields)
    }
    /// The elements of a list, each read or faulty.
    pub(crate) fn list<T>(
        &mut self,
        of: &Object<'_>,
        name: &str,
        mut read: impl FnMut(&mut Self, At<'_>) -> Option<T>,
    ) -> Vec<Option<T>> {
        match of.members.get(name) {
            Some(Value::Array(list)) => list
                .iter()
                .enumerate()
                .map(|(index, value)| read(self, At { value, pointer: format!("{}/{index}", of.place(name)) }))
                .collect(),
            Some(_) => {
                self.wrong(of.place(name), &WRONG_TYPE);
                vec![None]
            }
            None => vec![None],
        }
    }
    /// A text that is an element of a list.
    pub(crate) fn element(&mut self, at: At<'_>) -> Option<String> {
        self.bounded(at.value, at.pointer)
    }
    fn bounded(&mut self, value: &Value, pointer: String) -> Option<String> {
        let Value::String(text) = value else {
            self.wrong(pointer, &WRONG_TYPE);
            return None;
        };
        if text.is_empty() || text.chars().count() > LONGEST {
            self.wrong(pointer, &WRONG_LENGTH);
            return None;
        }
        Some(text.clone())
    }
    /// A text of 1 to 200 characters.
    pub(crate) fn text(&mut self, of: &Object<'_>, name: &str) -> Option<String> {
        self.bounded(of.members.get(name)?, of.place(name))
    }
    /// One of a list of codes.
    pub(crate) fn code<T: FromStr>(&mut self, of: &Object<'_>, name: &str) -> Option<T> {
        self.parsed(of.members.get(name)?, of.place(name), &NOT_IN_LIST)
    }
    /// An instant.
    pub(crate) fn instant(&mut self, of: &Object<'_>, name: &str) -> Option<Instant> {
        self.parsed(of.members.get(name)?, of.place(name), &WRONG_FORM)
    }
    /// Something written as a text.
    pub(crate) fn parsed<T: FromStr>(&mut self, value: &Value, pointer: String, code: &'static Code) -> Option<T> {
        let Value::String(text) = value else {
            self.wrong(pointer, &WRONG_TYPE);
            return None;
        };
        let read = text.parse().ok();
        if read.is_none() {
            self.wrong(pointer, code);
        }
        read
    }
    /// A decimal at least this and at most that.
    pub(crate) fn decimal(
        &mut self,
        of: &Object<'_>,
        name: &str,
        least: Decimal,
        most: Option<Decimal>,
    ) -> Option<Decimal> {
        self.ranged(of.members.get(name)?, of.place(name), least, most)
    }
    /// The same, wherever it stands.
    pub(crate) fn ranged(
        &mut self,
        value: &Value,
        pointer: String,
        least: Decimal,
        most: Option<Decimal>,
    ) -> Option<Decimal> {
        let decimal: Decimal = self.parsed(value, pointer.clone(), &WRONG_FORM)?;
        if decimal < least || most.is_some_and(|most| decimal > most) {
            self.wrong(pointer, &OUT_OF_RANGE);
            return None;
        }
        Some(decimal)
    }
    /// A percentage, 0 to 100.
    pub(crate) fn percentage(&mut self, of: &Object<'_>, name: &str) -> Option<Decimal> {
        self.decimal(of, name, Decimal::ZERO, Some(Decimal::HUNDRED))
    }
    /// A whole number in a range.
    pub(crate) fn whole<T: TryFrom<i64>>(
        &mut self,
        of: &Object<'_>,
        name: &str,
        range: RangeInclusive<i64>,
    ) -> Option<T> {
        let pointer = of.place(name);
        let Value::Number(number) = of.members.get(name)? else {
            self.wrong(pointer, &WRONG_TYPE);
            return None;
        };
        if !number.is_i64() && !number.is_u64() {
            self.wrong(pointer, &WRONG_TYPE);
            return None;
        }
        let read = number.as_i64().filter(|n| range.contains(n)).and_then(|n| T::try_from(n).ok());
        if read.is_none() {
            self.wrong(pointer, &OUT_OF_RANGE);
        }
        read
    }
    /// An amount of won, at least this.
    pub(crate) fn won(&mut self, of: &Object<'_>, name: &str, least: i64) -> Option<Won> {
        self.whole(of, name, least..=Won::MAX.get())
    }
    /// What a member holds, or nothing when it is `null`.
    pub(crate) fn or_null<T>(
        &mut self,
        of: &Object<'_>,
        name: &str,
        read: impl FnOnce(&mut Self, &Object<'_>, &str) -> Option<T>,
    ) -> Result<Option<T>, Faulty> {
        match of.members.get(name) {
            Some(Value::Null) => Ok(None),
            _ => read(self, of, name).map(Some).ok_or(Faulty),
        }
    }
}

impl Object<'_> {
    /// Where a member stands.
    pub(crate) fn place(&self, name: &str) -> String {
        step(&self.pointer, name)
    }
}

/// All of them, if none is wanting.
pub(crate) fn all<T>(list: Vec<Option<T>>) -> Option<Vec<T>> {
    list.into_iter().collect()
}

/// A fault for every element whose key was there before. `field` says which of its members is the key.
pub(crate) fn unique<'a, T, K: Ord>(
    r: &mut Reader,
    list: &str,
    field: &str,
    of: &'a [Option<T>],
    key: impl Fn(&'a T) -> K,
) {
    let mut seen = BTreeSet::new();
    for (index, one) in of.iter().enumerate() {
        if let Some(one) = one
            && !seen.insert(key(one))
        {
            let joint = if field.is_empty() { "" } else { "/" };
            r.wrong(format!("{list}/{index}{joint}{field}"), &DUPLICATE);
        }
    }
}
