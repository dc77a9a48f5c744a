//! Gates (단계 통과 심사): a planner asks, a coordinator of another body decides, the record says what is missing.

use super::{
    Check, Condition, ConditionCode, ConditionState, Facts, GateAsk, GateDecision, GateRequest, GateRequestId,
    GateState, Move, MoveKind, Phase, Project, Stamp, Standing, Voided, Waivable, Waiver, condition, deeds::at_work,
    problems,
};
use crate::{
    problem::{DUPLICATE, Fault, NOT_IN_LIST, Refusal},
    text::Prose,
};

impl Project {
    /// The request that waits for a decision.
    pub fn pending_gate(&self) -> Option<&GateRequest> {
        self.gates.iter().find(|g| g.is_pending())
    }
    /// Every reason why the gate cannot be asked for like this; none means that it can.
    pub fn gate_preflight(&self, ask: &GateAsk, facts: &Facts) -> Vec<Fault> {
        let Standing::Active { phase, .. } = self.standing else {
            return vec![Fault::new("", &problems::MOVE_NOT_ALLOWED)];
        };
        let mut faults = Vec::new();
        if self.pending_gate().is_some() {
            faults.push(Fault::new("", &problems::GATE_PENDING));
        }
        let codes: Vec<_> = ask.ask_waivers.iter().map(|w| &w.code).collect();
        faults.extend(waiving(self, phase, facts, &codes, "/ask_waivers"));
        faults
    }
    /// Asks for the gate of the present phase: every condition is met or its waiver asked for, and no request waits.
    pub fn gate_requested(
        mut self,
        id: GateRequestId,
        ask: GateAsk,
        facts: &Facts,
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        at_work(&self)?;
        let Standing::Active { phase, .. } = self.standing else {
            return Err(Refusal::new(&problems::MOVE_NOT_ALLOWED));
        };
        let faults = self.gate_preflight(&ask, facts);
        if self.pending_gate().is_some() {
            return Err(Refusal::new(&problems::GATE_PENDING).with(faults));
        }
        refused_by(faults)?;
        let (note, asked) = (ask.note, ask.ask_waivers);
        self.gates.push(GateRequest {
            id,
            phase,
            requested: stamp,
            note,
            asked,
            state: GateState::Pending,
            voided: None,
        });
        Ok(self.touched(stamp))
    }
    /// Takes a pending request back.
    pub fn gate_withdrawn(mut self, id: GateRequestId, reason: Prose<2000>, stamp: Stamp) -> Result<Self, Refusal> {
        let request = pending(&mut self, id)?;
        request.state = GateState::Withdrawn { withdrawn: stamp, reason: Some(reason) };
        Ok(self.touched(stamp))
    }
    /// Every reason why a pending request cannot be decided like this. Returning it is always possible.
    pub fn decision_preflight(&self, decision: &GateDecision, facts: &Facts) -> Vec<Fault> {
        let Standing::Active { phase, .. } = self.standing else {
            return vec![Fault::new("", &problems::MOVE_NOT_ALLOWED)];
        };
        match decision {
            GateDecision::Return { .. } => Vec::new(),
            GateDecision::Pass { .. } => waiving(self, phase, facts, &[], "/waivers"),
            GateDecision::PassWithWaivers { waivers, .. } => {
                let codes: Vec<_> = waivers.iter().map(|w| &w.code).collect();
                let mut faults = waiving(self, phase, facts, &codes, "/waivers");
                let over = waivers.iter().enumerate().filter(|(_, w)| w.until < facts.today);
                faults.extend(over.map(|(i, _)| Fault::new(format!("/waivers/{i}/until"), &problems::WAIVER_OVER)));
                faults
            }
        }
    }
    /// Decides a pending request on the record as it stands now. Passing moves the project on in the same act;
    /// returning voids earlier approvals of this and later phases. Nobody decides their own request.
    pub fn gate_decided(
        mut self,
        id: GateRequestId,
        decision: GateDecision,
        facts: &Facts,
        stamp: Stamp,
    ) -> Result<Self, Refusal> {
        at_work(&self)?;
        let request = pending(&mut self, id)?;
        let phase = request.phase;
        if request.requested.by == stamp.by {
            return Err(Refusal::new(&problems::OWN_REQUEST));
        }
        refused_by(self.decision_preflight(&decision, facts))?;
        let stood = condition::conditions(&self, phase, facts);
        let (note, waivers) = match decision {
            GateDecision::Pass { note } => (note, Vec::new()),
            GateDecision::PassWithWaivers { waivers, note } => (note, waivers),
            GateDecision::Return { reason } => {
                self.void_approvals(phase, &reason, stamp);
                pending(&mut self, id)?.state = GateState::Returned { decided: stamp, reason, conditions: stood };
                return Ok(self.touched(stamp));
            }
        };
        let conditions = stood.into_iter().map(|condition| waived(condition, &waivers, stamp)).collect();
        pending(&mut self, id)?.state = GateState::Passed { decided: stamp, note, waivers, conditions };
        self.moved(&Move { kind: MoveKind::PassGate, to: None, reason: None }, facts, stamp)
    }
    /// Lets approvals of this and later phases no longer count.
    pub(super) fn void_approvals(&mut self, from: Phase, reason: &Prose<2000>, stamp: Stamp) {
        for gate in self.gates.iter_mut().filter(|g| g.phase >= from && g.approves()) {
            gate.voided = Some(Voided { at: stamp.at, by: stamp.by, reason: reason.clone() });
        }
    }
    /// Takes a pending request back because the project leaves the phase.
    pub(super) fn withdraw_pending(&mut self, reason: Option<&Prose<2000>>, stamp: Stamp) {
        for gate in self.gates.iter_mut().filter(|g| g.is_pending()) {
            gate.state = GateState::Withdrawn { withdrawn: stamp, reason: reason.cloned() };
        }
    }
}

