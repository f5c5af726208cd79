//! Scanning: JSON read once from front to back. What nobody asks for is skipped at
//! the speed of looking for the next quote, and is held to the grammar all the same.

use wide::i8x16;

use crate::text::{Form, Text};

/// That bytes are no JSON; the scanner knows why. It has no size, so that what is
/// scanned comes back in a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed;

type Scanned<T> = Result<T, Malformed>;

/// A place in a text of JSON.
pub(crate) struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    /// What closes the values that are being skipped, the innermost last.
    open: Vec<u8>,
    /// What the grammar asks for where the bytes are something else.
    expected: &'static str,
}

/// Bytes looked at together.
const LANES: usize = 16;

impl<'a> Scanner<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            open: Vec::new(),
            expected: "",
        }
    }

    /// Why the bytes are no JSON: what is expected, and the position from 0 of the byte
    /// that is something else.
    pub(crate) fn problem(&self) -> (&'static str, usize) {
        (self.expected, self.at)
    }

    /// The first byte of the next value or sign, which stays where it is.
    #[inline]
    pub(crate) fn peek(&mut self) -> Scanned<u8> {
        while let Some(&byte) = self.bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Ok(byte);
            }
            self.at += 1;
        }
        self.expected("more than this; it was cut short")
    }

    /// Reads an object field by field; each call of `field` is to take the value.
    /// `false` where the value is something else, which is skipped.
    #[inline]
    pub(crate) fn object(
        &mut self,
        mut field: impl FnMut(&mut Self, &[u8]) -> Scanned<()>,
    ) -> Scanned<bool> {
        if self.peek()? != b'{' {
            self.skip()?;
            return Ok(false);
        }
        self.at += 1;
        if self.takes(b'}')? {
            return Ok(true);
        }
        loop {
            let key = self.key()?;
            match key.form {
                Form::Escaped => field(self, key.unescaped().as_bytes())?,
                _ => field(self, key.bytes)?,
            }
            if !self.goes_on(b'}')? {
                return Ok(true);
            }
        }
    }

    /// Reads an object whose keys are not known beforehand, as texts. Something else
    /// is skipped.
    #[inline]
    pub(crate) fn fields(&mut self, mut field: impl FnMut(Text<'a>, Text<'a>)) -> Scanned<()> {
        if self.peek()? != b'{' {
            return self.skip();
        }
        self.at += 1;
        if self.takes(b'}')? {
            return Ok(());
        }
        loop {
            let key = self.key()?;
            let value = self.text()?;
            field(key, value);
            if !self.goes_on(b'}')? {
                return Ok(());
            }
        }
    }

    /// Reads a list item by item; each call of `item` is to take one. `false` where
    /// the value is something else, which is skipped.
    #[inline]
    pub(crate) fn list(&mut self, mut item: impl FnMut(&mut Self) -> Scanned<()>) -> Scanned<bool> {
        if self.peek()? != b'[' {
            self.skip()?;
            return Ok(false);
        }
        self.at += 1;
        if self.takes(b']')? {
            return Ok(true);
        }
        loop {
            item(self)?;
            if !self.goes_on(b']')? {
                return Ok(true);
            }
        }
    }

    /// Reads a text; a number or a boolean counts as what is written, everything
    /// else as absent.
    #[inline]
    pub(crate) fn text(&mut self) -> Scanned<Text<'a>> {
        match self.peek()? {
            b'"' => self.string(),
            b'{' | b'[' => self.skip().map(|()| Text::ABSENT),
            b'n' => self.word(b"null").map(|()| Text::ABSENT),
            _ => self.scalar(),
        }
    }

    /// Skips a value, however deep.
    pub(crate) fn skip(&mut self) -> Scanned<()> {
        self.open.clear();
        loop {
            match self.peek()? {
                b'"' => drop(self.string()?),
                b'{' => {
                    self.at += 1;
                    if !self.takes(b'}')? {
                        self.key()?;
                        self.open.push(b'}');
                        continue;
                    }
                }
                b'[' => {
                    self.at += 1;
                    if !self.takes(b']')? {
                        self.open.push(b']');
                        continue;
                    }
                }
                b'n' => self.word(b"null")?,
                _ => drop(self.scalar()?),
            }
            // Behind a value: on to the next one, out of everything that ends here.
            loop {
                let Some(&closing) = self.open.last() else {
                    return Ok(());
                };
                if self.goes_on(closing)? {
                    if closing == b'}' {
                        self.key()?;
                    }
                    break;
                }
                self.open.pop();
            }
        }
    }

    /// Nothing but space may follow.
    pub(crate) fn end(&mut self) -> Scanned<()> {
        match self.peek() {
            Err(_) => Ok(()),
            Ok(_) => self.expected("nothing behind the page"),
        }
    }

    /// The error that something else stands here.
    #[cold]
    pub(crate) fn expected<T>(&mut self, expected: &'static str) -> Scanned<T> {
        self.expected = expected;
        Err(Malformed)
    }

    /// Whether a list or object goes on; else it is closed.
    #[inline]
    fn goes_on(&mut self, closing: u8) -> Scanned<bool> {
        let byte = self.peek()?;
        if byte != b',' && byte != closing {
            return self.expected("`,` or what closes a list or an object");
        }
        self.at += 1;
        Ok(byte == b',')
    }

    #[inline]
    fn takes(&mut self, sign: u8) -> Scanned<bool> {
        let there = self.peek()? == sign;
        self.at += usize::from(there);
        Ok(there)
    }

    #[inline(always)]
    fn key(&mut self) -> Scanned<Text<'a>> {
        if self.peek()? != b'"' {
            return self.expected("a key in quotes");
        }
        let key = self.string()?;
        if !self.takes(b':')? {
            return self.expected("`:` behind a key");
        }
        Ok(key)
    }

    /// A string, from its quote on. Most of a page is read here: not to hand each text
    /// over through memory makes a fifth of the scanning.
    #[inline(always)]
    fn string(&mut self) -> Scanned<Text<'a>> {
        let start = self.at + 1;
        let end = end_of_ascii(self.bytes, start);
        if self.bytes.get(end) != Some(&b'"') {
            return self.unusual_string(start, end);
        }
        self.at = end + 1;
        Ok(Text {
            bytes: self.bytes.get(start..end).unwrap_or_default(),
            form: Form::Plain,
        })
    }

    /// A string that is not plain ASCII from its start to its end.
    #[cold]
    fn unusual_string(&mut self, start: usize, end: usize) -> Scanned<Text<'a>> {
        self.at = end;
        let mut form = Form::Plain;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            match rest.first() {
                Some(b'"') => {
                    let bytes = self.bytes.get(start..self.at).unwrap_or_default();
                    self.at += 1;
                    return Ok(Text { bytes, form });
                }
                Some(b'\\') => {
                    form = Form::Escaped;
                    self.escape()?;
                }
                Some(0x80..) => {
                    if form == Form::Plain {
                        form = Form::Wide;
                    }
                    self.at += rest.iter().take_while(|byte| !byte.is_ascii()).count();
                }
                Some(_) => return self.expected("no control character in a string"),
                None => return self.expected("the end of a string; it was cut short"),
            }
            self.at = end_of_ascii(self.bytes, self.at);
        }
    }

    /// Checks an escape, from its backslash on.
    fn escape(&mut self) -> Scanned<()> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += match rest {
            [
                _,
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't',
                ..,
            ] => 2,
            [_, b'u', digits @ ..]
                if digits
                    .iter()
                    .take(4)
                    .filter(|d| d.is_ascii_hexdigit())
                    .count()
                    == 4 =>
            {
                6
            }
            _ => return self.expected("an escape that JSON knows"),
        };
        Ok(())
    }

    /// A number or a boolean.
    fn scalar(&mut self) -> Scanned<Text<'a>> {
        let start = self.at;
        match self.bytes.get(start) {
            Some(b't') => self.word(b"true")?,
            Some(b'f') => self.word(b"false")?,
            _ => self.number()?,
        }
        Ok(Text {
            bytes: self.bytes.get(start..self.at).unwrap_or_default(),
            form: Form::Scalar,
        })
    }

    fn word(&mut self, word: &'static [u8]) -> Scanned<()> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if !rest.starts_with(word) {
            return self.expected("a value");
        }
        self.at += word.len();
        Ok(())
    }

    fn number(&mut self) -> Scanned<()> {
        self.at += usize::from(self.is_at(b"-"));
        // No other digit follows a zero.
        if self.is_at(b"0") {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.is_at(b".") {
            self.at += 1;
            self.digits()?;
        }
        if self.is_at(b"eE") {
            self.at += 1;
            self.at += usize::from(self.is_at(b"+-"));
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Scanned<()> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return self.expected("a value");
        }
        self.at += digits;
        Ok(())
    }

    fn is_at(&self, any: &[u8]) -> bool {
        self.bytes
            .get(self.at)
            .is_some_and(|byte| any.contains(byte))
    }
}

/// The next quote, backslash or control character, or byte that is no ASCII, else the
/// end.
#[inline]
fn end_of_ascii(bytes: &[u8], mut at: usize) -> usize {
    let (quote, backslash) = (i8x16::splat(b'"' as i8), i8x16::splat(b'\\' as i8));
    let first_printable = i8x16::splat(b' ' as i8);
    let mut rest = bytes.get(at..).unwrap_or_default();
    while let Some((chunk, behind)) = rest.split_first_chunk::<LANES>() {
        let chunk = i8x16::from(chunk.map(u8::cast_signed));
        // Bytes that are no ASCII are negative.
        let unprintable = chunk.simd_lt(first_printable);
        let ends = chunk.simd_eq(quote) | chunk.simd_eq(backslash) | unprintable;
        let ends = ends.to_bitmask();
        if ends != 0 {
            return at + ends.trailing_zeros() as usize;
        }
        at += LANES;
        rest = behind;
    }
    let is_plain = |byte: &&u8| !matches!(byte, b'"' | b'\\' | 0..=0x1f | 0x80..);
    at + rest.iter().take_while(is_plain).count()
}
