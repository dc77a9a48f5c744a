//! The course of a call (공모 진행): draft, published, open, closed, screening, evaluation, decided, notified, final.
//!
//! Open and closed follow the clock and nothing else does: no application is ever decided by a deadline.

use super::{
    APPLICATIONS_UNDECIDED, CALL_DEADLINE_PAST, CALL_MOVE_NOT_ALLOWED, CALL_REASON_NEEDED, CALL_RULES_WANTING,
    CallStep, Deadline, NOT_TO_THE_MINUTE, SHEETS_OVER, SheetDeadline, SupportCall, plan::on_seconds, rules::Frame,
};
use crate::{
    code_list,
    day::Instant,
    objection::OBJECTIONS_OPEN,
    problem::{Fault, Refusal, WRONG_ORDER, Words},
    project::Stamp,
    text::Prose,
};

code_list! {
    /// How far a call has been brought by those who run it.
    pub enum CallStage {
        /// Being prepared; invisible to others.
        Draft = "draft" / "작성 중",
        /// Made public; the clock says whether applications are taken.
        Published = "published" / "공고",
        /// Applications are looked at for eligibility.
        Screening = "screening" / "적격 심사",
        /// The committee scores.
        Evaluation = "evaluation" / "평가",
        /// The result is confirmed.
        Decided = "decided" / "선정 확정",
        /// Applicants were told.
        Notified = "notified" / "결과 통지",
        /// Objections are answered; nothing changes any more.
        Final = "final" / "종료",
        /// Given up.
        Cancelled = "cancelled" / "취소",
    }
}

code_list! {
    /// How a call stands at a moment.
    pub enum CallState {
        /// Being prepared.
        Draft = "draft" / "작성 중",
        /// Made public; applications are not taken yet.
        Published = "published" / "공고",
        /// Applications are taken.
        Open = "open" / "접수 중",
        /// The deadline has passed; screening has not begun.
        Closed = "closed" / "접수 마감",
        /// Applications are looked at for eligibility.
        Screening = "screening" / "적격 심사",
        /// The committee scores.
        Evaluation = "evaluation" / "평가",
        /// The result is confirmed.
        Decided = "decided" / "선정 확정",
        /// Applicants were told.
        Notified = "notified" / "결과 통지",
        /// Objections are answered.
        Final = "final" / "종료",
        /// Given up.
        Cancelled = "cancelled" / "취소",
    }
}

code_list! {
    /// What can be done to a call's course.
    pub enum CallMove {
        /// Make it public.
        Publish = "publish" / "공고",
        /// Lay down a new edition of the published rules.
        ReplaceRules = "replace_rules" / "규칙 변경",
        /// Put the deadline off.
        PutOffDeadline = "put_off_deadline" / "마감 연장",
        /// Begin to look at eligibility.
        BeginScreening = "begin_screening" / "적격 심사 시작",
        /// Say until when score sheets are taken, or put that off.
        SetSheetDeadline = "set_sheet_deadline" / "평가표 제출 기한",
        /// Let the committee score.
        BeginEvaluation = "begin_evaluation" / "평가 시작",
        /// Confirm the result.
        Decide = "decide" / "선정 확정",
        /// Tell the applicants.
        Notify = "notify" / "결과 통지",
        /// End it once objections are answered.
        Finish = "finish" / "종료",
        /// Give it up.
        Cancel = "cancel" / "취소",
    }
}

/// What a step of the course must know beside the call itself, as it stands in the same transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CourseFacts {
    /// Submitted applications, withdrawn ones included.
    pub submitted: u64,
    /// Submitted applications of which nobody has said whether they are eligible.
    pub unscreened: u64,
    /// Objections that nobody has answered.
    pub unanswered: u64,
}

/// From where a call can be given up: not once its result was confirmed.
const CANCELLABLE: [CallState; 6] = [
    CallState::Draft,
    CallState::Published,
    CallState::Open,
    CallState::Closed,
    CallState::Screening,
    CallState::Evaluation,
];

impl SupportCall {
    /// How it stands at a moment. Applications are taken from `opens_at` to `closes_at`, both included.
    pub fn state(&self, now: Instant) -> CallState {
        match self.stage {
            CallStage::Draft => CallState::Draft,
            CallStage::Published if self.plan.opens_at.is_none_or(|opens| now < opens) => CallState::Published,
            CallStage::Published if self.plan.closes_at.is_none_or(|closes| now <= closes) => CallState::Open,
            CallStage::Published => CallState::Closed,
            CallStage::Screening => CallState::Screening,
            CallStage::Evaluation => CallState::Evaluation,
            CallStage::Decided => CallState::Decided,
            CallStage::Notified => CallState::Notified,
            CallStage::Final => CallState::Final,
            CallStage::Cancelled => CallState::Cancelled,
        }
    }

