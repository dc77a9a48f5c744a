//! What the trade asks of every result (평가 불변식): each told as a change of a dossier and what that may change.

use super::{random, result, sound};
use num_rational::BigRational;
use proptest::{collection::vec, prelude::*, sample::Index};
use serde_json::{Value, json};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The result without the hash of what it was computed from.
fn outcome(dossier: &Value) -> Value {
    let mut result = result(dossier);
    result.as_object_mut().unwrap().remove("inputs_sha256");
    result
}
fn list<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of[name].as_array().unwrap()
}
fn list_mut<'a>(of: &'a mut Value, name: &str) -> &'a mut Vec<Value> {
    of[name].as_array_mut().unwrap()
}
fn decimal(of: &Value) -> crate::decimal::Decimal {
    of.as_str().unwrap().parse().unwrap()
}
fn number(of: &Value) -> usize {
    usize::try_from(of.as_u64().unwrap()).unwrap()
}
/// Puts a list in an order that the salt alone decides.
fn shuffle(salt: u64, list: &mut [Value]) {
    list.sort_by_cached_key(|value| {
        let mut hasher = DefaultHasher::new();
        (salt, value.to_string()).hash(&mut hasher);
        hasher.finish()
    });
}
/// True of the papers that a member has on an application.
fn on<'a>(member: &'a Value, application: &'a Value) -> impl Fn(&Value) -> bool + 'a {
    move |paper| paper["member"] == *member && paper["application"] == *application
}
/// A copy of an application and all that is said of it, under another id.
fn with_twin(dossier: &Value, of: &Value) -> Value {
    let mut doubled = dossier.clone();
    for (name, place) in [("applications", "id"), ("sheets", "application"), ("exclusions", "application")] {
        let mut copies: Vec<Value> = list(dossier, name).iter().filter(|one| one[place] == of["id"]).cloned().collect();
        for copy in &mut copies {
            copy[place] = json!("twin");
        }
        list_mut(&mut doubled, name).extend(copies);
    }
    doubled
}
/// The same without an application and all that is said of it.
fn without(dossier: &Value, application: &Value) -> Value {
    let mut left = dossier.clone();
    for (name, place) in [("applications", "id"), ("sheets", "application"), ("exclusions", "application")] {
        list_mut(&mut left, name).retain(|one| one[place] != application["id"]);
    }
    left
}
fn placed<'a>(result: &'a Value, id: &Value) -> &'a Value {
    list(result, "applications").iter().find(|one| one["id"] == *id).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// The same inputs give the same result, bit for bit, in whatever order they come.
    #[test]
    fn the_order_of_the_input_never_matters(seed in any::<u64>(), salt in any::<u64>()) {
        let dossier = random::dossier(seed);
        prop_assert_eq!(result(&dossier).to_string(), result(&dossier.clone()).to_string());
        let mut turned = dossier.clone();
        for name in ["applications", "sheets", "exclusions", "indicators"] {
            shuffle(salt, list_mut(&mut turned, name));
        }
        for application in list_mut(&mut turned, "applications") {
            shuffle(salt, list_mut(application, "bonuses"));
            shuffle(salt, list_mut(application, "penalties"));
            shuffle(salt, list_mut(&mut application["applicant"], "groups"));
        }
        shuffle(salt, list_mut(&mut turned["call"]["cost_share"], "adjustments"));
        prop_assert_eq!(outcome(&dossier), outcome(&turned));
    }

    /// What a member who is kept out has written has no effect, whatever it is and whenever the member left.
    #[test]
    fn whoever_is_kept_out_has_no_effect(seed in any::<u64>(), any in any::<Index>(), kind in 0..3_usize) {
        let dossier = random::dossier(seed);
        let kept_out = |sheet: &Value| list(&dossier, "exclusions").iter().any(on(&sheet["member"], &sheet["application"]));
        let (mut other, mut gone) = (dossier.clone(), dossier.clone());
        for sheet in list_mut(&mut other, "sheets").iter_mut().filter(|sheet| kept_out(sheet)) {
            sheet["scores"] = json!({ "fit": "0", "spread": "60" });
        }
        list_mut(&mut gone, "sheets").retain(|sheet| !kept_out(sheet));
        prop_assert_eq!(outcome(&dossier), outcome(&other));
        prop_assert_eq!(outcome(&dossier), outcome(&gone));

        if let Some(sheet) = list(&dossier, "sheets").get(any.index(list(&dossier, "sheets").len().max(1))) {
            let (mut left, mut unwritten) = (dossier.clone(), dossier.clone());
            let kind = ["exclusion", "challenge", "recusal"][kind];
            list_mut(&mut left, "exclusions")
                .push(json!({ "member": sheet["member"], "application": sheet["application"], "kind": kind }));
            list_mut(&mut unwritten, "sheets").retain(|one| !on(&sheet["member"], &sheet["application"])(one));
            prop_assert_eq!(outcome(&left), outcome(&unwritten));
        }
    }

    /// Once an application is withdrawn the others stand as if it had never been there.
    #[test]
    fn a_withdrawal_leaves_the_others_as_if_it_had_not_been(seed in any::<u64>(), any in any::<Index>()) {
        let dossier = random::dossier(seed);
        let which = any.index(list(&dossier, "applications").len());
        let mut withdrawn = dossier.clone();
        withdrawn["applications"][which]["state"] = json!("withdrawn");
        let gone = &dossier["applications"][which];
        let mut one = outcome(&withdrawn);
        prop_assert_eq!(&placed(&one, &gone["id"])["outcome"], "withdrawn");
        list_mut(&mut one, "applications").retain(|placed| placed["id"] != gone["id"]);
        prop_assert_eq!(one, outcome(&without(&dossier, gone)));
    }

    /// The trimmed mean lies between the second lowest and the second highest total, and a constant added to all of them is
    /// added to it.
    #[test]
    fn a_trimmed_mean_keeps_to_its_totals(
        sheets in vec((0..=60_u32, 0..=60_u32), 3..20), more in 0..=60_u32,
    ) {
        let halves = |halves: u32| format!("{}.{}", halves / 2, if halves.is_multiple_of(2) { 0 } else { 5 });
        let of = |more: u32| {
            let mut dossier = sound();
            let sheet = |(n, (fit, spread)): (usize, &(u32, u32))| json!({ "member": format!("m{n:02}"), "application": "a",
                "scores": { "fit": halves(fit + more), "spread": halves(*spread) } });
            dossier["sheets"] = sheets.iter().enumerate().map(sheet).collect();
            dossier["exclusions"] = json!([]);
            dossier["applications"][0]["bonuses"] = json!([]);
            dossier["call"]["scoring"]["aggregation"] = json!("trimmed_mean");
            result(&dossier)["applications"][0].clone()
        };
        let mean = |of: &Value| of["mean_exact"].as_str().unwrap().parse::<BigRational>().unwrap();
        let half = |halves: u32| BigRational::new(halves.into(), 2.into());
        let mut totals: Vec<u32> = sheets.iter().map(|(fit, spread)| fit + spread).collect();
        totals.sort_unstable();
        let (plain, raised) = (of(0), of(more));
        prop_assert!(half(totals[1]) <= mean(&plain) && mean(&plain) <= half(totals[totals.len() - 2]));
        prop_assert_eq!(mean(&raised) - mean(&plain), half(more));
        prop_assert_eq!(&plain["dropped_members"], &raised["dropped_members"]);
        prop_assert_eq!(list(&plain, "dropped_members").len(), 2);
    }

    /// A higher score never has a worse rank, and ranks skip as many as share one.
    #[test]
    fn ranks_are_in_order(seed in any::<u64>()) {
        let dossier = random::dossier(seed);
        let result = result(&dossier);
        for track in list(&dossier["call"], "tracks") {
            let of: Vec<&Value> = list(&result, "applications").iter().filter(|one| one["track"] == track["code"]).collect();
            let ranked: Vec<(usize, &Value)> = of.iter().filter(|one| !one["rank"].is_null()).map(|one| (number(&one["rank"]), *one)).collect();
            for (rank, one) in &ranked {
                prop_assert_eq!(*rank, 1 + ranked.iter().filter(|(other, _)| other < rank).count());
                prop_assert!(ranked.iter().all(|(r, other)| decimal(&other["final"]) <= decimal(&one["final"]) || r < rank));
            }
            let mut waiting: Vec<usize> = of.iter().filter(|one| one["outcome"] == "reserve").map(|one| number(&one["reserve_order"])).collect();
            waiting.sort_unstable();
            prop_assert!(waiting.iter().copied().eq(1..=waiting.len()) && waiting.len() <= number(&track["reserve_slots"]));
        }
    }

    /// The parts add up to the won, none of them negative; the national part keeps to its limits; those selected fit in
    /// their track's awards and money.
    #[test]
    fn money_adds_up_and_suffices(seed in any::<u64>()) {
        let dossier = random::dossier(seed);
        let result = result(&dossier);
        let rules = &dossier["call"]["cost_share"];
        for (track, given) in list(&dossier["call"], "tracks").iter().zip(list(&result, "tracks")) {
            let of = |one: &&Value| one["track"] == track["code"] && one["outcome"] == "selected";
            let selected: Vec<&Value> = list(&result, "applications").iter().filter(of).collect();
            let needed: i64 = selected.iter().map(|one| one["cost_share"]["national"].as_i64().unwrap()).sum();
            prop_assert_eq!(&given["committed"], needed);
            prop_assert!(needed <= track["envelope"].as_i64().unwrap());
            prop_assert!(selected.len() == number(&given["awards"]) && selected.len() <= number(&track["max_awards"]));
        }
        for one in list(&result, "applications").iter().filter(|one| !one["cost_share"].is_null()) {
            let (share, asked) = (&one["cost_share"], list(&dossier, "applications").iter().find(|a| a["id"] == one["id"]).unwrap());
            let parts = ["national", "sido", "municipality", "own"].map(|part| share[part].as_i64().unwrap());
            prop_assert_eq!(parts.iter().sum::<i64>(), asked["total_cost"].as_i64().unwrap());
            prop_assert!(parts.iter().all(|part| *part >= 0));
            for limit in [&rules["national_cap"], &asked["requested_national"]] {
                prop_assert!(limit.is_null() || share["national"].as_i64() <= limit.as_i64());
            }
            prop_assert!(decimal(&share["effective_rate"]) <= decimal(&share["rate"]));
        }
    }

    /// Equal in score and in every key is equal in rank; an earlier submission ranks before it where that is a key.
    #[test]
    fn equals_share_a_rank(seed in any::<u64>(), any in any::<Index>()) {
        let dossier = random::dossier(seed);
        let application = &dossier["applications"][any.index(list(&dossier, "applications").len())];
        let mut doubled = with_twin(&dossier, application);
        let same = result(&doubled);
        let (one, twin) = (placed(&same, &application["id"]), placed(&same, &json!("twin")));
        for told in ["rank", "final", "mean_exact", "criterion_means", "cost_share", "dropped_members", "valid_sheets"] {
            prop_assert_eq!(&one[told], &twin[told], "{}", told);
        }
        list_mut(&mut doubled, "applications").last_mut().unwrap()["submitted_at"] = json!("2026-01-05T09:00:00+09:00");
        let earlier = result(&doubled);
        let ranks = [&application["id"], &json!("twin")].map(|id| placed(&earlier, id)["rank"].as_u64());
        let keyed = list(&dossier["call"]["scoring"], "tie_keys").contains(&json!("submitted_at"));
        prop_assert!(if keyed && ranks[0].is_some() { ranks[1] < ranks[0] } else { ranks[1] == ranks[0] }, "{:?}", ranks);
    }
}
