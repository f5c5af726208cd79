//! Which files of a repository the judgement wants, by their paths.

use super::home::file_name;
use super::library;
use crate::evidence::owners::{self, Dialect};
use crate::evidence::path_patterns::{LetterCase, PathPatterns};
use crate::knowledge::Settings;
use crate::policy::Policy;
use mentorship_texts::ordering::sort_by;

/// Files of which earlier versions are read: a monorepo has a plan and a catalog
/// file for each of its services.
const MOST_VERSIONED_FILES: usize = 200;
/// OWNERS files read; a larger tree is cut, and told.
pub(super) const MOST_OWNERS_FILES: usize = 2_000;

/// The paths whose text the judgement wants, out of a repository's listing.
/// `named` are paths that services name as their plan.
pub fn wanted_paths<'a>(paths: &[&'a str], named: &[String], policy: &Policy) -> Vec<&'a str> {
    let plans = plan_paths(policy);
    let mut wanted: Vec<&str> = paths
        .iter()
        .copied()
        .filter(|path| plans.matches(path) || is_named(path, named))
        .collect();
    match owners_path(paths) {
        Some((path, _)) => wanted.push(path),
        None => {
            let owners = paths.iter().copied().filter(|path| is_of_owners_tree(path));
            wanted.extend(owners.take(MOST_OWNERS_FILES));
        }
    }
    wanted.extend(
        paths
            .iter()
            .copied()
            .filter(|path| Settings::FILES.contains(path)),
    );
    wanted.extend(library::wanted(paths));
    sort_by(&mut wanted, Ord::cmp);
    wanted.dedup();
    wanted
}

/// The paths of which earlier versions say since when somebody has a role: plans,
/// the owners file of a code host, and catalog files. `catalogued` are the
/// locations of catalog files that give roles.
pub fn wanted_versions<'a>(
    paths: &[&'a str],
    named: &[String],
    catalogued: &[&str],
    policy: &Policy,
) -> Vec<&'a str> {
    let plans = plan_paths(policy);
    let owners = owners_path(paths).map(|(path, _)| path);
    let wanted = paths.iter().copied().filter(|path| {
        Some(*path) == owners
            || plans.matches(path)
            || is_named(path, named)
            || is_catalog_file(path, catalogued)
    });
    let mut wanted: Vec<&str> = wanted.take(MOST_VERSIONED_FILES).collect();
    sort_by(&mut wanted, Ord::cmp);
    wanted.dedup();
    wanted
}

/// By its name, where any entity is given roles in a catalog file, or because
/// the catalog says that an entity comes from here.
fn is_catalog_file(path: &str, catalogued: &[&str]) -> bool {
    let by_name = ["catalog-info.yaml", "catalog-info.yml"].contains(&file_name(path));
    catalogued.iter().any(|location| {
        let before = location.strip_suffix(path);
        by_name || before.is_some_and(|before| before.ends_with('/'))
    })
}

/// Whether a service may mean this path by the plan that it names.
pub(super) fn is_named(path: &str, named: &[String]) -> bool {
    named.iter().map(|named| from_root(named)).any(|named| {
        path.strip_suffix(named)
            .is_some_and(|before| before.is_empty() || before.ends_with('/'))
    })
}

/// A path as it is meant from the root of the repository.
pub(super) fn from_root(path: &str) -> &str {
    path.trim_start_matches("./").trim_start_matches('/')
}

/// The policy's patterns of plans.
pub(super) fn plan_paths(policy: &Policy) -> PathPatterns {
    PathPatterns::parse(
        policy.plan_paths.iter().map(String::as_str),
        LetterCase::Insensitive,
    )
    .0
}

/// The owners file that the code host would read.
pub(super) fn owners_path<'a>(paths: &[&'a str]) -> Option<(&'a str, Dialect)> {
    owners::locate_with_dialect(paths.iter().copied())
}

/// Whether a path is one of the OWNERS files, or of their aliases at the root.
pub fn is_of_owners_tree(path: &str) -> bool {
    file_name(path) == "OWNERS" || path == "OWNERS_ALIASES"
}
