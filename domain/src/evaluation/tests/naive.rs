//! The contract a second time (두 번째 구현), straight down its text and over bare JSON: slow, and sharing nothing with the first.

use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};
use serde_json::{Map, Value, json};

type Q = BigRational;

fn q(text: &Value) -> Q {
    let text = text.as_str().unwrap();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits: num_bigint::BigInt = format!("{whole}{fraction}").parse().unwrap();
    Q::new(digits, num_bigint::BigInt::from(10).pow(u32::try_from(fraction.len()).unwrap()))
}
fn int(n: i64) -> Q {
    Q::from_integer(n.into())
}
fn won(q: &Q) -> i64 {
    q.to_integer().to_i64().unwrap()
}
fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}
fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// Half up, as text with exactly these places.
fn shown(value: &Q, places: u32) -> String {
    let scale = int(10_i64.pow(places));
    let units = (value * &scale + Q::new(1.into(), 2.into())).floor().to_integer();
    if places == 0 {
        return units.to_string();
    }
    let digits = format!("{units:0>width$}", width = usize::try_from(places).unwrap() + 1);
    let (whole, fraction) = digits.split_at(digits.len() - usize::try_from(places).unwrap());
    format!("{whole}.{fraction}")
}

fn share(rules: &Value, indicators: &[Value], application: &Value) -> Value {
    let applicant = &application["applicant"];
    let (level, code) = (text(&applicant["level"]), text(&applicant["code"]));
    let (mut band, mut published) = (Value::Null, Value::Null);
    let (nominal, rate) = if let Some(flat) = rules["flat_rates"].get(level) {
        (q(flat), q(flat))
    } else {
        let scope = if level == "municipality" { "body" } else { text(&rules["sido_scope"]) };
        let row = indicators.iter().find(|row| {
            row["code"] == code
                && row["fiscal_year"] == rules["indicator_fiscal_year"]
                && row["basis"] == rules["indicator_basis"]
                && row["scope"] == scope
        });
        published = row.unwrap()[text(&rules["indicator"])].clone();
        let value = q(&published);
        let bands = list(&rules["bands"]);
        let lower = rules["band_limits"] == "lower_inclusive";
        let at = bands.iter().position(|b| {
            let (from, to) = (q(&b["from"]), q(&b["to"]));
            if lower {
                value >= from && (value < to || (to == int(100) && value == to))
            } else {
                value <= to && (value > from || (from.is_zero() && value == from))
            }
        });
        band = json!(at.unwrap());
        let nominal = q(&bands[at.unwrap()]["rate"]);
        let mut rate = nominal.clone();
        for adjustment in list(&rules["adjustments"]) {
            if list(&applicant["groups"]).contains(&adjustment["group"]) {
                let points = text(&adjustment["points"]);
                match points.strip_prefix('-') {
                    Some(less) => rate -= q(&json!(less)),
                    None => rate += q(&json!(points)),
                }
            }
        }
        let (floor, ceiling) = (q(&rules["floor_rate"]), q(&rules["ceiling_rate"]));
        (
            nominal,
            if rate < floor {
                floor
            } else if rate > ceiling {
                ceiling
            } else {
                rate
            },
        )
    };
    let unit = int(rules["unit"].as_i64().unwrap());
    let total = int(application["total_cost"].as_i64().unwrap());
    let mut national = (&total * &rate / int(100) / &unit).floor() * &unit;
    for limit in [&rules["national_cap"], &application["requested_national"]] {
        if let Some(limit) = limit.as_i64() {
            national = national.min(int(limit));
        }
    }
    let local = &total - &national;
    let alone = list(&rules["sido_without_municipality"]).iter().any(|s| code.starts_with(text(s)));
    let (mut sido, mut municipality, mut own) = (int(0), int(0), int(0));
    match level {
        "central" => own = local,
        "sido" => sido = local,
        _ if alone => municipality = local,
        _ => {
            sido = (&local * q(&rules["sido_share_of_local"]) / int(100) / &unit).floor() * &unit;
            municipality = local - &sido;
        }
    }
    json!({
        "indicator_value": published, "band": band, "nominal_rate": shown(&nominal, 2), "rate": shown(&rate, 2),
        "effective_rate": shown(&(&national / &total * int(100)), 2),
        "national": won(&national), "sido": won(&sido), "municipality": won(&municipality), "own": won(&own),
    })
}

