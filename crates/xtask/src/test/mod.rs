//! `cargo xtask test`: everything that CI proves, as a list of steps with their times.
//!
//! A step that fails does not end the run; a step that needs what another one
//! failed to make is told as blocked. Each step's output is a log of its own.

mod report;
mod tally;

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;

use anyhow::{Context, Result, bail};

use crate::chromium;
use crate::codegen;
use crate::e2e;
use crate::packages;
use crate::portal;
use crate::postgres::{Durability, Server, TEST_CONNECTION};
use crate::prerequisites;
use crate::processes::{Log, Program};
use crate::progress::Progress;
use crate::replicas;
use crate::toolchain::Toolchain;
use crate::wasm;
use crate::workspace;

use report::Report;
use tally::Tally;

/// One of each kind of fault of replicas; `prove` has time for more.
const FAULTS: u32 = 5;

/// One where all begin, and one where one of them is killed meanwhile.
const BOOTS: u32 = 2;

/// What `test` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Run only these parts
    #[arg(value_enum)]
    parts: Vec<Part>,
}

/// A part of the whole run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// Format, lints and tests of the crates
    Rust,
    /// The WebAssembly module under every loader, and what is generated
    Wasm,
    /// Format, types, lints, tests and packages of the plugins
    Typescript,
    /// A browser drives the portal
    E2e,
}

/// Runs the steps and tells at the end what passed, what failed and what was skipped.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let progress = Progress::new();
    let wants = |part| arguments.parts.is_empty() || arguments.parts.contains(&part);
    progress.run("Prerequisites", || {
        prerequisites::check()?;
        if wants(Part::E2e) {
            chromium::check()?;
        }
        Ok(None)
    })?;

    let mut report = Report::new(&progress);
    let mut packages = report.beside();
    // One mostly waits for the network, the other for the processor.
    let toolchain = thread::scope(|scope| {
        let installing = scope.spawn(|| install(&mut packages));
        if wants(Part::Rust) {
            rust(&mut report);
        }
        installing.join().unwrap_or_default()
    });
    report.append(packages);

    let needs_packages = [Part::Wasm, Part::Typescript, Part::E2e];
    if needs_packages.into_iter().any(wants) {
        match toolchain {
            Some(toolchain) => {
                let module = build_module(&mut report, &toolchain);
                if wants(Part::Wasm) {
                    let is_built = module.is_some();
                    test_module(&mut report, &toolchain, module);
                    if is_built {
                        oracle(&mut report, &toolchain);
                    }
                }
                if wants(Part::Typescript) {
                    typescript(&mut report, &toolchain);
                }
                if wants(Part::E2e) {
                    end_to_end(&mut report, &toolchain, &progress);
                }
            }
            None => report.blocked("Everything in JavaScript", "packages are not installed"),
        }
    }
    Ok(report.conclude(data_is_absent()))
}

fn install(report: &mut Report<'_>) -> Option<Toolchain> {
    let mut prepared = None;
    report.step("Packages", || {
        let toolchain = Toolchain::prepare()?;
        packages::install(&toolchain)?;
        prepared = Some(toolchain);
        Ok(Tally::default())
    });
    prepared
}

fn rust(report: &mut Report<'_>) {
    report.step("Rust format", || {
        checked(Program::new("rust-format", "cargo").args(["fmt", "--all", "--check"]))
    });
    report.step("Rust lints", || {
        let clippy = Program::new("rust-lints", "cargo")
            .args(["clippy", "--workspace", "--all-targets", "--locked"])
            .args(["--", "-D", "warnings"]);
        checked(clippy)
    });
    report.step("Rust tests", || {
        let tests = Program::new("rust-tests", "cargo")
            .args(["test", "--workspace", "--locked", "--no-fail-fast"])
            // Whether a commit is green depends on nothing else; new cases are `prove`'s.
            .env("PROPTEST_RNG_SEED", "1")
            // Tests that find no data say so on the output of a test that passed.
            .args(["--", "--show-output"]);
        counted(tests.run_to_end()?, tally::of_cargo)
    });
}

fn build_module(report: &mut Report<'_>, toolchain: &Toolchain) -> Option<wasm::Built> {
    let mut built = None;
    let committed = fs::read_to_string(wasm::types_file()).unwrap_or_default();
    report.step("WebAssembly module", || {
        let module = wasm::build(toolchain)?;
        built = Some(module);
        Ok(Tally::one())
    });
    if built.is_some() {
        report.step("Generated types of the module", || {
            codegen::check_module_types(&committed)?;
            Ok(Tally::one())
        });
    }
    built
}

fn test_module(report: &mut Report<'_>, toolchain: &Toolchain, module: Option<wasm::Built>) {
    let Some(module) = module else {
        report.blocked("WebAssembly tests", "the module is not built");
        return;
    };
    report.step("WebAssembly lints", || {
        // Also compiles the tests that `wasm-pack test` runs, so that they cannot rot.
        let clippy = Program::new("wasm-lints", "cargo")
            .args(["clippy", "--package", "mentorship-wasm", "--all-targets"])
            .args(["--locked", "--target", prerequisites::WASM_TARGET])
            .args(["--", "-D", "warnings"]);
        checked(clippy)
    });
    report.step("WebAssembly size", || {
        module.check_size()?;
        Ok(Tally::one())
    });
    report.step("WebAssembly tests", || {
        let tests = toolchain
            .node("wasm-tests")
            .args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
            .args(
                ["guard", "module", "packed", "situations"]
                    .map(|test| format!("tests/{test}.test.cjs")),
            )
            .env("PACKED_IN", pack_module(toolchain)?)
            .folder(workspace::pkg());
        counted(tests.run_to_end()?, tally::of_node)
    });
}

