//! The git program, run so that nothing but its arguments decides what it does:
//! no shell, no configuration of the machine or the user, no question to a
//! terminal, no network, no lock.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread::JoinHandle;

use thiserror::Error;

/// A git command that did not do what it was asked. The message shows no
/// credentials.
#[derive(Debug, Error)]
pub enum GitError {
    /// The program did not start.
    #[error("git could not be started ({0}); install it where this runs")]
    NotStarted(std::io::Error),
    /// The program said no.
    #[error("`git {command}` failed with {status}{reason}")]
    Failed {
        /// Which command.
        command: String,
        /// How it ended.
        status: String,
        /// The exit status, where there is one.
        code: Option<i32>,
        /// What it complained of first.
        reason: String,
    },
    /// What it printed is not what it should be.
    #[error("{0}")]
    Unexpected(String),
    /// Talking to it failed.
    #[error("git could not be read: {0}")]
    Pipe(#[from] std::io::Error),
}

/// A repository brings its own configuration, which its author wrote: whatever
/// in it could start a program, reach out or print a history otherwise is
/// switched off.
const FIXED_CONFIGURATION: [&str; 13] = [
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.askPass=",
    "credential.helper=",
    "log.showSignature=false",
    "protocol.allow=never",
    "i18n.logOutputEncoding=UTF-8",
    "mailmap.file=",
    "trailer.separators=:",
    "diff.orderFile=/dev/null",
    "diff.ignoreSubmodules=none",
    "color.ui=false",
    // Whoever names a folder to this program wants it read.
    "safe.directory=*",
];

/// A git command in the making.
pub(super) struct Git {
    command: Command,
    name: &'static str,
}

/// A git command at work.
pub(super) struct Running {
    child: Child,
    complaints: Option<JoinHandle<String>>,
    name: &'static str,
}

impl Git {
    /// `git <before> <name>`; `before` are git's own options.
    pub(super) fn new<S: AsRef<OsStr>>(
        before: impl IntoIterator<Item = S>,
        name: &'static str,
    ) -> Self {
        let mut command = Command::new("git");
        for (variable, _) in std::env::vars_os() {
            if variable.to_string_lossy().starts_with("GIT_") {
                command.env_remove(variable);
            }
        }
        command
            .env("LC_ALL", "C")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_ATTR_NOSYSTEM", "1")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_NO_LAZY_FETCH", "1")
            // What is judged is what was committed, not what stands in for it here.
            .env("GIT_NO_REPLACE_OBJECTS", "1")
            .env("GIT_GRAFT_FILE", "/dev/null/none")
            .args(["--no-pager", "--no-optional-locks", "--literal-pathspecs"])
            .args(
                FIXED_CONFIGURATION
                    .iter()
                    .flat_map(|setting| ["-c", setting]),
            )
            .args(before)
            .arg(name)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        Self { command, name }
    }

