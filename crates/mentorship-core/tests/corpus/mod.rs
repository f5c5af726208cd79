//! Finds the corpus of real documents, which is not part of the project.
#![allow(dead_code)]

use std::path::{Path, PathBuf};

/// The corpus: in the folder named by `MENTORSHIP_CORPUS`, else in
/// `../shared/data` beside the checkout. Where it is absent the test has
/// nothing to read and passes, except in CI, where that is a failure.
pub fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let data = std::env::var_os("MENTORSHIP_CORPUS").map_or(beside, PathBuf::from);
    let folder = [data.join("corpus"), data]
        .into_iter()
        .find(|folder| folder.join("mentoring").is_dir());
    if folder.is_none() {
        assert!(
            std::env::var_os("CI").is_none(),
            "the corpus is needed in CI: set MENTORSHIP_CORPUS to its folder"
        );
        eprintln!("no corpus here; set MENTORSHIP_CORPUS to its folder to read it");
    }
    folder
}

/// All files below a folder, in order.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}
