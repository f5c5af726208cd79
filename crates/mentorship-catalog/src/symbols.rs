//! Symbols: numbers for the texts, lists and refs that services have in common.

use std::borrow::Cow;

use crate::entity::{EntityRef, key_of};
use crate::text::{Form, Text};
use mentorship_symbols::byte_words;
use mentorship_symbols::intern::{Interner, Numbers};

/// The number of a text or a list; 0 stands for none. With [`Symbol::NAMES`] it is where
/// names stand in [`Symbols::names`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Symbol(u32);

/// The number of a ref; 0 stands for none. Refs that are written differently have
/// different numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct RefNumber(u32);

/// What numbers stand for.
#[derive(Debug, Default)]
pub struct Symbols {
    texts: Interner,
    /// Refs as written, with what stands for what is not written.
    written_refs: Interner,
    refs: Vec<Option<EntityRef>>,
    /// Lists of keys, by a hash of the keys.
    key_lists: Numbers,
    /// Names that stand between commas: of each list how many there are, then their numbers.
    names: Vec<u32>,
    /// Bytes that are put together, kept from one to the next.
    scratch: Vec<u8>,
    /// Bytes for lists.
    spare: [Vec<u8>; 2],
}

/// Keys of annotations, in one piece of memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys(Box<[u8]>);

impl Keys {
    /// The keys in the order in which they were written.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        each_key(&self.0)
    }
}

fn each_key(keys: &[u8]) -> impl Iterator<Item = &str> {
    let keys = keys.split_inclusive(|&byte| byte == SIGN);
    keys.filter_map(|key| std::str::from_utf8(key.strip_suffix(&[SIGN])?).ok())
}

/// Texts or numbers that are put together to a list.
pub(crate) struct List(Vec<u8>);

/// Stands between texts and for the name of the service. No text has this byte.
const SIGN: u8 = 0xff;

/// Names that are shorter stand in too many texts by chance.
const SHORTEST_NAME: usize = 3;

impl Symbol {
    /// No text.
    pub const NONE: Self = Self(0);

    /// Tells names between commas from texts.
    const NAMES: u32 = 1 << 31;

    /// For a text with a number from 0; none where there are no more numbers.
    fn of_text(number: Option<u32>) -> Self {
        let symbol = number.map(|number| number + 1);
        Self(
            symbol
                .filter(|symbol| symbol & Self::NAMES == 0)
                .unwrap_or_default(),
        )
    }

    /// Whether it stands for none.
    pub fn is_none(self) -> bool {
        self == Self::NONE
    }

    /// Its place in a list of all texts.
    pub fn place(self) -> usize {
        self.0 as usize
    }

    /// Where names between commas stand, for what is no text.
    fn place_of_names(self) -> Option<usize> {
        (self.0 & Self::NAMES != 0).then_some((self.0 & !Self::NAMES) as usize)
    }
}

impl RefNumber {
    /// No ref.
    pub const NONE: Self = Self(0);

    /// Whether it stands for none.
    pub fn is_none(self) -> bool {
        self == Self::NONE
    }

    /// Its place in a list of all of them.
    pub fn place(self) -> usize {
        self.0 as usize
    }
}

/// What a link is said to lead to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Caption {
    /// The type, where there is one.
    pub link_type: Option<String>,
    /// The title, where there is one.
    pub title: Option<String>,
}

impl Symbols {
    /// The text with a number.
    pub fn get(&self, symbol: Symbol) -> Option<&str> {
        std::str::from_utf8(self.bytes(symbol)?).ok()
    }

    /// The ref with a number.
    pub fn entity_of(&self, number: RefNumber) -> Option<&EntityRef> {
        self.refs.get(number.0.checked_sub(1)? as usize)?.as_ref()
    }

    /// The keys of annotations with a number.
    pub fn keys(&self, keys: Symbol) -> impl Iterator<Item = &str> {
        each_key(self.bytes(keys).unwrap_or_default())
    }

    /// The same for those who keep them.
    pub(crate) fn owned_keys(&self, keys: Symbol) -> Keys {
        Keys(self.bytes(keys).unwrap_or_default().into())
    }

    /// The captions of links with a number.
    pub fn captions(&self, captions: Symbol) -> impl Iterator<Item = Caption> {
        let mut symbols = self.list(captions);
        let text = |symbol| self.get(symbol).map(str::to_owned);
        std::iter::from_fn(move || {
            Some(Caption {
                link_type: text(symbols.next()?),
                title: text(symbols.next()?),
            })
        })
    }

    pub(crate) fn list(&self, list: Symbol) -> impl Iterator<Item = Symbol> {
        let (symbols, _) = self.bytes(list).unwrap_or_default().as_chunks::<4>();
        symbols
            .iter()
            .map(|bytes| Symbol(u32::from_le_bytes(*bytes)))
    }

