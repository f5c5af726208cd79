//! Reading one repository into the engine: the listing, the texts that the
//! engine wants, and the history while git writes it.

use mentorship_core::engine::{Engine, Refused};
use mentorship_core::wire::v1::{ChangeEvidence, FileVersion, RepositoryEvidence, ServicePlace};

use crate::git::{GitError, GitRepository};
use crate::show::assessment::place_of;
use crate::stderr::Stderr;

const SCHEMA: &str = "mentorship/evidence/v1";

/// Why a shallow clone tells nothing: a history cut short is never taken for a
/// smaller one.
pub const SHALLOW: &str = "older commits were left out when it was cloned, so the history tells nothing; \
    `git fetch --unshallow` brings them (in CI: fetch depth 0)";

/// What is to be read of a repository.
#[derive(Debug)]
pub struct Reading {
    /// The key that readers know the repository by.
    pub key: String,
    /// The repository, or why there is none.
    pub repository: Result<GitRepository, String>,
    /// The services that live in it.
    pub services: Vec<ServicePlace>,
    /// The commit from which on a change is about to be merged.
    pub since: Option<String>,
}

impl Reading {
    /// The evidence as one document, with the history in it. What readers of it are to
    /// know is told.
    ///
    /// # Errors
    /// Where something cannot be read: half the evidence would pass for all.
    pub fn collect(
        self,
        engine: &mut Engine,
        stderr: &Stderr,
    ) -> Result<RepositoryEvidence, String> {
        stderr.doing(format!("reading {}", self.key));
        let repository = self.repository?;
        let snapshot = snapshot(&repository, engine).map_err(|error| error.to_string())?;
        let evidence = RepositoryEvidence {
            repository: self.key,
            services: self.services,
            ..snapshot
        };
        let bytes = serde_json::to_vec(&evidence).map_err(|error| error.to_string())?;
        let notes = engine.put_repository(&bytes);
        for note in notes.map_err(|refused| refused.to_string())? {
            stderr.tell(place_of(&note), note.message);
        }
        let mut history = Vec::new();
        if let Some(commit) = &evidence.commit {
            if repository.is_shallow().map_err(|error| error.to_string())? {
                return Err(format!("{}: {SHALLOW}", evidence.repository));
            }
            let read = repository.history(commit, |chunk| {
                stderr.go_on();
                history.extend_from_slice(chunk);
            });
            // What is pushed is gone on from for years, also where the copy is whole again.
            if let Some(remark) = read.map_err(|error| error.to_string())? {
                return Err(format!(
                    "{}: nothing is collected: {remark}",
                    evidence.repository
                ));
            }
        }
        Ok(RepositoryEvidence {
            history: Some(String::from_utf8_lossy(&history).into_owned()),
            ..evidence
        })
    }

    /// Feeds the engine. What cannot be read is told, and becomes the failure of
    /// the evidence.
    ///
    /// # Errors
    /// Where the engine refuses what it was fed: a defect, not a bad input.
    pub fn feed(self, engine: &mut Engine, stderr: &Stderr) -> Result<(), Refused> {
        stderr.doing(format!("reading {}", self.key));
        let snapshot = match &self.repository {
            Ok(repository) => snapshot(repository, engine).map_err(|error| error.to_string()),
            Err(reason) => Err(reason.clone()),
        };
        let snapshot = snapshot.unwrap_or_else(|reason| {
            stderr.tell(&self.key, &reason);
            RepositoryEvidence {
                failure: Some(reason),
                ..nothing()
            }
        });
        let (commit, failure) = (snapshot.commit.clone(), snapshot.failure.clone());
        let evidence = RepositoryEvidence {
            repository: self.key.clone(),
            services: self.services,
            change: change(
                self.repository.as_ref().ok(),
                self.since.as_deref(),
                &commit,
            ),
            ..snapshot
        };
        let bytes = serde_json::to_vec(&evidence).unwrap_or_default();
        engine.put_repository(&bytes)?;
        let cut = match (&self.repository, failure, commit) {
            (_, Some(reason), _) => Some(reason),
            (Ok(repository), None, Some(commit)) => {
                let cut = push_history(engine, repository, &self.key, &commit, stderr)?;
                if let Some(reason) = &cut {
                    stderr.tell(&self.key, reason);
                }
                cut
            }
            // Nothing was committed yet.
            _ => None,
        };
        engine.finish_history(&self.key, cut)?;
        Ok(())
    }
}

