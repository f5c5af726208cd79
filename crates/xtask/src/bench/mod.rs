//! `cargo xtask bench`: what our work costs, beside a baseline of the same run.
//!
//! Each figure stands next to what it is compared with, measured on the same
//! machine and input within the same minutes: git itself, other tools for the
//! same question, the same code as WebAssembly. Programs are measured from start
//! to exit, the engine's parts in processor time. Nothing here passes or fails by
//! a time; tools that cannot be had are told and left out.

mod codeowners;
mod document;
mod evaluation;
mod history;
mod monorepo;
mod routes;
mod stopwatch;
mod table;
mod truckfactor;
mod what_if;

use std::path::PathBuf;

use anyhow::Result;

use crate::processes::Program;
use crate::progress::Progress;
use crate::start;
use crate::toolchain::Toolchain;
use crate::workspace;
use table::Table;

/// What `bench` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Measure only this part
    part: Option<Part>,
    /// The git repository to read; the larger, the more it tells [default: this one]
    #[arg(long, value_name = "PATH")]
    repository: Option<PathBuf>,
    /// A history stream for the engine's parts, instead of what git prints for the repository
    #[arg(long, value_name = "FILE")]
    stream: Option<PathBuf>,
    /// How many entities the catalog has that is judged
    #[arg(long, default_value_t = 100_000)]
    entities: usize,
    /// How many services are judged again as of another day
    #[arg(long, default_value_t = 1_000_000)]
    again: usize,
    /// How often each is measured; the median counts
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Write docs/bus-factor.md: the answers and times for the published histories
    #[arg(long)]
    write: bool,
}

/// What can be measured by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// Histories, beside git
    History,
    /// Code owners, beside npm's `codeowners`
    Codeowners,
    /// What if somebody leaves
    WhatIf,
    /// Services of one large repository, beside those of a small one
    Monorepo,
    /// A catalog judged, beside plain JavaScript and json-rules-engine
    Evaluation,
    /// Runs and routes of a backend under load
    Routes,
}

/// Measures and prints one table, or writes the document.
pub fn run(arguments: &Arguments) -> Result<()> {
    let progress = Progress::new();
    let runs = arguments.runs.max(1);
    if arguments.write {
        return document::write(&progress, runs);
    }
    let toolchain = start::prepare(&progress)?;
    let measures = |part| arguments.part.is_none_or(|only| only == part);
    let mut table = Table::new();
    table.note(stopwatch::machine());
    if measures(Part::History) {
        let repository = match &arguments.repository {
            Some(repository) => repository.clone(),
            None => workspace::root().to_owned(),
        };
        let stream = history::from_git(&progress, &repository, runs, &mut table)?;
        let stream = arguments.stream.as_ref().unwrap_or(&stream);
        history::in_engine(&progress, &toolchain, stream, runs, &mut table)?;
    }
    if measures(Part::Codeowners) {
        codeowners::measure(&progress, &toolchain, runs, &mut table)?;
    }
    if measures(Part::WhatIf) {
        what_if::measure(&progress, &toolchain, runs, &mut table)?;
    }
    if measures(Part::Monorepo) {
        monorepo::measure(&progress, &toolchain, runs, &mut table)?;
    }
    if measures(Part::Evaluation) {
        let entities = arguments.entities;
        evaluation::measure(&progress, &toolchain, entities, runs, &mut table)?;
        evaluation::kept(&progress, &toolchain, entities, &mut table)?;
        evaluation::again(&progress, &toolchain, arguments.again, runs, &mut table)?;
    }
    if measures(Part::Routes) {
        routes::measure(&progress, &toolchain, arguments.entities, &mut table)?;
    }
    table.note(stopwatch::machine());
    print!("{table}");
    Ok(())
}

/// A benchmark of a crate, run on its own; the JSON that it prints.
fn native(package: &str, benchmark: &str, arguments: &[&str]) -> Result<serde_json::Value> {
    let program = Program::new(format!("bench-{benchmark}"), "cargo")
        .args(["bench", "--locked", "--package", package])
        .args(["--bench", benchmark, "--"])
        .args(arguments);
    answer_of(program)
}

/// A benchmark of the packed module; what else it is told follows.
fn of_module(toolchain: &Toolchain, name: &str, script: &str) -> Program {
    let program = toolchain.node(name).arg(self::script(script));
    program.arg(workspace::pkg())
}

/// A benchmark in JavaScript.
fn script(name: &str) -> PathBuf {
    let folder = workspace::root().join("crates/xtask/src/bench");
    folder.join(name)
}

/// The JSON object that is the last line of what a benchmark prints.
fn answer_of(benchmark: Program) -> Result<serde_json::Value> {
    let output = benchmark.run()?.text()?;
    let line = output.lines().rev().find(|line| line.starts_with('{'));
    Ok(serde_json::from_str(line.unwrap_or_default())?)
}

/// A number of a benchmark's answer; where it has none, what tables show as not measured.
fn number(answer: &serde_json::Value, pointer: &str) -> f64 {
    let value = answer.pointer(pointer);
    value
        .and_then(serde_json::Value::as_f64)
        .unwrap_or(f64::NAN)
}

/// Where benchmarks keep their inputs.
fn folder() -> PathBuf {
    workspace::target().join("xtask/bench")
}
