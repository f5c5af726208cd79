//! Where files stand: the name behind the folders, and the directory that a document in
//! a `docs` folder speaks for.

use crate::evidence::documents::kind_of_folder;

/// Folders that hold documents about the folder above them, beside those of one
/// kind of document.
const DOCUMENT_FOLDERS: [&str; 6] = [
    "docs",
    "doc",
    "documentation",
    "architecture",
    ".github",
    ".gitlab",
];

/// The last piece of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// The directory that a file speaks for: `services/pay` for
/// `services/pay/docs/runbooks/restart.md`, the empty text for the root.
pub(super) fn of(path: &str) -> &str {
    let mut end = 0;
    let mut start = 0;
    let directory = path.rsplit_once('/').map_or("", |(directory, _)| directory);
    for segment in directory.split('/').filter(|segment| !segment.is_empty()) {
        let of_any_kind = DOCUMENT_FOLDERS
            .iter()
            .any(|folder| segment.eq_ignore_ascii_case(folder));
        if of_any_kind || kind_of_folder(segment).is_some() {
            break;
        }
        end = start + segment.len();
        start = end + 1;
    }
    directory.get(..end).unwrap_or_default()
}

/// Whether a directory is the other or holds it.
pub(super) fn holds(directory: &str, other: &str) -> bool {
    directory.is_empty()
        || other
            .strip_prefix(directory)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::{holds, of};

    #[test]
    fn documents_speak_for_the_folder_above_theirs() {
        for (path, home) in [
            ("MENTORSHIP.md", ""),
            ("docs/adr/0001-x.md", ""),
            ("services/pay/docs/runbooks/restart.md", "services/pay"),
            ("services/pay/RUNBOOK.md", "services/pay"),
            ("services/pay/Decision_Records/1.md", "services/pay"),
            (".github/CODEOWNERS", ""),
        ] {
            assert_eq!(of(path), home, "{path}");
        }
    }

    #[test]
    fn a_neighbour_is_not_held() {
        assert!(holds("", "a"));
        assert!(holds("a", "a/b"));
        assert!(!holds("a", "ab"));
        assert!(!holds("a/b", "a"));
    }
}
