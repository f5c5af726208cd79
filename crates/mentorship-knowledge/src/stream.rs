//! Stream: the bytes that `git log` prints, understood as commits
//! and their file changes while they arrive.
//!
//! The stream is what
//! `git log --reverse --topo-order -z --name-status -M50% --format=…` prints:
//! a commit is one NUL-terminated header of five to seven fields, each change
//! behind it a status and one path, or two for a rename. Paths and names are
//! bytes: nothing says that they are UTF-8.
//!
//! [`HistoryDecoder`] takes chunks of any size, and keeps no more than one
//! unfinished field of the stream in memory.

use mentorship_symbols::byte_words;
use std::fmt;

/// One thing that the stream says. A commit comes first, its changes follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Record<'a> {
    /// A commit begins.
    Commit(CommitHeader<'a>),
    /// The commit that began last changed a file.
    Change(FileChange<'a>),
}

/// The fields of a commit's header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommitHeader<'a> {
    /// The commit's name: 40 or 64 hexadecimal digits.
    pub hash: &'a [u8],
    parents: &'a [u8],
    /// Author time in seconds since 1970; `None` where git could not read it.
    pub author_time: Option<i64>,
    /// The author, after mailmap.
    pub author: Identity<'a>,
    /// The author's name and address as they stand, with what separates them.
    author_fields: &'a [u8],
    co_authors: &'a [u8],
    reviewers: &'a [u8],
}

impl<'a> CommitHeader<'a> {
    /// The names of the parents, the first parent first.
    pub fn parents(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let length = self.hash.len();
        let names = self.parents.chunks(length + 1);
        names.map(move |name| name.get(..length).unwrap_or(name))
    }

    /// The author's name and address in one piece, separated as by
    /// [`Identity::write_joined`]: what tells one author from another without
    /// a copy.
    pub(crate) fn joined_author(&self) -> &'a [u8] {
        self.author_fields
    }

    /// What trailers tell of people, co-authors before reviewers, as it stands.
    pub(crate) fn trailers(&self) -> [(TrailerRole, &'a [u8]); 2] {
        [
            (TrailerRole::CoAuthor, self.co_authors),
            (TrailerRole::Reviewer, self.reviewers),
        ]
    }
}

/// What somebody other than the author did for a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TrailerRole {
    CoAuthor,
    Reviewer,
}

/// A name and an e-mail address as they stand in a commit; either may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity<'a> {
    /// The name.
    pub name: &'a [u8],
    /// The e-mail address, without angle brackets.
    pub email: &'a [u8],
}

impl<'a> Identity<'a> {
    /// Writes name and address in one piece. No header has a field with the
    /// separator in it, so that the piece tells where the name ends.
    pub(crate) fn write_joined(self, out: &mut Vec<u8>) {
        out.clear();
        out.extend_from_slice(self.name);
        out.push(FIELD);
        out.extend_from_slice(self.email);
    }

    /// Reads what [`Self::write_joined`] wrote.
    pub(crate) fn of_joined(joined: &'a [u8]) -> Self {
        let end = memchr::memchr(FIELD, joined).unwrap_or(joined.len());
        let (name, email) = joined.split_at(end);
        Self {
            name,
            email: email.get(1..).unwrap_or_default(),
        }
    }
}

/// One file changed by a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileChange<'a> {
    /// What happened.
    pub kind: ChangeKind,
    /// The path afterwards; of a deletion, the path that is gone.
    pub path: &'a [u8],
    /// Where a renamed or copied file came from.
    pub source: Option<&'a [u8]>,
}

/// What happened to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// A file was added.
    Added,
    /// A file's content changed.
    Modified,
    /// A file was deleted.
    Deleted,
    /// A file moved, by git's similarity of at least 50 %.
    Renamed,
    /// A file was copied.
    Copied,
    /// A file became a link or a submodule, or ceased to be one.
    TypeChanged,
}

