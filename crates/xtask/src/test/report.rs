//! What became of each step, told as it ends and summed up at the end.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;

use crate::processes::interruption;
use crate::progress::{Progress, seconds};

use super::tally::Tally;

/// Test results with at least one failure.
#[derive(Debug, thiserror::Error)]
#[error("{} failed, {} passed\n{quoted}", tally.failed, tally.passed)]
pub struct Failed {
    /// What was counted.
    pub tally: Tally,
    /// The tests that failed, where the runner names them.
    pub names: Vec<String>,
    /// The end of the log.
    pub quoted: String,
}

/// Steps that were run, in order.
pub struct Report<'a> {
    progress: &'a Progress,
    begun: Instant,
    total: Tally,
    failures: Vec<String>,
    /// `step: test`, told last, where a reader of a long log looks first.
    failed_tests: Vec<String>,
}

impl<'a> Report<'a> {
    /// A report without steps.
    pub fn new(progress: &'a Progress) -> Self {
        Self {
            progress,
            begun: Instant::now(),
            total: Tally::default(),
            failures: Vec::new(),
            failed_tests: Vec::new(),
        }
    }

    /// A report for steps that are run beside those of this one.
    pub fn beside(&self) -> Self {
        Self::new(self.progress)
    }

    /// Does a step; `false` where it failed. After a Ctrl-C none is begun.
    pub fn step(&mut self, title: &str, work: impl FnOnce() -> Result<Tally>) -> bool {
        if interruption::check().is_err() {
            return false;
        }
        let step = self.progress.step(title);
        let error = match work() {
            Ok(tally) => {
                self.total = self.total.and(tally);
                step.done(note(tally).as_deref());
                return true;
            }
            Err(error) => error,
        };
        step.failed();
        let tally = match error.downcast_ref::<Failed>() {
            Some(failed) => {
                let names = failed.names.iter().map(|name| format!("{title}: {name}"));
                self.failed_tests.extend(names);
                failed.tally
            }
            None => Tally::default().at_least_one_failed(),
        };
        self.total = self.total.and(tally);
        self.failures.push(format!("{title}: {error:#}"));
        false
    }

    /// Tells of a step that could not be begun.
    pub fn blocked(&mut self, title: &str, why: &str) {
        self.progress.step(title).skipped(why);
        self.total = self.total.and(Tally::default().at_least_one_failed());
        self.failures.push(format!("{title}: not run, for {why}"));
    }

    /// Adds the steps of another report.
    pub fn append(&mut self, other: Self) {
        self.total = self.total.and(other.total);
        self.failures.extend(other.failures);
        self.failed_tests.extend(other.failed_tests);
    }

    /// Sums up. The last line of stdout is `N passed, N failed`.
    pub fn conclude(self, data_is_absent: bool) -> ExitCode {
        if interruption::check().is_err() {
            return ExitCode::from(interruption::EXIT_STATUS);
        }
        for failure in &self.failures {
            println!("\n{failure}");
        }
        if !self.failed_tests.is_empty() {
            println!("\nfailed:");
        }
        for test in &self.failed_tests {
            println!("  {test}");
        }
        println!("\nran for {}", seconds(self.begun.elapsed()));
        if self.total.ignored > 0 {
            println!("{} skipped by their own test code", self.total.ignored);
        }
        if self.total.without_data > 0 || data_is_absent {
            println!(
                "{} skipped, for there is no data beside the checkout: neither ../shared/data \
                 nor a folder named by MENTORSHIP_CORPUS",
                self.total.without_data
            );
        }
        println!("{} passed, {} failed", self.total.passed, self.total.failed);
        if self.failures.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

fn note(tally: Tally) -> Option<String> {
    let without_data = match tally.without_data {
        0 => String::new(),
        count => format!(", {count} without data"),
    };
    (tally.passed > 1).then(|| format!("{} passed{without_data}", tally.passed))
}
