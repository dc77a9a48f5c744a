//! Sessions and the report on them (자문 회의·결과 보고).

use super::{Advice, CONSULTATION_MOVE, Consultation, ConsultationMove, NewAdvice, advice::past_faults};
use crate::{
    code_list,
    day::Day,
    problem::{Fault, OUT_OF_RANGE, Refusal, WRONG_LENGTH},
    project::Stamp,
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};

code_list! {
    /// How counsel was given.
    pub enum SessionMethod {
        /// Face to face.
        InPerson = "in_person" / "대면",
        /// By video.
        Video = "video" / "화상",
        /// In writing.
        Written = "written" / "서면",
        /// By telephone.
        Phone = "phone" / "전화",
    }
}

/// A session that was held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// Its number in the consultation, from 1.
    #[schema(minimum = 1, maximum = 50)]
    pub no: u32,
    /// On which day (KST).
    pub held_on: Day,
    /// How long, in minutes.
    #[schema(minimum = 1, maximum = 1440)]
    pub minutes: u32,
    /// How.
    pub method: SessionMethod,
    /// Who was there.
    #[schema(max_items = 50)]
    pub attendees: Vec<Line<100>>,
    /// What was said (회의록).
    pub minutes_of_meeting: Prose<10000>,
    /// What was asked and answered.
    #[schema(max_items = 50)]
    pub questions: Vec<SessionQuestion>,
    /// When it was recorded, and by whom.
    pub recorded: Stamp,
}

/// A question with what was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionQuestion {
    /// What was asked.
    pub question: Prose<2000>,
    /// What was answered.
    pub answer: Prose<4000>,
}

/// A session to be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "held_on": "2026-11-20", "minutes": 90, "method": "video", "attendees": ["담당 사무관", "자문위원"],
    "minutes_of_meeting": "가명처리 범위와 절차를 논의함", "questions": [],
    "advice": [{ "topic": "privacy_law", "text": "가명처리 전에 적정성 검토 위원회를 열 것" }]
}))]
pub struct NewSession {
    /// On which day (KST); not in the future, not before the request.
    pub held_on: Day,
    /// How long, in minutes.
    #[schema(minimum = 1, maximum = 1440)]
    pub minutes: u32,
    /// How.
    pub method: SessionMethod,
    /// Who was there.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub attendees: Vec<Line<100>>,
    /// What was said (회의록).
    pub minutes_of_meeting: Prose<10000>,
    /// What was asked and answered.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub questions: Vec<SessionQuestion>,
    /// What was advised.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub advice: Vec<NewAdvice>,
}

/// The adviser's report. It is not edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AdviserReport)]
pub struct Report {
    /// What came of it.
    pub summary: Prose<10000>,
    /// When, and by whom.
    pub stamp: Stamp,
}

/// A report to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewAdviserReport)]
#[schema(example = json!({ "summary": "가명처리를 전제로 추진해도 된다", "advice": [] }))]
pub struct NewReport {
    /// What came of it.
    pub summary: Prose<10000>,
    /// What is advised beside what the sessions advised.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub advice: Vec<NewAdvice>,
}

impl Consultation {
    /// Records a session with what was advised in it.
    pub fn held(mut self, new: NewSession, stamp: Stamp) -> Result<Self, Refusal> {
        self = self.stepped(ConsultationMove::Hold, None, stamp)?;
        let mut faults = past_faults("/held_on", new.held_on, self.requested_on(), stamp.at.day());
        if !(1..=1440).contains(&new.minutes) {
            faults.push(Fault::new("/minutes", &OUT_OF_RANGE));
        }
        for (at, many, most) in [
            ("/attendees", new.attendees.len(), 50),
            ("/questions", new.questions.len(), 50),
            ("/advice", self.advice.len().saturating_add(new.advice.len()), 200),
            ("", self.sessions.len(), 49),
        ] {
            if many > most {
                faults.push(Fault::new(at, &WRONG_LENGTH));
            }
        }
        Refusal::unless_clean(faults)?;
        let no = next(self.sessions.len());
        let NewSession { held_on, minutes, method, attendees, minutes_of_meeting, questions, advice } = new;
        self.sessions.push(Session {
            no,
            held_on,
            minutes,
            method,
            attendees,
            minutes_of_meeting,
            questions,
            recorded: stamp,
        });
        self.advise(advice, Some(no), stamp);
        Ok(self.touched(stamp))
    }

    /// Reports what came of the sessions.
    pub fn reported(mut self, new: NewReport, stamp: Stamp) -> Result<Self, Refusal> {
        self = self.stepped(ConsultationMove::Report, None, stamp)?;
        if self.advice.len().saturating_add(new.advice.len()) > 200 {
            Refusal::unless_clean(vec![Fault::new("/advice", &WRONG_LENGTH)])?;
        }
        if self.report.is_some() {
            return Err(Refusal::new(&CONSULTATION_MOVE));
        }
        self.report = Some(Report { summary: new.summary, stamp });
        self.advise(new.advice, None, stamp);
        Ok(self.touched(stamp))
    }

    fn advise(&mut self, advice: Vec<NewAdvice>, session: Option<u32>, given: Stamp) {
        for NewAdvice { topic, text } in advice {
            let no = next(self.advice.len());
            self.advice.push(Advice { no, topic, text, session, given, answers: Vec::new(), follow_up: None });
        }
    }
}

/// The number after so many.
fn next(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX).saturating_add(1)
}