    /// The texts between the commas of what [`Self::named`] has taken, as they are written.
    pub fn names(&self, symbol: Symbol) -> impl Iterator<Item = Symbol> {
        let listed = symbol.place_of_names();
        let listed = listed.and_then(|place| self.names.get(place..)?.split_first());
        let (alone, listed) = match listed {
            Some((&count, rest)) => (None, rest.get(..count as usize).unwrap_or_default()),
            None => (Some(symbol).filter(|symbol| !symbol.is_none()), &[][..]),
        };
        alone
            .into_iter()
            .chain(listed.iter().map(|&number| Symbol(number)))
    }

    /// The text with a number about the service with a name.
    pub(crate) fn about(&self, symbol: Symbol, name: &str) -> Option<Cow<'_, str>> {
        if symbol.place_of_names().is_some() {
            let names: Vec<&str> = self
                .names(symbol)
                .map(|name| self.get(name).unwrap_or_default())
                .collect();
            return Some(Cow::Owned(names.join(",")));
        }
        let bytes = self.bytes(symbol)?;
        if let Ok(text) = std::str::from_utf8(bytes) {
            return Some(Cow::Borrowed(text));
        }
        let mut whole = String::with_capacity(bytes.len() + name.len());
        for (at, piece) in bytes.split(|&byte| byte == SIGN).enumerate() {
            whole.push_str(if at == 0 { "" } else { name });
            whole.push_str(std::str::from_utf8(piece).ok()?);
        }
        Some(Cow::Owned(whole))
    }

    pub(crate) fn shrink(&mut self) {
        self.texts.shrink();
        self.written_refs.shrink();
        self.refs.shrink_to_fit();
        self.names.shrink_to_fit();
    }

    /// The number of a text, given as its bytes. Past 4 GiB of texts there are no more
    /// numbers.
    pub(crate) fn text(&mut self, text: &[u8]) -> Symbol {
        Symbol::of_text(self.texts.intern(text))
    }

    /// The number of a text that services hardly ever share, without looking for it;
    /// `before` is what stood there, and stays where it is the same.
    pub(crate) fn own(&mut self, text: &[u8], before: Symbol) -> Symbol {
        let known = self.bytes(before);
        if known.is_some_and(|known| byte_words::same(known, text)) {
            return before;
        }
        Symbol::of_text(self.texts.add(text))
    }

    /// The number of a text that names people between commas. The same few people stand in
    /// many lists, which are hardly ever equal: each name is kept once, and each list as
    /// the numbers of its names. `before` is what stood there, and stays where it is the
    /// same.
    pub(crate) fn named(&mut self, text: &[u8], before: Symbol) -> Symbol {
        if byte_words::find(text, b',').is_none() {
            return self.text(text);
        }
        let start = self.names.len();
        self.names.push(0);
        let mut rest = Some(text);
        while let Some(names) = rest {
            let (name, others) = match byte_words::find(names, b',') {
                Some(comma) => (names.get(..comma), names.get(comma + 1..)),
                None => (Some(names), None),
            };
            let Symbol(number) = self.text(name.unwrap_or_default());
            self.names.push(number);
            rest = others;
        }
        let count = self.names.len() - start - 1;
        if let Some(place) = self.names.get_mut(start) {
            *place = u32::try_from(count).unwrap_or_default();
        }
        let (earlier, listed) = self.names.split_at(start);
        let before_at = before.place_of_names();
        let is_same = before_at
            .and_then(|at| earlier.get(at..))
            .is_some_and(|known| known.starts_with(listed));
        if is_same {
            self.names.truncate(start);
            return before;
        }
        match u32::try_from(start) {
            Ok(place) if place & Symbol::NAMES == 0 => Symbol(place | Symbol::NAMES),
            _ => Symbol::NONE,
        }
    }

    /// The number of a text of a page.
    pub(crate) fn of(&mut self, text: &Text<'_>) -> Symbol {
        match text.read_bytes() {
            Some(text) => self.text(&text),
            None => Symbol::NONE,
        }
    }

    /// The number of a text about the service with a name, which is taken out.
    pub(crate) fn text_about(&mut self, text: &[u8], name: &[u8]) -> Symbol {
        let mut scratch = std::mem::take(&mut self.scratch);
        without_name(text, name, &mut scratch);
        let symbol = self.text(&scratch);
        self.scratch = scratch;
        symbol
    }

    /// The number of a ref that names its kind.
    pub(crate) fn whole_ref(&mut self, text: &Text<'_>) -> RefNumber {
        let Some(written) = text.read_bytes() else {
            return RefNumber::NONE;
        };
        self.ref_as(&written, || EntityRef::parse(&text.read()?, ""))
    }

    /// The number of a ref, with the kind and the namespace that it means where it
    /// names none.
    pub(crate) fn own_ref(
        &mut self,
        (text, kind, namespace): (&Text<'_>, &str, &str),
    ) -> RefNumber {
        let Some(text) = text.read() else {
            return RefNumber::NONE;
        };
        // No ref that names its kind looks like this.
        let written = format!("{namespace} {kind} {text}");
        self.ref_as(written.as_bytes(), || {
            EntityRef::parse_within(&text, kind, namespace)
        })
    }

    fn ref_as(&mut self, written: &[u8], read: impl FnOnce() -> Option<EntityRef>) -> RefNumber {
        let Some(number) = self.written_refs.intern(written) else {
            return RefNumber::NONE;
        };
        if number as usize == self.refs.len() {
            self.refs.push(read());
        }
        let is_ref = self.refs.get(number as usize).is_some_and(Option::is_some);
        RefNumber(if is_ref { number + 1 } else { 0 })
    }

    /// The number of the keys of all annotations that are not blank.
    pub(crate) fn keys_of(&mut self, annotations: &[(Text<'_>, Text<'_>)]) -> Symbol {
        let there = annotations.iter().filter(|(_, value)| value.is_there());
        if there.clone().all(|(key, _)| key.form == Form::Plain) {
            return self.key_list(there.map(|(key, _)| key.bytes));
        }
        let keys: Vec<Cow<'_, str>> = there.map(|(key, _)| key_of(key)).collect();
        self.key_list(keys.iter().map(|key| key.as_bytes()))
    }

    /// Most services have the keys of another one: they are compared in place.
    fn key_list<'k>(&mut self, keys: impl Iterator<Item = &'k [u8]> + Clone) -> Symbol {
        let hashes = keys.clone().map(byte_words::hash);
        let hash = hashes.fold(0, |hash: u32, key| hash.rotate_left(5) ^ key);
        let known = self.key_lists.find(hash, |number| {
            let mut rest = self.texts.get(number);
            let mut begins = |key: &[u8]| match rest.split_at_checked(key.len()) {
                Some((first, [SIGN, behind @ ..])) if byte_words::same(first, key) => {
                    rest = behind;
                    true
                }
                _ => false,
            };
            keys.clone().all(&mut begins) && rest.is_empty()
        });
        if known.is_some() {
            return Symbol::of_text(known);
        }
        let mut list = self.begin_list();
        for key in keys {
            list.0.extend_from_slice(key);
            list.0.push(SIGN);
        }
        let symbol = self.end_list(list);
        if let Some(number) = symbol.0.checked_sub(1) {
            self.key_lists.insert(hash, number);
        }
        symbol
    }

    pub(crate) fn begin_list(&mut self) -> List {
        let [first, second] = &mut self.spare;
        let mut bytes = std::mem::take(if first.capacity() > 0 { first } else { second });
        bytes.clear();
        List(bytes)
    }

    pub(crate) fn end_list(&mut self, List(bytes): List) -> Symbol {
        let symbol = match bytes.is_empty() {
            true => Symbol::NONE,
            false => self.text(&bytes),
        };
        let [first, second] = &mut self.spare;
        *(if first.capacity() > 0 { second } else { first }) = bytes;
        symbol
    }

    fn bytes(&self, symbol: Symbol) -> Option<&[u8]> {
        let number = symbol.0.checked_sub(1)?;
        (symbol.0 & Symbol::NAMES == 0).then(|| self.texts.get(number))
    }
}

