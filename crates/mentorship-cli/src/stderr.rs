//! What is told beside the answer: what could not be read, what was assumed,
//! and progress for those who wait.

use std::cell::Cell;
use std::fmt::Display;
use std::io::Write as _;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::show::printable;

/// Work below this shows no progress.
const PATIENCE: Duration = Duration::from_secs(1);

/// Standard error.
#[derive(Debug)]
pub struct Stderr {
    began: Instant,
    spinner: ProgressBar,
    shown: Cell<bool>,
    hushed: bool,
}

impl Stderr {
    /// Nothing is shown yet.
    pub fn new() -> Self {
        Self {
            began: Instant::now(),
            spinner: ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()),
            shown: Cell::new(false),
            hushed: false,
        }
    }

    /// For work whose remarks would be those of other work again.
    pub fn hushed(&self) -> Self {
        Self {
            hushed: true,
            ..Self::new()
        }
    }

    /// One line about something that could not be read or was assumed.
    pub fn tell(&self, place: impl Display, what: impl Display) {
        if self.hushed {
            return;
        }
        let line = one_line(&format!("{place}: {what}"));
        // Nobody may be listening: that is no reason to end.
        let print = || writeln!(std::io::stderr(), "mentorship: {line}");
        let _ = self.spinner.suspend(print);
    }

    /// What is being done.
    pub fn doing(&self, what: impl Display) {
        self.spinner.set_message(one_line(&what.to_string()));
        self.go_on();
    }

    /// It still goes on.
    pub fn go_on(&self) {
        if !self.shown.get() && self.began.elapsed() > PATIENCE {
            self.shown.set(true);
            // The spinner stays away from a stream that is no terminal.
            self.spinner.set_style(ProgressStyle::default_spinner());
            self.spinner.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.spinner.tick();
    }

    /// Takes progress off the screen before the answer comes.
    pub fn done(&self) {
        self.spinner.finish_and_clear();
    }
}

/// Line breaks would make two tales of one.
fn one_line(text: &str) -> String {
    printable(&text.replace(['\n', '\r'], " "))
}
