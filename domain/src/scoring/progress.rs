//! How far the sheets of a call are (평가 진척): what is submitted, begun, missing, late, and given to nobody or to too few.

use super::SheetState;
use crate::{application::ApplicationId, call::SupportCall, committee::MemberId, day::Instant, panel::SeatState};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The sheets of a call, counted. Only members who judge count: a sheet of somebody who is kept out has no effect.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetProgress {
    /// Sheets that are needed: one for each member and application it judges.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub needed: usize,
    /// Submitted.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub submitted: usize,
    /// Begun and not submitted.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub drafts: usize,
    /// Not submitted, begun or not.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub missing: usize,
    /// Not submitted although the deadline has passed, begun or not.
    #[schema(minimum = 0, maximum = 10_000_000)]
    pub late: usize,
    /// Until when sheets are taken; none for as long as the evaluation lasts.
    pub sheets_until: Option<Instant>,
    /// Eligible applications that nobody judges.
    #[schema(minimum = 0, maximum = 10_000)]
    pub unassigned: usize,
    /// Eligible applications that fewer judge than the call's quorum, those that nobody judges among them: they would have
    /// no result.
    #[schema(minimum = 0, maximum = 10_000)]
    pub below_quorum: usize,
    /// Each eligible application, by id.
    #[schema(max_items = 10_000)]
    pub applications: Vec<ApplicationProgress>,
    /// Each member who judges anything, by id.
    #[schema(max_items = 1000)]
    pub members: Vec<MemberProgress>,
}

/// The sheets of an application, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplicationProgress {
    /// Which.
    pub application: ApplicationId,
    /// How many members judge it.
    #[schema(minimum = 0, maximum = 1000)]
    pub seats: usize,
    /// How many more keep out until a conflict is decided.
    #[schema(minimum = 0, maximum = 1000)]
    pub waiting: usize,
    /// Submitted.
    #[schema(minimum = 0, maximum = 1000)]
    pub submitted: usize,
    /// Begun and not submitted.
    #[schema(minimum = 0, maximum = 1000)]
    pub drafts: usize,
    /// Not submitted, begun or not.
    #[schema(minimum = 0, maximum = 1000)]
    pub missing: usize,
    /// Not submitted although the deadline has passed.
    #[schema(minimum = 0, maximum = 1000)]
    pub late: usize,
    /// True when nobody judges it.
    pub unassigned: bool,
    /// How many more must judge it to reach the call's quorum.
    #[schema(minimum = 0, maximum = 1000)]
    pub wanting: usize,
}

/// The sheets of a member, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberProgress {
    /// Who.
    pub member: MemberId,
    /// How many applications the member judges.
    #[schema(minimum = 0, maximum = 10_000)]
    pub load: usize,
    /// Submitted.
    #[schema(minimum = 0, maximum = 10_000)]
    pub submitted: usize,
    /// Not submitted, begun or not.
    #[schema(minimum = 0, maximum = 10_000)]
    pub missing: usize,
    /// Not submitted although the deadline has passed.
    #[schema(minimum = 0, maximum = 10_000)]
    pub late: usize,
}

