//! Evidence documents, as a portal or a CI job collected them.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use mentorship_core::engine::Engine;
use mentorship_core::wire::v1::RepositoryEvidence;

use crate::stderr::Stderr;

/// What a history beside its document is called: `payments.json` and
/// `payments.history`.
const HISTORY_EXTENSION: &str = "history";
/// What happened in operation.
const PUSHED: &str = "mentorship/pushed/v1";

/// Feeds the engine the evidence documents of files and folders as they are;
/// answers with the refs of the services that they speak of.
pub fn read_files(engine: &mut Engine, paths: &[PathBuf], stderr: &Stderr) -> BTreeSet<String> {
    let mut services = BTreeSet::new();
    for path in paths {
        for file in documents(path, stderr) {
            stderr.doing(format!("reading {}", file.display()));
            match read_file(engine, &file, stderr) {
                Ok(of_file) => services.extend(of_file),
                Err(problem) => stderr.tell(file.display(), problem),
            }
        }
    }
    services
}

/// The documents of a folder by name, or the file itself.
fn documents(path: &Path, stderr: &Stderr) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let entries = match std::fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) => {
            stderr.tell(path.display(), error);
            return Vec::new();
        }
    };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|file| {
            file.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    files.sort();
    files
}

fn read_file(engine: &mut Engine, path: &Path, stderr: &Stderr) -> Result<Vec<String>, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    if schema_of(&bytes).as_deref() == Some(PUSHED) {
        return read_pushed(engine, &bytes, stderr);
    }
    engine
        .put_repository(&bytes)
        .map_err(|refused| refused.to_string())?;
    // Read a second time for the names alone: the engine has the document as it
    // was.
    let evidence: RepositoryEvidence =
        serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
    let beside = path.with_extension(HISTORY_EXTENSION);
    if beside.exists() {
        let cut = push_history(engine, &evidence.repository, &beside).err();
        engine
            .finish_history(&evidence.repository, cut.clone())
            .map_err(|refused| refused.to_string())?;
        if let Some(reason) = cut {
            return Err(format!("{}: {reason}", beside.display()));
        }
    }
    Ok(evidence
        .services
        .into_iter()
        .map(|place| place.entity_ref.to_lowercase())
        .collect())
}

/// What happened in operation; it says nothing of repositories, so that those are
/// still read.
fn read_pushed(engine: &mut Engine, bytes: &[u8], stderr: &Stderr) -> Result<Vec<String>, String> {
    let outcome = engine
        .put_pushed(bytes)
        .map_err(|refused| refused.to_string())?;
    for note in outcome.notes {
        stderr.tell(note.place, note.message);
    }
    Ok(Vec::new())
}

fn schema_of(bytes: &[u8]) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Head {
        schema: String,
    }
    let head: Head = serde_json::from_slice(bytes).ok()?;
    Some(head.schema)
}

fn push_history(engine: &mut Engine, repository: &str, path: &Path) -> Result<(), String> {
    let mut file = File::open(path).map_err(|error| error.to_string())?;
    let mut chunk = vec![0; 64 * 1024];
    loop {
        match file.read(&mut chunk).map_err(|error| error.to_string())? {
            0 => return Ok(()),
            length => {
                let bytes = chunk.get(..length).unwrap_or_default();
                engine
                    .push_history(repository, bytes)
                    .map_err(|refused| refused.to_string())?;
            }
        }
    }
}
