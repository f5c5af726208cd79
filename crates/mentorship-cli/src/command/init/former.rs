//! Who is listed as a maintainer of former days: nobody to propose.

use std::borrow::Cow;
use std::collections::BTreeSet;

use mentorship_core::evidence::documents::{lists_maintainers, maintainers};
use mentorship_core::evidence::plan::Identity;
use mentorship_core::knowledge::folded;

use crate::git::{GitError, GitRepository};
use crate::stderr::Stderr;

/// Somebody whom a maintainers file lists as a former one, and no such file as one now.
pub struct Former {
    /// The name, folded as the policy folds those who have left.
    pub name: String,
    /// The file and the line.
    pub place: String,
}

/// Those whom the maintainers files at the head list so, by name. Of a file that cannot be
/// read it is told that it may list some.
///
/// # Errors
/// Where git cannot be talked to.
pub fn former_maintainers(
    repository: &GitRepository,
    stderr: &Stderr,
) -> Result<Vec<Former>, GitError> {
    let Some(commit) = repository.head()? else {
        return Ok(Vec::new());
    };
    let tree = repository.tree(&commit)?;
    let paths = tree.paths().filter(|path| lists_maintainers(path));
    let paths: Vec<String> = paths.map(Cow::into_owned).collect();
    let mut former = Vec::new();
    let mut now = BTreeSet::new();
    for file in repository.files(&tree, &paths)? {
        let (path, content) = file.into_parts();
        let content = match content {
            Ok(content) => content,
            Err(reason) => {
                let problem = format!(
                    "the file was not read: {reason}; whoever it lists as a former maintainer may be proposed"
                );
                stderr.tell(path, problem);
                continue;
            }
        };
        for listed in maintainers(&path, &content).value {
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
    Ok(former)
}
