//! `completions` and `man`: generated from the command line itself.

use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::CommandLine;
use crate::exit::{Exit, Failure, unless_closed};
use crate::stderr::Stderr;

/// Arguments of `completions`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mentorship completions bash > ~/.local/share/bash-completion/completions/mentorship
  mentorship completions zsh > \"${fpath[1]}/_mentorship\"
  mentorship completions fish > ~/.config/fish/completions/mentorship.fish")]
pub struct CompletionsArguments {
    /// For which shell
    shell: Shell,
}

/// Arguments of `man`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mentorship man | man -l -
  mentorship man --out ~/.local/share/man/man1")]
pub struct ManArguments {
    /// A folder for a page of each command [default: the first page on standard output]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Prints a completion script.
pub fn completions(arguments: &CompletionsArguments, stderr: &Stderr) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut CommandLine::command(),
        "mentorship",
        &mut script,
    );
    stderr.done();
    unless_closed(io::stdout().write_all(&script))?;
    Ok(Exit::Good)
}

/// Prints the page, or writes all of them.
pub fn man(arguments: &ManArguments, stderr: &Stderr) -> Result<Exit, Failure> {
    stderr.done();
    match &arguments.out {
        Some(folder) => clap_mangen::generate_to(CommandLine::command(), folder)?,
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(CommandLine::command()).render(&mut page)?;
            unless_closed(io::stdout().write_all(&page))?;
        }
    }
    Ok(Exit::Good)
}
