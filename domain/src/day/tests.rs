//! Days and instants (일자·시각), held against the calendar.

use super::*;
use proptest::prelude::*;

proptest! {
    #[test]
    fn printed_as_the_calendar_says(micros in -2_208_988_800_000_000_i64..7_258_118_400_000_000) {
        let at = Instant::from_micros(micros);
        prop_assert_eq!(at.to_string(), at.utc().to_rfc3339_opts(chrono::SecondsFormat::Micros, true));
        prop_assert_eq!(at.to_string().parse::<Instant>(), Ok(at));
        prop_assert_eq!(at.day().to_string(), at.day().0.format("%Y-%m-%d").to_string());
        prop_assert_eq!(at.day().to_string().parse::<Day>(), Ok(at.day()));
    }
}

#[test]
fn a_day_is_written_in_one_way() {
    for wrong in ["2026-02-30", "2026-13-01", "1899-12-31", "2200-01-01", "+026-01-01", "2026-1-011", "2026/01/01"] {
        assert!(wrong.parse::<Day>().is_err(), "{wrong}");
    }
    for (text, same) in [
        ("2026-02-14T00:00:00+09:00", Some("2026-02-13T15:00:00.000000Z")),
        ("2026-02-13t15:00:00.5z", Some("2026-02-13T15:00:00.500000Z")),
        ("2026-02-13T24:00:00.000000Z", None),
        ("2026-02-13T15:00:00.00000xZ", None),
        ("2026-02-13 15:00", None),
    ] {
        assert_eq!(text.parse::<Instant>().ok().map(|at| at.to_string()).as_deref(), same, "{text}");
    }
}

#[test]
fn days_are_korean() {
    let late: Instant = "2026-02-13T14:59:59Z".parse().unwrap();
    let next: Instant = "2026-02-13T15:00:00Z".parse().unwrap();
    assert_eq!(late.day().to_string(), "2026-02-13");
    assert_eq!(next.day().to_string(), "2026-02-14");
    assert_eq!(late.day().ends_before(), next);
    assert_eq!(next.to_string(), "2026-02-13T15:00:00.000000Z");
}

#[test]
fn dates_keep_their_precision() {
    for (text, first, last) in [
        ("2023-07", "2023-07-01", "2023-07-31"),
        ("2024-H1", "2024-01-01", "2024-06-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-12-31", "2025-12-31", "2025-12-31"),
    ] {
        let date: Date = text.parse().unwrap();
        assert_eq!(
            (date.to_string(), date.earliest().to_string(), date.latest().to_string()),
            (text.into(), first.into(), last.into())
        );
    }
    for wrong in ["2024-13", "2024-H3", "2024", "24-01", "2024-1", "2024-02-30", "2300-01", "2024-00", "+024-01"] {
        assert!(wrong.parse::<Date>().is_err(), "{wrong}");
    }
}
