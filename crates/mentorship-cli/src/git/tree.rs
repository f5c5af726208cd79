//! The files of a commit, and the objects that hold them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::program::GitError;
use super::repository::GitRepository;

/// How the entry of a submodule begins.
const SUBMODULE: &[u8] = b"160000 ";
/// How the entry of a file with content of its own begins, whatever its mode.
const FILE: &[u8] = b"100";

/// The files of a commit.
pub struct Tree {
    commit: String,
    /// As `git ls-tree -r -z` prints them: `<mode> <type> <object> TAB <path> NUL` each.
    entries: Vec<u8>,
}

impl GitRepository {
    /// The files of a commit.
    ///
    /// # Errors
    /// Where git cannot list them.
    pub fn tree(&self, commit: &str) -> Result<Tree, GitError> {
        let listed = self.git("ls-tree").args(["-r", "-z", commit, "--"]);
        Ok(Tree {
            commit: commit.to_owned(),
            entries: listed.output()?,
        })
    }
}

impl Tree {
    /// All living paths, with a NUL behind each. A submodule is no file of this
    /// repository.
    pub fn listing(&self) -> Vec<u8> {
        let mut listing = Vec::with_capacity(self.entries.len());
        for (_, path) in self.files() {
            listing.extend_from_slice(path);
            listing.push(0);
        }
        listing
    }

    /// All living paths.
    pub fn paths(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.files().map(|(_, path)| String::from_utf8_lossy(path))
    }

    /// The names by which git is asked for files, in their order: those of their objects.
    /// Asked for a path, git goes down from the root each time, which takes many times as
    /// long where a folder has thousands of entries and was committed just now. A symbolic
    /// link is followed from where it is.
    pub(super) fn names(&self, paths: &[String]) -> Vec<String> {
        let mut objects: BTreeMap<&str, Option<&[u8]>> =
            paths.iter().map(|path| (path.as_str(), None)).collect();
        for (what, path) in self.files().filter(|(what, _)| what.starts_with(FILE)) {
            if let Some(object) = objects.get_mut(String::from_utf8_lossy(path).as_ref()) {
                *object = what.split(|byte| *byte == b' ').nth(2);
            }
        }
        let name = |path: &String| match objects.get(path.as_str()) {
            Some(Some(object)) => String::from_utf8_lossy(object).into_owned(),
            _ => format!("{}:{path}", self.commit),
        };
        paths.iter().map(name).collect()
    }

    /// Of each file mode, type and object, and the path.
    fn files(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.entries
            .split(|byte| *byte == 0)
            .filter(|entry| !entry.starts_with(SUBMODULE))
            .filter_map(|entry| {
                let tab = entry.iter().position(|byte| *byte == b'\t')?;
                let (what, path) = entry.split_at_checked(tab)?;
                Some((what, path.get(1..)?))
            })
    }
}