/// Why a stream is no history. What was decoded until then is not to be used:
/// it would be a smaller history that looks whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HistoryError {
    /// The stream ends inside a commit.
    CutShort {
        /// Bytes received.
        at_byte: u64,
        /// What was still to come.
        expected: &'static str,
    },
    /// Bytes that the format does not allow.
    Garbled {
        /// Where the unreadable field begins, counted from 0.
        at_byte: u64,
        /// What is wrong there.
        problem: &'static str,
    },
    /// The stream ends with another commit than the one that was asked for.
    OtherTip {
        /// The commit that was asked for.
        expected: String,
        /// The last commit of the stream; `None` where it has none.
        found: Option<String>,
    },
    /// A stored history cannot be continued with these commits: it is to be
    /// collected from the beginning.
    RebuildNeeded {
        /// Why.
        reason: &'static str,
    },
    /// More than can be counted in 32 bits.
    TooLarge {
        /// What there is too much of.
        what: &'static str,
    },
}

impl fmt::Display for HistoryError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CutShort { at_byte, expected } => write!(
                formatter,
                "the history ends after {at_byte} bytes inside a commit, {expected} was to come; collect it again"
            ),
            Self::Garbled { at_byte, problem } => write!(
                formatter,
                "the history cannot be read at byte {at_byte}: {problem}; is it the output of the documented `git log` command?"
            ),
            Self::OtherTip {
                expected,
                found: Some(found),
            } => write!(
                formatter,
                "the history ends with commit `{found}` instead of `{expected}`; collect it again"
            ),
            Self::OtherTip {
                expected,
                found: None,
            } => write!(
                formatter,
                "the history is empty, it should end with commit `{expected}`; collect it again"
            ),
            Self::RebuildNeeded { reason } => {
                write!(
                    formatter,
                    "{reason}; collect the history from the beginning"
                )
            }
            Self::TooLarge { what } => write!(
                formatter,
                "the history has more {what} than this engine can count"
            ),
        }
    }
}

impl std::error::Error for HistoryError {}

/// Decodes the stream as it arrives.
#[derive(Debug, Default)]
pub struct HistoryDecoder {
    expecting: Expecting,
    /// The beginning of a field whose end has not arrived.
    unfinished: Vec<u8>,
    /// Where a rename came from, until its second path arrives.
    source: Vec<u8>,
    /// Name of the commit that began last, which is mostly the next one's parent.
    last_name: Vec<u8>,
    /// Bytes consumed by whole fields.
    consumed: u64,
    began: bool,
    garbled: Option<HistoryError>,
}

/// What the next NUL-terminated field has to be.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Expecting {
    /// A header, or the status of one more change.
    #[default]
    HeaderOrStatus,
    /// The only path of a change.
    Path(ChangeKind),
    /// The first path of a rename or copy.
    Source(ChangeKind),
    /// The second path of a rename or copy.
    Target(ChangeKind),
}

impl HistoryDecoder {
    /// Takes the next bytes and hands every record that they complete to
    /// `sink`. After unreadable bytes nothing more is decoded;
    /// [`Self::finish`] tells where they were.
    pub fn push(&mut self, chunk: &[u8], sink: &mut impl FnMut(Record<'_>)) {
        let mut rest = chunk;
        if !self.unfinished.is_empty() {
            let Some(end) = memchr::memchr(0, rest) else {
                self.unfinished.extend_from_slice(rest);
                return;
            };
            let (field, behind) = rest.split_at(end);
            rest = behind.get(1..).unwrap_or_default();
            let mut whole = std::mem::take(&mut self.unfinished);
            whole.extend_from_slice(field);
            self.accept(&whole, sink);
            whole.clear();
            self.unfinished = whole;
        }
        while self.garbled.is_none() {
            if let Some((change, behind)) = self.plain_change(rest) {
                sink(Record::Change(change));
                self.consumed += (rest.len() - behind.len()) as u64;
                rest = behind;
                continue;
            }
            let Some(end) = memchr::memchr(0, rest) else {
                self.unfinished.extend_from_slice(rest);
                return;
            };
            let (field, behind) = rest.split_at(end);
            rest = behind.get(1..).unwrap_or_default();
            self.accept(field, sink);
        }
    }

    /// The change that `rest` begins with and what is behind it, where it is of
    /// the usual kind: a status of one letter and one whole path. Most of a
    /// stream is, and this reads both fields at once; [`Self::accept`] knows
    /// everything else.
    fn plain_change<'a>(&self, rest: &'a [u8]) -> Option<(FileChange<'a>, &'a [u8])> {
        let &[letter, 0, ref behind @ ..] = rest.strip_prefix(b"\n").unwrap_or(rest) else {
            return None;
        };
        if self.expecting != Expecting::HeaderOrStatus || !self.began {
            return None;
        }
        let kind = plain_kind(letter)?;
        let (path, behind) = behind.split_at(byte_words::find(behind, 0)?);
        let change = FileChange {
            kind,
            path,
            source: None,
        };
        (!path.is_empty()).then_some((change, behind.get(1..).unwrap_or_default()))
    }

