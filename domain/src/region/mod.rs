//! Regions (지역): the upper-level (시도) and lower-level (시군구) areas by their administrative standard codes.
//!
//! Names repeat (중구 stands five times in today's list), so the code is the key. The number of regions depends on the
//! day: 17 시도 to 2026-06-30, 16 from 2026-07-01; 226 시군구, then 227.

mod built_in;
mod code;
mod read;

pub use built_in::built_in;
pub use code::{NotARegion, RegionCode, Tier};
pub use read::municipalities;

use crate::{
    body::OrgCode,
    code_list,
    day::Day,
    name::Name,
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

code_list! {
    /// What a region is by the Local Autonomy Act (지방자치법).
    pub enum RegionKind {
        /// 서울.
        SpecialCity = "special_city" / "특별시",
        /// 전남광주 (from 2026-07-01).
        IntegratedSpecialCity = "integrated_special_city" / "통합특별시",
        /// 부산 and its like.
        MetropolitanCity = "metropolitan_city" / "광역시",
        /// 세종: a single tier.
        SpecialSelfGoverningCity = "special_self_governing_city" / "특별자치시",
        /// 경기 and its like.
        Province = "province" / "도",
        /// 제주 (a single tier), 강원, 전북.
        SpecialSelfGoverningProvince = "special_self_governing_province" / "특별자치도",
        /// A city of a province.
        City = "city" / "시",
        /// A county.
        County = "county" / "군",
        /// A district with its own council and budget.
        AutonomousDistrict = "autonomous_district" / "자치구",
        /// 제주시, 서귀포시: no council and no budget, so no local government.
        AdministrativeCity = "administrative_city" / "행정시",
    }
}

impl RegionKind {
    /// True for the lower-level local governments (기초자치단체): 시, 군, 자치구.
    pub const fn is_municipality(self) -> bool {
        matches!(self, Self::City | Self::County | Self::AutonomousDistrict)
    }
    /// True for the upper level (광역자치단체).
    pub const fn is_sido(self) -> bool {
        !self.is_municipality() && !matches!(self, Self::AdministrativeCity)
    }
}

code_list! {
    /// Designations under the Local Autonomy and Balanced Development Act (행정안전부 고시 2021-66, 2025-78).
    pub enum PopulationStatus {
        /// One of 89 areas.
        DepopulationArea = "depopulation_area" / "인구감소지역",
        /// One of 18 areas.
        DepopulationWatchArea = "depopulation_watch_area" / "인구감소관심지역",
    }
}

/// A region and its life. A region of reference data is replaced as a whole by an import, never edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Two digits for a 시도, five for a 시군구.
    pub code: RegionCode,
    /// Name; several regions share one.
    pub name: Name,
    /// Machine romanisation of the Korean name; not the region's own English name.
    #[serde(default)]
    pub romanised: Option<Line<200>>,
    /// Short Korean name of a 시도 (서울).
    #[serde(default)]
    pub short_ko: Option<Line<20>>,
    /// What it is.
    pub kind: RegionKind,
    /// Organisation code, where known.
    #[serde(default)]
    pub org_code: Option<OrgCode>,
    /// First day in force; absent when before the records.
    #[serde(default)]
    pub valid_from: Option<Day>,
    /// Last day in force (inclusive); absent while open.
    #[serde(default)]
    pub valid_to: Option<Day>,
    /// Codes it continues; they may be older than the list and have no row.
    #[schema(max_items = 50)]
    pub predecessors: Vec<RegionCode>,
    /// Codes that continue it.
    #[schema(max_items = 50)]
    pub successors: Vec<RegionCode>,
    /// Designation as of 2026-10-19 and before; see [`Region::population_status_on`].
    #[serde(default)]
    pub population_status: Option<PopulationStatus>,
    /// Anything worth knowing.
    #[serde(default)]
    pub note: Option<Prose<2000>>,
    /// Where this comes from.
    pub source: Line<500>,
}

impl Region {
    /// Which level its code stands for.
    pub fn tier(&self) -> Tier {
        self.code.tier()
    }
    /// The 시도 it is or lies in.
    pub fn sido_code(&self) -> RegionCode {
        self.code.sido()
    }
    /// True from its first to its last day.
    pub fn in_force(&self, on: Day) -> bool {
        self.valid_from.is_none_or(|first| first <= on) && self.valid_to.is_none_or(|last| on <= last)
    }
    /// Its designation on a day. Both notices ran to 2026-10-19 and what follows them is not known, so nothing after it.
    pub fn population_status_on(&self, day: Day) -> Option<PopulationStatus> {
        let last = Day::new(2026, 10, 19).ok()?;
        self.population_status.filter(|_| day <= last)
    }
}

/// The 시도 in force on a day, in the order given.
pub fn sido_on(regions: &[Region], day: Day) -> Vec<&Region> {
    regions.iter().filter(|r| r.tier() == Tier::Sido && r.in_force(day)).collect()
}

/// The 시군구 with a government of their own in force on a day. 행정시 and the five-digit code of 세종 are none.
pub fn municipalities_on(regions: &[Region], day: Day) -> Vec<&Region> {
    regions.iter().filter(|r| r.kind.is_municipality() && r.in_force(day)).collect()
}

#[cfg(test)]
mod tests;
