//! Kubernetes OWNERS: a file in any directory, which holds for everything
//! below it, and aliases at the root.

mod file;

use mentorship_texts::by_name::{ByName, names};

use super::code_owners::OwnershipState;
use super::owner::Owner;
use crate::evidence::Note;
use file::{Aliases, OwnersFile};

/// The path of the file that says who is in which group.
pub const ALIASES: &str = "OWNERS_ALIASES";

/// Whether what stands there is another's: two folders below one named `vendor`, where
/// prow reads no OWNERS.
pub fn is_vendored(path: &str) -> bool {
    let mut folders = path.split('/').rev().skip(3);
    folders.any(|folder| folder == "vendor")
}

/// The OWNERS files of a repository, read as prow reads them.
#[derive(Debug, Clone, Default)]
pub struct OwnersTree {
    /// By directory: `""` for the root, else without a slash at the end.
    directories: ByName<OwnersFile>,
}

/// Who approves and reviews one path. Emeriti do neither.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeOwnership {
    /// Owned where somebody can approve; unowned where OWNERS files apply and
    /// name nobody for it; unmatched where none applies.
    pub state: OwnershipState,
    /// Who can approve, nearest directory first, each once.
    pub approvers: Vec<Owner>,
    /// Who is asked to review, nearest directory first, each once.
    pub reviewers: Vec<Owner>,
    /// The OWNERS files that apply, nearest first.
    pub files: Vec<String>,
}

impl OwnersTree {
    /// Reads the files named `OWNERS`, and `OWNERS_ALIASES` at the root, from
    /// paths and texts; other files are ignored. A file that is there and was not
    /// read has no text. Notes come with their path.
    ///
    /// Where there are no aliases, a name of a group such as `storage-approvers` is
    /// nobody's; where there are some that were not read or cannot be understood, it
    /// may be anybody's.
    pub fn parse(files: &[(&str, Option<&[u8]>)]) -> (Self, Vec<(String, Note)>) {
        let mut tree = Self::default();
        let mut notes = Vec::new();
        let mut of_aliases = Vec::new();
        let mut all = files.iter();
        let aliases = match all.find(|(path, _)| *path == ALIASES) {
            Some((_, text)) => text.and_then(|text| file::read_aliases(text, &mut of_aliases)),
            None => Some(Aliases::new()),
        };
        let mut tell = |path: &str, of_file: Vec<Note>| {
            notes.extend(of_file.into_iter().map(|note| (path.to_owned(), note)));
        };
        tell(ALIASES, of_aliases);
        for &(path, text) in files {
            let Some(text) = text else { continue };
            let mut file_notes = Vec::new();
            match path.rsplit_once('/').unwrap_or(("", path)) {
                ("", ALIASES) => {}
                (_, ALIASES) => file_notes.push(Note::on_the_whole(
                    "aliases are read from the root of the repository only",
                )),
                (directory, "OWNERS") => {
                    let file = file::read_owners(text, aliases.as_ref(), &mut file_notes);
                    tree.directories
                        .insert(directory.to_owned(), Box::new(file));
                }
                _ => {}
            }
            tell(path, file_notes);
        }
        (tree, notes)
    }

    /// How many of the files name somebody who approves.
    pub fn files_with_approvers(&self) -> usize {
        let files = self.directories.values();
        files.filter(|file| file.names_approvers()).count()
    }

    /// Who approves and reviews a path: what its directory says and every one
    /// above, up to a file that wants no parents. Matching extends the tables
    /// of the filters, so that it takes `&mut self`.
    pub fn of(&mut self, path: &str) -> TreeOwnership {
        let mut found = TreeOwnership {
            state: OwnershipState::Unmatched,
            approvers: Vec::new(),
            reviewers: Vec::new(),
            files: Vec::new(),
        };
        let mut directory = path;
        while !directory.is_empty() {
            directory = directory.rsplit_once('/').map_or("", |(parent, _)| parent);
            let Some(file) = self.directories.get_mut(directory) else {
                continue;
            };
            let relative = path.get(directory.len()..).unwrap_or(path);
            for people in file.people_of(relative.trim_start_matches('/')) {
                add(&mut found.approvers, &people.approvers);
                add(&mut found.reviewers, &people.reviewers);
            }
            found.files.push(match directory {
                "" => "OWNERS".to_owned(),
                _ => format!("{directory}/OWNERS"),
            });
            found.state = OwnershipState::Unowned;
            if file.no_parent_owners {
                break;
            }
        }
        if !found.approvers.is_empty() {
            found.state = OwnershipState::Owned;
        }
        found
    }
}

