//! Where things are in the checkout.

use std::env;
use std::path::{Path, PathBuf};

/// The top of the checkout, two folders above this crate.
pub fn root() -> &'static Path {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_folder.ancestors().nth(2).unwrap_or(crate_folder)
}

/// Cargo's target folder; everything these commands keep is below it.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// The npm package around the WebAssembly module.
pub fn pkg() -> PathBuf {
    root().join("pkg")
}

/// The test that holds the engine to an independent model of its rules.
pub fn oracle() -> PathBuf {
    root().join("tests/oracle/oracle.test.cjs")
}

/// The folder in which Backstage's backend runs; paths in `app-config.yaml` are relative to it.
pub fn backend() -> PathBuf {
    root().join("plugin-ts/packages/backend")
}

/// The log of a step.
pub fn log(step: &str) -> PathBuf {
    target().join("xtask/logs").join(format!("{step}.log"))
}

/// A path as shown to people: relative to the checkout where it lies in it.
pub fn shown(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}
