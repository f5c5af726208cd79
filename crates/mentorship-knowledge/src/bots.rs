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
const KNOWN_BOTS: [&str; 28] = [
    "*[bot]",
    "*[bot]@users.noreply.github.com",
    "bot",
    "* bot",
    "*-bot",
    "*_bot",
    "* robot",
    "*-robot",
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
                .map(|pattern| folded(pattern.as_bytes()))
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
            match pattern.contains('*') {
                true => compiled.wildcards.push((place, pattern)),
                false => compiled.whole.push((pattern, place)),
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
    wildcards: Vec<(u32, &'a str)>,
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
        let wildcards = self.wildcards.iter().copied().filter(|(_, pattern)| {
            let mut texts = texts.iter();
            texts.any(|text| matches_wildcards(pattern.as_bytes(), text.as_bytes()))
        });
        let first = whole.chain(wildcards).min_by_key(|&(place, _)| place);
        first.map(|(_, pattern)| pattern)
    }
}

/// `*` stands for any bytes. Linear in the text for each `*`, never exponential.
fn matches_wildcards(pattern: &[u8], text: &[u8]) -> bool {
    // What has to stand at the end rules most names out at once.
    let end = memchr::memrchr(b'*', pattern).map_or(0, |star| star + 1);
    if !text.ends_with(pattern.get(end..).unwrap_or_default()) {
        return false;
    }
    let mut pieces = pattern.split(|&byte| byte == b'*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        let mut windows = rest.windows(piece.len().max(1));
        match windows.position(|window| window == piece || piece.is_empty()) {
            Some(at) => rest = rest.get(at + piece.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    true
}
