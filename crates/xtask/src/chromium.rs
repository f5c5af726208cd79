//! Debian's Chromium for the end-to-end tests: found, or installed where that is allowed.

use std::path::PathBuf;

use anyhow::{Result, bail};

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

/// Finds a browser, or installs Debian's as root.
pub fn prepare() -> Result<PathBuf> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    if rustix::process::geteuid().is_root() && has_apt() {
        install()?;
    }
    find().map_or_else(
        || {
            bail!(
                "no Chromium is installed, which the end-to-end tests drive; install it: \
                 sudo apt-get install chromium (or name another in {VARIABLE})"
            )
        },
        Ok,
    )
}

fn find() -> Option<PathBuf> {
    let named = std::env::var_os(VARIABLE).map(PathBuf::from);
    named
        .into_iter()
        .chain(PLACES.map(PathBuf::from))
        .find(|browser| browser.is_file())
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
