//! Earlier versions of files: which commits of the main line changed them, and
//! what they left.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io::{BufRead, BufReader};

use mentorship_core::evidence::introductions::MOST_VERSIONS;
use mentorship_core::wire::v1::{EvidenceFile, FileVersion};

use super::contents::Contents;
use super::program::{Git, GitError};
use super::repository::GitRepository;

/// Renames of one file that are followed.
const MOST_RENAMES: usize = 10;

/// What is read of all versions together: a plan has a few kilobytes, and a monorepo
/// thousands of plans.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// So many files are named to git, which then looks at nothing else. It takes the longer
/// for each commit the more are named, and soon longer than it takes to tell of all.
const FEW: usize = 20;

const SHALLOW: &str = "older commits were left out when it was cloned";
const TOO_MANY: &str = "so many versions of a file are enough";
const TOO_LARGE: &str = "so much of earlier versions is enough";
const NO_FILE: &str = "not a file";
const RENAMED_TOO_OFTEN: &str = "the file was renamed too often";

/// A commit of the main line that changed a file.
#[derive(Debug, Clone)]
struct Change {
    commit: String,
    /// The commit before it on the main line; `None` for the first one.
    before: Option<String>,
    /// Author time in seconds since 1970.
    time: i64,
    /// Mode and object that it left; `None` where it removed the file.
    left: Option<(String, String)>,
    /// Whether there was no such file before.
    added: bool,
    /// The path then.
    path: String,
}

impl GitRepository {
    /// The versions of files that commits of the main line left, those of each
    /// file newest first. Renames are followed. What cannot be read, or is too
    /// much, says so behind what was.
    ///
    /// The main line is what first parents lead along: there a role holds from
    /// when it was merged on, and a version follows from the one before it.
    ///
    /// # Errors
    /// Where git cannot be talked to.
    pub fn versions(&self, commit: &str, paths: &[String]) -> Result<Vec<FileVersion>, GitError> {
        if paths.is_empty() {
            return Ok(Vec::new());
        }
        let mut pasts = self.pasts(commit, paths)?;
        let is_shallow = self.is_shallow()?;
        let mut versions = Vec::new();
        for past in &mut pasts {
            if past.changes.len() > MOST_VERSIONS {
                past.changes.truncate(MOST_VERSIONS);
                past.cut = Some(TOO_MANY);
            } else if is_shallow {
                past.cut = Some(SHALLOW);
            }
        }
        let contents = self.contents(pasts.iter().flat_map(|past| &past.changes))?;
        for past in pasts {
            let path = past.path;
            let changes = past.changes.iter();
            versions.extend(changes.map(|change| version(&path, change, &contents)));
            if let (Some(reason), Some(oldest)) = (past.cut, past.changes.last()) {
                versions.push(FileVersion {
                    text: None,
                    bytes: None,
                    failure: Some(reason.to_owned()),
                    ..version(&path, oldest, &contents)
                });
            }
        }
        Ok(versions)
    }

    fn pasts(&self, commit: &str, paths: &[String]) -> Result<Vec<Past>, GitError> {
        let mut changes = by_path(self.changes(commit, paths.iter().cloned().collect())?);
        let mut pasts: Vec<Past> = Vec::with_capacity(paths.len());
        for path in paths {
            pasts.push(Past {
                changes: changes.remove(path).unwrap_or_default(),
                path: path.clone(),
                cut: None,
            });
        }
        let mut open: Vec<&mut Past> = pasts.iter_mut().collect();
        for followed in 0.. {
            let renamed = self.renamed(open)?;
            if followed == MOST_RENAMES {
                for each in renamed {
                    each.past.cut = Some(RENAMED_TOO_OFTEN);
                }
                break;
            }
            open = self.followed(commit, renamed)?;
            if open.is_empty() {
                break;
            }
        }
        Ok(pasts)
    }

