//! Contents of files and objects, asked for one after the other.

use std::io::{BufRead, BufReader, Read};
use std::process::{ChildStdin, ChildStdout};

use mentorship_core::wire::v1::EvidenceFile;

use super::program::{GitError, Running, ask};
use super::repository::GitRepository;
use super::tree::Tree;

/// Texts above this are not read.
const LARGEST_FILE: u64 = 1024 * 1024;

const MISSING: &str = "git does not have its content";

impl GitRepository {
    /// The contents of files, in the order asked for; symbolic links are followed
    /// inside the repository. A file that cannot be read says why.
    ///
    /// # Errors
    /// Where git cannot be talked to.
    pub fn files(&self, tree: &Tree, paths: &[String]) -> Result<Vec<EvidenceFile>, GitError> {
        let mut contents = Contents::following_links(self);
        let mut files = Vec::with_capacity(paths.len());
        for (path, name) in paths.iter().zip(tree.names(paths)) {
            let content = match name.contains('\n') {
                true => {
                    Err("not read, because the name of this link holds a line break".to_owned())
                }
                false => contents.of(&name)?,
            };
            files.push(EvidenceFile::new(path.clone(), content));
        }
        contents.finish()?;
        Ok(files)
    }
}

/// A `cat-file --batch` that is asked; git starts with the first question.
pub(super) struct Contents<'a> {
    repository: &'a GitRepository,
    arguments: &'static [&'static str],
    asked: Option<Asked>,
}

/// A git that answers.
struct Asked {
    running: Running,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

impl<'a> Contents<'a> {
    /// Of objects by their names.
    pub(super) fn of_objects(repository: &'a GitRepository) -> Self {
        Self {
            repository,
            arguments: &["--batch"],
            asked: None,
        }
    }

    /// Of files by the names that a tree gives; symbolic links are followed inside the repository.
    pub(super) fn following_links(repository: &'a GitRepository) -> Self {
        Self {
            arguments: &["--batch", "--follow-symlinks"],
            ..Self::of_objects(repository)
        }
    }

    /// A content, or why it cannot be read.
    ///
    /// A git before 2.45 does not know that nothing is to be fetched: it ends over a
    /// content that a partial clone lacks, and another one answers the next question.
    ///
    /// # Errors
    /// Where git cannot be talked to.
    pub(super) fn of(&mut self, name: &str) -> Result<Result<Vec<u8>, String>, GitError> {
        let mut asked = match self.asked.take() {
            Some(asked) => asked,
            None => self.start()?,
        };
        ask(&mut asked.stdin, name)?;
        if let Some(answer) = answer(&mut asked.stdout)? {
            self.asked = Some(asked);
            return Ok(answer);
        }
        let ended = asked.finish();
        if self.repository.is_partial()? {
            return Ok(Err(MISSING.to_owned()));
        }
        ended?;
        Err(ended_early())
    }

    /// Ends git, where it was asked anything.
    ///
    /// # Errors
    /// Where it complains.
    pub(super) fn finish(self) -> Result<(), GitError> {
        self.asked.map_or(Ok(()), Asked::finish)
    }

    fn start(&self) -> Result<Asked, GitError> {
        let git = self.repository.git("cat-file").args(self.arguments);
        let (mut running, stdin) = git.start_with_input()?;
        Ok(Asked {
            stdout: BufReader::new(running.stdout()?),
            running,
            stdin,
        })
    }
}

impl Asked {
    fn finish(self) -> Result<(), GitError> {
        drop(self.stdin);
        self.running.finish()
    }
}

/// Reads one answer of `cat-file --batch --follow-symlinks`; `None` where git ended.
fn answer(
    stdout: &mut BufReader<ChildStdout>,
) -> Result<Option<Result<Vec<u8>, String>>, GitError> {
    let Some(head) = line(stdout)? else {
        return Ok(None);
    };
    let words: Vec<&str> = head.split(' ').collect();
    let answer = match words.as_slice() {
        // A second line holds the path that is not there.
        ["symlink" | "dangling" | "loop" | "notdir", _] => {
            line(stdout)?.ok_or_else(ended_early)?;
            Err("a symbolic link that leads nowhere in here".to_owned())
        }
        [_, kind, size] if size.parse::<u64>().is_ok() => {
            let size = size.parse::<u64>().unwrap_or_default();
            let mut content = Vec::new();
            let kept = size.min(LARGEST_FILE);
            stdout.by_ref().take(kept).read_to_end(&mut content)?;
            // The rest, and the line feed behind it.
            std::io::copy(
                &mut stdout.by_ref().take(size - kept + 1),
                &mut std::io::sink(),
            )?;
            match (*kind, size > LARGEST_FILE) {
                ("blob", false) => Ok(content),
                ("blob", true) => Err(format!("larger than {LARGEST_FILE} bytes")),
                _ => Err("not a file".to_owned()),
            }
        }
        [.., "missing"] => Err(MISSING.to_owned()),
        _ => {
            return Err(GitError::Unexpected(format!(
                "`git cat-file` answered `{head}`"
            )));
        }
    };
    Ok(Some(answer))
}

/// A line without its end; `None` where git ended before it began one.
fn line(stdout: &mut BufReader<ChildStdout>) -> Result<Option<String>, GitError> {
    let mut line = Vec::new();
    stdout.read_until(b'\n', &mut line)?;
    if line.is_empty() {
        return Ok(None);
    }
    if line.pop() != Some(b'\n') {
        return Err(ended_early());
    }
    Ok(Some(String::from_utf8_lossy(&line).into_owned()))
}

fn ended_early() -> GitError {
    GitError::Unexpected("`git cat-file` ended early".to_owned())
}
