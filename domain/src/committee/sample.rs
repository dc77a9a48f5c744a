//! Experts and a committee for tests.

use super::*;
use crate::{
    call::sample::{published, stamp},
    id::Id,
};
use serde_json::{Value, json};

pub(crate) fn expert(n: u128, sector: &str, ties: &Value) -> Expert {
    let account = Id::<crate::account::Account>::new(uuid::Uuid::from_u128(1000 + n));
    let details = json!({ "name": format!("위원 {n}"), "account": account, "sector": sector, "expertise": ["public"], "ties": ties });
    let id = Id::new(uuid::Uuid::from_u128(n));
    Expert::create(id, serde_json::from_value(details).unwrap(), stamp("2026-01-05T00:00:00Z")).unwrap()
}
pub(crate) fn pool() -> Vec<Expert> {
    (1..=12).map(|n| expert(n, if n % 3 == 0 { "public" } else { "private" }, &json!([]))).collect()
}
/// When a member does something itself.
pub(crate) fn by(member: MemberId, at: &str) -> Stamp {
    Stamp { by: Id::new(member.get()), ..stamp(at) }
}
/// A committee of these experts, pledged, the first of them in the chair.
pub(crate) fn committee(experts: &[Expert]) -> Committee {
    let at = "2026-02-14T00:00:00Z";
    let call = published();
    let rules = &call.rules.as_ref().unwrap().rules.committee;
    let mut made = Committee::of(&call, stamp(at));
    for (n, expert) in experts.iter().enumerate() {
        let role = if n == 0 { "chair" } else { "member" };
        let new = json!({ "expert": expert.id, "role": role, "reason": "위촉" });
        made = made.with_appointment(serde_json::from_value(new).unwrap(), expert, rules, stamp(at)).unwrap();
        made = made.pledged("비밀을 지킨다".parse().unwrap(), by(expert.details.account.unwrap(), at)).unwrap();
    }
    made
}
