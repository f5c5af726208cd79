//! A history from git to the answer, natively and in the packed module.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use super::stopwatch;
use super::table::{Table, milliseconds, times};
use super::{answer_of, folder, native, number, of_module, truckfactor};
use crate::processes::Program;
use crate::progress::Progress;
use crate::toolchain::Toolchain;
use crate::workspace;

/// What a history stream is, as the command line documents it.
const FORMAT: &str = "--format=%x1e%H%x1f%P%x1f%at%x1f%aN%x1f%aE\
    %x1f%(trailers:key=Co-authored-by,valueonly,separator=%x1d)\
    %x1f%(trailers:key=Reviewed-by,valueonly,separator=%x1d)";

/// Measures git alone, our command and another tool on a repository; the file
/// that git's output is in.
pub fn from_git(
    progress: &Progress,
    repository: &Path,
    runs: usize,
    table: &mut Table,
) -> Result<PathBuf> {
    let repository = fs::canonicalize(repository)
        .with_context(|| format!("there is no repository at {}", repository.display()))?;
    let mut mentorship = PathBuf::new();
    progress.run("Command line, optimised", || {
        mentorship = command_line()?;
        Ok(None)
    })?;
    let stream = folder().join("history.log");
    fs::create_dir_all(folder()).context("cannot create a folder for the inputs")?;
    let mut ours = Duration::ZERO;
    progress.run("git, and bus-factor from a cold start", || {
        stopwatch::into_file(git_log(&repository), &stream)?;
        let git = stopwatch::median(runs, &|| git_log(&repository))?;
        ours = stopwatch::median(runs, &|| bus_factor(&mentorship, &repository))?;
        table.section(repository.display().to_string());
        compare_to_git(table, git, ours);
        Ok(None)
    })?;
    let answer = command_answer(&mentorship, &repository)?;
    let truck_factor = number(&answer, "/readings/authorship/busFactor");
    truckfactor::measure(progress, &repository, ours, truck_factor, table)?;
    Ok(stream)
}

/// Measures the engine's parts on a stream, natively and in the packed module.
pub fn in_engine(
    progress: &Progress,
    toolchain: &Toolchain,
    stream: &Path,
    runs: usize,
    table: &mut Table,
) -> Result<()> {
    let mut natively = serde_json::Value::Null;
    progress.run("The engine natively", || {
        natively = of_stream(stream, runs)?;
        add_native(table, &natively);
        Ok(None)
    })?;
    progress.run("The engine as WebAssembly", || {
        let answer = in_module(toolchain, stream, runs)?;
        add_module(table, &answer, &natively);
        Ok(None)
    })
}

/// The engine's times on a stream, as its benchmark tells them.
pub fn of_stream(stream: &Path, runs: usize) -> Result<serde_json::Value> {
    let stream = stream.display().to_string();
    native(
        "mentorship-knowledge",
        "history",
        &["--stream", &stream, "--runs", &runs.to_string()],
    )
}

/// The optimised command line, built where it is not.
fn command_line() -> Result<PathBuf> {
    Program::new("bench-cli", "cargo")
        .args([
            "build",
            "--release",
            "--locked",
            "--package",
            "mentorship-cli",
        ])
        .run()?;
    Ok(workspace::target().join("release/mentorship"))
}

fn git_log(repository: &Path) -> Command {
    let mut git = Command::new("git");
    git.arg("-C").arg(repository).args([
        "-c",
        "diff.renameLimit=100000",
        "-c",
        "log.showRoot=true",
        "log",
        "--reverse",
        "--topo-order",
        "-z",
        "--name-status",
        "-M50%",
        FORMAT,
        "HEAD",
    ]);
    git
}

fn bus_factor(mentorship: &Path, repository: &Path) -> Command {
    let mut command = Command::new(mentorship);
    command.arg("bus-factor").arg(repository);
    command.args(["--format", "json"]);
    command
}

/// What the command line says about a repository.
fn command_answer(mentorship: &Path, repository: &Path) -> Result<serde_json::Value> {
    let output = bus_factor(mentorship, repository)
        .output()
        .context("cannot run the command line")?;
    serde_json::from_slice(&output.stdout).context("bus-factor printed no JSON")
}

fn in_module(toolchain: &Toolchain, stream: &Path, runs: usize) -> Result<serde_json::Value> {
    let benchmark = of_module(toolchain, "bench-module", "history.cjs");
    answer_of(benchmark.arg(stream).arg(runs.to_string()))
}

fn compare_to_git(table: &mut Table, git: Duration, ours: Duration) {
    let shown = |time: Duration| milliseconds(time.as_secs_f64() * 1_000.0);
    let ratio = ours.as_secs_f64() / git.as_secs_f64();
    table.compared(
        "bus-factor, cold / git log alone",
        shown(ours),
        shown(git),
        format!("{} of git's time", times(ratio)),
    );
}

fn add_native(table: &mut Table, answer: &serde_json::Value) {
    let of = |pointer: &str| number(answer, pointer);
    let time = |what: &str| of(&format!("/milliseconds/{what}"));
    let events = of("/events");
    let whole = time("push") + time("finish") + time("readings");
    table.section(format!(
        "The engine on git's output: {} commits, {} file events, {:.1} MB",
        of("/commits"),
        of("/events"),
        of("/bytes") / 1e6
    ));
    table.row(
        "decode, fold and readings, native",
        per_event(whole, events),
    );
    table.row(
        "  of which decoding alone takes",
        per_event(time("decode"), events),
    );
    table.row(
        "stored state to readings, native",
        per_event(time("stored"), events),
    );
    table.row(
        "readings of the whole again",
        milliseconds(time("readings")),
    );
    table.row(
        "what 1,000 services lose with one person",
        milliseconds(time("losses")),
    );
    if time("continue") > 0.0 {
        table.compared(
            "100 new commits on the stored state",
            milliseconds(time("continue")),
            milliseconds(whole),
            format!("{} from the beginning", times(time("continue") / whole)),
        );
    }
    table.row(
        "stored state",
        format!("{:.1} bytes / event", of("/storedBytes") / events),
    );
}

fn add_module(table: &mut Table, answer: &serde_json::Value, natively: &serde_json::Value) {
    let of = |answer, what| number(answer, &format!("/milliseconds/{what}"));
    let events = number(natively, "/events");
    let whole = |answer| of(answer, "push") + of(answer, "finish");
    table.compared(
        "decode and fold, WebAssembly in Node / native",
        per_event(whole(answer), events),
        per_event(whole(natively), events),
        times(whole(answer) / whole(natively)),
    );
    table.row(
        "stored state taken up again, WebAssembly",
        per_event(of(answer, "restore"), events),
    );
}

/// A time, and what it is for a million events.
fn per_event(time: f64, events: f64) -> String {
    let per_million = milliseconds(time * 1e6 / events);
    format!("{} = {per_million} / M events", milliseconds(time))
}
