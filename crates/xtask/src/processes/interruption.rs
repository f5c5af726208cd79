//! Ctrl-C and SIGTERM: lets go of every lifeline, so that every supervised program ends.

use std::collections::BTreeMap;
use std::process::{self, ChildStdin};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use anyhow::{Context, Result};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

/// The exit status of a command that Ctrl-C ended, as shells have it.
pub const EXIT_STATUS: u8 = 130;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
static NEXT: AtomicU64 = AtomicU64::new(0);
static LIFELINES: Mutex<BTreeMap<u64, ChildStdin>> = Mutex::new(BTreeMap::new());

/// The user asked us to stop. Not a failure: nothing is said about it.
#[derive(Debug, thiserror::Error)]
#[error("stopped")]
pub struct Interrupted;

/// Watches for signals from now on. The second one ends us without ceremony;
/// the supervisors notice.
pub fn watch() -> Result<()> {
    let mut signals =
        Signals::new([SIGINT, SIGTERM, SIGHUP]).context("cannot watch for signals")?;
    thread::spawn(move || {
        for _ in signals.forever() {
            if INTERRUPTED.swap(true, Ordering::SeqCst) {
                process::exit(EXIT_STATUS.into());
            }
            lifelines().clear();
        }
    });
    Ok(())
}

/// An error once the user asked us to stop.
pub fn check() -> Result<()> {
    if INTERRUPTED.load(Ordering::SeqCst) {
        return Err(Interrupted.into());
    }
    Ok(())
}

/// Our end of the pipe to a supervisor; its program lives while it is held.
pub struct Lifeline {
    key: u64,
}

impl Lifeline {
    /// Holds a supervisor's stdin.
    pub fn hold(stdin: Option<ChildStdin>) -> Self {
        let key = NEXT.fetch_add(1, Ordering::SeqCst);
        let mut lifelines = lifelines();
        // Looked at under the lock: either the signal clears it, or we see the signal.
        if !INTERRUPTED.load(Ordering::SeqCst)
            && let Some(stdin) = stdin
        {
            lifelines.insert(key, stdin);
        }
        Self { key }
    }

    /// Lets go of it.
    pub fn release(&self) {
        lifelines().remove(&self.key);
    }
}

fn lifelines() -> MutexGuard<'static, BTreeMap<u64, ChildStdin>> {
    LIFELINES.lock().unwrap_or_else(PoisonError::into_inner)
}
