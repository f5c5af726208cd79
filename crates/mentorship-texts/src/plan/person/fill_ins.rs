//! Fill-ins and words for nobody: what stands where a person should.

use crate::documents::text::is_one_of;

/// Whether a text is a fill-in: `<name>`, `{handle}`, `[your name]`, `TODO`,
/// `@your-handle`, `…`, `____`.
pub fn is_placeholder(text: &str) -> bool {
    let text = text
        .trim()
        .trim_matches(['*', '`', '"', '\'', '.', ',', ':']);
    let lower = text.to_lowercase();
    let bare = lower.trim_start_matches('@');
    // A sentence that ends with `here` or begins with `your` is one.
    let short = lower.split_whitespace().count() <= 4;
    let bracketed = [('<', '>'), ('{', '}'), ('[', ']')]
        .iter()
        .any(|(open, close)| {
            let inside = lower.find(*open).and_then(|start| {
                lower
                    .get(start..)?
                    .find(*close)
                    .map(|end| (start, start + end))
            });
            inside.is_some_and(|(start, end)| {
                // `#premium_<name>` names a kind of channel.
                let glued = lower.get(..start).is_some_and(|before| {
                    before.ends_with(|c: char| c.is_alphanumeric() || "-_".contains(c))
                });
                let inside = lower.get(start + 1..end).unwrap_or_default();
                let words =
                    inside.contains(char::is_alphabetic) && !inside.contains(['@', ':', '/']);
                words
                    && !glued
                    && (*open != '['
                        || inside.contains([' ', '-', '_'])
                        || is_one_of(inside, FILL_INS))
            })
        });
    let blanks = !lower.is_empty() && lower.chars().all(|mark| "_….?-–—x".contains(mark));
    bracketed
        || (blanks && lower != "x")
        || (text.is_empty() && !lower.is_empty())
        || is_one_of(bare, FILL_INS)
        || lower
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| is_one_of(word, "todo|tbd|tba|fixme|placeholder"))
        || bare.starts_with("your-")
        || bare.starts_with("your_")
        || (short && (lower.starts_with("your ") || lower.ends_with(" here")))
}

const FILL_INS: &str = "handle|username|user-name|user|name|first last|firstname lastname|who|\
        github-handle|github-username|gh-username|github handle|github username|\
        someone|somebody|person|example|mentor|mentee|apprentice|steward|backup|buddy|\
        manager|lead|maintainer|new-hire|newhire|xxx|fill in|insert name|yyyy-mm-dd";

/// Texts behind a role that say that nobody holds it.
pub fn is_nobody(text: &str) -> bool {
    const NOBODY: &str = "none|n/a|na|nobody|no one|vacant|open|unassigned|unknown|pending|not assigned|\
        not yet|no|-|–|—|?|not assigned yet|to be named|to be assigned|to be decided|\
        to be determined";
    let text = text
        .trim()
        .trim_matches(['.', '(', ')', '*'])
        .to_lowercase();
    is_one_of(&text, NOBODY)
}