/// What a valid dossier results in, without the hash of its inputs.
pub(super) fn evaluate(dossier: &Value) -> Value {
    let (call, rules) = (&dossier["call"], &dossier["call"]["cost_share"]);
    let scoring = &call["scoring"];
    let places = u32::try_from(scoring["decimals"].as_u64().unwrap()).unwrap();
    let (mut out, mut tracks): (Vec<Map<String, Value>>, Vec<Value>) = (Vec::new(), Vec::new());
    for track in list(&call["tracks"]) {
        let mut passed: Vec<(Vec<Q>, String, usize)> = Vec::new();
        for application in list(&dossier["applications"]) {
            if !list(&track["levels"]).contains(&application["applicant"]["level"]) {
                continue;
            }
            let id = text(&application["id"]);
            let mut made = json!({
                "id": id, "track": track["code"], "outcome": application["state"], "reason": null, "reserve_order": null,
                "rank": null, "valid_sheets": null, "dropped_members": [], "mean_exact": null, "mean": null, "final": null,
                "criterion_means": null, "cost_share": null,
            });
            if application["state"] == "eligible" {
                made["cost_share"] = share(rules, list(&dossier["indicators"]), application);
                let out_of = |member: &Value| {
                    list(&dossier["exclusions"]).iter().any(|e| e["application"] == id && e["member"] == *member)
                };
                let mut sheets: Vec<(Q, &str, &Value)> = list(&dossier["sheets"])
                    .iter()
                    .filter(|s| s["application"] == id && !out_of(&s["member"]))
                    .map(|s| {
                        let total = s["scores"].as_object().unwrap().values().map(q).fold(int(0), |a, b| a + b);
                        (total, text(&s["member"]), &s["scores"])
                    })
                    .collect();
                let n = sheets.len();
                made["valid_sheets"] = json!(n);
                if n < usize::try_from(scoring["quorum"].as_u64().unwrap()).unwrap() {
                    made["outcome"] = json!("no_quorum");
                } else {
                    if scoring["aggregation"] == "trimmed_mean"
                        && n >= usize::try_from(scoring["trim_min_sheets"].as_u64().unwrap()).unwrap()
                    {
                        sheets.sort_by(|a, b| a.1.cmp(b.1));
                        let highest = sheets.iter().map(|s| s.0.clone()).max().unwrap();
                        let first = sheets.remove(sheets.iter().position(|s| s.0 == highest).unwrap());
                        let lowest = sheets.iter().map(|s| s.0.clone()).min().unwrap();
                        let second = sheets.remove(sheets.iter().position(|s| s.0 == lowest).unwrap());
                        made["dropped_members"] = json!([first.1, second.1]);
                    }
                    let kept = int(i64::try_from(sheets.len()).unwrap());
                    let mean = sheets.iter().map(|s| s.0.clone()).fold(int(0), |a, b| a + b) / &kept;
                    let sum = |what: &str| {
                        list(&application[what]).iter().map(|p| q(&p["points"])).fold(int(0), |a, b| a + b)
                    };
                    let cap = q(&scoring["bonus_cap"]);
                    let last = &mean + sum("bonuses").min(cap.clone()) - sum("penalties");
                    let last = if last.is_negative() { int(0) } else { last.min(int(100) + cap) };
                    let means: Vec<(&str, Q)> = list(&scoring["criteria"])
                        .iter()
                        .map(|c| {
                            let code = text(&c["code"]);
                            (code, sheets.iter().map(|s| q(&s.2[code])).fold(int(0), |a, b| a + b) / &kept)
                        })
                        .collect();
                    made["mean_exact"] = json!(format!("{}/{}", mean.numer(), mean.denom()));
                    made["mean"] = json!(shown(&mean, places));
                    made["final"] = json!(shown(&last, places));
                    made["criterion_means"] = means.iter().map(|(c, m)| (*c, shown(m, places))).collect();
                    let held = if scoring["cut_applies_to"] == "mean" { &made["mean"] } else { &made["final"] };
                    if q(held) < q(&scoring["cut"]) {
                        made["outcome"] = json!("below_cut");
                    } else {
                        // Higher is better in every key: an earlier hour counts as a higher number.
                        let mut keys = vec![q(&made["final"])];
                        for key in list(&scoring["tie_keys"]) {
                            keys.push(if let Some(code) = text(key).strip_prefix("criterion:") {
                                means.iter().find(|(c, _)| *c == code).unwrap().1.clone()
                            } else {
                                let at = chrono::DateTime::parse_from_rfc3339(text(&application["submitted_at"]));
                                -int(at.unwrap().timestamp_micros())
                            });
                        }
                        passed.push((keys, id.to_owned(), out.len()));
                    }
                }
            }
            out.push(made.as_object().unwrap().clone());
        }
        tracks.push(select(track, passed, &mut out));
    }
    out.sort_by(|a, b| text(&a["id"]).as_bytes().cmp(text(&b["id"]).as_bytes()));
    json!({ "schema": "axtrack.evaluation-result/1", "tracks": tracks, "applications": out })
}

