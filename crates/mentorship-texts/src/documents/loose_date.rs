//! Dates as people write them in prose, each with what is wrong with it.

use std::ops::Range;

use crate::civil_date::CivilDate;

/// A date in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateMention {
    /// Where it stands.
    pub range: Range<usize>,
    /// What it says.
    pub reading: DateReading,
}

/// What a written date says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateReading {
    /// One day and no other.
    Day(CivilDate),
    /// `04.03.2026`: dots are read day first, as where they are in use.
    DayFirst(CivilDate),
    /// `03/04/2026`: either of two days, so neither.
    Ambiguous,
    /// `March 2026`: read as the first of the month.
    Month(CivilDate),
    /// `March 3`: a day of no year.
    NoYear,
    /// `April 31st`: the calendar has no such day.
    Impossible,
}

impl DateReading {
    /// The day to go by, where there is one.
    pub fn day(self) -> Option<CivilDate> {
        match self {
            Self::Day(day) | Self::DayFirst(day) | Self::Month(day) => Some(day),
            Self::Ambiguous | Self::NoYear | Self::Impossible => None,
        }
    }

    /// What its writer should know; `None` where the date is plain.
    pub fn note(self, written: &str) -> Option<String> {
        match self {
            Self::Day(_) => None,
            Self::DayFirst(day) => Some(format!(
                "`{written}` is ambiguous and was read day first, as {day}; write {day}"
            )),
            Self::Ambiguous => Some(format!(
                "`{written}` may be either of two days, so it was not taken; write YYYY-MM-DD"
            )),
            Self::Month(day) => Some(format!("`{written}` names no day; {day} was taken")),
            Self::NoYear => Some(format!(
                "`{written}` names no year, so it was not taken; write YYYY-MM-DD"
            )),
            Self::Impossible => Some(format!("`{written}` is not a day of the calendar")),
        }
    }
}

/// All dates of a text, in order.
pub fn mentions(text: &str) -> Vec<DateMention> {
    let words = words(text);
    let mut mentions = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some((mention, used)) = mention(&words, at) else {
            at += 1;
            continue;
        };
        at += used;
        // A plain day is one even there: `alice@2026-03-04`.
        if mention.reading.day().is_some() || !is_in_address(text, &mention.range) {
            mentions.push(mention);
        }
    }
    mentions
}

/// The date that begins with a word, and of how many words it is.
fn mention(words: &[Word<'_>], at: usize) -> Option<(DateMention, usize)> {
    if is_glued(words, at) {
        return None;
    }
    let rest = words.get(at..)?;
    let (reading, used) = numeric(rest)
        .or_else(|| month_first(rest))
        .or_else(|| day_first(rest))?;
    let (first, last) = rest.first().zip(rest.get(used.checked_sub(1)?))?;
    let range = first.start..last.end;
    Some((DateMention { range, reading }, used))
}

/// Whether a range is a piece of a handle or an e-mail address: `j.3.apr@example.org`.
fn is_in_address(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or_default();
    let behind = text.get(range.end..).unwrap_or_default();
    let begins = before.rsplit(char::is_whitespace).next();
    let ends = behind.split(char::is_whitespace).next();
    [begins, ends]
        .into_iter()
        .flatten()
        .any(|piece| piece.contains('@'))
}

/// The first date of a text.
pub fn first(text: &str) -> Option<DateMention> {
    mentions(text).into_iter().next()
}

/// Whether a word continues another: `v1.2.2026`, the login `ann4dec2`, the minutes of
/// `10:30 May`.
fn is_glued(words: &[Word<'_>], at: usize) -> bool {
    let before = |steps: usize| words.get(at.checked_sub(steps)?);
    let (Some(word), Some(previous)) = (words.get(at), before(1)) else {
        return false;
    };
    let one_word = previous.text.chars().all(char::is_alphanumeric);
    let clock = previous.text == ":" && before(2).is_some_and(|hour| hour.number().is_some());
    previous.touches(word) && (one_word || clock)
}

/// Digits, letters, or one mark; blanks are only seen as gaps.
struct Word<'a> {
    text: &'a str,
    start: usize,
    end: usize,
}

impl Word<'_> {
    fn number(&self) -> Option<u32> {
        let digits = self.text.bytes().all(|byte| byte.is_ascii_digit());
        (digits && self.text.len() <= 4).then(|| self.text.parse().ok())?
    }

    fn year(&self) -> Option<i32> {
        let year = self.number().filter(|_| self.text.len() == 4)?;
        (1900..=2199)
            .contains(&year)
            .then(|| i32::try_from(year).ok())?
    }

    fn touches(&self, next: &Self) -> bool {
        self.end == next.start
    }
}

fn words(text: &str) -> Vec<Word<'_>> {
    let class = |character: char| match character {
        digit if digit.is_ascii_digit() => 0,
        letter if letter.is_alphabetic() => 1,
        blank if blank.is_whitespace() => 2,
        _ => 3,
    };
    let mut words = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, character)) = rest.next() {
        let kind = class(character);
        let mut end = start + character.len_utf8();
        while kind != 3 && rest.peek().is_some_and(|(_, next)| class(*next) == kind) {
            if let Some((at, next)) = rest.next() {
                end = at + next.len_utf8();
            }
        }
        if kind != 2 {
            let text = text.get(start..end).unwrap_or_default();
            words.push(Word { text, start, end });
        }
    }
    words
}

