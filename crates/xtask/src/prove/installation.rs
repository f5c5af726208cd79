//! The packages as they would be published, in a Backstage made apart from this repository.
//!
//! ```text
//! pack ─▶ a new Backstage in a temporary folder ─▶ the README's commands, word for word ─▶ a browser
//! ```
//!
//! The commands ask a registry of ours, which has the packed packages and passes everything
//! else on; nothing else differs from what a reader does.

use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tempfile::TempDir;
use walkdir::WalkDir;

use crate::chromium;
use crate::ports;
use crate::processes::{Program, Running};
use crate::progress::Progress;
use crate::toolchain::Toolchain;
use crate::workspace;

/// What makes a new Backstage, of the release that the packages are built for.
const CREATE_APP: &str = "@backstage/create-app@0.9.2";
/// Where the README says how.
const BEGIN: &str = "## Install it into your Backstage";
const END: &str = "That is all.";
/// The backend starts after everything was added.
const BACKEND_STARTS: &str = "backend.start();";
/// How long the registry may take to say where it is.
const REGISTRY_WITHIN: Duration = Duration::from_secs(20);

/// Packs, installs and opens the page.
pub fn prove(progress: &Progress, toolchain: &Toolchain) -> Result<()> {
    let packed = progress.make("Packed packages", || {
        pack(toolchain).map(|packed| (packed, None))
    })?;
    let apart = TempDir::new().context("cannot make a temporary folder")?;
    let newcomer = Newcomer::new(toolchain, apart.path())?;
    progress.run("A Backstage apart", || newcomer.create().map(|()| None))?;
    progress.run("The README's five minutes", || {
        let (registry, address) = registry(toolchain, &packed)?;
        let steps = Steps::of_readme()?;
        for command in &steps.commands {
            newcomer.run("readme-command", command, &registry_of(&address))?;
        }
        registry.stop();
        newcomer.add_to_backend(&steps.backend_line)?;
        Ok(Some(format!("{} commands", steps.commands.len())))
    })?;
    progress.run("Types and pages", || {
        newcomer.run("newcomer-types", "yarn tsc", &[])?;
        newcomer.run("newcomer-pages", "yarn workspace app build", &[])?;
        Ok(None)
    })?;
    progress.run("Backend and browser", || newcomer.open().map(|()| None))
}

/// Makes the archives that would be published.
fn pack(toolchain: &Toolchain) -> Result<PathBuf> {
    let folder = workspace::target().join("packed");
    if folder.is_dir() {
        fs::remove_dir_all(&folder).context("cannot empty the folder of packed packages")?;
    }
    fs::create_dir_all(&folder).context("cannot make the folder of packed packages")?;
    toolchain.yarn("pack-types").arg("tsc").run()?;
    let plugins = WalkDir::new(workspace::root().join("plugin-ts/plugins"))
        .min_depth(1)
        .max_depth(1)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path);
    for package in plugins {
        toolchain
            .yarn("pack-build")
            .args(["run", "build"])
            .folder(&package)
            .run()?;
        archive(toolchain, &package, &folder)?;
    }
    archive(toolchain, &workspace::pkg(), &folder)?;
    Ok(folder)
}

fn archive(toolchain: &Toolchain, package: &Path, folder: &Path) -> Result<()> {
    let name = package.file_name().unwrap_or_default();
    toolchain
        .yarn("pack")
        .arg("pack")
        .arg("--out")
        .arg(folder.join(name).with_extension("tgz"))
        .folder(package)
        .run()?;
    Ok(())
}

/// Somebody with a Backstage, who knows nothing of this repository.
struct Newcomer<'a> {
    toolchain: &'a Toolchain,
    /// Their portal.
    portal: PathBuf,
    /// Their `PATH`, with a Yarn.
    path: std::ffi::OsString,
}

impl<'a> Newcomer<'a> {
    fn new(toolchain: &'a Toolchain, apart: &Path) -> Result<Self> {
        let programs = apart.join("bin");
        fs::create_dir_all(&programs).context("cannot make a folder for programs")?;
        let yarn = programs.join("yarn");
        let script = format!(
            "#!/bin/sh\nexec '{}' '{}' \"$@\"\n",
            toolchain.node_program().display(),
            toolchain.yarn_script().display()
        );
        fs::write(&yarn, script).context("cannot write a program")?;
        fs::set_permissions(&yarn, fs::Permissions::from_mode(0o755))
            .context("cannot make a program executable")?;
        let node = toolchain.node_program().parent().map(Path::to_owned);
        let rest = env::var_os("PATH").unwrap_or_default();
        let folders = [Some(programs), node];
        let all = folders.into_iter().flatten().chain(env::split_paths(&rest));
        Ok(Self {
            toolchain,
            portal: apart.join("portal"),
            path: env::join_paths(all).context("cannot write a PATH")?,
        })
    }

    fn create(&self) -> Result<()> {
        let line = format!(
            "npx --yes {CREATE_APP} --skip-install --path '{}'",
            self.portal.display()
        );
        self.equipped("create-app", &line)
            .folder(env::temp_dir())
            .env("BACKSTAGE_APP_NAME", "portal")
            .run()?;
        self.pin()?;
        self.run("newcomer-install", "yarn install", &[])
    }

