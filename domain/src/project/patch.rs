//! Merge patches (부분 수정, RFC 7396) of a project's parts.

use super::{Partner, PhasePlans, Span};
use crate::{access::BodyKey, day::Date, name::Name, rate::Share, text::Line};
use serde::{Deserialize, Deserializer, Serialize};

/// A member that is there, `null` included; absent members stay `None` by default.
pub(super) fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(d: D) -> Result<Option<T>, D::Error> {
    T::deserialize(d).map(Some)
}

/// A patch of an object: absent members stay, `null` clears where that is allowed.
macro_rules! patches {
    ($($(#[$doc:meta])* $name:ident of $on:ty { $($(#[$meta:meta])* $field:ident: [$($kind:tt)+],)+ })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {$(
            $(#[$meta])*
            #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
            #[schema(value_type = $($kind)+)]
            pub $field: Option<$($kind)+>,
        )+}
        impl $name {
            pub(super) fn onto(self, old: &mut $on) {
                $(if let Some(new) = self.$field { new.replace(&mut old.$field); })+
            }
        }
    )+};
}

pub(super) use patches;

/// How a patch's member changes the record's.
pub(super) trait Replace<T> {
    fn replace(self, old: &mut T);
}
impl<T> Replace<T> for T {
    fn replace(self, old: &mut T) {
        *old = self;
    }
}
impl Replace<Name> for TitleChange {
    fn replace(self, old: &mut Name) {
        self.onto(old);
    }
}
impl Replace<Span> for SpanChange {
    fn replace(self, old: &mut Span) {
        self.onto(old);
    }
}
impl Replace<PhasePlans> for PhasePlansChange {
    fn replace(self, old: &mut PhasePlans) {
        self.onto(old);
    }
}
/// Partners are replaced as a list; what a partner that stays has written stays.
impl Replace<Vec<Partner>> for Vec<PartnerChange> {
    fn replace(self, old: &mut Vec<Partner>) {
        let mut before = std::mem::take(old);
        old.extend(self.into_iter().map(|PartnerChange { body, share, role }| {
            let part = before.iter_mut().find(|p| p.body == body).and_then(|p| p.part.take());
            Partner { body, share, role, part }
        }));
    }
}

/// A partner as the lead names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnerChange {
    /// Which body.
    pub body: BodyKey,
    /// Its share.
    pub share: Share,
    /// What it does.
    #[serde(default)]
    pub role: Option<Line<300>>,
}

patches! {
    /// Another name.
    TitleChange of Name {
        /// Korean.
        ko: [Line<200>],
        /// English.
        en: [Option<Line<200>>],
    }
    /// Other dates.
    SpanChange of Span {
        /// The first day, month or half-year.
        start: [Option<Date>],
        /// The last day, month or half-year.
        end: [Option<Date>],
    }
    /// Other plans for the phases.
    PhasePlansChange of PhasePlans {
        /// 기획.
        planning: [SpanChange],
        /// 수행.
        execution: [SpanChange],
        /// 보급·확산.
        diffusion: [SpanChange],
    }
}
