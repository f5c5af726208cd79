//! `cargo xtask prove`: the properties again, with many more cases than a test run has time for.

use anyhow::Result;

use crate::processes::Program;
use crate::progress::Progress;

/// What `prove` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// How many cases each property is tried on
    #[arg(long, default_value_t = 10_000)]
    cases: u32,
}

/// Runs the tests of the crates, optimised, each property on that many cases.
pub fn run(arguments: &Arguments) -> Result<()> {
    let progress = Progress::new();
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
