//! One repository's evidence: what stands in it at a commit, and its history.

mod home;
mod library;
mod past;
mod paths;

pub use crate::evidence::documents::DocumentKind;
pub use library::{Content, Document, MaintainersFile, Recording};
pub use paths::Paths;

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::Change;
use super::Collected;
use super::Note;
use super::introductions::{FileKind, FileVersion, Introductions};
use super::owners::{self, CodeOwners, DeclaredOwners, Dialect, OwnersTree};
use super::path_patterns::{LetterCase, PathPatterns};
use super::plan::{self, Plan};
use crate::civil_date::CivilDate;
use crate::knowledge::{History, Person as Committer, Settings, StateError, Summary};
use crate::policy::Policy;
use library::{Library, speaking_for};
use mentorship_texts::ordering::sort_by;
use past::{Ending, Past};

/// Files of which earlier versions are read: a monorepo has a plan and a catalog
/// file for each of its services.
const MOST_VERSIONED_FILES: usize = 200;
/// OWNERS files read; larger trees are cut with a note.
const MOST_OWNERS_FILES: usize = 2_000;

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
    /// Paths that services name as their plan.
    pub named_plans: Vec<String>,
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

/// One review of a change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Review {
    /// Who: a login, or an address.
    pub reviewer: String,
    /// When.
    pub day: CivilDate,
    /// What was changed.
    pub paths: Vec<String>,
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
    pub reviews: Option<Vec<Review>>,
    /// What is about to be merged.
    pub change: Collected<Change>,
    introductions: Option<Introductions>,
    notes: Vec<(String, Note)>,
}

/// What stands in the repository.
#[derive(Debug, Default)]
struct Listing {
    paths: Paths,
    plans: BTreeMap<String, PlanFile>,
    code_owners: Option<OwnersFile>,
    library: Library,
    /// Path and content of the files that say how the history is to be read.
    of_history: Vec<(String, Vec<u8>)>,
}

#[derive(Debug)]
struct PlanFile {
    plan: Plan,
    /// Found by the policy's patterns, so that it speaks for its folder; else
    /// only for the services that name it.
    by_pattern: bool,
}

/// The owners file that the code host would read, or the OWNERS files.
#[derive(Debug)]
pub struct OwnersFile {
    /// The path; of OWNERS files the first one's.
    pub path: String,
    /// Who owns what.
    pub owners: DeclaredOwners,
    /// Places that the host skips: path and line.
    pub skipped: Vec<(String, Option<u32>)>,
}

impl Repository {
    /// Understands what a source handed in.
    pub fn read(input: RepositoryInput, policy: &Policy) -> Self {
        let mut notes = Vec::new();
        let paths = input.paths.as_deref().unwrap_or_default();
        let introductions = input
            .versions
            .map(|versions| introductions(versions, paths, &input.named_plans, policy, &mut notes));
        let listing = input.paths.map(|paths| {
            Listing::read(&paths, input.files, &input.named_plans, policy, &mut notes)
        });
        Self {
            file_address: input.file_address,
            collected_at: input.collected_at,
            failure: input.failure,
            listing,
            past: Past::NotCollected,
            commit: input.commit,
            reviews: input.reviews,
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
        let notes = summary.notes.iter().cloned().map(Note::on_the_whole);
        self.notes
            .extend(notes.map(|note| ("git history".to_owned(), note)));
        Some(summary)
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
        self.in_listing(|listing| {
            let documents = listing.library.documents.iter();
            let of_kind = documents.filter(|document| document.kind == kind);
            speaking_for(of_kind, |document| &document.path, directory)
        })
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
        self.in_listing(|listing| {
            let recordings = listing.library.recordings.iter();
            speaking_for(recordings, |recording| &recording.path, directory)
        })
    }

    /// The maintainers file for a directory, the nearest one upward.
    pub fn maintainers(&self, directory: &str) -> Collected<&MaintainersFile> {
        self.in_listing(|listing| listing.library.maintainers_of(directory))
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

/// The paths whose text the judgement wants, out of a repository's listing.
/// `named` are paths that services name as their plan.
pub fn wanted_paths<'a>(paths: &[&'a str], named: &[String], policy: &Policy) -> Vec<&'a str> {
    let plans = plan_paths(policy);
    let mut wanted: Vec<&str> = paths
        .iter()
        .copied()
        .filter(|path| plans.matches(path) || is_named(path, named))
        .collect();
    match owners_path(paths) {
        Some((path, _)) => wanted.push(path),
        None => wanted.extend(owners_files(paths)),
    }
    wanted.extend(
        paths
            .iter()
            .copied()
            .filter(|path| Settings::FILES.contains(path)),
    );
    wanted.extend(library::wanted(paths));
    sort_by(&mut wanted, Ord::cmp);
    wanted.dedup();
    wanted
}