fn select(track: &Value, mut passed: Vec<(Vec<Q>, String, usize)>, out: &mut [Map<String, Value>]) -> Value {
    passed.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let needs = |out: &[Map<String, Value>], at: usize| out[at]["cost_share"]["national"].as_i64().unwrap();
    let envelope = track["envelope"].as_i64().unwrap();
    let (mut money, mut awards) = (envelope, track["max_awards"].as_i64().unwrap());
    let (all, mut stop, mut lot) = (awards, false, false);
    let mut index = 0;
    while index < passed.len() {
        let same = passed.iter().skip(index).take_while(|p| p.0 == passed[index].0).count();
        let group: Vec<usize> = passed[index..index + same].iter().map(|p| p.2).collect();
        for at in &group {
            out[*at].insert("rank".into(), json!(index + 1));
        }
        let sum: i64 = group.iter().map(|at| needs(out, *at)).sum();
        if stop {
            for at in &group {
                out[*at].insert("reason".into(), json!("after_stop"));
            }
        } else if i64::try_from(same).unwrap() <= awards && sum <= money {
            awards -= i64::try_from(same).unwrap();
            money -= sum;
            for at in &group {
                out[*at].insert("outcome".into(), json!("selected"));
            }
        } else if same > 1 && awards >= 1 && group.iter().any(|at| needs(out, *at) <= money) {
            (stop, lot) = (true, true);
            for at in &group {
                out[*at].insert("reason".into(), json!("lot_required"));
            }
        } else {
            for at in &group {
                let reason = if stop {
                    "after_stop"
                } else if awards == 0 {
                    "awards_full"
                } else {
                    "envelope_short"
                };
                stop |= reason == "envelope_short" && track["when_short"] == "stop";
                out[*at].insert("reason".into(), json!(reason));
            }
        }
        index += same;
    }
    let mut order = 0;
    for (_, _, at) in &passed {
        if out[*at]["outcome"] == "selected" {
            continue;
        }
        if !lot && order < track["reserve_slots"].as_u64().unwrap() {
            order += 1;
            out[*at].insert("outcome".into(), json!("reserve"));
            out[*at].insert("reserve_order".into(), json!(order));
        } else {
            out[*at].insert("outcome".into(), json!("not_selected"));
        }
    }
    json!({
        "code": track["code"], "envelope": envelope, "committed": envelope - money, "remaining": money,
        "awards": all - awards, "lot_required": lot,
    })
}
