//! What a repository declares: the entities of the catalog files that are
//! committed in it, and the folder of each service.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use mentorship_core::engine::Engine;
use mentorship_core::wire::v1::{ServicePlace, SourceLocation};

use super::{Document, LooseEntity, documents, tell_errors};
use crate::git::{GitRepository, Origin};
use crate::stderr::Stderr;

/// The entities that a repository declares.
#[derive(Debug, Default)]
pub struct Declared {
    /// The services by ref.
    pub services: BTreeMap<String, DeclaredService>,
    /// Users, groups and the rest.
    others: Vec<LooseEntity>,
}

/// A service that a repository declares.
#[derive(Debug)]
pub struct DeclaredService {
    /// The entity.
    pub entity: LooseEntity,
    /// Its folder in the repository, without slashes at its ends.
    directory: String,
    /// The file that declares it; absent where it was made up.
    file: Option<String>,
}

impl Declared {
    /// Reads the catalog files at the head, without the samples beside `folder`:
    /// what stands in folders of examples, tests and templates is no service, unless
    /// the folder asked about is one of them. `scout` is an engine that knows by
    /// its policy which entities are services; it is not used again.
    ///
    /// # Errors
    /// Where git cannot read the repository.
    pub fn at_head(
        repository: &GitRepository,
        folder: &str,
        mut scout: Engine,
        stderr: &Stderr,
    ) -> Result<Self, String> {
        let origin = repository.origin();
        let mut entities = BTreeMap::new();
        let mut declared = Self::default();
        for (path, content) in catalog_files(repository, folder, stderr)? {
            let shown = Path::new(&path);
            let documents = documents(shown, &content).unwrap_or_else(|problem| vec![Err(problem)]);
            for document in documents {
                match document {
                    Ok(Document::Entity { value, line }) => {
                        let place = format!("{path}:{line}");
                        let mut entity = LooseEntity { value, line };
                        let file = repository.folder().join(&path);
                        entity.resolve_from(file.parent().unwrap_or(&file));
                        entity.tell_where_from(&file);
                        let outcome = scout
                            .upsert_page(&entity.page())
                            .map_err(|refused| refused.to_string())?;
                        tell_errors(&outcome, stderr, |_| place.clone());
                        match entity.entity_ref() {
                            Some(entity_ref) if is_to_be_filled_in(&entity_ref) => stderr.tell(
                                place,
                                format!(
                                    "left out as a template: {entity_ref} is still to be filled in"
                                ),
                            ),
                            Some(entity_ref) if outcome.services == 1 => {
                                if entities
                                    .insert(entity_ref.clone(), (entity, path.clone()))
                                    .is_some()
                                {
                                    stderr.tell(
                                        place,
                                        format!("declares {entity_ref} again: this one counts"),
                                    );
                                }
                            }
                            _ => declared.others.push(entity),
                        }
                    }
                    Ok(Document::Page(_)) => {
                        stderr.tell(&path, "a page of a catalog, not an entity")
                    }
                    Err(problem) => stderr.tell(problem.place(shown), problem.message),
                }
            }
        }
        for service in scout.locations() {
            let Some((entity, path)) = entities.remove(&service.entity_ref) else {
                continue;
            };
            match directory(service.location, &path, repository, origin.as_ref()) {
                Ok(directory) => {
                    declared.services.insert(
                        service.entity_ref,
                        DeclaredService {
                            entity,
                            directory,
                            file: Some(path),
                        },
                    );
                }
                Err(elsewhere) => stderr.tell(
                    service.entity_ref,
                    format!("left out: its source is at {elsewhere}"),
                ),
            }
        }
        Ok(declared)
    }

    /// Keeps the services in a folder; without any, the nearest ones above it;
    /// without any, makes one up.
    pub fn keep_those_around(&mut self, folder: &str, repository: &GitRepository, stderr: &Stderr) {
        let inside = |service: &DeclaredService| holds(folder, &service.directory);
        if self.services.values().any(inside) {
            self.services.retain(|_, service| inside(service));
            return;
        }
        let above = |service: &DeclaredService| holds(&service.directory, folder);
        let nearest = self
            .services
            .values()
            .filter(|service| above(service))
            .map(|service| service.directory.len())
            .max();
        self.services
            .retain(|_, service| above(service) && Some(service.directory.len()) == nearest);
        if self.services.is_empty() {
            let full = repository.folder().join(folder);
            let name = full
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            let entity = LooseEntity::made_up(&name);
            let entity_ref = entity.entity_ref().unwrap_or_default();
            stderr.tell(&entity_ref, "made up from the folder's name: no catalog-info file that is committed here declares a service");
            let directory = folder.to_owned();
            self.services.insert(
                entity_ref,
                DeclaredService {
                    entity,
                    directory,
                    file: None,
                },
            );
        }
    }

