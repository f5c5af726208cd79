//! End-to-end tests: a browser drives the portal as built, on a fresh database.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::chromium;
use crate::examples;
use crate::portal::{self, Portal};
use crate::prerequisites;
use crate::processes::Log;
use crate::progress::Progress;
use crate::start;
use crate::toolchain::Toolchain;
use crate::workspace;

/// Prepares what is missing and runs the end-to-end tests.
pub fn run() -> Result<ExitCode> {
    let progress = Progress::new();
    progress.run("Prerequisites", || prerequisites::check().map(|()| None))?;
    let toolchain = start::prepare(&progress)?;
    progress.run("Portal", || portal::build(&toolchain).map(|_| None))?;
    let log = test(&toolchain, &progress)?;
    print!("{}", log.text()?);
    Ok(if log.status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Runs the tests against a portal of their own, which must be built.
pub fn test(toolchain: &Toolchain, progress: &Progress) -> Result<Log> {
    let step = progress.step("Browser and portal");
    let prepared = (|| {
        let browser = chromium::prepare()?;
        examples::make(None)?;
        let portal = Portal::alone(emptied("database")?)?;
        let mut running = portal.start(toolchain)?;
        portal.wait_until_ready(&mut running, &step)?;
        Ok((browser, portal, running))
    })();
    let (browser, portal, running) = match prepared {
        Ok(prepared) => prepared,
        Err(error) => {
            step.failed();
            return Err(error);
        }
    };
    step.done(Some(&workspace::shown(&browser)));
    let log = toolchain
        .node("e2e")
        .args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
        .args(tests()?)
        .env("PORTAL_URL", portal.url())
        .env("BROWSER_PATH", &browser)
        .env("SCREENSHOTS", emptied("screenshots")?)
        .run_to_end();
    running.stop();
    log
}

fn tests() -> Result<Vec<PathBuf>> {
    let folder = workspace::root().join("tests/e2e");
    let entries = fs::read_dir(&folder).context("cannot list tests/e2e")?;
    let mut tests: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".test.ts"))
        .collect();
    tests.sort();
    Ok(tests)
}

/// An empty folder below `target/e2e`.
fn emptied(name: &str) -> Result<PathBuf> {
    let folder = workspace::target().join("e2e").join(name);
    remove(&folder)?;
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    Ok(folder)
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}
