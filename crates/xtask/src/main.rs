//! The project's own commands, run as `cargo xtask <command>`.
//!
//! ```text
//! prerequisites → toolchain (Node, Yarn) → packages + wasm → examples → portal → start | e2e
//! ```
//!
//! What was made is kept below `target/` with a fingerprint of what it was made
//! from, so that a second run does only what changed.

mod bench;
mod catalog_entries;
mod chromium;
mod codegen;
#[cfg(test)]
mod documents;
mod e2e;
mod examples;
mod fingerprint;
mod outside;
mod own_repositories;
mod packages;
mod portal;
mod ports;
mod postgres;
mod prerequisites;
mod processes;
mod progress;
mod prove;
mod replicas;
mod start;
mod test;
mod toolchain;
mod wasm;
mod workspace;
mod yarn;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use processes::interruption::{self, Interrupted};
use processes::supervisor;

#[derive(Parser)]
#[command(name = "cargo xtask", about, version)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start the portal with the example company; installs and builds what is missing
    Start(start::Arguments),
    /// Run everything that CI proves, or some parts of it
    Test(test::Arguments),
    /// Drive the portal with a browser
    E2e(e2e::Arguments),
    /// Try every property on many more cases than `test` does
    Prove(prove::Arguments),
    /// Measure what our work costs, beside git and other tools
    Bench(bench::Arguments),
    /// Write everything that is generated and committed
    Codegen(codegen::Arguments),
    /// Build the core as WebAssembly into pkg/dist
    Wasm,
    /// Make the example company: git repositories and a catalog
    Examples(examples::Arguments),
    /// Run the project's Yarn, on a Node that fits
    Yarn(yarn::Arguments),
    /// Run a program that ends with this process's stdin
    #[command(name = supervisor::SUBCOMMAND, hide = true)]
    Supervise(supervisor::Arguments),
}

fn main() -> ExitCode {
    let command = match CommandLine::parse().command {
        Command::Supervise(arguments) => return supervisor::run(arguments),
        command => command,
    };
    match interruption::watch().and_then(|()| run(command)) {
        Ok(status) => status,
        Err(error) if error.is::<Interrupted>() => ExitCode::from(interruption::EXIT_STATUS),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Start(arguments) => start::run(&arguments)?,
        Command::Test(arguments) => return test::run(&arguments),
        Command::E2e(arguments) => return e2e::run(&arguments),
        Command::Prove(arguments) => prove::run(&arguments)?,
        Command::Bench(arguments) => bench::run(&arguments)?,
        Command::Codegen(arguments) => codegen::run(&arguments)?,
        Command::Wasm => start::build_wasm()?,
        Command::Examples(arguments) => examples::run(&arguments)?,
        Command::Yarn(arguments) => return yarn::run(&arguments),
        Command::Supervise(arguments) => return Ok(supervisor::run(arguments)),
    }
    Ok(ExitCode::SUCCESS)
}