    /// Ends the stream.
    ///
    /// A cut between two whole records cannot be seen in the bytes: the exit
    /// status of git and the last commit's name are for the caller to check.
    ///
    /// # Errors
    /// [`HistoryError::Garbled`] and [`HistoryError::CutShort`].
    pub fn finish(self) -> Result<(), HistoryError> {
        if let Some(error) = self.garbled {
            return Err(error);
        }
        let at_byte = self.consumed + self.unfinished.len() as u64;
        let expected = match self.expecting {
            Expecting::HeaderOrStatus if self.unfinished.is_empty() => return Ok(()),
            Expecting::HeaderOrStatus => "the rest of a header or status",
            Expecting::Path(_) => "a path",
            Expecting::Source(_) => "the source of a rename",
            Expecting::Target(_) => "the target of a rename",
        };
        Err(HistoryError::CutShort { at_byte, expected })
    }

    /// Understands one field, without its NUL.
    fn accept(&mut self, field: &[u8], sink: &mut impl FnMut(Record<'_>)) {
        let next = match self.expecting {
            Expecting::HeaderOrStatus => self.header_or_status(field, sink),
            Expecting::Path(kind) => self.change(kind, field, None, sink),
            Expecting::Source(kind) => {
                self.source.clear();
                self.source.extend_from_slice(field);
                Ok(Expecting::Target(kind))
            }
            Expecting::Target(kind) => {
                let source = std::mem::take(&mut self.source);
                let next = self.change(kind, field, Some(&source), sink);
                self.source = source;
                next
            }
        };
        match next {
            Ok(expecting) => {
                self.expecting = expecting;
                self.consumed += field.len() as u64 + 1;
            }
            Err(problem) => {
                self.garbled = Some(HistoryError::Garbled {
                    at_byte: self.consumed,
                    problem,
                });
            }
        }
    }

    fn header_or_status(
        &mut self,
        field: &[u8],
        sink: &mut impl FnMut(Record<'_>),
    ) -> Result<Expecting, &'static str> {
        // git separates a header from the first status by a line feed.
        let field = field.strip_prefix(b"\n").unwrap_or(field);
        let Some((&first, rest)) = field.split_first() else {
            return Ok(Expecting::HeaderOrStatus);
        };
        if first == HEADER {
            let header = header(rest, &self.last_name)?;
            self.last_name.clear();
            self.last_name.extend_from_slice(header.hash);
            sink(Record::Commit(header));
            self.began = true;
            return Ok(Expecting::HeaderOrStatus);
        }
        if !self.began {
            return Err("no commit begins here");
        }
        if !rest.iter().all(u8::is_ascii_digit) {
            return Err("neither a commit nor the status of a change");
        }
        match (first, plain_kind(first)) {
            (_, Some(kind)) => Ok(Expecting::Path(kind)),
            (b'R', None) => Ok(Expecting::Source(ChangeKind::Renamed)),
            (b'C', None) => Ok(Expecting::Source(ChangeKind::Copied)),
            _ => Err("the status of a change is none of A, M, D, T, R and C"),
        }
    }

    fn change(
        &self,
        kind: ChangeKind,
        path: &[u8],
        source: Option<&[u8]>,
        sink: &mut impl FnMut(Record<'_>),
    ) -> Result<Expecting, &'static str> {
        if path.is_empty() || source.is_some_and(<[u8]>::is_empty) {
            return Err("a path is empty");
        }
        sink(Record::Change(FileChange { kind, path, source }));
        Ok(Expecting::HeaderOrStatus)
    }
}

/// The kind of change that a status of one letter stands for; its path follows.
fn plain_kind(letter: u8) -> Option<ChangeKind> {
    match letter {
        b'A' => Some(ChangeKind::Added),
        b'M' => Some(ChangeKind::Modified),
        b'D' => Some(ChangeKind::Deleted),
        b'T' => Some(ChangeKind::TypeChanged),
        _ => None,
    }
}

/// Begins a header (ASCII record separator).
const HEADER: u8 = 0x1e;
/// Separates the fields of a header (ASCII unit separator).
const FIELD: u8 = 0x1f;

/// Fields past the seventh are ignored, so that a later format can add some.
/// `known_name` is the name of another commit, or empty.
fn header<'a>(text: &'a [u8], known_name: &[u8]) -> Result<CommitHeader<'a>, &'static str> {
    let mut fields = Fields(Some(text));
    let mut required = || {
        fields
            .next()
            .ok_or("a commit's header has fewer than five fields")
    };
    let hash = required()?;
    let parents = required()?;
    let time = required()?;
    let name = required()?;
    let email = required()?;
    if !is_object_name(hash) {
        return Err("a commit's name is not 40 or 64 hexadecimal digits");
    }
    if !byte_words::same(parents, known_name) && !are_object_names(parents, hash.len()) {
        return Err("a parent's name is not as long as the commit's, in hexadecimal digits");
    }
    let before_author = hash.len() + parents.len() + time.len() + 3;
    let behind_author = before_author + name.len() + email.len() + 1;
    Ok(CommitHeader {
        hash,
        parents,
        author_time: seconds(time),
        author: Identity { name, email },
        author_fields: text.get(before_author..behind_author).unwrap_or_default(),
        co_authors: fields.next().unwrap_or_default(),
        reviewers: fields.next().unwrap_or_default(),
    })
}