    /// All entities.
    pub fn entities(&self) -> impl Iterator<Item = &LooseEntity> {
        self.services
            .values()
            .map(|service| &service.entity)
            .chain(&self.others)
    }

    /// Where each service is declared: its ref, the file, the line.
    pub fn lines(&self) -> Vec<(String, String, u32)> {
        let line = |(entity_ref, service): (&String, &DeclaredService)| {
            let line = u32::try_from(service.entity.line).unwrap_or(1).max(1);
            Some((entity_ref.clone(), service.file.clone()?, line))
        };
        self.services.iter().filter_map(line).collect()
    }

    /// Where each service lives.
    pub fn places(&self) -> Vec<ServicePlace> {
        let place = |(entity_ref, service): (&String, &DeclaredService)| ServicePlace {
            entity_ref: entity_ref.clone(),
            directory: service.directory.clone(),
        };
        self.services.iter().map(place).collect()
    }
}

/// Folders of things that are made to look like services.
const SAMPLES: [&str; 14] = [
    "__fixtures__",
    "__tests__",
    "example",
    "examples",
    "fixtures",
    "node_modules",
    "sample",
    "samples",
    "skeleton",
    "templates",
    "test",
    "testdata",
    "tests",
    "vendor",
];

/// Whether a name holds a place for one: `${{ values.name }}`, `{{cookiecutter.name}}`.
fn is_to_be_filled_in(entity_ref: &str) -> bool {
    entity_ref.contains("{{") || entity_ref.contains("${")
}

/// Whether a path stands in a folder of samples that `folder` is not in itself.
fn is_sample(path: &str, folder: &str) -> bool {
    let within = path.strip_prefix(folder).unwrap_or(path);
    let mut folders = within.split('/').rev().skip(1);
    folders.any(|name| SAMPLES.contains(&name.to_lowercase().as_str()))
}

/// Path and content of the catalog files that are committed.
fn catalog_files(
    repository: &GitRepository,
    folder: &str,
    stderr: &Stderr,
) -> Result<Vec<(String, Vec<u8>)>, String> {
    let Some(commit) = repository.head().map_err(|error| error.to_string())? else {
        return Ok(Vec::new());
    };
    let tree = repository
        .tree(&commit)
        .map_err(|error| error.to_string())?;
    let (samples, paths): (Vec<String>, Vec<String>) = tree
        .paths()
        .filter(|path| is_catalog_info(path))
        .map(Cow::into_owned)
        .partition(|path| is_sample(path, folder));
    if let Some(first) = samples.first() {
        stderr.tell(
            first,
            format!(
                "left out as a sample, as {} catalog files are in all; name its folder to have it judged",
                samples.len()
            ),
        );
    }
    let files = repository
        .files(&tree, &paths)
        .map_err(|error| error.to_string())?;
    Ok(files
        .into_iter()
        .filter_map(|file| match file.into_parts() {
            (path, Ok(content)) => Some((path, content)),
            (path, Err(failure)) => {
                stderr.tell(path, failure);
                None
            }
        })
        .collect())
}

/// `catalog-info.yaml` and its like: `pay-catalog-info.yml`, `catalog-info.json`; not a
/// workflow that is named after the file that it checks.
fn is_catalog_info(path: &str) -> bool {
    if path.starts_with(".github/workflows/") {
        return false;
    }
    let name = path
        .rsplit_once('/')
        .map_or(path, |(_, name)| name)
        .to_lowercase();
    ["catalog-info.yaml", "catalog-info.yml", "catalog-info.json"]
        .iter()
        .any(|known| name.ends_with(known))
}

/// The folder of a service in this repository, or the address where it is said
/// to live. A repository of the same name counts as this one: forks and mirrors
/// have other addresses.
fn directory(
    location: Option<SourceLocation>,
    path: &str,
    repository: &GitRepository,
    origin: Option<&Origin>,
) -> Result<String, String> {
    let of_file = path
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder)
        .to_owned();
    match location {
        None => Ok(of_file),
        Some(SourceLocation::Folder { path }) => {
            match Path::new(&path).strip_prefix(repository.folder()) {
                Ok(inside) => Ok(inside
                    .iter()
                    .map(|segment| segment.to_string_lossy())
                    .collect::<Vec<_>>()
                    .join("/")),
                Err(_) => Ok(of_file),
            }
        }
        Some(SourceLocation::Repository { url, directory, .. }) => {
            let said = Origin::parse(&url);
            match (said, origin) {
                (Some(said), Some(origin)) if !said.name().eq_ignore_ascii_case(origin.name()) => {
                    Err(url)
                }
                _ => Ok(directory),
            }
        }
    }
}

fn holds(folder: &str, other: &str) -> bool {
    folder.is_empty()
        || other
            .strip_prefix(folder)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
