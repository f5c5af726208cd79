//! Histories: taken in as they come, given out and taken back as bytes.

use super::{Engine, Refused};
use crate::evidence::repository::Repository;
use crate::knowledge::{BotPatterns, Settings};
use crate::policy::Policy;
use crate::wire::v1;
use mentorship_texts::by_name::ByName;

impl Engine {
    /// Begins a repository's history with what [`Self::store_history`] gave on
    /// the same basis. Then only what is new since the commit in the answer is to
    /// be pushed, `git log <commit>..<new commit>`; where the answer is a
    /// refusal, the whole history.
    ///
    /// `basis` is any text that changes with what git itself makes of the
    /// commits: its mailmap, its options. Aliases, bots, ignored revisions and the
    /// file filter are applied anew and may differ.
    ///
    /// # Errors
    /// Where the repository was not put before.
    pub fn restore_history(
        &mut self,
        repository: &str,
        stored: &[u8],
        basis: &str,
    ) -> Result<v1::RestoredHistory, Refused> {
        let settings = settings(&self.policy);
        let known = self.repository(repository)?;
        Ok(match known.restore_history(stored, basis, settings) {
            Ok(tip) => v1::RestoredHistory::Restored { tip },
            Err(error) => v1::RestoredHistory::Refused {
                reason: error.to_string(),
            },
        })
    }

    /// Takes the next bytes of a repository's history.
    ///
    /// # Errors
    /// Where the repository was not put before.
    pub fn push_history(&mut self, repository: &str, chunk: &[u8]) -> Result<(), Refused> {
        let policy = &self.policy;
        let known = self.repositories.get_mut(repository);
        let known = known.ok_or_else(|| unknown_repository(repository))?;
        known.push_history(chunk, || settings(policy));
        self.prepared = None;
        Ok(())
    }

    /// Ends a repository's history and says what became of it. `failure` says
    /// why the stream was cut; a history that was cut is failed, never smaller.
    /// After [`Self::restore_history`] alone, a failure leaves what was stored as
    /// the last good history. A history that failed can be pushed again from its
    /// beginning.
    ///
    /// # Errors
    /// Where the repository was not put before.
    pub fn finish_history(
        &mut self,
        repository: &str,
        failure: Option<String>,
    ) -> Result<v1::HistoryOutcome, Refused> {
        let known = self.repository(repository)?;
        let summary = known.finish_history(failure);
        let commits = summary.as_ref().map_or(0, |summary| summary.commits);
        let tip = summary.and_then(|summary| summary.tip).unwrap_or_default();
        Ok(match known.history_failure() {
            Some(reason) if commits > 0 => v1::HistoryOutcome::Stale {
                tip,
                commits,
                reason: reason.to_owned(),
            },
            Some(reason) => v1::HistoryOutcome::Failed {
                reason: reason.to_owned(),
            },
            None if commits > 0 => v1::HistoryOutcome::Found { tip, commits },
            None => v1::HistoryOutcome::Missing,
        })
    }

    /// Notes what readers of a repository's history are to know beside what it says
    /// itself.
    ///
    /// # Errors
    /// Where the repository was not put before.
    pub fn remark_on_history(&mut self, repository: &str, remark: String) -> Result<(), Refused> {
        self.repository(repository)?.remark(remark);
        Ok(())
    }

    /// A finished history as bytes, so that the next run reads only what is new;
    /// `None` where there is none, or none that is good.
    ///
    /// # Errors
    /// Where the repository was not put before.
    pub fn store_history(
        &mut self,
        repository: &str,
        basis: &str,
    ) -> Result<Option<Vec<u8>>, Refused> {
        let known = self.repositories.get(repository);
        let known = known.ok_or_else(|| unknown_repository(repository))?;
        Ok(known.store_history(basis))
    }

    /// A repository that is about to change.
    fn repository(&mut self, repository: &str) -> Result<&mut Repository, Refused> {
        self.prepared = None;
        match self.repositories.get_mut(repository) {
            Some(known) => Ok(known),
            None => Err(unknown_repository(repository)),
        }
    }
}

fn unknown_repository(repository: &str) -> Refused {
    Refused(format!(
        "the repository `{repository}` was not put before its history"
    ))
}

/// How histories are read under a policy.
pub fn settings(policy: &Policy) -> Settings {
    let people = &policy.people;
    let mut groups: ByName<Vec<String>> = ByName::new();
    for (written, user) in &people.aliases {
        let group = groups.entry(user.clone()).or_default();
        group.push(written.clone());
    }
    Settings {
        aliases: groups.into_values().map(|group| *group).collect(),
        bots: bots(policy),
        ..Settings::default()
    }
}

/// Who is no human being under a policy. Whom its aliases name is one, unless its own
/// patterns say otherwise.
pub fn bots(policy: &Policy) -> BotPatterns {
    let people = &policy.people;
    BotPatterns::with(people.bots.iter().map(String::as_str))
        .but(people.aliases.keys().map(String::as_str))
}