/// The condition as the decision leaves it.
fn waived(mut condition: Condition, waivers: &[Waiver], stamp: Stamp) -> Condition {
    if let Some(Waiver { reason, until, .. }) = waivers.iter().find(|w| w.code == condition.code) {
        condition.state = ConditionState::Waived { by: stamp.by, reason: reason.clone(), until: *until };
    }
    condition
}

fn pending(project: &mut Project, id: GateRequestId) -> Result<&mut GateRequest, Refusal> {
    let request = project.gates.iter_mut().find(|g| g.id == id && g.is_pending());
    request.ok_or_else(|| Refusal::new(&problems::GATE_NOT_PENDING))
}

fn refused_by(faults: Vec<Fault>) -> Result<(), Refusal> {
    if faults.is_empty() { Ok(()) } else { Err(Refusal::new(&problems::GATE_NOT_READY).with(faults)) }
}

/// What stands against leaving the phase when these conditions are waived: unmet conditions that are not among them,
/// and waivers that are unknown, given twice, needless or not possible.
fn waiving(project: &Project, phase: Phase, facts: &Facts, codes: &[&ConditionCode], at: &str) -> Vec<Fault> {
    let checks = condition::standing(project, phase, facts);
    let named = |check: &Check| codes.iter().any(|code| code.as_str() == check.code.name);
    let unmet = checks.iter().filter(|(check, state)| *state == ConditionState::NotMet && !named(check));
    let mut faults: Vec<Fault> = unmet.map(|(check, _)| check.fault()).collect();
    for (i, code) in codes.iter().enumerate() {
        let found = checks.iter().find(|(check, _)| check.code.name == code.as_str());
        let wrong = match found {
            None => &NOT_IN_LIST,
            Some(_) if codes.iter().take(i).any(|earlier| earlier == code) => &DUPLICATE,
            Some((_, state)) if *state != ConditionState::NotMet => &problems::WAIVER_NEEDLESS,
            Some((check, _)) if check.waivable == Waivable::No => &problems::NOT_WAIVABLE,
            Some(_) => continue,
        };
        faults.push(Fault::new(format!("{at}/{i}/code"), wrong));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::super::{
        AskedWaiver, Reached, conditions,
        sample::{self, actor, codes, day, stamp},
    };
    use super::*;
    use crate::id::Id;
    use uuid::Uuid;

    fn id(n: u128) -> GateRequestId {
        Id::new(Uuid::from_u128(n))
    }
    fn coordinator(on: &str) -> Stamp {
        Stamp { by: actor(2), ..stamp(on) }
    }
    fn waiver(code: &str, until: &str) -> Waiver {
        Waiver { code: code.parse().unwrap(), reason: "장비 도입 지연".parse().unwrap(), until: day(until) }
    }
    fn asked(code: &str) -> AskedWaiver {
        AskedWaiver { code: code.parse().unwrap(), reason: "면제 심의 중".parse().unwrap() }
    }

    /// A filed project that lacks its ISP and its use case.
    fn lacking() -> Project {
        let mut project = sample::ripe();
        (project.strategy, project.network) = (None, None);
        project
    }

    #[test]
    fn a_request_is_refused_with_every_unmet_condition() {
        let (facts, at) = (sample::facts("2026-06-01"), stamp("2026-06-01"));
        let refused = lacking().gate_requested(id(1), GateAsk::default(), &facts, at).unwrap_err();
        assert_eq!(refused.code.name, "gate_not_ready");
        assert_eq!(codes(&refused), ["/network gate_network", "/strategy gate_isp"]);
        let ask_waivers = ["gate_isp", "gate_network", "gate_isp", "gate_budget", "gate_x"].map(asked).to_vec();
        let refused = lacking().gate_requested(id(1), GateAsk { note: None, ask_waivers }, &facts, at).unwrap_err();
        assert_eq!(
            codes(&refused),
            [
                "/ask_waivers/1/code not_waivable",
                "/ask_waivers/2/code duplicate",
                "/ask_waivers/3/code waiver_needless",
                "/ask_waivers/4/code not_in_list",
            ]
        );
        let draft = sample::draft().gate_requested(id(1), GateAsk::default(), &facts, at).unwrap_err();
        assert_eq!(draft.code.name, "not_filed");
    }

    #[test]
    fn one_request_waits_and_another_person_decides_it() {
        let (facts, at) = (sample::facts("2026-06-01"), stamp("2026-06-01"));
        let project = sample::ripe().gate_requested(id(1), GateAsk::default(), &facts, at).unwrap();
        let again = project.clone().gate_requested(id(2), GateAsk::default(), &facts, at).unwrap_err();
        assert_eq!(again.code.name, "gate_pending");
        let pass = GateDecision::Pass { note: None };
        let own = project.clone().gate_decided(id(1), pass.clone(), &facts, at).unwrap_err();
        assert_eq!(own.code.name, "own_request");
        let passed = project.clone().gate_decided(id(1), pass.clone(), &facts, coordinator("2026-06-01")).unwrap();
        assert_eq!(passed.phase(), Reached::Execution);
        let twice = passed.gate_decided(id(1), pass, &facts, coordinator("2026-06-01")).unwrap_err();
        assert_eq!(twice.code.name, "gate_not_pending");
        let withdrawn = project.gate_withdrawn(id(1), "보완".parse().unwrap(), at).unwrap();
        assert!(withdrawn.pending_gate().is_none());
    }

    #[test]
    fn a_waiver_that_has_run_out_is_not_met_again() {
        let (facts, at) = (sample::facts("2026-06-01"), stamp("2026-06-01"));
        let mut project = sample::ripe();
        project.strategy = None;
        let ask = GateAsk { note: None, ask_waivers: vec![asked("gate_isp")] };
        let project = project.gate_requested(id(1), ask, &facts, at).unwrap();
        let decide = |decision| project.clone().gate_decided(id(1), decision, &facts, coordinator("2026-06-01"));
        let plain = decide(GateDecision::Pass { note: None }).unwrap_err();
        assert_eq!(codes(&plain), ["/strategy gate_isp"]);
        let with = |waivers| GateDecision::PassWithWaivers { waivers, note: None };
        let over = decide(with(vec![waiver("gate_isp", "2026-05-31")])).unwrap_err();
        assert_eq!(codes(&over), ["/waivers/0/until waiver_over"]);
        let passed = decide(with(vec![waiver("gate_isp", "2026-07-31")])).unwrap();
        let GateState::Passed { conditions: kept, .. } = &passed.gates[0].state else { panic!("passed") };
        assert!(kept.iter().any(|c| matches!(c.state, ConditionState::Waived { .. })));
        let state = |on: &str| {
            let found = conditions(&passed, Phase::Execution, &sample::facts(on));
            found.into_iter().find(|c| c.code.as_str() == "gate_isp").unwrap().state
        };
        assert!(matches!(state("2026-07-31"), ConditionState::Waived { .. }));
        assert_eq!(state("2026-08-01"), ConditionState::NotMet);
        let late = passed.gate_preflight(&GateAsk::default(), &sample::facts("2026-08-01"));
        assert!(late.iter().any(|f| f.code.name == "gate_isp"), "carried over to the next gate");
    }

    #[test]
    fn a_return_voids_earlier_approvals_of_this_and_later_phases() {
        let facts = sample::facts("2026-06-01");
        let spreading = sample::passed(sample::passed(sample::ripe()));
        let back =
            Move { kind: MoveKind::GoBack, to: Some(Reached::Execution), reason: Some("재수행".parse().unwrap()) };
        let mut project = spreading.moved(&back, &facts, stamp("2026-06-01")).unwrap();
        assert_eq!(project.gates.iter().map(GateRequest::approves).collect::<Vec<_>>(), [true, false]);
        project.gates[1].voided = None;
        project.checks[0].checked_on = day("2026-06-01");
        let project = project.gate_requested(id(9), GateAsk::default(), &facts, stamp("2026-06-01")).unwrap();
        let reason: Prose<2000> = "점검 미흡".parse().unwrap();
        let project = project
            .gate_decided(id(9), GateDecision::Return { reason: reason.clone() }, &facts, coordinator("2026-06-01"))
            .unwrap();
        assert_eq!(project.phase(), Reached::Execution);
        assert_eq!(project.gates[1].voided.as_ref().map(|v| &v.reason), Some(&reason));
        assert!(project.gates[0].approves() && project.pending_gate().is_none());
    }

    #[test]
    fn leaving_the_phase_takes_a_pending_request_back() {
        let (facts, at) = (sample::facts("2026-06-01"), stamp("2026-06-01"));
        let project = sample::ripe().gate_requested(id(1), GateAsk::default(), &facts, at).unwrap();
        let hold = Move { kind: MoveKind::Hold, to: None, reason: Some("예산 조정".parse().unwrap()) };
        let rested = project.moved(&hold, &facts, at).unwrap();
        assert!(matches!(rested.gates[0].state, GateState::Withdrawn { .. }));
        let refused = rested.gate_requested(id(2), GateAsk::default(), &facts, at).unwrap_err();
        assert_eq!(refused.code.name, "move_not_allowed");
    }
}
