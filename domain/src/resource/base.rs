//! The government-wide AI common base (범정부 AI 공통기반): its services, and who uses them with how many users.

use super::{Hanging, USE_OVER, ahead, backwards, model::OnRegister, takes_more};
use crate::{
    access::{Actor, BodyKey, Subject},
    code_list,
    day::{Date, Day},
    id::Id,
    name::Name,
    problem::{Fault, NOT_KNOWN, OUT_OF_RANGE, Refusal, WRONG_LENGTH},
    project::{Project, ProjectId, Stamp},
    text::{Key, Line, Prose},
};
use serde::{Deserialize, Serialize};

/// The key of a service of the common base.
pub type CommonServiceKey = Key<CommonService>;
/// The id of a record that a body uses a service.
pub type ServiceUseId = Id<ServiceUse>;

code_list! {
    /// What a service of the common base is.
    pub enum ServiceKind {
        /// A chat service.
        Chat = "chat" / "대화형 서비스",
        /// A platform for officials' daily work.
        WorkPlatform = "work_platform" / "업무관리 플랫폼",
        /// Models, data or tools to build own services with.
        Building = "building" / "서비스 개발 지원",
    }
}

/// A service of the common base. What is not known is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommonService {
    /// Its key.
    pub key: CommonServiceKey,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Name.
    pub name: Name,
    /// What it is.
    pub kind: ServiceKind,
    /// Who provides it.
    pub provider: Option<Line<200>>,
    /// Since when it is offered.
    pub opened_on: Option<Date>,
    /// Since when it is no longer offered.
    pub closed_on: Option<Date>,
    /// Anything worth knowing.
    pub note: Option<Prose<2000>>,
    /// Where this comes from.
    pub source: Line<500>,
}

/// A service to be entered, or what to say of it anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "key": "sample-service", "name": { "ko": "예시 서비스" }, "kind": "building", "source": "서비스 안내 화면" }))]
pub struct NewCommonService {
    /// Its key.
    pub key: CommonServiceKey,
    /// Name.
    pub name: Name,
    /// What it is.
    pub kind: ServiceKind,
    /// Who provides it.
    pub provider: Option<Line<200>>,
    /// Since when it is offered.
    pub opened_on: Option<Date>,
    /// Since when it is no longer offered.
    pub closed_on: Option<Date>,
    /// Anything worth knowing.
    pub note: Option<Prose<2000>>,
    /// Where this comes from.
    pub source: Line<500>,
}

impl CommonService {
    /// A service as it is stated.
    pub fn stated(version: i64, new: NewCommonService) -> Result<Self, Refusal> {
        let NewCommonService { key, name, kind, provider, opened_on, closed_on, note, source } = new;
        let end = closed_on.map(Date::latest);
        Refusal::unless_clean(backwards(opened_on.map(Date::earliest), end, "/closed_on").into_iter().collect())?;
        Ok(Self { key, version, name, kind, provider, opened_on, closed_on, note, source })
    }
    /// The same as it would be stated.
    pub fn statement(self) -> NewCommonService {
        let Self { key, version: _, name, kind, provider, opened_on, closed_on, note, source } = self;
        NewCommonService { key, name, kind, provider, opened_on, closed_on, note, source }
    }
}

impl Subject for CommonService {
    type Cell = OnRegister;
    const NEVER: OnRegister = OnRegister::Never;
    const KIND: &'static str = "common_service";
    fn id(&self) -> String {
        self.key.to_string()
    }
    fn holds(&self, cell: OnRegister, _: &BodyKey, _: &Actor) -> bool {
        cell == OnRegister::Always
    }
    fn visible(&self, _: &Actor) -> bool {
        true
    }
}

/// That a body uses a service of the common base, for itself or in one of its projects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceUse {
    /// Its id.
    pub id: ServiceUseId,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// Which service.
    pub service: CommonServiceKey,
    /// Who uses it.
    pub body: BodyKey,
    /// In which project of the body; absent when in none.
    pub project: Option<ProjectId>,
    /// First day of use (KST).
    pub from: Day,
    /// Last day of use (KST, inclusive); absent while it goes on.
    pub until: Option<Day>,
    /// How many used it on which day, in the order of recording. Of two about one day the later one counts.
    #[schema(max_items = 1000)]
    pub counts: Vec<UserCount>,
    /// When it was recorded, and by whom.
    pub recorded: Stamp,
}

