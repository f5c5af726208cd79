//! Commit messages: made up where nobody wrote one, with trailers below.

use super::company::Company;
use super::sequence::Sequence;

/// Who else had a part in a commit.
pub(crate) struct Trailers<'a> {
    pub(crate) with: Vec<&'a str>,
    pub(crate) reviewers: Vec<&'a str>,
}

impl Trailers<'_> {
    /// The message with its trailers.
    pub(crate) fn below(&self, message: &str, company: &Company) -> Result<String, String> {
        let mut lines = Vec::new();
        for name in &self.with {
            lines.push(format!("Co-authored-by: {}", company.author(name)?));
        }
        for name in &self.reviewers {
            lines.push(format!("Reviewed-by: {}", company.author(name)?));
        }
        let message = message.trim_end();
        if lines.is_empty() {
            return Ok(format!("{message}\n"));
        }
        Ok(format!("{message}\n\n{}\n", lines.join("\n")))
    }
}

/// A message for a small change of the file at `path`.
pub(crate) fn made_up_message(path: &str, sequence: &mut Sequence) -> String {
    const CHANGES: &[&str] = &[
        "Handle late rows in",
        "Simplify",
        "Say why it failed in",
        "Cover the empty case of",
        "Retry time-outs in",
        "Name the units in",
        "Remove a dead branch from",
        "Make the limit configurable in",
        "Round half to even in",
        "Log the batch number in",
        "Share a limit between callers of",
        "Do not wait for the network in",
        "Spell out the units of",
        "Pass the day in to",
        "Count what was skipped in",
        "Mend the order in",
        "Fail early in",
        "Test the last day of the month in",
    ];
    let file = path.rsplit('/').next().unwrap_or(path);
    format!("{} {file}", sequence.pick(CHANGES))
}