/// The paths of which earlier versions say since when somebody has a role: plans,
/// the owners file of a code host, and catalog files. `catalogued` are the
/// locations of catalog files that give roles.
pub fn wanted_versions<'a>(
    paths: &[&'a str],
    named: &[String],
    catalogued: &[&str],
    policy: &Policy,
) -> Vec<&'a str> {
    let plans = plan_paths(policy);
    let owners = owners_path(paths).map(|(path, _)| path);
    let wanted = paths.iter().copied().filter(|path| {
        Some(*path) == owners
            || plans.matches(path)
            || is_named(path, named)
            || is_catalog_file(path, catalogued)
    });
    let mut wanted: Vec<&str> = wanted.take(MOST_VERSIONED_FILES).collect();
    sort_by(&mut wanted, Ord::cmp);
    wanted.dedup();
    wanted
}

/// By its name, where any entity is given roles in a catalog file, or because
/// the catalog says that an entity comes from here.
fn is_catalog_file(path: &str, catalogued: &[&str]) -> bool {
    let by_name = ["catalog-info.yaml", "catalog-info.yml"].contains(&file_name(path));
    catalogued.iter().any(|location| {
        let before = location.strip_suffix(path);
        by_name || before.is_some_and(|before| before.ends_with('/'))
    })
}

fn introductions(
    versions: Vec<FileVersion>,
    paths: &[String],
    named: &[String],
    policy: &Policy,
    notes: &mut Vec<(String, Note)>,
) -> Introductions {
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let owners = owners_path(&paths);
    let plans = plan_paths(policy);
    let kind_of = |path: &str| match owners {
        Some((owners, dialect)) if owners == path => FileKind::Owners(dialect),
        _ if plans.matches(path) || is_named(path, named) => FileKind::Plan,
        _ => FileKind::Catalog,
    };
    Introductions::read(versions, &kind_of, &policy.role_handles.patterns(), notes)
}

/// Whether a service may mean this path by the plan that it names.
fn is_named(path: &str, named: &[String]) -> bool {
    named.iter().map(|named| from_root(named)).any(|named| {
        path.strip_suffix(named)
            .is_some_and(|before| before.is_empty() || before.ends_with('/'))
    })
}

fn from_root(path: &str) -> &str {
    path.trim_start_matches("./").trim_start_matches('/')
}

fn plan_paths(policy: &Policy) -> PathPatterns {
    PathPatterns::parse(
        policy.plan_paths.iter().map(String::as_str),
        LetterCase::Insensitive,
    )
    .0
}

fn owners_path<'a>(paths: &[&'a str]) -> Option<(&'a str, Dialect)> {
    owners::locate_with_dialect(paths.iter().copied())
}

/// OWNERS files, and their aliases at the root.
fn owners_files<'a>(paths: &[&'a str]) -> impl Iterator<Item = &'a str> {
    paths
        .iter()
        .copied()
        .filter(|path| file_name(path) == "OWNERS" || *path == "OWNERS_ALIASES")
        .take(MOST_OWNERS_FILES)
}

