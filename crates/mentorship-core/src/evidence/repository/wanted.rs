//! Which files of a repository the judgement wants, by their paths.

use super::home::file_name;
use super::library;
use super::limited::{Limited, nearest_first};
use super::named::NamedFiles;
use crate::evidence::introductions::MOST_CATALOGS;
use crate::evidence::owners::{self, Dialect};
use crate::knowledge::Settings;
use mentorship_texts::ordering::sort_by;

/// OWNERS files read.
const MOST_OWNERS_FILES: usize = 2_000;

/// The paths whose text the judgement wants, out of a repository's listing.
pub fn wanted_paths<'a>(paths: &[&'a str], named: &NamedFiles) -> Vec<&'a str> {
    let plans = paths.iter().copied().filter(|path| named.is_plan(path));
    let mut wanted: Vec<&str> = plans.collect();
    match owners::candidates(paths).as_slice() {
        [] => wanted.extend(owners_tree_paths(paths).read()),
        found => wanted.extend(found),
    }
    wanted.extend(
        paths
            .iter()
            .copied()
            .filter(|path| Settings::FILES.contains(path)),
    );
    for list in library::lists(paths) {
        wanted.extend(list.read());
    }
    sort_by(&mut wanted, Ord::cmp);
    wanted.dedup();
    wanted
}

/// The OWNERS files.
pub(super) fn owners_tree_paths<'a>(paths: &[&'a str]) -> Limited<'a> {
    let owners = paths.iter().copied().filter(|path| is_of_owners_tree(path));
    Limited::new("OWNERS files", MOST_OWNERS_FILES, owners.collect())
}

/// The paths of which earlier versions say since when somebody has a role: plans,
/// the owners file of a code host, and as many catalog files as are read, those nearest
/// to the root first.
pub fn wanted_versions<'a>(paths: &[&'a str], named: &NamedFiles) -> Vec<&'a str> {
    let owners = owners::candidates(paths);
    let is_wanted =
        |path: &&str| owners.contains(path) || named.is_plan(path) || named.is_catalog_file(path);
    let mut wanted: Vec<&str> = paths.iter().copied().filter(is_wanted).collect();
    nearest_first(&mut wanted);
    let mut catalogs = 0..MOST_CATALOGS;
    wanted.retain(|path| owners.contains(path) || named.is_plan(path) || catalogs.next().is_some());
    wanted
}

/// The owners file that the code host would read, whose pages have such addresses.
pub(super) fn owners_path<'a>(
    paths: &[&'a str],
    file_address: Option<&str>,
) -> Option<(&'a str, Dialect)> {
    let host = file_address.and_then(Dialect::of_address);
    owners::locate_with_dialect(paths.iter().copied(), host)
}

/// Whether a path is one of the OWNERS files, or of their aliases at the root.
pub fn is_of_owners_tree(path: &str) -> bool {
    file_name(path) == "OWNERS" && !owners::is_vendored(path) || path == owners::ALIASES
}
