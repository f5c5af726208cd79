//! `docs/bus-factor.md`: what the engine answers for published histories, and how
//! long that takes.
//!
//! The answers are written by the test that compares them; only the times come
//! from here.

use std::env;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use flate2::read::GzDecoder;

use super::{folder, history, number, stopwatch};
use crate::processes::Program;
use crate::progress::Progress;
use crate::workspace;

const BEGIN: &str = "<!-- times: written by cargo xtask bench --write -->\n";
const END: &str = "<!-- end of times -->";

/// Writes answers and times, from the histories that the tests read.
pub fn write(progress: &Progress, runs: usize) -> Result<()> {
    let corpus = corpus()?;
    progress.run("Answers", || {
        Program::new("bench-answers", "cargo")
            .args(["test", "--locked", "--package", "mentorship-core"])
            .args(["--test", "knowledge_ground_truth"])
            .env("MENTORSHIP_CODEGEN", "write")
            .env("MENTORSHIP_CORPUS", &corpus)
            .run()?;
        Ok(None)
    })?;
    let mut times = String::new();
    progress.run("Times", || {
        times = table(&corpus, runs)?;
        Ok(None)
    })?;
    let file = workspace::root().join("docs/bus-factor.md");
    let document = fs::read_to_string(&file).context("cannot read docs/bus-factor.md")?;
    let Some((before, rest)) = document.split_once(BEGIN) else {
        bail!("docs/bus-factor.md has no place for the times");
    };
    let (_, after) = rest.split_once(END).unwrap_or_default();
    fs::write(&file, format!("{before}{BEGIN}{times}{END}{after}"))
        .context("cannot write docs/bus-factor.md")
}

fn table(corpus: &Path, runs: usize) -> Result<String> {
    let mut table = format!(
        "Processor time from the bytes of `git log` to the three readings, the median of {runs} \
         runs, on {}. A history costs by its commits as much as by their files. What is \
         stored of it is taken up again for later readings: from those bytes to the three readings.\n\n\
         | history | commits | file events | time | a million events | a million, taken up again | stored, an event |\n\
         |---|--:|--:|--:|--:|--:|--:|\n",
        stopwatch::machine()
    );
    let (mut all_time, mut all_stored, mut all_events) = (0.0, 0.0, 0.0);
    for log in logs(corpus)? {
        let stream = unpacked(&log)?;
        let answer = history::of_stream(&stream, runs)?;
        let time = |what: &str| number(&answer, &format!("/milliseconds/{what}"));
        let whole = time("push") + time("finish") + time("readings");
        let events = number(&answer, "/events");
        all_time += whole;
        all_stored += time("stored");
        all_events += events;
        table += &format!(
            "| {} | {} | {events} | {whole:.1} ms | {:.0} ms | {:.0} ms | {:.1} B |\n",
            name(&log),
            number(&answer, "/commits"),
            whole * 1e6 / events,
            time("stored") * 1e6 / events,
            number(&answer, "/storedBytes") / events
        );
    }
    table += &format!(
        "| all | | {all_events} | {all_time:.1} ms | {:.0} ms | {:.0} ms | |\n",
        all_time * 1e6 / all_events,
        all_stored * 1e6 / all_events
    );
    Ok(table)
}

fn corpus() -> Result<PathBuf> {
    let beside = workspace::root().join("../shared/data");
    let folder = env::var_os("MENTORSHIP_CORPUS").map_or(beside, PathBuf::from);
    let folder = fs::canonicalize(folder)
        .context("the published histories are not there; name their folder in MENTORSHIP_CORPUS")?;
    Ok(folder)
}

fn logs(corpus: &Path) -> Result<Vec<PathBuf>> {
    let folder = fs::read_dir(corpus.join("history")).context("cannot list the histories")?;
    let paths = folder.map(|entry| Ok(entry?.path()));
    let mut logs: Vec<PathBuf> = paths.collect::<io::Result<_>>()?;
    logs.retain(|path| path.to_string_lossy().ends_with(".log.gz"));
    logs.sort_unstable();
    Ok(logs)
}

fn name(log: &Path) -> String {
    let name = log.file_name().unwrap_or_default().to_string_lossy();
    name.trim_end_matches(".log.gz").to_owned()
}

fn unpacked(log: &Path) -> Result<PathBuf> {
    fs::create_dir_all(folder()).context("cannot create a folder for the inputs")?;
    let stream = folder().join(name(log)).with_extension("log");
    let mut packed = GzDecoder::new(File::open(log).context("cannot open a history")?);
    let mut file = File::create(&stream).context("cannot create a stream")?;
    io::copy(&mut packed, &mut file).context("cannot unpack a history")?;
    Ok(stream)
}
