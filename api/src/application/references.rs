//! What an application refers to (참조 확인): a call that the applicant may read, partners that are there; and what of its
//! history is not for those who run the call.

use crate::{audit::HistoryEntry, http::Problem};
use domain::{
    access::{Actor, act::call as act, allows},
    application::{Application, Content},
    call::{CallKey, SupportCall},
    day::Day,
    problem::{Fault, INVALID, NOT_KNOWN, Refusal},
};
use store::{Known, Purpose, Tx};

/// The call, held as it stands. One that the applicant may not read is the same as none.
pub(super) async fn call(tx: &Tx, actor: &Actor, key: &CallKey) -> Result<Result<SupportCall, Refusal>, Problem> {
    let call = tx.load::<SupportCall>(key.as_str(), Purpose::Add).await?;
    let none = || Refusal::new(&INVALID).with(vec![Fault::new("/call", &NOT_KNOWN)]);
    Ok(call.filter(|call| allows::<act::Read>(actor, call)).ok_or_else(none))
}

/// Partners that are not there or take nothing new. Who took part before stays, also when the body has closed since.
pub(super) async fn unknown_partners(
    tx: &Tx,
    known: &Known,
    content: &Content,
    before: Option<&Application>,
    at: &str,
) -> Result<Vec<Fault>, Problem> {
    let today = tx.at().day();
    let faults = partner_faults(known, content, before, (today, at));
    if faults.is_empty() {
        return Ok(faults);
    }
    // Another process may have entered it a moment ago.
    Ok(partner_faults(&tx.known().await?, content, before, (today, at)))
}

fn partner_faults(
    known: &Known,
    content: &Content,
    before: Option<&Application>,
    (today, at): (Day, &str),
) -> Vec<Fault> {
    let new = |body| before.is_none_or(|before| !before.partner_bodies().contains(body));
    let new = content.partners.iter().enumerate().filter(|(_, partner)| new(&partner.body));
    let fault = |(index, partner): (usize, &domain::application::Partner)| {
        let at = format!("{at}/partners/{index}/body");
        match known.body(&partner.body) {
            Some(body) => body.takes_new(today, &at).err(),
            None => Some(Fault::new(at, &NOT_KNOWN)),
        }
    };
    new.filter_map(fault).collect()
}

/// What a rule made of it, with these faults beside its own.
pub(super) fn with<T>(made: Result<T, Refusal>, more: Vec<Fault>) -> Result<T, Refusal> {
    match made {
        Ok(made) => Refusal::unless_clean(more).map(|()| made),
        Err(refusal) if refusal.code == &INVALID => {
            let faults = refusal.faults.iter().cloned().chain(more).collect();
            Err(refusal.with(faults))
        }
        Err(refusal) => Err(refusal),
    }
}

/// The same entry without what was being written: what was submitted stands among the submissions.
pub(super) fn without_drafts(entry: &mut HistoryEntry) {
    entry.fields.retain(|field| field.pointer != "/content" && !field.pointer.starts_with("/content/"));
    let whole = entry.fields.iter_mut().filter(|field| field.pointer.is_empty());
    for side in whole.flat_map(|field| [&mut field.before, &mut field.after]).flatten() {
        if let Some(members) = side.as_object_mut() {
            members.remove("content");
        }
    }
}