impl List {
    pub(crate) fn push(&mut self, symbol: Symbol) {
        self.0.extend_from_slice(&symbol.0.to_le_bytes());
    }
}

/// Writes a text with a sign for each time that a name stands in it.
fn without_name(text: &[u8], name: &[u8], written: &mut Vec<u8>) {
    written.clear();
    let Some((first, _)) = name.split_first().filter(|_| name.len() >= SHORTEST_NAME) else {
        return written.extend_from_slice(text);
    };
    let mut rest = text;
    // What was looked at and is no name is written with what comes behind it.
    let mut looked_at = 0;
    while let Some(at) = byte_words::find(rest.get(looked_at..).unwrap_or_default(), *first) {
        let at = looked_at + at;
        let Some((found, behind)) = rest.split_at_checked(at + name.len()) else {
            break;
        };
        let (before, found) = found.split_at(at);
        if byte_words::same(found, name) {
            written.extend_from_slice(before);
            written.push(SIGN);
            (rest, looked_at) = (behind, 0);
        } else {
            looked_at = at + 1;
        }
    }
    written.extend_from_slice(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_between_commas_stay_as_they_are_written() {
        let mut symbols = Symbols::default();
        for text in ["a", "a,b", " a , b,", ",,", "b,a"] {
            let symbol = symbols.named(text.as_bytes(), Symbol::NONE);
            assert_eq!(symbols.about(symbol, "pay").as_deref(), Some(text));
            let names = symbols.names(symbol).map(|name| symbols.get(name));
            assert!(names.eq(text.split(',').map(Some)), "{text}");
        }
    }

    #[test]
    fn a_list_of_names_that_comes_again_takes_no_room() {
        let mut symbols = Symbols::default();
        let before = symbols.named(b"a,b", Symbol::NONE);
        let longer = symbols.named(b"a,b,c", before);
        assert_ne!(longer, before);
        assert_eq!(symbols.named(b"a,b", before), before);
        assert_eq!(symbols.names.len(), 7);
    }
}
