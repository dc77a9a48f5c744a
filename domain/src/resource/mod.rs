//! What projects are given and use beside GPUs (자원 지원): models, people, platform and data on request, foundation models,
//! the government-wide AI common base, and public datasets with what their licences allow.

mod access;
mod base;
mod built_in;
mod dataset;
mod fulfilment;
mod model;
mod request;
#[cfg(test)]
mod tests;

pub use access::{Hanging, Of};
pub use base::{
    CommonService, CommonServiceKey, NewCommonService, NewServiceUse, NewUserCount, ServiceKind, ServiceUse,
    ServiceUseId, UserCount,
};
pub use built_in::{common_services, foundation_models};
pub use dataset::{DataRights, DatasetDetails, DatasetLicence, DatasetUse, DatasetUseId, KoglType};
pub use fulfilment::{Counted, Fulfilment, fulfilment, percent};
pub use model::{
    FoundationModel, FoundationModelKey, ModelAdoption, ModelAdoptionId, ModelDetails, ModelHow, ModelStage, ModelStep,
    NewFoundationModel, NewModelAdoption, OnRegister,
};
pub use request::{
    NewResourceDecision, NewResourceRequest, NewSupply, ResourceKind, ResourceOutcome, ResourceRequest,
    ResourceRequestId, ResourceState, ResourceStep, ResourceUnit, Supply,
};

use crate::{
    codes,
    day::Day,
    problem::{Fault, OUT_OF_RANGE, Refusal, WRONG_ORDER},
    project::{Project, Status},
};

/// Refuses for a project that is no longer there to be given anything: a removed draft, one cancelled or completed.
fn takes_more(project: &Project) -> Result<(), Refusal> {
    let over = matches!(project.status(), Status::Cancelled | Status::Completed);
    if over || project.removed.is_some() { Err(Refusal::new(&PROJECT_OVER)) } else { Ok(()) }
}

/// What is wrong with a period of days whose last is included; an open end is right.
fn backwards(from: Option<Day>, until: Option<Day>, pointer: &str) -> Option<Fault> {
    from.zip(until).is_some_and(|(from, until)| until < from).then(|| Fault::new(pointer, &WRONG_ORDER))
}

/// What is wrong with a day of something that has happened: it lies ahead.
fn ahead(day: Day, today: Day, pointer: &str) -> Option<Fault> {
    (day > today).then(|| Fault::new(pointer, &OUT_OF_RANGE))
}

codes! {
    PROJECT_OVER = "resource_project_over", 409, ["끝났거나 없어진 과제입니다", "The project is over or was taken away"],
        ["추진하는 과제에만 자원을 신청하고 기록합니다.", "Resources are asked for and recorded for projects that go on."];
    RESOURCE_NOT_NOW = "resource_not_now", 409, ["지금 상태에서는 할 수 없습니다", "Not as the request stands"],
        ["신청은 신청, 승인, 공급, 종료의 순서로 나아갑니다.", "A request is asked, approved, supplied and ended, in this order."];
    BEYOND_APPROVED = "resource_beyond_approved", 409, ["승인된 양을 넘습니다", "More than was approved"],
        ["승인된 양까지만 공급하고 신청한 양까지만 승인합니다.", "Supply no more than was approved, approve no more than was asked for."];
    USE_OVER = "resource_use_over", 409, ["이미 끝난 사용입니다", "The use has ended already"],
        ["끝난 사용은 고치지 않습니다. 다시 쓰면 새로 기록하십시오.", "What has ended is not changed. Record a new use instead."];
    AI_MARK_WITH_TYPE_0 = "kogl_ai_mark_with_type_0", 422,
        ["제0유형에는 AI유형을 함께 표시하지 않습니다", "The AI mark is not shown with type 0"],
        ["AI유형은 제1유형에서 제4유형까지와 함께 표시합니다.", "The AI mark goes with types 1 to 4."];
}