/// A whole number of seconds, with or without sign.
fn seconds(text: &[u8]) -> Option<i64> {
    let mut seconds = 0_i64;
    for &byte in text {
        let digit = byte.wrapping_sub(b'0');
        // 18 digits never overflow. What is longer may, or has a sign; it is rare.
        if digit > 9 || text.len() > 18 {
            return std::str::from_utf8(text).ok()?.parse().ok();
        }
        seconds = seconds * 10 + i64::from(digit);
    }
    (!text.is_empty()).then_some(seconds)
}

/// The fields of a header, by their separator.
struct Fields<'a>(Option<&'a [u8]>);

impl<'a> Iterator for Fields<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let text = self.0?;
        // Trailers and the parents of a first commit are mostly empty.
        let end = match text.first() {
            Some(&FIELD) => Some(0),
            _ => byte_words::find(text, FIELD),
        };
        match end {
            Some(end) => {
                self.0 = text.get(end + 1..);
                text.get(..end)
            }
            None => self.0.take(),
        }
    }
}

fn is_object_name(text: &[u8]) -> bool {
    matches!(text.len(), 40 | 64) && are_hexadecimal(text)
}

/// Names of one length, one blank between two.
fn are_object_names(text: &[u8], length: usize) -> bool {
    text.is_empty()
        || (text.len() + 1).is_multiple_of(length + 1)
            && text.chunks(length + 1).all(|name| {
                let (digits, blank) = name.split_at(length);
                are_hexadecimal(digits) && matches!(blank, b"" | b" ")
            })
}

/// Looks at eight bytes at once: names of commits are a third of a stream.
fn are_hexadecimal(text: &[u8]) -> bool {
    let (words, rest) = text.as_chunks::<8>();
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    words.fold(true, |all, word| all & are_eight_hexadecimal(word))
        && rest.iter().all(u8::is_ascii_hexdigit)
}

/// The highest bit of each byte tells whether the byte is in a range; no sum
/// carries into the next byte, since no byte is above 127 by then.
fn are_eight_hexadecimal(word: u64) -> bool {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGHEST: u64 = 0x80 * EACH;
    let at_least = |bytes: u64, least: u8| bytes + (0x80 - u64::from(least)) * EACH;
    let ascii = word & !HIGHEST;
    let digit = at_least(ascii, b'0') & !at_least(ascii, b'9' + 1);
    let lower = ascii | (0x20 * EACH);
    let letter = at_least(lower, b'a') & !at_least(lower, b'f' + 1);
    (digit | letter) & !word & HIGHEST == HIGHEST
}
