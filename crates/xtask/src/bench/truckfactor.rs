//! PyPI's `truckfactor`, the other tool at hand that answers for a repository.
//!
//! It asks git for lines where we ask for files, follows renames by name, and
//! counts who added most lines; the number means the same, the method differs,
//! so that both answers are told beside the times.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use super::stopwatch;
use super::table::{Table, milliseconds, times};
use crate::processes::Program;
use crate::progress::Progress;
use crate::workspace;

const VERSION: &str = "0.3.2";
/// One run of it takes a minute where one of ours takes a second.
const RUNS: usize = 1;

/// Measures it on a repository, unless it cannot be had.
pub fn measure(
    progress: &Progress,
    repository: &Path,
    ours: Duration,
    our_answer: f64,
    table: &mut Table,
) -> Result<()> {
    let step = progress.step(format!("truckfactor {VERSION} from PyPI"));
    let truckfactor = match installed() {
        Ok(truckfactor) => truckfactor,
        Err(error) => {
            let reason = error.root_cause().to_string();
            let reason = reason.lines().next().unwrap_or_default().to_owned();
            step.skipped(&reason);
            table.note(format!("  truckfactor {VERSION} is left out: {reason}"));
            return Ok(());
        }
    };
    let command = || {
        let mut command = Command::new(&truckfactor);
        command.arg(repository);
        // It must not run inside a repository.
        command.current_dir(env::temp_dir());
        command
    };
    let output = command().output().context("cannot run truckfactor")?;
    let told = String::from_utf8_lossy(&output.stdout);
    let their_answer = told
        .lines()
        .find_map(|line| line.rsplit_once(" is: ")?.1.trim().parse::<u32>().ok())
        .filter(|_| output.status.success());
    let Some(their_answer) = their_answer else {
        step.skipped("it gave no answer");
        table.note(format!(
            "  truckfactor {VERSION} is left out: it gave no answer"
        ));
        return Ok(());
    };
    let theirs = stopwatch::median(RUNS, &command)?;
    table.compared(
        &format!("bus-factor, cold / truckfactor {VERSION}"),
        milliseconds(ours.as_secs_f64() * 1_000.0),
        milliseconds(theirs.as_secs_f64() * 1_000.0),
        format!(
            "{} faster; answers {our_answer} and {their_answer}",
            times(theirs.as_secs_f64() / ours.as_secs_f64())
        ),
    );
    step.done(None);
    Ok(())
}

/// The program, installed into an environment of its own where it is not.
fn installed() -> Result<PathBuf> {
    let folder = workspace::target().join(format!("tools/truckfactor@{VERSION}"));
    let program = folder.join("bin/truckfactor");
    if program.is_file() {
        return Ok(program);
    }
    Program::new("bench-venv", "python3")
        .args(["-m", "venv"])
        .arg(&folder)
        .run()
        .context("Python 3 with venv is not there")?;
    Program::new("bench-truckfactor", folder.join("bin/pip"))
        .args(["install", "--quiet", "--disable-pip-version-check"])
        .arg(format!("truckfactor=={VERSION}"))
        .run()
        .context("PyPI cannot be reached, or has it not for this Python")?;
    Ok(program)
}