/// `2026-03-04`, `2026/3/4`, `04.03.2026`, `4/13/2026`.
fn numeric(words: &[Word<'_>]) -> Option<(DateReading, usize)> {
    let [first, mark, second, same, third, ..] = words else {
        return None;
    };
    let joined = first.touches(mark) && mark.touches(second);
    let joined = joined && second.touches(same) && same.touches(third);
    if !joined || mark.text != same.text || !matches!(mark.text, "-" | "/" | ".") {
        return None;
    }
    // Part of a longer number, a version or a path is no date.
    if let Some(behind) = words.get(5).filter(|behind| third.touches(behind)) {
        let goes_on = behind.text == mark.text && words.get(6).is_some_and(|w| behind.touches(w));
        let letters = behind.text.chars().all(char::is_alphabetic) && behind.text != "T";
        if letters
            || (goes_on && behind.text != ".")
            || (goes_on && words.get(6)?.number().is_some())
        {
            return None;
        }
    }
    let (a, b) = (first.number()?, second.number()?);
    let c = third.number()?;
    if let Some(year) = first.year() {
        if second.text.len() > 2 || third.text.len() > 2 {
            return None;
        }
        let day = CivilDate::new(year, b, c);
        return Some((day.map_or(DateReading::Impossible, DateReading::Day), 5));
    }
    let year = third.year()?;
    if first.text.len() > 2 || second.text.len() > 2 {
        return None;
    }
    let day_first = CivilDate::new(year, b, a);
    let month_first = CivilDate::new(year, a, b);
    let reading = match (mark.text, day_first, month_first) {
        (_, Some(day), Some(other)) if day == other => DateReading::Day(day),
        (".", Some(day), Some(_)) => DateReading::DayFirst(day),
        (".", Some(day), None) => DateReading::Day(day),
        (".", None, _) => DateReading::Impossible,
        (_, Some(_), Some(_)) => DateReading::Ambiguous,
        (_, Some(day), None) | (_, None, Some(day)) => DateReading::Day(day),
        (_, None, None) => DateReading::Impossible,
    };
    Some((reading, 5))
}

/// `March 3rd, 2026`, `Mar 3 2026`, `March 2026`, `April 31st`.
fn month_first(words: &[Word<'_>]) -> Option<(DateReading, usize)> {
    let (month, used) = month(words)?;
    let next = words.get(used)?;
    if let Some(year) = next.year() {
        let first = CivilDate::new(year, month, 1)?;
        return Some((DateReading::Month(first), used + 1));
    }
    let is_apart = are_apart(words, used);
    let (day, used) = day_of_month(words, used)?;
    let comma = words.get(used).is_some_and(|word| word.text == ",");
    let behind = used + usize::from(comma);
    match words.get(behind).and_then(Word::year) {
        Some(year) => Some((in_calendar(year, month, day), behind + 1)),
        None if is_apart => Some((without_year(month, day, words.get(used..)?), used)),
        None => None,
    }
}

/// `3 March 2026`, `3rd of March, 2026`, `3-Mar-2026`, `31 April`.
fn day_first(words: &[Word<'_>]) -> Option<(DateReading, usize)> {
    let (day, mut used) = day_of_month(words, 0)?;
    let skipped = words.get(used)?.text;
    if matches!(skipped, "of" | "-" | "." | "/") {
        used += 1;
    }
    let (month, length) = month(words.get(used..)?)?;
    used += length;
    let mark = words
        .get(used)
        .is_some_and(|word| matches!(word.text, "," | "-" | "/"));
    let behind = used + usize::from(mark);
    match words.get(behind).and_then(Word::year) {
        Some(year) => Some((in_calendar(year, month, day), behind + 1)),
        None => Some((without_year(month, day, words.get(used..)?), used)),
    }
}

/// Whether a word does not touch the one before it: `nov8` is a login or the beginning of
/// an address, unless a year follows.
fn are_apart(words: &[Word<'_>], at: usize) -> bool {
    let pair = at.checked_sub(1).and_then(|before| words.get(before..=at));
    matches!(pair, Some([before, word]) if !before.touches(word))
}

/// A number up to 99, with its ordinal ending where it has one.
fn day_of_month(words: &[Word<'_>], at: usize) -> Option<(u32, usize)> {
    let number = words.get(at)?;
    let day = number.number().filter(|_| number.text.len() <= 2)?;
    let ending = words.get(at + 1).filter(|word| number.touches(word));
    match ending.map(|word| word.text) {
        Some("st" | "nd" | "rd" | "th") => Some((day, at + 2)),
        // `10AM`, `10:30`, `50%`, `3.4`: not a day.
        Some(":" | "%" | "h") => None,
        Some(text) if text.chars().all(char::is_alphabetic) => None,
        Some("." | "-" | "/")
            if at > 0
                && words.get(at + 2).is_some_and(|w| {
                    w.number().is_some() && ending.is_some_and(|e| e.touches(w))
                }) =>
        {
            None
        }
        _ => Some((day, at + 1)),
    }
}

/// An English month, in full or by three letters, with its full stop.
fn month(words: &[Word<'_>]) -> Option<(u32, usize)> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = words.first()?;
    let name = word.text.to_lowercase();
    // "may" and "march" are also verbs; a month is written with a capital.
    let capital = word.text.chars().next().is_some_and(char::is_uppercase);
    if !capital && matches!(name.as_str(), "may" | "march") {
        return None;
    }
    let index = MONTHS.iter().position(|month| {
        *month == name
            || (month.get(..3) == Some(name.as_str()))
            || (*month == "september" && name == "sept")
    })?;
    let stop = words
        .get(1)
        .is_some_and(|mark| mark.text == "." && word.touches(mark));
    let month = u32::try_from(index).ok()? + 1;
    Some((month, 1 + usize::from(stop && name.len() < 5)))
}

fn in_calendar(year: i32, month: u32, day: u32) -> DateReading {
    CivilDate::new(year, month, day).map_or(DateReading::Impossible, DateReading::Day)
}

/// A day of the year behind it, where a range begins with it: `May 17th – August 31st, 2021`.
/// One that goes over the turn of a year says too little. A leap year has every day that
/// any year has.
fn without_year(month_of_day: u32, day: u32, behind: &[Word<'_>]) -> DateReading {
    let end = match behind {
        [dash, end @ ..] if matches!(dash.text, "-" | "–" | "—" | "to") => end,
        _ => &[],
    };
    let second = end.iter().position(|word| word.number().is_none());
    let ends_in = second.and_then(|at| month(end.get(at..)?));
    let year = end.iter().take(5).find_map(Word::year);
    match (ends_in, year) {
        (Some((month, _)), Some(year)) if month >= month_of_day => {
            in_calendar(year, month_of_day, day)
        }
        _ if CivilDate::new(2024, month_of_day, day).is_some() => DateReading::NoYear,
        _ => DateReading::Impossible,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{DateReading, mentions};
    use crate::civil_date::CivilDate;

    fn readings(text: &str) -> Vec<(String, DateReading)> {
        mentions(text)
            .into_iter()
            .map(|mention| (text.get(mention.range).unwrap().to_owned(), mention.reading))
            .collect()
    }

    fn only(text: &str) -> DateReading {
        let found = readings(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found.into_iter().next().unwrap().1
    }

    #[test]
    fn one_day_in_many_spellings() {
        let day = DateReading::Day(CivilDate::new(2026, 3, 4).unwrap());
        for text in [
            "2026-03-04",
            "2026/03/04",
            "2026.03.04",
            "on 4 March 2026.",
            "4th of March, 2026",
            "March 4th, 2026",
            "Mar 4 2026",
            "Mar. 4, 2026",
            "4-Mar-2026",
            "(2026-03-04)",
            "2026-03-04T10:00:00Z",
            "since 2026-03-04, as agreed",
        ] {
            assert_eq!(only(text), day, "{text}");
        }
        assert_eq!(only("13/04/2026").day(), CivilDate::new(2026, 4, 13));
        assert_eq!(only("04/13/2026").day(), CivilDate::new(2026, 4, 13));
        assert_eq!(only("05/05/2026").day(), CivilDate::new(2026, 5, 5));
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert_eq!(
            only("04.03.2026"),
            DateReading::DayFirst(CivilDate::new(2026, 3, 4).unwrap())
        );
        assert_eq!(only("03/04/2026"), DateReading::Ambiguous);
        assert_eq!(only("April 31st"), DateReading::Impossible);
        assert_eq!(only("31 April"), DateReading::Impossible);
        assert_eq!(only("2026-02-30"), DateReading::Impossible);
        assert_eq!(only("April 30th"), DateReading::NoYear);
        assert_eq!(
            only("March 2026"),
            DateReading::Month(CivilDate::new(2026, 3, 1).unwrap())
        );
    }

    #[test]
    fn a_range_may_have_its_year_at_the_end() {
        for text in [
            "May 17th - August 31st, 2021",
            "17 May – November 31st 2021",
            "May 17 to 20 June 2021",
        ] {
            let first = mentions(text).remove(0).reading;
            assert_eq!(first.day(), CivilDate::new(2021, 5, 17), "{text}");
        }
        for text in [
            "May 17th",
            "November 2 - March 3, 2021",
            "May 17 - see 2021",
        ] {
            assert_eq!(mentions(text)[0].reading, DateReading::NoYear, "{text}");
        }
    }

    #[test]
    fn numbers_that_are_no_dates() {
        for text in [
            "0.12.3",
            "10.0.0.1",
            "3/4",
            "v1.2.2026",
            "za0dec0",
            "ann4dec2 is on call",
            "nov8.m@example.org",
            "j.3.apr@example.org",
            "write to 8nov@example.org",
            "you may 3 times",
            "10:30 May",
            "50% April",
        ] {
            assert_eq!(readings(text), vec![], "{text}");
        }
    }
}