    /// Versions that this repository pins, because others were published in parts or
    /// broken, are broken for the newcomer too.
    fn pin(&self) -> Result<()> {
        let ours = read_json(&workspace::root().join("package.json"))?;
        let path = self.portal.join("package.json");
        let mut theirs = read_json(&path)?;
        let pinned = ours["resolutions"].as_object().cloned();
        for (package, version) in pinned.unwrap_or_default() {
            theirs["resolutions"][package] = version;
        }
        fs::write(&path, theirs.to_string()).context("cannot write the newcomer's package.json")
    }

    /// Runs a command line in their portal.
    fn run(&self, name: &str, line: &str, settings: &[(&str, String)]) -> Result<()> {
        let mut program = self.equipped(name, line);
        for (setting, value) in settings {
            program = program.env(setting, value);
        }
        program.run().map(|_| ())
    }

    fn equipped(&self, name: &str, line: &str) -> Program {
        self.toolchain
            .equip(Program::new(name, "sh").args(["-c", line]))
            .folder(&self.portal)
            .env("PATH", &self.path)
            // Published today, or by a server of ours: nothing to be careful about.
            .env("YARN_NPM_MINIMAL_AGE_GATE", "0")
            .env("YARN_ENABLE_IMMUTABLE_INSTALLS", "false")
            // Asks a search engine about every package that is added.
            .env("YARN_TS_ENABLE_AUTO_TYPES", "false")
            .env("YARN_ENABLE_SCRIPTS", "false")
    }

    fn add_to_backend(&self, line: &str) -> Result<()> {
        let path = self.portal.join("packages/backend/src/index.ts");
        let text = fs::read_to_string(&path).context("cannot read the newcomer's backend")?;
        if !text.contains(BACKEND_STARTS) {
            bail!("the newcomer's backend has no `{BACKEND_STARTS}` any more");
        }
        let with = text.replace(BACKEND_STARTS, &format!("{line}\n{BACKEND_STARTS}"));
        fs::write(&path, with).context("cannot write the newcomer's backend")
    }

    /// Starts their portal and has a browser look at it.
    fn open(&self) -> Result<()> {
        let browser = chromium::prepare()?;
        let port = ports::free_port()?;
        let url = format!("http://localhost:{port}");
        let settings = format!(
            "app: {{ baseUrl: '{url}' }}\nbackend:\n  baseUrl: '{url}'\n  listen: {{ port: {port}, host: 127.0.0.1 }}\n"
        );
        fs::write(self.portal.join("app-config.local.yaml"), settings)
            .context("cannot write the newcomer's settings")?;
        let backend = self
            .equipped("newcomer-backend", "yarn workspace backend start")
            .start()?;
        let screenshots = workspace::target().join("packed/screenshots");
        fs::create_dir_all(&screenshots).context("cannot make a folder for screenshots")?;
        let seen = self
            .toolchain
            .node("newcomer-browser")
            .args(["--test", "--test-reporter=spec"])
            .arg(workspace::root().join("tests/install/portal.test.ts"))
            .env("PORTAL_URL", url)
            .env("BROWSER_PATH", browser)
            .env("SCREENSHOTS", screenshots)
            .run();
        let log = backend.quoted();
        backend.stop();
        seen.map(|_| ())
            .with_context(|| format!("the newcomer's backend said last:\n{log}"))
    }
}

/// What the README tells to do.
struct Steps {
    commands: Vec<String>,
    backend_line: String,
}

impl Steps {
    fn of_readme() -> Result<Self> {
        let text = fs::read_to_string(workspace::root().join("README.md"))
            .context("cannot read the README")?;
        let section = text
            .split_once(BEGIN)
            .and_then(|(_, rest)| rest.split_once(END))
            .map(|(section, _)| section)
            .with_context(|| format!("the README has no section from `{BEGIN}` to `{END}`"))?;
        let lines = || section.lines().map(str::trim);
        let commands: Vec<_> = lines()
            .filter(|line| line.starts_with("yarn "))
            .map(str::to_owned)
            .collect();
        let backend_line = lines()
            .find(|line| line.starts_with("backend.add("))
            .context("the README does not say what to add to the backend")?
            .to_owned();
        if commands.is_empty() {
            bail!("the README's section has no command");
        }
        Ok(Self {
            commands,
            backend_line,
        })
    }
}

/// Starts a registry of the packed packages; answers its address.
fn registry(toolchain: &Toolchain, packed: &Path) -> Result<(Running, String)> {
    let others = Program::new("npm", "npm")
        .args(["config", "get", "registry"])
        .answer()
        .context("npm does not say which registry it asks")?;
    let address = packed.join("address");
    let mut running = toolchain
        .node("newcomer-registry")
        .arg(workspace::root().join("tests/install/registry.mjs"))
        .arg(packed)
        .arg(others)
        .arg(&address)
        .start()?;
    let begun = Instant::now();
    loop {
        running.check()?;
        match fs::read_to_string(&address) {
            Ok(text) if text.ends_with('\n') => return Ok((running, text.trim().to_owned())),
            _ if begun.elapsed() > REGISTRY_WITHIN => {
                bail!("the registry did not start\n{}", running.quoted())
            }
            _ => thread::sleep(Duration::from_millis(50)),
        }
    }
}

fn registry_of(address: &str) -> [(&'static str, String); 2] {
    [
        ("YARN_NPM_REGISTRY_SERVER", address.to_owned()),
        ("YARN_UNSAFE_HTTP_WHITELIST", "127.0.0.1".to_owned()),
    ]
}

fn read_json(path: &Path) -> Result<Value> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("cannot read {}", path.display()))
}