/// How many people used a service, as of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ServiceUserCount)]
#[serde(deny_unknown_fields)]
pub struct UserCount {
    /// As of which day (KST).
    pub on: Day,
    /// How many.
    #[schema(minimum = 0, maximum = 100_000_000)]
    pub users: i64,
    /// Where the number comes from.
    pub source: Line<300>,
    /// When it was recorded, and by whom.
    pub stamp: Stamp,
}

/// The use of a service to be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "service": "chat-naver-cloud", "body": "mois", "from": "2026-03-02" }))]
pub struct NewServiceUse {
    /// Which service.
    pub service: CommonServiceKey,
    /// Who uses it.
    pub body: BodyKey,
    /// In which project that the body leads; none when it is used beside projects.
    pub project: Option<ProjectId>,
    /// First day of use (KST).
    pub from: Day,
}

/// A number of users to be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = NewServiceUserCount, example = json!({ "on": "2026-11-20", "users": 1240, "source": "접속 기록 집계" }))]
#[serde(deny_unknown_fields)]
pub struct NewUserCount {
    /// As of which day (KST): today or before, within the use.
    pub on: Day,
    /// How many.
    #[schema(minimum = 0, maximum = 100_000_000)]
    pub users: i64,
    /// Where the number comes from.
    pub source: Line<300>,
}

/// How many counts of one use are kept.
const COUNTS: usize = 1000;

impl Hanging for ServiceUse {
    const KIND: &'static str = "service_use";
    fn id(&self) -> uuid::Uuid {
        self.id.get()
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn body(&self) -> &BodyKey {
        &self.body
    }
    fn project(&self) -> Option<ProjectId> {
        self.project
    }
}

impl ServiceUse {
    /// Records that a body uses a service; a project that is named is one that the body leads.
    pub fn recorded(
        id: ServiceUseId,
        new: NewServiceUse,
        project: Option<&Project>,
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        let NewServiceUse { service, body, project: named, from } = new;
        let wrong = named.is_some() && project.is_none_or(|project| project.lead_body != body);
        Refusal::unless_clean(wrong.then(|| Fault::new("/project", &NOT_KNOWN)).into_iter().collect())?;
        project.map_or(Ok(()), takes_more)?;
        let project = project.map(|project| project.id);
        Ok(Self { id, version: 1, service, body, project, from, until: None, counts: Vec::new(), recorded: stamp })
    }
    /// Records how many use it.
    pub fn counted(mut self, new: NewUserCount, stamp: Stamp) -> Result<Self, Refusal> {
        let NewUserCount { on, users, source } = new;
        let faults = [
            ahead(on, stamp.at.day(), "/on"),
            (on < self.from || self.until.is_some_and(|last| on > last)).then(|| Fault::new("/on", &OUT_OF_RANGE)),
            (!(0..=100_000_000).contains(&users)).then(|| Fault::new("/users", &OUT_OF_RANGE)),
            (self.counts.len() >= COUNTS).then(|| Fault::new("/users", &WRONG_LENGTH)),
        ];
        Refusal::unless_clean(faults.into_iter().flatten().collect())?;
        self.counts.push(UserCount { on, users, source, stamp });
        Ok(Self { version: self.version.saturating_add(1), ..self })
    }
    /// Ends it on a day that has come, once.
    pub fn ended(self, until: Day, today: Day) -> Result<Self, Refusal> {
        if self.until.is_some() {
            return Err(Refusal::new(&USE_OVER));
        }
        let faults = backwards(Some(self.from), Some(until), "/until").into_iter().chain(ahead(until, today, "/until"));
        Refusal::unless_clean(faults.collect())?;
        Ok(Self { version: self.version.saturating_add(1), until: Some(until), ..self })
    }
    /// The number of users on the latest day of which one is known; of two about one day the one recorded later.
    pub fn users(&self) -> Option<i64> {
        self.counts.iter().max_by_key(|count| count.on).map(|count| count.users)
    }
}