/// The day and time, RFC 3339 in UTC.
fn now() -> String {
    let now = jiff::Timestamp::now();
    now.round(jiff::Unit::Second).unwrap_or(now).to_string()
}

/// What stands in a repository at its head, but for whose it is.
fn snapshot(repository: &GitRepository, engine: &Engine) -> Result<RepositoryEvidence, GitError> {
    let Some(commit) = repository.head()? else {
        return Ok(RepositoryEvidence {
            paths: Some(Vec::new()),
            ..nothing()
        });
    };
    let tree = repository.tree(&commit)?;
    let listing = tree.listing();
    let files = repository.files(&tree, &engine.wanted_paths(&listing))?;
    let versions = versions(repository, &commit, engine.wanted_versions(&listing));
    let paths = listing
        .split(|byte| *byte == 0)
        .filter(|path| !path.is_empty())
        .map(|path| String::from_utf8_lossy(path).into_owned())
        .collect();
    Ok(RepositoryEvidence {
        file_address: repository
            .origin()
            .and_then(|origin| origin.file_address(&commit)),
        commit: Some(commit),
        paths: Some(paths),
        files,
        versions: Some(versions),
        ..nothing()
    })
}

/// What is about to be merged, where that is asked for.
fn change(
    repository: Option<&GitRepository>,
    since: Option<&str>,
    commit: &Option<String>,
) -> Option<ChangeEvidence> {
    let (repository, since, commit) = (repository?, since?, commit.as_deref()?);
    let diff = repository.diff(since, commit);
    let messages = repository.messages(since, commit);
    let (diff, messages, failure) = match (diff, messages) {
        (Ok(diff), Ok(messages)) => (Some(diff), messages, None),
        (Err(error), _) | (_, Err(error)) => (None, String::new(), Some(error.to_string())),
    };
    Some(ChangeEvidence {
        diff,
        messages,
        failure,
    })
}

/// Earlier versions of files. Where git cannot give them, nobody knows since when
/// files say what they say, and the rest of the evidence stands.
fn versions(repository: &GitRepository, commit: &str, paths: Vec<String>) -> Vec<FileVersion> {
    let error = match repository.versions(commit, &paths) {
        Ok(versions) => return versions,
        Err(error) => error.to_string(),
    };
    let failed = paths.into_iter().map(|path| FileVersion {
        path,
        path_then: None,
        commit: commit.to_owned(),
        at: String::new(),
        text: None,
        bytes: None,
        failure: Some(error.clone()),
    });
    failed.collect()
}

fn nothing() -> RepositoryEvidence {
    RepositoryEvidence {
        schema: SCHEMA.to_owned(),
        repository: String::new(),
        file_address: None,
        commit: None,
        collected_at: now(),
        failure: None,
        services: Vec::new(),
        paths: None,
        files: Vec::new(),
        history: None,
        reviews: None,
        change: None,
        versions: None,
    }
}

/// Why the history was cut, where it was.
fn push_history(
    engine: &mut Engine,
    repository: &GitRepository,
    key: &str,
    commit: &str,
    stderr: &Stderr,
) -> Result<Option<String>, Refused> {
    match repository.is_shallow() {
        Ok(false) => {}
        Ok(true) => return Ok(Some(SHALLOW.to_owned())),
        Err(error) => return Ok(Some(error.to_string())),
    }
    stderr.doing(format!("reading the history of {key}"));
    let mut refused = None;
    let outcome = repository.history(commit, |chunk| {
        stderr.go_on();
        if refused.is_none() {
            refused = engine.push_history(key, chunk).err();
        }
    });
    match (refused, outcome) {
        (Some(refused), _) => Err(refused),
        (None, Ok(remark)) => {
            if let Some(remark) = remark {
                stderr.tell(key, &remark);
                engine.remark_on_history(key, remark)?;
            }
            Ok(None)
        }
        (None, Err(error)) => Ok(Some(error.to_string())),
    }
}
