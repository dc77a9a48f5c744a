//! The score table (평가 집계표): the applications of each track in the order of their ranks, with the total of every member's
//! sheet, without saying whose it is.

use super::{Application, Dossier, Evaluation, ExclusionKind, Outcome, Placed, Read, Track, TrackResult};
use crate::{
    decimal::Decimal,
    money::{TooMuch, Won},
};
use sha2::Digest;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// What a dossier and its result say, in the order in which officials read it.
#[derive(Debug, Clone)]
pub struct ScoreTable {
    dossier: Dossier,
    result: Evaluation,
    /// Members by their column.
    members: Vec<String>,
    /// What each member has of each application, by the application's id and the member's column.
    marks: BTreeMap<(String, usize), Mark>,
    /// Where each application stands in the dossier.
    places: BTreeMap<String, usize>,
}

/// What a member has of an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The total of its sheet, which counted.
    Counted(Decimal),
    /// The total of its sheet, dropped as the highest.
    Highest(Decimal),
    /// The total of its sheet, dropped as the lowest.
    Lowest(Decimal),
    /// It was kept out.
    KeptOut(ExclusionKind),
}

/// A row of the table.
#[derive(Debug, Clone)]
pub struct ScoreRow<'a> {
    /// The application as the dossier has it.
    pub application: &'a Application,
    /// What became of it.
    pub placed: &'a Placed,
    /// By column; none where the member has no sheet of it.
    pub marks: Vec<Option<Mark>>,
    /// Bonus points, up to what counts of them.
    pub bonus: Decimal,
    /// Penalty points.
    pub penalty: Decimal,
}

/// What those selected in a track cost, and who pays it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// All of it.
    pub total_cost: Won,
    /// National money.
    pub national: Won,
    /// Money of the sido.
    pub sido: Won,
    /// Money of the municipalities.
    pub municipality: Won,
    /// Money of central bodies.
    pub own: Won,
}

impl ScoreTable {
    /// The table of a dossier and what it came to.
    pub fn of(read: &Read, result: Evaluation) -> Self {
        let dossier = read.dossier().clone();
        let members = order(&dossier);
        let column: BTreeMap<&str, usize> = members.iter().enumerate().map(|(at, id)| (id.as_str(), at)).collect();
        let outcomes: BTreeMap<&str, &Placed> = result.applications.iter().map(|p| (p.id.as_str(), p)).collect();
        let mut marks = BTreeMap::new();
        for sheet in &dossier.sheets {
            let total = Decimal::sum(sheet.scores.values().copied());
            let dropped = outcomes.get(sheet.application.as_str()).map_or(&[][..], |placed| &placed.dropped_members);
            let mark = match dropped {
                [highest, ..] if *highest == sheet.member => Mark::Highest(total),
                [_, lowest, ..] if *lowest == sheet.member => Mark::Lowest(total),
                _ => Mark::Counted(total),
            };
            if let Some(at) = column.get(sheet.member.as_str()) {
                marks.insert((sheet.application.clone(), *at), mark);
            }
        }
        for kept_out in &dossier.exclusions {
            if let Some(at) = column.get(kept_out.member.as_str()) {
                marks.insert((kept_out.application.clone(), *at), Mark::KeptOut(kept_out.kind));
            }
        }
        let standing = dossier.applications.iter().enumerate().map(|(at, one)| (one.id.clone(), at)).collect();
        Self { dossier, result, members, marks, places: standing }
    }

    /// How many members have a column.
    pub const fn members(&self) -> usize {
        self.members.len()
    }
    /// The dossier.
    pub const fn dossier(&self) -> &Dossier {
        &self.dossier
    }
    /// What it came to.
    pub const fn result(&self) -> &Evaluation {
        &self.result
    }
    /// The tracks with what they gave, in the order of the call.
    pub fn tracks(&self) -> impl Iterator<Item = (&Track, &TrackResult)> {
        let given = |track: &&Track| self.result.tracks.iter().find(|given| given.code == track.code);
        self.dossier.call.tracks.iter().filter_map(move |track| Some((track, given(&track)?)))
    }

    /// The applications of a track by rank: those of equal rank as a lot or the money has placed them; behind them those
    /// below the cut by their score, then those without one.
    pub fn ranking(&self, track: &str) -> Vec<&Placed> {
        let mut of_track: Vec<&Placed> = self.result.applications.iter().filter(|p| p.track == track).collect();
        let place = |outcome: Outcome| Outcome::ALL.iter().position(|known| *known == outcome);
        of_track.sort_by(|a, b| {
            let key =
                |p: &Placed| (p.rank.unwrap_or(usize::MAX), place(p.outcome), p.reserve_order, Reverse(p.r#final));
            key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
        });
        of_track
    }

    /// The row of an application.
    pub fn row<'a>(&'a self, placed: &'a Placed) -> Option<ScoreRow<'a>> {
        let application = self.dossier.applications.get(*self.places.get(&placed.id)?)?;
        let mark = |at: usize| self.marks.get(&(placed.id.clone(), at)).copied();
        let given = Decimal::sum(application.bonuses.iter().map(|bonus| bonus.points));
        Some(ScoreRow {
            application,
            placed,
            marks: (0..self.members.len()).map(mark).collect(),
            bonus: given.min(self.dossier.call.scoring.bonus_cap),
            penalty: Decimal::sum(application.penalties.iter().map(|penalty| penalty.points)),
        })
    }

    /// What those selected in a track cost together.
    pub fn sums(&self, track: &str) -> Result<Sums, TooMuch> {
        let chosen = self.ranking(track).into_iter().filter(|placed| placed.outcome == Outcome::Selected);
        let rows: Vec<ScoreRow<'_>> = chosen.filter_map(|placed| self.row(placed)).collect();
        let splits = || rows.iter().filter_map(|row| row.placed.cost_share.as_ref().map(|shared| &shared.split));
        Ok(Sums {
            total_cost: Won::sum(rows.iter().map(|row| row.application.total_cost))?,
            national: Won::sum(splits().map(|split| split.national))?,
            sido: Won::sum(splits().map(|split| split.sido))?,
            municipality: Won::sum(splits().map(|split| split.municipality))?,
            own: Won::sum(splits().map(|split| split.own))?,
        })
    }
}

/// The members in an order that is the same each time and follows from the whole dossier, so that only somebody who has
/// that, and with it the names, can tell who stands where. The dossier's published hash does not suffice.
fn order(dossier: &Dossier) -> Vec<String> {
    let whole = serde_json::to_vec(dossier).unwrap_or_default();
    let secret = sha2::Sha256::new().chain_update(b"score table:").chain_update(whole).finalize();
    let of_sheets = dossier.sheets.iter().map(|sheet| &sheet.member);
    let members: BTreeSet<&String> = of_sheets.chain(dossier.exclusions.iter().map(|e| &e.member)).collect();
    let mut members: Vec<String> = members.into_iter().cloned().collect();
    members.sort_by_cached_key(|member| {
        let place = sha2::Sha256::new().chain_update(secret).chain_update(member.as_bytes()).finalize();
        <[u8; 32]>::from(place)
    });
    members
}
