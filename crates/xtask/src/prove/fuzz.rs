//! The fuzz targets of `tests/fuzz`, each under libFuzzer for some minutes.
//!
//! ```text
//! seeds + real documents ─▶ libFuzzer ─▶ what it found worth keeping, below target/fuzz
//!                               └──────▶ an input that breaks something: the proof fails
//! ```
//!
//! The compiler of the checkout will do: coverage is asked of it by flags that the stable
//! one takes. Overflows and broken invariants are looked for, not memory, since the crates
//! forbid unsafe code.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use mentorship_fuzz::{TARGETS, Target, corpus};

use crate::processes::Program;
use crate::progress::Progress;
use crate::workspace;

/// What makes a program tell libFuzzer where it was, and with what it compared.
const COVERAGE: [&str; 7] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Clink-dead-code",
];
/// An input that takes longer shows something that grows faster than its input.
const SECONDS_AN_INPUT: u32 = 10;
/// Longer inputs are rarely needed to get anywhere, and slow.
const LONGEST_INPUT: u32 = 20_000;

/// Fuzzes the targets of these names, every one where none is given, as many at a time as
/// there are processors.
pub fn prove(progress: &Progress, names: &[String], minutes: u64) -> Result<()> {
    let targets = named(names)?;
    let program = progress.make("Fuzz targets", || build().map(|program| (program, None)))?;
    let corpus = corpus();
    if corpus.is_none() {
        progress.say("  - no corpus of real documents: fuzzing begins with the seeds alone");
    }
    let at_once = thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let fuzz_some = || -> Vec<anyhow::Error> {
        let mut failed = Vec::new();
        while let Some(target) = targets.get(next.fetch_add(1, Ordering::Relaxed)) {
            let title = format!("Fuzzing {}, {minutes} min", target.name);
            let fuzzed = progress.run(title, || {
                fuzz(&program, target, minutes, corpus.as_deref()).map(Some)
            });
            failed.extend(fuzzed.err());
        }
        failed
    };
    let failed: Vec<anyhow::Error> = thread::scope(|scope| {
        let workers: Vec<_> = (0..at_once).map(|_| scope.spawn(fuzz_some)).collect();
        let failed = workers.into_iter().map(|worker| {
            let ended = worker.join();
            ended.unwrap_or_else(|_| vec![anyhow!("a thread of the fuzzing broke")])
        });
        failed.flatten().collect()
    });
    let mut failed = failed.into_iter();
    let Some(first) = failed.next() else {
        return Ok(());
    };
    let all = failed.fold(format!("{first:#}"), |all, error| {
        format!("{all}\n{error:#}")
    });
    bail!("{all}")
}

fn named(names: &[String]) -> Result<Vec<&'static Target>> {
    if names.is_empty() {
        return Ok(TARGETS.iter().collect());
    }
    let find = |name: &String| {
        mentorship_fuzz::named(name).ok_or_else(|| {
            let known: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
            anyhow!(
                "there is no fuzz target `{name}`; there are {}",
                known.join(", ")
            )
        })
    };
    names.iter().map(find).collect()
}

/// The program that has all targets in it.
fn build() -> Result<PathBuf> {
    let compiler = env::var("CXX").unwrap_or_else(|_| "c++".to_owned());
    let answer = Program::new("c++", &compiler).arg("--version").answer();
    if answer.is_none() {
        bail!(
            "`{compiler}` is missing (libFuzzer is compiled with it); install it: apt-get install g++"
        );
    }
    let host = host()?;
    let folder = workspace::target().join("fuzz");
    // A target is named so that the flags are not those of build scripts.
    Program::new("fuzz-build", "cargo")
        .args(["build", "--package", "mentorship-fuzz", "--locked"])
        .args(["--features", "libfuzzer", "--profile", "fuzz"])
        .args(["--target", &host, "--target-dir"])
        .arg(&folder)
        .env("RUSTFLAGS", COVERAGE.join(" "))
        .run()?;
    Ok(folder.join(host).join("fuzz/mentorship-fuzz"))
}

fn host() -> Result<String> {
    let version = Program::new("rustc", "rustc").arg("-vV").answer();
    let version = version.context("`rustc` does not say what it is")?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("`rustc -vV` names no host")?.to_owned())
}

/// Fuzzes a target; answers how many inputs were tried.
fn fuzz(program: &Path, target: &Target, minutes: u64, corpus: Option<&Path>) -> Result<String> {
    let name = target.name;
    let kept = workspace::target().join("fuzz/corpus").join(name);
    let broken = workspace::target().join("fuzz/broken").join(name);
    for folder in [&kept, &broken] {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
    }
    let real = target.corpus.iter();
    let real = real.filter_map(|folder| Some(corpus?.join(folder)));
    let log = Program::new(format!("fuzz-{name}"), program)
        // Of several folders the first one is written to.
        .arg(&kept)
        .arg(workspace::root().join("tests/fuzz/seeds").join(name))
        .args(real)
        .arg(format!(
            "-max_total_time={}",
            Duration::from_mins(minutes).as_secs()
        ))
        .arg(format!("-timeout={SECONDS_AN_INPUT}"))
        .arg(format!("-max_len={LONGEST_INPUT}"))
        .arg(format!("-artifact_prefix={}/", broken.display()))
        .arg("-print_final_stats=1")
        .env("MENTORSHIP_FUZZ_TARGET", name)
        .run_to_end()?;
    if !log.status.success() {
        bail!(
            "{name} breaks; mend it and keep the input, which is in {}, as a seed in \
             tests/fuzz/seeds/{name}\n{}",
            workspace::shown(&broken),
            log.quoted()
        );
    }
    let text = log.text()?;
    let statistic = |name: &str| {
        let mut lines = text.lines();
        lines.find_map(|line| Some(line.strip_prefix(name)?.trim().to_owned()))
    };
    let tried = statistic("stat::number_of_executed_units:");
    Ok(format!(
        "{} inputs",
        tried.unwrap_or_else(|| "unknown".to_owned())
    ))
}
