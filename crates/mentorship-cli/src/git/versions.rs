//! Earlier versions of files: which commits of the main line changed them, and
//! what they left.

use std::collections::BTreeMap;
use std::ffi::OsString;

use mentorship_core::evidence::introductions::MOST_VERSIONS;
use mentorship_core::wire::v1::{EvidenceFile, FileVersion};

use super::contents::Contents;
use super::program::{Git, GitError};
use super::repository::GitRepository;

/// Renames of one file that are followed.
const MOST_RENAMES: usize = 10;

/// What is read of all versions together; a plan has a few kilobytes.
const MOST_BYTES: usize = 16 * 1024 * 1024;

const SHALLOW: &str = "older commits were left out when it was cloned";
const TOO_MANY: &str = "so many versions of a file are enough";
const TOO_LARGE: &str = "so much of earlier versions is enough";
const NO_FILE: &str = "not a file";
const RENAMED_TOO_OFTEN: &str = "the file was renamed too often";

/// A commit of the main line that changed a file.
#[derive(Debug)]
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
        self.follow_renames(&mut pasts)?;
        let is_shallow = self.is_shallow()?;
        let mut versions = Vec::new();
        for past in pasts.values_mut() {
            if past.changes.len() > MOST_VERSIONS {
                past.changes.truncate(MOST_VERSIONS);
                past.cut = Some(TOO_MANY);
            } else if is_shallow {
                past.cut = Some(SHALLOW);
            }
        }
        let contents = self.contents(pasts.values().flat_map(|past| &past.changes))?;
        for (path, past) in pasts {
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

    fn pasts(&self, commit: &str, paths: &[String]) -> Result<BTreeMap<String, Past>, GitError> {
        let mut pasts: BTreeMap<String, Past> = BTreeMap::new();
        for change in self.changes(commit, paths)? {
            let past = pasts.entry(change.path.clone()).or_default();
            past.changes.push(change);
        }
        Ok(pasts)
    }

    /// The changes of files along the main line from a commit on, newest first.
    fn changes(&self, commit: &str, paths: &[String]) -> Result<Vec<Change>, GitError> {
        let printed = self
            .git("log")
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
            .args(paths)
            .output()?;
        changes(&String::from_utf8_lossy(&printed))
            .ok_or_else(|| GitError::Unexpected("`git log` printed what it should not".to_owned()))
    }

    /// Goes on under the earlier name where a file began as another one.
    fn follow_renames(&self, pasts: &mut BTreeMap<String, Past>) -> Result<(), GitError> {
        for past in pasts.values_mut() {
            for followed in 0.. {
                let Some((path, before)) = self.earlier_name(past)? else {
                    break;
                };
                if followed == MOST_RENAMES {
                    past.cut = Some(RENAMED_TOO_OFTEN);
                    break;
                }
                let earlier = self.changes(&before, &[path])?;
                if earlier.is_empty() || past.changes.len() > MOST_VERSIONS {
                    break;
                }
                past.changes.extend(earlier);
            }
        }
        Ok(())
    }

    /// The path that the oldest known version was renamed from, and the commit
    /// before.
    fn earlier_name(&self, past: &Past) -> Result<Option<(String, String)>, GitError> {
        let Some(oldest) = past.changes.last().filter(|change| change.added) else {
            return Ok(None);
        };
        let Some(before) = &oldest.before else {
            return Ok(None);
        };
        let settings = ["-c", "diff.renameLimit=10000"].map(OsString::from);
        let printed = Git::new(self.here().into_iter().chain(settings), "diff-tree")
            .args(["-r", "-z", "-M50%", "--diff-filter=R", "--name-status"])
            .args([before, &oldest.commit])
            .output()?;
        let printed = String::from_utf8_lossy(&printed);
        let fields: Vec<&str> = printed.split('\0').collect();
        let renames = fields.chunks_exact(3);
        let mut renames = renames.filter_map(|rename| match rename {
            [_, from, to] => Some((*from, *to)),
            _ => None,
        });
        let found = renames.find(|(_, to)| *to == oldest.path);
        Ok(found.map(|(from, _)| (from.to_owned(), before.clone())))
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
#[derive(Debug, Default)]
struct Past {
    /// Newest first.
    changes: Vec<Change>,
    /// Why nothing before them is known.
    cut: Option<&'static str>,
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

/// Understands `<RS>commit<US>parents<US>time NUL`, then for each file
/// `:mode mode object object status NUL path NUL`; `None` where it is not that.
fn changes(printed: &str) -> Option<Vec<Change>> {
    let mut changes = Vec::new();
    let mut head: Option<(&str, Option<&str>, i64)> = None;
    let mut fields = printed
        .split('\0')
        .map(|field| field.trim_start_matches('\n'));
    while let Some(field) = fields.next() {
        if field.is_empty() {
            continue;
        }
        if let Some(line) = field.strip_prefix('\u{1e}') {
            let [commit, parents, time] = parts(line.split('\u{1f}'))?;
            head = Some((
                commit,
                parents.split(' ').find(|one| !one.is_empty()),
                time.parse().ok()?,
            ));
            continue;
        }
        let (commit, before, time) = head?;
        let [_, mode, _, object, status] = parts(field.strip_prefix(':')?.split(' '))?;
        changes.push(Change {
            commit: commit.to_owned(),
            before: before.map(str::to_owned),
            time,
            left: (status != "D").then(|| (mode.to_owned(), object.to_owned())),
            added: status == "A",
            path: fields.next()?.to_owned(),
        });
    }
    Some(changes)
}

fn parts<'a, const COUNT: usize>(split: impl Iterator<Item = &'a str>) -> Option<[&'a str; COUNT]> {
    split.collect::<Vec<_>>().try_into().ok()
}
