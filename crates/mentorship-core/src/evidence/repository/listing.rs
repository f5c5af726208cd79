//! What stands in a repository, by its listing and the files that were read.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::home::Homes;
use super::library::Library;
use super::named::{NamedFiles, from_root};
use super::paths::Paths;
use super::wanted::{is_of_owners_tree, owners_tree_paths};
use crate::evidence::Note;
use crate::evidence::owners::{ALIASES, CodeOwners, DeclaredOwners, Dialect, OwnersTree};
use crate::evidence::plan::{self, Identity, Plan};
use crate::knowledge::Settings;
use mentorship_texts::ordering::sort_by;

/// What stands in the repository.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) paths: Paths,
    /// By path.
    plans: Vec<(String, Plan)>,
    /// Those that the policy's patterns find, so that they speak for their folder; the
    /// others only for the services that name them.
    plan_homes: Homes,
    pub(super) code_owners: Option<OwnersFile>,
    pub(super) library: Library,
    /// The names that stand beside logins and addresses, by those in lower case; of several
    /// the first by path, plans leading.
    pub(super) names: BTreeMap<String, String>,
    /// Path and content of the files that say how the history is to be read.
    pub(super) of_history: Vec<(String, Vec<u8>)>,
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

impl Listing {
    /// The plan that a service in a directory names, with its path: it is meant from the
    /// directory, else from the root.
    pub(super) fn named_plan(&self, directory: &str, named: &str) -> Option<(&str, &Plan)> {
        let named = from_root(named);
        let beside = format!("{directory}/{named}");
        self.plan_at(&beside).or_else(|| self.plan_at(named))
    }

    /// The nearest plan upward, with its path. Of two plans of one folder the first by path
    /// counts.
    pub(super) fn nearest_plan(&self, directory: &str) -> Option<(&str, &Plan)> {
        let place = self.plan_homes.nearest(directory).next()?;
        self.plans
            .get(place)
            .map(|(path, plan)| (path.as_str(), plan))
    }

    fn plan_at(&self, path: &str) -> Option<(&str, &Plan)> {
        let place = self
            .plans
            .binary_search_by(|(other, _)| other.as_str().cmp(path));
        self.plans
            .get(place.ok()?)
            .map(|(path, plan)| (path.as_str(), plan))
    }

    /// Reads the files of a listing, in any order. `owners_path` is the owners file that
    /// the code host would read.
    pub(super) fn read(
        paths: &[&str],
        owners_path: Option<(&str, Dialect)>,
        files: Vec<(String, Result<Vec<u8>, String>)>,
        named: &NamedFiles,
        notes: &mut Vec<(String, Note)>,
    ) -> Self {
        let mut listing = Self {
            paths: Paths::new(paths),
            ..Self::default()
        };
        listing.library = Library::of_paths(paths, notes);
        let mut owners_files = Vec::new();
        for (path, content) in files {
            let content = match content {
                Ok(content) => content,
                Err(reason) => {
                    let problem = format!("the file was not read: {reason}");
                    notes.push((path.clone(), Note::on_the_whole(problem)));
                    if owners_path.is_none() && is_of_owners_tree(&path) {
                        owners_files.push((path, None));
                    }
                    continue;
                }
            };
            if let Some((_, dialect)) = owners_path.filter(|(located, _)| *located == path) {
                listing.code_owners = Some(code_owners(path, &content, dialect, notes));
            } else if owners_path.is_none() && is_of_owners_tree(&path) {
                // As Helm's projects have it, which prow would not read.
                let lists_maintainers = std::str::from_utf8(&content).is_ok_and(|text| {
                    text.contains("maintainers:") && !text.contains("approvers:")
                });
                if lists_maintainers {
                    listing.library.read_maintainers(&path, &content, notes);
                }
                owners_files.push((path, Some(content)));
            } else if Settings::FILES.contains(&path.as_str()) {
                listing.of_history.push((path, content));
            } else if named.is_plan(&path) {
                listing.read_plan(path, &content, notes);
            } else {
                listing.library.read(&path, &content, notes);
            }
        }
        if !owners_files.is_empty() {
            listing.code_owners = owners_tree(&owners_files, notes);
            owners_tree_paths(paths).note(notes);
        }
        listing.library.finish();
        sort_by(&mut listing.plans, |left, right| left.0.cmp(&right.0));
        let plans = listing.plans.iter().map(|(path, _)| path.as_str());
        let plans = plans.enumerate();
        listing.plan_homes = Homes::new(plans.filter(|(_, path)| named.is_plan_by_pattern(path)));
        listing.note_names();
        listing
    }

    fn note_names(&mut self) {
        let planned = self.plans.iter().flat_map(|(_, plan)| plan.people());
        let people = planned.chain(self.library.maintainers());
        for person in people {
            if let (Identity::Handle(text) | Identity::Email(text), Some(name)) =
                (&person.identity, &person.name)
            {
                let known = self.names.entry(text.to_lowercase());
                known.or_insert_with(|| name.clone());
            }
        }
    }

    fn read_plan(&mut self, path: String, content: &[u8], notes: &mut Vec<(String, Note)>) {
        let parsed = plan::parse(content);
        notes.extend(parsed.notes.into_iter().map(|note| (path.clone(), note)));
        self.library.read_recordings(&path, content);
        self.plans.push((path, parsed.value));
    }
}

/// The owners file of a code host, understood.
fn code_owners(
    path: String,
    content: &[u8],
    dialect: Dialect,
    notes: &mut Vec<(String, Note)>,
) -> OwnersFile {
    let parsed = CodeOwners::parse(content, dialect);
    notes.extend(parsed.notes.iter().map(|note| (path.clone(), note.clone())));
    let skipped = parsed.skipped.into_iter();
    OwnersFile {
        skipped: skipped.map(|line| (path.clone(), Some(line))).collect(),
        path,
        owners: DeclaredOwners::File(Box::new(parsed.owners)),
    }
}

/// OWNERS files and their aliases, understood; what was not read is without its text.
/// `None` where no OWNERS file was read.
fn owners_tree(
    files: &[(String, Option<Vec<u8>>)],
    notes: &mut Vec<(String, Note)>,
) -> Option<OwnersFile> {
    let contents = files.iter();
    let contents = contents.map(|(path, content)| (path.as_str(), content.as_deref()));
    let (tree, of_files) = OwnersTree::parse(&Vec::from_iter(contents));
    let skipped = of_files.iter();
    let skipped = skipped.map(|(path, note)| (path.clone(), note.line));
    let read = files.iter().filter(|(_, content)| content.is_some());
    let owners = read.map(|(path, _)| path);
    let first = owners.filter(|path| *path != ALIASES).min();
    let file = first.map(|path| OwnersFile {
        path: path.clone(),
        skipped: skipped.collect(),
        owners: DeclaredOwners::Tree(RefCell::new(tree)),
    });
    notes.extend(of_files);
    file
}
