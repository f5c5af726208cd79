//! Who is no human being, by name and address.

use super::folding::folded;
use mentorship_symbols::byte_words;
use mentorship_texts::ordering::sort_by;

/// Patterns for the names and addresses of bots.
///
/// A pattern is compared without regard to case or accents with the whole
/// name, the whole address and the part before its `@`; `*` stands for any
/// characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BotPatterns {
    patterns: Vec<String>,
    /// Of the patterns those before this one are well known, and [`by_last_word`] takes
    /// part where there are any.
    well_known: usize,
    /// Names and addresses of people, folded and in order.
    people: Vec<String>,
}

/// Who signs commits without being anybody: programs that commit by themselves, and
/// programs that help to write and are named as co-authors. What these know cannot be
/// asked for at night. Most say in their name what they are. Assistants with a person's
/// name are known by an address that nobody reads.
const KNOWN_BOTS: [&str; 61] = [
    "*[bot]",
    "*[bot]@users.noreply.github.com",
    "bot",
    "* bot",
    "*-bot",
    "*_bot",
    "* robot",
    "*-robot",
    "*-robot-*",
    "* ci robot*",
    "* agent",
    "*machine user",
    "*service account",
    "*-admin",
    "* admin",
    "* administrator",
    "* team",
    "ci",
    "*-ci",
    "dependabot",
    "dependabot-preview",
    "deployment bot*",
    "renovatebot",
    "greenkeeper*",
    "imgbot*",
    "allcontributors",
    "github-action*",
    "github action*",
    "bitbucket-pipelines",
    "crowdin*",
    "fossabot",
    "otelbot*",
    "gopherbot",
    "*mergebot",
    "bors",
    "scala steward",
    "scala-steward",
    "copybara*",
    "istio-testing",
    "*-automation",
    "* automation",
    "*semantic-release",
    "the * badger",
    "transifex*",
    "travis ci*",
    "travis-ci*",
    "jenkins",
    "buildkite",
    "*weblate",
    "noreply@*",
    "no-reply@*",
    "bot+*@*",
    "merge-button",
    "web-flow",
    "copilot",
    "*+copilot@users.noreply.github.com",
    "copilot-swe-agent",
    "cursoragent@cursor.com",
    "codex@openai.com",
    "google-labs-jules",
    "devin-ai-integration",
];

impl Default for BotPatterns {
    fn default() -> Self {
        Self {
            well_known: KNOWN_BOTS.len(),
            ..Self::new(KNOWN_BOTS)
        }
    }
}

impl BotPatterns {
    /// Exactly these patterns.
    pub fn new<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Self {
        let patterns = patterns.into_iter();
        Self {
            patterns: patterns
                .map(|pattern| folded(pattern.as_bytes()).into_owned())
                .collect(),
            well_known: 0,
            people: Vec::new(),
        }
    }

    /// The well-known bots and these patterns.
    pub fn with<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all = Self::default();
        all.patterns.extend(Self::new(patterns).patterns);
        all
    }

    /// The same, but for people who are called like a well-known bot, or commit from such
    /// an address: a name is a guess, and somebody who knows them says otherwise.
    pub fn but<'a>(mut self, people: impl IntoIterator<Item = &'a str>) -> Self {
        let people = people.into_iter();
        self.people
            .extend(people.map(|person| folded(person.as_bytes()).into_owned()));
        sort_by(&mut self.people, Ord::cmp);
        self
    }

    /// Leaves out those who are written as a bot is, by name, login or address.
    pub fn leave_out<T>(&self, items: &mut Vec<T>, written: fn(&T) -> &str) {
        let compiled = self.compiled();
        items.retain(|item| {
            let text = written(item);
            let folded = folded(text.as_bytes());
            compiled
                .matching(text.as_bytes(), &folded, &folded)
                .is_none()
        });
    }

    /// The patterns, ready to be compared with many names.
    pub(crate) fn compiled(&self) -> CompiledBots<'_> {
        let mut compiled = CompiledBots {
            well_known: self.well_known,
            people: &self.people,
            ..CompiledBots::default()
        };
        for (place, pattern) in (0..).zip(&self.patterns) {
            let Some(wildcards) = Wildcards::of(pattern) else {
                compiled.whole.push((pattern, place));
                continue;
            };
            let (first, last) = (
                wildcards.first.bytes().next(),
                wildcards.last.bytes().last(),
            );
            match (first, last) {
                (_, Some(last)) => compiled.ending.push((last, place, wildcards)),
                (Some(first), None) => compiled.beginning.push((first, place, wildcards)),
                (None, None) => compiled.anywhere.push((place, wildcards)),
            }
        }
        sort_by(&mut compiled.whole, Ord::cmp);
        for anchored in [&mut compiled.ending, &mut compiled.beginning] {
            sort_by(anchored, |(a, ..), (b, ..)| a.cmp(b));
        }
        compiled
    }
}

