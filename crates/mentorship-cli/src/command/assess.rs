//! `assess`: judges every service of a catalog.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use mentorship_core::civil_date::CivilDate;
use mentorship_core::engine::Engine;

use crate::as_of;
use crate::catalog::CatalogReader;
use crate::evidence::{read_files, read_where_services_live};
use crate::exit::{Exit, Failure, unless_closed};
use crate::policy::engine;
use crate::show::{self, ResultFormat};
use crate::stderr::Stderr;

/// Arguments of `assess`.
#[derive(Debug, Args)]
#[command(after_help = "\
Services are matched to code by their source location. A folder is read where it is;
https://host/org/pay is looked for as CHECKOUTS/host/org/pay, then as CHECKOUTS/pay.
What is committed at HEAD counts.

Examples:
  mentorship assess --catalog catalog/ --checkouts ~/code
  mentorship assess --catalog all.json --evidence evidence/ --as-of 2026-11-01 --format csv
  mentorship assess --catalog catalog/ --format json | jq '.items[].row.level'")]
pub struct Arguments {
    /// Catalog files (YAML, JSON, or a page of `entities/by-query`), or folders of them
    #[arg(long, required = true, num_args = 1.., value_name = "FILE|DIR")]
    catalog: Vec<PathBuf>,
    /// Where the repositories on code hosts are checked out
    #[arg(long, value_name = "DIR")]
    checkouts: Option<PathBuf>,
    /// Evidence documents (JSON), or folders of them, taken as they are
    #[arg(long, num_args = 1.., value_name = "FILE|DIR")]
    evidence: Vec<PathBuf>,
    /// The policy, JSON or YAML
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// The day to judge as of [default: today in UTC]
    #[arg(long, value_name = "DATE", value_parser = as_of::day)]
    as_of: Option<CivilDate>,
    /// How to answer; json is the results of wire v1 [default: table on a terminal, json elsewhere]
    #[arg(long, value_enum)]
    format: Option<ResultFormat>,
}

/// Judges every service of a catalog.
pub fn run(arguments: &Arguments, stderr: &Stderr) -> Result<Exit, Failure> {
    let mut engine = engine(arguments.policy.as_deref())?;
    let as_of = as_of::or_today(arguments.as_of).to_string();
    if let Some(checkouts) = arguments
        .checkouts
        .as_deref()
        .filter(|folder| !folder.is_dir())
    {
        return Err(Failure::Usage(format!(
            "--checkouts {}: no such folder",
            checkouts.display()
        )));
    }
    CatalogReader::new(&mut engine, stderr).read(&arguments.catalog);
    if engine.service_count() == 0 {
        return Err(Failure::Nothing(
            "there is no service in the catalog given".to_owned(),
        ));
    }
    let known = read_files(&mut engine, &arguments.evidence, stderr);
    tell_strangers(&engine, &known, stderr);
    let defect = |refused| Failure::Nothing(format!("{refused}"));
    read_where_services_live(&mut engine, arguments.checkouts.as_deref(), &known, stderr)
        .map_err(defect)?;
    stderr.doing("judging");
    let format = arguments
        .format
        .unwrap_or_else(|| show::unasked(ResultFormat::Table, ResultFormat::Json));
    stderr.done();
    unless_closed(show::results(&mut engine, &as_of, format))?;
    Ok(Exit::Good)
}

/// Evidence of a service that the catalog does not have is seldom meant.
fn tell_strangers(engine: &Engine, known: &BTreeSet<String>, stderr: &Stderr) {
    if known.is_empty() {
        return;
    }
    let services: BTreeSet<String> = engine
        .locations()
        .into_iter()
        .map(|service| service.entity_ref)
        .collect();
    for stranger in known.difference(&services) {
        stderr.tell(
            stranger,
            "there is evidence of it, and the catalog has no such service",
        );
    }
}
