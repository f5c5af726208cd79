//! Runs other programs so that each has its log, and none outlives this one.
//!
//! Every program runs under a [`supervisor`]: this very binary, started once
//! more. Between us and it lies a pipe, the *lifeline*; where it breaks, because
//! we let go or were killed, the supervisor ends the program and everything the
//! program started. Nothing else is needed for Ctrl-C to leave no process behind.

pub mod interruption;
pub mod supervisor;

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::workspace;
use interruption::Lifeline;

/// How often a running program is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(40);
/// No step of this project takes longer; what does, hangs.
const LONGEST_STEP: Duration = Duration::from_secs(30 * 60);
/// Lines of a log that an error shows.
const TAIL_LINES: usize = 30;
/// A log's tail is looked for in its last bytes.
const TAIL_BYTES: u64 = 16 * 1024;

/// A program to run.
pub struct Program {
    name: String,
    program: OsString,
    arguments: Vec<OsString>,
    folder: PathBuf,
    environment: Vec<(OsString, OsString)>,
    user: Option<User>,
}

/// Another user of this machine, for root to run a program as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct User {
    /// The number of the user.
    pub id: u32,
    /// The number of the user's group.
    pub group: u32,
}

impl Program {
    /// A program that runs at the top of the checkout, its output in the log of that `name`.
    pub fn new(name: impl Into<String>, program: impl AsRef<OsStr>) -> Self {
        Self {
            name: name.into(),
            program: program.as_ref().to_owned(),
            arguments: Vec::new(),
            folder: workspace::root().to_owned(),
            environment: Vec::new(),
            user: None,
        }
    }

    /// Adds an argument.
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.arguments.push(argument.as_ref().to_owned());
        self
    }

    /// Adds arguments.
    pub fn args<S: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = S>) -> Self {
        let arguments = arguments.into_iter().map(|each| each.as_ref().to_owned());
        self.arguments.extend(arguments);
        self
    }

    /// Runs it in another folder.
    pub fn folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = folder.into();
        self
    }

    /// Sets a variable of its environment.
    pub fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        let variable = (name.as_ref().to_owned(), value.as_ref().to_owned());
        self.environment.push(variable);
        self
    }

    /// Runs it as another user, which only root may; the supervisor stays who we are.
    pub fn user(mut self, user: User) -> Self {
        self.user = Some(user);
        self
    }

    /// Runs it to its end. It failed where its exit status is not 0.
    pub fn run(self) -> Result<Log> {
        let name = self.name.clone();
        let log = self.run_to_end()?;
        if !log.status.success() {
            bail!("{name} failed ({})\n{}", log.status, log.quoted());
        }
        Ok(log)
    }

    /// Runs it to its end, whatever its exit status.
    pub fn run_to_end(self) -> Result<Log> {
        let mut running = self.start()?;
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = running.exit_status()? {
                break status;
            }
            if begun.elapsed() > LONGEST_STEP {
                let quoted = quoted(&running.log);
                let name = running.name.clone();
                running.stop();
                let minutes = LONGEST_STEP.as_secs() / 60;
                bail!("{name} did not end within {minutes} minutes and was stopped\n{quoted}");
            }
            thread::sleep(LOOK_EVERY);
        };
        interruption::check()?;
        Ok(Log {
            status,
            path: running.log.clone(),
        })
    }

    /// Starts it, to go on until [`Running::stop`].
    pub fn start(self) -> Result<Running> {
        interruption::check()?;
        let log = workspace::log(&self.name);
        let output = create(&log)?;
        let errors = output.try_clone().context("cannot share a log")?;
        let mut child = self
            .supervised()
            .stdin(Stdio::piped())
            .stdout(output)
            .stderr(errors)
            .spawn()
            .with_context(|| format!("cannot start {}", self.name))?;
        let lifeline = Lifeline::hold(child.stdin.take());
        Ok(Running {
            name: self.name,
            log,
            child,
            lifeline,
        })
    }

    /// Runs it for its output and keeps no log; `None` where it cannot be run or fails.
    /// For questions that are answered at once, such as a version.
    pub fn answer(self) -> Option<String> {
        let output = Command::new(&self.program)
            .args(&self.arguments)
            .current_dir(&self.folder)
            .envs(self.environment)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output()
            .ok()
            .filter(|output| output.status.success())?;
        Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Runs it with our terminal as its own; a Ctrl-C reaches both.
    pub fn run_in_terminal(self) -> Result<ExitStatus> {
        Command::new(&self.program)
            .args(&self.arguments)
            .current_dir(&self.folder)
            .envs(self.environment)
            .status()
            .with_context(|| format!("cannot start {}", self.name))
    }

    fn supervised(&self) -> Command {
        // The link still names this program after a rebuild has replaced its file.
        let mut command = Command::new("/proc/self/exe");
        command.arg(supervisor::SUBCOMMAND);
        if let Some(User { id, group }) = self.user {
            command.arg(format!("--user={id}"));
            command.arg(format!("--group={group}"));
        }
        command
            .arg("--")
            .arg(&self.program)
            .args(&self.arguments)
            .current_dir(&self.folder)
            .envs(self.environment.iter().cloned())
            // Its own group: a Ctrl-C of the terminal reaches us, and we end it in order.
            .process_group(0);
        command
    }
}