/// Adds owners, each once.
fn add(to: &mut Vec<Owner>, owners: &[Owner]) {
    let mut seen = names(to.iter().map(login_key));
    for owner in owners {
        if seen.insert(login_key(owner)) {
            to.push(owner.clone());
        }
    }
}

/// Logins and aliases are compared without regard to case.
fn login_key(owner: &Owner) -> String {
    owner.login().unwrap_or_default().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [(&str, &[u8]); 5] = [
        ("OWNERS", b"approvers: [root-approvers]\nreviewers:\n- Ben\n"),
        (
            "OWNERS_ALIASES",
            b"aliases:\n  root-approvers:\n  - alice\n  - '@carol'\n",
        ),
        (
            "pkg/OWNERS",
            b"filters:\n  \"\\\\.go$\":\n    approvers: [gina]\n  '.*':\n    reviewers: [ralf]\n",
        ),
        (
            "pkg/api/OWNERS",
            b"options:\n  no_parent_owners: true\napprovers:\n- dana # lead\nemeritus_approvers:\n- old\n",
        ),
        ("vendor/OWNERS", b"options: {no_parent_owners: true}\n"),
    ];

    fn parse(files: &[(&str, &[u8])]) -> (OwnersTree, Vec<(String, Note)>) {
        let files = files.iter().map(|&(path, text)| (path, Some(text)));
        OwnersTree::parse(&Vec::from_iter(files))
    }

    fn names(owners: &[Owner]) -> Vec<&str> {
        owners.iter().map(Owner::as_written).collect()
    }

    #[test]
    fn directories_add_up_until_one_wants_no_parents() {
        let (mut tree, notes) = parse(&FILES);
        assert_eq!(notes, []);

        let main = tree.of("pkg/cmd/main.go");
        assert_eq!(names(&main.approvers), ["gina", "alice", "@carol"]);
        assert_eq!(names(&main.reviewers), ["ralf", "Ben"]);
        assert_eq!(main.files, ["pkg/OWNERS", "OWNERS"]);

        let readme = tree.of("pkg/README.md");
        assert_eq!(names(&readme.approvers), ["alice", "@carol"]);

        let api = tree.of("pkg/api/types.go");
        assert_eq!(names(&api.approvers), ["dana"]);
        assert_eq!(api.files, ["pkg/api/OWNERS"]);

        assert_eq!(tree.of("vendor/x.go").state, OwnershipState::Unowned);
        let (mut empty, _) = parse(&[]);
        assert_eq!(empty.of("x.go").state, OwnershipState::Unmatched);
    }

    #[test]
    fn what_is_vendored_is_owned_elsewhere() {
        assert!(is_vendored("vendor/example.org/queue/OWNERS"));
        assert!(is_vendored("tools/vendor/example.org/queue/deep/OWNERS"));
        assert!(!is_vendored("vendor/example.org/OWNERS"));
        assert!(!is_vendored("pkg/vendor/OWNERS"));
    }

    #[test]
    fn a_filter_may_leave_the_case_of_letters_open() {
        let text = b"filters:\n  '(?i)(?:^|/)charter\\.md$':\n    approvers: [alice]\n";
        let (mut tree, notes) = parse(&[("OWNERS", &text[..])]);
        assert_eq!(notes, []);
        assert_eq!(names(&tree.of("sig/Charter.md").approvers), ["alice"]);
        assert_eq!(names(&tree.of("sig/charters.md").approvers), [""; 0]);

        let text = b"filters:\n  '(?i)^[A-C]\\d/':\n    approvers: [alice]\n  '(?i)\\D':\n    approvers: [ben]\n";
        let (mut tree, notes) = parse(&[("OWNERS", &text[..])]);
        assert_eq!(notes.len(), 1, "{notes:?}");
        assert_eq!(names(&tree.of("b1/x").approvers), ["alice"]);
        assert_eq!(names(&tree.of("bb/x").approvers), [""; 0]);
    }

    #[test]
    fn a_group_without_an_alias_is_nobody() {
        let owners =
            "approvers:\n- Storage-Approvers\n- alice\nfilters: {}\nreviewers: [api_reviewers]\n";
        let owners = ("pkg/OWNERS", owners.as_bytes());
        let read = |aliases: &'static str| {
            // In whatever order they come.
            parse(&[owners, ("OWNERS_ALIASES", aliases.as_bytes())])
        };
        let told = |notes: &[(String, Note)]| {
            let notes = notes.iter();
            let told = notes.map(|(path, note)| format!("{path}:{}", note.line.unwrap_or(0)));
            told.collect::<Vec<_>>()
        };

        let (mut tree, notes) = parse(&[owners]);
        assert_eq!(names(&tree.of("pkg/x").approvers), ["alice"]);
        assert_eq!(names(&tree.of("pkg/x").reviewers), [""; 0]);
        assert_eq!(
            told(&notes),
            ["pkg/OWNERS:2", "pkg/OWNERS:5", "pkg/OWNERS:4"]
        );
        assert_eq!(
            notes[0].1.message,
            "`Storage-Approvers` is a group, and no alias says here who is in it; it is left out"
        );

        let (mut tree, notes) = read(
            "aliases:\n  storage-approvers: [Ben, core-leads]\n  core-leads: [cy]\n  api_reviewers: []\n",
        );
        assert_eq!(names(&tree.of("pkg/x").approvers), ["Ben", "alice"]);
        assert_eq!(names(&tree.of("pkg/x").reviewers), [""; 0]);
        assert_eq!(told(&notes), ["OWNERS_ALIASES:2", "pkg/OWNERS:4"]);

        // Nobody knows which aliases there are.
        let (mut tree, notes) = read("release/OWNERS_ALIASES");
        let approvers = tree.of("pkg/x").approvers;
        assert_eq!(names(&approvers), ["Storage-Approvers", "alice"]);
        assert_eq!(told(&notes), ["OWNERS_ALIASES:1", "pkg/OWNERS:4"]);
        let unread = [(owners.0, Some(owners.1)), (ALIASES, None)];
        let (mut tree, notes) = OwnersTree::parse(&unread);
        let approvers = tree.of("pkg/x").approvers;
        assert_eq!(names(&approvers), ["Storage-Approvers", "alice"]);
        assert_eq!(told(&notes), ["pkg/OWNERS:4"]);
    }

    #[test]
    fn what_is_not_read_is_told() {
        let told = |text: &'static str| {
            let (_, notes) = parse(&[("OWNERS", text.as_bytes())]);
            notes
                .into_iter()
                .map(|(_, note)| note.line)
                .collect::<Vec<_>>()
        };
        assert_eq!(told("approvers:\n- a\nmaintainers:\n- b\n"), [Some(3)]);
        assert_eq!(
            told("approvers:\n- a\nfilters:\n  '.*':\n    approvers: [b]\n"),
            [Some(3)]
        );
        assert_eq!(told("filters:\n  '(':\n    approvers: [b]\n"), [Some(2)]);
        let multiplied = "filters:\n  '((((a{9}){9}){9}){9}){9}':\n    approvers: [b]\n";
        assert_eq!(told(multiplied), [Some(2)]);
        assert_eq!(told("filters:\n  '(a*)*':\n    approvers: [b]\n"), []);
        assert_eq!(told("approvers: alice\n"), [Some(1)]);
        assert_eq!(told("approvers: [\"a b\"]\n"), [Some(1)]);
        assert_eq!(told("- alice\n"), [Some(1)]);
        assert_eq!(told("approvers: [\n").len(), 1);
        // It names nobody, which leaves everything to the folders above.
        assert_eq!(told("# See the documentation of OWNERS\n"), []);
    }
}
