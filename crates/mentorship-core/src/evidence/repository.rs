//! One repository's evidence: what stands in it at a commit, and its history.

mod home;
mod library;
mod limited;
mod listing;
mod named;
mod past;
mod paths;
mod reviews;
mod wanted;

pub use crate::evidence::documents::DocumentKind;
pub use library::{Content, Document, MaintainersFile, Recording};
pub use limited::LISTING;
pub use listing::OwnersFile;
pub use named::NamedFiles;
pub use paths::Paths;
pub use reviews::{Review, Reviews};
pub use wanted::{is_of_owners_tree, wanted_paths, wanted_versions};

use super::Change;
use super::Collected;
use super::Note;
use super::introductions::{FileKind, FileVersion, Introductions};
use super::plan::Plan;
use crate::evidence::owners::Dialect;
use crate::knowledge::{History, Person as Committer, Settings, StateError, Summary};
use crate::policy::Policy;
use listing::Listing;
use past::{Ending, Past};
use wanted::owners_path;

/// The place of notes on the history.
pub const HISTORY: &str = "git history";

/// A repository as a source handed it in, before it is understood.
#[derive(Debug, Default)]
pub struct RepositoryInput {
    /// Where a file can be seen, with `{path}` and optionally `{line}`.
    pub file_address: Option<String>,
    /// The commit that was read.
    pub commit: Option<String>,
    /// When, RFC 3339.
    pub collected_at: String,
    /// Why reading failed.
    pub failure: Option<String>,
    /// All living paths; `None` where there is no listing.
    pub paths: Option<Vec<String>>,
    /// Files by path: what stands in them, or why that is not known.
    pub files: Vec<(String, Result<Vec<u8>, String>)>,
    /// Reviews on the code host; `None` where nobody asked it.
    pub reviews: Option<Vec<Review>>,
    /// What is about to be merged, or why that cannot be read; `None` where
    /// nothing is.
    pub change: Option<Result<Change, String>>,
    /// Earlier versions of [`wanted_versions`], those of each file newest first;
    /// `None` where nobody looked.
    pub versions: Option<Vec<FileVersion>>,
}

/// A repository, understood.
#[derive(Debug)]
pub struct Repository {
    /// Where a file can be seen.
    pub file_address: Option<String>,
    /// When it was read, RFC 3339.
    pub collected_at: String,
    /// Why the last reading failed.
    pub failure: Option<String>,
    listing: Option<Listing>,
    past: Past,
    commit: Option<String>,
    /// Reviews on the code host; `None` where nobody asked it.
    pub reviews: Option<Reviews>,
    /// What is about to be merged.
    pub change: Collected<Change>,
    introductions: Option<Introductions>,
    notes: Vec<(String, Note)>,
}

impl Repository {
    /// Understands what a source handed in.
    pub fn read(input: RepositoryInput, named: &NamedFiles, policy: &Policy) -> Self {
        let mut notes = Vec::new();
        let address = input.file_address.as_deref();
        let paths = input.paths.iter().flatten();
        let paths: Vec<&str> = paths.map(String::as_str).collect();
        let owners = owners_path(&paths, address);
        let introductions = input
            .versions
            .map(|versions| introductions(versions, owners, named, policy, &mut notes));
        let is_listed = input.paths.is_some();
        let listing =
            is_listed.then(|| Listing::read(&paths, owners, input.files, named, &mut notes));
        Self {
            file_address: input.file_address,
            collected_at: input.collected_at,
            failure: input.failure,
            listing,
            past: Past::NotCollected,
            commit: input.commit,
            reviews: input.reviews.map(Reviews::new),
            change: match input.change {
                None => Collected::NotCollected,
                Some(Ok(change)) => Collected::Found(change),
                Some(Err(reason)) => Collected::Failed {
                    reason,
                    last_good: None,
                },
            },
            introductions,
            notes,
        }
    }

    /// Begins with what [`Self::store_history`] gave, to be followed by what is
    /// new since the commit in the answer.
    ///
    /// # Errors
    /// Where it cannot be gone on from; nothing has changed then.
    pub fn restore_history(
        &mut self,
        stored: &[u8],
        basis: &str,
        settings: Settings,
    ) -> Result<String, StateError> {
        let (past, tip) = Past::restore(self.as_the_files_say(settings), stored, basis)?;
        self.past = past;
        Ok(tip)
    }

    /// Takes the next bytes of the history.
    pub fn push_history(&mut self, chunk: &[u8], settings: impl FnOnce() -> Settings) {
        let mut past = std::mem::take(&mut self.past);
        past.push(chunk, || self.as_the_files_say(settings()));
        self.past = past;
    }

    /// Ends the history; answers with what it consists of, where there is one. A
    /// stream that was cut, by what the source says or by what it holds, is a
    /// failure and never a smaller history: what was restored, and nothing else,
    /// then counts as stale.
    pub fn finish_history(&mut self, failure: Option<String>) -> Option<Summary> {
        let summary = self.past.finish(&Ending {
            failure,
            commit: self.commit.as_deref(),
            tree: self.listing.as_ref().map(|listing| listing.paths.listing()),
        })?;
        for note in &summary.notes {
            self.remark(note.clone());
        }
        Some(summary)
    }

