//! The core as WebAssembly: compiled, bound to JavaScript, optimised, put into `pkg/dist`.
//!
//! One module serves Node and browsers; only the glue around it differs. The
//! generator of the glue is a library here, locked to the version of
//! `wasm-bindgen` that the binding compiles with.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;
use wasm_bindgen_cli_support::Bindgen;

use crate::fingerprint::Fingerprint;
use crate::prerequisites::WASM_TARGET;
use crate::processes::Program;
use crate::toolchain::Toolchain;
use crate::workspace;

/// The name of the module and of everything generated around it.
const NAME: &str = "mentorship_wasm";
/// What the module may have at most, compressed as servers send it.
///
/// The figure to reach is 400 KB. The module has about 580 KB since every kind of
/// evidence is in it: half of its code are the judgement's own stages, a sixth the
/// library's maps and vectors compiled once for each of their types. Compiled for size
/// throughout it judges half as fast (docs/adr/0019); what was won since is in
/// docs/adr/0046, 0047 and 0051. Until the reports are rendered by less code, by 2027-03-31 at
/// the latest, this holds that it does not grow unnoticed.
const MOST_BYTES_COMPRESSED: u64 = 581 * 1024;

/// The module as it lies in `pkg/dist`.
pub struct Built {
    /// Whether it was made now.
    pub rebuilt: bool,
    /// Its size as servers send it.
    pub bytes_compressed: u64,
}

impl Built {
    /// An error where it is larger than it may be.
    pub fn check_size(&self) -> Result<()> {
        let bytes = self.bytes_compressed;
        if bytes > MOST_BYTES_COMPRESSED {
            bail!(
                "the module has {bytes} bytes compressed, more than the {MOST_BYTES_COMPRESSED} \
                 that it may have; look for a new dependency or a large table"
            );
        }
        Ok(())
    }

    /// What is worth telling about it.
    pub fn note(&self) -> String {
        let kilobytes = self.bytes_compressed.div_ceil(1024);
        let state = if self.rebuilt { "" } else { ", unchanged" };
        format!("{kilobytes} KB gzip{state}")
    }
}

/// Builds the module and its glue, unless they are there already. Yarn's packages
/// must be installed: the optimiser is one of them.
pub fn build(toolchain: &Toolchain) -> Result<Built> {
    let fingerprint = fingerprint()?;
    if fingerprint.is_current() && is_complete() {
        return built(false);
    }
    fingerprint.forget()?;
    let aside = workspace::target().join("xtask/wasm");
    let packages = Packages::read()?;
    let plain = packages.compile()?;
    generate(&plain, &aside)?;
    let module = aside.join("node").join(module_file());
    optimise(toolchain, &module, packages.optimiser_arguments()?)?;
    publish(&aside)?;
    fingerprint.remember()?;
    built(true)
}

/// Whether the module is there, made from the sources as they are.
pub fn is_current() -> Result<bool> {
    Ok(fingerprint()?.is_current() && is_complete())
}

/// Compiles the binding crate; the part of [`build`] that needs nothing but Rust.
pub fn compile() -> Result<PathBuf> {
    Packages::read()?.compile()
}

/// What `cargo metadata` tells of the packages that the module is made of.
struct Packages(Vec<serde_json::Value>);

impl Packages {
    fn read() -> Result<Self> {
        let metadata = Program::new("wasm-metadata", "cargo")
            .args(["metadata", "--locked", "--format-version=1"])
            .args(["--filter-platform", WASM_TARGET])
            .run()?
            .text()?;
        let start = metadata.find('{').unwrap_or_default();
        let mut metadata: serde_json::Value = serde_json::from_str(&metadata[start..])
            .context("cannot read what `cargo metadata` prints")?;
        match metadata["packages"].take() {
            serde_json::Value::Array(packages) => Ok(Self(packages)),
            _ => bail!("`cargo metadata` names no packages"),
        }
    }

    fn compile(&self) -> Result<PathBuf> {
        let flags = serde_json::to_string(&self.flags()).context("cannot write flags")?;
        Program::new("wasm-compile", "cargo")
            .args(["build", "--release", "--locked"])
            .args(["--package", "mentorship-wasm"])
            .args(["--target", WASM_TARGET])
            // Joined with the flags of `.cargo/config.toml`.
            .args([
                "--config",
                &format!("target.{WASM_TARGET}.rustflags={flags}"),
            ])
            .run()?;
        let folder = workspace::target().join(WASM_TARGET).join("release");
        Ok(folder.join(NAME).with_extension("wasm"))
    }

    /// Where a panic may happen is named by a path. Of packages that were fetched it begins
    /// with the package: the module of two machines is the same, and tells of neither where
    /// it keeps them.
    fn flags(&self) -> Vec<String> {
        let fetched = self
            .0
            .iter()
            .filter(|package| package["source"].is_string());
        let folders = fetched.filter_map(|package| {
            let manifest = Path::new(package["manifest_path"].as_str()?);
            manifest.parent()?.parent()?.to_str()
        });
        let folders: BTreeSet<&str> = folders.collect();
        let flag = |folder| format!("--remap-path-prefix={folder}=");
        folders.into_iter().map(flag).collect()
    }

