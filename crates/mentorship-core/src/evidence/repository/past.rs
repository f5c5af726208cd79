//! A repository's history on its way from a stream, or from what was stored, to
//! readings.

use crate::evidence::Collected;
use crate::knowledge::{History, Settings, StateError, Summary};

/// How far the history of a repository has come.
#[derive(Debug, Default)]
pub(super) enum Past {
    #[default]
    NotCollected,
    /// As it was stored; nothing new has come.
    Restored(Box<History>),
    Coming(Box<History>),
    Found(Box<History>),
    Empty,
    Failed(String),
    /// As it was stored, because what is new could not be read.
    Stale {
        reason: String,
        history: Box<History>,
    },
}

/// What [`Past::finish`] is told beside the history.
pub(super) struct Ending<'a> {
    /// Why the stream was cut.
    pub failure: Option<String>,
    /// The commit that has to come last.
    pub commit: Option<&'a str>,
    /// The living paths at that commit, a NUL behind each.
    pub tree: Option<&'a [u8]>,
}

impl Past {
    /// What was stored; answers with its last commit.
    pub(super) fn restore(
        settings: Settings,
        stored: &[u8],
        basis: &str,
    ) -> Result<(Self, String), StateError> {
        let history = History::restore(settings, stored, basis)?;
        let tip = history.tip().ok_or(StateError::Damaged)?;
        Ok((Self::Restored(Box::new(history)), tip))
    }

    /// Takes the next bytes; they begin a new history unless one was restored
    /// or is coming.
    pub(super) fn push(&mut self, chunk: &[u8], settings: impl FnOnce() -> Settings) {
        let mut history = match std::mem::take(self) {
            Self::Restored(history) | Self::Coming(history) => history,
            _ => Box::new(History::new(settings())),
        };
        history.push(chunk);
        *self = Self::Coming(history);
    }

    /// Ends the history; answers with what it consists of, where there is one.
    pub(super) fn finish(&mut self, ending: &Ending<'_>) -> Option<Summary> {
        let (past, summary) = match (std::mem::take(self), &ending.failure) {
            (Self::Restored(history), Some(reason)) => stale(history, reason, ending),
            (_, Some(reason)) => (Self::Failed(reason.clone()), None),
            (Self::Restored(history) | Self::Coming(history), None) => found(history, ending),
            (Self::NotCollected, None) => (Self::Empty, None),
            (other, None) => (other, None),
        };
        *self = past;
        summary
    }

    /// The folded history, as long as it is as new as the repository.
    pub(super) fn found(&self) -> Option<&History> {
        match self {
            Self::Found(history) => Some(history),
            _ => None,
        }
    }

    /// The folded history, stale or not.
    pub(super) fn folded_mut(&mut self) -> Option<&mut History> {
        match self {
            Self::Found(history) | Self::Stale { history, .. } => Some(history),
            _ => None,
        }
    }

    /// Why the newest history could not be read, where it could not.
    pub(super) fn failure(&self) -> Option<&str> {
        match self {
            Self::Failed(reason) | Self::Stale { reason, .. } => Some(reason),
            _ => None,
        }
    }

    /// The folded history; `absent` says what it means that none was collected.
    pub(super) fn collected<'a>(
        &'a self,
        fresh_or_stale: impl FnOnce(&'a History) -> Collected<&'a History>,
        absent: impl FnOnce() -> Collected<&'a History>,
    ) -> Collected<&'a History> {
        match self {
            Self::Found(history) => fresh_or_stale(history),
            Self::Empty => Collected::Missing,
            Self::Failed(reason) => Collected::Failed {
                reason: reason.clone(),
                last_good: None,
            },
            Self::Stale { reason, history } => Collected::Failed {
                reason: reason.clone(),
                last_good: Some(history),
            },
            Self::NotCollected | Self::Restored(_) | Self::Coming(_) => absent(),
        }
    }
}

fn found(mut history: Box<History>, ending: &Ending<'_>) -> (Past, Option<Summary>) {
    if let Some(tree) = ending.tree {
        history.use_tree(tree);
    }
    match history.finish(ending.commit) {
        Ok(summary) if summary.commits == 0 => (Past::Empty, None),
        Ok(summary) => (Past::Found(history), Some(summary)),
        Err(error) => (Past::Failed(error.to_string()), None),
    }
}

/// What was stored counts as it was, at its own last commit.
fn stale(mut history: Box<History>, reason: &str, ending: &Ending<'_>) -> (Past, Option<Summary>) {
    let tip = history.tip();
    if let Some(tree) = ending.tree.filter(|_| tip.as_deref() == ending.commit) {
        history.use_tree(tree);
    }
    let reason = reason.to_owned();
    match history.finish(None) {
        Ok(summary) => (Past::Stale { reason, history }, Some(summary)),
        Err(_) => (Past::Failed(reason), None),
    }
}
