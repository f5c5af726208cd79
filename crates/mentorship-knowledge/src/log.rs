//! The events of a history in columns: what every reading is computed from.
//!
//! Readings are functions of these columns and of the graph of commits, never
//! of the order in which git happened to print unrelated commits. That is what
//! makes a history continued with new commits equal to one read from scratch.

use crate::mailmap::Mailmap;
use crate::stream::{ChangeKind, CommitHeader, FileChange, HistoryError, Identity, TrailerRole};
use crate::trailers::each_person;
use mentorship_symbols::byte_words;
use mentorship_symbols::intern::{Interner, Numbers};
use std::sync::OnceLock;

/// A commit's number: its position in the stream.
pub(crate) type CommitNumber = u32;
/// A path's number in [`EventLog::paths`].
pub(crate) type PathNumber = u32;
/// An identity's number in [`EventLog::identities`].
pub(crate) type IdentityNumber = u32;

/// Stands for a parent that the stream never showed.
pub(crate) const UNKNOWN_COMMIT: CommitNumber = u32::MAX;
/// Stands for an author time that git could not read. It lies before every window.
pub(crate) const UNKNOWN_TIME: i64 = i64::MIN;

/// Commits and file events in the order of the stream.
#[derive(Debug, Clone, Default)]
pub(crate) struct EventLog {
    pub(crate) paths: Interner,
    /// Everybody who appears, by [`Identity::write_joined`].
    pub(crate) identities: Interner,
    pub(crate) commits: Vec<CommitRow>,
    /// Parents of all commits, one after the other.
    pub(crate) parents: Vec<CommitNumber>,
    /// Events of all commits, one after the other.
    pub(crate) events: Vec<Event>,
    /// Co-authors and reviewers, ordered by commit.
    pub(crate) trailers: Vec<Trailer>,
    /// Commits by half of their short name, which is as good as a hash of it, once
    /// somebody looks for one: a log that was restored is mostly only read.
    by_name: OnceLock<Numbers>,
    last_name: Vec<u8>,
    /// The commit with this name, unless the log was restored.
    last_number: Option<CommitNumber>,
    scratch: Vec<u8>,
    too_large: Option<&'static str>,
    skipping: Skipping,
    /// Commits whose parents the stream did not show.
    pub(crate) open_parents: u32,
    /// Commits printed more than once; only the first counts.
    pub(crate) repeats: u32,
    /// Changes printed for merges, which contribute nothing.
    pub(crate) merge_changes: u32,
}

/// Whether the changes of the commit that began last are left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Skipping {
    #[default]
    Nothing,
    /// The commit was printed before.
    Repeat,
    /// Merges contribute nothing.
    Merge,
}

/// One commit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CommitRow {
    /// The commit's name, shortened by [`short_name`].
    pub(crate) name: u64,
    /// Author time in seconds, [`UNKNOWN_TIME`] where unreadable.
    pub(crate) time: i64,
    pub(crate) author: IdentityNumber,
    /// Where the commit's events end; they begin where the ones before end.
    pub(crate) events_end: u32,
    /// Where the commit's parents end.
    pub(crate) parents_end: u32,
}

/// One file touched by one commit, packed into 32 bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Event(u32);

/// What an event says of its path. A rename is two events, one behind the
/// other: the path that is left, then the path that is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum EventKind {
    Added = 0,
    Modified = 1,
    Deleted = 2,
    RenamedAway = 3,
    RenamedHere = 4,
    Copied = 5,
    TypeChanged = 6,
}

/// What an event leaves of its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// The path came into being.
    Born,
    /// The path was there and changed.
    Changed,
    /// The path was gone.
    Gone,
}

/// One person named by a commit's trailers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Trailer {
    pub(crate) commit: CommitNumber,
    pub(crate) role: TrailerRole,
    pub(crate) identity: IdentityNumber,
}

/// Bits left for a path or commit beside the kind of an event.
const NUMBER_BITS: u32 = 29;

impl EventKind {
    /// The kind with this discriminant.
    pub(crate) fn from_bits(bits: u64) -> Option<Self> {
        Some(match bits {
            0 => Self::Added,
            1 => Self::Modified,
            2 => Self::Deleted,
            3 => Self::RenamedAway,
            4 => Self::RenamedHere,
            5 => Self::Copied,
            6 => Self::TypeChanged,
            _ => return None,
        })
    }
}

