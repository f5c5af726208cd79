//! The day that is judged as of: the one given, else today.

use mentorship_core::civil_date::CivilDate;

/// Reads `YYYY-MM-DD`.
///
/// # Errors
/// Where it is no day.
pub fn day(text: &str) -> Result<CivilDate, String> {
    CivilDate::parse(text).ok_or_else(|| "not a day of the form YYYY-MM-DD".to_owned())
}

/// The day given, else today in UTC. The command line is where the clock comes
/// in: the core has none.
pub fn or_today(given: Option<CivilDate>) -> CivilDate {
    given.unwrap_or_else(|| CivilDate::from_unix_seconds(jiff::Timestamp::now().as_second()))
}
