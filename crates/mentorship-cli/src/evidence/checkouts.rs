//! Where services live on this machine: a folder where the catalog says so, a
//! checkout for what is on a code host.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use mentorship_core::engine::{Engine, Refused};
use mentorship_core::wire::v1::{ServicePlace, SourceLocation};

use super::reading::Reading;
use crate::git::{GitRepository, Origin};
use crate::stderr::Stderr;

/// Feeds the engine every repository on this machine that a service lives in,
/// but for the services that evidence is there of.
///
/// # Errors
/// Where the engine refuses what it was fed: a defect, not a bad input.
pub fn read_where_services_live(
    engine: &mut Engine,
    checkouts: Option<&Path>,
    known: &BTreeSet<String>,
    stderr: &Stderr,
) -> Result<(), Refused> {
    let mut readings = Readings::default();
    for service in engine.locations() {
        if known.contains(&service.entity_ref) {
            continue;
        }
        match service.location {
            Some(SourceLocation::Folder { path }) => readings.add_folder(&path, service.entity_ref),
            Some(SourceLocation::Repository { url, directory, .. }) => {
                let Some(checkouts) = checkouts else { continue };
                let place = ServicePlace {
                    entity_ref: service.entity_ref,
                    directory,
                };
                readings.add_checkout(checkouts, &url, place, stderr);
            }
            None => {}
        }
    }
    for reading in readings.by_key.into_values() {
        reading.feed(engine, stderr)?;
    }
    Ok(())
}

/// One reading a repository, however many services live in it.
#[derive(Default)]
struct Readings {
    by_key: BTreeMap<String, Reading>,
}

impl Readings {
    fn add_folder(&mut self, path: &str, entity_ref: String) {
        match GitRepository::around(Path::new(path)) {
            Ok(found) => {
                let key = found.repository.folder().display().to_string();
                let place = ServicePlace {
                    entity_ref,
                    directory: found.directory,
                };
                self.add(key, Ok(found.repository), place);
            }
            Err(reason) => {
                let place = ServicePlace {
                    entity_ref,
                    directory: String::new(),
                };
                self.add(path.to_owned(), Err(reason), place);
            }
        }
    }

    fn add_checkout(&mut self, checkouts: &Path, url: &str, place: ServicePlace, stderr: &Stderr) {
        if let Some(reading) = self.by_key.get_mut(url) {
            reading.services.push(place);
            return;
        }
        match checkout_of(checkouts, url) {
            Ok(repository) => self.add(url.to_owned(), Ok(repository), place),
            // Not having a checkout says nothing about the service.
            Err(reason) => stderr.tell(&place.entity_ref, reason),
        }
    }

    fn add(&mut self, key: String, repository: Result<GitRepository, String>, place: ServicePlace) {
        let reading = self.by_key.entry(key.clone());
        let reading = reading.or_insert_with(|| Reading {
            key,
            repository,
            services: Vec::new(),
            since: None,
        });
        reading.services.push(place);
    }
}

/// The checkout of a web address: `<host>/<path>` below the folder, or the
/// repository's bare name where what is there does not come from elsewhere.
fn checkout_of(checkouts: &Path, url: &str) -> Result<GitRepository, String> {
    let address =
        Origin::parse(url).ok_or_else(|| format!("`{url}` is no address of a repository"))?;
    let (host, path) = address.host_and_path();
    let long = checkouts.join(host).join(path);
    let short = checkouts.join(address.name());
    if let Some(repository) = at(&long) {
        return Ok(repository);
    }
    let Some(repository) = at(&short) else {
        return Err(format!(
            "no checkout of {url} at {} or {}",
            long.display(),
            short.display()
        ));
    };
    match repository.origin() {
        Some(origin) if !origin.is(&address) => Err(format!(
            "{} is a checkout of {}, not of {url}; if it is the right one, move it to {}",
            short.display(),
            origin.url(),
            long.display()
        )),
        _ => Ok(repository),
    }
}

/// A repository whose root is here, with a work tree or bare.
fn at(folder: &Path) -> Option<GitRepository> {
    let mut bare = folder.as_os_str().to_owned();
    bare.push(".git");
    [folder.to_owned(), PathBuf::from(bare)]
        .iter()
        .filter(|folder| folder.is_dir())
        .filter_map(|folder| GitRepository::around(folder).ok())
        .find(|found| found.directory.is_empty())
        .map(|found| found.repository)
}
