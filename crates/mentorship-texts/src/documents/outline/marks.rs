//! Marks: what the beginning of a line says of it, and what it is without them.

use std::borrow::Cow;

/// Deeper block quotes are not unwrapped further.
const MAX_QUOTES: usize = 16;

pub(super) struct Fence {
    pub(super) mark: char,
    pub(super) length: usize,
}

pub(super) fn without_quotes(line: Cow<'_, str>) -> Cow<'_, str> {
    let mut text: &str = &line;
    for _ in 0..MAX_QUOTES {
        match text.trim_start().strip_prefix('>') {
            Some(rest) => text = rest.strip_prefix(' ').unwrap_or(rest),
            None => break,
        }
    }
    let skip = line.len() - text.len();
    drop_front(line, skip)
}

/// Splits off leading blanks; a tab counts to the next multiple of four.
pub(super) fn split_indent(line: Cow<'_, str>) -> (usize, Cow<'_, str>) {
    let mut column = 0;
    let mut bytes = 0;
    for character in line.chars() {
        match character {
            ' ' | '\u{A0}' => column += 1,
            '\t' => column += 4 - column % 4,
            _ => break,
        }
        bytes += character.len_utf8();
    }
    (column, drop_front(line, bytes))
}

pub(super) fn drop_front(text: Cow<'_, str>, bytes: usize) -> Cow<'_, str> {
    match text {
        text if bytes == 0 => text,
        Cow::Borrowed(text) => Cow::Borrowed(text.get(bytes..).unwrap_or_default()),
        Cow::Owned(text) => Cow::Owned(text.get(bytes..).unwrap_or_default().to_owned()),
    }
}

pub(super) fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

pub(super) fn trim_closing_hashes(markup: Cow<'_, str>) -> Cow<'_, str> {
    let trimmed = markup.trim_end_matches('#');
    let closes = trimmed.is_empty() || trimmed.ends_with([' ', '\t']);
    if trimmed.len() == markup.len() || !closes {
        return markup;
    }
    Cow::Owned(trimmed.trim().to_owned())
}

/// `#` to `######`; from the second level on, the blank behind may be missing.
pub(super) fn heading_level(text: &str) -> Option<u8> {
    let level = text.bytes().take_while(|byte| *byte == b'#').count();
    let behind = text.get(level..)?.chars().next();
    let opens = match behind {
        None | Some(' ' | '\t') => true,
        Some(character) => level > 1 && character.is_alphabetic(),
    };
    ((1..=6).contains(&level) && opens).then(|| u8::try_from(level).unwrap_or(6))
}

pub(super) fn opening_fence(text: &str) -> Option<Fence> {
    let mark = text.chars().next()?;
    let length = text.chars().take_while(|other| *other == mark).count();
    let info = text.get(length..)?;
    (matches!(mark, '`' | '~') && length >= 3 && (mark == '~' || !info.contains('`')))
        .then_some(Fence { mark, length })
}

pub(super) fn is_rule(text: &str) -> bool {
    let Some(mark) = text.chars().next().filter(|mark| "-*_".contains(*mark)) else {
        return false;
    };
    let bare = |character: &char| !matches!(character, ' ' | '\t');
    text.chars().filter(bare).count() >= 3 && text.chars().filter(bare).all(|other| other == mark)
}

/// `|---|:--:|`: at least one dash, and a bar or a colon.
pub(super) fn is_table_rule(text: &str) -> bool {
    let text = text.trim();
    text.contains('-')
        && text.contains(['|', ':'])
        && text
            .chars()
            .all(|mark| matches!(mark, '|' | '-' | ':' | ' ' | '\t'))
}

/// Bytes taken by the marker (and check box), whether it is a number, the box.
pub(super) fn item_marker(text: &str) -> Option<(usize, bool, Option<bool>)> {
    let (marker, ordered) = match text.chars().next()? {
        bullet @ ('-' | '*' | '+' | '•' | '‣' | '◦' | '–') => (bullet.len_utf8(), false),
        digit if digit.is_ascii_digit() => {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let closed = matches!(text.as_bytes().get(digits), Some(b'.' | b')'));
            (digits <= 4 && closed).then_some((digits + 1, true))?
        }
        _ => return check_box(text).map(|(bytes, done)| (bytes, false, Some(done))),
    };
    let rest = text.get(marker..)?;
    if !(rest.is_empty() || rest.starts_with([' ', '\t', '\u{A0}'])) {
        // `-[ ] task`: the blank is missing, the intention is plain.
        let (bytes, done) = check_box(rest)?;
        return Some((marker + bytes, ordered, Some(done)));
    }
    let blanks = rest.len() - rest.trim_start().len();
    match check_box(rest.trim_start()) {
        Some((bytes, done)) => Some((marker + blanks + bytes, ordered, Some(done))),
        None => Some((marker + blanks, ordered, None)),
    }
}

/// `[ ]`, `[x]`, `[]` or a box character, with a blank or the end behind it.
fn check_box(text: &str) -> Option<(usize, bool)> {
    const BOXES: [(&str, bool); 11] = [
        ("[ ]", false),
        ("[]", false),
        ("[x]", true),
        ("[X]", true),
        ("[✓]", true),
        ("[✔]", true),
        ("☐", false),
        ("☑", true),
        ("☒", true),
        ("✅", true),
        ("⬜", false),
    ];
    BOXES.iter().find_map(|(mark, done)| {
        let rest = text.strip_prefix(mark)?;
        (rest.is_empty() || rest.starts_with([' ', '\t', '\u{A0}'])).then_some((mark.len(), *done))
    })
}

/// `[label]: target`, the definition of a reference link.
pub(super) fn reference(text: &str) -> Option<(String, String)> {
    let (label, rest) = text.strip_prefix('[')?.split_once("]:")?;
    let target = rest.split_whitespace().next()?;
    let target = target.trim_start_matches('<').trim_end_matches('>');
    let plain = !label.is_empty() && !label.contains(['[', ']', '^']);
    let points = target.contains(['/', '.', '#']);
    (plain && points).then(|| (label.to_lowercase(), target.to_owned()))
}

pub(super) fn cells(row: &str) -> Vec<&str> {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut cells = Vec::new();
    let mut start = 0;
    let mut in_code = false;
    let mut escaped = false;
    for (at, character) in row.char_indices() {
        match character {
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            '`' if !escaped => in_code = !in_code,
            '|' if !escaped && !in_code => {
                cells.push(row.get(start..at).unwrap_or_default().trim());
                start = at + 1;
            }
            _ => {}
        }
        escaped = false;
    }
    let last = row.get(start..).unwrap_or_default().trim();
    if !last.is_empty() || !row.ends_with('|') {
        cells.push(last);
    }
    cells
}
