//! `assess`: judges every service of a catalog.

use clap::Args;

use super::catalog_inputs::{CatalogInputs, WHERE_SERVICES_LIVE};
use crate::exit::{Exit, Failure, unless_closed};
use crate::show::{self, ResultFormat};
use crate::stderr::Stderr;

/// Arguments of `assess`.
#[derive(Debug, Args)]
#[command(after_help = format!("{WHERE_SERVICES_LIVE}\n\n{EXAMPLES}"))]
pub struct Arguments {
    #[command(flatten)]
    inputs: CatalogInputs,
    /// How to answer; json is the results of wire v1 [default: table on a terminal, json elsewhere]
    #[arg(long, value_enum)]
    format: Option<ResultFormat>,
}

const EXAMPLES: &str = "\
Examples:
  mentorship assess --catalog catalog/ --checkouts ~/code
  mentorship assess --catalog all.json --evidence evidence/ --as-of 2026-11-01 --format csv
  mentorship assess --catalog catalog/ --format json | jq '.items[].row.level'";

/// Judges every service of a catalog.
pub fn run(arguments: &Arguments, stderr: &Stderr) -> Result<Exit, Failure> {
    let mut engine = arguments.inputs.engine(stderr)?;
    stderr.doing("judging");
    let format = arguments
        .format
        .unwrap_or_else(|| show::unasked(ResultFormat::Table, ResultFormat::Json));
    stderr.done();
    let as_of = arguments.inputs.as_of();
    unless_closed(show::results(&mut engine, &as_of, format))?;
    Ok(Exit::Good)
}
