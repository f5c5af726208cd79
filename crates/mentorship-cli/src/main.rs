//! The `mentorship` command: judges services where their code is, as the portal
//! would.
//!
//! ```text
//! catalog files, git, evidence documents → the core's engine → table | json | csv | markdown
//! ```
//!
//! Nothing is judged here: every level, score, sentence and ordering is the
//! core's. The answer goes to standard output; what could not be read and what
//! was assumed go to standard error, one line each.

mod as_of;
mod catalog;
mod command;
mod evidence;
mod exit;
mod git;
mod policy;
mod portal;
mod show;
mod stderr;

use std::process::ExitCode;

use clap::Parser;

use command::CommandLine;
use stderr::Stderr;

fn main() -> ExitCode {
    let command = CommandLine::parse().command;
    let stderr = Stderr::new();
    let outcome = command.run(&stderr);
    stderr.done();
    match outcome {
        Ok(exit) => exit.into(),
        Err(failure) => {
            stderr.tell("error", &failure);
            failure.exit().into()
        }
    }
}
