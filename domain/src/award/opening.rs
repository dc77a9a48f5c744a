//! What an agreement opens (과제·예산 개설): the project as the application has described it, and a budget line for each source.

use super::{Award, FundingSource, NewAgreement, PROGRAMME_ENVELOPE_SHORT};
use crate::{
    access::BodyKey,
    application::Content,
    budget::{
        Account, AccountKind, Amount, Envelope, Hierarchy, LineId, LineKind, NewAppropriation, NewLine, Standing,
    },
    day::{Date, Day},
    money::Won,
    name::Name,
    problem::{Refusal, Words},
    project::{Benefit, Milestone, NewProject, Phase, ProjectCode, ProjectId, SpanChange},
    text::{Line, Prose},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A budget line that an agreement has opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AwardLine {
    /// Who pays.
    pub source: FundingSource,
    /// Whose line it is.
    pub body: BodyKey,
    /// The line.
    pub line: LineId,
    /// How much, in won.
    pub amount_krw: Won,
}

/// The project that an agreement has opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedProject {
    /// The project.
    pub project: ProjectId,
    /// Its number.
    pub code: ProjectCode,
    /// Its lines.
    pub lines: Vec<AwardLine>,
}

/// The project of an award, led by the applicant alone: what shares the partners have is not known from an application.
/// Effects that a project's record would refuse (named twice, against their own direction, measured without a day or in the
/// future) and whatever is beyond its lists stay in the application.
pub fn project_of(award: &Award, content: &Content, new: &NewAgreement, today: Day) -> NewProject {
    let span = SpanChange { start: Some(Some(Date::Day(new.begins_on))), end: Some(Some(Date::Day(new.ends_on))) };
    let milestone = |one: &crate::application::Milestone| Milestone {
        name: one.title.clone(),
        phase: Phase::Execution,
        due: one.due,
        done_on: None,
        body: Some(award.applicant.body.clone()),
    };
    NewProject {
        lead_body: award.applicant.body.clone(),
        title: Name { ko: content.title.clone(), en: None },
        summary: Some(content.summary.as_ref().and_then(|summary| shortened(summary.as_str()))),
        lead_share: None,
        partners: None,
        fields: Some(content.fields.iter().take(10).cloned().collect()),
        programme: Some(Some(award.programme.clone())),
        regions: Some(award.applicant.region.iter().cloned().collect()),
        testbed: None,
        network: None,
        personal_data: None,
        target_system: None,
        policy_links: None,
        planned: Some(span),
        actual: None,
        phase_plans: None,
        use_cases: None,
        benefits: Some(effects(&content.expected_effects, today)),
        links: None,
        stage: None,
        stage_dates: None,
        milestones: Some(content.milestones.iter().take(100).map(milestone).collect()),
        strategy: None,
        participants: None,
        pilot: None,
        requirements: None,
    }
}

/// A summary as a project keeps it: its first 4,000 characters, the last of which says that there is more.
fn shortened(summary: &str) -> Option<Prose<4000>> {
    summary.parse().ok().or_else(|| {
        let start: String = summary.chars().take(3999).chain(['…']).collect();
        start.parse().ok()
    })
}

fn effects(told: &[Benefit], today: Day) -> Vec<Benefit> {
    let mut seen = BTreeSet::new();
    let sound = |one: &&Benefit| !one.contradicts_itself();
    let measured = |one: Benefit| match (one.actual, one.measured_on) {
        (Some(_), Some(day)) if day <= today => one,
        _ => Benefit { actual: None, measured_on: None, ..one },
    };
    told.iter().filter(sound).filter(|one| seen.insert(&one.indicator)).take(30).cloned().map(measured).collect()
}

impl Award {
    /// The budget lines of its project, one for each source that pays something, active with their amount as original budget
    /// from the day of signing. The national one lies in the envelope that is given.
    pub fn lines(
        &self,
        new: &NewAgreement,
        project: ProjectId,
        envelope: Option<&Envelope>,
    ) -> Result<Vec<(FundingSource, NewLine)>, Refusal> {
        let paying = FundingSource::ALL.iter().filter_map(|source| {
            let amount = Amount::new(self.split.part(*source)).ok()?;
            Some((*source, amount))
        });
        let line = |(source, amount_krw): (FundingSource, Amount)| {
            let account = new.accounts.iter().find(|one| one.source == source).map(|one| one.account.clone());
            let account = account.or_else(general_account);
            let envelope = envelope.filter(|_| source == FundingSource::National).map(|one| one.key.clone());
            let line = NewLine {
                body: self.payer(source)?,
                fiscal_year: self.fiscal_year,
                account: account.ok_or_else(|| Refusal::new(&super::PAYER_UNKNOWN))?,
                hierarchy: Hierarchy::default(),
                kind: LineKind::Grant,
                title: titled(&self.title, source).unwrap_or_else(|| self.title.clone()),
                project: Some(project),
                share: None,
                envelope,
                standing: Some(Standing::Active),
                appropriation: Some(NewAppropriation { amount_krw, booked_on: new.signed_on }),
            };
            Ok((source, line))
        };
        paying.map(line).collect()
    }
}

/// 일반회계.
fn general_account() -> Option<Account> {
    Some(Account { kind: AccountKind::General, code: None, name: AccountKind::General.ko().parse().ok()? })
}

/// The title with the source behind it, cut where it would be too long.
fn titled(title: &Line<200>, source: FundingSource) -> Option<Line<200>> {
    let behind = format!(" ({})", source.ko());
    let room = 200_usize.saturating_sub(behind.chars().count());
    let start: String = title.as_str().chars().take(room).collect();
    format!("{start}{behind}").parse().ok()
}

/// Refuses national money that the programme's envelope no longer holds beside the lines that lie in it already.
pub fn within_envelope(envelope: &Envelope, taken: Won, national: Won) -> Result<(), Refusal> {
    let left = envelope.amount_krw.minus(taken)?;
    if national <= left {
        return Ok(());
    }
    let words = Words::made(
        format!("재원 {}의 남은 금액은 {left}원이고, 필요한 국비는 {national}원입니다", envelope.key),
        format!("The envelope {} has {left} won left, and {national} won are needed", envelope.key),
    );
    Err(Refusal::told(&PROGRAMME_ENVELOPE_SHORT, words))
}
