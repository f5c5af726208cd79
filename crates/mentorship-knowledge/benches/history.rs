//! How long a history takes, natively: `cargo xtask bench` runs this and
//! compares. One JSON object on stdout, medians in milliseconds of processor
//! time, which other work on the machine hardly changes.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use mentorship_knowledge::stream::{HistoryDecoder, Record};
use mentorship_knowledge::{History, LossLimits, PersonSet, Scope, Settings};
use rustix::time::{ClockId, clock_gettime};
use std::collections::BTreeSet;
use std::hint::black_box;

/// As git's output comes through a pipe.
const CHUNK: usize = 65_536;
/// How many scopes a what-if asks about, and how many commits are new.
const SERVICES: usize = 1_000;
const NEW_COMMITS: usize = 100;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let of = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    let Some(stream) = of("--stream") else {
        eprintln!("nothing is measured without --stream FILE; `cargo xtask bench` gives one");
        return;
    };
    let runs = of("--runs").map_or(5, |runs| runs.parse().expect("a number of runs"));
    let stream = std::fs::read(stream).expect("a readable stream");

    let mut times = Times::default();
    let mut measured = None;
    for _ in 0..runs {
        measured = Some(measure(&stream, &mut times));
    }
    let (summary, stored, readings) = measured.expect("a run");
    let answer = serde_json::json!({
        "bytes": stream.len(),
        "commits": summary.commits,
        "events": summary.events,
        "files": summary.files,
        "people": summary.people,
        "storedBytes": stored,
        "authorship": readings.authorship.bus_factor,
        "recent": readings.recent.bus_factor,
        "services": SERVICES,
        "newCommits": NEW_COMMITS,
        "milliseconds": times.medians(),
    });
    println!("{answer}");
}

fn measure(
    stream: &[u8],
    times: &mut Times,
) -> (
    mentorship_knowledge::Summary,
    usize,
    mentorship_knowledge::Readings,
) {
    times.of("decode", || {
        let mut changes = 0_u32;
        let mut decoder = HistoryDecoder::default();
        for chunk in stream.chunks(CHUNK) {
            decoder.push(chunk, &mut |record| {
                changes += u32::from(matches!(record, Record::Change(_)));
            });
        }
        decoder.finish().expect("a whole stream");
        black_box(changes)
    });
    let mut history = times.of("push", || {
        let mut history = History::new(Settings::default());
        for chunk in stream.chunks(CHUNK) {
            history.push(chunk);
        }
        history
    });
    let summary = times.of("finish", || history.finish(None).expect("a whole history"));
    let readings = times.of("readings", || {
        history.readings(&Scope::Repository, &PersonSet::nobody())
    });

    let directories = directories(&history);
    let services: Vec<Scope<'_>> = directories
        .iter()
        .cycle()
        .take(SERVICES)
        .map(|directory| Scope::Subtree(directory))
        .collect();
    let best_known = readings.authorship.people.first();
    let leaving = best_known.map(|holder| history.people()[holder.person as usize].key.clone());
    let losses = times.of("losses", || {
        let leaving = history.those(|person| leaving.as_deref() == Some(person.key.as_str()));
        history.losses(
            &services,
            &PersonSet::nobody(),
            &leaving,
            &LossLimits::default(),
        )
    });
    black_box(losses);

    let stored = times.of("store", || history.store("bench"));
    times.of("stored", || {
        let restored = History::restore(Settings::default(), &stored, "bench");
        let mut restored = restored.expect("what was stored");
        restored.finish(None).expect("a whole history");
        restored.readings(&Scope::Repository, &PersonSet::nobody())
    });
    continued(stream, times);
    (summary, stored.len(), readings)
}

/// Stores all but the last commits, then reads only those.
fn continued(stream: &[u8], times: &mut Times) {
    let begins: Vec<usize> = memchr::memchr_iter(0x1e, stream)
        .filter(|&at| at == 0 || stream[at - 1] == 0 || stream[at - 1] == b'\n')
        .collect();
    // A cut that leaves a side branch open cannot be continued: the next one can.
    let cuts = begins.iter().rev().skip(NEW_COMMITS - 1).take(2_000);
    for &cut in cuts {
        let (old, new) = stream.split_at(cut);
        let mut before = History::new(Settings::default());
        before.push(old);
        if before.finish(None).is_err() {
            continue;
        }
        let stored = before.store("bench");
        let begun = processor_milliseconds();
        let mut after =
            History::restore(Settings::default(), &stored, "bench").expect("what was stored");
        after.push(new);
        let finished = after.finish(None);
        black_box(after.readings(&Scope::Repository, &PersonSet::nobody()));
        if finished.is_ok() {
            times.add("continue", begun);
            return;
        }
    }
}

/// The directories that hold files, as the services of a repository would be.
fn directories(history: &History) -> Vec<String> {
    let parents = history.files().filter_map(|(path, _)| {
        let path = std::str::from_utf8(path).ok()?;
        path.rsplit_once('/')
            .map(|(directory, _)| directory.to_owned())
    });
    let directories: BTreeSet<String> = parents.collect();
    match directories.is_empty() {
        true => vec![String::new()],
        false => directories.into_iter().collect(),
    }
}

/// What this thread has had of the processor.
fn processor_milliseconds() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

/// The times of all runs, by what was timed.
#[derive(Default)]
struct Times(std::collections::BTreeMap<&'static str, Vec<f64>>);

impl Times {
    fn of<T>(&mut self, what: &'static str, work: impl FnOnce() -> T) -> T {
        let begun = processor_milliseconds();
        let result = work();
        self.add(what, begun);
        result
    }

    fn add(&mut self, what: &'static str, begun: f64) {
        let time = processor_milliseconds() - begun;
        self.0.entry(what).or_default().push(time);
    }

    fn medians(&self) -> std::collections::BTreeMap<&'static str, f64> {
        let median = |times: &Vec<f64>| {
            let mut times = times.clone();
            times.sort_by(f64::total_cmp);
            times[times.len() / 2]
        };
        self.0
            .iter()
            .map(|(&what, times)| (what, median(times)))
            .collect()
    }
}