/// What a program left that ran to its end.
pub struct Log {
    /// How it ended.
    pub status: ExitStatus,
    /// Everything it printed.
    pub path: PathBuf,
}

impl Log {
    /// Everything it printed, as text.
    pub fn text(&self) -> Result<String> {
        let bytes = fs::read(&self.path)
            .with_context(|| format!("cannot read {}", workspace::shown(&self.path)))?;
        Ok(console::strip_ansi_codes(&String::from_utf8_lossy(&bytes)).into_owned())
    }

    /// The last lines it printed, and where the rest is.
    pub fn quoted(&self) -> String {
        quoted(&self.path)
    }
}

/// A program that runs in the background. Dropping it ends it.
pub struct Running {
    name: String,
    log: PathBuf,
    child: Child,
    lifeline: Lifeline,
}

impl Running {
    /// How it ended, once it did.
    pub fn exit_status(&mut self) -> Result<Option<ExitStatus>> {
        let status = self.child.try_wait();
        status.with_context(|| format!("cannot wait for {}", self.name))
    }

    /// What it left, once it ended; `None` while it runs.
    pub fn ended(&mut self) -> Result<Option<Log>> {
        interruption::check()?;
        Ok(self.exit_status()?.map(|status| Log {
            status,
            path: self.log.clone(),
        }))
    }

    /// An error where it is no longer running.
    pub fn check(&mut self) -> Result<()> {
        interruption::check()?;
        match self.exit_status()? {
            None => Ok(()),
            Some(status) => bail!(
                "{} ended by itself ({status})\n{}",
                self.name,
                quoted(&self.log)
            ),
        }
    }

    /// The last lines it printed, and where the rest is.
    pub fn quoted(&self) -> String {
        quoted(&self.log)
    }

    /// Ends it and everything it started; returns when they are gone.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.lifeline.release();
        // The supervisor gives a deaf program a few seconds, then kills it.
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

fn create(log: &Path) -> Result<File> {
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
    }
    File::create(log).with_context(|| format!("cannot create {}", log.display()))
}

fn quoted(log: &Path) -> String {
    let mut quoted = String::new();
    for line in tail(log) {
        quoted.push_str("  | ");
        quoted.push_str(line.trim_end());
        quoted.push('\n');
    }
    quoted.push_str("  the whole log: ");
    quoted.push_str(&workspace::shown(log));
    quoted
}

fn tail(log: &Path) -> Vec<String> {
    let mut bytes = Vec::new();
    let read = File::open(log).and_then(|mut file| {
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(TAIL_BYTES)))?;
        file.read_to_end(&mut bytes)
    });
    if read.is_err() {
        return Vec::new();
    }
    let text = String::from_utf8_lossy(&bytes);
    let text = console::strip_ansi_codes(&text);
    let lines: Vec<_> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let first = lines.len().saturating_sub(TAIL_LINES);
    lines.iter().skip(first).map(ToString::to_string).collect()
}
