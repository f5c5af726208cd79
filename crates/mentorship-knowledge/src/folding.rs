//! Folding of names: accents and case, as they differ between one person's commits.

use std::borrow::Cow;

/// `text` in lower case, without accents on Latin letters, with single blanks
/// between its words. Bytes that are not UTF-8 fold to the replacement
/// character.
pub fn folded(text: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(text) {
        Ok(text) if is_folded(text) => Cow::Borrowed(text),
        _ if text.is_ascii() => Cow::Owned(folded_ascii(text)),
        _ => Cow::Owned(folded_letters(text)),
    }
}

/// Whether nothing of a text changes, as of most addresses.
fn is_folded(text: &str) -> bool {
    text.bytes()
        .all(|byte| matches!(byte, b'!'..=b'~') && !byte.is_ascii_uppercase())
}

fn folded_letters(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        let letters = word.chars().filter(|&letter| !is_combining_mark(letter));
        folded.extend(letters.flat_map(|letter| without_accent(letter).to_lowercase()));
    }
    folded
}

/// The same for most names, in one pass over the bytes.
fn folded_ascii(text: &[u8]) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut is_behind_word = false;
    for &byte in text {
        if matches!(byte, b' ' | b'\t'..=b'\r') {
            is_behind_word = !folded.is_empty();
            continue;
        }
        if std::mem::take(&mut is_behind_word) {
            folded.push(' ');
        }
        folded.push(char::from(byte.to_ascii_lowercase()));
    }
    folded
}

fn is_combining_mark(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

fn without_accent(letter: char) -> char {
    let (first, base_letters) = match letter {
        '\u{c0}'..='\u{24f}' => (0xc0, LATIN),
        '\u{1e00}'..='\u{1eff}' => (0x1e00, LATIN_ADDITIONAL),
        _ => return letter,
    };
    match base_letters.get((u32::from(letter) - first) as usize) {
        Some(b'.') | None => letter,
        Some(&base) => char::from(base),
    }
}

/// Base letters of U+00C0 to U+024F by canonical decomposition, with Ł; a full
/// stop where a letter has none.
const LATIN: &[u8] = b"\
AAAAAA.CEEEEIIII.NOOOOO..UUUUY..aaaaaa.ceeeeiiii.nooooo..uuuuy.y\
AaAaAaCcCcCcCcDd..EeEeEeEeEeGgGgGgGgHh..IiIiIiIiI...JjKk.LlLlLl.\
.LlNnNnNn...OoOoOo..RrRrRrSsSsSsSsTtTt..UuUuUuUuUuUuWwYyYZzZzZz.\
................................Oo.............Uu...............\
.............AaIiOoUuUuUuUuUu.AaAa....GgKkOoOo..j...Gg..NnAa....\
AaAaEeEeIiIiOoOoRrRrUuUuSsTt..Hh......AaEeOoOoOoOoYy............\
................";

/// Base letters of U+1E00 to U+1EFF, likewise.
const LATIN_ADDITIONAL: &[u8] = b"\
AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMm\
MmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRrSsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVv\
WwWwWwWwWwXxXxYyZzZzZzhtwy......AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEe\
EeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy......";
