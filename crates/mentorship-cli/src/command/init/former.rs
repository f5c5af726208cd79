//! Who is listed as a maintainer of former days: nobody to propose.

use std::collections::BTreeSet;

use mentorship_core::evidence::documents::{lists_maintainers, maintainers};
use mentorship_core::evidence::plan::Identity;
use mentorship_core::knowledge::folded;

use crate::git::GitRepository;

/// Somebody whom a maintainers file lists as a former one, and no such file as one now.
pub struct Former {
    /// The name, folded as the policy folds those who have left.
    pub name: String,
    /// The file and the line.
    pub place: String,
}

/// Those whom the maintainers files at the head list so, by name. What cannot be read lists
/// nobody: what is asked of it is a better proposal, and the judgement tells of it.
pub fn former_maintainers(repository: &GitRepository) -> Vec<Former> {
    let commit = repository.head().ok().flatten();
    let paths = repository.paths().into_iter();
    let paths: Vec<String> = paths.filter(|path| lists_maintainers(path)).collect();
    let files = commit.and_then(|commit| repository.files(&commit, &paths).ok());
    let mut former = Vec::new();
    let mut now = BTreeSet::new();
    for file in files.into_iter().flatten() {
        let (path, content) = file.into_parts();
        for listed in maintainers(&path, &content.unwrap_or_default()).value {
            let name = match (listed.person.name, listed.person.identity) {
                (Some(name), _) | (None, Identity::Name(name)) => {
                    folded(name.as_bytes()).into_owned()
                }
                (None, _) => continue,
            };
            let place = format!("{path}:{}", listed.line);
            match listed.former {
                true => former.push(Former { name, place }),
                false => _ = now.insert(name),
            }
        }
    }
    former.retain(|one| !now.contains(&one.name));
    former
}
