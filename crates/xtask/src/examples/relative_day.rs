//! Days told relative to the anchor: what keeps the stories true on any day.

use std::fmt;
use std::str::FromStr;

use mentorship_core::civil_date::CivilDate;
use serde::Deserialize;

/// A day relative to the anchor: signed terms of days, months or years, applied
/// in the order they are written (`-97d`, `-14m`, `-2y+10d`). Months end where
/// the month ends: a month before 31 March is 28 or 29 February.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct RelativeDay {
    terms: Vec<Term>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Term {
    Days(i32),
    Months(i32),
}

/// A text that is no relative day.
#[derive(Debug, thiserror::Error)]
#[error(
    "`{0}` is no relative day: write signed days, months or years, such as -97d, -14m or -2y+10d"
)]
pub(crate) struct NotARelativeDay(String);

impl RelativeDay {
    /// The day it means where today is `anchor`.
    pub(crate) fn on(&self, anchor: CivilDate) -> CivilDate {
        self.terms.iter().fold(anchor, |day, term| match *term {
            Term::Days(days) => day.plus_days(days),
            Term::Months(months) => day.plus_months(months),
        })
    }
}

impl FromStr for RelativeDay {
    type Err = NotARelativeDay;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.trim()
            .split_inclusive(|c: char| c.is_ascii_alphabetic())
            .map(Term::parse)
            .collect::<Option<Vec<_>>>()
            .filter(|terms| !terms.is_empty())
            .map(|terms| Self { terms })
            .ok_or_else(|| NotARelativeDay(text.to_owned()))
    }
}

impl TryFrom<String> for RelativeDay {
    type Error = NotARelativeDay;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl Term {
    fn parse(text: &str) -> Option<Self> {
        let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
        let signed = number.starts_with(['+', '-']);
        let number: i32 = signed.then_some(number)?.parse().ok()?;
        match unit {
            "d" => Some(Self::Days(number)),
            "m" => Some(Self::Months(number)),
            "y" => Some(Self::Months(number.checked_mul(12)?)),
            _ => None,
        }
    }
}

/// How a day is written in a template: `{{-97d}}` or `{{-97d|long}}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DayFormat {
    /// 2026-08-16
    Iso,
    /// 16 August 2026
    Long,
    /// August 2026
    Month,
}

impl DayFormat {
    /// The format called `name`, if there is one.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "iso" => Some(Self::Iso),
            "long" => Some(Self::Long),
            "month" => Some(Self::Month),
            _ => None,
        }
    }

    /// `day`, written in this format.
    pub(crate) fn write(self, day: CivilDate) -> String {
        let (year, month, day_of_month) = day.year_month_day();
        let month = MonthName(month);
        match self {
            Self::Iso => day.to_string(),
            Self::Long => format!("{day_of_month} {month} {year}"),
            Self::Month => format!("{month} {year}"),
        }
    }
}

struct MonthName(u32);

impl fmt::Display for MonthName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.0 {
            1 => "January",
            2 => "February",
            3 => "March",
            4 => "April",
            5 => "May",
            6 => "June",
            7 => "July",
            8 => "August",
            9 => "September",
            10 => "October",
            11 => "November",
            _ => "December",
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn on(text: &str, anchor: &str) -> String {
        let day: RelativeDay = text.parse().unwrap();
        day.on(CivilDate::parse(anchor).unwrap()).to_string()
    }

    #[test]
    fn days_months_and_years_are_counted_from_the_anchor() {
        assert_eq!(on("-1d", "2026-01-01"), "2025-12-31");
        assert_eq!(on("+10d", "2026-12-31"), "2027-01-10");
        assert_eq!(on("-1m", "2028-03-31"), "2028-02-29");
        assert_eq!(on("-1y", "2028-02-29"), "2027-02-28");
        assert_eq!(on("-2y+10d", "2026-11-21"), "2024-12-01");
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "today", "97d", "-d", "-9w", "--3d", "-3", "-3d -"] {
            assert!(text.parse::<RelativeDay>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_day_can_be_written_as_people_write_it() {
        let day = CivilDate::parse("2026-03-04").unwrap();
        assert_eq!(DayFormat::Long.write(day), "4 March 2026");
        assert_eq!(DayFormat::Month.write(day), "March 2026");
    }
}
