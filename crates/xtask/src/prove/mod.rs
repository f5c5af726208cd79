//! `cargo xtask prove`: what takes longer than a test run has time for.

mod fuzz;
mod installation;

use anyhow::{Result, bail};

use crate::e2e;
use crate::portal;
use crate::postgres::{Durability, Server, TEST_CONNECTION};
use crate::processes::{Log, Program};
use crate::progress::Progress;
use crate::replicas;
use crate::start;
use crate::toolchain::Toolchain;
use crate::workspace;

/// What `prove` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Prove only these parts
    #[arg(value_enum)]
    parts: Vec<Part>,
    /// How many cases each property is tried on, and ten times as many companies the oracle
    #[arg(long, default_value_t = 10_000)]
    cases: u32,
    /// Fuzz only these targets
    #[arg(long = "target", value_name = "NAME")]
    targets: Vec<String>,
    /// How many minutes each fuzz target gets
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=25))]
    minutes: u64,
    /// How often replicas are killed, paused or cut off from their database
    #[arg(long, default_value_t = 60)]
    faults: u32,
    /// How often replicas begin together on an empty server
    #[arg(long, default_value_t = 20)]
    boots: u32,
    /// How many seconds a backend is used for while its memory is watched
    #[arg(long, default_value_t = 120, value_name = "SECONDS")]
    soak: u32,
}

/// A part of the proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// The properties of the crates, on many more cases than `test` tries
    Properties,
    /// The readers of bytes from outside, on inputs that libFuzzer comes up with
    Fuzz,
    /// The module against an independent model of its rules, on random companies
    Oracle,
    /// Runs that break at every write
    Faults,
    /// Replicas that begin together, are killed, paused and cut off, and whose server is killed
    Replicas,
    /// A backend that is asked for more than it can answer, and is used for a while
    Endurance,
    /// Every page in every state, in every width and scheme
    Pages,
    /// The packed packages in a portal made apart from this repository, as the README says
    Installation,
}

/// Proves the parts one after the other; the first that fails ends it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let progress = Progress::new();
    let wants = |part| arguments.parts.is_empty() || arguments.parts.contains(&part);
    if wants(Part::Properties) {
        properties(&progress, arguments.cases)?;
    }
    if wants(Part::Fuzz) {
        fuzz::prove(&progress, &arguments.targets, arguments.minutes)?;
    }
    let in_node = [
        Part::Oracle,
        Part::Faults,
        Part::Replicas,
        Part::Endurance,
        Part::Pages,
        Part::Installation,
    ];
    if !in_node.into_iter().any(wants) {
        return Ok(());
    }
    let toolchain = start::prepare(&progress)?;
    if wants(Part::Oracle) {
        oracle(&progress, &toolchain, arguments.cases.saturating_mul(10))?;
    }
    if wants(Part::Faults) {
        faults(&progress, &toolchain)?;
    }
    if wants(Part::Replicas) {
        boots(&progress, &toolchain, arguments.boots)?;
        replicas(&progress, &toolchain, arguments.faults)?;
    }
    if wants(Part::Endurance) {
        endurance(&progress, &toolchain, arguments.soak)?;
    }
    if wants(Part::Pages) {
        pages(&progress, &toolchain)?;
    }
    if wants(Part::Installation) {
        installation::prove(&progress, &toolchain)?;
    }
    Ok(())
}

/// Tests of the crates, optimised, each property on that many cases.
fn properties(progress: &Progress, cases: u32) -> Result<()> {
    progress.run(format!("Properties, {cases} cases each"), || {
        Program::new("prove", "cargo")
            .args(["test", "--release", "--workspace", "--exclude", "xtask"])
            .args(["--locked", "--no-fail-fast"])
            .env("PROPTEST_CASES", cases.to_string())
            .run()?;
        Ok(None)
    })
}

/// Holds what the module says of random companies to what a slow model says.
fn oracle(progress: &Progress, toolchain: &Toolchain, companies: u32) -> Result<()> {
    progress.run(format!("Oracle, {companies} companies"), || {
        toolchain
            .node("prove-oracle")
            .args(["--test", "--test-reporter=spec"])
            .arg(workspace::oracle())
            .env("ORACLE_CASES", companies.to_string())
            .run()?;
        Ok(None)
    })
}

/// Looks at each page as `test` does, and in the looks that it has no time for.
fn pages(progress: &Progress, toolchain: &Toolchain) -> Result<()> {
    progress.run("Portal", || portal::build(toolchain).map(|_| None))?;
    let log = e2e::prove(toolchain, progress)?;
    if !log.status.success() {
        bail!("not every page is as it should be\n{}", log.quoted());
    }
    Ok(())
}

/// Breaks runs of the backend at every write, and lets them overlap for long.
fn faults(progress: &Progress, toolchain: &Toolchain) -> Result<()> {
    progress.run("Runs that break at every write", || {
        let server = Server::start(Durability::Forgone)?;
        toolchain
            .yarn("prove-faults")
            .args(["workspace", "backstage-plugin-mentorship-backend", "test"])
            .args(["--watchAll=false", "--runInBand", "faults", "migrate"])
            .env("MENTORSHIP_PROVE", "true")
            .env(TEST_CONNECTION, server.connection_string("postgres"))
            .run()?;
        Ok(None)
    })
}

/// Has replicas begin together on an empty server.
fn boots(progress: &Progress, toolchain: &Toolchain, boots: u32) -> Result<()> {
    progress.run(
        format!("Replicas that begin together {boots} times"),
        || {
            let log = replicas::begin_together(toolchain, boots)?;
            if !log.status.success() {
                bail!("not every replica began\n{}", log.quoted());
            }
            Ok(said(&log, "boots, in"))
        },
    )
}

/// Breaks replicas and their server while somebody reads.
fn replicas(progress: &Progress, toolchain: &Toolchain, faults: u32) -> Result<()> {
    progress.run(format!("Replicas that break {faults} times"), || {
        let log = replicas::break_them(toolchain, faults)?;
        if !log.status.success() {
            bail!("something was lost, mixed or doubled\n{}", log.quoted());
        }
        Ok(said(&log, "runs complete"))
    })
}

/// Asks a backend for too much, and uses it for a while.
fn endurance(progress: &Progress, toolchain: &Toolchain, seconds: u32) -> Result<()> {
    progress.run(format!("Too much load, and {seconds} s of use"), || {
        let server = Server::start(Durability::Forgone)?;
        let log = replicas::program(toolchain, "endurance", "endurance.ts")
            .env("DATABASE", server.connection_string("postgres"))
            .env("SOAK_SECONDS", seconds.to_string())
            .run()?;
        Ok(said(&log, "heap by ten seconds"))
    })
}

/// The line of a log that holds these words.
fn said(log: &Log, words: &str) -> Option<String> {
    let text = log.text().ok()?;
    let line = text.lines().find(|line| line.contains(words))?;
    Some(line.trim().to_owned())
}
