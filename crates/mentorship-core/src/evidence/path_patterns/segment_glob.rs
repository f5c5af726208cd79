//! Wildcards within one segment of a path, matched in one pass.

/// What `[` and `]` mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BracketMeaning {
    /// Themselves, as in `app/[id]/page.tsx`.
    Literal,
    /// A class of characters, as in `[a-z]*.rb`.
    Class,
}

/// Why a text is no glob: a `[` is not closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OpenBracket;

/// Text with `*`, `?` and perhaps classes.
///
/// It is kept as the runs between its stars. The first run must begin the
/// text, the last must end it, and each run between is taken where it first
/// occurs: nothing is ever tried twice, whatever the pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SegmentGlob {
    /// Without a star one run, which is the whole text; otherwise one more
    /// than there are stars.
    runs: Box<[Run]>,
}

/// A stretch of a pattern without a star.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Run {
    /// The usual case, for which the standard library's search is linear.
    Text(String),
    Characters(Vec<CharacterMatcher>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum CharacterMatcher {
    Exactly(char),
    Any,
    Class {
        negated: bool,
        ranges: Vec<(char, char)>,
    },
}

impl SegmentGlob {
    /// `*`: any name.
    pub fn any_name() -> Self {
        Self {
            runs: Box::new([Run::default(), Run::default()]),
        }
    }

    pub fn parse(source: &str, brackets: BracketMeaning) -> Result<Self, OpenBracket> {
        let mut runs = Vec::new();
        let mut run = Run::default();
        let mut previous_was_star = false;
        let mut characters = source.chars();
        while let Some(c) = characters.next() {
            let is_star = c == '*';
            match c {
                '*' if previous_was_star => {}
                '*' => runs.push(std::mem::take(&mut run)),
                '?' => run.push(CharacterMatcher::Any),
                '\\' => match characters.next() {
                    Some(escaped) => run.push_text(escaped),
                    // A backslash with nothing to escape means nothing.
                    None => break,
                },
                '[' if brackets == BracketMeaning::Class => {
                    let (class, rest) = parse_class(characters.as_str())?;
                    run.push(class);
                    characters = rest.chars();
                }
                _ => run.push_text(c),
            }
            previous_was_star = is_star;
        }
        runs.push(run);
        Ok(Self { runs: runs.into() })
    }

    /// The text where the pattern has no wildcard.
    pub fn as_literal(&self) -> Option<&str> {
        match &*self.runs {
            [Run::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// Whether this is `*`.
    pub fn is_any_name(&self) -> bool {
        *self == Self::any_name()
    }

    /// What every match ends with from its last dot on, where the pattern
    /// settles that: `.md` for `*.md` and for `*.test.md`.
    pub fn extension(&self) -> Option<&str> {
        match &*self.runs {
            [_, .., Run::Text(end)] => extension(end),
            _ => None,
        }
    }

    /// The byte that every match begins with, where the pattern settles it.
    pub fn first_byte(&self) -> Option<u8> {
        match self.runs.first() {
            Some(Run::Text(text)) => text.bytes().next(),
            _ => None,
        }
    }

    /// The byte that every match ends with, where the pattern settles it.
    pub fn last_byte(&self) -> Option<u8> {
        match self.runs.last() {
            Some(Run::Text(text)) => text.bytes().next_back(),
            _ => None,
        }
    }

    /// The pattern for text that has been folded to lower case.
    pub fn folded(&self) -> Self {
        let runs = self.runs.iter().map(Run::folded).collect();
        Self { runs }
    }

    /// Whether the whole segment matches. A segment without a character matches
    /// nothing, since no file has an empty name.
    pub fn matches(&self, segment: &str) -> bool {
        if segment.is_empty() {
            return false;
        }
        let Some((first, others)) = self.runs.split_first() else {
            return false;
        };
        let Some(rest) = first.strip_from_start(segment) else {
            return false;
        };
        let Some((last, between)) = others.split_last() else {
            return rest.is_empty();
        };
        let Some(mut rest) = last.strip_from_end(rest) else {
            return false;
        };
        for run in between {
            match run.skip_past(rest) {
                Some(behind) => rest = behind,
                None => return false,
            }
        }
        true
    }
}

impl Default for Run {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl Run {
    fn push_text(&mut self, c: char) {
        match self {
            Self::Text(text) => text.push(c),
            Self::Characters(matchers) => matchers.push(CharacterMatcher::Exactly(c)),
        }
    }

    fn push(&mut self, matcher: CharacterMatcher) {
        match self {
            Self::Text(text) => {
                let exact = text.chars().map(CharacterMatcher::Exactly);
                *self = Self::Characters(exact.chain([matcher]).collect());
            }
            Self::Characters(matchers) => matchers.push(matcher),
        }
    }

    fn folded(&self) -> Self {
        match self {
            Self::Text(text) => Self::Text(folded(text)),
            Self::Characters(matchers) => {
                Self::Characters(matchers.iter().flat_map(CharacterMatcher::folded).collect())
            }
        }
    }

    fn strip_from_start<'a>(&self, text: &'a str) -> Option<&'a str> {
        match self {
            Self::Text(run) => text.strip_prefix(run.as_str()),
            Self::Characters(matchers) => {
                let mut characters = text.chars();
                for matcher in matchers {
                    characters.next().filter(|c| matcher.matches(*c))?;
                }
                Some(characters.as_str())
            }
        }
    }

    fn strip_from_end<'a>(&self, text: &'a str) -> Option<&'a str> {
        match self {
            Self::Text(run) => text.strip_suffix(run.as_str()),
            Self::Characters(matchers) => {
                let mut characters = text.chars();
                for matcher in matchers.iter().rev() {
                    characters.next_back().filter(|c| matcher.matches(*c))?;
                }
                Some(characters.as_str())
            }
        }
    }

    /// What lies behind the first occurrence.
    fn skip_past<'a>(&self, text: &'a str) -> Option<&'a str> {
        match self {
            Self::Text(run) => text.split_once(run.as_str()).map(|(_, behind)| behind),
            Self::Characters(_) => text
                .char_indices()
                .filter_map(|(at, _)| text.get(at..))
                .find_map(|candidate| self.strip_from_start(candidate)),
        }
    }
}

