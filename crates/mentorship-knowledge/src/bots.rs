//! Who is no human being, by name and address.

use super::folding::folded;
use mentorship_texts::ordering::sort_by;

/// Patterns for the names and addresses of bots.
///
/// A pattern is compared without regard to case or accents with the whole
/// name, the whole address and the part before its `@`; `*` stands for any
/// characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BotPatterns(Vec<String>);

/// Who signs commits without being anybody: programs that commit by themselves, and
/// programs that help to write and are named as co-authors. What these know cannot be
/// asked for at night. Most say in their name what they are. Assistants with a person's
/// name are known by their address.
const KNOWN_BOTS: [&str; 42] = [
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
    "ci",
    "*-ci",
    "dependabot",
    "dependabot-preview",
    "renovatebot",
    "greenkeeper*",
    "imgbot*",
    "allcontributors",
    "github-action*",
    "github action*",
    "bitbucket-pipelines",
    "crowdin*",
    "fossabot",
    "*semantic-release",
    "the * badger",
    "transifex*",
    "travis ci",
    "*weblate",
    "noreply@github.com",
    "merge-button",
    "web-flow",
    "noreply@anthropic.com",
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
        Self::new(KNOWN_BOTS)
    }
}

impl BotPatterns {
    /// Exactly these patterns.
    pub fn new<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Self {
        Self(
            patterns
                .into_iter()
                .map(|pattern| folded(pattern.as_bytes()).into_owned())
                .collect(),
        )
    }

    /// The well-known bots and these patterns.
    pub fn with<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all = Self::default();
        all.0.extend(Self::new(patterns).0);
        all
    }

    /// The patterns, ready to be compared with many names.
    pub(crate) fn compiled(&self) -> CompiledBots<'_> {
        let mut compiled = CompiledBots::default();
        for (place, pattern) in (0..).zip(&self.0) {
            match Wildcards::of(pattern) {
                Some(wildcards) => compiled.wildcards.push((place, wildcards)),
                None => compiled.whole.push((pattern, place)),
            }
        }
        sort_by(&mut compiled.whole, Ord::cmp);
        compiled
    }
}

/// Bot patterns by how they are compared, each with its place.
#[derive(Default)]
pub(crate) struct CompiledBots<'a> {
    /// In order.
    whole: Vec<(&'a str, u32)>,
    wildcards: Vec<(u32, Wildcards<'a>)>,
}

impl<'a> CompiledBots<'a> {
    /// The first pattern that matches a folded name or address.
    pub(crate) fn matching(&self, name: &str, email: &str) -> Option<&'a str> {
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
        let wildcards = self
            .wildcards
            .iter()
            .filter(|(_, wildcards)| texts.iter().any(|text| wildcards.matches(text)))
            .map(|(place, wildcards)| (*place, wildcards.pattern));
        let first = whole.chain(wildcards).min_by_key(|&(place, _)| place);
        first.map(|(_, pattern)| pattern)
    }
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
        // One byte rules most names out at once.
        let last = self.last.as_bytes().last();
        if last.is_some() && last != text.as_bytes().last() {
            return false;
        }
        let rest = text.strip_prefix(self.first);
        let Some(mut rest) = rest.and_then(|rest| rest.strip_suffix(self.last)) else {
            return false;
        };
        self.within
            .iter()
            .all(|piece| match rest.split_once(*piece) {
                Some((_, behind)) => {
                    rest = behind;
                    true
                }
                None => false,
            })
    }
}
