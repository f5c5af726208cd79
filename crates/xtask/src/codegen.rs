//! `cargo xtask codegen`: everything that is generated and committed.
//!
//! The generators are tests of the crates that own what is generated: with
//! `MENTORSHIP_CODEGEN=write` they write, else they compare.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::prerequisites;
use crate::processes::Program;
use crate::progress::Progress;
use crate::start;
use crate::wasm;

/// What `codegen` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Change nothing; fail where what is committed differs
    #[arg(long)]
    check: bool,
}

/// Writes, or with `--check` compares, wire types, schemas, rule pages, the command line's page and the module's
/// types.
pub fn run(arguments: &Arguments) -> Result<()> {
    let progress = Progress::new();
    progress.run("Prerequisites", || prerequisites::check().map(|()| None))?;
    progress.run("Wire types and pages", || {
        let program = Program::new("codegen", "cargo").args([
            "test",
            "--locked",
            "--package",
            "mentorship-core",
            "--package",
            "mentorship-cli",
        ]);
        if arguments.check {
            program.run()?;
        } else {
            program.env("MENTORSHIP_CODEGEN", "write").run()?;
        }
        Ok(None)
    })?;
    let committed = fs::read_to_string(wasm::types_file()).unwrap_or_default();
    start::prepare(&progress)?;
    if arguments.check {
        check_module_types(&committed)?;
    }
    Ok(())
}

/// An error where building the module has changed its types from what was `committed`.
pub fn check_module_types(committed: &str) -> Result<()> {
    let file = wasm::types_file();
    let generated = fs::read_to_string(&file).context("cannot read the generated types")?;
    if generated != committed {
        bail!("pkg/bindings.d.ts was not what the binding generates; it is now, commit it");
    }
    Ok(())
}
