//! Repositories of whoever looks around, in the portal beside the example company's.
//!
//! Their catalog files are registered where they lie, as a portal with a catalog of its
//! own would; a repository without any gets an entry that says no more than where it is.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_yaml_ng::{Mapping, Value};

use crate::workspace;

/// What an entity may be called at most, in characters.
const LONGEST_NAME: usize = 63;
/// What a template's own text has and a catalog entry never.
const PLACEHOLDER: &str = "${{";

/// What was laid over the demonstration's configuration.
pub struct Overlay {
    /// The configuration file.
    pub configuration: PathBuf,
    /// The catalog files that it adds.
    pub catalog_files: Vec<PathBuf>,
}

/// Writes the configuration that adds the repositories of `folders` to what the files of
/// `configurations` say together, into the folder `aside`, which is emptied first.
///
/// # Errors
/// A folder that is in no git repository with its files checked out.
pub fn overlay(folders: &[PathBuf], configurations: &[PathBuf], aside: &Path) -> Result<Overlay> {
    if aside.exists() {
        fs::remove_dir_all(aside).context("cannot remove what an earlier start wrote")?;
    }
    fs::create_dir_all(aside).context("cannot create the folder of catalog entries")?;
    let mut repositories = BTreeSet::new();
    for folder in folders {
        repositories.insert(top_of(folder)?);
    }
    let mut catalog_files = Vec::new();
    let mut names = BTreeSet::new();
    for repository in &repositories {
        let found = catalog_files_of(repository)?;
        if found.is_empty() {
            let name = free_name(repository, &mut names);
            let file = aside.join(format!("{name}.yaml"));
            fs::write(&file, entry(&name, repository)?)
                .with_context(|| format!("cannot write {}", workspace::shown(&file)))?;
            catalog_files.push(file);
        }
        catalog_files.extend(found);
    }
    let configuration = aside.join("app-config.yaml");
    let texts = configurations
        .iter()
        .map(fs::read_to_string)
        .collect::<std::io::Result<Vec<_>>>()
        .context("cannot read the configuration")?;
    let laid_over = laid_over(&texts, &repositories, &catalog_files)?;
    fs::write(&configuration, laid_over).context("cannot write the configuration")?;
    Ok(Overlay {
        configuration,
        catalog_files,
    })
}

/// Git as its user has set it up, who may have to trust the folder.
fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder);
    command
}

