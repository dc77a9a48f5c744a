//! Who takes part in the call of 2026 (등장인물): sixteen applicants with what the committee thinks of them, and its members.

use crate::{application::kit::Open, committee::kit::Judge};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tests::{Persona, TestApp};

/// An applicant and what comes of its application.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The body.
    pub body: &'static str,
    /// What it applies with.
    pub title: &'static str,
    /// What becomes of it before the evaluation.
    pub fate: Fate,
}

/// What becomes of an application before the evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is scored: suitability of 40, feasibility and spread of 30, in half points, by a member without a leaning.
    Scored([i32; 3]),
    /// It is found not to be eligible.
    NotEligible,
    /// It is taken back before the deadline.
    TakenBack,
    /// It comes a second too late.
    Late,
}

const fn scored(body: &'static str, title: &'static str, halves: [i32; 3]) -> Entry {
    Entry { body, title, fate: Fate::Scored(halves) }
}
const fn gone(body: &'static str, title: &'static str, fate: Fate) -> Entry {
    Entry { body, title, fate }
}

/// Everybody who applies, in the order of submission. 재정자립도 of the local ones, original budget of 2026: 부산 37.30,
/// 대구 35.19, 서울 75.52, 세종 51.56, 경기 44.40, 전북 21.81, 영양군 6.32, 이천시 55.13, 삼척시 13.56, 목포시 16.40 (under its code of before
/// July); 전남광주 has none of its own.
pub const ENTRIES: [Entry; 16] = [
    scored("molit", "도로 파손 자동 탐지", [76, 50, 54]),
    scored("mohw", "복지 사각지대 발굴", [72, 52, 52]),
    scored("mois", "민원 답변 초안 작성", [70, 50, 50]),
    scored("mafra", "가축 방역 예찰", [70, 48, 52]),
    scored("moel", "구직자 맞춤 상담", [50, 40, 40]),
    scored("sido-36", "도시 계획 심의 지원", [74, 54, 58]),
    scored("sigungu-47760", "산불 조기 감지", [74, 54, 55]),
    scored("sido-26", "항만 민원 안내", [76, 52, 54]),
    scored("sido-52", "농업 재해 예측", [72, 52, 54]),
    scored("sido-27", "대구·경북 광역 버스 배차", [70, 52, 52]),
    scored("sido-41", "아동 급식 수요 예측", [68, 50, 50]),
    scored("sido-12", "섬 지역 진료 연계", [64, 48, 48]),
    scored("sigungu-12110", "원도심 빈집 관리", [60, 44, 46]),
    gone("sido-11", "지하철 혼잡 안내", Fate::NotEligible),
    gone("sigungu-41500", "도자기 축제 안내", Fate::TakenBack),
    gone("sigungu-51230", "해안 침식 관측", Fate::Late),
];

/// By how many points members lean in feasibility, in the order of the committee; the last member was appointed.
pub const LEANINGS: [i32; 7] = [-3, -2, -1, 1, 2, 3, 0];

/// The member who was appointed and is tied to 부산 and 경기.
pub const TIED: usize = 6;
/// The member whom 전북 challenges.
pub const CHALLENGED: usize = 4;
/// The member who steps aside from 영양군 after having scored it.
pub const RECUSED: usize = 5;

/// How far the call has come, and who takes part in it.
#[derive(Debug)]
pub struct Course {
    /// The call, with a coordinator of the body that holds it.
    pub call: Open,
    /// A coordinator of the agency that runs it.
    pub agency: Persona,
    /// Who writes for each body.
    pub writers: BTreeMap<&'static str, Persona>,
    /// The applications by body.
    pub applications: BTreeMap<&'static str, String>,
    /// The challenges of 전북 and 경기, in this order.
    pub challenges: Vec<String>,
    /// Those who score, in the order of [`LEANINGS`]; the first of them is in the chair.
    pub members: Vec<Judge>,
    /// On the committee, without any application.
    pub spare: Option<Judge>,
}

impl Course {
    /// The application of a body.
    pub fn of(&self, body: &str) -> &String {
        self.applications.get(body).unwrap_or_else(|| panic!("no application of {body}"))
    }
    /// Reads with a token of now.
    pub async fn read(&self, app: &TestApp, who: &Persona, path: &str) -> Value {
        app.get(&app.renew(who), path).await.expect(200).json
    }
    /// Those that are evaluated, with their points.
    pub fn evaluated() -> impl Iterator<Item = (&'static str, [i32; 3])> {
        ENTRIES.iter().filter_map(|entry| match entry.fate {
            Fate::Scored(halves) => Some((entry.body, halves)),
            _ => None,
        })
    }
    /// True when this member scores the application of this body to the end.
    pub fn counts(member: usize, body: &str) -> bool {
        !matches!((member, body), (TIED, "sido-26") | (CHALLENGED, "sido-52") | (RECUSED, "sigungu-47760"))
    }
}

/// What a member with this leaning writes on a sheet.
pub fn sheet([suitability, feasibility, spread]: [i32; 3], leaning: i32) -> Value {
    let points = |halves: i32| format!("{}.{}", halves / 2, halves % 2 * 5);
    json!({
        "scores": { "suitability": points(suitability), "feasibility": points(feasibility + 2 * leaning), "spread_potential": points(spread) },
        "to_applicant": "계획이 구체적이다.", "to_committee": "실적을 확인할 것"
    })
}
