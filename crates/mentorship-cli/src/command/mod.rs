//! Commands: what can be asked on the command line.

mod assess;
mod bus_factor;
mod catalog_inputs;
mod check;
mod codeowners;
mod collect;
mod completions;
mod fail_on;
mod init;
mod push;
mod rules;
mod schema;
mod what_if;

use clap::{Parser, Subcommand};

use crate::exit::{Exit, Failure};
use crate::stderr::Stderr;

/// Judges services for mentorship status, steward rotation and bus factor.
#[derive(Debug, Parser)]
#[command(name = "mentorship", version, about, after_help = AFTER_HELP, max_term_width = 100)]
pub struct CommandLine {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const AFTER_HELP: &str = "\
Begin with the repository that you are in:
  mentorship check
  mentorship explain no-steward
  mentorship init

Exit status: 0 good, 1 findings (check only), 2 wrong usage, 3 nothing could be read or sent.
What could not be read is told on standard error, one line each.";

/// What can be asked.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Judge one repository, as it is committed
    Check(check::Arguments),
    /// Judge every service of a catalog
    Assess(assess::Arguments),
    /// Tell how many people a repository, or a part of it, hangs on
    BusFactor(bus_factor::Arguments),
    /// Tell who owns a path
    Codeowners(codeowners::Arguments),
    /// Tell what services lose when people leave, and who could take over
    WhatIf(what_if::Arguments),
    /// List the rules with their weights and levels
    Rules(rules::RulesArguments),
    /// Explain one rule: what it checks, why it matters, how to fix it
    Explain(rules::ExplainArguments),
    /// Write a first MENTORSHIP.md and CODEOWNERS, proposed out of the history
    Init(init::Arguments),
    /// Collect a repository's evidence into one document
    Collect(collect::Arguments),
    /// Send evidence to a portal
    Push(push::Arguments),
    /// Print the JSON Schema of a policy or of evidence
    Schema(schema::Arguments),
    /// Print a completion script for a shell
    Completions(completions::CompletionsArguments),
    /// Print the manual page
    Man(completions::ManArguments),
}

impl Command {
    /// Answers on standard output.
    ///
    /// # Errors
    /// Why there is no answer.
    pub fn run(&self, stderr: &Stderr) -> Result<Exit, Failure> {
        match self {
            Self::Check(arguments) => check::run(arguments, stderr),
            Self::Assess(arguments) => assess::run(arguments, stderr),
            Self::BusFactor(arguments) => bus_factor::run(arguments, stderr),
            Self::Codeowners(arguments) => codeowners::run(arguments, stderr),
            Self::WhatIf(arguments) => what_if::run(arguments, stderr),
            Self::Rules(arguments) => rules::list(arguments, stderr),
            Self::Explain(arguments) => rules::explain(arguments, stderr),
            Self::Schema(arguments) => schema::run(arguments, stderr),
            Self::Init(arguments) => init::run(arguments, stderr),
            Self::Collect(arguments) => collect::run(arguments, stderr),
            Self::Push(arguments) => push::run(arguments, stderr),
            Self::Completions(arguments) => completions::completions(arguments, stderr),
            Self::Man(arguments) => completions::man(arguments, stderr),
        }
    }
}