/// The folder that holds the files of the repository that `folder` lies in.
fn top_of(folder: &Path) -> Result<PathBuf> {
    if !folder.is_dir() {
        bail!(
            "{} is no folder; name the folder of a repository",
            folder.display()
        );
    }
    let output = git(folder)
        .args(["rev-parse", "--show-toplevel"])
        .output()
        .context("cannot run git")?;
    if !output.status.success() {
        bail!(
            "{} is in no git repository whose files are checked out ({}); clone one first",
            folder.display(),
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    let top = String::from_utf8(output.stdout).context("a folder's name is no UTF-8")?;
    Ok(PathBuf::from(top.trim_end_matches('\n')))
}

/// The committed catalog files, skeletons of templates not among them.
fn catalog_files_of(repository: &Path) -> Result<Vec<PathBuf>> {
    let output = git(repository)
        .args(["ls-files", "-z", "--", ":(glob)**/catalog-info.yaml"])
        .output()
        .context("cannot run git")?;
    if !output.status.success() {
        bail!(
            "git cannot list the files of {} ({})",
            repository.display(),
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    let listed = String::from_utf8_lossy(&output.stdout).into_owned();
    let paths = listed.split('\0').filter(|path| !path.is_empty());
    let files = paths.map(|path| repository.join(path));
    // One that cannot be read stays: that the catalog took nothing from it is told.
    let is_skeleton =
        |file: &PathBuf| fs::read_to_string(file).is_ok_and(|text| text.contains(PLACEHOLDER));
    Ok(files.filter(|file| !is_skeleton(file)).collect())
}

/// The folder's name as far as an entity may be called so, and no other is.
fn free_name(repository: &Path, names: &mut BTreeSet<String>) -> String {
    let folder = repository.file_name().unwrap_or_default().to_string_lossy();
    let plain: String = folder
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .take(LONGEST_NAME - "-99".len())
        .collect();
    let plain = match plain.trim_matches('-') {
        "" => "repository",
        name => name,
    };
    let numbered = (2..).map(|number| format!("{plain}-{number}"));
    let name = std::iter::once(plain.to_owned())
        .chain(numbered)
        .find(|name| !names.contains(name))
        .unwrap_or_default();
    names.insert(name.clone());
    name
}

/// A catalog entry that says where the repository is. Who owns it is for its people to
/// say, so that the judgement asks them.
fn entry(name: &str, repository: &Path) -> Result<String> {
    let location = format!("dir:{}/", repository.display());
    let entity = serde_json::json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "Component",
        "metadata": {
            "name": name,
            "description": "A repository on this machine that has no catalog-info.yaml yet",
            "annotations": { "backstage.io/source-location": location },
        },
        "spec": { "type": "service", "lifecycle": "production", "owner": "unknown" },
    });
    serde_yaml_ng::to_string(&entity).context("cannot write a catalog entry")
}

/// A list of a configuration replaces the one that it is laid over: those of the last
/// configuration that has them come first.
fn laid_over(
    configurations: &[String],
    repositories: &BTreeSet<PathBuf>,
    catalog_files: &[PathBuf],
) -> Result<String> {
    let configurations = configurations
        .iter()
        .map(|text| serde_yaml_ng::from_str(text))
        .collect::<Result<Vec<Value>, _>>()
        .context("cannot read the configuration")?;
    let longer = |keys: &[&str], further: Vec<Value>| -> Result<Value> {
        let list = configurations
            .iter()
            .rev()
            .find_map(|configuration| {
                let mut value = configuration;
                for key in keys {
                    value = value.get(*key)?;
                }
                value.as_sequence()
            })
            .with_context(|| format!("no configuration has the list {}", keys.join(".")))?;
        Ok(Value::Sequence([list.clone(), further].concat()))
    };
    let text = |path: &PathBuf| Value::from(path.display().to_string());
    let folders = longer(
        &["mentorship", "git", "localFolders"],
        repositories.iter().map(text).collect(),
    )?;
    let kinds = longer(&["catalog", "rules"], Vec::new())?;
    let location = |file: &PathBuf| {
        let fields = [
            ("type", Value::from("file")),
            ("target", text(file)),
            ("rules", kinds.clone()),
        ];
        let fields = fields.map(|(key, value)| (Value::from(key), value));
        Value::Mapping(fields.into_iter().collect())
    };
    let locations = longer(
        &["catalog", "locations"],
        catalog_files.iter().map(location).collect(),
    )?;
    let nest = |keys: &[&str], value: Value| {
        keys.iter().rev().fold(value, |value, key| {
            Value::Mapping(Mapping::from_iter([(Value::from(*key), value)]))
        })
    };
    let overlay = Mapping::from_iter([
        (Value::from("catalog"), nest(&["locations"], locations)),
        (
            Value::from("mentorship"),
            nest(&["git", "localFolders"], folders),
        ),
    ]);
    serde_yaml_ng::to_string(&overlay).context("cannot write the configuration")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn made(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        assert!(
            git(folder.path())
                .args(["init", "--quiet"])
                .status()
                .unwrap()
                .success()
        );
        for (path, text) in files {
            let file = folder.path().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        assert!(
            git(folder.path())
                .args(["add", "."])
                .status()
                .unwrap()
                .success()
        );
        folder
    }

    #[test]
    fn catalog_files_are_taken_where_they_lie_and_skeletons_are_not() {
        let entity = "kind: Component\n";
        let repository = made(&[
            ("catalog-info.yaml", entity),
            ("services/pay/catalog-info.yaml", entity),
            (
                "templates/new/catalog-info.yaml",
                "name: ${{ values.name }}\n",
            ),
            ("README.md", "x"),
        ]);
        let inside = repository.path().join("services/pay");
        let top = top_of(&inside).unwrap();
        let found = catalog_files_of(&top).unwrap();
        let names: Vec<_> = found
            .iter()
            .map(|file| file.strip_prefix(&top).unwrap().to_str().unwrap())
            .collect();
        assert_eq!(
            names,
            ["catalog-info.yaml", "services/pay/catalog-info.yaml"]
        );
    }

    #[test]
    fn a_folder_outside_of_git_is_refused_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let refused = top_of(folder.path()).unwrap_err().to_string();
        assert!(refused.contains("clone one first"), "{refused}");
        let missing = top_of(&folder.path().join("none")).unwrap_err().to_string();
        assert!(missing.contains("is no folder"), "{missing}");
    }

    #[test]
    fn names_are_what_an_entity_may_be_called_and_differ() {
        let mut names = BTreeSet::new();
        let mut name = |path: &str| free_name(Path::new(path), &mut names);
        assert_eq!(name("/src/pay.gateway"), "pay-gateway");
        assert_eq!(name("/old/pay gateway"), "pay-gateway-2");
        assert_eq!(name("/src/…"), "repository");
        assert_eq!(name(&format!("/{}", "x".repeat(80))).len(), 60);
    }

    #[test]
    fn lists_of_other_configurations_stay_and_come_first() {
        let configurations = ["app-config.yaml", "tests/e2e/app-config.yaml"]
            .map(|path| fs::read_to_string(workspace::root().join(path)).unwrap());
        let repository = PathBuf::from("/src/shop");
        let file = repository.join("catalog-info.yaml");
        let text = laid_over(&configurations, &BTreeSet::from([repository]), &[file]).unwrap();
        let overlay: Value = serde_yaml_ng::from_str(&text).unwrap();
        let locations = overlay["catalog"]["locations"].as_sequence().unwrap();
        assert!(
            locations[0]["target"]
                .as_str()
                .unwrap()
                .contains("examples")
        );
        assert!(locations[1]["target"].as_str().unwrap().contains("hostile"));
        assert_eq!(locations[2]["target"], "/src/shop/catalog-info.yaml");
        let folders = overlay["mentorship"]["git"]["localFolders"]
            .as_sequence()
            .unwrap();
        assert_eq!(folders.last().unwrap(), "/src/shop");
        assert!(folders.len() > 1);
    }
}
