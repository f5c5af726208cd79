//! Stand-ins for contents that a copy of a repository has lost.
//!
//! To find renames git compares contents, and ends where one is gone. In a repository
//! aside, which borrows all objects, empty files stand in for those that are gone: only
//! renames of these files are missed then, where something in them changed. The copy
//! itself is not written to.

use std::ffi::OsString;
use std::fs;

use tempfile::TempDir;

use super::program::{Git, GitError};

/// A repository aside, as long as this lives.
pub(super) struct StandIns {
    folder: TempDir,
    /// How many contents have a stand-in; at least one.
    count: usize,
}

impl StandIns {
    /// For whatever a commit leads to and the copy that git reads by the options `there`
    /// has lost; `None` where that is nothing.
    ///
    /// # Errors
    /// Where git cannot tell what is gone, or nothing can be written aside.
    pub(super) fn new(there: &[OsString], commit: &str) -> Result<Option<Self>, GitError> {
        let gone = gone(there, commit)?;
        if gone.is_empty() {
            return Ok(None);
        }
        let objects = Git::new(there, "rev-parse")
            .args(["--path-format=absolute", "--git-path", "objects"])
            .line()?;
        let folder = tempfile::tempdir()?;
        let made = Self {
            folder,
            count: gone.len(),
        };
        let format = match commit.len() {
            64 => "--object-format=sha256",
            _ => "--object-format=sha1",
        };
        let path = made.folder.path().as_os_str().to_owned();
        let none: [OsString; 0] = [];
        Git::new(none, "init")
            .args(["--quiet", "--bare", "--template=", format, "--"])
            .args([path])
            .output()?;
        let info = made.folder.path().join("objects/info");
        fs::create_dir_all(&info)?;
        fs::write(info.join("alternates"), objects + "\n")?;
        // Nothing is written to its input.
        let empty = Git::new(made.here(), "hash-object").args(["-w", "--stdin"]);
        let empty = empty.line()?;
        let replaced = gone.iter().map(|id| format!("{empty} refs/replace/{id}\n"));
        fs::write(
            made.folder.path().join("packed-refs"),
            replaced.collect::<String>(),
        )?;
        Ok(Some(made))
    }

    /// What readers of a history are to know.
    pub(super) fn remark(&self) -> String {
        let gone = match self.count {
            1 => "1 content of a file is".to_owned(),
            count => format!("{count} contents of files are"),
        };
        format!(
            "{gone} gone from this copy; a file with such a content that was renamed and changed at once \
             counts as a new one (`git fsck` names what is gone, a fresh clone brings it)"
        )
    }

    /// git's own options by which it reads the repository aside.
    pub(super) fn here(&self) -> Vec<OsString> {
        let mut git_directory = OsString::from("--git-dir=");
        git_directory.push(self.folder.path());
        vec![git_directory, OsString::from("--bare")]
    }
}

/// The names of the objects that are gone, in order.
fn gone(there: &[OsString], commit: &str) -> Result<Vec<String>, GitError> {
    let printed = Git::new(there, "rev-list")
        .args([
            "--objects",
            "--no-object-names",
            "--missing=print",
            commit,
            "--",
        ])
        .output()?;
    let printed = String::from_utf8_lossy(&printed);
    let gone = printed.lines().filter_map(|line| line.strip_prefix('?'));
    let mut gone: Vec<String> = gone.map(str::to_owned).collect();
    gone.sort_unstable();
    Ok(gone)
}