    /// The changes of files along the main line from a commit on, newest first.
    fn changes(&self, commit: &str, paths: BTreeSet<String>) -> Result<Vec<Change>, GitError> {
        // Settings of the repository take no part.
        let settings = ["-c", "log.showRoot=true", "-c", "log.follow=false"].map(OsString::from);
        let few = Some(&paths).filter(|paths| paths.len() <= FEW);
        let mut running = Git::new(self.here().into_iter().chain(settings), "log")
            .args([
                "--first-parent",
                "-m",
                "--raw",
                "--no-abbrev",
                "--no-renames",
                "-z",
                "--format=%x1e%H%x1f%P%x1f%at",
                commit,
                "--",
            ])
            .args(few.into_iter().flatten())
            .start()?;
        let mut changes = Changes::default();
        for field in BufReader::new(running.stdout()?).split(0) {
            let taken = changes.take(&String::from_utf8_lossy(&field?), &paths);
            taken.ok_or_else(|| {
                GitError::Unexpected("`git log` printed what it should not".to_owned())
            })?;
        }
        running.finish()?;
        Ok(changes.found)
    }

    /// Those of the files that began as another one, and what that was called.
    fn renamed<'a>(&self, pasts: Vec<&'a mut Past>) -> Result<Vec<Renamed<'a>>, GitError> {
        let pairs: BTreeSet<String> = pasts.iter().filter_map(|past| past.beginning()).collect();
        if pairs.is_empty() {
            return Ok(Vec::new());
        }
        let settings = ["-c", "diff.renameLimit=10000"].map(OsString::from);
        let printed = Git::new(self.here().into_iter().chain(settings), "diff-tree")
            .args([
                "--stdin",
                "-r",
                "-z",
                "-M50%",
                "--diff-filter=R",
                "--name-status",
            ])
            .answers(pairs.into_iter().map(|pair| pair + "\n").collect())?;
        let renames = renames(&String::from_utf8_lossy(&printed));
        let renamed = pasts.into_iter().filter_map(|past| {
            past.beginning()?;
            let first = past.changes.last()?;
            let commit = first.commit.clone();
            let earlier = renames.get(&(commit.clone(), first.path.clone()))?.clone();
            Some(Renamed {
                past,
                earlier,
                commit,
            })
        });
        Ok(renamed.collect())
    }

    /// Goes on under the earlier names; tells of which files more became known.
    fn followed<'a>(
        &self,
        commit: &str,
        mut renamed: Vec<Renamed<'a>>,
    ) -> Result<Vec<&'a mut Past>, GitError> {
        renamed.retain(|each| each.past.changes.len() <= MOST_VERSIONS);
        if renamed.is_empty() {
            return Ok(Vec::new());
        }
        let names = renamed.iter().map(|each| each.earlier.clone());
        let changes = by_path(self.changes(commit, names.collect())?);
        let followed = renamed.into_iter().filter_map(|each| {
            let all = changes.get(&each.earlier)?;
            let taken_away = all.iter().position(|change| change.commit == each.commit);
            let before = all.get(taken_away.map_or(0, |at| at + 1)..)?;
            each.past.changes.extend_from_slice(before);
            (!before.is_empty()).then_some(each.past)
        });
        Ok(followed.collect())
    }

    /// The contents of the objects that changes left, each read once.
    fn contents<'a>(
        &self,
        changes: impl Iterator<Item = &'a Change>,
    ) -> Result<BTreeMap<String, Result<Vec<u8>, String>>, GitError> {
        let mut contents = BTreeMap::new();
        let mut asked = Contents::of_objects(self);
        let mut bytes = 0;
        for (mode, object) in changes.filter_map(|change| change.left.as_ref()) {
            if contents.contains_key(object) {
                continue;
            }
            let content = if !mode.starts_with("100") {
                Err(NO_FILE.to_owned())
            } else if bytes > MOST_BYTES {
                Err(TOO_LARGE.to_owned())
            } else {
                asked.of(object)?
            };
            bytes += content.as_ref().map_or(0, Vec::len);
            contents.insert(object.clone(), content);
        }
        asked.finish()?;
        Ok(contents)
    }
}

/// What is known of one file's past.
#[derive(Debug)]
struct Past {
    /// The path today.
    path: String,
    /// Newest first.
    changes: Vec<Change>,
    /// Why nothing before them is known.
    cut: Option<&'static str>,
}

