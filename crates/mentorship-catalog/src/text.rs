//! Texts as a page has them, in place: nothing is copied before somebody wants it.

use std::borrow::Cow;

/// A text of JSON, not unescaped yet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text<'a> {
    /// What stands between the quotes, or the number or boolean as written.
    pub bytes: &'a [u8],
    pub form: Form,
}

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Not at all.
    Absent,
    /// As it is meant, in ASCII.
    Plain,
    /// As it is meant, with bytes that are no ASCII.
    Wide,
    /// With escapes.
    Escaped,
    /// As a number or a boolean.
    Scalar,
}

impl Default for Text<'_> {
    fn default() -> Self {
        Self::ABSENT
    }
}

impl<'a> Text<'a> {
    pub(crate) const ABSENT: Self = Self {
        bytes: &[],
        form: Form::Absent,
    };

    /// The text without space around it; `None` where there is none or it is blank.
    /// Bytes that are no UTF-8, and halves of surrogate pairs, become U+FFFD.
    #[inline]
    pub(crate) fn read(&self) -> Option<Cow<'a, str>> {
        let text = match self.form {
            Form::Absent => return None,
            Form::Plain | Form::Wide => meant(self.bytes),
            Form::Escaped => Cow::Owned(self.unescaped()),
            Form::Scalar => Cow::Borrowed(scalar(self.bytes)),
        };
        let text = match text {
            Cow::Borrowed(text) if is_trimmed(text) => Cow::Borrowed(text),
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) if text.trim().len() == text.len() => Cow::Owned(text),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        };
        (!text.is_empty()).then_some(text)
    }

    /// The bytes of what [`Self::read`] finds. Most texts are read in place, without a
    /// look at more than their ends.
    #[inline]
    pub(crate) fn read_bytes(&self) -> Option<Cow<'a, [u8]>> {
        if self.form == Form::Plain {
            // Of what counts as space nothing else stands in a string as it is meant.
            let bytes = self.bytes.trim_ascii();
            return (!bytes.is_empty()).then_some(Cow::Borrowed(bytes));
        }
        Some(match self.read()? {
            Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
            Cow::Owned(text) => Cow::Owned(text.into_bytes()),
        })
    }

    /// Whether [`Self::read`] finds something, without reading it where the first byte
    /// tells.
    #[inline]
    pub(crate) fn is_there(&self) -> bool {
        match self.bytes.first() {
            Some(first) if first.is_ascii_graphic() && *first != b'\\' => self.form != Form::Absent,
            _ => self.read().is_some(),
        }
    }

    /// The same for those who keep it.
    pub(crate) fn owned(&self) -> Option<String> {
        self.read().map(Cow::into_owned)
    }

    /// What the escapes mean.
    pub(crate) fn unescaped(&self) -> String {
        let mut text = String::with_capacity(self.bytes.len());
        let mut rest = self.bytes;
        while let Some(plain) = rest.iter().position(|&byte| byte == b'\\') {
            let (before, escape) = rest.split_at(plain);
            text.push_str(&String::from_utf8_lossy(before));
            let (meant, behind) = escaped(escape);
            text.push(meant);
            rest = behind;
        }
        text.push_str(&String::from_utf8_lossy(rest));
        text
    }
}

/// Whether nothing but plain signs stands at both ends.
#[inline]
fn is_trimmed(text: &str) -> bool {
    let is_plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    is_plain(text.as_bytes().first()) && is_plain(text.as_bytes().last())
}

/// Bytes as a text; those that are no UTF-8 become U+FFFD.
#[inline]
pub(crate) fn meant(bytes: &[u8]) -> Cow<'_, str> {
    // Told first whether there are any: to look for them is slower.
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(bytes),
    }
}

/// What an escape means, and what stands behind it. The scanner has checked it.
fn escaped(escape: &[u8]) -> (char, &[u8]) {
    if let Some((unit, behind)) = code_unit(escape) {
        if let Some((low, behind)) = code_unit(behind)
            && let (0xD800..=0xDBFF, 0xDC00..=0xDFFF) = (unit, low)
        {
            let pair = 0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
            return (
                char::from_u32(pair).unwrap_or(char::REPLACEMENT_CHARACTER),
                behind,
            );
        }
        return (
            char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER),
            behind,
        );
    }
    let meant = match escape.get(1) {
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(&other) => char::from(other),
        None => char::REPLACEMENT_CHARACTER,
    };
    (meant, escape.get(2..).unwrap_or_default())
}

/// The code unit of a `\uXXXX` at the beginning.
fn code_unit(text: &[u8]) -> Option<(u32, &[u8])> {
    let digits = text.strip_prefix(b"\\u")?;
    let (digits, behind) = digits.split_at_checked(4)?;
    let mut unit = 0;
    for digit in digits {
        unit = unit * 16 + char::from(*digit).to_digit(16)?;
    }
    Some((unit, behind))
}

/// A number or boolean as it is written, without the zeros that end a fraction: the
/// catalog writes `1` where a file says `1.0`.
fn scalar(bytes: &[u8]) -> &str {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    if text.contains('.') && !text.contains(['e', 'E']) {
        return text.trim_end_matches('0').trim_end_matches('.');
    }
    text
}