impl CharacterMatcher {
    fn matches(&self, c: char) -> bool {
        match self {
            Self::Exactly(expected) => *expected == c,
            Self::Any => true,
            Self::Class { negated, ranges } => {
                let within = ranges.iter().any(|(from, to)| (*from..=*to).contains(&c));
                within != *negated
            }
        }
    }

    /// One character can fold to several. A class keeps its ranges and gains
    /// their lower case where they are ASCII letters.
    fn folded(&self) -> Vec<Self> {
        match self {
            Self::Exactly(c) => c.to_lowercase().map(Self::Exactly).collect(),
            Self::Any => vec![Self::Any],
            Self::Class { negated, ranges } => {
                let lower = ranges
                    .iter()
                    .filter(|(from, to)| from.is_ascii_uppercase() && to.is_ascii_uppercase())
                    .map(|(from, to)| (from.to_ascii_lowercase(), to.to_ascii_lowercase()));
                vec![Self::Class {
                    negated: *negated,
                    ranges: ranges.iter().copied().chain(lower).collect(),
                }]
            }
        }
    }
}

/// The end of a name from its last dot on.
pub(crate) fn extension(name: &str) -> Option<&str> {
    let dot = name.bytes().rposition(|byte| byte == b'.')?;
    name.get(dot..)
}

/// Text in lower case, letter by letter, so that a part of a text folds to a
/// part of the folded text (a final sigma does not).
pub(crate) fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// Reads a class behind its `[`; also what lies behind its `]`.
fn parse_class(text: &str) -> Result<(CharacterMatcher, &str), OpenBracket> {
    let (negated, mut rest) = match text.strip_prefix(['!', '^']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut ranges = Vec::new();
    loop {
        let mut characters = rest.chars();
        let from = match characters.next() {
            None => return Err(OpenBracket),
            // A `]` in first place is a member.
            Some(']') if !ranges.is_empty() => {
                let class = CharacterMatcher::Class { negated, ranges };
                return Ok((class, characters.as_str()));
            }
            Some('\\') => characters.next().ok_or(OpenBracket)?,
            Some(c) => c,
        };
        rest = characters.as_str();
        let mut behind = rest.chars();
        let to = match (behind.next(), behind.next()) {
            (Some('-'), Some(to)) if to != ']' => {
                rest = behind.as_str();
                to
            }
            _ => from,
        };
        ranges.push((from, to));
    }
}
