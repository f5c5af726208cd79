//! What holds of every text that is read line by line.

use std::fmt::Debug;

use mentorship_texts::documents::text;
use mentorship_texts::{Note, Parsed};

/// How many lines the readers see.
pub(crate) fn count(data: &[u8]) -> u32 {
    let (text, _) = text::decode(data);
    u32::try_from(text::lines(&text).0.len()).unwrap_or(u32::MAX)
}

/// Notes name lines that are there.
pub(crate) fn hold_notes(notes: &[Note], lines: u32) {
    for note in notes {
        assert!(!note.message.trim().is_empty(), "a note says nothing");
        if let Some(line) = note.line {
            assert!((1..=lines).contains(&line), "{note:?} of {lines} lines");
        }
    }
}

/// Line ends of Windows and a byte order mark change nothing, and neither does reading
/// twice.
pub(crate) fn hold_spelling<T: PartialEq + Debug>(data: &[u8], read: impl Fn(&[u8]) -> Parsed<T>) {
    let once = read(data);
    assert_eq!(once, read(data), "read twice");
    let Some(plain) = plain(data) else { return };
    let windows = plain.replace('\n', "\r\n");
    assert_eq!(once, read(windows.as_bytes()), "with CRLF");
    assert_eq!(
        once,
        read(format!("\u{feff}{plain}").as_bytes()),
        "with a byte order mark"
    );
}

/// The text, where spelling it otherwise says the same: UTF-8, with line feeds only,
/// and within the limits of what is read.
pub(crate) fn plain(data: &[u8]) -> Option<&str> {
    let text = str::from_utf8(data).ok()?;
    let is_plain = !text.contains(['\r', '\0', '\u{feff}']) && data.len() < text::MAX_BYTES / 2;
    is_plain.then_some(text)
}
