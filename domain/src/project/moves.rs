//! Moving a project (과제 이동) along the transition table, with its guards.

use super::{
    Edge, Facts, Move, MoveKind, Moved, Phase, Place, Project, Stamp, Standing, Status, TABLE, deeds::present,
    own_conditions, problems,
};
use crate::{
    problem::{Code, Fault, INVALID, REQUIRED, Refusal, Words},
    rate::Share,
    text::Prose,
};

impl Project {
    /// The moves that the table knows from where the project stands.
    pub fn moves(&self) -> impl Iterator<Item = &'static Edge> {
        let here = self.standing.place();
        TABLE.iter().filter(move |edge| edge.from == here)
    }
    /// Every reason why the project cannot move like this; none means that it can. Passing a gate is asked of
    /// [`Project::gate_preflight`].
    pub fn preflight(&self, wanted: &Move, facts: &Facts) -> Vec<Fault> {
        if self.removed.is_some() {
            return vec![Fault::new("", &problems::PROJECT_REMOVED)];
        }
        match self.edge(wanted) {
            Ok(edge) => edge.guards.iter().flat_map(|guard| guard(self, wanted, facts)).collect(),
            Err(fault) => vec![fault],
        }
    }
    /// Moves the project and keeps the move in its history. A pending gate request is withdrawn by any other move than
    /// its own; going back voids the approvals of the phase returned to and of later ones. Passing a gate is left to
    /// [`Project::gate_decided`]: without its approval this refuses.
    pub fn moved(mut self, wanted: &Move, facts: &Facts, stamp: Stamp) -> Result<Self, Refusal> {
        present(&self)?;
        let edge = self.edge(wanted).map_err(|fault| {
            if fault.code == &REQUIRED {
                Refusal::new(&INVALID).with(vec![fault])
            } else {
                Refusal::told(fault.code, fault.detail)
            }
        })?;
        let faults = self.preflight(wanted, facts);
        if !faults.is_empty() {
            return Err(Refusal::new(&problems::MOVE_REFUSED).with(faults));
        }
        let reason = wanted.reason.clone();
        if edge.kind != MoveKind::PassGate {
            self.withdraw_pending(reason.as_ref(), stamp);
        }
        if let (MoveKind::GoBack, Some(phase), Some(why)) = (edge.kind, edge.to.phase.phase(), &reason) {
            self.void_approvals(phase, why, stamp);
        }
        self.standing =
            arrived(edge.to, stamp, reason.clone()).ok_or_else(|| Refusal::new(&problems::REASON_NEEDED))?;
        if let (true, Some(phase)) = (edge.from.phase != edge.to.phase, edge.to.phase.phase()) {
            self.stage = self.path().and_then(|path| path.first_in(phase));
        }
        let (kind, from, to) = (edge.kind, edge.from, edge.to);
        self.history.push(Moved { kind, from, to, at: stamp.at, by: stamp.by, reason });
        Ok(self.touched(stamp))
    }
    /// The row of the table that is meant.
    fn edge(&self, wanted: &Move) -> Result<&'static Edge, Fault> {
        let mut rows = self.moves().filter(|e| e.kind == wanted.kind && wanted.to.is_none_or(|to| to == e.to.phase));
        match (rows.next(), rows.next()) {
            (Some(edge), None) => Ok(edge),
            (Some(_), Some(_)) => Err(Fault::new("/to", &REQUIRED)),
            (None, _) => Err(Fault::told("/kind", &problems::MOVE_NOT_ALLOWED, nowhere(self.standing.place()))),
        }
    }
}

/// Says where the project stands, so that the reader sees why there is no way.
fn nowhere(here: Place) -> Words {
    let ((phase_ko, phase_en), (status_ko, status_en)) = (here.phase.words(), here.status.words());
    Words::made(
        format!("{phase_ko} 단계, {status_ko} 상태의 과제는 이렇게 이동할 수 없습니다"),
        format!("A project in {phase_en} that is {status_en} cannot move this way"),
    )
}