    /// Korean calendar days to the deadline, 0 on its day; while it is still to come and the call is public.
    pub fn days_left(&self, now: Instant) -> Option<i64> {
        let waiting = matches!(self.state(now), CallState::Published | CallState::Open);
        self.plan.closes_at.filter(|_| waiting).map(|closes| closes.day().days_since(now.day()))
    }

    /// Makes it public: its plan and its rules are complete, and its deadline is still to come.
    pub fn published(self, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_stand(CallMove::Publish, stamp.at, &[CallState::Draft])?;
        let mut faults = self.plan.faults("/plan");
        faults.extend(self.plan.wanting());
        match (&self.rules, self.plan.closes_at) {
            (None, _) => faults.push(Fault::new("/rules", &CALL_RULES_WANTING)),
            (Some(laid_down), Some(closes_at)) => {
                let frame = Frame { key: &self.key, fiscal_year: self.plan.fiscal_year, closes_at };
                faults.extend(laid_down.rules.faults(&frame, &laid_down.cost_share, "/rules"));
            }
            (Some(_), None) => {}
        }
        if self.plan.closes_at.is_some_and(|closes| closes <= stamp.at) {
            faults.push(Fault::new("/plan/closes_at", &CALL_DEADLINE_PAST));
        }
        Refusal::unless_clean(faults)?;
        Ok(self.stepped(CallMove::Publish, CallStage::Published, None, stamp))
    }

    /// Puts the deadline off, with a reason. Nobody who was in time is ever put at a disadvantage by it: a deadline never
    /// comes earlier, and one that has passed stays.
    pub fn deadline_put_off(mut self, to: Deadline, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_stand(CallMove::PutOffDeadline, stamp.at, &[CallState::Published, CallState::Open])?;
        let mut faults = Vec::new();
        if !on_seconds(to.closes_at, &[0, 59]) {
            faults.push(Fault::new("/closes_at", &NOT_TO_THE_MINUTE));
        }
        if self.plan.closes_at.is_some_and(|before| to.closes_at <= before) {
            faults.push(Fault::new("/closes_at", &WRONG_ORDER));
        }
        Refusal::unless_clean(faults)?;
        let before = self.plan.closes_at.replace(to.closes_at);
        Ok(self.stepped(CallMove::PutOffDeadline, CallStage::Published, Some(to.reason), stamp).in_place_of(before))
    }

    /// Says until when score sheets are taken. Once said it is only ever put off, with a reason, and never once it has
    /// passed: whoever was in time is never put at a disadvantage by it.
    pub fn sheets_due(mut self, to: SheetDeadline, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_stand(CallMove::SetSheetDeadline, stamp.at, &[CallState::Screening, CallState::Evaluation])?;
        if self.sheets_are_over(stamp.at) {
            return Err(Refusal::new(&SHEETS_OVER));
        }
        let mut faults = Vec::new();
        if !on_seconds(to.sheets_until, &[0, 59]) {
            faults.push(Fault::new("/sheets_until", &NOT_TO_THE_MINUTE));
        }
        if to.sheets_until <= stamp.at {
            faults.push(Fault::new("/sheets_until", &CALL_DEADLINE_PAST));
        }
        if let Some(before) = self.sheets_until {
            if to.sheets_until <= before {
                faults.push(Fault::new("/sheets_until", &WRONG_ORDER));
            }
            faults.extend(self.with_reason(to.reason.as_ref()));
        }
        Refusal::unless_clean(faults)?;
        let (before, stage) = (self.sheets_until.replace(to.sheets_until), self.stage);
        Ok(self.stepped(CallMove::SetSheetDeadline, stage, to.reason, stamp).in_place_of(before))
    }

    /// True once the deadline for score sheets has passed. The deadline itself is in time.
    pub fn sheets_are_over(&self, now: Instant) -> bool {
        self.sheets_until.is_some_and(|until| until < now)
    }

    /// Begins to look at eligibility, once the deadline has passed.
    pub fn screening_begun(self, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_stand(CallMove::BeginScreening, stamp.at, &[CallState::Closed])?;
        Ok(self.stepped(CallMove::BeginScreening, CallStage::Screening, None, stamp))
    }

