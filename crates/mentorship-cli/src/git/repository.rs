//! One repository on this machine, bare or with a work tree.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::hash::{DefaultHasher, Hasher};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::origin::Origin;
use super::program::{Git, GitError};
use super::stand_ins::StandIns;
use super::tree::Tree;

/// What the core's history reader reads; the format is its contract.
const HISTORY_FORMAT: &str = "--format=%x1e%H%x1f%P%x1f%at%x1f%aN%x1f%aE\
    %x1f%(trailers:key=Co-authored-by,valueonly,separator=%x1d)\
    %x1f%(trailers:key=Reviewed-by,valueonly,separator=%x1d)";

/// Why a partial clone tells nothing of who changed what.
const PARTIAL: &str = "file contents were left out when it was cloned, so renames cannot be found and the \
    history tells nothing; `git fetch --refetch --no-filter` brings them";

/// What to do about an object that is not there.
const GONE: &str = "this copy lacks an object, so the history tells nothing; `git fsck` names what is gone, a \
    fresh clone brings it";

/// Why an unborn branch is not an empty repository.
const UNBORN: &str = "the branch that is checked out has no commit though others have; check one of them out \
    (`git symbolic-ref HEAD refs/heads/<branch>`)";

/// A repository.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct GitRepository {
    git_directory: PathBuf,
    /// The work tree's folder, else the repository's own.
    folder: PathBuf,
    /// The commit that stands for the one checked out.
    revision: Option<String>,
}

/// A repository, and the folder in it that was asked about.
#[derive(Debug)]
pub struct Found {
    /// The repository.
    pub repository: GitRepository,
    /// From the repository to the folder, `/`-separated; empty for the root.
    pub directory: String,
}

impl GitRepository {
    /// The repository that a folder, or the folder of a file, lies in.
    ///
    /// # Errors
    /// Where there is none, in words for people.
    pub fn around(path: &Path) -> Result<Found, String> {
        let unreadable =
            |error: std::io::Error| format!("{} cannot be read: {error}", path.display());
        let real = path.canonicalize().map_err(unreadable)?;
        let folder = if real.is_dir() {
            real.as_path()
        } else {
            real.parent().unwrap_or(&real)
        };
        for at in folder.ancestors() {
            let Some(git_directory) = git_directory_of(at) else {
                continue;
            };
            let below = folder.strip_prefix(at).unwrap_or(Path::new(""));
            let segments: Vec<_> = below
                .iter()
                .map(|segment| segment.to_string_lossy())
                .collect();
            let is_bare = git_directory == at;
            return Ok(Found {
                repository: Self {
                    git_directory,
                    folder: at.to_owned(),
                    revision: None,
                },
                directory: if is_bare {
                    String::new()
                } else {
                    segments.join("/")
                },
            });
        }
        Err(format!(
            "there is no git repository at {} or above it",
            path.display()
        ))
    }

    /// The folder that people know the repository by.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The same repository as it was at a commit.
    pub fn at(&self, commit: &str) -> Self {
        Self {
            revision: Some(commit.to_owned()),
            ..self.clone()
        }
    }

    /// The last commit that two have in common.
    ///
    /// # Errors
    /// Where they have none.
    pub fn merge_base(&self, one: &str, other: &str) -> Result<String, GitError> {
        self.git("merge-base").args(["--", one, other]).line()
    }

    /// The unified diff from one commit to another, without context and renames.
    ///
    /// # Errors
    /// Where git cannot compare them.
    pub fn diff(&self, from: &str, to: &str) -> Result<String, GitError> {
        let settings = ["-c", "core.quotePath=false"].map(OsString::from);
        let diff = Git::new(self.here().into_iter().chain(settings), "diff")
            .args([
                "--no-color",
                "--no-ext-diff",
                "--no-textconv",
                "--no-renames",
            ])
            .args([
                "--unified=0",
                "--src-prefix=a/",
                "--dst-prefix=b/",
                from,
                to,
                "--",
            ])
            .output()?;
        Ok(String::from_utf8_lossy(&diff).into_owned())
    }