/// Bot patterns by how they are compared, each with its place.
#[derive(Default)]
pub(crate) struct CompiledBots<'a> {
    /// In order.
    whole: Vec<(&'a str, u32)>,
    /// By the byte that a text has to end with: one byte rules most patterns out.
    ending: Vec<(u8, u32, Wildcards<'a>)>,
    /// Those of the others by the byte that a text has to begin with.
    beginning: Vec<(u8, u32, Wildcards<'a>)>,
    /// Those with a star at both ends.
    anywhere: Vec<(u32, Wildcards<'a>)>,
    /// See [`BotPatterns`].
    well_known: usize,
    people: &'a [String],
}

/// A pattern by which somebody is taken for a machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct BotMatch<'a> {
    pub(crate) pattern: &'a str,
    /// Whether nobody but this program says so.
    pub(crate) is_well_known: bool,
}

/// What the last word of a name alone says, as of `HarbourBot` and `harbourmachine`: of
/// an address, and without the capital, it would take people whose surname or login ends
/// so.
fn by_last_word(name: &[u8]) -> Option<&'static str> {
    let before_bot = name.strip_suffix(b"Bot").and_then(<[u8]>::last);
    if before_bot.is_some_and(u8::is_ascii_lowercase) {
        return Some("*Bot");
    }
    let (_, machine) = name.split_last_chunk::<7>()?;
    machine
        .eq_ignore_ascii_case(b"machine")
        .then_some("*machine")
}

impl<'a> CompiledBots<'a> {
    /// The first pattern that matches a folded name or address, else what the name says
    /// as it is `written`.
    pub(crate) fn matching(&self, written: &[u8], name: &str, email: &str) -> Option<BotMatch<'a>> {
        let is_listed = |text: &str| {
            let people = self.people;
            people
                .binary_search_by(|person| person.as_str().cmp(text))
                .is_ok()
        };
        let is_person = is_listed(name) || is_listed(email);
        let local_part = match memchr::memchr(b'@', email.as_bytes()) {
            Some(at) => email.get(..at).unwrap_or_default(),
            None => email,
        };
        let texts = [name, email, local_part];
        let whole = texts
            .iter()
            .filter_map(|text| {
                let first = self.whole.partition_point(|(pattern, _)| pattern < text);
                self.whole.get(first).filter(|(pattern, _)| pattern == text)
            })
            .map(|&(pattern, place)| (place, pattern));
        let anchored = texts.iter().flat_map(|text| {
            let bytes = text.as_bytes();
            let ending = with_byte(&self.ending, bytes.last());
            let beginning = with_byte(&self.beginning, bytes.first());
            ending
                .iter()
                .chain(beginning)
                .filter(|(.., wildcards)| wildcards.matches(text))
                .map(|(_, place, wildcards)| (*place, wildcards.pattern))
        });
        // What stands anywhere in the part before the `@` stands in the address.
        let anywhere = self
            .anywhere
            .iter()
            .filter(|(_, wildcards)| wildcards.matches(name) || wildcards.matches(email))
            .map(|(place, wildcards)| (*place, wildcards.pattern));
        let wildcards = anchored.chain(anywhere);
        let is_well_known = |place: u32| (place as usize) < self.well_known;
        let matching = whole.chain(wildcards);
        let counting = matching.filter(|&(place, _)| !(is_person && is_well_known(place)));
        let first = counting.min_by_key(|&(place, _)| place);
        let first = first.map(|(place, pattern)| (pattern, is_well_known(place)));
        let asked = (self.well_known > 0 && !is_person).then_some(written);
        let (pattern, is_well_known) =
            first.or_else(|| Some((asked.and_then(by_last_word)?, true)))?;
        Some(BotMatch {
            pattern,
            is_well_known,
        })
    }
}

