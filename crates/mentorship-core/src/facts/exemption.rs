//! Exemptions: `mentorship/exempt: <rule-id> until <date>: <reason>; …`.

use crate::civil_date::CivilDate;
use crate::rules;

/// The annotation that excuses a service from rules.
pub const EXEMPT: &str = "mentorship/exempt";

/// A rule that a service is excused from, for a while and for a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exemption {
    /// The rule's id.
    pub rule: &'static str,
    /// The last day.
    pub until: CivilDate,
    /// Why.
    pub reason: String,
}

/// Reads an annotation; what is not understood excuses nothing and is told.
pub fn read_exemptions(text: &str) -> (Vec<Exemption>, Vec<String>) {
    let mut exemptions = Vec::new();
    let mut problems = Vec::new();
    for entry in text
        .split(';')
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
    {
        match read_one(entry) {
            Ok(exemption) => exemptions.push(exemption),
            Err(problem) => problems.push(format!("`{entry}` excuses nothing: {problem}")),
        }
    }
    (exemptions, problems)
}

fn read_one(entry: &str) -> Result<Exemption, String> {
    let form = "write `<rule-id> until <YYYY-MM-DD>: <reason>`";
    let (rule, rest) = entry.split_once(" until ").ok_or_else(|| form.to_owned())?;
    let (date, reason) = rest
        .split_once(':')
        .ok_or_else(|| format!("it gives no reason; {form}"))?;
    let rule = rule.trim();
    let rule = rules::find(rule).ok_or_else(|| format!("no rule is called `{rule}`"))?;
    let until =
        CivilDate::parse(date).ok_or_else(|| format!("`{}` is no date; {form}", date.trim()))?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(format!("it gives no reason; {form}"));
    }
    Ok(Exemption {
        rule: rule.id,
        until,
        reason: reason.to_owned(),
    })
}
