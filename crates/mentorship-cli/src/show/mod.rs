//! Showing: answers on standard output, as a table, JSON, CSV or Markdown.
//!
//! Colour goes to terminals only, and never where `NO_COLOR` is set.

pub mod assessment;
pub mod bus_factor;
pub mod comparison;
mod layout;
pub mod owners;
mod results;
pub mod rules;
pub mod sarif;
pub mod what_if;

pub use layout::{nearest, printable};
pub use results::results;

use std::fmt;
use std::io::{self, IsTerminal, Write};

use clap::ValueEnum;
use serde::Serialize;

/// How results are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ResultFormat {
    /// For people at a terminal
    #[default]
    Table,
    /// The results of wire v1, on one line
    Json,
    /// The columns of the portal's export
    Csv,
    /// For pull requests and job summaries
    Markdown,
}

/// How the check of one repository is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum CheckFormat {
    /// For people at a terminal
    #[default]
    Table,
    /// The results of wire v1, on one line
    Json,
    /// The columns of the portal's export
    Csv,
    /// For pull requests and job summaries
    Markdown,
    /// SARIF 2.1.0, which code hosts show beside the lines
    Sarif,
}

/// How everything else is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum AnswerFormat {
    /// For people at a terminal
    #[default]
    Table,
    /// For scripts, on one line
    Json,
    /// For documents and pull requests
    Markdown,
}

/// What people and programs expect where nothing is asked for.
pub fn unasked<Format>(table: Format, json: Format) -> Format {
    if io::stdout().is_terminal() {
        table
    } else {
        json
    }
}

/// Values of the command line as clap writes them.
macro_rules! shown_as_value {
    ($($type:ty),*) => {
        $(impl fmt::Display for $type {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                let value = self.to_possible_value();
                formatter.write_str(value.as_ref().map_or("", |value| value.get_name()))
            }
        })*
    };
}
shown_as_value!(ResultFormat, CheckFormat, AnswerFormat);

/// One line of JSON.
///
/// # Errors
/// Where standard output cannot be written.
pub fn json(value: &impl Serialize) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    serde_json::to_writer(&mut out, value)?;
    out.write_all(b"\n")?;
    out.flush()
}

/// Text that is meant for files and people alike.
///
/// # Errors
/// Where standard output cannot be written.
pub fn plain(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Text for people; styles are taken out where they do not belong.
///
/// # Errors
/// Where standard output cannot be written.
fn text(text: &str) -> io::Result<()> {
    let mut out = anstream::AutoStream::auto(io::stdout().lock());
    out.write_all(text.as_bytes())?;
    out.flush()
}