/// The packed module against a model of its rules; `prove` has time for more companies.
fn oracle(report: &mut Report<'_>, toolchain: &Toolchain) {
    report.step("Oracle", || {
        let oracle = toolchain
            .node("oracle")
            .args(["--test", "--test-reporter=spec"])
            .arg(workspace::oracle());
        counted(oracle.run_to_end()?, tally::of_node)
    });
}

fn typescript(report: &mut Report<'_>, toolchain: &Toolchain) {
    let mut replicas = report.beside();
    // Each waits often: until another replica takes over, or for one thread of a compiler.
    thread::scope(|scope| {
        scope.spawn(|| {
            replicas.step("Replicas that break", || {
                let log = replicas::break_them(toolchain, FAULTS)?;
                counted(log, tally::of_node)
            })
        });
        check_typescript(report, toolchain);
        report.step("Replicas that begin together", || {
            let log = replicas::begin_together(toolchain, BOOTS)?;
            counted(log, tally::of_node)
        });
    });
    report.append(replicas);
    report.step("TypeScript tests", || {
        // Without it, the tests of the database would pass on SQLite alone.
        let server = Server::start(Durability::Forgone)?;
        let tests = toolchain
            .yarn("typescript-tests")
            .args(["backstage-cli", "repo", "test", "--watchAll=false"])
            .env(TEST_CONNECTION, server.connection_string("postgres"));
        counted(tests.run_to_end()?, tally::of_jest)
    });
    report.step("TypeScript packages", || {
        // The app and the backend around it are built for the portal.
        checked(
            toolchain
                .yarn("typescript-build")
                .args(["backstage-cli", "repo", "build"]),
        )?;
        pack_plugins(toolchain)
    });
}

fn check_typescript(report: &mut Report<'_>, toolchain: &Toolchain) {
    let yarn = |name: &str, words: &[&str]| toolchain.yarn(name).args(words);
    report.step("TypeScript format", || {
        checked(yarn("typescript-format", &["prettier", "--check", "."]))
    });
    report.step("Types of the HTTP API", || {
        checked(codegen::http_types(toolchain).arg("--check"))
    });
    report.step("TypeScript types", || {
        checked(yarn("typescript-types", &["tsc"]))
    });
    report.step("TypeScript lints", || {
        checked(yarn("typescript-lints", &["backstage-cli", "repo", "lint"]))
    });
}

fn end_to_end(report: &mut Report<'_>, toolchain: &Toolchain, progress: &Progress) {
    let built = report.step("Portal", || {
        portal::build(toolchain)?;
        Ok(Tally::one())
    });
    if !built {
        report.blocked("End-to-end tests", "the portal is not built");
        return;
    }
    report.step("End-to-end tests", || {
        counted(e2e::test(toolchain, progress)?, tally::of_node)
    });
}

/// A step without tests of its own counts as one.
fn checked(program: Program) -> Result<Tally> {
    program.run()?;
    Ok(Tally::one())
}

/// Counts what a test runner reported. One that failed without naming a test, for
/// nothing compiled, has failed all the same.
fn counted(log: Log, count: fn(&str) -> Tally) -> Result<Tally> {
    let text = log.text()?;
    let tally = count(&text);
    if log.status.success() && tally.failed == 0 {
        if tally.passed == 0 {
            bail!("no test ran, which proves nothing\n{}", log.quoted());
        }
        return Ok(tally);
    }
    Err(report::Failed {
        tally: tally.at_least_one_failed(),
        names: tally::names_of_failed(&text),
        quoted: log.quoted(),
    }
    .into())
}

/// Packs the module as it is published and unpacks it where a consumer would find it.
fn pack_module(toolchain: &Toolchain) -> Result<PathBuf> {
    let consumer = workspace::target().join("xtask/consumer");
    if consumer.exists() {
        fs::remove_dir_all(&consumer).context("cannot remove the last consumer")?;
    }
    let installed = consumer.join("node_modules/backstage-plugin-mentorship-wasm");
    fs::create_dir_all(&installed).context("cannot create the consumer")?;
    let archive = consumer.join("package.tgz");
    toolchain
        .yarn("wasm-pack-package")
        .args(["pack", "--out"])
        .arg(&archive)
        .folder(workspace::pkg())
        .run()?;
    Program::new("wasm-unpack-package", "tar")
        .arg("-xzf")
        .arg(&archive)
        .args(["--strip-components=1", "-C"])
        .arg(&installed)
        .run()?;
    Ok(consumer)
}

/// Packs every package that is published, as it is published.
fn pack_plugins(toolchain: &Toolchain) -> Result<Tally> {
    let folder = workspace::target().join("xtask/packages");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    toolchain
        .yarn("typescript-pack")
        .args([
            "workspaces",
            "foreach",
            "--all",
            "--no-private",
            "pack",
            "--out",
        ])
        .arg(folder.join("%s.tgz"))
        .run()?;
    Ok(Tally::one())
}

/// Whether the data beside the checkout is missing, without which some tests are skipped.
fn data_is_absent() -> bool {
    let named = env::var_os("MENTORSHIP_CORPUS").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| workspace::root().join("../shared/data"));
    !folder.is_dir()
}
