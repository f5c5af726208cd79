//! End-to-end tests: a browser drives the portal as built, on a fresh database.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::chromium;
use crate::examples;
use crate::outside::ExampleServer;
use crate::own_repositories::{self, Overlay};
use crate::portal::{self, Portal};
use crate::prerequisites;
use crate::processes::Log;
use crate::progress::Progress;
use crate::start;
use crate::toolchain::Toolchain;
use crate::workspace;

/// Options of `cargo xtask e2e`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Take the pictures of the documentation anew, into docs/images, instead
    #[arg(long)]
    pictures: bool,
}

/// What is run against the portal.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// The end-to-end tests.
    Proof,
    /// The end-to-end tests, every state in every look.
    EveryLook,
    /// The pictures of the documentation.
    Pictures,
}

impl Purpose {
    fn files_end_with(self) -> &'static str {
        match self {
            Self::Proof | Self::EveryLook => ".test.ts",
            Self::Pictures => ".pictures.ts",
        }
    }

    /// What is laid over the demonstration's configuration: what nobody wants to see in
    /// it, and a repository of somebody who looks around.
    fn overlay(self) -> Result<Option<Overlay>> {
        if self == Self::Pictures {
            return Ok(None);
        }
        let configurations = ["app-config.yaml", "tests/e2e/app-config.yaml"]
            .map(|path| workspace::root().join(path));
        let visiting = visiting_repository()?;
        own_repositories::overlay(&[visiting], &configurations, &emptied("overlay")?).map(Some)
    }

    fn screenshots(self) -> Result<PathBuf> {
        match self {
            Self::Proof | Self::EveryLook => emptied("screenshots"),
            Self::Pictures => {
                let folder = workspace::root().join("docs/images");
                fs::create_dir_all(&folder).context("cannot create docs/images")?;
                Ok(folder)
            }
        }
    }
}

/// Prepares what is missing and runs the end-to-end tests.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let purpose = match arguments.pictures {
        true => Purpose::Pictures,
        false => Purpose::Proof,
    };
    let progress = Progress::new();
    progress.run("Prerequisites", || prerequisites::check().map(|()| None))?;
    let toolchain = start::prepare(&progress)?;
    progress.run("Portal", || portal::build(&toolchain).map(|_| None))?;
    let log = drive(&toolchain, &progress, purpose)?;
    print!("{}", log.text()?);
    Ok(if log.status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Runs the tests against a portal of their own, which must be built.
pub fn test(toolchain: &Toolchain, progress: &Progress) -> Result<Log> {
    drive(toolchain, progress, Purpose::Proof)
}

/// The same, and every state of every page in every width and scheme.
pub fn prove(toolchain: &Toolchain, progress: &Progress) -> Result<Log> {
    drive(toolchain, progress, Purpose::EveryLook)
}

fn drive(toolchain: &Toolchain, progress: &Progress, purpose: Purpose) -> Result<Log> {
    let step = progress.step("Browser and portal");
    let prepared = (|| {
        let browser = chromium::prepare()?;
        let company = examples::make(None)?;
        let server = ExampleServer::start(toolchain, &company)?;
        let mut portal = Portal::alone(emptied("database")?, server.address())?;
        let overlay = purpose.overlay()?;
        portal.configuration = overlay
            .as_ref()
            .map(|overlay| overlay.configuration.clone());
        let mut running = portal.start(toolchain)?;
        portal.wait_until_ready(&mut running, &step)?;
        let mut refused = Vec::new();
        if let Some(overlay) = &overlay {
            refused = portal.take(&overlay.catalog_files, &mut running, &step)?;
        }
        portal.take_what_is_pushed(&company, &mut running, &step)?;
        Ok((browser, portal, running, server, refused))
    })();
    let (browser, portal, running, _server, refused) = match prepared {
        Ok(prepared) => prepared,
        Err(error) => {
            step.failed();
            return Err(error);
        }
    };
    step.done(Some(&workspace::shown(&browser)));
    let mut tests = toolchain.node("e2e");
    if purpose == Purpose::EveryLook {
        tests = tests.env("EVERY_LOOK", "true");
    }
    let log = tests
        .args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
        .args(files(purpose)?)
        .env("PORTAL_URL", portal.url())
        .env("REFUSED", refused.join("\n"))
        .env("BROWSER_PATH", &browser)
        .env("SCREENSHOTS", purpose.screenshots()?)
        .run_to_end();
    running.stop();
    log
}

fn files(purpose: Purpose) -> Result<Vec<PathBuf>> {
    let folder = workspace::root().join("tests/e2e");
    let entries = fs::read_dir(&folder).context("cannot list tests/e2e")?;
    let mut tests: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(purpose.files_end_with()))
        .collect();
    tests.sort();
    Ok(tests)
}

/// The catalog file of a repository that visits: a service, and an entry that no catalog
/// takes.
const VISITING: &str = "\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: visiting
spec:
  type: service
  lifecycle: production
  owner: group:default/platform
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: refused
spec:
  type: service
  lifecycle: production
  owner: group:default/platform
  dependsOn: [visiting]
";

/// A repository that was made elsewhere, with one commit.
fn visiting_repository() -> Result<PathBuf> {
    let folder = emptied("visiting")?;
    for (path, text) in [("catalog-info.yaml", VISITING), ("visit.js", "visit();\n")] {
        fs::write(folder.join(path), text).context("cannot write the visiting repository")?;
    }
    let identity = [
        "-c",
        "user.name=Vera Visitor",
        "-c",
        "user.email=vera@example.org",
    ];
    for arguments in [
        &["init", "--quiet"][..],
        &["add", "."],
        &[&identity[..], &["commit", "--quiet", "--message", "Visit"]].concat(),
    ] {
        let status = examples::git(&folder).args(arguments).status();
        if !status.context("cannot run git")?.success() {
            bail!("git cannot make the visiting repository");
        }
    }
    Ok(folder)
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
