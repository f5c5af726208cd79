//! Phases of a plan: `Day 30`, `Days 1–30`, `Week 2-4`, `first month`, `60 days`.

use crate::documents::text::is_one_of;

/// When something is due, in days after the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phase {
    /// The last day of the phase.
    pub day: u16,
    /// Where the words that say it end in the text.
    pub end: usize,
    /// Whether the text begins with them.
    pub leads: bool,
    /// Whether they may as well say how long something takes: `three months`.
    pub lasts: bool,
}

/// Longer plans are not plans; it also keeps days within their type.
const MAX_DAY: u32 = 3_650;

/// Finds the first phase named in a text. `30-60-90` names the plan, not a phase.
pub fn find(text: &str) -> Option<Phase> {
    let words = words(text);
    (0..words.len()).find_map(|at| {
        let (days, used) = unit_first(&words, at).or_else(|| number_first(&words, at))?;
        let last = words.get(at + used - 1)?;
        let before = words.get(..at)?;
        let leads = before.iter().all(|word| is_filler(&word.text));
        // What is done before the first day is due when it comes.
        let ahead = days == 1 && before.iter().any(|word| word.text == "before");
        let days = if ahead { 0 } else { days };
        let lasts = at == 0 && used == 2 && last.text.ends_with('s');
        (days <= MAX_DAY).then_some(Phase {
            day: u16::try_from(days).ok()?,
            end: last.end,
            leads,
            lasts,
        })
    })
}

/// A bare number or range, as it stands in a column or below "30-60-90": `30`,
/// `1–30`.
pub fn bare(text: &str) -> Option<u16> {
    let words = words(text);
    let (days, used) = range(&words, 0)?;
    (used == words.len() && (1..=MAX_DAY).contains(&days)).then(|| u16::try_from(days).ok())?
}

struct Word {
    text: String,
    end: usize,
}

/// Words, numbers and dashes, in lower case; other marks only separate, but a
/// slash or a colon is kept so that `30/60/90` and `10:30` can be told.
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut class = None;
    for (at, character) in text.char_indices() {
        let kind = match character {
            digit if digit.is_ascii_digit() => Some('0'),
            letter if letter.is_alphabetic() => Some('a'),
            '-' | '–' | '—' | '‑' => Some('-'),
            '/' | ':' | '%' | '+' | '.' | '#' => Some(character),
            _ => None,
        };
        let end = at + character.len_utf8();
        let lower = character.to_lowercase();
        match (kind, words.last_mut()) {
            (None, _) => {}
            (Some('-'), _) => words.push(Word {
                text: "-".to_owned(),
                end,
            }),
            (Some('0' | 'a'), Some(word)) if kind == class => {
                word.text.extend(lower);
                word.end = end;
            }
            (Some(_), _) => words.push(Word {
                text: lower.collect(),
                end,
            }),
        }
        class = kind;
    }
    words
}

fn text_at(words: &[Word], at: usize) -> &str {
    words.get(at).map_or("", |word| word.text.as_str())
}

/// `day 30`, `weeks 2-4`, `month one`.
fn unit_first(words: &[Word], at: usize) -> Option<(u32, usize)> {
    let length = unit(text_at(words, at))?;
    let (number, used) = range(words, at + 1)?;
    // `Day 30/60/90` is all of them.
    if text_at(words, at + 1 + used) == "/" {
        return None;
    }
    Some((number.checked_mul(length)?, 1 + used))
}

/// `30 days`, `30-day`, `1–30 days`, `first week`, `2nd month`, `first 30 days`.
fn number_first(words: &[Word], at: usize) -> Option<(u32, usize)> {
    if at > 0 && !is_filler(text_at(words, at - 1)) {
        return None;
    }
    // `30-60-90 day plan` names the plan.
    if at > 1 && text_at(words, at - 1) == "-" && number(text_at(words, at - 2)).is_some() {
        return None;
    }
    if let Some(place) = ordinal(words, at) {
        let (place, used) = place;
        if let Some(length) = unit(text_at(words, at + used)) {
            return Some((place * length, used + 1));
        }
        let (number, more) = range(words, at + used).filter(|_| place == 1)?;
        let length = unit(text_at(words, at + used + more))?;
        return Some((number.checked_mul(length)?, used + more + 1));
    }
    let (number, mut used) = range(words, at)?;
    if text_at(words, at + used) == "-" {
        used += 1;
    }
    let length = unit(text_at(words, at + used))?;
    // `The 12-week program starts in June.`
    let whole = is_one_of(
        text_at(words, at + used + 1),
        "period|program|programme|internship|course",
    );
    let days = number.checked_mul(length).filter(|_| !whole)?;
    Some((days, used + 1))
}

/// A number, or the upper end of a range; `30-60-90` is neither.
fn range(words: &[Word], at: usize) -> Option<(u32, usize)> {
    let first = number(text_at(words, at))?;
    let dash = matches!(text_at(words, at + 1), "-" | "to" | "through");
    let Some(second) = number(text_at(words, at + 2)).filter(|_| dash) else {
        let plain = !matches!(text_at(words, at + 1), "%" | "." | "/" | ":")
            || number(text_at(words, at + 2)).is_none();
        return plain.then_some((first, 1));
    };
    let third = text_at(words, at + 3) == "-" && number(text_at(words, at + 4)).is_some();
    // `Week 2 - 4` is a range; `Day 30 - 2 deploys` is a dash before a title.
    if third || second <= first {
        return (!third).then_some((first, 1));
    }
    Some((second, 3))
}

