//! Tells whether what was made is still right: one hash over everything it was made from.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use walkdir::{DirEntry, WalkDir};

/// Folders that are results, never sources.
const RESULTS: [&str; 6] = [
    "node_modules",
    "dist",
    "dist-types",
    "target",
    "coverage",
    ".generated",
];

/// A hash of inputs, and the file that remembers the hash of what was made last.
pub struct Fingerprint {
    hash: Sha256,
    kept_in: PathBuf,
}

impl Fingerprint {
    /// Begins a fingerprint that will be remembered in the file `kept_in`.
    pub fn kept_in(kept_in: PathBuf) -> Self {
        Self {
            hash: Sha256::new(),
            kept_in,
        }
    }

    /// Adds words such as a version or an option.
    pub fn with_text(mut self, text: &str) -> Self {
        self.add(b"text", text.as_bytes());
        self
    }

    /// Adds a file, or every source file below a folder. A missing one is an input too.
    pub fn with_sources(mut self, path: &Path) -> Result<Self> {
        let sources = WalkDir::new(path)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || !is_result(entry));
        for entry in sources {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) if is_missing(&error) => {
                    self.add(path.as_os_str().as_encoded_bytes(), b"missing");
                    continue;
                }
                Err(error) => return Err(error).context("cannot list sources"),
            };
            if entry.file_type().is_file() {
                let bytes = fs::read(entry.path())
                    .with_context(|| format!("cannot read {}", entry.path().display()))?;
                self.add(entry.path().as_os_str().as_encoded_bytes(), &bytes);
            }
        }
        Ok(self)
    }

    /// Whether the remembered fingerprint is this one.
    pub fn is_current(&self) -> bool {
        fs::read_to_string(&self.kept_in).is_ok_and(|kept| kept == self.text())
    }

    /// Forgets what was made last; to be called before it is touched, so that an
    /// interrupted work is not taken for a finished one.
    pub fn forget(&self) -> Result<()> {
        match fs::remove_file(&self.kept_in) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(error).with_context(|| format!("cannot remove {}", self.kept_in.display()))
            }
            _ => Ok(()),
        }
    }

    /// Remembers this fingerprint; to be called when everything is made.
    pub fn remember(&self) -> Result<()> {
        if let Some(folder) = self.kept_in.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot create {}", folder.display()))?;
        }
        fs::write(&self.kept_in, self.text())
            .with_context(|| format!("cannot write {}", self.kept_in.display()))
    }

    fn text(&self) -> String {
        let digest = self.hash.clone().finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn add(&mut self, name: &[u8], bytes: &[u8]) {
        // Lengths keep a moved boundary between two inputs from hashing alike.
        for part in [name, bytes] {
            self.hash.update((part.len() as u64).to_le_bytes());
            self.hash.update(part);
        }
    }
}

fn is_result(entry: &DirEntry) -> bool {
    entry.file_type().is_dir() && RESULTS.iter().any(|name| entry.file_name() == *name)
}

fn is_missing(error: &walkdir::Error) -> bool {
    error
        .io_error()
        .is_some_and(|error| error.kind() == ErrorKind::NotFound)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn of(folder: &Path) -> Fingerprint {
        Fingerprint::kept_in(folder.join("target/kept"))
            .with_sources(folder)
            .unwrap()
    }

    #[test]
    fn changes_with_sources_and_not_with_results() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("source"), "one").unwrap();
        of(folder.path()).remember().unwrap();
        assert!(of(folder.path()).is_current());

        fs::create_dir(folder.path().join("dist")).unwrap();
        fs::write(folder.path().join("dist/made"), "made").unwrap();
        assert!(of(folder.path()).is_current());

        fs::write(folder.path().join("source"), "two").unwrap();
        assert!(!of(folder.path()).is_current());
    }

    #[test]
    fn tells_a_missing_source_from_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("source");
        let of_source = || {
            let kept = folder.path().join("kept");
            Fingerprint::kept_in(kept).with_sources(&source).unwrap()
        };
        of_source().remember().unwrap();
        fs::write(&source, "").unwrap();
        assert!(!of_source().is_current());
    }

    #[test]
    fn is_not_current_while_work_is_under_way() {
        let folder = tempfile::tempdir().unwrap();
        of(folder.path()).remember().unwrap();
        of(folder.path()).forget().unwrap();
        assert!(!of(folder.path()).is_current());
        of(folder.path()).forget().unwrap();
    }
}