impl Past {
    /// The commit that added the file, and the one before it, as `diff-tree` takes them.
    fn beginning(&self) -> Option<String> {
        let first = self.changes.last().filter(|change| change.added)?;
        Some(format!("{} {}", first.commit, first.before.as_ref()?))
    }
}

/// A file that another one became.
struct Renamed<'a> {
    past: &'a mut Past,
    /// Its path before.
    earlier: String,
    /// The commit that renamed it.
    commit: String,
}

fn by_path(changes: Vec<Change>) -> BTreeMap<String, Vec<Change>> {
    let mut paths: BTreeMap<String, Vec<Change>> = BTreeMap::new();
    for change in changes {
        paths.entry(change.path.clone()).or_default().push(change);
    }
    paths
}

/// The earlier path by commit and path, of
/// `commit NUL (R<similarity> NUL from NUL to NUL)…`.
fn renames(printed: &str) -> BTreeMap<(String, String), String> {
    let mut renames = BTreeMap::new();
    let mut commit = "";
    let mut fields = printed.split('\0');
    while let Some(field) = fields.next() {
        if !field.starts_with('R') {
            commit = field;
        } else if let (Some(from), Some(to)) = (fields.next(), fields.next()) {
            renames.insert((commit.to_owned(), to.to_owned()), from.to_owned());
        }
    }
    renames
}

fn version(
    path: &str,
    change: &Change,
    contents: &BTreeMap<String, Result<Vec<u8>, String>>,
) -> FileVersion {
    let content = change.left.as_ref().map(|(_, object)| {
        let read = contents.get(object).cloned();
        let read = read.unwrap_or_else(|| Err(TOO_LARGE.to_owned()));
        EvidenceFile::new(String::new(), read)
    });
    let (text, bytes, failure) = match content {
        None => (None, None, None),
        Some(file) => (file.text, file.bytes, file.failure),
    };
    let time = jiff::Timestamp::from_second(change.time).unwrap_or_default();
    FileVersion {
        path: path.to_owned(),
        path_then: (change.path != path).then(|| change.path.clone()),
        commit: change.commit.clone(),
        at: time.to_string(),
        text,
        bytes,
        failure,
    }
}

/// The changes of some files among all that git tells of, field by field:
/// `<RS>commit<US>parents<US>time NUL`, then for each file
/// `:mode mode object object status NUL path NUL`.
#[derive(Default)]
struct Changes {
    found: Vec<Change>,
    /// The commit, the one before it, and its time.
    head: Option<(String, Option<String>, i64)>,
    /// What was said of the file whose path comes next.
    entry: Option<String>,
}

impl Changes {
    /// `None` where it is something else.
    fn take(&mut self, field: &str, paths: &BTreeSet<String>) -> Option<()> {
        if let Some(entry) = self.entry.take() {
            if paths.contains(field) {
                let [_, mode, _, object, status] = parts(entry.strip_prefix(':')?.split(' '))?;
                let (commit, before, time) = self.head.clone()?;
                self.found.push(Change {
                    commit,
                    before,
                    time,
                    left: (status != "D").then(|| (mode.to_owned(), object.to_owned())),
                    added: status == "A",
                    path: field.to_owned(),
                });
            }
            return Some(());
        }
        let begun = field.trim_start_matches('\n');
        if let Some(line) = begun.strip_prefix('\u{1e}') {
            let [commit, parents, time] = parts(line.split('\u{1f}'))?;
            let before = parents.split(' ').find(|one| !one.is_empty());
            let time = time.parse().ok()?;
            self.head = Some((commit.to_owned(), before.map(str::to_owned), time));
        } else if begun.starts_with(':') {
            self.entry = Some(begun.to_owned());
        } else if !begun.is_empty() {
            return None;
        }
        Some(())
    }
}

fn parts<'a, const COUNT: usize>(split: impl Iterator<Item = &'a str>) -> Option<[&'a str; COUNT]> {
    split.collect::<Vec<_>>().try_into().ok()
}