    /// Goes on with the command's own arguments.
    pub(super) fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        self.command.args(args);
        self
    }

    /// Lets what stands in for lost objects count.
    pub(super) fn with_stand_ins(mut self) -> Self {
        self.command.env_remove("GIT_NO_REPLACE_OBJECTS");
        self
    }

    /// All that the command prints.
    pub(super) fn output(self) -> Result<Vec<u8>, GitError> {
        let mut running = self.start()?;
        let mut printed = Vec::new();
        running.stdout()?.read_to_end(&mut printed)?;
        running.finish()?;
        Ok(printed)
    }

    /// All that the command prints to questions, one a line.
    pub(super) fn answers(self, questions: String) -> Result<Vec<u8>, GitError> {
        let (mut running, mut stdin) = self.start_with_input()?;
        // Asked beside the answers, or a git that nobody listens to would wait. Where it
        // ended without reading everything, its exit status tells why.
        let asking = std::thread::spawn(move || stdin.write_all(questions.as_bytes()));
        let mut printed = Vec::new();
        running.stdout()?.read_to_end(&mut printed)?;
        let _ = asking.join();
        running.finish()?;
        Ok(printed)
    }

    /// What the command prints as one line of text.
    pub(super) fn line(self) -> Result<String, GitError> {
        let printed = self.output()?;
        Ok(String::from_utf8_lossy(&printed)
            .trim_end_matches(['\n', '\r'])
            .to_owned())
    }

    /// Starts the command with its input open.
    pub(super) fn start_with_input(mut self) -> Result<(Running, ChildStdin), GitError> {
        self.command.stdin(Stdio::piped());
        let mut running = self.start()?;
        let stdin = running.child.stdin.take().ok_or_else(no_pipe)?;
        Ok((running, stdin))
    }

    /// Starts the command.
    pub(super) fn start(mut self) -> Result<Running, GitError> {
        let mut child = self.command.spawn().map_err(GitError::NotStarted)?;
        let complaints = child.stderr.take().map(|mut stderr| {
            // Read beside the output, or a git that complains a lot would wait.
            std::thread::spawn(move || {
                let mut text = Vec::new();
                let _ = stderr.read_to_end(&mut text);
                String::from_utf8_lossy(&text).into_owned()
            })
        });
        Ok(Running {
            child,
            complaints,
            name: self.name,
        })
    }
}

impl Running {
    /// What the command prints, while it prints it.
    pub(super) fn stdout(&mut self) -> Result<ChildStdout, GitError> {
        self.child.stdout.take().ok_or_else(no_pipe)
    }

    /// Waits for the end and checks the exit status.
    pub(super) fn finish(mut self) -> Result<(), GitError> {
        let status = self.child.wait()?;
        let complaints = self
            .complaints
            .take()
            .and_then(|thread| thread.join().ok())
            .unwrap_or_default();
        if status.success() {
            return Ok(());
        }
        Err(GitError::Failed {
            command: self.name.to_owned(),
            status: match status.code() {
                Some(code) => format!("status {code}"),
                None => status.to_string(),
            },
            code: status.code(),
            reason: reason(&complaints),
        })
    }
}

impl Drop for Running {
    /// Nobody listens any more: a git that still writes is ended.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks a running `cat-file --batch` and the like for one thing.
pub(super) fn ask(stdin: &mut ChildStdin, line: &str) -> Result<(), GitError> {
    stdin.write_all(line.as_bytes())?;
    stdin.write_all(b"\n")?;
    Ok(stdin.flush()?)
}

/// What git complained of first, without credentials.
fn reason(complaints: &str) -> String {
    let line = complaints
        .lines()
        .find(|line| line.starts_with("fatal: ") || line.starts_with("error: "))
        .or_else(|| complaints.lines().find(|line| !line.trim().is_empty()));
    let Some(line) = line else {
        return String::new();
    };
    let line = line
        .trim_start_matches("fatal: ")
        .trim_start_matches("error: ");
    let words: Vec<String> = line.split(' ').map(without_credentials).collect();
    format!(": {}", words.join(" "))
}

fn without_credentials(word: &str) -> String {
    let hidden = || {
        let (scheme, rest) = word.split_once("://")?;
        let authority = rest.split('/').next()?;
        let (_, host) = authority.rsplit_once('@')?;
        Some(format!("{scheme}://{host}{}", rest.get(authority.len()..)?))
    };
    hidden().unwrap_or_else(|| word.to_owned())
}

fn no_pipe() -> GitError {
    GitError::Unexpected("git could not be listened to".to_owned())
}

#[cfg(test)]
mod tests {
    use super::reason;

    #[test]
    fn complaints_are_short_and_tell_no_secret() {
        assert_eq!(
            reason("warning: x\nfatal: could not read https://bob:s3cret@git.example/a b\nmore\n"),
            ": could not read https://git.example/a b"
        );
        assert_eq!(reason("something odd\n"), ": something odd");
        assert_eq!(reason(""), "");
    }
}
