//! A branch while its story is told, and the commit in the making on it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::rc::Rc;

use mentorship_core::civil_date::CivilDate;

use super::sequence::Sequence;
use super::source_text;

/// The living files of a branch.
pub(crate) type Tree = BTreeMap<String, Rc<str>>;

/// What became of a path; the text is the whole file.
#[derive(Clone)]
pub(crate) enum Change {
    Written(Rc<str>),
    Deleted,
}

/// A branch while the story is told.
#[derive(Clone, Default)]
pub(crate) struct Branch {
    /// The newest commit, an index into the history.
    pub(crate) tip: Option<usize>,
    pub(crate) tree: Tree,
    /// The files whose text is made up: those that touching a folder changes.
    pub(crate) made_up: BTreeSet<String>,
    /// What a side branch changed since it left the main one, for the merge.
    pub(crate) since_fork: BTreeMap<String, Change>,
}

/// A commit in the making, on its branch.
pub(crate) struct Draft {
    /// The branch's name.
    pub(crate) name: String,
    pub(crate) day: CivilDate,
    /// The branch with what the commit changes.
    pub(crate) branch: Branch,
    pub(crate) changes: BTreeMap<String, Change>,
    /// For what is made up.
    pub(crate) sequence: Sequence,
}

impl Draft {
    /// Writes a file; the same text again is no change.
    pub(crate) fn write(&mut self, path: String, text: String) {
        let text: Rc<str> = text.into();
        if self.branch.tree.get(&path) == Some(&text) {
            return;
        }
        self.branch.tree.insert(path.clone(), Rc::clone(&text));
        self.changes.insert(path, Change::Written(text));
    }

    /// Begins a file with made-up text.
    pub(crate) fn grow(&mut self, path: &str) -> Result<(), String> {
        if self.branch.tree.contains_key(path) {
            return Err(format!("`{path}` is already there; touch it instead"));
        }
        let text = source_text::begin(path, &mut self.sequence);
        self.write(path.to_owned(), text);
        self.branch.made_up.insert(path.to_owned());
        Ok(())
    }

    /// Changes a file a little.
    pub(crate) fn touch(&mut self, path: &str) {
        if let Some(text) = self.branch.tree.get(path).cloned() {
            let changed = source_text::change(path, &text, &mut self.sequence);
            self.write(path.to_owned(), changed);
        }
    }

    /// Puts one text in the place of another, which stands in the file once.
    pub(crate) fn edit(&mut self, path: &str, find: &str, put: &str) -> Result<(), String> {
        let text = self
            .branch
            .tree
            .get(path)
            .ok_or_else(|| format!("`{path}` does not exist"))?;
        match text.matches(find).count() {
            1 => {
                let text = text.replace(find, put);
                self.write(path.to_owned(), text);
                Ok(())
            }
            count => Err(format!("`{find}` is {count} times in `{path}`, not once")),
        }
    }

    /// Renames a file, or every file of a folder.
    pub(crate) fn rename(&mut self, from: &str, to: &str) -> Result<(), String> {
        for path in self.living(from)? {
            let Some(text) = self.branch.tree.get(&path).map(|text| text.to_string()) else {
                continue;
            };
            let new = format!("{to}{}", path.strip_prefix(from).unwrap_or_default());
            if self.branch.made_up.contains(&path) {
                self.branch.made_up.insert(new.clone());
            }
            self.delete(path);
            self.write(new, text);
        }
        Ok(())
    }

    /// Deletes a file.
    pub(crate) fn delete(&mut self, path: String) {
        self.branch.tree.remove(&path);
        self.branch.made_up.remove(&path);
        self.changes.insert(path, Change::Deleted);
    }

    /// Takes over what a side branch changed; where both changed a file, the
    /// side's text stands.
    pub(crate) fn merge(&mut self, side: &Branch) {
        for (path, change) in side.since_fork.clone() {
            match change {
                Change::Written(text) => self.write(path, text.to_string()),
                Change::Deleted => self.delete(path),
            }
        }
        self.branch.made_up.extend(side.made_up.iter().cloned());
    }

    /// The file at `place`, or the made-up files in the folder of that name: a
    /// plan or a runbook changes only where it is named.
    pub(crate) fn touchable(&self, place: &str) -> Result<Vec<String>, String> {
        let mut paths = self.living(place)?;
        if paths != [place] {
            paths.retain(|path| self.branch.made_up.contains(path));
        }
        Ok(paths)
    }

    /// The file at `place`, or the files in the folder of that name; `.` is all.
    pub(crate) fn living(&self, place: &str) -> Result<Vec<String>, String> {
        let tree = &self.branch.tree;
        let found: Vec<String> = if place == "." {
            tree.keys().cloned().collect()
        } else if tree.contains_key(place) {
            vec![place.to_owned()]
        } else {
            let folder = format!("{}/", place.trim_end_matches('/'));
            tree.range::<str, _>((Bound::Included(folder.as_str()), Bound::Unbounded))
                .map(|(path, _)| path)
                .take_while(|path| path.starts_with(&folder))
                .cloned()
                .collect()
        };
        if found.is_empty() {
            return Err(format!("nothing lives at `{place}`"));
        }
        Ok(found)
    }
}
