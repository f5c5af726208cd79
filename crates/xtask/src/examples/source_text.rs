//! Source text made up for files whose words do not matter, only who changed them.
//!
//! A file is a heading and blocks with a blank line between them, so that a
//! change is a small difference and a renamed file is still recognised.

use super::sequence::Sequence;

/// A file grows up to this many blocks; from then on blocks are replaced.
const MOST_BLOCKS: usize = 14;
const FIRST_BLOCKS: usize = 4;

/// The first text of the file at `path`.
pub(crate) fn begin(path: &str, sequence: &mut Sequence) -> String {
    let language = Language::of(path);
    let blocks = (0..FIRST_BLOCKS).map(|_| language.block(sequence));
    let heading = language.heading(path);
    join(std::iter::once(heading).chain(blocks))
}

/// `text` after a small change: a block more, or one block replaced.
pub(crate) fn change(path: &str, text: &str, sequence: &mut Sequence) -> String {
    let language = Language::of(path);
    let mut blocks: Vec<String> = text.trim_end().split("\n\n").map(str::to_owned).collect();
    let block = language.block(sequence);
    let full = blocks.len() > MOST_BLOCKS;
    let changeable = blocks.len().saturating_sub(1);
    if full || (changeable > 2 && sequence.below(2) == 0) {
        let place = 1 + sequence.below(changeable);
        if let Some(old) = blocks.get_mut(place) {
            *old = block;
        }
    } else {
        blocks.push(block);
    }
    let changed = join(blocks);
    if changed == text {
        // The same block came again; a commit that changes nothing would be no commit.
        return format!("{changed}\n{}\n", language.block(sequence));
    }
    changed
}

fn join(blocks: impl IntoIterator<Item = String>) -> String {
    let mut text = blocks.into_iter().collect::<Vec<_>>().join("\n\n");
    text.push('\n');
    text
}

#[derive(Clone, Copy)]
enum Language {
    Python,
    TypeScript,
    Go,
    Rust,
    Java,
    Sql,
    Shell,
    Terraform,
    Yaml,
    Markdown,
    Css,
    Plain,
}

impl Language {
    fn of(path: &str) -> Self {
        match path.rsplit_once('.').map(|(_, extension)| extension) {
            Some("py") => Self::Python,
            Some("ts" | "tsx" | "js") => Self::TypeScript,
            Some("go") => Self::Go,
            Some("rs") => Self::Rust,
            Some("java" | "kt") => Self::Java,
            Some("sql") => Self::Sql,
            Some("sh") => Self::Shell,
            Some("tf") => Self::Terraform,
            Some("yaml" | "yml") => Self::Yaml,
            Some("md") => Self::Markdown,
            Some("css") => Self::Css,
            _ => Self::Plain,
        }
    }

    fn heading(self, path: &str) -> String {
        let file = path.rsplit('/').next().unwrap_or(path);
        let stem = file.split('.').next().unwrap_or(file);
        match self {
            Self::Python => format!("\"\"\"{}.\"\"\"", sentence(stem)),
            Self::TypeScript | Self::Rust | Self::Java => format!("// {}.", sentence(stem)),
            Self::Go => format!("package {}", stem.replace(['-', '_'], "")),
            Self::Sql => format!("-- {}", sentence(stem)),
            Self::Shell => "#!/bin/sh\nset -eu".to_owned(),
            Self::Markdown => format!("# {}", sentence(stem)),
            Self::Css => format!("/* {} */", sentence(stem)),
            Self::Terraform | Self::Yaml | Self::Plain => format!("# {}", sentence(stem)),
        }
    }

    fn block(self, sequence: &mut Sequence) -> String {
        let verb = sequence.pick(VERBS);
        let noun = sequence.pick(NOUNS);
        let part = sequence.pick(NOUNS);
        let number = 2 + sequence.below(96);
        match self {
            Self::Python => format!(
                "def {verb}_{noun}({part}, at_most={number}):\n    if not {part}:\n        return None\n    return {part}.{verb}(at_most=at_most)"
            ),
            Self::TypeScript => format!(
                "export function {verb}{}({part}: readonly string[]): string[] {{\n  return {part}.slice(0, {number});\n}}",
                capital(noun)
            ),
            Self::Go => format!(
                "func {}{}({part} []string) []string {{\n\tif len({part}) > {number} {{\n\t\treturn {part}[:{number}]\n\t}}\n\treturn {part}\n}}",
                capital(verb),
                capital(noun)
            ),
            Self::Rust => format!(
                "pub fn {verb}_{noun}({part}: &[u64]) -> u64 {{\n    {part}.iter().take({number}).sum()\n}}"
            ),
            Self::Java => format!(
                "List<String> {verb}{}(List<String> {part}) {{\n    return {part}.stream().limit({number}).toList();\n}}",
                capital(noun)
            ),
            Self::Sql => format!(
                "select {noun}_id, count(*) as {part}_count\nfrom {noun}\nwhere age_days < {number}\ngroup by {noun}_id;"
            ),
            Self::Shell => format!("{verb}_{noun}() {{\n  head -n {number} \"$1\"\n}}"),
            Self::Terraform => format!(
                "resource \"{noun}\" \"{verb}_{part}_{number}\" {{\n  retention_days = {number}\n}}"
            ),
            Self::Yaml => format!("{verb}_{noun}_{number}:\n  {part}: {number}"),
            Self::Markdown => format!(
                "To {verb} the {noun}, look at the {part} first; {number} at a time is enough."
            ),
            Self::Css => format!(".{noun}-{verb} {{\n  padding: {number}px;\n}}"),
            Self::Plain => format!("{noun}-{verb}=={}.{number}", number % 7),
        }
    }
}

fn sentence(stem: &str) -> String {
    capital(&stem.replace(['-', '_'], " "))
}

fn capital(word: &str) -> String {
    let mut characters = word.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().chain(characters).collect())
        .unwrap_or_default()
}

const VERBS: &[&str] = &[
    "load", "match", "settle", "retry", "sign", "verify", "merge", "split", "route", "hold",
    "release", "expire", "record", "replay", "round", "convert", "refuse", "confirm",
];

const NOUNS: &[&str] = &[
    "payment", "batch", "refund", "payout", "ledger", "entry", "balance", "merchant", "card",
    "currency", "rate", "dispute", "file", "event", "window", "account", "fee", "limit", "queue",
    "receipt",
];
