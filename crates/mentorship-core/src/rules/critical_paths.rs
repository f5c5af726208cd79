//! What the rules about critical paths share.

use super::verdict::looked_for;
use super::{Case, Verdict};
use crate::facts::{CriticalPathFact, CriticalPaths};
use crate::words::Words;

/// The critical paths of a service, or the verdict where there are none.
pub(super) fn critical_paths<'a>(case: &'a Case<'_>) -> Result<&'a CriticalPaths, Verdict> {
    match looked_for(&case.facts.critical_paths, case.facts, case.policy)? {
        Some(found) if !found.paths.is_empty() => Ok(found),
        _ => Err(Verdict::pass(
            "No file here matches a critical path of the policy.",
        )),
    }
}

/// A pattern as a reason begins.
pub(super) fn named(paths: &CriticalPaths, path: &CriticalPathFact) -> String {
    match paths.by_default {
        true => format!("`{}` (default)", path.pattern),
        false => format!("`{}`", path.pattern),
    }
}

/// A path that the entity names and that is nowhere.
pub(super) fn matches_nothing(path: &CriticalPathFact) -> Option<Words> {
    (path.files == 0).then(|| {
        Words::text(format!(
            "`{}` matches no file of the repository.",
            path.pattern
        ))
    })
}
