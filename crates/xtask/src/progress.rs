//! Tells what is being done: a spinner for each step on a terminal, plain lines elsewhere.

use std::time::{Duration, Instant};

use anyhow::Result;
use console::style;
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

const SPIN_EVERY: Duration = Duration::from_millis(120);
/// Shorter times are not worth a word.
const WORTH_TELLING: Duration = Duration::from_secs(1);

/// Where steps are told, on stderr: stdout carries results.
pub struct Progress {
    bars: MultiProgress,
    on_terminal: bool,
}

impl Progress {
    /// Tells the user's terminal, or a log where stderr is none.
    pub fn new() -> Self {
        Self {
            bars: MultiProgress::with_draw_target(ProgressDrawTarget::stderr()),
            on_terminal: console::user_attended_stderr(),
        }
    }

    /// Begins a step.
    pub fn step(&self, title: impl Into<String>) -> Step<'_> {
        let title = title.into();
        let bar = self.bars.add(ProgressBar::new_spinner());
        if self.on_terminal {
            bar.set_style(spinner());
            bar.set_message(title.clone());
            bar.enable_steady_tick(SPIN_EVERY);
        } else {
            eprintln!("  … {title}");
        }
        Step {
            progress: self,
            title,
            begun: Instant::now(),
            bar,
        }
    }

    /// Does a step; `work` answers what is worth telling about it, or nothing.
    pub fn run(
        &self,
        title: impl Into<String>,
        work: impl FnOnce() -> Result<Option<String>>,
    ) -> Result<()> {
        self.make(title, || work().map(|note| ((), note)))
    }

    /// Does a step that makes something; `work` answers it beside the note.
    pub fn make<T>(
        &self,
        title: impl Into<String>,
        work: impl FnOnce() -> Result<(T, Option<String>)>,
    ) -> Result<T> {
        let step = self.step(title);
        match work() {
            Ok((made, note)) => {
                step.done(note.as_deref());
                Ok(made)
            }
            Err(error) => {
                step.failed();
                Err(error)
            }
        }
    }

    /// A line of its own.
    pub fn say(&self, line: &str) {
        if self.on_terminal {
            self.bars.suspend(|| eprintln!("{line}"));
        } else {
            eprintln!("{line}");
        }
    }
}

/// A step that is being done.
pub struct Step<'a> {
    progress: &'a Progress,
    title: String,
    begun: Instant,
    bar: ProgressBar,
}

impl Step<'_> {
    /// How long it has been going on.
    pub fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }

    /// Tells what it is waiting for.
    pub fn detail(&self, detail: &str) {
        if self.progress.on_terminal {
            let title = &self.title;
            self.bar.set_message(format!("{title}: {detail}"));
        } else {
            eprintln!("  … {}: {detail}", self.title);
        }
    }

    /// It is done.
    pub fn done(self, note: Option<&str>) {
        self.end(&style("✓").green().for_stderr().to_string(), note);
    }

    /// It was not needed, and why.
    pub fn skipped(self, why: &str) {
        let mark = style("-").yellow().for_stderr().to_string();
        self.end(&mark, Some(why));
    }

    /// It failed; the error is told by whoever gets it.
    pub fn failed(self) {
        let mark = style("✗").red().for_stderr().to_string();
        self.end(&mark, None);
    }

    fn end(self, mark: &str, note: Option<&str>) {
        self.bar.finish_and_clear();
        let mut line = format!("  {mark} {}", self.title);
        if let Some(note) = note {
            line.push_str(": ");
            line.push_str(note);
        }
        if self.elapsed() >= WORTH_TELLING {
            line.push_str(&format!(" ({})", seconds(self.elapsed())));
        }
        self.progress.say(&line);
    }
}

/// A time as people say it: `7 s`, `2 min 5 s`.
pub fn seconds(time: Duration) -> String {
    match (time.as_secs() / 60, time.as_secs() % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

fn spinner() -> ProgressStyle {
    ProgressStyle::with_template("  {spinner} {wide_msg} {elapsed}")
        .unwrap_or_else(|_| ProgressStyle::default_spinner())
}