impl Event {
    /// `None` past 2²⁹ paths or commits.
    pub(crate) fn new(number: u32, kind: EventKind) -> Option<Self> {
        (number >> NUMBER_BITS == 0).then_some(Self(number | (kind as u32) << NUMBER_BITS))
    }

    /// The path, or in an index by path the commit.
    pub(crate) fn number(self) -> u32 {
        self.0 & ((1 << NUMBER_BITS) - 1)
    }

    pub(crate) fn kind(self) -> EventKind {
        // Only kinds were ever packed.
        EventKind::from_bits(u64::from(self.0 >> NUMBER_BITS)).unwrap_or(EventKind::TypeChanged)
    }

    /// What is left of the path.
    pub(crate) fn leaves(self) -> State {
        match self.kind() {
            EventKind::Added | EventKind::RenamedHere | EventKind::Copied => State::Born,
            EventKind::Modified | EventKind::TypeChanged => State::Changed,
            EventKind::Deleted | EventKind::RenamedAway => State::Gone,
        }
    }

    /// The same kind of event with another number, which has to fit.
    pub(crate) fn with_number(self, number: u32) -> Self {
        Self((self.0 >> NUMBER_BITS) << NUMBER_BITS | number & ((1 << NUMBER_BITS) - 1))
    }
}

impl EventLog {
    pub(crate) fn begin_commit(&mut self, header: &CommitHeader<'_>, mailmap: &Mailmap) {
        let name = short_name(header.hash);
        let Ok(number) = u32::try_from(self.commits.len()) else {
            self.too_large = Some("commits");
            return;
        };
        if let Some(first) = self.with_short_name(name) {
            self.skipping = Skipping::Repeat;
            self.repeats += 1;
            self.begin_next(header.hash, first);
            return;
        }
        let (mut parents, mut all_known) = (0, true);
        for parent in header.parents() {
            let parent = self.parent(parent).filter(|&parent| parent < number);
            parents += 1;
            all_known &= parent.is_some();
            self.parents.push(parent.unwrap_or(UNKNOWN_COMMIT));
        }
        self.open_parents += u32::from(!all_known);
        self.skipping = match parents {
            0 | 1 => Skipping::Nothing,
            _ => Skipping::Merge,
        };
        self.begin_next(header.hash, number);
        let author = self.number_of_identity(header.joined_author());
        for (role, values) in header.trailers() {
            each_person(values, |identity| {
                self.trailer(number, role, mailmap.mapped(identity));
            });
        }
        let (Ok(events_end), Ok(parents_end)) = (
            u32::try_from(self.events.len()),
            u32::try_from(self.parents.len()),
        ) else {
            self.too_large = Some("events");
            return;
        };
        self.push_commit(CommitRow {
            name,
            time: header.author_time.unwrap_or(UNKNOWN_TIME),
            author,
            events_end,
            parents_end,
        });
    }

    /// Adds a commit that has a name of its own, and whose parents, trailers and
    /// events are in place.
    pub(crate) fn push_commit(&mut self, row: CommitRow) {
        let number = self.commit_count();
        if let Some(by_name) = self.by_name.get_mut() {
            by_name.insert(row.name as u32, number);
        }
        self.commits.push(row);
    }

    fn begin_next(&mut self, name: &[u8], number: CommitNumber) {
        self.last_name.clear();
        self.last_name.extend_from_slice(name);
        self.last_number = Some(number);
    }

    /// Most commits follow upon their parent.
    fn parent(&self, name: &[u8]) -> Option<CommitNumber> {
        match self.last_number {
            Some(number) if byte_words::same(&self.last_name, name) => Some(number),
            _ => self.commit_named(name),
        }
    }

    fn trailer(&mut self, commit: CommitNumber, role: TrailerRole, identity: Identity<'_>) {
        let mut joined = std::mem::take(&mut self.scratch);
        identity.write_joined(&mut joined);
        let identity = self.number_of_identity(&joined);
        self.scratch = joined;
        self.trailers.push(Trailer {
            commit,
            role,
            identity,
        });
    }

