//! `cargo xtask prove`: the properties again, and runs that break, with many more cases than a
//! test run has time for.

use anyhow::{Result, bail};

use crate::postgres::{Durability, Server, TEST_CONNECTION};
use crate::processes::Program;
use crate::progress::Progress;
use crate::replicas;
use crate::start;

/// What `prove` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// How many cases each property is tried on
    #[arg(long, default_value_t = 10_000)]
    cases: u32,
    /// How often replicas are killed, paused or cut off from their database
    #[arg(long, default_value_t = 60)]
    faults: u32,
}

/// Runs the tests of the crates, optimised, each property on that many cases; then
/// breaks runs of the backend at every write, and lets them overlap for long.
pub fn run(arguments: &Arguments) -> Result<()> {
    let progress = Progress::new();
    properties(&progress, arguments)?;
    let toolchain = start::prepare(&progress)?;
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
    })?;
    progress.run(
        format!("Replicas that break {} times", arguments.faults),
        || {
            let log = replicas::break_them(&toolchain, arguments.faults)?;
            if !log.status.success() {
                bail!("something was lost, mixed or doubled\n{}", log.quoted());
            }
            Ok(None)
        },
    )
}

fn properties(progress: &Progress, arguments: &Arguments) -> Result<()> {
    progress.run(
        format!("Properties, {} cases each", arguments.cases),
        || {
            Program::new("prove", "cargo")
                .args(["test", "--release", "--workspace", "--exclude", "xtask"])
                .args(["--locked", "--no-fail-fast"])
                .env("PROPTEST_CASES", arguments.cases.to_string())
                .run()?;
            Ok(None)
        },
    )
}