    /// Notes what readers of the history are to know beside what it says itself.
    pub fn remark(&mut self, remark: String) {
        let note = Note::on_the_whole(remark);
        self.notes.push((HISTORY.to_owned(), note));
    }

    /// The history as bytes, for [`Self::restore_history`]; `None` where it is
    /// not as new as the repository.
    pub fn store_history(&self, basis: &str) -> Option<Vec<u8>> {
        self.past.found().map(|history| history.store(basis))
    }

    fn as_the_files_say(&self, mut settings: Settings) -> Settings {
        for (path, content) in self.listing.iter().flat_map(|listing| &listing.of_history) {
            settings.take_file(path, content);
        }
        settings
    }

    /// The plan for a directory: the one that the service names, else the
    /// nearest one upward.
    pub fn plan(&self, directory: &str, named: Option<&str>) -> Collected<(&str, &Plan)> {
        self.in_listing(|listing| {
            let by_name = named.and_then(|named| listing.named_plan(directory, named));
            by_name.or_else(|| listing.nearest_plan(directory))
        })
    }

    /// The living paths.
    pub fn paths(&self) -> Collected<&Paths> {
        self.in_listing(|listing| Some(&listing.paths))
    }

    /// The owners file, or the OWNERS files where there is none.
    pub fn code_owners(&self) -> Collected<&OwnersFile> {
        self.in_listing(|listing| listing.code_owners.as_ref())
    }

    /// Documents of a kind for a directory: those in it and below; where there
    /// are none, those of the nearest folder above that has any.
    pub fn documents(&self, kind: DocumentKind, directory: &str) -> Collected<Vec<&Document>> {
        self.in_listing(|listing| listing.library.documents(kind, directory))
    }

    /// The commit that was read.
    pub fn commit(&self) -> Option<&str> {
        self.commit.as_deref()
    }

    /// Since when files say what they say of roles.
    pub fn introductions(&self) -> Collected<&Introductions> {
        match &self.introductions {
            Some(introductions) => self.fresh_or_stale(introductions),
            None => self.absent(),
        }
    }

    /// Recorded walkthroughs that the documents for a directory point to.
    pub fn recordings(&self, directory: &str) -> Collected<Vec<&Recording>> {
        self.in_listing(|listing| listing.library.recordings(directory))
    }

    /// The maintainers file for a directory, the nearest one upward.
    pub fn maintainers(&self, directory: &str) -> Collected<&MaintainersFile> {
        self.in_listing(|listing| listing.library.maintainers_of(directory))
    }

    /// The name that a plan or a maintainers file gives beside a login or an address in
    /// lower case.
    pub fn name_beside(&self, written: &str) -> Option<&str> {
        let names = &self.listing.as_ref()?.names;
        names.get(written).map(String::as_str)
    }

    /// The folded history.
    pub fn history(&self) -> Collected<&History> {
        self.past
            .collected(|history| self.fresh_or_stale(history), || self.absent())
    }

    /// Counts as one person those of the history of whom `user_of` gives the
    /// same answer.
    pub fn unite(&mut self, user_of: &dyn Fn(&Committer) -> Option<String>) {
        if let Some(history) = self.past.folded_mut() {
            history.unite(user_of);
        }
    }

    /// Why the history could not be read, where it could not.
    pub fn history_failure(&self) -> Option<&str> {
        self.past.failure()
    }

    /// What the reader of the files should know, with the path.
    pub fn notes(&self) -> &[(String, Note)] {
        &self.notes
    }

    fn in_listing<'a, T>(&'a self, find: impl FnOnce(&'a Listing) -> Option<T>) -> Collected<T> {
        let Some(listing) = &self.listing else {
            return self.absent();
        };
        match find(listing) {
            Some(found) => self.fresh_or_stale(found),
            None => Collected::Missing,
        }
    }

    fn fresh_or_stale<T>(&self, value: T) -> Collected<T> {
        match &self.failure {
            None => Collected::Found(value),
            Some(reason) => Collected::Failed {
                reason: reason.clone(),
                last_good: Some(value),
            },
        }
    }

    fn absent<T>(&self) -> Collected<T> {
        match &self.failure {
            None => Collected::NotCollected,
            Some(reason) => Collected::Failed {
                reason: reason.clone(),
                last_good: None,
            },
        }
    }
}

fn introductions(
    versions: Vec<FileVersion>,
    owners: Option<(&str, Dialect)>,
    named: &NamedFiles,
    policy: &Policy,
    notes: &mut Vec<(String, Note)>,
) -> Introductions {
    let kind_of = |path: &str| match owners {
        Some((owners, dialect)) if owners == path => FileKind::Owners(dialect),
        _ if named.is_plan(path) => FileKind::Plan,
        _ => FileKind::Catalog,
    };
    Introductions::read(versions, &kind_of, &policy.role_handles.patterns(), notes)
}
