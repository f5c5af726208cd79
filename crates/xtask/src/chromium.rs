//! Debian's Chromium for the end-to-end tests: found, or installed where that is allowed.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::processes::Program;

/// Where browsers that speak Playwright's protocol are installed.
const PLACES: [&str; 4] = [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
];
/// The variable that names another browser.
const VARIABLE: &str = "BROWSER_PATH";

/// Tells at once what would otherwise be told at the end of a long run.
pub fn check() -> Result<()> {
    if find().is_none() && !may_install() {
        bail!(
            "no Chromium is installed, which the end-to-end tests drive; install it: \
             sudo apt-get install chromium (or name another in {VARIABLE})"
        );
    }
    Ok(())
}

/// Finds a browser, or installs Debian's as root.
pub fn prepare() -> Result<PathBuf> {
    check()?;
    if find().is_none() {
        install()?;
    }
    find().context("Chromium was installed, and is in none of the usual places")
}

fn find() -> Option<PathBuf> {
    let named = std::env::var_os(VARIABLE).map(PathBuf::from);
    named
        .into_iter()
        .chain(PLACES.map(PathBuf::from))
        .find(|browser| browser.is_file())
}

fn may_install() -> bool {
    rustix::process::geteuid().is_root() && has_apt()
}

fn has_apt() -> bool {
    Program::new("apt-get", "apt-get")
        .arg("--version")
        .answer()
        .is_some()
}

fn install() -> Result<()> {
    Program::new("apt-update", "apt-get").arg("update").run()?;
    Program::new("apt-install-chromium", "apt-get")
        .args(["install", "--yes", "--no-install-recommends", "chromium"])
        .env("DEBIAN_FRONTEND", "noninteractive")
        .run()?;
    Ok(())
}
