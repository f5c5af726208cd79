//! The library of a repository: its documents as far as the judgement reads them.

use super::home::{self, Homes};
use super::limited::Limited;
use crate::civil_date::CivilDate;
use crate::evidence::documents::{self, DocumentKind};
use crate::evidence::plan::PersonRef;
use crate::evidence::{Located, Note};
use mentorship_texts::ordering::sort_by;

/// Documents of one kind whose text is read; the others count by their path.
const MOST_DOCUMENTS: usize = 1_000;
/// Recordings taken from one document.
const MOST_RECORDINGS: usize = 50;

/// All documents, each list by path.
#[derive(Debug, Default)]
pub(super) struct Library {
    documents: Vec<Document>,
    recordings: Vec<Recording>,
    maintainers: Vec<MaintainersFile>,
    homes: LibraryHomes,
}

/// Places in the library's lists, to be found by what they speak for: a monorepo has
/// documents of each of its services.
#[derive(Debug, Default)]
struct LibraryHomes {
    runbooks: Homes,
    decision_records: Homes,
    walkthroughs: Homes,
    recordings: Homes,
    maintainers: Homes,
}

/// A document by its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is.
    pub kind: DocumentKind,
    /// The path.
    pub path: String,
    /// The title, else the file's name.
    pub title: String,
    /// What stands in it.
    pub content: Content,
}

/// What stands in a document; lines are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Nobody read it.
    Unread,
    /// A runbook.
    Runbook {
        /// Steps that can be typed.
        commands: u32,
        /// The line that tells the way back.
        rollback: Option<u32>,
        /// Links to dashboards and elsewhere.
        links: u32,
        /// When somebody last looked at it, as it says itself.
        reviewed_on: Option<Located<CivilDate>>,
    },
    /// A decision record.
    DecisionRecord {
        /// Why the question came up.
        context: bool,
        /// What was decided.
        decision: bool,
        /// What follows.
        consequences: bool,
        /// Whether it says if it holds.
        status: bool,
        /// When, as it says itself.
        date: Option<Located<CivilDate>>,
    },
    /// A list of recordings; they stand for themselves.
    Walkthrough,
}

/// A recorded walkthrough that a document points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// The document.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
    /// What the reader sees.
    pub title: String,
    /// Path or address.
    pub target: String,
}

/// A `MAINTAINERS` file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaintainersFile {
    /// The path.
    pub path: String,
    /// Who is a maintainer now, in the order of the file.
    pub people: Vec<Located<PersonRef>>,
}

/// The documents of a listing in any order, those of one kind together.
pub(super) fn lists<'a>(paths: &[&'a str]) -> [Limited<'a>; 5] {
    let mut found: [Vec<&str>; 5] = Default::default();
    let [runbooks, records, walkthroughs, indexes, maintainers] = &mut found;
    for path in paths {
        let list = match documents::kind_of_path(path) {
            Some(DocumentKind::Runbook) => &mut *runbooks,
            Some(DocumentKind::DecisionRecord) => &mut *records,
            Some(DocumentKind::Walkthrough) => &mut *walkthroughs,
            None if documents::is_index(path) => &mut *indexes,
            None if documents::lists_maintainers(path) => &mut *maintainers,
            None => continue,
        };
        list.push(path);
    }
    let [runbooks, records, walkthroughs, indexes, maintainers] = found;
    [
        ("runbooks", runbooks),
        ("decision records", records),
        ("walkthroughs", walkthroughs),
        ("README files", indexes),
        ("maintainers files", maintainers),
    ]
    .map(|(what, paths)| Limited::new(what, MOST_DOCUMENTS, paths))
}

impl Library {
    /// All documents of a listing, nothing read yet.
    pub(super) fn of_paths(paths: &[&str], notes: &mut Vec<(String, Note)>) -> Self {
        let mut library = Self::default();
        for path in paths {
            if let Some(kind) = documents::kind_of_path(path) {
                library.documents.push(Document::unread(kind, path));
            }
        }
        sort_by(&mut library.documents, |left, right| {
            left.path.cmp(&right.path)
        });
        library
            .documents
            .dedup_by(|later, first| later.path == first.path);
        for list in lists(paths) {
            list.note(notes);
        }
        library
    }

    /// Reads a file of the listing.
    pub(super) fn read(&mut self, path: &str, content: &[u8], notes: &mut Vec<(String, Note)>) {
        if documents::lists_maintainers(path) {
            return self.read_maintainers(path, content, notes);
        }
        let place = self
            .documents
            .binary_search_by(|document| document.path.as_str().cmp(path));
        let document = place.ok().and_then(|place| self.documents.get_mut(place));
        let kind = document.as_ref().map(|document| document.kind);
        if kind.is_some() || documents::is_index(path) {
            // Decision records tell why, and show nobody how.
            if kind != Some(DocumentKind::DecisionRecord) {
                read_recordings(path, content, &mut self.recordings);
            }
        }
        if let Some(document) = document {
            let more = document.read(content);
            notes.extend(more.into_iter().map(|note| (path.to_owned(), note)));
        } else if let Err(place) = place
            && documents::may_be_runbook(path)
        {
            let mut readme = Document::unread(DocumentKind::Runbook, path);
            let more = readme.read(content);
            // One without a step is an index.
            if matches!(readme.content, Content::Runbook { commands: 1.., .. }) {
                notes.extend(more.into_iter().map(|note| (path.to_owned(), note)));
                self.documents.insert(place, readme);
            }
        }
    }

