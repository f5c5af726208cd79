//! Civil days in UTC, without a clock: the only notion of time in the core.

use std::fmt;

/// A day of the proleptic Gregorian calendar, counted from 1970-01-01.
///
/// Ordering is chronological. The range is the years 0001 to 9999, the range of
/// an ISO 8601 date with four digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDate {
    days: i32,
}

const FIRST_YEAR: i32 = 1;
const LAST_YEAR: i32 = 9999;
const SECONDS_PER_DAY: i64 = 86_400;

impl CivilDate {
    /// The day of a year, month (1–12) and day of month; `None` where the
    /// calendar has no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let in_range = (FIRST_YEAR..=LAST_YEAR).contains(&year)
            && (1..=12).contains(&month)
            && day >= 1
            && day <= days_in_month(year, month);
        in_range.then(|| Self {
            days: days_from_civil(year, month, day),
        })
    }

    /// Reads `YYYY-MM-DD`, alone or as the beginning of an RFC 3339 timestamp.
    /// A timestamp with an offset is read by its UTC day. Anything else, the
    /// impossible `2026-02-30` included, is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let date = text.get(..10)?;
        let day = Self::parse_day(date)?;
        match text.get(10..)? {
            "" => Some(day),
            rest => day.shifted_to_utc(rest),
        }
    }

    fn parse_day(date: &str) -> Option<Self> {
        let bytes = date.as_bytes();
        if bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
            return None;
        }
        let year = digits(date.get(0..4)?)?;
        let month = digits(date.get(5..7)?)?;
        let day = digits(date.get(8..10)?)?;
        Self::new(i32::try_from(year).ok()?, month, day)
    }

    /// Applies the time and offset behind a timestamp's date (`T23:30:00-02:00`).
    fn shifted_to_utc(self, rest: &str) -> Option<Self> {
        let mut characters = rest.chars();
        if !matches!(characters.next(), Some('T' | 't' | ' ')) {
            return None;
        }
        let time = characters.as_str();
        let hours = digits(time.get(0..2)?)?;
        let minutes = digits(time.get(3..5)?)?;
        if time.as_bytes().get(2) != Some(&b':') || hours > 23 || minutes > 59 {
            return None;
        }
        let zone = time
            .get(5..)?
            .trim_start_matches(|c: char| c == ':' || c == '.' || c.is_ascii_digit());
        let offset_minutes = match zone {
            "" | "Z" | "z" => 0,
            _ => offset_in_minutes(zone)?,
        };
        let minute_of_day = i64::from(hours) * 60 + i64::from(minutes) - offset_minutes;
        let shift = minute_of_day.div_euclid(24 * 60);
        Some(self.plus_days(i32::try_from(shift).ok()?))
    }

    /// The UTC day of a Unix time in seconds, clamped to the range of the type.
    pub fn from_unix_seconds(seconds: i64) -> Self {
        let days = seconds.div_euclid(SECONDS_PER_DAY);
        let first = i64::from(days_from_civil(FIRST_YEAR, 1, 1));
        let last = i64::from(days_from_civil(LAST_YEAR, 12, 31));
        Self {
            days: i32::try_from(days.clamp(first, last)).unwrap_or_default(),
        }
    }

    /// The first second of the day, as Unix time.
    pub fn unix_seconds(self) -> i64 {
        i64::from(self.days) * SECONDS_PER_DAY
    }

    /// Days since 1970-01-01, negative before.
    pub fn days_since_epoch(self) -> i32 {
        self.days
    }

    /// The day `days` after 1970-01-01, clamped to the range of the type.
    pub fn from_days_since_epoch(days: i32) -> Self {
        Self::from_unix_seconds(i64::from(days) * SECONDS_PER_DAY)
    }

    /// The day `days` later (earlier where negative), clamped to the range.
    pub fn plus_days(self, days: i32) -> Self {
        Self::from_unix_seconds((i64::from(self.days) + i64::from(days)) * SECONDS_PER_DAY)
    }

    /// The same day of the month `months` later (earlier where negative), the
    /// end of a shorter month clamped: 31 August + 6 months is 28 February.
    pub fn plus_months(self, months: i32) -> Self {
        let (year, month, day) = self.year_month_day();
        let index = i64::from(year) * 12 + i64::from(month) - 1 + i64::from(months);
        let year = index
            .div_euclid(12)
            .clamp(i64::from(FIRST_YEAR), i64::from(LAST_YEAR));
        let year = i32::try_from(year).unwrap_or(LAST_YEAR);
        let month = u32::try_from(index.rem_euclid(12)).unwrap_or_default() + 1;
        let day = day.min(days_in_month(year, month));
        Self {
            days: days_from_civil(year, month, day),
        }
    }

    /// Whole days from `earlier` to this day; negative where it is later.
    pub fn days_since(self, earlier: Self) -> i32 {
        self.days - earlier.days
    }

    /// Whole civil months from `earlier` to this day, the end of the month
    /// clamped as in [`Self::plus_months`]; negative where it is later.
    pub fn months_since(self, earlier: Self) -> i32 {
        if self < earlier {
            return -earlier.months_since(self);
        }
        let (year, month, _) = self.year_month_day();
        let (earlier_year, earlier_month, _) = earlier.year_month_day();
        let months = (year - earlier_year) * 12 + i32::try_from(month).unwrap_or_default()
            - i32::try_from(earlier_month).unwrap_or_default();
        if earlier.plus_months(months) > self {
            months - 1
        } else {
            months
        }
    }

    /// The last day of the quarter that the day lies in.
    pub fn end_of_quarter(self) -> Self {
        let (year, month, _) = self.year_month_day();
        let month = month.div_ceil(3) * 3;
        Self {
            days: days_from_civil(year, month, days_in_month(year, month)),
        }
    }

    /// Year, month (1–12) and day of month (1–31).
    pub fn year_month_day(self) -> (i32, u32, u32) {
        civil_from_days(self.days)
    }
}

