//! How long a program takes, and what else the machine was doing.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::processes::interruption;

/// The median time of several runs of a program from start to exit, its output
/// thrown away.
pub fn median(runs: usize, program: &dyn Fn() -> Command) -> Result<Duration> {
    let mut times = Vec::new();
    for _ in 0..runs {
        times.push(once(program().stdout(Stdio::null()))?);
    }
    times.sort_unstable();
    times
        .get(times.len() / 2)
        .copied()
        .context("nothing was run")
}

/// Runs a program once and keeps what it prints.
pub fn into_file(mut program: Command, output: &Path) -> Result<Duration> {
    let file =
        File::create(output).with_context(|| format!("cannot create {}", output.display()))?;
    once(program.stdout(file))
}

fn once(program: &mut Command) -> Result<Duration> {
    interruption::check()?;
    let begun = Instant::now();
    let output = program
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .and_then(std::process::Child::wait_with_output)
        .with_context(|| format!("cannot run {:?}", program.get_program()))?;
    let time = begun.elapsed();
    if !output.status.success() {
        bail!(
            "{:?} failed ({}): {}",
            program.get_program(),
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(time)
}

/// The machine and how busy it is, in one line.
pub fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let processor = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let processor = processor
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or("unknown processor", |(_, name)| name.trim());
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("unknown");
    format!("{processor}, {cores} cores, load {load}")
}
