//! Tests of the account (계정).

use super::*;
use crate::access::{act, allows, open_without_role};
use uuid::Uuid;

const NOW: Instant = Instant::from_micros(1_800_000_000_000_000);
const ADMIN: Id<Actor> = Id::new(Uuid::from_u128(99));

fn account() -> Account {
    let new = NewAccount {
        id: Id::new(Uuid::from_u128(1)),
        sign_in_name: "minji.kim".parse().unwrap(),
        display_name: "김민지".parse().unwrap(),
        email: None,
    };
    Account::open(new, NOW)
}
fn role(id: u128, role: Role) -> NewGrant {
    let (body, reason) = ("mois".parse().unwrap(), why());
    NewGrant { id: Id::new(Uuid::from_u128(id)), role, body, expires_at: None, reason }
}
fn why() -> Prose<500> {
    "인사 발령".parse().unwrap()
}
fn codes(result: Result<Account, Refusal>) -> Vec<&'static str> {
    let refusal = result.unwrap_err();
    if refusal.faults.is_empty() {
        vec![refusal.code.name]
    } else {
        refusal.faults.iter().map(|f| f.code.name).collect()
    }
}

#[test]
fn only_roles_in_force_reach_the_actor() {
    let soon = NOW.plus_seconds(10);
    let mut brief = role(2, Role::Viewer);
    brief.expires_at = Some(soon);
    let account = account().grant(role(1, Role::Planner), ADMIN, NOW).unwrap().grant(brief, ADMIN, NOW).unwrap();
    let roles = |a: &Account, at| a.actor(at).grants.iter().map(|g| g.role).collect::<Vec<_>>();
    assert_eq!(roles(&account, NOW), [Role::Planner, Role::Viewer]);
    assert_eq!(roles(&account, soon), [Role::Planner], "expires at its end, not after");
    let revoked = account.clone().revoke(Id::new(Uuid::from_u128(1)), ADMIN, why(), NOW).unwrap();
    assert_eq!(roles(&revoked, NOW), [Role::Viewer]);
    let suspended = account.suspend(ADMIN, why(), NOW).unwrap();
    assert_eq!(roles(&suspended, NOW), []);
    let removed = suspended.remove(ADMIN, why(), NOW).unwrap();
    assert_eq!(roles(&removed, NOW), []);
    assert_eq!(roles(&removed.restore(NOW).unwrap(), NOW), [Role::Planner, Role::Viewer]);
}

#[test]
fn grants_are_refused_with_every_fault() {
    let account = account().grant(role(1, Role::Planner), ADMIN, NOW).unwrap();
    let mut twice = role(2, Role::Planner);
    twice.expires_at = Some(NOW);
    assert_eq!(codes(account.clone().grant(twice, ADMIN, NOW)), ["role_held", "expiry_not_ahead"]);
    let mut elsewhere = role(3, Role::Planner);
    elsewhere.body = "msit".parse().unwrap();
    assert!(account.clone().grant(elsewhere, ADMIN, NOW).is_ok());
    let over = account.revoke(Id::new(Uuid::from_u128(1)), ADMIN, why(), NOW).unwrap();
    assert_eq!(codes(over.clone().revoke(Id::new(Uuid::from_u128(1)), ADMIN, why(), NOW)), ["grant_not_in_force"]);
    assert!(over.clone().grant(role(4, Role::Planner), ADMIN, NOW).is_ok(), "a role may be given again");
    assert_eq!(codes(over.clone().revoke(Id::new(Uuid::from_u128(7)), ADMIN, why(), NOW)), ["grant_unknown"]);
    let removed = over.remove(ADMIN, why(), NOW).unwrap();
    assert_eq!(codes(removed.grant(role(5, Role::Planner), ADMIN, NOW)), ["account_not_active"]);
}

#[test]
fn grants_are_bounded() {
    let full = (0..200).fold(account(), |a, i| {
        let a = a.grant(role(i, Role::Planner), ADMIN, NOW).unwrap();
        a.revoke(Id::new(Uuid::from_u128(i)), ADMIN, why(), NOW).unwrap()
    });
    assert_eq!(codes(full.grant(role(500, Role::Planner), ADMIN, NOW)), ["too_many_grants"]);
}