    /// Lets the committee score, once every submitted application was screened.
    pub fn evaluation_begun(self, facts: CourseFacts, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_stand(CallMove::BeginEvaluation, stamp.at, &[CallState::Screening])?;
        if facts.unscreened > 0 {
            let n = facts.unscreened;
            let words = Words::made(
                format!("적격 여부가 정해지지 않은 신청이 {n}건 있습니다"),
                format!("{n} applications have not been screened"),
            );
            return Err(Refusal::told(&APPLICATIONS_UNDECIDED, words));
        }
        Ok(self.stepped(CallMove::BeginEvaluation, CallStage::Evaluation, None, stamp))
    }

    /// Records that the result was confirmed. A correction afterwards leaves the course where it is.
    pub fn decided(self, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_stand(CallMove::Decide, stamp.at, &[CallState::Evaluation, CallState::Decided, CallState::Notified])?;
        let stage = if self.stage == CallStage::Evaluation { CallStage::Decided } else { self.stage };
        Ok(self.stepped(CallMove::Decide, stage, None, stamp))
    }

    /// Tells the applicants: from now on each reads its own result, and objections are taken.
    pub fn notified(self, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_stand(CallMove::Notify, stamp.at, &[CallState::Decided])?;
        Ok(self.stepped(CallMove::Notify, CallStage::Notified, None, stamp))
    }

    /// Ends the call, once the time for objections is over and every one is answered.
    pub fn finished(self, facts: CourseFacts, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_stand(CallMove::Finish, stamp.at, &[CallState::Notified])?;
        let over = self.objections_until().is_some_and(|last| last < stamp.at.day());
        if facts.unanswered > 0 || !over {
            return Err(Refusal::new(&OBJECTIONS_OPEN));
        }
        Ok(self.stepped(CallMove::Finish, CallStage::Final, None, stamp))
    }

    /// Gives it up, with a reason; not once its result was confirmed.
    pub fn cancelled(self, reason: Prose<2000>, stamp: Stamp) -> Result<Self, Refusal> {
        self.must_stand(CallMove::Cancel, stamp.at, &CANCELLABLE)?;
        Ok(self.stepped(CallMove::Cancel, CallStage::Cancelled, Some(reason), stamp))
    }

    /// Which moves lie ahead, and for each everything that stands in its way at this moment. A move that asks for more
    /// than a word (a new deadline, new rules) is not among them.
    pub fn moves(&self, facts: CourseFacts, stamp: Stamp) -> Vec<(CallMove, Vec<Fault>)> {
        let tried = [
            (CallMove::Publish, self.clone().published(stamp)),
            (CallMove::BeginScreening, self.clone().screening_begun(stamp)),
            (CallMove::BeginEvaluation, self.clone().evaluation_begun(facts, stamp)),
            (CallMove::Notify, self.clone().notified(stamp)),
            (CallMove::Finish, self.clone().finished(facts, stamp)),
            (CallMove::Cancel, self.must_stand(CallMove::Cancel, stamp.at, &CANCELLABLE).map(|()| self.clone())),
        ];
        let reasons = |refusal: Refusal| {
            let whole = Fault::told("", refusal.code, refusal.detail);
            if refusal.faults.is_empty() { vec![whole] } else { refusal.faults }
        };
        tried.into_iter().map(|(did, end)| (did, end.map_or_else(reasons, |_| Vec::new()))).collect()
    }

    /// Refuses a move that is not open from how the call stands.
    pub(super) fn must_stand(&self, wanted: CallMove, now: Instant, from: &[CallState]) -> Result<(), Refusal> {
        let state = self.state(now);
        if from.contains(&state) {
            return Ok(());
        }
        let words = Words::made(
            format!("공모가 '{}' 상태여서 '{}'을(를) 할 수 없습니다", state.ko(), wanted.ko()),
            format!("The call is {state}: {wanted} is not open to it"),
        );
        Err(Refusal::told(&CALL_MOVE_NOT_ALLOWED, words))
    }

    /// The same with a step behind it.
    pub(super) fn stepped(
        mut self,
        did: CallMove,
        stage: CallStage,
        reason: Option<Prose<2000>>,
        stamp: Stamp,
    ) -> Self {
        self.steps.push(CallStep { did, stamp, reason, closed_at_before: None });
        self.stage = stage;
        self.touched(stamp)
    }

    /// The same with the deadline that its last step has replaced.
    fn in_place_of(mut self, before: Option<Instant>) -> Self {
        if let Some(step) = self.steps.last_mut() {
            step.closed_at_before = before;
        }
        self
    }

    /// Refuses a change of a published call that gives no reason.
    pub(super) fn with_reason(&self, reason: Option<&Prose<2000>>) -> Vec<Fault> {
        let wanting = self.stage != CallStage::Draft && reason.is_none();
        if wanting { vec![Fault::new("/reason", &CALL_REASON_NEEDED)] } else { Vec::new() }
    }
}
