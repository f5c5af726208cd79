//! Moments: RFC 3339 times to the second, for what came before what.

use crate::civil_date::CivilDate;

/// Unix seconds of an RFC 3339 time; a bare `YYYY-MM-DD` is the day's first second.
/// Fractions are dropped. `None` where it is no such time.
pub(super) fn unix_seconds(text: &str) -> Option<i64> {
    let text = text.trim();
    // The day in UTC tells whether date, time and offset are sound.
    let utc_day = CivilDate::parse(text)?;
    let Some(time) = text.get(11..).filter(|time| !time.is_empty()) else {
        return Some(utc_day.unix_seconds());
    };
    let number = |from: usize| time.get(from..from + 2)?.parse::<i64>().ok();
    let seconds = match time.as_bytes().get(5) {
        Some(b':') => number(6)?,
        _ => 0,
    };
    let of_day = number(0)? * 3_600 + number(3)? * 60 + seconds - offset_seconds(time);
    Some(utc_day.unix_seconds() + of_day.rem_euclid(86_400))
}

/// The offset from UTC that a sound time ends with.
fn offset_seconds(time: &str) -> i64 {
    let Some(place) = time.rfind(['+', '-']) else {
        return 0;
    };
    let sign = match time.as_bytes().get(place) {
        Some(b'-') => -1,
        _ => 1,
    };
    let clock = time.get(place + 1..).unwrap_or_default();
    let digits = clock.replace(':', "");
    let part = |range: std::ops::Range<usize>| {
        let digits = digits.get(range).unwrap_or_default();
        digits.parse::<i64>().unwrap_or_default()
    };
    sign * (part(0..2) * 3_600 + part(2..4) * 60)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::unix_seconds;

    #[test]
    fn times_are_read_to_the_second() {
        // 2026-11-02T09:03:04Z by hand: day 20,759 of the epoch.
        let noon = 20_759 * 86_400 + 9 * 3_600 + 3 * 60 + 4;
        for text in [
            "2026-11-02T09:03:04Z",
            "2026-11-02T09:03:04.123Z",
            "2026-11-02T11:33:04+02:30",
            "2026-11-01T23:03:04-10:00",
            " 2026-11-02 09:03:04 ",
        ] {
            assert_eq!(unix_seconds(text), Some(noon), "{text}");
        }
        assert_eq!(unix_seconds("2026-11-02"), Some(20_759 * 86_400));
        for text in [
            "",
            "2026-02-30",
            "2026-11-02T25:00:00Z",
            "yesterday",
            "2026-11-02T09:03:xxZ",
        ] {
            assert_eq!(unix_seconds(text), None, "{text}");
        }
    }
}
