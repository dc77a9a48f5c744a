//! Gates and conditions as they are read back (저장된 상태 읽기): member by member. An enum that one of its members names is first
//! read into a tree of what might be meant; read like that, gates took a third of the time that a project takes to be read.

use super::{ActorId, Condition, ConditionState, GateState, Stamp, Waiver};
use crate::{day::Day, text::Prose};
use serde::Deserialize;

/// Members that do not go with the kind that is named.
const MIXED: &str = "members of another state";

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum GateWord {
    Pending,
    Passed,
    Returned,
    Withdrawn,
}

/// The members of every [`GateState`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FlatGate {
    state: GateWord,
    decided: Option<Stamp>,
    withdrawn: Option<Stamp>,
    note: Option<Prose<2000>>,
    reason: Option<Prose<2000>>,
    waivers: Option<Vec<Waiver>>,
    conditions: Option<Vec<Condition>>,
}

impl TryFrom<FlatGate> for GateState {
    type Error = &'static str;
    fn try_from(flat: FlatGate) -> Result<Self, Self::Error> {
        let FlatGate { state, decided, withdrawn, note, reason, waivers, conditions } = flat;
        match (state, decided, withdrawn, note, reason, waivers, conditions) {
            (GateWord::Pending, None, None, None, None, None, None) => Ok(Self::Pending),
            (GateWord::Passed, Some(decided), None, note, None, Some(waivers), Some(conditions)) => {
                Ok(Self::Passed { decided, note, waivers, conditions })
            }
            (GateWord::Returned, Some(decided), None, None, Some(reason), None, Some(conditions)) => {
                Ok(Self::Returned { decided, reason, conditions })
            }
            (GateWord::Withdrawn, None, Some(withdrawn), None, reason, None, None) => {
                Ok(Self::Withdrawn { withdrawn, reason })
            }
            _ => Err(MIXED),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ConditionWord {
    Met,
    NotMet,
    Waived,
}

/// The members of every [`ConditionState`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FlatCondition {
    is: ConditionWord,
    by: Option<ActorId>,
    reason: Option<Prose<2000>>,
    until: Option<Day>,
}

impl TryFrom<FlatCondition> for ConditionState {
    type Error = &'static str;
    fn try_from(flat: FlatCondition) -> Result<Self, Self::Error> {
        let FlatCondition { is, by, reason, until } = flat;
        match (is, by, reason, until) {
            (ConditionWord::Met, None, None, None) => Ok(Self::Met),
            (ConditionWord::NotMet, None, None, None) => Ok(Self::NotMet),
            (ConditionWord::Waived, Some(by), Some(reason), Some(until)) => Ok(Self::Waived { by, reason, until }),
            _ => Err(MIXED),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_state_is_read_as_it_was_written() {
        let stamp = json!({"at": "2026-11-22T00:00:00.000000Z", "by": "00000000-0000-0000-0000-000000000001"});
        let condition = |state| {
            json!({"code": "plan", "phase": "planning", "words": {"ko": "계획", "en": "A plan"},
            "contributor": "project", "pointer": "/plan", "state": state})
        };
        let let_pass = json!({"is": "waived", "by": stamp["by"], "reason": "곧 됩니다", "until": "2026-12-31"});
        let conditions = [json!({"is": "met"}), json!({"is": "not_met"}), let_pass].map(condition);
        let waiver = json!({"code": "plan", "reason": "곧 됩니다", "until": "2026-12-31"});
        for written in [
            json!({"state": "pending"}),
            json!({"state": "passed", "decided": stamp, "note": null, "waivers": [waiver], "conditions": conditions}),
            json!({"state": "returned", "decided": stamp, "reason": "다시", "conditions": []}),
            json!({"state": "withdrawn", "withdrawn": stamp, "reason": null}),
            json!({"state": "withdrawn", "withdrawn": stamp, "reason": "다시"}),
        ] {
            let read: GateState = serde_json::from_value(written.clone()).unwrap();
            assert_eq!(serde_json::to_value(&read).unwrap(), written);
        }
        for mixed in [
            json!({"state": "pending", "decided": stamp}),
            json!({"state": "passed", "decided": stamp, "note": null, "conditions": []}),
            json!({"state": "passed", "decided": stamp, "waivers": [], "conditions": [], "reason": "다시"}),
            json!({"state": "returned", "decided": stamp, "conditions": []}),
            json!({"state": "withdrawn", "reason": "다시"}),
            json!({"state": "pending", "more": 1}),
            json!({"state": "lost"}),
        ] {
            assert!(serde_json::from_value::<GateState>(mixed.clone()).is_err(), "{mixed}");
        }
        for mixed in [json!({"is": "met", "reason": "다시"}), json!({"is": "waived", "until": "2026-12-31"}), json!({})]
        {
            assert!(serde_json::from_value::<ConditionState>(mixed.clone()).is_err(), "{mixed}");
        }
    }
}
