//! The demonstration portfolio (시연 포트폴리오): about forty made-up projects of real bodies, each told in full.

mod public;
mod society;

use super::{
    plan::{Aim, Plan, Turn, day},
    step::Step,
    told::tell,
};
use crate::{App, http::Problem};
use domain::project::{ProjectId, Rating};
use public::PUBLIC;
use society::SOCIETY;

/// Who leads, who takes part, what it is called, what it is about and for which task.
type What = (&'static str, &'static [(&'static str, u64)], &'static str, &'static str, &'static str);
/// Fields, regions and programme.
type Where = (&'static [&'static str], &'static [&'static str], &'static str);
/// Day of entry, year in which it begins, and million won of its first year.
type When = ((i32, u32, u32), i32, i64);

/// One project.
type Row = (What, Where, When, Aim, Turn);

/// What else happens to it once it is filed.
fn also(turn: Turn, partner: Option<&'static str>) -> Vec<Step> {
    let part = partner.map(|body| Step::Part(body, "데이터와 현장 검증을 맡는다. (시연용)"));
    let more = match turn {
        Turn::Prioritised => vec![Step::Prioritise("여러 기관이 함께 쓰며 국민이 바로 느끼는 효과가 크다")],
        Turn::AtRisk => vec![Step::Judge(Rating::Red, "자료 연계 협의가 늦어져 일정이 위태롭다")],
        Turn::Slow => vec![Step::Judge(Rating::Amber, "공급사 선정이 한 달 늦었다")],
        Turn::Returned => {
            vec![Step::Ask, Step::Return("기대 효과의 기준값이 어디에서 나왔는지 밝혀 다시 신청할 것")]
        }
        _ => Vec::new(),
    };
    part.into_iter().chain(more).collect()
}

/// Enters the portfolio, one thing after another. Says how many projects and budget lines there are.
pub(super) async fn load(app: &App) -> Result<(u64, u64), Problem> {
    let mut ids: Vec<ProjectId> = Vec::new();
    for (number, (what, place, when, aim, turn)) in PUBLIC.iter().chain(&SOCIETY).enumerate() {
        let (body, partners, title, summary, task) = *what;
        let (fields, regions, programme) = *place;
        let ((year, month, date), begins, millions) = *when;
        let plan = Plan {
            body,
            partners: partners.to_vec(),
            title: title.to_owned(),
            summary: summary.to_owned(),
            fields: fields.to_vec(),
            regions: regions.to_vec(),
            programme: (!programme.is_empty()).then_some(programme),
            task,
            entered: day(year, month, date),
            year: begins,
            aim: *aim,
            turn: *turn,
            millions,
            also: if *aim > Aim::Draft { also(*turn, partners.first().map(|(body, _)| *body)) } else { Vec::new() },
            after: if number == 1 || number == 2 { ids.last().copied() } else { None },
        };
        ids.push(Box::pin(tell(app, u64::try_from(number).unwrap_or_default(), &plan)).await?);
    }
    let projects = u64::try_from(ids.len()).map_err(Problem::internal)?;
    Ok((projects, projects * 4))
}
