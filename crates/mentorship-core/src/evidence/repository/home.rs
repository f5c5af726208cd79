//! Where files stand: the name behind the folders, and the directory that a document in
//! a `docs` folder speaks for.

use crate::evidence::documents::kind_of_folder;
use mentorship_texts::ordering::sort_by;

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

/// Things that stand in files, by the directory that each speaks for, as their places in
/// a list.
#[derive(Debug, Default)]
pub(super) struct Homes(Vec<(String, usize)>);

impl Homes {
    /// Of places with the paths of their files.
    pub(super) fn new<'a>(places: impl Iterator<Item = (usize, &'a str)>) -> Self {
        let homes = places.map(|(place, path)| (of(path).to_owned(), place));
        let mut homes = Vec::from_iter(homes);
        sort_by(&mut homes, Ord::cmp);
        Self(homes)
    }

    /// What speaks for a directory: what stands in it and below, without samples; where
    /// there is nothing, what stands nearest above it. In order.
    pub(super) fn speaking_for(&self, directory: &str) -> Vec<usize> {
        let mut found = Vec::from_iter(self.at(directory));
        let below = match directory {
            "" => String::new(),
            _ => format!("{directory}/"),
        };
        let inside = self.since(&below);
        let inside = inside.take_while(|(home, _)| home.starts_with(&below));
        let is_own = |(home, _): &&(String, usize)| {
            home != directory && !is_sample(home.get(below.len()..).unwrap_or_default())
        };
        found.extend(inside.filter(is_own).map(place));
        if found.is_empty() {
            found.extend(self.nearest(directory));
        }
        sort_by(&mut found, Ord::cmp);
        found
    }

    /// What stands in a directory, or in the nearest above it in which something does.
    /// In order.
    pub(super) fn nearest<'a>(&'a self, directory: &'a str) -> impl Iterator<Item = usize> {
        let mut directory = directory;
        while !directory.is_empty() && self.at(directory).next().is_none() {
            directory = directory.rsplit_once('/').map_or("", |(above, _)| above);
        }
        self.at(directory)
    }

    fn at<'a>(&'a self, directory: &'a str) -> impl Iterator<Item = usize> {
        let here = self.since(directory);
        here.take_while(move |(home, _)| home == directory)
            .map(place)
    }

    fn since(&self, first: &str) -> impl Iterator<Item = &(String, usize)> {
        let start = self.0.partition_point(|(home, _)| home.as_str() < first);
        self.0.get(start..).unwrap_or_default().iter()
    }
}

/// Whether folders are of something that is shown, and not of who shows it.
fn is_sample(folders: &str) -> bool {
    let is_of_samples = |folder: &str| {
        let one = folder.strip_suffix('s').unwrap_or(folder);
        matches!(one, "example" | "sample" | "test")
    };
    folders.split('/').any(is_of_samples)
}

fn place((_, place): &(String, usize)) -> usize {
    *place
}

/// The directory that a file speaks for: `services/pay` for
/// `services/pay/docs/runbooks/restart.md`, the empty text for the root.
fn of(path: &str) -> &str {
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

#[cfg(test)]
mod tests {
    use super::{Homes, of};

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
    fn what_stands_below_goes_before_what_stands_above() {
        let paths = [
            "a/b-c/v.md",
            "a/b/c/w.md",
            "a/b/x.md",
            "a/docs/t.md",
            "a/y.md",
            "ab/u.md",
            "z.md",
        ];
        let homes = Homes::new(paths.iter().copied().enumerate());
        let paths_of = |places: Vec<usize>| Vec::from_iter(places.iter().map(|at| paths[*at]));
        for (directory, speaking, nearest) in [
            ("a/b", vec!["a/b/c/w.md", "a/b/x.md"], vec!["a/b/x.md"]),
            ("a/b/c/d", vec!["a/b/c/w.md"], vec!["a/b/c/w.md"]),
            (
                "a/e",
                vec!["a/docs/t.md", "a/y.md"],
                vec!["a/docs/t.md", "a/y.md"],
            ),
            ("f", vec!["z.md"], vec!["z.md"]),
            ("ab", vec!["ab/u.md"], vec!["ab/u.md"]),
        ] {
            assert_eq!(
                paths_of(homes.speaking_for(directory)),
                speaking,
                "{directory}"
            );
            let found = homes.nearest(directory).collect();
            assert_eq!(paths_of(found), nearest, "{directory}");
        }
        assert_eq!(homes.speaking_for(""), [0, 1, 2, 3, 4, 5, 6]);
        let samples = [
            "examples/pay/docs/runbooks/a.md",
            "a/docs/b.md",
            "b/tests/c.md",
        ];
        let homes = Homes::new(samples.iter().copied().enumerate());
        assert_eq!(homes.speaking_for(""), [1]);
        assert_eq!(homes.speaking_for("examples/pay"), [0]);
        assert_eq!(homes.speaking_for("examples"), [0]);
        let nothing = Homes::default();
        assert!(nothing.speaking_for("a").is_empty());
        assert!(nothing.nearest("a/b").next().is_none());
    }
}
