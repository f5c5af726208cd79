//! The catalog files of a folder.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::stderr::Stderr;

/// Folders that hold what others wrote, or git's own.
const PASSED_OVER: [&str; 2] = [".git", "node_modules"];

/// All YAML and JSON files below a folder, by path.
pub(super) fn catalog_files(folder: &Path, stderr: &Stderr) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let walk = WalkDir::new(folder).sort_by_file_name().into_iter();
    for entry in
        walk.filter_entry(|entry| PASSED_OVER.iter().all(|name| entry.file_name() != *name))
    {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) if is_catalog_file(entry.path()) => files.push(entry.into_path()),
            Ok(_) => {}
            Err(error) => stderr.tell(error.path().unwrap_or(folder).display(), &error),
        }
    }
    files
}

fn is_catalog_file(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| {
        ["yaml", "yml", "json"]
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known))
    })
}