/// The patterns sorted under one byte.
fn with_byte<'p, 'a>(
    sorted: &'p [(u8, u32, Wildcards<'a>)],
    byte: Option<&u8>,
) -> &'p [(u8, u32, Wildcards<'a>)] {
    let Some(byte) = byte else {
        return &[];
    };
    let start = sorted.partition_point(|(other, ..)| other < byte);
    let rest = sorted.get(start..).unwrap_or_default();
    let count = rest.partition_point(|(other, ..)| other == byte);
    rest.get(..count).unwrap_or_default()
}

/// A pattern in which `*` stands for any characters, taken apart at them.
struct Wildcards<'a> {
    pattern: &'a str,
    /// What the text begins with.
    first: &'a str,
    /// What stands within, in this order.
    within: Vec<&'a str>,
    /// What the text ends with.
    last: &'a str,
}

impl<'a> Wildcards<'a> {
    /// `None` of a pattern without any.
    fn of(pattern: &'a str) -> Option<Self> {
        let (first, rest) = pattern.split_once('*')?;
        let (within, last) = rest.rsplit_once('*').unwrap_or(("", rest));
        let within = within.split('*').filter(|piece| !piece.is_empty());
        Some(Self {
            pattern,
            first,
            within: within.collect(),
            last,
        })
    }

    /// Linear in the text for each piece, never exponential.
    fn matches(&self, text: &str) -> bool {
        let rest = text.strip_prefix(self.first);
        let Some(mut rest) = rest.and_then(|rest| rest.strip_suffix(self.last)) else {
            return false;
        };
        self.within.iter().all(|piece| match behind(rest, piece) {
            Some(behind) => {
                rest = behind;
                true
            }
            None => false,
        })
    }
}

/// What stands behind a piece where a text first has it. Names are short, and the first
/// byte of a piece is rare in them: to look for it alone is cheaper than a search.
fn behind<'t>(text: &'t str, piece: &str) -> Option<&'t str> {
    let first = *piece.as_bytes().first()?;
    let mut rest = text;
    loop {
        let at = byte_words::find(rest.as_bytes(), first)?;
        rest = rest.get(at..)?;
        if let Some(behind) = rest.strip_prefix(piece) {
            return Some(behind);
        }
        // A first byte is never found inside a character.
        let next = rest.chars().next()?.len_utf8();
        rest = rest.get(next..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::BotPatterns;
    use proptest::prelude::*;

    /// A pattern tried at every place.
    fn is_matched(pattern: &[u8], text: &[u8]) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some((b'*', rest)) => (0..=text.len()).any(|at| is_matched(rest, &text[at..])),
            Some((byte, rest)) => text.first() == Some(byte) && is_matched(rest, &text[1..]),
        }
    }

    #[test]
    fn machines_with_names_of_their_own_are_known_and_people_with_such_names_stay_people() {
        let bots = BotPatterns::default();
        let compiled = bots.compiled();
        let is_bot = |name: &str| {
            let folded = name.to_lowercase();
            compiled
                .matching(name.as_bytes(), &folded, "a@example.org")
                .is_some()
        };
        for name in [
            "otelbot",
            "pytorchmergebot",
            "gopherbot",
            "Scala Steward",
            "Copybara-Service",
            "yoshi-automation",
            "istio-testing",
        ] {
            assert!(is_bot(name), "{name}");
        }
        for name in [
            "Jane Talbot",
            "jtalbot",
            "A. Cabot",
            "Bors Lee",
            "Scala Fan",
            "Abbot",
        ] {
            assert!(!is_bot(name), "{name}");
        }
    }

    proptest! {
        #[test]
        fn the_first_pattern_that_matches_is_found(
            patterns in proptest::collection::vec("[ab*-]{0,5}", 0..6),
            name in "[ab-]{0,6}",
            email in "[ab-]{0,4}@?[ab-]{0,3}",
        ) {
            let bots = BotPatterns::new(patterns.iter().map(String::as_str));
            let local_part = email.split('@').next().unwrap_or_default();
            let expected = patterns.iter().find(|pattern| {
                let matches = |text: &str| is_matched(pattern.as_bytes(), text.as_bytes());
                [&name, &email, local_part].into_iter().any(matches)
            });
            let compiled = bots.compiled();
            let found = compiled.matching(name.as_bytes(), &name, &email);
            prop_assert_eq!(found.map(|found| found.pattern), expected.map(String::as_str));
        }
    }
}
