//! The advisory group (자문) to try operations on: the leading body asks, and its adviser is the one who was chosen.

use super::{Case, Cast, Place, project};
use crate::consultation::kit::{self, Counsellor, act, answer, ask};
use domain::access::Role;
use serde_json::{Value, json};
use tests::TestApp;

/// The adviser of the leading body, made one once.
async fn adviser(app: &TestApp, cast: &Cast) -> Counsellor {
    let (coordinator, persona) = (app.renew(cast.coordinator()), cast.who(Role::Adviser, Place::Lead).clone());
    let known = app.get(&coordinator, "/v1/advisers?page_size=200").await.expect(200);
    let own = known.json["items"].as_array().unwrap().iter().find(|a| a["adviser"]["account"] == json!(persona.id));
    if let Some(own) = own {
        return Counsellor { expert: own["adviser"]["id"].as_str().unwrap().to_owned(), persona };
    }
    Counsellor::known_as(app, &coordinator, persona, "김자문", (&["data"], 100), json!({})).await
}

/// How far a consultation has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Far {
    Matched,
    Accepted,
    Held,
    Reported,
    Answered,
}

async fn brought(app: &TestApp, cast: &Cast, far: Far, below: &str) -> Case {
    let (planner, coordinator) = (app.renew(cast.planner()), app.renew(cast.coordinator()));
    let project = project::filed(app, cast).await;
    let at = ask(app, &planner, &project.id(), &["data"]).await;
    let adviser = adviser(app, cast).await;
    act(app, &coordinator, &at, "match", json!({ "adviser": adviser.expert })).await.expect(200);
    if far >= Far::Accepted {
        act(app, &adviser.persona, &at, "accept", json!({})).await.expect(200);
    }
    if far >= Far::Held {
        act(app, &adviser.persona, &at, "sessions", kit::session(app)).await.expect(200);
    }
    if far >= Far::Reported {
        act(app, &adviser.persona, &at, "report", json!({ "summary": "됨" })).await.expect(200);
    }
    if far >= Far::Answered {
        for no in [1, 2] {
            answer(app, &planner, &at, no, "accepted", Some("2027-12-31")).await.expect(200);
        }
    }
    let tag = app.get(&coordinator, &at).await.expect(200).tag();
    Case::at(format!("{at}{below}")).tagged(tag)
}

async fn other(app: &TestApp, cast: &Cast, below: &str) -> Case {
    let coordinator = app.renew(cast.coordinator());
    let one = Counsellor::of(app, &coordinator, "박자문", &["data"], json!({})).await;
    let at = format!("/v1/advisers/{}", one.expert);
    let tag = app.get(&coordinator, &at).await.expect(200).tag();
    Case::at(format!("{at}{below}")).tagged(tag)
}

pub async fn case(app: &TestApp, cast: &Cast, id: &str) -> Option<Case> {
    let why = || -> Value { json!({ "reason": "사정" }) };
    Some(match id {
        "list_consultations" => Case::at("/v1/consultations?page_size=5"),
        "export_consultations" => Case::at("/v1/consultations/export?format=csv&purpose=%EC%8B%9C%ED%97%98"),
        "request_consultation" => {
            Case::at(format!("/v1/projects/{}/consultations", project::filed(app, cast).await.id()))
        }
        "read_consultation" => brought(app, cast, Far::Held, "").await,
        "read_consultation_history" => brought(app, cast, Far::Matched, "/history").await,
        "read_consultation_papers" => brought(app, cast, Far::Matched, "/papers").await,
        "propose_advisers" => brought(app, cast, Far::Matched, "/proposal").await,
        "match_consultation" => {
            // Known to the one who was chosen before, so that the others are told apart.
            let case = brought(app, cast, Far::Matched, "/match").await;
            case.with(json!({ "adviser": adviser(app, cast).await.expert }))
        }
        "accept_consultation" => brought(app, cast, Far::Matched, "/accept").await,
        "decline_consultation" => brought(app, cast, Far::Matched, "/decline").await.with(why()),
        "record_consultation_session" => brought(app, cast, Far::Accepted, "/sessions").await.with(kit::session(app)),
        "report_consultation" => brought(app, cast, Far::Held, "/report").await,
        "close_consultation" => brought(app, cast, Far::Answered, "/close").await,
        "cancel_consultation" => brought(app, cast, Far::Accepted, "/cancel").await.with(why()),
        "answer_advice" => brought(app, cast, Far::Reported, "/advice/1/answer").await,
        "follow_up_advice" => {
            let done = json!({ "done_on": app.app.clock.now().day(), "what": "계획에 반영" });
            brought(app, cast, Far::Answered, "/advice/1/follow-up").await.with(done)
        }
        "list_advisers" => Case::at("/v1/advisers?page_size=5"),
        "appoint_adviser" => {
            let persona = app.persona(Role::Adviser, "nia").await;
            let coordinator = app.renew(cast.coordinator());
            let made =
                crate::committee::kit::enter(app, &coordinator, "정자문", "private", Some(&persona), json!({})).await;
            Case::at("/v1/advisers").with(json!({ "expert": made.expect(201).id(), "terms": kit::terms(&["data"], 3) }))
        }
        "read_adviser" => other(app, cast, "").await,
        "read_adviser_history" => other(app, cast, "/history").await,
        "change_adviser_terms" => other(app, cast, "/terms").await.with(kit::terms(&["planning"], 5)),
        "release_adviser" => other(app, cast, "/release").await.with(why()),
        _ => return None,
    })
}