    /// The messages of the commits that one has and another has not.
    ///
    /// # Errors
    /// Where git cannot list them.
    pub fn messages(&self, without: &str, of: &str) -> Result<String, GitError> {
        let range = format!("{without}..{of}");
        let messages = self
            .git("log")
            .args(["--format=%B", &range, "--"])
            .output()?;
        Ok(String::from_utf8_lossy(&messages).into_owned())
    }

    /// The commit that is checked out, or that this is at; `None` in a repository
    /// without any.
    ///
    /// # Errors
    /// Where git cannot tell, and where only other branches have commits.
    pub fn head(&self) -> Result<Option<String>, GitError> {
        let revision = self.revision.as_deref().unwrap_or("HEAD");
        match self.commit(revision) {
            Ok(commit) => Ok(Some(commit)),
            Err(_) if self.is_unborn()? => match self.has_branches()? {
                true => Err(GitError::Unexpected(UNBORN.to_owned())),
                false => Ok(None),
            },
            Err(error) => Err(error),
        }
    }

    /// The commit that a revision names.
    ///
    /// # Errors
    /// Where it names none.
    pub fn commit(&self, revision: &str) -> Result<String, GitError> {
        let wanted = format!("{revision}^{{commit}}");
        self.git("rev-parse")
            .args(["--verify", "--end-of-options", &wanted])
            .line()
    }

    /// Whether older commits were left out when it was cloned.
    ///
    /// # Errors
    /// Where git cannot tell.
    pub fn is_shallow(&self) -> Result<bool, GitError> {
        Ok(self
            .git("rev-parse")
            .args(["--is-shallow-repository"])
            .line()?
            == "true")
    }

    /// Whether files are checked out beside it.
    pub fn has_work_tree(&self) -> bool {
        self.git_directory != self.folder
    }

    /// All living paths at the head; none where they cannot be listed.
    pub fn paths(&self) -> BTreeSet<String> {
        let commit = self.head().ok().flatten();
        let tree = commit.and_then(|commit| self.tree(&commit).ok());
        let paths = tree.iter().flat_map(Tree::paths);
        paths.map(Cow::into_owned).collect()
    }

    /// What readers know it by: its page on the web, else its folder.
    pub fn key(&self) -> String {
        match self.origin() {
            Some(origin) => origin.url(),
            None => self.folder.display().to_string(),
        }
    }

    /// Where it was cloned from, as far as that is on the web.
    pub fn origin(&self) -> Option<Origin> {
        let remote = self
            .git("config")
            .args(["--get", "remote.origin.url"])
            .line();
        Origin::parse(&remote.ok()?)
    }

    /// The history stream of a commit, chunk by chunk while git writes it. Where contents
    /// of files are gone, answers what readers are to know: others stand in for them.
    ///
    /// # Errors
    /// Where git ends early: what was handed over is then cut short.
    pub fn history(
        &self,
        commit: &str,
        mut take: impl FnMut(&[u8]),
    ) -> Result<Option<String>, GitError> {
        let mut known = Known::default();
        let log = self.log(self.here(), commit);
        let read = printed(log, |chunk| {
            known.add(chunk);
            take(chunk);
        });
        let Err(error) = read else {
            return Ok(None);
        };
        if self.is_partial().unwrap_or_default() {
            return Err(GitError::Unexpected(PARTIAL.to_owned()));
        }
        if !error.to_string().contains("unable to read ") {
            return Err(error);
        }
        match self.history_with_stand_ins(commit, &known, take) {
            Ok(Some(remark)) => Ok(Some(remark)),
            _ => Err(GitError::Unexpected(format!("{error}; {GONE}"))),
        }
    }

    /// The rest of a history of which the beginning was handed over, before git came upon
    /// contents that are gone. `None` where they are not why it ended.
    fn history_with_stand_ins(
        &self,
        commit: &str,
        known: &Known,
        mut take: impl FnMut(&[u8]),
    ) -> Result<Option<String>, GitError> {
        let Some(stand_ins) = StandIns::new(&self.here(), commit)? else {
            return Ok(None);
        };
        let mut again = Known::default();
        let log = self.log(stand_ins.here(), commit).with_stand_ins();
        printed(log, |chunk| {
            // Nothing that is gone was asked for there, so that it is the same again.
            let left = known.length - again.length;
            let (before, rest) = chunk.split_at(left.min(chunk.len()));
            again.add(before);
            if !rest.is_empty() && again.is(known) {
                take(rest);
            }
        })?;
        Ok(again.is(known).then(|| stand_ins.remark()))
    }

