//! The directories of a repository with who holds them, for a tree map.

use super::person::PersonId;
use super::person_set::PersonSet;
use super::reader::{Model, Reader};
use super::scope::Scope;
use super::selection::Selection;
use mentorship_texts::ordering::sort_by;

/// How much of a tree is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TreeLimits {
    /// Levels of directories below the first.
    pub depth: u32,
    /// Directories shown in one directory; the largest are.
    pub children: usize,
    /// People named per directory.
    pub holders: usize,
}

impl Default for TreeLimits {
    fn default() -> Self {
        Self {
            depth: 3,
            children: 40,
            holders: 3,
        }
    }
}

/// A directory.
#[derive(Debug, Clone, PartialEq)]
pub struct Directory {
    /// The path without a closing slash; empty for the root.
    pub path: String,
    /// Living files below it, of every class.
    pub files: u32,
    /// Bus factor by authorship, leavers struck; `None` where no file counts.
    pub authorship: Option<u32>,
    /// Bus factor by recent knowledge, leavers struck; `None` where nothing
    /// changed in the window.
    pub recent: Option<u32>,
    /// Counted files whose authors have all left.
    pub orphaned: u32,
    /// Authors of most counted files below it, at most as many as asked for.
    pub holders: Vec<DirectoryHolder>,
    /// Directories in it, most files first, then by path.
    pub directories: Vec<Directory>,
    /// Directories in it that are not shown.
    pub not_shown: u32,
}

/// An author of files in a directory.
#[derive(Debug, Clone, PartialEq)]
pub struct DirectoryHolder {
    /// The person's place in [`super::History::people`].
    pub person: PersonId,
    /// Counted files authored.
    pub files: u32,
    /// As a share of all counted, 0 to 1.
    pub share: f64,
    /// Whether the person has left.
    pub left: bool,
}

impl Reader<'_> {
    /// The tree below a directory; the whole repository for an empty path.
    pub(crate) fn tree(
        &mut self,
        directory: &str,
        limits: &TreeLimits,
        left: &PersonSet,
    ) -> Directory {
        let path = Scope::Subtree(directory)
            .directory()
            .map(|directory| directory.trim_end_matches('/').to_owned())
            .unwrap_or_default();
        let files = self.living_files(&Scope::Subtree(&path));
        self.directory(path.into_bytes(), files, limits.depth, limits, left)
    }

    fn directory(
        &mut self,
        path: Vec<u8>,
        files: Vec<usize>,
        depth: u32,
        limits: &TreeLimits,
        left: &PersonSet,
    ) -> Directory {
        let count = u32::try_from(files.len()).unwrap_or(u32::MAX);
        let mut inner = self.group_by_directory(&path, &files);
        let selection = Selection::living(files);
        let authorship = self.of_files(Model::Authorship, &selection, left);
        let recent = self.of_files(Model::Recent, &selection, left);
        let shown = match depth {
            0 => 0,
            _ => limits.children.min(inner.len()),
        };
        let not_shown = u32::try_from(inner.len() - shown).unwrap_or(u32::MAX);
        inner.truncate(shown);
        Directory {
            path: String::from_utf8_lossy(&path).into_owned(),
            files: count,
            authorship: authorship.bus_factor,
            recent: recent.bus_factor,
            orphaned: authorship.files.orphaned,
            holders: authorship
                .people
                .into_iter()
                .take(limits.holders)
                .map(|holder| DirectoryHolder {
                    person: holder.person,
                    files: holder.files,
                    share: holder.share,
                    left: holder.left,
                })
                .collect(),
            directories: inner
                .into_iter()
                .map(|(path, files)| self.directory(path, files, depth - 1, limits, left))
                .collect(),
            not_shown,
        }
    }

    /// The directories directly in `directory` with the files below them, most
    /// files first. Files are in the order of their paths, so that those of
    /// one directory are neighbours.
    fn group_by_directory(&self, directory: &[u8], files: &[usize]) -> Vec<(Vec<u8>, Vec<usize>)> {
        let start = match directory {
            [] => 0,
            _ => directory.len() + 1,
        };
        let mut groups: Vec<(Vec<u8>, Vec<usize>)> = Vec::new();
        for &file in files {
            let path = self.path_of(file);
            let below = path.get(start..).unwrap_or_default();
            let Some(slash) = memchr::memchr(b'/', below) else {
                continue;
            };
            let name = path.get(..start + slash).unwrap_or_default();
            match groups.last_mut() {
                Some((last, files)) if last == name => files.push(file),
                _ => groups.push((name.to_vec(), vec![file])),
            }
        }
        sort_by(&mut groups, |(a, a_files), (b, b_files)| {
            b_files.len().cmp(&a_files.len()).then_with(|| a.cmp(b))
        });
        groups
    }
}