impl SheetProgress {
    /// Counts the sheets of these applications at a moment. What is not among them, and what nobody judges, counts for
    /// nothing.
    pub fn of(
        (call, now): (&SupportCall, Instant),
        applications: &[ApplicationId],
        seats: &[(ApplicationId, MemberId, SeatState)],
        sheets: &[(ApplicationId, MemberId, SheetState)],
    ) -> Self {
        let (over, quorum) =
            (call.sheets_are_over(now), call.rules.as_ref().map_or(0, |laid| laid.rules.scoring.quorum));
        let empty = |application| ApplicationProgress {
            application,
            seats: 0,
            waiting: 0,
            submitted: 0,
            drafts: 0,
            missing: 0,
            late: 0,
            unassigned: true,
            wanting: quorum,
        };
        let sheets: BTreeMap<(ApplicationId, MemberId), SheetState> =
            sheets.iter().map(|(application, member, state)| ((*application, *member), *state)).collect();
        let mut each: BTreeMap<ApplicationId, ApplicationProgress> =
            applications.iter().map(|id| (*id, empty(*id))).collect();
        let mut members: BTreeMap<MemberId, MemberProgress> = BTreeMap::new();
        let more = |count: &mut usize| *count = count.saturating_add(1);
        for (application, id, seat) in seats {
            let Some(one) = each.get_mut(application) else { continue };
            match seat {
                SeatState::Judging => {}
                SeatState::Waiting => {
                    more(&mut one.waiting);
                    continue;
                }
                SeatState::Barred | SeatState::Released => continue,
            }
            let member = members.entry(*id);
            let member = member.or_insert(MemberProgress { member: *id, load: 0, submitted: 0, missing: 0, late: 0 });
            more(&mut one.seats);
            more(&mut member.load);
            one.unassigned = false;
            one.wanting = quorum.saturating_sub(one.seats);
            let sheet = sheets.get(&(*application, *id));
            if sheet == Some(&SheetState::Submitted) {
                more(&mut one.submitted);
                more(&mut member.submitted);
            } else {
                more(&mut one.missing);
                more(&mut member.missing);
                one.drafts = one.drafts.saturating_add(usize::from(sheet.is_some()));
                one.late = one.late.saturating_add(usize::from(over));
                member.late = member.late.saturating_add(usize::from(over));
            }
        }
        let applications: Vec<ApplicationProgress> = each.into_values().collect();
        let sum = |of: fn(&ApplicationProgress) -> usize| applications.iter().map(of).fold(0, usize::saturating_add);
        Self {
            needed: sum(|one| one.seats),
            submitted: sum(|one| one.submitted),
            drafts: sum(|one| one.drafts),
            missing: sum(|one| one.missing),
            late: sum(|one| one.late),
            sheets_until: call.sheets_until,
            unassigned: sum(|one| usize::from(one.unassigned)),
            below_quorum: sum(|one| usize::from(one.wanting > 0)),
            members: members.into_values().collect(),
            applications,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        application::sample::{LATE, eligible},
        call::sample::{at, stamp},
        id::Id,
    };
    use serde_json::json;

    #[test]
    fn only_those_who_judge_count() {
        let application = |n| Id::new(uuid::Uuid::from_u128(n));
        let member = |n| Id::new(uuid::Uuid::from_u128(n));
        let seats = [
            (application(1), member(1), SeatState::Judging),
            (application(1), member(2), SeatState::Judging),
            (application(1), member(3), SeatState::Waiting),
            (application(1), member(4), SeatState::Barred),
            (application(2), member(1), SeatState::Judging),
            (application(2), member(5), SeatState::Released),
            (application(9), member(1), SeatState::Judging),
        ];
        let sheets = [
            (application(1), member(1), SheetState::Submitted),
            (application(1), member(2), SheetState::Draft),
            (application(1), member(4), SheetState::Submitted),
            (application(2), member(5), SheetState::Submitted),
        ];
        let until = serde_json::from_value(json!({ "sheets_until": "2026-02-20T09:00:00Z" })).unwrap();
        let call = eligible().1.sheets_due(until, stamp(LATE)).unwrap();
        let all = [application(1), application(2), application(3)];
        let at_the = |now: &str| SheetProgress::of((&call, at(now)), &all, &seats, &sheets);
        let told = at_the("2026-02-20T09:00:00Z");
        assert_eq!((told.needed, told.submitted, told.drafts, told.missing, told.unassigned), (3, 1, 1, 2, 1));
        assert_eq!((told.late, told.below_quorum, told.sheets_until), (0, 3, call.sheets_until), "the quorum is three");
        let each: Vec<_> = told
            .applications
            .iter()
            .map(|a| (a.seats, a.waiting, a.submitted, a.drafts, a.missing, a.wanting))
            .collect();
        assert_eq!(each, [(2, 1, 1, 1, 1, 1), (1, 0, 0, 0, 1, 2), (0, 0, 0, 0, 0, 3)]);
        let members: Vec<_> = told.members.iter().map(|m| (m.load, m.submitted, m.missing)).collect();
        assert_eq!(members, [(2, 1, 1), (1, 0, 1)]);
        let over = at_the("2026-02-20T09:00:01Z");
        assert_eq!((over.late, over.missing, over.drafts), (2, 2, 1));
        assert_eq!(over.applications.iter().map(|a| a.late).collect::<Vec<_>>(), [1, 1, 0]);
        assert_eq!(over.members.iter().map(|m| m.late).collect::<Vec<_>>(), [1, 1]);
    }
}
