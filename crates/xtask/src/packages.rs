//! npm packages: what the lock file says, installed where it is not.

use anyhow::Result;
use walkdir::WalkDir;

use crate::fingerprint::Fingerprint;
use crate::toolchain::Toolchain;
use crate::workspace;

/// Installs what the lock file says; `false` where that was so already.
pub fn install(toolchain: &Toolchain) -> Result<bool> {
    let modules = workspace::root().join("node_modules");
    let mut fingerprint = Fingerprint::kept_in(modules.join(".installed"))
        .with_text(&toolchain.node_version)
        .with_sources(&workspace::root().join("yarn.lock"))?
        .with_sources(&workspace::root().join(".yarnrc.yml"))?;
    for manifest in manifests() {
        fingerprint = fingerprint.with_sources(&manifest)?;
    }
    if fingerprint.is_current() && modules.join(".yarn-state.yml").is_file() {
        return Ok(false);
    }
    fingerprint.forget()?;
    toolchain
        .yarn("yarn-install")
        .args(["install", "--immutable"])
        .run()?;
    fingerprint.remember()?;
    Ok(true)
}

/// The package.json of every workspace, in order.
fn manifests() -> Vec<std::path::PathBuf> {
    let root = workspace::root();
    let below = |folder: &str, depth| {
        WalkDir::new(root.join(folder))
            .min_depth(depth)
            .max_depth(depth)
            .sort_by_file_name()
            .into_iter()
            .filter_map(Result::ok)
            .map(|folder| folder.into_path().join("package.json"))
            .filter(|manifest| manifest.is_file())
    };
    let mut manifests = vec![
        root.join("package.json"),
        workspace::pkg().join("package.json"),
    ];
    manifests.extend(below("plugin-ts/packages", 1));
    manifests.extend(below("plugin-ts/plugins", 1));
    manifests
}
