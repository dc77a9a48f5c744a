//! Experts and committees (위원회) to try operations on: of a call that the stranger holds and the partner runs, with the
//! leading body's committee member on it.

use super::{Case, Cast, Place, application::open};
use crate::{
    application::kit::Open,
    committee::kit::{Judge, appoint, enter},
};
use domain::access::Role;
use serde_json::json;
use tests::{Answer, TestApp};

async fn expert(app: &TestApp, cast: &Cast) -> Answer {
    enter(app, cast.coordinator(), "김전문", "private", None, json!({})).await.expect(201)
}

/// The leading body's committee member as an expert; entered once, since an account belongs to one expert.
pub async fn judge(app: &TestApp, cast: &Cast) -> Judge {
    let persona = cast.who(Role::CommitteeMember, Place::Lead).clone();
    let known = app.get(&app.renew(cast.coordinator()), "/v1/experts?q=%EC%9D%B4%EC%8B%AC%EC%82%AC").await.expect(200);
    if let Some(id) = known.json["items"][0]["id"].as_str() {
        return Judge { expert: id.to_owned(), persona };
    }
    let made = enter(app, cast.coordinator(), "이심사", "private", Some(&persona), json!({})).await.expect(201);
    Judge { expert: made.id(), persona }
}

/// A call with the judge on its committee.
async fn composed(app: &TestApp, cast: &Cast) -> (Open, Judge, Answer) {
    let (call, judge) = (open(app).await, judge(app, cast).await);
    let view = appoint(app, &call.coordinator, &call.key, &judge, "member").await.expect(200);
    (call, judge, view)
}

pub async fn case(app: &TestApp, cast: &Cast, id: &str) -> Option<Case> {
    let below = async |below: &str| {
        let (call, judge, view) = composed(app, cast).await;
        let below = below.replace("{member}", &judge.id());
        (Case::at(format!("/v1/calls/{}/committee{below}", call.key)).tagged(view.tag()), judge)
    };
    let of =
        |expert: &Answer, below: &str| Case::at(format!("/v1/experts/{}{below}", expert.id())).tagged(expert.tag());
    Some(match id {
        "list_experts" => Case::at("/v1/experts?page_size=5"),
        "read_expert" | "change_expert" => of(&expert(app, cast).await, ""),
        "read_expert_history" => of(&expert(app, cast).await, "/history"),
        "retire_expert" => of(&expert(app, cast).await, "/retire"),
        "create_expert" => {
            Case::at("/v1/experts").with(json!({ "name": "박전문", "sector": "public", "expertise": ["safety"] }))
        }
        "read_committee" => below("").await.0,
        "read_committee_history" => below("/history").await.0,
        "give_committee_pledge" => below("/pledge").await.0,
        "leave_committee" => below("/members/{member}/leave").await.0.with(json!({ "reason": "사임" })),
        "name_committee_chair" => {
            let (case, judge) = below("/chair").await;
            case.with(json!({ "member": judge.id() }))
        }
        "appoint_committee_member" => {
            let (case, _) = below("/members").await;
            let other = Judge::of(app, &app.renew(cast.coordinator()), "최위촉", "public", json!({})).await;
            case.with(json!({ "expert": other.expert, "role": "member", "reason": "위촉" }))
        }
        "draw_committee" => {
            let (case, _) = below("/draws").await;
            let other = Judge::of(app, &app.renew(cast.coordinator()), "정추첨", "public", json!({})).await;
            case.with(json!({ "seats": { "public": 1, "private": 0 }, "among": [other.expert] }))
        }
        _ => return None,
    })
}