impl fmt::Display for CivilDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.year_month_day();
        write!(formatter, "{year:04}-{month:02}-{day:02}")
    }
}

fn digits(text: &str) -> Option<u32> {
    let all = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if all { text.parse().ok() } else { None }
}

fn offset_in_minutes(zone: &str) -> Option<i64> {
    let sign = match zone.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let clock = zone.get(1..)?;
    let hours = digits(clock.get(0..2)?)?;
    let minutes = match clock.get(2..)? {
        "" => 0,
        rest => digits(rest.strip_prefix(':').unwrap_or(rest))?,
    };
    (hours <= 23 && minutes <= 59).then(|| sign * (i64::from(hours) * 60 + i64::from(minutes)))
}

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
fn days_from_civil(year: i32, month: u32, day: u32) -> i32 {
    let month = i32::try_from(month).unwrap_or_default();
    let day = i32::try_from(day).unwrap_or_default();
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Howard Hinnant, as above, `civil_from_days`.
fn civil_from_days(days: i32) -> (i32, u32, u32) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i32::from(month <= 2);
    (year, month.unsigned_abs(), day.unsigned_abs())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::CivilDate;

    fn day(text: &str) -> CivilDate {
        CivilDate::parse(text).unwrap()
    }

    #[test]
    fn every_day_survives_the_round_trip() {
        let mut date = CivilDate::new(1, 1, 1).unwrap();
        let last = CivilDate::new(9999, 12, 31).unwrap();
        while date < last {
            let (year, month, day) = date.year_month_day();
            assert_eq!(CivilDate::new(year, month, day), Some(date));
            date = date.plus_days(1);
        }
    }

    #[test]
    fn the_end_of_a_month_is_clamped() {
        assert_eq!(day("2025-08-31").plus_months(6), day("2026-02-28"));
        assert_eq!(day("2024-02-29").plus_months(12), day("2025-02-28"));
        assert_eq!(day("2026-02-28").months_since(day("2025-08-31")), 6);
        assert_eq!(day("2026-02-27").months_since(day("2025-08-31")), 5);
        assert_eq!(day("2025-08-31").months_since(day("2026-02-28")), -6);
    }

    #[test]
    fn impossible_days_are_refused() {
        for text in [
            "2026-02-29",
            "2026-04-31",
            "2026-13-01",
            "2026-00-10",
            "26-01-01",
            "2026-1-1",
            "",
            "2026-01-01x",
            "2026-01-01T25:00",
        ] {
            assert_eq!(CivilDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn timestamps_are_read_by_their_utc_day() {
        assert_eq!(day("2026-03-04T23:30:00-02:00"), day("2026-03-05"));
        assert_eq!(day("2026-03-04T00:30:00.123+01:00"), day("2026-03-03"));
        assert_eq!(day("2026-03-04T00:30:00Z"), day("2026-03-04"));
        assert_eq!(CivilDate::from_unix_seconds(-1), day("1969-12-31"));
    }
}
