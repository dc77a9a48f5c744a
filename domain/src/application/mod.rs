//! Applications to support calls (신청): drafts, numbered submissions, withdrawal, eligibility screening.
//!
//! What was submitted is frozen as a numbered version; a change until the deadline makes a new one and keeps the old.

mod access;
mod content;
mod listed;
#[cfg(test)]
pub(crate) mod sample;
mod screening;
mod submission;
#[cfg(test)]
mod tests;

pub use access::{OnApplication, Sight};
pub use content::{CommonBase, Content, Milestone, Paper, PaperKind, Partner};
pub use listed::ApplicationItem;
pub use screening::{
    Eligibility, GivenPoints, InformationAsked, NewScreening, PointCode, Screening, ScreeningOutcome, Supplement,
    Verdict,
};
pub use submission::{NewApplication, Submission, Withdrawal};

use crate::{
    access::BodyKey,
    body::{Body, BodyKind},
    call::CallKey,
    code_list, codes,
    cost_share::Level,
    id::Id,
    project::Stamp,
    region::{RegionCode, Tier},
};
use serde::{Deserialize, Serialize};

/// An application's id.
pub type ApplicationId = Id<Application>;

/// An application, whole. It changes only through the functions of this module, each of which checks every rule, raises the
/// version by one and leaves the old record untouched when it refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// Its id.
    pub id: ApplicationId,
    /// Counts its changes, from 1.
    #[schema(minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: i64,
    /// The call it answers.
    pub call: CallKey,
    /// The bodies that hold and run the call.
    #[schema(min_items = 1, max_items = 2)]
    pub run_by: Vec<BodyKey>,
    /// Who applies.
    pub applicant: ApplicantBody,
    /// What is being written: the same as the last submission, or ahead of it.
    pub content: Content,
    /// What was submitted, oldest first. The last one counts.
    #[schema(max_items = 200)]
    pub submissions: Vec<Submission>,
    /// Taken back.
    pub withdrawal: Option<Withdrawal>,
    /// What was found about its eligibility, oldest first. The last one counts.
    #[schema(max_items = 100)]
    pub screenings: Vec<Screening>,
    /// Entered.
    pub created: Stamp,
    /// Last changed.
    pub updated: Stamp,
}

/// Who applies: a body, as what kind of applicant, under which code its fiscal indicators are found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplicantBody {
    /// The body.
    pub body: BodyKey,
    /// As what it applies.
    pub level: Level,
    /// Its region; none for a central body.
    pub region: Option<RegionCode>,
}

impl ApplicantBody {
    /// What a body applies as. `None` for bodies that cannot lead an application: agencies of other kinds, and special local
    /// bodies, which can take part in a consortium.
    pub fn of(body: &Body) -> Option<Self> {
        let level = match (&body.region, body.kind) {
            (_, kind) if kind.is_central() => Level::Central,
            (Some(region), BodyKind::LocalGovernment) => match region.tier() {
                Tier::Sido => Level::Sido,
                Tier::Municipality => Level::Municipality,
                Tier::Nation => return None,
            },
            _ => return None,
        };
        let region = body.region.clone().filter(|_| level != Level::Central);
        Some(Self { body: body.key.clone(), level, region })
    }
    /// Its code in the evaluation dossier: the region's digits, or the key of a central body.
    pub fn code(&self) -> &str {
        self.region.as_ref().map_or(self.body.as_str(), RegionCode::as_str)
    }
}

code_list! {
    /// How an application stands.
    pub enum ApplicationStanding {
        /// Being written; nobody but the applicant knows of it.
        Draft = "draft" / "작성 중",
        /// Submitted.
        Submitted = "submitted" / "제출",
        /// The screeners have asked for more.
        InformationAsked = "information_asked" / "보완 요청",
        /// Found eligible.
        Eligible = "eligible" / "적격",
        /// Found not to be eligible.
        Ineligible = "ineligible" / "부적격",
        /// Taken back.
        Withdrawn = "withdrawn" / "철회",
    }
}

impl ApplicationStanding {
    /// True when it was submitted, stands, and nobody has said whether it is eligible.
    pub const fn awaits_screening(self) -> bool {
        matches!(self, Self::Submitted | Self::InformationAsked)
    }
}

