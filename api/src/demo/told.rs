//! A project told in full (과제 이야기): each thing that happens to it is a write of its own, on its own day, by the rules.

use super::{
    draw::Draw,
    many::decider,
    plan::Plan,
    step::{Line, Step, done, entry, opened, read},
};
use crate::{App, http::Problem, operator};
use domain::{
    access::{
        Action, Actor, BodyKey, Grant, Role,
        act::{budget as money, project as act},
    },
    budget::{self, Ledger, LineId, NewEntry},
    day::{Day, FiscalYear},
    project::{Facts, Project, ProjectId, ProjectMoney, Stamp},
};
use store::{Call, Expects, Order};

/// Whoever plans for a body: the operator in that role.
fn planner(body: &BodyKey) -> Actor {
    let grants = vec![Grant { role: Role::Planner, body: body.clone(), expires_at: None }];
    Actor { grants, ..operator() }
}

/// Whoever decides: another person, of a body that takes part in no project.
fn coordinator() -> Result<Actor, Problem> {
    let body = "opc".parse().map_err(Problem::internal)?;
    let grants = vec![Grant { role: Role::Coordinator, body, expires_at: None }];
    Ok(Actor { id: decider(), name: "operator.coordinator".to_owned(), grants })
}

fn call(app: &App, day: Day) -> Call {
    let at = day.starts_at().plus_seconds(9 * 3600);
    let (request_id, address) = (app.chance.uuid().to_string(), "local".to_owned());
    Call { at, request_id, address, retry: None, expects: Expects::Anything }
}

/// Enters a project and leads it through its course. Its id follows from its number.
pub(super) async fn tell(app: &App, number: u64, plan: &Plan) -> Result<ProjectId, Problem> {
    let mut draw = Draw::of(number.wrapping_add(2026));
    let lead: BodyKey = plan.body.parse().map_err(Problem::internal)?;
    let first = call(app, plan.entered);
    let id: ProjectId = draw.id(first.at);
    let order = Order::<act::Create>::new(planner(&lead), String::new(), first).on(&lead);
    let new = read(plan.new_project(&mut draw))?;
    app.store
        .write(order, async |tx, permit| {
            let takes = permit.on().takes_new(tx.at().day(), "/lead_body");
            let year = FiscalYear::new(tx.at().day().year()).map_err(Problem::internal)?;
            let code = store::project::next_code(tx, year).await?;
            let project = Project::new(id, code, new, takes, Stamp { at: tx.at(), by: permit.actor().id })?;
            Ok::<_, Problem>(store::project::add(tx, permit, project, &ProjectMoney::default()).await?)
        })
        .await?;
    let mut lines = Vec::new();
    for (day, step) in plan.course(&mut draw) {
        let seed = Draw::of(draw.next());
        match step {
            Step::Open(line) => lines.push(Box::pin(open(app, id, line, day, seed)).await?),
            Step::Book(place, kind, won) => {
                if let Some(line) = lines.get(place) {
                    Box::pin(book(app, &lead, *line, entry(kind, won, day)?, seed)).await?;
                }
            }
            step => Box::pin(happen(app, id, &lead, day, step, seed)).await?,
        }
    }
    Ok(id)
}

/// Opens a budget line of the project.
async fn open(app: &App, id: ProjectId, line: Line, day: Day, mut draw: Draw) -> Result<LineId, Problem> {
    let body: BodyKey = line.body.parse().map_err(Problem::internal)?;
    let order = Order::<money::Create>::new(planner(&body), String::new(), call(app, day)).on(&body);
    let opened = app
        .store
        .write(order, async |tx, permit| {
            let project = store::budget::project_facts(tx, permit.actor(), id).await?;
            let project = project.ok_or(store::StoreError::NotFound)?;
            let stamp = budget::Stamp { at: tx.at(), by: permit.actor().id };
            let opened = opened(&line, project, day, stamp, &mut draw)?;
            Ok::<_, Problem>(store::budget::add(tx, permit, opened).await?.line)
        })
        .await?;
    Ok(opened.id)
}

/// Books a movement on a line of the lead's.
async fn book(app: &App, lead: &BodyKey, line: LineId, new: NewEntry, mut draw: Draw) -> Result<(), Problem> {
    let order = Order::<money::Record>::new(planner(lead), line.to_string(), call(app, new.booked_on));
    app.store
        .write(order, async |tx, permit| {
            let entries = store::budget::ledger(tx, permit).await?;
            let stamp = budget::Stamp { at: tx.at(), by: permit.actor().id };
            let ledger = Ledger { line: permit.on(), entries: &entries };
            let recorded = budget::record(ledger, &new, draw.id(stamp.at), stamp)?;
            Ok::<_, Problem>(store::budget::record(tx, permit, recorded).await?.line)
        })
        .await?;
    Ok(())
}

async fn happen(app: &App, id: ProjectId, lead: &BodyKey, day: Day, step: Step, draw: Draw) -> Result<(), Problem> {
    match &step {
        Step::Change(_) => act::<act::Change>(app, planner(lead), id, day, step, draw).await,
        Step::Compare => act::<act::ConfirmSimilar>(app, planner(lead), id, day, step, draw).await,
        Step::NoAdvice(_) => act::<act::DeclineAdvice>(app, planner(lead), id, day, step, draw).await,
        Step::File => act::<act::File>(app, planner(lead), id, day, step, draw).await,
        Step::Ask => act::<act::RequestGate>(app, planner(lead), id, day, step, draw).await,
        Step::Pass | Step::Return(_) => act::<act::DecideGate>(app, coordinator()?, id, day, step, draw).await,
        Step::Prioritise(_) => act::<act::Prioritise>(app, coordinator()?, id, day, step, draw).await,
        Step::Judge(..) => act::<act::RateHealth>(app, coordinator()?, id, day, step, draw).await,
        Step::Check(_) => act::<act::CheckProgress>(app, coordinator()?, id, day, step, draw).await,
        Step::Close(..) => act::<act::CloseAction>(app, planner(lead), id, day, step, draw).await,
        Step::Part(body, _) => {
            let partner: BodyKey = body.parse().map_err(Problem::internal)?;
            act::<act::ChangePart>(app, planner(&partner), id, day, step, draw).await
        }
        Step::Hold(_) => act::<act::Hold>(app, planner(lead), id, day, step, draw).await,
        Step::Cancel(_) => act::<act::Cancel>(app, planner(lead), id, day, step, draw).await,
        Step::GoBack(_) => act::<act::GoBack>(app, planner(lead), id, day, step, draw).await,
        Step::Open(_) | Step::Book(..) => Ok(()),
    }
}

/// One act, exactly as its operation of the API does it.
async fn act<A: Action<On = Project>>(
    app: &App,
    actor: Actor,
    id: ProjectId,
    day: Day,
    step: Step,
    mut draw: Draw,
) -> Result<(), Problem> {
    let order = Order::<A>::new(actor, id.to_string(), call(app, day));
    app.store
        .write(order, async |tx, permit| {
            let budget = store::project::money(tx, id).await?.facts();
            let advice = store::consultation::facts(tx, id).await?;
            let facts = Facts { budget, advice, ..Facts::on(tx.at().day()) };
            let stamp = Stamp { at: tx.at(), by: permit.actor().id };
            let project = done(permit.on().clone(), step, &facts, stamp, &mut draw)?;
            Ok::<_, Problem>(store::project::save(tx, permit, project).await?)
        })
        .await?;
    Ok(())
}
