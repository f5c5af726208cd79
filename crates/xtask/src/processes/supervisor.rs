//! The process between us and a program: ends the program and all it started when asked, or when we are gone.

use std::ffi::OsString;
use std::io::{self, Read};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

/// The hidden subcommand that makes this binary a supervisor.
pub const SUBCOMMAND: &str = "supervise";

/// How long a program may take to end by itself once asked.
const PATIENCE: Duration = Duration::from_secs(8);
/// The exit status where the program cannot be started, as shells have it.
const NOT_STARTED: u8 = 127;

/// What `supervise` is told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The number of the user to run it as
    #[arg(long, requires = "group")]
    user: Option<u32>,
    /// The number of that user's group
    #[arg(long, requires = "user")]
    group: Option<u32>,
    /// The program and its arguments
    #[arg(last = true, required = true)]
    command: Vec<OsString>,
}

enum Event {
    Ended(io::Result<ExitStatus>),
    Asked,
}

/// Runs the program until it ends, a signal asks, or stdin closes.
pub fn run(arguments: Arguments) -> ExitCode {
    let mut words = arguments.command.into_iter();
    let Some(program) = words.next() else {
        return ExitCode::from(NOT_STARTED);
    };
    let (events, arrivals) = mpsc::channel();
    ask_on_signal(events.clone());
    let mut command = Command::new(&program);
    command.args(words).stdin(Stdio::null()).process_group(0);
    if let (Some(user), Some(group)) = (arguments.user, arguments.group) {
        command.uid(user).gid(group);
    }
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => {
            eprintln!("cannot start {}: {error}", program.display());
            return ExitCode::from(NOT_STARTED);
        }
    };
    let group = Pid::from_child(&child);
    ask_on_broken_lifeline(events.clone());
    thread::spawn(move || events.send(Event::Ended(child.wait())));

    let ended = match arrivals.recv() {
        Ok(Event::Ended(status)) => Some(status),
        Ok(Event::Asked) | Err(_) => {
            // A group that is gone already needs no signal.
            let _ = kill_process_group(group, Signal::TERM);
            wait_patiently(&arrivals)
        }
    };
    // What the program left behind in its group goes with it.
    let _ = kill_process_group(group, Signal::KILL);
    ended.map_or(ExitCode::FAILURE, exit_code)
}

fn wait_patiently(arrivals: &mpsc::Receiver<Event>) -> Option<io::Result<ExitStatus>> {
    loop {
        match arrivals.recv_timeout(PATIENCE) {
            Ok(Event::Ended(status)) => return Some(status),
            Ok(Event::Asked) => {}
            Err(_) => return None,
        }
    }
}

fn ask_on_signal(events: Sender<Event>) {
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM, SIGHUP]) else {
        return;
    };
    thread::spawn(move || {
        for _ in signals.forever() {
            let _ = events.send(Event::Asked);
        }
    });
}

/// Nothing is ever written to our stdin: reading ends when the other end is closed,
/// by choice or because the process that held it is gone.
fn ask_on_broken_lifeline(events: Sender<Event>) {
    thread::spawn(move || {
        let _ = io::stdin().read_to_end(&mut Vec::new());
        let _ = events.send(Event::Asked);
    });
}

fn exit_code(status: io::Result<ExitStatus>) -> ExitCode {
    let code = status.ok().and_then(|status| {
        let signalled = || status.signal().map(|signal| 128 + signal);
        status.code().or_else(signalled)
    });
    code.and_then(|code| u8::try_from(code).ok())
        .map_or(ExitCode::FAILURE, ExitCode::from)
}
