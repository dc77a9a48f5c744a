//! Concluding the agreement (협약 체결): the project and its budget lines are opened in the same write, or nothing is.

use super::{booked, shown, wire::AwardView};
use crate::{
    App,
    http::{Allowed, Found, Json, Problem},
    project::{candidates_like, lead_stands, reference_faults, stamp},
};
use actix_web::{post, web::Data};
use domain::{
    access::{BodyKey, Permit, act::award as act},
    application::ApplicationId,
    award::{
        Award, AwardLine, FundingSource, NewAgreement, OpenedProject, PAYER_UNKNOWN, book, committed, project_of,
        refused_at, within_envelope,
    },
    body::Body,
    budget::{Envelope, Opened, Payer, ProjectFacts, Refers, open},
    day::FiscalYear,
    id::Id,
    money::Won,
    problem::{Fault, Refusal},
    project::{Facts, Move, MoveKind, Project, ProjectMoney, SimilarCandidate},
};
use store::{Known, Order, Purpose, Tx};
use uuid::Uuid;

/// Conclude the agreement.
///
/// With it an AX project in planning is opened, as the application describes it and led by the applicant, and an active budget
/// line for each source that pays something. The national line is of the body that holds the call and lies in the programme's
/// envelope, the one of the same key and year, which must hold that much; its money is committed under the agreement's number.
#[utoipa::path(tag = "award", security(("bearer" = ["award.agree"])),
    params(("application" = ApplicationId, Path, description = "The id of the application that it was given to.")))]
#[post("/awards/{application}/agreement")]
pub(super) async fn conclude_agreement(
    app: Data<App>,
    Allowed(order): Allowed<act::Agree>,
    Json(new): Json<NewAgreement>,
) -> Result<Found<AwardView>, Problem> {
    Ok(shown(agree(&app, order, new, || app.chance.uuid()).await?))
}

/// Concludes the agreement. What it opens is given these ids.
pub(crate) async fn agree(
    app: &App,
    order: Order<act::Agree>,
    new: NewAgreement,
    mut fresh: impl FnMut() -> Uuid,
) -> Result<Award, Problem> {
    // Before the write: among many projects the search takes a while, for which no other writer should wait.
    let seen = store::award::application_seen(&app.store, &app.store.ask(&order).await?).await?;
    let summary = seen.counting().summary.as_ref().map(ToString::to_string).unwrap_or_default();
    let similar = candidates_like(app, order.actor(), (seen.counting().title.as_str(), &summary)).await?;
    let known = app.store.known().await?;
    app.store
        .write(order, async |tx, permit| {
            permit.on().may_agree(&new, stamp(tx, permit))?;
            let (project, lines) = opening((tx, permit), &new, (similar, &known), &mut fresh).await?;
            let money = ProjectMoney::of(lines.iter().map(|(_, opened)| &opened.line)).map_err(Refusal::from)?;
            let told = lines.iter().map(|(source, opened)| AwardLine {
                source: *source,
                body: opened.line.body.clone(),
                line: opened.line.id,
                amount_krw: permit.on().split.part(*source),
            });
            let made = OpenedProject { project: project.id, code: project.code, lines: told.collect() };
            let after = permit.on().clone().agreed(new, made, stamp(tx, permit))?;
            let after = store::award::save(tx, permit, after).await?;
            store::project::add(tx, permit, project, &money).await?;
            let lines: Vec<Opened> = lines.into_iter().map(|(_, opened)| opened).collect();
            store::budget::add_with_project(tx, permit, &lines).await?;
            Ok::<_, Problem>(after)
        })
        .await
}

