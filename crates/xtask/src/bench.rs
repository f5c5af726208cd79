//! `cargo xtask bench`: every benchmark of the crates, `crates/*/benches/*.rs`.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::processes::Program;
use crate::progress::Progress;
use crate::workspace;

/// Runs the benchmarks and prints what they print.
pub fn run() -> Result<()> {
    if !has_benchmarks()? {
        bail!("there is no benchmark yet; add one as crates/<crate>/benches/<name>.rs");
    }
    let step = Progress::new();
    step.run("Benchmarks", || {
        let log = Program::new("bench", "cargo")
            .args(["bench", "--workspace", "--locked", "--benches"])
            .run()?;
        print!("{}", log.text()?);
        Ok(None)
    })
}

fn has_benchmarks() -> Result<bool> {
    let crates = workspace::root().join("crates");
    let mut folders = fs::read_dir(&crates).context("cannot list crates")?;
    Ok(folders.any(|folder| folder.is_ok_and(|folder| folder.path().join("benches").is_dir())))
}
