//! Which part of a repository a question is about.

/// A part of a repository.
#[derive(Clone, Copy)]
pub enum Scope<'a> {
    /// All of it.
    Repository,
    /// A directory with everything below it, without a leading slash; a
    /// closing one does not matter. Empty or `.` is the whole repository.
    Subtree(&'a str),
    /// The paths for which the function says yes.
    Paths(&'a dyn Fn(&[u8]) -> bool),
    /// Exactly these paths, living or not, each counted once whatever the file
    /// filter says.
    Files(&'a [&'a str]),
}

impl Scope<'_> {
    /// The directory of a subtree, with one closing slash; `None` where the
    /// scope is no proper subtree.
    pub(crate) fn directory(&self) -> Option<String> {
        let Self::Subtree(directory) = self else {
            return None;
        };
        let directory = directory.trim_start_matches("./").trim_matches('/');
        match directory {
            "" | "." => None,
            _ => Some(format!("{directory}/")),
        }
    }
}