fn arrived(to: Place, stamp: Stamp, reason: Option<Prose<2000>>) -> Option<Standing> {
    let since = stamp.at;
    Some(match (to.status, to.phase.phase()) {
        (Status::Completed, None) => Standing::Completed { since },
        (Status::Active, Some(phase)) => Standing::Active { phase, since },
        (Status::OnHold, Some(phase)) => Standing::OnHold { phase, since, reason: reason? },
        (Status::Cancelled, Some(phase)) => Standing::Cancelled { phase, since, reason: reason? },
        _ => return None,
    })
}

/// Guard: a reason is given.
pub(super) fn has_reason(_: &Project, wanted: &Move, _: &Facts) -> Vec<Fault> {
    if wanted.reason.is_some() { Vec::new() } else { vec![Fault::new("/reason", &problems::REASON_NEEDED)] }
}

/// Guard: the gate of the present phase was passed and the approval still counts.
pub(super) fn approved(project: &Project, _: &Move, _: &Facts) -> Vec<Fault> {
    let phase: Option<Phase> = project.phase().phase();
    let passed = project.gates.iter().any(|g| Some(g.phase) == phase && g.approves());
    if passed { Vec::new() } else { vec![Fault::new("", &problems::NOT_APPROVED)] }
}

/// Guard: a draft has a summary, planned dates and whole shares, similar projects were looked at, and its lead exists.
pub(super) fn ready_to_file(project: &Project, _: &Move, facts: &Facts) -> Vec<Fault> {
    let whole = Share::add_up(project.shares().map(|(_, share)| share));
    let wanted: [(bool, &str, &'static Code); 5] = [
        (project.summary.is_some(), "/summary", &REQUIRED),
        (project.planned.start.is_some(), "/planned/start", &REQUIRED),
        (project.planned.end.is_some(), "/planned/end", &REQUIRED),
        (whole, "/partners", &problems::SHARES_NOT_WHOLE),
        (project.similar_check.is_some(), "/similar_check", &own_conditions::SIMILAR),
    ];
    let missing = wanted.into_iter().filter(|(holds, ..)| !holds);
    let missing = missing.map(|(_, pointer, code)| Fault::new(pointer, code));
    facts.lead.clone().err().into_iter().chain(missing).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{
        Reached,
        sample::{self, codes, stamp},
    };
    use super::*;
    use proptest::prelude::*;

    const KINDS: [MoveKind; 6] =
        [MoveKind::File, MoveKind::PassGate, MoveKind::Hold, MoveKind::Resume, MoveKind::Cancel, MoveKind::GoBack];

    fn wanted(kind: MoveKind) -> Move {
        Move { kind, to: None, reason: Some("예산 조정".parse().unwrap()) }
    }

    #[test]
    fn a_bare_draft_is_told_everything_it_lacks() {
        let mut facts = sample::facts("2026-06-01");
        facts.lead = Err(sample::closed_lead());
        let mut bare = sample::draft();
        (bare.summary, bare.planned, bare.similar_check) = (None, super::super::Span::default(), None);
        bare.lead_share = Share::NONE;
        let refused = bare.moved(&wanted(MoveKind::File), &facts, stamp("2026-06-01")).unwrap_err();
        assert_eq!(refused.code.name, "move_refused");
        assert_eq!(
            codes(&refused),
            [
                "/lead_body body_closed",
                "/summary required",
                "/planned/start required",
                "/planned/end required",
                "/partners shares_not_whole",
                "/similar_check gate_similar_check",
            ]
        );
    }

    #[test]
    fn stopping_and_going_back_need_a_reason_and_keep_history() {
        let (facts, at) = (sample::facts("2026-06-01"), stamp("2026-06-01"));
        let project = sample::passed(sample::filed());
        assert_eq!(project.phase(), Reached::Execution);
        for kind in [MoveKind::Hold, MoveKind::Cancel, MoveKind::GoBack] {
            let silent = Move { kind, to: None, reason: None };
            let refused = project.clone().moved(&silent, &facts, at).unwrap_err();
            assert_eq!(codes(&refused), ["/reason reason_needed"], "{kind:?}");
        }
        let moves = project.history.len();
        let held = project.clone().moved(&wanted(MoveKind::Hold), &facts, at).unwrap();
        assert!(matches!(&held.standing, Standing::OnHold { reason, .. } if reason.as_str() == "예산 조정"));
        let back = held.moved(&wanted(MoveKind::Resume), &facts, at).unwrap();
        assert_eq!((back.history.len(), back.phase_since()), (moves + 2, project.phase_since()));
        let back = back.moved(&wanted(MoveKind::GoBack), &facts, at).unwrap();
        assert_eq!((back.phase(), back.phase_since()), (Reached::Planning, at.at));
        assert!(back.gates.iter().all(|g| !g.approves()), "the approval of planning no longer counts");
        let refused = back.moved(&wanted(MoveKind::PassGate), &facts, at).unwrap_err();
        assert_eq!(codes(&refused), [" not_approved"]);
    }

    #[test]
    fn two_ways_back_need_a_goal() {
        let (facts, at) = (sample::facts("2026-06-01"), stamp("2026-06-01"));
        let spreading = sample::passed(sample::passed(sample::filed()));
        let refused = spreading.clone().moved(&wanted(MoveKind::GoBack), &facts, at).unwrap_err();
        assert_eq!(codes(&refused), ["/to required"]);
        let goal = Move { to: Some(Reached::Planning), ..wanted(MoveKind::GoBack) };
        assert_eq!(spreading.moved(&goal, &facts, at).unwrap().phase(), Reached::Planning);
        let refused = sample::draft().moved(&wanted(MoveKind::Hold), &facts, at).unwrap_err();
        assert_eq!(refused.code.name, "move_not_allowed");
    }

    #[test]
    fn the_stage_follows_the_phase() {
        let mut project = sample::filed();
        project.stage = None;
        project.programme = Some("public-ai-2026".parse().unwrap());
        let stage = sample::passed(project).stage.unwrap();
        assert_eq!((stage.template.as_str(), stage.stage.as_str()), ("mois_five_steps", "resources"));
    }

    proptest! {
        /// Whatever is tried in whatever order, a project moves only along rows of the table, and each move is kept.
        #[test]
        fn nothing_moves_outside_the_table(tries in prop::collection::vec((0_usize..7, 0_usize..5), 1..40)) {
            let (facts, at) = (sample::facts("2026-06-01"), stamp("2026-06-01"));
            let mut project = sample::ripe_draft();
            for (kind, to) in tries {
                let before = project.clone();
                let goals = [None, Some(Reached::Planning), Some(Reached::Execution), Some(Reached::Diffusion), Some(Reached::Completed)];
                let tried = match KINDS.get(kind) {
                    Some(kind) => project.moved(&Move { to: goals[to], ..wanted(*kind) }, &facts, at),
                    None => sample::pass(project, &facts),
                };
                let Ok(after) = tried else { project = before; continue };
                let (from, to) = (before.standing.place(), after.standing.place());
                let made = after.history.last().unwrap();
                prop_assert!(TABLE.iter().any(|e| (e.kind, e.from, e.to) == (made.kind, from, to)));
                prop_assert_eq!((made.from, made.to), (from, to));
                prop_assert_eq!(after.history.len(), before.history.len().saturating_add(1));
                prop_assert_eq!(&after.history[..before.history.len()], &before.history[..]);
                prop_assert!(after.version > before.version);
                prop_assert!(after.gates.iter().filter(|g| g.is_pending()).count() <= 1);
                prop_assert_eq!(serde_json::from_str::<Project>(&serde_json::to_string(&after).unwrap()).unwrap(), after.clone());
                project = after;
            }
        }
    }
}
