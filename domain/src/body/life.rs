//! A body's life (존속 기간): in force from a day to a day, closed with successors (분할, 통합).

use super::{BODY_ALREADY_CLOSED, BODY_CLOSED, BODY_NOT_YET, BODY_OF_ITSELF, Body};
use crate::{
    access::BodyKey,
    day::Day,
    problem::{self, Fault, Refusal, Words},
    text::Prose,
};

/// How a body stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Its first day is still to come.
    NotYet,
    /// In force.
    InForce,
    /// Past its last day.
    Closed,
    /// Known to be closed by now, but not since when: it may or may not have been in force on that day.
    Unknown,
}

impl Body {
    /// How it stands on a day. An unknown first day counts as always; the last day belongs to its life.
    pub fn standing(&self, on: Day) -> Standing {
        if self.facts.valid_from.is_some_and(|first| on < first) {
            return Standing::NotYet;
        }
        match self.valid_to {
            Some(last) if last < on => Standing::Closed,
            None if self.closed_on_unknown_day => Standing::Unknown,
            _ => Standing::InForce,
        }
    }
    /// True when it is surely in force on the day.
    pub fn in_force(&self, on: Day) -> bool {
        self.standing(on) == Standing::InForce
    }
    /// True when its last day lies before the day.
    pub fn closed_on(&self, day: Day) -> bool {
        self.standing(day) == Standing::Closed
    }
    /// True once it has been given an end, even one to come.
    pub const fn is_closed(&self) -> bool {
        self.valid_to.is_some() || self.closed_on_unknown_day
    }
    /// Whether it may take something new (a project, a budget line) dated that day: invariant 13. The fault points to
    /// the field that names the body.
    pub fn takes_new(&self, on: Day, pointer: &str) -> Result<(), Fault> {
        let name = &self.facts.name.ko;
        match self.standing(on) {
            Standing::InForce => Ok(()),
            Standing::NotYet => Err(Fault::told(
                pointer,
                &BODY_NOT_YET,
                Words::made(format!("{name}: {on}에는 아직 없었습니다"), format!("{} did not exist on {on}", self.key)),
            )),
            Standing::Closed | Standing::Unknown => {
                let heirs = self.successors.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                let (ko, en) = if heirs.is_empty() {
                    (String::new(), String::new())
                } else {
                    (format!(" (승계: {heirs})"), format!(" (successors: {heirs})"))
                };
                Err(Fault::told(
                    pointer,
                    &BODY_CLOSED,
                    Words::made(
                        format!("{name}: {on}에는 폐지된 기관입니다{ko}"),
                        format!("{} is closed on {on}{en}", self.key),
                    ),
                ))
            }
        }
    }

    /// Closes the body after its last day and names who continues it: none, one (merger, renaming) or several (split).
    /// That the successors exist is the caller's to check; each of them is then told by [`Body::follow`].
    pub fn close(self, last_day: Day, successors: Vec<BodyKey>, reason: Prose<2000>) -> Result<Self, Refusal> {
        if self.is_closed() {
            return Err(Refusal::new(&BODY_ALREADY_CLOSED));
        }
        let mut faults = lineage("/successors", &self.key, &successors);
        if self.facts.valid_from.is_some_and(|first| last_day < first) {
            faults.push(Fault::new("/on", &problem::WRONG_ORDER));
        }
        Refusal::unless_clean(faults)?;
        Ok(Self {
            version: self.version.saturating_add(1),
            valid_to: Some(last_day),
            close_reason: Some(reason),
            successors,
            ..self
        })
    }

    /// Records that this body continues another. Unchanged, version included, when that is recorded already.
    pub fn follow(mut self, predecessor: BodyKey) -> Result<Self, Refusal> {
        if self.predecessors.contains(&predecessor) {
            return Ok(self);
        }
        self.predecessors.push(predecessor);
        Refusal::unless_clean(lineage("/successors", &self.key, &self.predecessors))?;
        self.version = self.version.saturating_add(1);
        Ok(self)
    }
}

/// What is wrong with a list of predecessors or successors: the body itself, repeats, more than 50.
pub(super) fn lineage(pointer: &str, own: &BodyKey, others: &[BodyKey]) -> Vec<Fault> {
    let mut faults = Vec::new();
    if others.len() > 50 {
        faults.push(Fault::new(pointer, &problem::WRONG_LENGTH));
    }
    for (at, key) in others.iter().enumerate() {
        let here = format!("{pointer}/{at}");
        if key == own {
            faults.push(Fault::new(here, &BODY_OF_ITSELF));
        } else if others.iter().take(at).any(|earlier| earlier == key) {
            faults.push(Fault::new(here, &problem::DUPLICATE));
        }
    }
    faults
}