    /// How the module is optimised: the list that `wasm-pack` reads as well, from the
    /// manifest of the binding crate.
    fn optimiser_arguments(&self) -> Result<Vec<&str>> {
        let own = self
            .0
            .iter()
            .filter(|package| package["name"] == "mentorship-wasm");
        let arguments = own.filter_map(|package| {
            package["metadata"]["wasm-pack"]["profile"]["release"]["wasm-opt"].as_array()
        });
        let arguments = arguments.flatten().filter_map(serde_json::Value::as_str);
        let arguments: Vec<_> = arguments.collect();
        if arguments.is_empty() {
            bail!("crates/mentorship-wasm/Cargo.toml does not say how wasm-opt is to be run");
        }
        Ok(arguments)
    }
}

/// Everything the module is made from.
fn fingerprint() -> Result<Fingerprint> {
    let root = workspace::root();
    let mut fingerprint = Fingerprint::kept_in(workspace::target().join("xtask/wasm.built"))
        .with_text(include_str!("wasm.rs"));
    for source in [
        "Cargo.toml",
        "Cargo.lock",
        "rust-toolchain.toml",
        ".cargo/config.toml",
        "crates/mentorship-catalog",
        "crates/mentorship-core",
        "crates/mentorship-knowledge",
        "crates/mentorship-symbols",
        "crates/mentorship-texts",
        "crates/mentorship-wasm",
        "node_modules/binaryen/package.json",
    ] {
        fingerprint = fingerprint.with_sources(&root.join(source))?;
    }
    Ok(fingerprint)
}

/// Makes glue for Node and for browsers, each in its folder, around equal modules.
fn generate(plain: &Path, aside: &Path) -> Result<()> {
    let bind = |folder: &str, target: fn(&mut Bindgen) -> Result<&mut Bindgen>| {
        let folder = aside.join(folder);
        let mut bindgen = Bindgen::new();
        target(bindgen.input_path(plain).out_name(NAME))?
            .typescript(true)
            .omit_default_module_path(true)
            .reset_state_function(true)
            .generate(&folder)
            .context("cannot make the JavaScript around the module")?;
        fs::read(folder.join(module_file())).context("cannot read the bound module")
    };
    let for_node = bind("node", |bindgen| bindgen.nodejs(true))?;
    let for_browsers = bind("web", |bindgen| bindgen.web(true))?;
    if for_node != for_browsers {
        bail!("the modules for Node and for browsers differ; one can no longer serve both");
    }
    Ok(())
}

/// Optimises the module in place.
fn optimise(toolchain: &Toolchain, module: &Path, arguments: Vec<&str>) -> Result<()> {
    let wasm_opt = workspace::root().join("node_modules/binaryen/bin/wasm-opt");
    toolchain
        .node("wasm-opt")
        .arg(wasm_opt)
        .arg(module)
        .args(arguments)
        .arg("-o")
        .arg(module)
        .run()?;
    Ok(())
}

/// Puts one module and two kinds of glue into `pkg/dist`.
fn publish(aside: &Path) -> Result<()> {
    let dist = workspace::pkg().join("dist");
    fs::create_dir_all(&dist).with_context(|| format!("cannot create {}", dist.display()))?;
    for (from, to) in files() {
        let (from, to) = (aside.join(from), dist.join(to));
        fs::copy(&from, &to).with_context(|| format!("cannot copy {}", from.display()))?;
    }
    let types = fs::read_to_string(aside.join("node").join(format!("{NAME}.d.ts")))
        .context("cannot read the generated types")?;
    fs::write(types_file(), types).context("cannot write the generated types")
}

/// The generated types, committed so that TypeScript checks without Rust.
pub fn types_file() -> PathBuf {
    workspace::pkg().join("bindings.d.ts")
}

fn files() -> [(String, String); 3] {
    [
        (format!("node/{}", module_file()), module_file()),
        (format!("node/{NAME}.js"), "node.cjs".to_owned()),
        (format!("web/{NAME}.js"), "browser.mjs".to_owned()),
    ]
}

fn module_file() -> String {
    format!("{NAME}_bg.wasm")
}

fn is_complete() -> bool {
    let dist = workspace::pkg().join("dist");
    files().iter().all(|(_, file)| dist.join(file).is_file()) && types_file().is_file()
}

fn built(rebuilt: bool) -> Result<Built> {
    let module = workspace::pkg().join("dist").join(module_file());
    let bytes = fs::read(&module).context("cannot read the module")?;
    Ok(Built {
        rebuilt,
        bytes_compressed: compressed_length(&bytes)?,
    })
}

fn compressed_length(bytes: &[u8]) -> Result<u64> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).context("cannot compress")?;
    Ok(encoder.finish().context("cannot compress")?.len() as u64)
}