#[test]
fn administrators_do_not_lock_themselves_out() {
    let account = account().grant(role(1, Role::Administrator), ADMIN, NOW).unwrap();
    let (me, first) = (account.actor_id(), Id::new(Uuid::from_u128(1)));
    assert_eq!(codes(account.clone().revoke(first, me, why(), NOW)), ["last_administrator_role"]);
    assert_eq!(codes(account.clone().suspend(me, why(), NOW)), ["own_account"]);
    assert_eq!(codes(account.clone().remove(me, why(), NOW)), ["own_account"]);
    assert!(account.clone().revoke(first, ADMIN, why(), NOW).is_ok(), "another administrator may");
    let mut second = role(2, Role::Administrator);
    second.body = "nia".parse().unwrap();
    let twice = account.grant(second, me, NOW).unwrap();
    let once = twice.revoke(first, me, why(), NOW).unwrap();
    assert_eq!(codes(once.revoke(Id::new(Uuid::from_u128(2)), me, why(), NOW)), ["last_administrator_role"]);
}

#[test]
fn states_move_only_where_they_may() {
    assert_eq!(codes(account().restore(NOW)), ["account_active"]);
    let suspended = account().suspend(ADMIN, why(), NOW).unwrap();
    assert_eq!(codes(suspended.clone().suspend(ADMIN, why(), NOW)), ["account_not_active"]);
    let removed = suspended.remove(ADMIN, why(), NOW.plus_seconds(1)).unwrap();
    assert_eq!(removed.updated_at, NOW.plus_seconds(1));
    assert_eq!(codes(removed.remove(ADMIN, why(), NOW)), ["account_not_active"]);
}

#[test]
fn people_read_themselves_and_administrators_everyone() {
    let account = account().grant(role(1, Role::Viewer), ADMIN, NOW).unwrap();
    let mut other = account.actor(NOW);
    assert!(allows::<act::account::Read>(&other, &account) && allows::<act::account::ChangePassword>(&other, &account));
    assert!(!allows::<act::account::Suspend>(&other, &account));
    other.id = ADMIN;
    assert!(!allows::<act::account::Read>(&other, &account) && !account.visible(&other));
    other.grants[0].role = Role::Administrator;
    assert!(allows::<act::account::Read>(&other, &account) && allows::<act::account::ResetPassword>(&other, &account));
    assert!(!allows::<act::account::ChangePassword>(&other, &account), "only their own");
    other.grants[0].role = Role::Auditor;
    assert!(allows::<act::account::Read>(&other, &account) && !allows::<act::account::Grant>(&other, &account));
}

#[test]
fn the_stored_document_reads_back_and_refuses_strangers() {
    let account = account().grant(role(1, Role::Viewer), ADMIN, NOW).unwrap().suspend(ADMIN, why(), NOW).unwrap();
    let mut document = serde_json::to_value(&account).unwrap();
    assert_eq!(serde_json::from_value::<Account>(document.clone()).unwrap(), account);
    document["password"] = "x".into();
    assert!(serde_json::from_value::<Account>(document).is_err());
}

#[test]
fn without_a_role_one_still_has_oneself() {
    let account = account();
    let mut me = account.actor(NOW);
    assert!(me.grants.is_empty());
    assert!(allows::<act::account::ChangePassword>(&me, &account) && allows::<act::session::SignIn>(&me, &account));
    assert!(!allows::<act::account::Read>(&me, &account) && !allows::<act::account::Change>(&me, &account));
    me.id = ADMIN;
    assert!(!allows::<act::account::ChangePassword>(&me, &account), "nobody else's");
    assert!(open_without_role::<act::session::Read>() && !open_without_role::<act::account::Read>());
}

#[test]
fn a_password_is_set_while_the_account_is_kept() {
    let later = NOW.plus_seconds(1);
    assert_eq!(account().password_set(later).unwrap().updated_at, later);
    let suspended = account().suspend(ADMIN, why(), NOW).unwrap();
    assert!(suspended.clone().password_set(later).is_ok());
    assert_eq!(codes(suspended.remove(ADMIN, why(), NOW).unwrap().password_set(later)), ["account_not_active"]);
}
