//! How long a path's owners take, natively: `cargo xtask bench` runs this and
//! compares. One JSON object on stdout, medians in milliseconds of processor
//! time, which other work on the machine hardly changes.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use mentorship_core::evidence::owners::{CodeOwners, Dialect};
use rustix::time::{ClockId, clock_gettime};
use std::hint::black_box;
use std::path::Path;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let of = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    let Some(folder) = of("--folder") else {
        eprintln!("nothing is measured without --folder DIR; `cargo xtask bench` gives one");
        return;
    };
    let runs: usize = of("--runs").map_or(5, |runs| runs.parse().expect("a number of runs"));
    let folder = Path::new(&folder);
    let rules = std::fs::read(folder.join("CODEOWNERS")).expect("a CODEOWNERS file");
    let paths = std::fs::read_to_string(folder.join("paths.txt")).expect("a list of paths");
    let paths: Vec<&str> = paths.lines().collect();

    let (mut compile, mut ask) = (Vec::new(), Vec::new());
    let mut answers = String::new();
    for _ in 0..runs {
        let begun = processor_milliseconds();
        let parsed = CodeOwners::parse(&rules, Dialect::GitHub);
        compile.push(processor_milliseconds() - begun);
        let begun = processor_milliseconds();
        let mut owned = 0;
        for path in &paths {
            owned += black_box(parsed.owners.of(path)).owners.len();
        }
        ask.push(processor_milliseconds() - begun);
        black_box(owned);
        let lines = paths.iter().map(|path| {
            let owners = parsed.owners.of(path).owners;
            let owners: Vec<&str> = owners.iter().map(|owner| owner.as_written()).collect();
            owners.join(" ") + "\n"
        });
        answers = lines.collect();
    }
    std::fs::write(folder.join("answers.txt"), answers).expect("a writable folder");
    let median = |times: &mut Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    let answer = serde_json::json!({
        "rules": String::from_utf8_lossy(&rules).lines().count(),
        "paths": paths.len(),
        "milliseconds": { "compile": median(&mut compile), "ask": median(&mut ask) },
    });
    println!("{answer}");
}

/// What this thread has had of the processor.
fn processor_milliseconds() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}