impl Listing {
    /// A path is meant from the service's directory, else from the root.
    fn named_plan(&self, directory: &str, named: &str) -> Option<(&str, &Plan)> {
        let named = from_root(named);
        let beside = format!("{directory}/{named}");
        let found = self
            .plans
            .get_key_value(beside.as_str())
            .or_else(|| self.plans.get_key_value(named));
        found.map(|(path, file)| (path.as_str(), &file.plan))
    }

    /// Of two plans of one folder the first by path counts.
    fn nearest_plan(&self, directory: &str) -> Option<(&str, &Plan)> {
        let plans = self.plans.iter().filter(|(_, file)| file.by_pattern);
        let above = plans.filter_map(|(path, file)| {
            let home = home::of(path);
            home::holds(home, directory).then_some((home.len(), path.as_str(), &file.plan))
        });
        above
            .max_by(|left, right| left.0.cmp(&right.0).then(right.1.cmp(left.1)))
            .map(|(_, path, plan)| (path, plan))
    }

    fn read(
        paths: &[String],
        files: Vec<(String, Result<Vec<u8>, String>)>,
        named_plans: &[String],
        policy: &Policy,
        notes: &mut Vec<(String, Note)>,
    ) -> Self {
        let mut listing = Self {
            paths: Paths::new(paths),
            ..Self::default()
        };
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        listing.library = Library::of_paths(&paths);
        let plan_paths = plan_paths(policy);
        let owners_path = owners_path(&paths);
        let mut owners_files = Vec::new();
        for (path, content) in files {
            let content = match content {
                Ok(content) => content,
                Err(reason) => {
                    notes.push((
                        path,
                        Note::on_the_whole(format!("the file was not read: {reason}")),
                    ));
                    continue;
                }
            };
            if let Some((_, dialect)) = owners_path.filter(|(located, _)| *located == path) {
                let parsed = CodeOwners::parse(&content, dialect);
                notes.extend(parsed.notes.iter().map(|note| (path.clone(), note.clone())));
                let skipped = parsed.skipped.into_iter();
                listing.code_owners = Some(OwnersFile {
                    skipped: skipped.map(|line| (path.clone(), Some(line))).collect(),
                    path,
                    owners: DeclaredOwners::File(Box::new(parsed.owners)),
                });
            } else if owners_path.is_none()
                && (file_name(&path) == "OWNERS" || path == "OWNERS_ALIASES")
            {
                owners_files.push((path, content));
            } else if Settings::FILES.contains(&path.as_str()) {
                listing.of_history.push((path, content));
            } else if plan_paths.matches(&path) || is_named(&path, named_plans) {
                let parsed = plan::parse(&content);
                let by_pattern = plan_paths.matches(&path);
                notes.extend(parsed.notes.into_iter().map(|note| (path.clone(), note)));
                listing.library.read_recordings(&path, &content);
                listing.plans.insert(
                    path,
                    PlanFile {
                        plan: parsed.value,
                        by_pattern,
                    },
                );
            } else {
                listing.library.read(&path, &content, notes);
            }
        }
        if !owners_files.is_empty() {
            listing.code_owners = owners_tree(&owners_files, notes);
        }
        listing.library.finish();
        listing
    }
}

/// OWNERS files, understood; `None` where there are only aliases.
fn owners_tree(files: &[(String, Vec<u8>)], notes: &mut Vec<(String, Note)>) -> Option<OwnersFile> {
    let contents = files.iter();
    let contents = contents.map(|(path, content)| (path.as_str(), content.as_slice()));
    let (tree, of_files) = OwnersTree::parse(contents);
    let skipped = of_files.iter();
    let skipped = skipped.map(|(path, note)| (path.clone(), note.line));
    let owners = files.iter().map(|(path, _)| path);
    let first = owners.filter(|path| *path != "OWNERS_ALIASES").min();
    let file = first.map(|path| OwnersFile {
        path: path.clone(),
        skipped: skipped.collect(),
        owners: DeclaredOwners::Tree(RefCell::new(tree)),
    });
    notes.extend(of_files);
    file
}

fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}