    /// Notes the recordings of any file, the plan's for one.
    pub(super) fn read_recordings(&mut self, path: &str, content: &[u8]) {
        read_recordings(path, content, &mut self.recordings);
    }

    /// Reads a file that lists maintainers, an OWNERS file as the YAML that it is.
    pub(super) fn read_maintainers(
        &mut self,
        path: &str,
        content: &[u8],
        notes: &mut Vec<(String, Note)>,
    ) {
        let markup = match path.ends_with("OWNERS") {
            true => "OWNERS.yaml",
            false => path,
        };
        let parsed = documents::maintainers(markup, content);
        notes.extend(parsed.notes.into_iter().map(|note| (path.to_owned(), note)));
        let mut people = Vec::new();
        for maintainer in parsed.value {
            if !maintainer.former {
                people.push(Located::at(maintainer.line, maintainer.person));
            }
        }
        self.maintainers.push(MaintainersFile {
            path: path.to_owned(),
            people,
        });
    }

    /// Puts everything in order, whatever the order in which texts came.
    pub(super) fn finish(&mut self) {
        sort_by(&mut self.recordings, |left, right| {
            (&left.path, left.line, &left.target).cmp(&(&right.path, right.line, &right.target))
        });
        sort_by(&mut self.maintainers, |left, right| {
            left.path.cmp(&right.path)
        });
        let of_kind = |kind| {
            let documents = self.documents.iter().enumerate();
            let of_kind = documents.filter(|(_, document)| document.kind == kind);
            Homes::new(of_kind.map(|(place, document)| (place, document.path.as_str())))
        };
        let recordings = self.recordings.iter().enumerate();
        let maintainers = self.maintainers.iter().enumerate();
        let maintainers = maintainers.filter(|(_, file)| !file.people.is_empty());
        self.homes = LibraryHomes {
            runbooks: of_kind(DocumentKind::Runbook),
            decision_records: of_kind(DocumentKind::DecisionRecord),
            walkthroughs: of_kind(DocumentKind::Walkthrough),
            recordings: Homes::new(recordings.map(|(place, one)| (place, one.path.as_str()))),
            maintainers: Homes::new(maintainers.map(|(place, file)| (place, file.path.as_str()))),
        };
    }

    /// Documents of a kind that speak for a directory.
    pub(super) fn documents(&self, kind: DocumentKind, directory: &str) -> Option<Vec<&Document>> {
        let homes = match kind {
            DocumentKind::Runbook => &self.homes.runbooks,
            DocumentKind::DecisionRecord => &self.homes.decision_records,
            DocumentKind::Walkthrough => &self.homes.walkthroughs,
        };
        at(&self.documents, homes.speaking_for(directory))
    }

    /// Recordings that speak for a directory.
    pub(super) fn recordings(&self, directory: &str) -> Option<Vec<&Recording>> {
        at(
            &self.recordings,
            self.homes.recordings.speaking_for(directory),
        )
    }

    /// Everybody whom a maintainers file names, by path.
    pub(super) fn maintainers(&self) -> impl Iterator<Item = &PersonRef> {
        let people = self.maintainers.iter().flat_map(|file| &file.people);
        people.map(|named| &named.value)
    }

    /// Who maintains a directory: by the nearest file upward that names anybody.
    pub(super) fn maintainers_of(&self, directory: &str) -> Option<&MaintainersFile> {
        let place = self.homes.maintainers.nearest(directory).next()?;
        self.maintainers.get(place)
    }
}

/// What stands at places of a list; `None` where there are none.
fn at<T>(list: &[T], places: Vec<usize>) -> Option<Vec<&T>> {
    let found = places.into_iter().filter_map(|place| list.get(place));
    let found = Vec::from_iter(found);
    (!found.is_empty()).then_some(found)
}

impl Document {
    fn unread(kind: DocumentKind, path: &str) -> Self {
        Self {
            kind,
            path: path.to_owned(),
            title: home::file_name(path).to_owned(),
            content: Content::Unread,
        }
    }

    fn read(&mut self, content: &[u8]) -> Vec<Note> {
        let (title, content, notes) = match self.kind {
            DocumentKind::Runbook => {
                let parsed = documents::runbook(&self.path, content);
                let runbook = parsed.value;
                let content = Content::Runbook {
                    commands: count(runbook.commands),
                    rollback: runbook.rollback,
                    links: count(runbook.dashboards.len() + runbook.links.len()),
                    reviewed_on: runbook.reviewed_on,
                };
                (runbook.title, content, parsed.notes)
            }
            DocumentKind::DecisionRecord => {
                let parsed = documents::decision_record(&self.path, content);
                let record = parsed.value;
                let content = Content::DecisionRecord {
                    context: record.has_context,
                    decision: record.has_decision,
                    consequences: record.has_consequences,
                    status: record.status.is_some(),
                    date: record.date,
                };
                (record.title, content, parsed.notes)
            }
            DocumentKind::Walkthrough => {
                let parsed = documents::walkthrough(&self.path, content);
                (parsed.value.title, Content::Walkthrough, parsed.notes)
            }
        };
        if let Some(title) = title {
            self.title = title.value;
        }
        self.content = content;
        notes
    }
}

fn read_recordings(path: &str, content: &[u8], recordings: &mut Vec<Recording>) {
    let found = documents::walkthrough(path, content).value.recordings;
    for link in found.into_iter().take(MOST_RECORDINGS) {
        recordings.push(Recording {
            path: path.to_owned(),
            line: link.line,
            title: link.value.text,
            target: link.value.target,
        });
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
