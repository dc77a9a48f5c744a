//! A large demonstration (대규모 시연 자료): thousands of projects, each led through its life by the rules, a thousand a write.

use super::{
    draw::Draw,
    plan::{Plan, drawn, last_day},
    step::{Step, booked, done, entry, money, opened, read},
};
use crate::{App, http::Problem, operator};
use domain::{
    access::{Actor, act::demo as act},
    budget::{self, Opened, ProjectFacts},
    day::{Day, FiscalYear},
    id::Id,
    project::{Facts, Project, ProjectCode, Stamp},
};
use store::{Call, Expects, Order, demo::Entered};

/// Projects of one write.
const BATCH: u32 = 1000;

/// Enters `thousands` times a thousand projects. Says how many projects and lines there are now.
pub(super) async fn load(app: &App, thousands: u32) -> Result<(u64, u64), Problem> {
    let (mut projects, mut lines) = (0, 0);
    for batch in 0..thousands {
        let entered = [2024, 2025, 2026].get(Draw::of(batch.into()).share(&[25, 35, 40])).copied().unwrap_or(2026);
        let at = last_day().starts_at();
        let call = Call {
            at,
            request_id: format!("demo-{batch}"),
            address: "local".to_owned(),
            retry: None,
            expects: Expects::Anything,
        };
        let order = Order::<act::Load>::new(operator(), String::new(), call.clone());
        let made: (u64, u64) = app
            .store
            .write(order, async |tx, permit| {
                let year = FiscalYear::new(entered).map_err(Problem::internal)?;
                let codes = store::demo::next_codes(tx, permit, year, BATCH).await?;
                let mut draw = Draw::of(u64::from(batch) << 32);
                let made = codes.into_iter().map(|code| entered_as(code, &drawn(&mut draw, entered), &mut draw));
                let made = made.collect::<Result<Vec<_>, _>>()?;
                store::demo::enter(tx, permit, &call, &made).await?;
                let lines = made.iter().map(|e| e.lines.len()).sum::<usize>();
                Ok::<_, Problem>((BATCH.into(), u64::try_from(lines).unwrap_or_default()))
            })
            .await?;
        projects += made.0;
        lines += made.1;
    }
    Ok((projects, lines))
}

/// Who decides gates: another person than the operator, who asks for them.
pub(super) fn decider() -> Id<Actor> {
    Id::new(uuid::Uuid::from_u128(2))
}

fn entered_as(code: ProjectCode, plan: &Plan, draw: &mut Draw) -> Result<Entered, Problem> {
    let by = operator().id;
    let stamp = |day: Day| Stamp { at: day.starts_at().plus_seconds(9 * 3600), by };
    let at = stamp(plan.entered);
    let mut project = Project::new(draw.id(at.at), code, read(plan.new_project(draw))?, Ok(()), at)?;
    let mut lines: Vec<Opened> = Vec::new();
    for (day, step) in plan.course(draw) {
        let (at, by) = (stamp(day).at, if matches!(step, Step::Pass) { decider() } else { by });
        let mine = budget::Stamp { at, by };
        match step {
            Step::Open(line) => lines.push(opened(&line, facts_of(&project), day, mine, draw)?),
            Step::Book(place, kind, won) => {
                if let Some(line) = lines.get_mut(place) {
                    *line = booked(line.clone(), &entry(kind, won, day)?, mine, draw)?;
                }
            }
            step => {
                let facts = Facts { budget: money(&lines)?.facts(), ..Facts::on(day) };
                project = done(project, step, &facts, Stamp { at, by }, draw)?;
            }
        }
    }
    // As the nightly round of that day would leave it: the first night finds nothing to write down.
    let facts = Facts { budget: money(&lines)?.facts(), ..Facts::on(last_day()) };
    let project = project.clone().refreshed(&facts, stamp(last_day())).unwrap_or(project);
    let known = facts_of(&project);
    for opened in &mut lines {
        opened.line.project = Some(known.clone());
    }
    Ok(Entered { money: money(&lines)?, project, lines })
}

fn facts_of(project: &Project) -> ProjectFacts {
    ProjectFacts {
        id: project.id,
        bodies: project.shares().map(|(body, _)| body.clone()).collect(),
        filed: project.is_filed(),
    }
}