/// The project as it is filed, and its lines as they are opened.
async fn opening(
    (tx, permit): (&Tx, &Permit<act::Agree>),
    new: &NewAgreement,
    (similar, known): (Vec<SimilarCandidate>, &Known),
    fresh: &mut impl FnMut() -> Uuid,
) -> Result<(Project, Vec<(FundingSource, Opened)>), Problem> {
    let (award, stamp) = (permit.on(), stamp(tx, permit));
    let today = tx.at().day();
    let envelope = envelope(tx, award).await?;
    if let Some((envelope, taken)) = &envelope {
        within_envelope(envelope, *taken, award.split.national_krw)?;
    }
    let envelope = envelope.map(|(envelope, _)| envelope);
    let application = store::award::application_of(tx, permit).await?;
    let lead = body(tx, &award.applicant.body).await?;
    let facts = Facts { lead: lead_stands(lead.as_ref(), today), ..Facts::on(today) };
    let year = FiscalYear::new(today.year()).map_err(Problem::internal)?;
    let code = store::project::next_code(tx, year).await?;
    let wanted = project_of(award, application.counting(), new, today);
    let project = Project::new(Id::new(fresh()), code, wanted, facts.lead.clone(), stamp).map_err(elsewhere)?;
    let missing = reference_faults(tx, known, permit.actor(), None, &project).await?;
    Refusal::unless_clean(missing).map_err(elsewhere)?;
    let file = Move { kind: MoveKind::File, to: None, reason: None };
    let filed = project.similar_confirmed(similar, stamp).and_then(|project| project.moved(&file, &facts, stamp));
    let project = filed.map_err(elsewhere)?;
    let lines = lines((tx, permit), new, (&project, envelope.as_ref()), fresh).await?;
    let money = ProjectMoney::of(lines.iter().map(|(_, opened)| &opened.line)).map_err(Refusal::from)?;
    let facts = Facts { budget: money.facts(), ..facts };
    // It is entered in one act: what has led up to its filing is no version of its own.
    Ok((Project { version: 1, ..project.rerated(&facts, tx.at()) }, lines))
}

/// The lines of the project, one for each source that pays something. What the nation pays is committed at once.
async fn lines(
    (tx, permit): (&Tx, &Permit<act::Agree>),
    new: &NewAgreement,
    (project, envelope): (&Project, Option<&Envelope>),
    fresh: &mut impl FnMut() -> Uuid,
) -> Result<Vec<(FundingSource, Opened)>, Problem> {
    let award = permit.on();
    let bodies = project.shares().map(|(body, _)| body.clone()).collect();
    let facts = ProjectFacts { id: project.id, bodies, filed: project.is_filed() };
    let mut lines = Vec::new();
    for (source, line) in award.lines(new, project.id, envelope)? {
        let payer = body(tx, &line.body).await?.ok_or_else(|| Refusal::new(&PAYER_UNKNOWN))?;
        let envelope = envelope.filter(|_| line.envelope.is_some());
        let refers = Refers { body: Some(&payer), project: Some(facts.clone()), envelope, payer: Payer::Supports };
        let first = line.appropriation.as_ref().map(|given| given.amount_krw);
        let opened = open(line, refers, Id::new(fresh()), Id::new(fresh()), booked(tx, permit));
        let mut opened = opened.map_err(|refusal| refused_at(refusal, "/signed_on"))?;
        if let (FundingSource::National, Some(amount)) = (source, first) {
            let commitment = committed(&new.number, amount, new.signed_on);
            let id = || Id::new(fresh());
            let recorded = book(&opened.line, &opened.entries, &[commitment], id, booked(tx, permit));
            let recorded = recorded.map_err(|refusal| refused_at(refusal, "/signed_on"))?;
            opened.line = recorded.line;
            opened.entries.extend(recorded.entries);
        }
        lines.push((source, opened));
    }
    Ok(lines)
}

/// The programme's envelope of the year, the one of the same key, held with what lies in it already; none where the register
/// has none.
async fn envelope(tx: &Tx, award: &Award) -> Result<Option<(Envelope, Won)>, Problem> {
    let Ok(key) = award.programme.as_str().parse() else { return Ok(None) };
    let found = store::budget::envelope_held(tx, &key).await?;
    Ok(found.filter(|(envelope, _)| envelope.fiscal_year == award.fiscal_year))
}

async fn body(tx: &Tx, key: &BodyKey) -> Result<Option<Body>, Problem> {
    Ok(tx.load(key.as_str(), Purpose::Add).await?)
}

/// What stands in the way lies in what was applied for, not in what was sent.
fn elsewhere(refusal: Refusal) -> Refusal {
    let whole = |fault: Fault| Fault { pointer: String::new(), ..fault };
    Refusal { faults: refusal.faults.into_iter().map(whole).collect(), ..refusal }
}
