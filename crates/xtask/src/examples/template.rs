//! Templates: texts whose dates, words and folders are filled in for an anchor.

use std::collections::BTreeMap;
use std::path::Path;

use mentorship_core::civil_date::CivilDate;

use super::relative_day::{DayFormat, RelativeDay};

/// What placeholders are filled from.
pub(crate) struct Setting<'a> {
    /// The day that counts as today.
    pub(crate) anchor: CivilDate,
    /// The folder in which the repositories will stand, absolute.
    pub(crate) repositories: &'a Path,
}

/// The named words of one text, later ones hiding earlier ones.
pub(crate) type Words = BTreeMap<String, String>;

impl Setting<'_> {
    /// Fills every placeholder of `text`:
    ///
    /// - `{{-97d}}`, `{{-14m|long}}`, `{{-2m|month}}`: a day relative to the anchor
    /// - `{{title}}`: a word of the story or of the file
    /// - `{{folder:ledger}}`: the absolute folder of a repository
    ///
    /// `${{ … }}` is left alone, for it belongs to other people's templates. The
    /// error names the line and the placeholder.
    pub(crate) fn fill(&self, text: &str, words: &Words) -> Result<String, String> {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find("{{") {
            let (before, from) = rest.split_at(start);
            filled.push_str(before);
            let end = from.find("}}").map(|end| end + 2);
            let (placeholder, after) = end
                .and_then(|end| from.split_at_checked(end))
                .ok_or_else(|| format!("line {}: `{{{{` without `}}}}`", line_of(&filled)))?;
            if before.ends_with('$') {
                filled.push_str(placeholder);
            } else {
                let name = placeholder.trim_matches(['{', '}']).trim();
                let value = self.value(name, words).ok_or_else(|| {
                    format!("line {}: nothing is called `{name}`", line_of(&filled))
                })?;
                filled.push_str(&value);
            }
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled)
    }

    fn value(&self, name: &str, words: &Words) -> Option<String> {
        if let Some(word) = words.get(name) {
            return Some(word.clone());
        }
        if let Some(repository) = name.strip_prefix("folder:") {
            return Some(self.repositories.join(repository).display().to_string());
        }
        let (day, format) = match name.split_once('|') {
            Some((day, format)) => (day, DayFormat::named(format)?),
            None => (name, DayFormat::Iso),
        };
        let day: RelativeDay = day.parse().ok()?;
        Some(format.write(day.on(self.anchor)))
    }
}

fn line_of(text_before: &str) -> usize {
    text_before.matches('\n').count() + 1
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn fill(text: &str) -> Result<String, String> {
        let setting = Setting {
            anchor: CivilDate::new(2026, 11, 21).unwrap(),
            repositories: Path::new("/company"),
        };
        let words = Words::from([("title".to_owned(), "Ledger".to_owned())]);
        setting.fill(text, &words)
    }

    #[test]
    fn placeholders_are_filled() {
        assert_eq!(
            fill("{{title}}, since {{-97d}}, {{ -1m|month }}, in {{folder:ledger}}").unwrap(),
            "Ledger, since 2026-08-16, October 2026, in /company/ledger"
        );
    }

    #[test]
    fn templates_of_others_are_left_alone() {
        let text = "owner: ${{ values.owner }}";
        assert_eq!(fill(text).unwrap(), text);
    }

    #[test]
    fn an_unknown_placeholder_is_located() {
        assert_eq!(
            fill("a\n{{-9w}}").unwrap_err(),
            "line 2: nothing is called `-9w`"
        );
        assert!(fill("{{title").is_err());
    }
}
