//! Governments of regions (지방정부): each stands in the register under a key made from its region's code.

use super::{Body, BodyFacts, BodyKind};
use crate::{
    access::BodyKey,
    region::{Region, RegionCode},
};

/// The key of a region's government: `sido-26`, `sigungu-26110`.
pub fn government_key(code: &RegionCode) -> Option<BodyKey> {
    let level = if code.as_str().len() == 2 { "sido" } else { "sigungu" };
    format!("{level}-{code}").parse().ok().filter(|_| !code.is_nation())
}

impl Body {
    /// The government of a region, with the region's name, life and lineage. `None` for 행정시, which have no government, and
    /// for the five-digit code of 세종, whose government is that of its two-digit code.
    pub fn governing(region: &Region) -> Option<Self> {
        let key = government_key(&region.code)?;
        let governs = region.kind.is_municipality() || (region.kind.is_sido() && region.code.as_str().len() == 2);
        let keys = |codes: &[RegionCode]| codes.iter().filter_map(government_key).collect();
        governs.then(|| Self {
            key,
            version: 1,
            kind: BodyKind::LocalGovernment,
            region: Some(region.code.clone()),
            facts: BodyFacts {
                name: region.name.clone(),
                abbreviation: None,
                parent: None,
                under: None,
                org_code: region.org_code.clone(),
                valid_from: region.valid_from,
                predecessor_name: None,
                predecessor_org_code: None,
                note: region.note.clone(),
                source: region.source.clone(),
            },
            valid_to: region.valid_to,
            closed_on_unknown_day: false,
            close_reason: None,
            predecessors: keys(&region.predecessors),
            successors: keys(&region.successors),
        })
    }

    /// The same government after its region was stated again; unchanged, version included, when that brings nothing new.
    /// What people corrected by hand stays: of a body that no longer says what `before` said, only an end and a lineage
    /// that it lacks are taken over.
    #[must_use]
    pub fn restated(self, before: Option<&Region>, now: &Region) -> Self {
        let version = self.version;
        let Some(stated) = Self::governing(now).map(|b| Self { version, ..b }) else { return self };
        let as_before = before.and_then(Self::governing).is_some_and(|b| Self { version, ..b } == self);
        let next = if as_before { stated } else { self.clone().completed(stated) };
        if next == self { self } else { Self { version: version.saturating_add(1), ..next } }
    }

    fn completed(self, stated: Self) -> Self {
        let lacks_end = !self.is_closed();
        Self {
            valid_to: if lacks_end { stated.valid_to } else { self.valid_to },
            successors: if self.successors.is_empty() { stated.successors } else { self.successors },
            predecessors: if self.predecessors.is_empty() { stated.predecessors } else { self.predecessors },
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::region::built_in;

    fn busan() -> Region {
        built_in().unwrap().into_iter().find(|r| r.code.as_str() == "26").unwrap()
    }

    #[test]
    fn a_region_stated_again_moves_its_government() {
        let before = busan();
        let body = Body::governing(&before).unwrap();
        assert_eq!(body.clone().restated(Some(&before), &before), body);
        let renamed = Region { note: Some("이름 확인".parse().unwrap()), ..before.clone() };
        let moved = body.clone().restated(Some(&before), &renamed);
        assert_eq!((moved.version, moved.facts.note.is_some()), (2, true));
        assert_eq!(moved.clone().restated(Some(&renamed), &renamed), moved);
    }

    #[test]
    fn what_was_corrected_by_hand_stays() {
        let before = busan();
        let body = Body::governing(&before).unwrap();
        let facts = BodyFacts { abbreviation: Some("BS".parse().unwrap()), ..body.facts.clone() };
        let corrected = body.change(facts).unwrap();
        let last_day = "2026-12-31".parse().ok();
        let ended = Region { valid_to: last_day, note: Some("폐지".parse().unwrap()), ..before.clone() };
        let moved = corrected.clone().restated(Some(&before), &ended);
        assert_eq!((moved.version, moved.valid_to, &moved.facts), (3, last_day, &corrected.facts));
        let reopened = moved.clone().restated(Some(&ended), &before);
        assert_eq!(reopened.valid_to, last_day);
    }
}
