//! Catalog files: from YAML and JSON on disk to the pages that the engine takes.
//!
//! A page that a catalog sent goes in as it is. Loose entities, as people write
//! them, are told where they came from, as a catalog would tell them.

mod declared;
mod documents;
mod entity;
mod folder;

pub use declared::Declared;
pub use documents::{Document, Problem, documents, value_of_yaml};
pub use entity::LooseEntity;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use mentorship_core::engine::Engine;
use mentorship_core::wire::v1::PageOutcome;

use crate::git::GitRepository;
use crate::stderr::Stderr;

/// Feeds the engine all entities of catalog files and folders.
pub struct CatalogReader<'a> {
    engine: &'a mut Engine,
    stderr: &'a Stderr,
    /// Where each loose entity was declared.
    declared: BTreeMap<String, String>,
    /// Entities on the pages of a catalog, and how many it says there are.
    of_catalog: (u32, u32),
    /// Files of a folder that could not be read and mention no entity.
    of_others: u32,
}

impl<'a> CatalogReader<'a> {
    /// Nothing read so far.
    pub fn new(engine: &'a mut Engine, stderr: &'a Stderr) -> Self {
        Self {
            engine,
            stderr,
            declared: BTreeMap::new(),
            of_catalog: (0, 0),
            of_others: 0,
        }
    }

    /// Reads files, and folders with all that is in them.
    pub fn read(mut self, paths: &[PathBuf]) {
        for path in paths {
            if path.is_dir() {
                self.of_others = 0;
                for file in folder::catalog_files(path, self.stderr) {
                    self.read_file(&file, Asked::InAFolder);
                }
                if let Some(more @ 1..) = self.of_others.checked_sub(1) {
                    let files = if more == 1 { "file" } else { "files" };
                    self.stderr.tell(
                        path.display(),
                        format!("{more} more {files} of other programs could not be read either"),
                    );
                }
            } else {
                self.read_file(path, Asked::ByName);
            }
        }
        let (read, said) = self.of_catalog;
        if read < said {
            self.stderr.tell(
                "catalog",
                format!("says that it has {said} entities, and {read} are here: the other pages are missing"),
            );
        }
    }

    fn read_file(&mut self, path: &Path, asked: Asked) {
        self.stderr.doing(format!("reading {}", path.display()));
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => return self.stderr.tell(path.display(), error),
        };
        let home = Home::of(path);
        let documents = documents(path, &bytes).unwrap_or_else(|problem| vec![Err(problem)]);
        // Settings and templates of other programs lie in folders, too: one is told of.
        let is_broken = documents.iter().any(Result::is_err);
        if is_broken && asked == Asked::InAFolder && !may_hold_entities(path, &bytes) {
            self.of_others += 1;
            if self.of_others > 1 {
                return;
            }
        }
        for document in documents {
            self.take(path, &home, document, asked);
        }
    }

    fn take(
        &mut self,
        path: &Path,
        home: &Home,
        document: Result<Document, Problem>,
        asked: Asked,
    ) {
        match document {
            Ok(Document::Page(bytes)) => self.take_page(path, &home.folder, &bytes),
            Ok(Document::Entity { value, line }) => {
                let mut entity = LooseEntity { value, line };
                if asked == Asked::InAFolder && !entity.looks_like_one() {
                    return;
                }
                entity.resolve_from(&home.folder);
                if home.in_git {
                    entity.tell_where_from(&home.file);
                }
                self.take_entity(path, &entity);
            }
            Err(problem) => self.stderr.tell(problem.place(path), problem.message),
        }
    }

    fn take_page(&mut self, path: &Path, folder: &Path, bytes: &[u8]) {
        let absolute = entity::with_absolute_locations(bytes, folder);
        match self
            .engine
            .upsert_page(absolute.as_deref().unwrap_or(bytes))
        {
            Ok(outcome) => {
                if let Some(total) = outcome.total_items {
                    self.of_catalog.0 +=
                        outcome.entities + u32::try_from(outcome.errors.len()).unwrap_or(u32::MAX);
                    self.of_catalog.1 = self.of_catalog.1.max(total);
                }
                tell_errors(&outcome, self.stderr, |index| {
                    format!("{}: items[{index}]", path.display())
                });
            }
            Err(refused) => self.stderr.tell(path.display(), refused),
        }
    }

    fn take_entity(&mut self, path: &Path, entity: &LooseEntity) {
        let place = format!("{}:{}", path.display(), entity.line);
        if let Some(entity_ref) = entity.entity_ref()
            && let Some(before) = self.declared.insert(entity_ref.clone(), place.clone())
        {
            self.stderr.tell(
                &place,
                format!("declares {entity_ref} again, after {before}: this one counts"),
            );
        }
        match self.engine.upsert_page(&entity.page()) {
            Ok(outcome) => tell_errors(&outcome, self.stderr, |_| place.clone()),
            Err(refused) => self.stderr.tell(&place, refused),
        }
    }
}

/// Whether a file that could not be read may have been meant for the catalog.
fn may_hold_entities(path: &Path, bytes: &[u8]) -> bool {
    let is_named_so = path
        .file_name()
        .is_some_and(|name| name.to_string_lossy().contains("catalog"));
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => {
            is_named_so || (text.contains("kind") && text.contains("metadata"))
        }
        _ => true,
    }
}

/// Tells of entities that the engine could not read.
pub fn tell_errors(outcome: &PageOutcome, stderr: &Stderr, place: impl Fn(u32) -> String) {
    for error in &outcome.errors {
        stderr.tell(place(error.index), &error.message);
    }
}

/// Where a catalog file lies.
struct Home {
    /// The file, absolute.
    file: PathBuf,
    /// Its folder, absolute.
    folder: PathBuf,
    /// Whether it lies in a repository: only then is there more to find where
    /// it came from.
    in_git: bool,
}

impl Home {
    fn of(path: &Path) -> Self {
        let file = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        Self {
            folder: file.parent().map(Path::to_owned).unwrap_or_default(),
            in_git: GitRepository::around(&file).is_ok(),
            file,
        }
    }
}

/// How a file came to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// Somebody named it: whatever is no entity in it is an error.
    ByName,
    /// It lies in a folder, which may hold other things too.
    InAFolder,
}
