//! Names: does a text read as what one person is called?

use crate::documents::text::is_one_of;

/// Whether a text reads as the name of one person: one to five words, each with
/// a capital (or a particle such as "van"), none of them a job, or a single
/// word as people sign.
pub fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let has_case = text.chars().any(|c| c.is_uppercase() || c.is_lowercase());
    if !may_be_name(text) {
        return false;
    }
    if words.len() == 1 || !has_case {
        // A single word is what somebody is called: `alice`, `Nezdolii`.
        return words.iter().all(|word| word.chars().count() >= 2);
    }
    words
        .iter()
        .all(|word| has_capital(word) || is_particle(word))
}

/// `Ann`, `d'Orsay`.
fn has_capital(word: &str) -> bool {
    let behind = word.split_once(['\'', '’']).map(|(_, behind)| behind);
    [Some(word), behind]
        .iter()
        .flatten()
        .any(|part| part.starts_with(char::is_uppercase))
}

fn is_particle(word: &str) -> bool {
    const PARTICLES: &str =
        "van|von|der|den|de|da|di|del|della|la|le|bin|ibn|al|el|dos|du|ten|y|e|las|los";
    is_one_of(&word.to_lowercase(), PARTICLES)
}

/// Whether words beside a handle read as its name, capitals or not.
pub(super) fn may_be_name(text: &str) -> bool {
    const NOT_IN_NAMES: &str = "engineer|engineers|engineering|sre|manager|lead|architect|developer|director|\
        team|staff|senior|principal|intern|weekly|daily|primary|secondary|adjunct|\
        current|former|emeritus|none|see|the|and|or|any|anyone|all|everyone|your|you|\
        rotating|rotation|on-call|oncall|slack|github|gitlab|pagerduty|mentor|mentors|mentee|\
        mentees|buddy|apprentice|apprentices|steward|backup|owner|owners|maintainer|\
        maintainers|platform|group|channel|same|above|yes|not|done|service|committee|\
        programs|goal|goals|plan|plans|area|areas|style|skill|skills|development|\
        notes|session|sessions|progress|tracking|metrics|success|reflections|actions|\
        discussion|feedback|review|reviews|resources|checklist|expectations|\
        responsibilities|steps|overview|timeline|schedule|project|projects|program|\
        programme|process|criteria|selection|application|onboarding|mentoring|\
        mentorship|learning|training|week|month|what|how|why";
    let words: Vec<&str> = text.split_whitespace().collect();
    let borne = words.iter().filter(|word| !is_particle(word)).count();
    if words.is_empty() || borne > 5 || words.len() > 8 || text.len() > 60 {
        return false;
    }
    let plain = |word: &str| {
        word.chars()
            .all(|c| c.is_alphabetic() || ".-'’()ʼ".contains(c))
            && word.contains(char::is_alphabetic)
    };
    let known = |word: &str| is_one_of(word.to_lowercase().trim_matches('.'), NOT_IN_NAMES);
    // `FOR CONTRACTORS`, `OPTIONAL`.
    let loud = |word: &str| word.len() > 3 && word.chars().all(char::is_uppercase);
    words.iter().all(|word| plain(word))
        && !words.iter().any(|word| known(word))
        && !words.iter().all(|word| loud(word))
}

/// `Ann Lee.` at the end of a sentence; `Ann L.` and `Ann Lee Jr.` end with their own.
pub(super) fn without_full_stop(name: &str) -> &str {
    let Some(ended) = name.strip_suffix('.') else {
        return name;
    };
    let last = ended.rsplit([' ', '.']).next().unwrap_or_default();
    match last.chars().count() > 2 {
        true => ended,
        false => name,
    }
}

pub(super) fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