    fn log(&self, here: Vec<OsString>, commit: &str) -> Git {
        // A mailmap counts where it is committed, in every kind of repository.
        let mailmap = format!("mailmap.blob={commit}:.mailmap");
        let settings = [
            "-c",
            mailmap.as_str(),
            "-c",
            "diff.renameLimit=100000",
            "-c",
            "log.showRoot=true",
        ];
        let before = here.into_iter().chain(settings.map(OsString::from));
        Git::new(before, "log").args([
            "--reverse",
            "--topo-order",
            "-z",
            "--name-status",
            "-M50%",
            HISTORY_FORMAT,
            commit,
            "--",
        ])
    }

    /// Whether contents were left out when it was cloned.
    pub(super) fn is_partial(&self) -> Result<bool, GitError> {
        let promises = [
            "--get-regexp",
            r"^(remote\..*\.(promisor|partialclonefilter)|extensions\.partialclone)$",
        ];
        match self.git("config").args(promises).output() {
            Ok(_) => Ok(true),
            Err(error) => says_no(error),
        }
    }

    fn has_branches(&self) -> Result<bool, GitError> {
        let first = ["--count=1", "refs/heads", "refs/remotes"];
        Ok(!self.git("for-each-ref").args(first).output()?.is_empty())
    }

    /// A branch was chosen and nothing was committed to it, or to any.
    fn is_unborn(&self) -> Result<bool, GitError> {
        let target = match self.git("symbolic-ref").args(["--quiet", "HEAD"]).line() {
            Ok(target) => target,
            Err(error) => return says_no(error),
        };
        match self
            .git("show-ref")
            .args(["--verify", "--quiet", "--", &target])
            .output()
        {
            Ok(_) => Ok(false),
            Err(error) => says_no(error).map(|_| true),
        }
    }

    pub(super) fn git(&self, name: &'static str) -> Git {
        Git::new(self.here(), name)
    }

    /// `--bare` leaves the work tree out of it.
    pub(super) fn here(&self) -> Vec<OsString> {
        let mut git_directory = OsString::from("--git-dir=");
        git_directory.push(&self.git_directory);
        vec![git_directory, OsString::from("--bare")]
    }
}

/// Hands over what a command prints, chunk by chunk.
fn printed(git: Git, mut take: impl FnMut(&[u8])) -> Result<(), GitError> {
    let mut running = git.start()?;
    let mut stdout = running.stdout()?;
    let mut chunk = vec![0; 64 * 1024];
    loop {
        match stdout.read(&mut chunk)? {
            0 => break,
            length => take(chunk.get(..length).unwrap_or_default()),
        }
    }
    running.finish()
}

/// How a stream began.
#[derive(Default)]
struct Known {
    length: usize,
    /// Of the bytes, however they were cut into chunks.
    hash: DefaultHasher,
}

impl Known {
    fn add(&mut self, chunk: &[u8]) {
        self.length += chunk.len();
        self.hash.write(chunk);
    }

    fn is(&self, other: &Self) -> bool {
        self.length == other.length && self.hash.finish() == other.hash.finish()
    }
}

/// Status 1 of git's questions is an answer.
fn says_no(error: GitError) -> Result<bool, GitError> {
    match error {
        GitError::Failed { code: Some(1), .. } => Ok(false),
        other => Err(other),
    }
}

fn git_directory_of(folder: &Path) -> Option<PathBuf> {
    let inside = folder.join(".git");
    if inside.is_dir() {
        return Some(inside);
    }
    if inside.is_file() {
        return linked(folder, &inside);
    }
    let is_bare = ["HEAD", "objects", "refs"]
        .iter()
        .all(|part| folder.join(part).exists());
    is_bare.then(|| folder.to_owned())
}

/// The `.git` file of a linked work tree or a submodule.
fn linked(folder: &Path, file: &Path) -> Option<PathBuf> {
    let text = std::fs::read_to_string(file).ok()?;
    let target = text.strip_prefix("gitdir:")?.trim();
    Some(folder.join(target))
}
