//! Published figures stay what they are.
use super::*;

fn figures() -> Vec<Figure> {
    built_in().unwrap()
}
fn find<'a>(figures: &'a [Figure], key: &str) -> &'a Figure {
    figures.iter().find(|f| f.key.as_str() == key).unwrap()
}
fn number(key: &str) -> i64 {
    find(&figures(), key).value.integer().unwrap()
}

#[test]
fn the_figures_of_the_announcements_are_there() {
    for (key, value) in [
        ("ds-ai-convergence-services", 17),
        ("ds-services-total", 632),
        ("ds-contracting-bodies", 685),
        ("ds-contracts", 1_964),
        ("ds-contract-amount", 642_100_000_000),
        ("ax-budget-2026", 2_400_000_000_000),
        ("ai-ecosystem-budget-2026", 9_900_000_000_000),
        ("ax-budget-growth", 5),
        ("ax-bodies-with-budget", 33),
        ("ax-briefing-bodies", 33),
        ("ax-demand-bodies", 45),
        ("public-ai-budget-2026", 18_000_000_000),
    ] {
        assert_eq!(number(key), value, "{key}");
    }
}

#[test]
fn sums_stated_by_the_sources_hold() {
    assert_eq!(number("gpu-r1-gpus"), number("gpu-r1-servers") * 8);
    assert_eq!(number("gpu-r1-gpus"), 2_624 + 1_288 + 312);
    assert_eq!(number("gpu-r1-gpus-requested"), number("gpu-r1-servers-requested") * 8);
    let pools = ["gpu-2025-naver-h200", "gpu-2025-nhn-b200", "gpu-2025-kakao-b200"];
    assert_eq!(pools.map(number).iter().sum::<i64>(), number("gpu-2025-total"));
    let government = pools.map(|pool| number(&format!("{pool}-government")));
    assert_eq!(government.iter().sum::<i64>(), number("gpu-2025-government"));
    assert_eq!(number("ds-ai-convergence-before") + number("ds-ai-convergence-new"), 17);
}

#[test]
fn conflicts_are_mutual_and_listed_once() {
    let figures = figures();
    for figure in &figures {
        for other in &figure.conflicts_with {
            assert!(find(&figures, other.as_str()).conflicts_with.contains(&figure.key), "{} and {other}", figure.key);
        }
    }
    let pairs = contradictions(&figures);
    let dates = pairs.iter().find(|(one, _)| one.key.as_str() == "ten-tasks-event-date").unwrap();
    assert_eq!((dates.0.value.to_string(), dates.1.value.to_string()), ("2024-05-02".into(), "2025-09-03".into()));
    assert_eq!(pairs.len() * 2, figures.iter().map(|f| f.conflicts_with.len()).sum::<usize>());
    assert!(find(&figures, "ten-tasks-page-date").is_contested());
}

#[test]
fn live_counts_stand_beside_and_never_in_a_figure() {
    let figures = figures();
    let before = figures.clone();
    assert_eq!(find(&figures, "ds-contracts").difference(2_000), Some(36));
    assert_eq!(find(&figures, "model-lg-total").difference(90), None);
    assert_eq!(figures, before);
}

#[test]
fn values_are_text_on_the_wire_and_keep_their_form() {
    for (text, unit) in [("25.0", FigureUnit::Points), ("642100000000", FigureUnit::Krw), ("2024-H1", FigureUnit::Date)]
    {
        let value: FigureValue = text.parse().unwrap();
        assert!(value.suits(unit), "{text}");
        assert_eq!(serde_json::to_string(&value).unwrap(), format!("\"{text}\""));
    }
    assert!(!"2024-05-02".parse::<FigureValue>().unwrap().suits(FigureUnit::Krw));
    assert!(!"1.5".parse::<FigureValue>().unwrap().suits(FigureUnit::Contracts));
    assert!("9223372036854775808".parse::<FigureValue>().is_err());
}
