//! How the command ends: what scripts and pipelines decide by.

use std::io;
use std::process::ExitCode;

use thiserror::Error;

/// The exit statuses, all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Something was judged; in `check` it is good.
    Good = 0,
    /// `check` found something.
    Findings = 1,
    /// The command was asked something that it cannot do.
    Usage = 2,
    /// Nothing could be read, or something could not be written or sent.
    Nothing = 3,
}

/// Why there is no answer.
#[derive(Debug, Error)]
pub enum Failure {
    /// What was asked makes no sense; the message says what to do.
    #[error("{0}")]
    Usage(String),
    /// Nothing could be read; the message says why.
    #[error("{0}")]
    Nothing(String),
    /// The answer could not be written.
    #[error("the answer could not be written: {0}")]
    Unwritten(#[from] io::Error),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl Failure {
    /// The exit status that stands for it.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) => Exit::Usage,
            Self::Nothing(_) | Self::Unwritten(_) => Exit::Nothing,
        }
    }
}

/// Takes a reader who closed the pipe for one who has read enough: `head` is no
/// failure.
pub fn unless_closed(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}