impl Application {
    /// How it stands.
    pub fn standing(&self) -> ApplicationStanding {
        if self.withdrawal.is_some() {
            return ApplicationStanding::Withdrawn;
        }
        if self.submissions.is_empty() {
            return ApplicationStanding::Draft;
        }
        match self.screenings.last().map(|screening| &screening.outcome) {
            Some(ScreeningOutcome::Eligible(_)) => ApplicationStanding::Eligible,
            Some(ScreeningOutcome::Ineligible { .. }) => ApplicationStanding::Ineligible,
            Some(ScreeningOutcome::InformationAsked(asked)) if asked.supplement.is_none() => {
                ApplicationStanding::InformationAsked
            }
            // Nobody has looked yet, or what was asked is answered and to be looked at again.
            Some(ScreeningOutcome::InformationAsked(_)) | None => ApplicationStanding::Submitted,
        }
    }
    /// Everybody who applies: the applicant and then those who take part.
    pub fn applicant_bodies(&self) -> Vec<BodyKey> {
        std::iter::once(&self.applicant.body).chain(self.partner_bodies()).cloned().collect()
    }
    /// True once it was submitted, also when it was withdrawn afterwards.
    pub const fn is_submitted(&self) -> bool {
        !self.submissions.is_empty()
    }
    /// What counts: the last submission.
    pub fn submitted(&self) -> Option<&Submission> {
        self.submissions.last()
    }
    /// True while it was submitted, stands, and nobody has said whether it is eligible.
    pub fn awaits_screening(&self) -> bool {
        self.standing().awaits_screening()
    }
    /// What screening found last in its favour, whatever was found since; nothing before.
    pub fn found_in_favour(&self) -> Option<&Eligibility> {
        self.screenings.iter().rev().find_map(|screening| match &screening.outcome {
            ScreeningOutcome::Eligible(found) => Some(found),
            _ => None,
        })
    }
    /// The same after a change, one version on.
    fn touched(self, stamp: Stamp) -> Self {
        Self { version: self.version.saturating_add(1), updated: stamp, ..self }
    }
}

codes! {
    CALL_NOT_OPEN = "call_not_open", 409, ["지금은 신청을 받지 않는 공모입니다", "The call takes no applications now"],
        ["공모의 접수 기간을 확인하십시오. 접수 시작 전에는 작성만 할 수 있습니다.",
         "See when the call is open. Before that a draft can be written, not submitted."];
    SUBMISSION_LATE = "submission_late", 409, ["접수 마감이 지났습니다", "The deadline has passed"],
        ["마감 시각(한국 시간)까지 제출된 신청만 받습니다. 그때까지 제출된 판은 그대로 유효합니다.",
         "Only what is submitted by the deadline (KST) is taken. What was submitted by then stands."];
    APPLICANT_NOT_ELIGIBLE = "applicant_not_eligible", 422, ["신청을 주관할 수 없는 기관입니다", "The body cannot lead an application"],
        ["중앙행정기관이나 지방정부가 신청을 주관합니다. 그 밖의 기관은 참여기관으로 적으십시오.",
         "Central bodies and local governments lead applications. Name other bodies as partners."];
    NO_TRACK = "no_track", 409, ["신청할 수 있는 트랙이 없습니다", "The call has no track for this applicant"],
        ["공모의 트랙이 받는 신청 주체를 확인하십시오.", "See which applicants the call's tracks are for."];
    PAPER_WANTING = "paper_wanting", 422, ["제출에 필요한 내용이 없습니다", "Something needed for submission is missing"],
        ["요약, 계획, 기대 효과, 추진 일정, 사업계획서를 모두 갖추십시오.",
         "Give summary, plan, expected effects, milestones and the plan's file."];
    COST_PARTS_TOO_MUCH = "cost_parts_too_much", 422, ["부담액의 합이 총사업비를 넘습니다", "The parts exceed the total cost"],
        ["국비 신청액과 자체 부담(현금·현물)의 합을 총사업비 이내로 맞추십시오.",
         "Let what is asked of the nation and the own parts add up to at most the total cost."];
    NOTHING_NEW = "nothing_new", 409, ["마지막 제출 뒤로 바뀐 내용이 없습니다", "Nothing has changed since the last submission"],
        ["내용을 고친 뒤 다시 제출하십시오.", "Change something before submitting again."];
    APPLICATION_FIXED = "application_fixed", 409, ["더 이상 고칠 수 없는 신청입니다", "The application no longer changes"],
        ["접수 마감 뒤에는 보완 요청에 대한 답만 낼 수 있습니다.", "After the deadline only an answer to a request for more can be given."];
    APPLICATION_WITHDRAWN = "application_withdrawn", 409, ["철회된 신청입니다", "The application was withdrawn"],
        ["필요하면 접수 기간 안에 새로 신청하십시오.", "Apply anew while the call is open, if need be."];
    NOT_SUBMITTED = "not_submitted", 409, ["제출되지 않은 신청입니다", "The application was not submitted"],
        ["제출된 신청에만 할 수 있습니다.", "This can only be done to what was submitted."];
    CALL_OVER = "call_over", 409, ["끝난 공모입니다", "The call is over"],
        ["종료된 공모의 신청은 더 이상 바뀌지 않습니다.", "Applications of a call that has ended no longer change."];
    NOT_SCREENING = "not_screening", 409, ["적격 심사 중인 공모가 아닙니다", "The call is not being screened"],
        ["접수 마감 뒤 적격 심사를 시작한 다음에 하십시오.", "Begin screening after the deadline first."];
    NOTHING_ASKED = "nothing_asked", 409, ["보완 요청이 없습니다", "Nothing was asked"],
        ["보완 요청이 있을 때 기한 안에 답하십시오.", "Answer while a request is open, within its time."];
    RULE_NAMED_WRONGLY = "rule_named_wrongly", 422, ["공모의 자격 요건이 아닙니다", "The call has no such rule of eligibility"],
        ["공모에 적힌 자격 요건의 코드를 쓰십시오.", "Use the code of a rule that the call lists."];
}