    /// Adds a change to the commit that began last.
    pub(crate) fn change(&mut self, change: &FileChange<'_>) {
        match self.skipping {
            Skipping::Nothing => {}
            Skipping::Repeat => return,
            Skipping::Merge => {
                self.merge_changes += 1;
                return;
            }
        }
        let kind = match change.kind {
            ChangeKind::Added => EventKind::Added,
            ChangeKind::Modified => EventKind::Modified,
            ChangeKind::Deleted => EventKind::Deleted,
            ChangeKind::Renamed => {
                if let Some(source) = change.source {
                    self.event(source, EventKind::RenamedAway);
                }
                EventKind::RenamedHere
            }
            ChangeKind::Copied => EventKind::Copied,
            ChangeKind::TypeChanged => EventKind::TypeChanged,
        };
        self.event(change.path, kind);
        match (u32::try_from(self.events.len()), self.commits.last_mut()) {
            (Ok(end), Some(commit)) => commit.events_end = end,
            _ => self.too_large = Some("events"),
        }
    }

    /// Whether everything that was pushed could be counted.
    pub(crate) fn check_size(&self) -> Result<(), HistoryError> {
        match self.too_large {
            Some(what) => Err(HistoryError::TooLarge { what }),
            None => Ok(()),
        }
    }

    /// How many commits there are; [`Self::begin_commit`] keeps it within 32 bits.
    pub(crate) fn commit_count(&self) -> u32 {
        u32::try_from(self.commits.len()).unwrap_or(u32::MAX)
    }

    /// The name of the commit that was pushed last; empty where none was.
    pub(crate) fn last_name(&self) -> &[u8] {
        &self.last_name
    }

    pub(crate) fn set_last_name(&mut self, name: &[u8]) {
        self.last_name = name.to_vec();
    }

    /// The commit with this full name.
    pub(crate) fn commit_named(&self, name: &[u8]) -> Option<CommitNumber> {
        self.with_short_name(short_name(name))
    }

    fn with_short_name(&self, name: u64) -> Option<CommitNumber> {
        let is_named = |number| self.row(number).is_some_and(|row| row.name == name);
        let by_name = self.by_name.get_or_init(|| {
            let mut by_name = Numbers::with_room_for(self.commits.len());
            for (number, row) in (0..).zip(&self.commits) {
                by_name.insert(row.name as u32, number);
            }
            by_name
        });
        by_name.find(name as u32, is_named)
    }

    pub(crate) fn events_of(&self, commit: CommitNumber) -> &[Event] {
        let start = self.before(commit).map_or(0, |row| row.events_end);
        let end = self.row(commit).map_or(start, |row| row.events_end);
        self.events
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }

    pub(crate) fn parents_of(&self, commit: CommitNumber) -> &[CommitNumber] {
        let start = self.before(commit).map_or(0, |row| row.parents_end);
        let end = self.row(commit).map_or(start, |row| row.parents_end);
        self.parents
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }

    /// Who else the trailers of a commit name.
    pub(crate) fn trailers_of(&self, commit: CommitNumber) -> &[Trailer] {
        let start = self
            .trailers
            .partition_point(|trailer| trailer.commit < commit);
        let rest = self.trailers.get(start..).unwrap_or_default();
        let count = rest.partition_point(|trailer| trailer.commit == commit);
        rest.get(..count).unwrap_or_default()
    }

    fn row(&self, commit: CommitNumber) -> Option<&CommitRow> {
        self.commits.get(commit as usize)
    }

    fn before(&self, commit: CommitNumber) -> Option<&CommitRow> {
        self.commits.get((commit as usize).checked_sub(1)?)
    }

    fn event(&mut self, path: &[u8], kind: EventKind) {
        match self
            .paths
            .intern(path)
            .and_then(|path| Event::new(path, kind))
        {
            Some(event) => self.events.push(event),
            None => self.too_large = Some("paths"),
        }
    }

    fn number_of_identity(&mut self, joined: &[u8]) -> IdentityNumber {
        self.identities.intern(joined).unwrap_or_else(|| {
            self.too_large = Some("identities");
            0
        })
    }
}

/// A commit's name in 64 bits. All digits take part, so that names made up
/// with leading zeros stay apart; two of 10⁶ real commits share a short name
/// with a probability under 10⁻⁷.
fn short_name(hash: &[u8]) -> u64 {
    let mix = |name: u64, word: u64| {
        let mixed = (name ^ word).wrapping_mul(0xff51_afd7_ed55_8ccd);
        mixed ^ mixed >> 32
    };
    let (words, rest) = hash.as_chunks::<8>();
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    let name = words.fold(0x9e37_79b9_7f4a_7c15, mix);
    // Names of commits have no rest.
    rest.iter()
        .fold(name, |name, &byte| mix(name, u64::from(byte)))
}
