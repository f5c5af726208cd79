//! First stage of every document: bytes become lines of text, within limits.

use std::borrow::Cow;

use crate::Note;

/// Larger documents are read up to here. A plan or a runbook has a few pages;
/// a megabyte of one is a mistake or an attack.
pub const MAX_BYTES: usize = 1 << 20;

/// Longer documents are read up to here.
pub const MAX_LINES: usize = 50_000;

/// Longer lines are read up to here, in bytes.
pub const MAX_LINE_BYTES: usize = 8_192;

/// Decodes a document: UTF-8 with or without a byte order mark, UTF-16, and
/// anything else as far as it is readable. `NUL` becomes a space, so that line
/// numbers hold.
pub fn decode(bytes: &[u8]) -> (String, Vec<Note>) {
    let mut notes = Vec::new();
    let (kept, cut) = match bytes.get(..MAX_BYTES) {
        Some(head) if bytes.len() > MAX_BYTES => (head, true),
        _ => (bytes, false),
    };
    let mut text = match utf16_order(kept) {
        Some(order) => {
            notes.push(Note::on_the_whole(
                "the file is UTF-16; save it as UTF-8, which is what other tools expect",
            ));
            decode_utf16(kept, order)
        }
        None => {
            let kept = kept.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(kept);
            let kept = match std::str::from_utf8(kept) {
                // A cut may fall inside a character; that is ours, not the writer's.
                Err(error) if cut && error.error_len().is_none() => {
                    kept.get(..error.valid_up_to()).unwrap_or_default()
                }
                _ => kept,
            };
            let (text, note) = read_utf8(kept);
            notes.extend(note);
            text.into_owned()
        }
    };
    if cut {
        text.truncate(text.rfind('\n').unwrap_or(text.len()));
        notes.push(Note::on_the_whole(format!(
            "the file has {} bytes; only the first {MAX_BYTES} were read",
            bytes.len()
        )));
    }
    if text.contains('\0') {
        notes.push(Note::on_the_whole(
            "the file contains NUL characters, which were read as spaces",
        ));
        text = text.replace('\0', " ");
    }
    (text, notes)
}

/// Reads UTF-8. Bytes that are none become U+FFFD, and the line of the first is noted: a
/// name in Latin-1, mostly. A U+FFFD that somebody wrote is a character like another.
pub fn read_utf8(bytes: &[u8]) -> (Cow<'_, str>, Option<Note>) {
    let note = std::str::from_utf8(bytes).err().map(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let lines_before = before.iter().filter(|byte| **byte == b'\n').count();
        Note::at(
            line_number(lines_before),
            "the line is not UTF-8; what could not be read was replaced",
        )
    });
    (String::from_utf8_lossy(bytes), note)
}

/// Splits into lines (LF, CRLF or CR), numbered from 1, within the limits.
pub fn lines(text: &str) -> (Vec<&str>, Vec<Note>) {
    let mut notes = Vec::new();
    let mut lines = Vec::new();
    for piece in text.split('\n') {
        let piece = piece.strip_suffix('\r').unwrap_or(piece);
        for line in piece.split('\r') {
            if lines.len() == MAX_LINES {
                notes.push(Note::on_the_whole(format!(
                    "the file has more than {MAX_LINES} lines; the rest was not read"
                )));
                return (lines, notes);
            }
            let kept = cut_at_character(line, MAX_LINE_BYTES);
            if kept.len() < line.len() {
                notes.push(Note::at(
                    line_number(lines.len()),
                    format!("the line is longer than {MAX_LINE_BYTES} bytes; the rest of it was not read"),
                ));
            }
            lines.push(kept);
        }
    }
    (lines, notes)
}

/// Whether a word is one of a list such as `yes|no`. The module that browsers load has
/// many such lists: as one text each they take a fraction of what tables of texts take.
#[inline(never)]
pub fn is_one_of(word: &str, list: &str) -> bool {
    list.split('|').any(|known| known == word)
}

/// The number of the line at an index.
pub fn line_number(index: usize) -> u32 {
    u32::try_from(index)
        .unwrap_or(u32::MAX - 1)
        .saturating_add(1)
}

/// The longest prefix of at most `bytes` bytes that ends between characters.
pub fn cut_at_character(text: &str, bytes: usize) -> &str {
    if text.len() <= bytes {
        return text;
    }
    let mut end = bytes;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("")
}

#[derive(Clone, Copy)]
enum ByteOrder {
    Little,
    Big,
}

/// By its mark, or by every second byte of the beginning being zero.
fn utf16_order(bytes: &[u8]) -> Option<ByteOrder> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(ByteOrder::Little),
        [0xFE, 0xFF, ..] => return Some(ByteOrder::Big),
        _ => {}
    }
    let pairs: Vec<&[u8]> = bytes.chunks_exact(2).take(32).collect();
    let zero_at = |place: usize| {
        pairs.len() >= 4
            && pairs.iter().all(|pair| {
                pair.get(place) == Some(&0) && pair.get(1 - place).is_some_and(|byte| *byte != 0)
            })
    };
    if zero_at(1) {
        Some(ByteOrder::Little)
    } else if zero_at(0) {
        Some(ByteOrder::Big)
    } else {
        None
    }
}

fn decode_utf16(bytes: &[u8], order: ByteOrder) -> String {
    let units = bytes.chunks_exact(2).map(|pair| {
        let pair = [
            pair.first().copied().unwrap_or(0),
            pair.get(1).copied().unwrap_or(0),
        ];
        match order {
            ByteOrder::Little => u16::from_le_bytes(pair),
            ByteOrder::Big => u16::from_be_bytes(pair),
        }
    });
    char::decode_utf16(units)
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .filter(|character| *character != '\u{FEFF}')
        .collect()
}
