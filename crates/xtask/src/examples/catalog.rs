//! The catalog: the company's own documents, and those found in its repositories.

use std::path::Path;

use serde::Deserialize;
use serde_yaml_ng::{Mapping, Value};

use super::branch::Tree;
use super::template::{Setting, Words};
use super::{Error, read, write};

/// The name under which a repository tells what is in it.
const CATALOG_FILE: &str = "catalog-info.yaml";
const SOURCE_LOCATION: &str = "backstage.io/source-location";

/// Writes the company's documents, filled in for the anchor.
pub(crate) fn write_company(
    sources: &Path,
    catalog: &Path,
    setting: &Setting<'_>,
) -> Result<(), Error> {
    for source in super::sorted_entries(sources)? {
        let text = setting
            .fill(&read(&source)?, &Words::new())
            .map_err(|problem| Error::Story {
                path: source.clone(),
                problem,
            })?;
        let name = source.file_name().unwrap_or_default();
        write(&catalog.join(name), &text)?;
    }
    Ok(())
}

/// Writes the documents of every catalog file in the tree of the repository
/// `name`, each pointing to the folder in which it was found, as a portal that
/// discovers repositories would. `folder` is where the repository will stand.
pub(crate) fn write_discovered(
    catalog: &Path,
    name: &str,
    folder: &Path,
    tree: &Tree,
) -> Result<(), Error> {
    for (path, text) in tree {
        let (scope, file) = path.rsplit_once('/').unwrap_or(("", path));
        if file == CATALOG_FILE {
            let name = match scope {
                "" => name.to_owned(),
                scope => format!("{name}-{}", scope.replace('/', "-")),
            };
            write_located(
                &catalog.join(format!("{name}.yaml")),
                text,
                &folder.join(scope),
            )?;
        }
    }
    Ok(())
}

/// Writes catalog documents to `file`, each with `folder` as its source.
pub(crate) fn write_located(file: &Path, text: &str, folder: &Path) -> Result<(), Error> {
    let location = format!(
        "dir:{}/",
        folder.display().to_string().trim_end_matches('/')
    );
    let fail = |problem: String| Error::Story {
        path: file.to_owned(),
        problem,
    };
    let mut located = Vec::new();
    for document in serde_yaml_ng::Deserializer::from_str(text) {
        let mut entity = Value::deserialize(document).map_err(|error| fail(error.to_string()))?;
        annotate(&mut entity, SOURCE_LOCATION, &location)
            .ok_or_else(|| fail("a document without metadata".into()))?;
        located.push(serde_yaml_ng::to_string(&entity).map_err(|error| fail(error.to_string()))?);
    }
    write(file, &located.join("---\n"))
}

fn annotate(entity: &mut Value, name: &str, value: &str) -> Option<()> {
    let metadata = entity.get_mut("metadata")?.as_mapping_mut()?;
    metadata
        .entry("annotations".into())
        .or_insert_with(|| Value::Mapping(Mapping::new()))
        .as_mapping_mut()?
        .insert(name.into(), value.into());
    Some(())
}
