//! Lists of files of which not all are read.

use crate::evidence::Note;
use mentorship_texts::ordering::sort_by_key;

/// The place of notes on which files were read.
pub const LISTING: &str = "listing";

/// Paths of which not all are read: what they are, and how many at most.
pub struct Limited<'a> {
    what: &'static str,
    most: usize,
    /// Those nearest to the root come first.
    paths: Vec<&'a str>,
}

/// Puts those nearest to the root first, each once.
pub(super) fn nearest_first(paths: &mut Vec<&str>) {
    sort_by_key(paths, |path| (path.matches('/').count(), *path));
    paths.dedup();
}

impl<'a> Limited<'a> {
    pub(super) fn new(what: &'static str, most: usize, mut paths: Vec<&'a str>) -> Self {
        nearest_first(&mut paths);
        Self { what, most, paths }
    }

    /// Those that are read.
    pub fn read(&self) -> &[&'a str] {
        self.paths.get(..self.most).unwrap_or(&self.paths)
    }

    /// What the reader is to know of those that are not.
    pub(super) fn note(&self, notes: &mut Vec<(String, Note)>) {
        if let Some(first) = self.paths.get(self.most) {
            let told = format!(
                "of {} {} only the {} nearest to the root were read; the first that was not is `{first}`",
                self.paths.len(),
                self.what,
                self.most
            );
            notes.push((LISTING.to_owned(), Note::on_the_whole(told)));
        }
    }
}
