//! Trailers: whom the values of `Co-authored-by` and `Reviewed-by` name.

use crate::stream::Identity;
use mentorship_symbols::byte_words;

/// Separates the values of a trailer (ASCII group separator).
const VALUE: u8 = 0x1d;

/// Tells whom the values of a trailer name, in their order.
pub(crate) fn each_person<'a>(values: &'a [u8], mut tell: impl FnMut(Identity<'a>)) {
    for value in values.split(|&byte| byte == VALUE) {
        let mut all = Some(value);
        while let Some(people) = all {
            let (first, others) = first_person(people);
            let identity = identity_of(first);
            if !identity.name.is_empty() || !identity.email.is_empty() {
                tell(identity);
            }
            all = others;
        }
    }
}

/// The first person of a trailer and what names the others: some write several people
/// into one line, or the trailer's key again, its line break as `%0A`.
fn first_person(text: &[u8]) -> (&[u8], Option<&[u8]>) {
    let Some((first, behind)) = end_of_address(text).map(|end| text.split_at(end)) else {
        return (text, None);
    };
    let next = next_name(behind);
    match end_of_address(next) {
        Some(_) if !next.starts_with(b"<") => (first, Some(next)),
        _ => (text, None),
    }
}

/// Behind the first `<…>` where that is an e-mail address.
fn end_of_address(text: &[u8]) -> Option<usize> {
    let start = byte_words::find(text, b'<')?;
    let length = byte_words::find(text.get(start..)?, b'>')?;
    byte_words::find(text.get(start..start + length)?, b'@')?;
    Some(start + length + 1)
}

/// What stands between two people is no part of a name.
fn next_name(text: &[u8]) -> &[u8] {
    let key = text.split(|&byte| byte == b'<').next().unwrap_or_default();
    let key = key.iter().rposition(|&byte| byte == b':');
    let text = text.get(key.map_or(0, |key| key + 1)..).unwrap_or_default();
    let is_name = |byte: &u8| !byte.is_ascii_whitespace() && !b",;&+/|".contains(byte);
    let start = text.iter().position(is_name).unwrap_or(text.len());
    let name = text.get(start..).unwrap_or_default();
    name.strip_prefix(b"and ").unwrap_or(name)
}

/// Reads `Name <address>`; a value without brackets is an address where it has
/// an `@`, a name otherwise.
fn identity_of(text: &[u8]) -> Identity<'_> {
    let text = text.trim_ascii();
    let Some(open) = memchr::memrchr(b'<', text) else {
        return match memchr::memchr(b'@', text) {
            Some(_) => Identity {
                name: &[],
                email: text,
            },
            None => Identity {
                name: text,
                email: &[],
            },
        };
    };
    let (name, address) = text.split_at(open);
    let address = address.get(1..).unwrap_or_default();
    let end = memchr::memchr(b'>', address).unwrap_or(address.len());
    Identity {
        name: name.trim_ascii(),
        email: address.get(..end).unwrap_or_default().trim_ascii(),
    }
}