fn number(word: &str) -> Option<u32> {
    const NUMBERS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    let spelled = NUMBERS.iter().position(|number| *number == word);
    match spelled {
        Some(number) => u32::try_from(number).ok(),
        None if word.len() <= 5 && word.bytes().all(|byte| byte.is_ascii_digit()) => {
            word.parse().ok()
        }
        None => None,
    }
}

fn ordinal(words: &[Word], at: usize) -> Option<(u32, usize)> {
    const ORDINALS: [&str; 6] = [
        "first|primer|primera|primeiro|primeira|premier|première|erste|ersten|primo|prima|\
        första|første|первый|первая",
        "second|segundo|segunda|zweite",
        "third|tercer|tercera|terceiro|terceira|dritte",
        "fourth",
        "fifth",
        "sixth",
    ];
    let word = text_at(words, at);
    if let Some(place) = ORDINALS.iter().position(|ordinal| is_one_of(word, ordinal)) {
        return Some((u32::try_from(place).ok()? + 1, 1));
    }
    let ending = matches!(text_at(words, at + 1), "st" | "nd" | "rd" | "th");
    number(word).filter(|_| ending).map(|number| (number, 2))
}

/// Days in a unit, in the languages that plans are written in.
fn unit(word: &str) -> Option<u32> {
    const UNITS: [(u32, &str); 3] = [
        (
            1,
            "day|days|día|días|dia|dias|jour|jours|tag|tage|tagen|giorno|giorni|dag|dagen|\
            dager|dagar|день|дня|дней|日目|天",
        ),
        (
            7,
            "week|weeks|wk|wks|semana|semanas|semaine|semaines|woche|wochen|settimana|\
            settimane|weken|uke|uker|vecka|veckor|неделя|недели|неделю|週目|周",
        ),
        (
            30,
            "month|months|mes|meses|mês|mois|monat|monate|monaten|mese|mesi|maand|maanden|\
            måned|måneder|månad|månader|месяц|месяца|か月|ヶ月|ヶ月目|か月目|个月",
        ),
    ];
    let of = UNITS.iter().find(|(_, words)| is_one_of(word, words));
    of.map(|(days, _)| *days)
}

/// Words that may stand before a phase without being its subject.
fn is_filler(word: &str) -> bool {
    is_one_of(
        word,
        "|the|by|end|of|after|within|in|your|phase|-|#|at|until|during|milestone|on|\
        el|la|los|o|os|le|les|der|die|den|primeros|primeiros|nach|bis|après|hasta|até|第",
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{bare, find};

    #[test]
    fn the_last_day_of_a_phase_counts() {
        for (text, day) in [
            ("Day 30", 30),
            ("Day 1–7", 7),
            ("Days 31-60: co-own risk", 60),
            ("Week 2–4", 28),
            ("Week 1", 7),
            ("Month 3", 90),
            ("Day 30 checkpoint", 30),
            ("first week", 7),
            ("The first 30 days", 30),
            ("2nd month", 60),
            ("30 days", 30),
            ("30-day check-in", 30),
            ("1–30 days", 30),
            ("End of week 6", 42),
            ("June 1 (Week 1)", 7),
            ("Day one", 1),
            ("By day 90", 90),
            ("Day 30 - 2 deploys", 30),
            ("Week 3 to 4", 28),
            ("day30", 30),
            ("Before your first day", 0),
            ("Before day 1 (manager)", 0),
            ("Before day 30", 30),
            ("Día 1: bienvenida", 1),
            ("Semana 2-4", 28),
            ("Primer mes", 30),
            ("Los primeros 30 días", 30),
            ("Tag 30: Rückblick", 30),
            ("Erste Woche", 7),
            ("Woche 2–4", 28),
            ("Première semaine", 7),
            ("Mês 3", 90),
            ("Prima settimana", 7),
            ("Uke 2", 14),
            ("Неделя 1", 7),
            ("第1周", 7),
            ("30日目", 30),
            ("3か月", 90),
        ] {
            assert_eq!(find(text).map(|phase| phase.day), Some(day), "{text}");
        }
        assert_eq!(bare("1–30"), Some(30));
        assert_eq!(bare("60"), Some(60));
    }

    #[test]
    fn other_numbers_are_no_phases() {
        for text in [
            "30-60-90 Plan",
            "30/60/90 days",
            "A 30-60-90 day plan",
            "Every day",
            "3 hours per week",
            "a week",
            "First 50% of the stipend",
            "September 1 - September 9 (1 week)",
            "The 8-12 week period ends with a talk",
            "Day 99999",
            "on-call 2 weeks a year",
            "La semana pasada",
            "Jeden Tag",
            "3月1日",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
        assert_eq!(bare("30-60-90"), None);
        assert_eq!(bare("30 people"), None);
    }
}
