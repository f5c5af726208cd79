//! `check`: judges the services of one repository, as a portal would once what
//! is committed here is merged.

mod judged;

use std::io;
use std::path::PathBuf;

use clap::Args;
use mentorship_core::civil_date::CivilDate;
use mentorship_core::wire::v1::render::catalogue;

use super::fail_on::{FailOn, has_findings};
use crate::as_of;
use crate::exit::{Exit, Failure, unless_closed};
use crate::git::GitRepository;
use crate::show::{self, CheckFormat, ResultFormat};
use crate::stderr::Stderr;
use judged::{Judged, Question};

/// Arguments of `check`.
#[derive(Debug, Args)]
#[command(after_help = "\
The services are those of the catalog-info files that are committed; without any, one is
made up from the folder's name. What is committed at HEAD counts, not the work tree.

Exit status: 0 good, 1 findings, 2 wrong usage, 3 nothing could be read.
Any failed rule is a finding, unless --fail-on says what is. A level stands for itself, for
every lower one and for an unknown one.

Examples:
  mentorship check
  mentorship check services/pay --fail-on exposed
  mentorship check --fail-on no-steward --fail-on bus-factor-low
  mentorship check --format markdown >> \"$GITHUB_STEP_SUMMARY\"
  mentorship check --format sarif > mentorship.sarif")]
pub struct Arguments {
    /// The repository, or a folder in it: then only the services in or around that folder
    #[arg(default_value = ".")]
    path: PathBuf,
    /// Findings are: this level or a lower one, or a failure of this rule; may be repeated
    #[arg(long, value_name = "LEVEL|RULE")]
    fail_on: Vec<FailOn>,
    /// The policy, JSON or YAML
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// The day to judge as of [default: today in UTC]
    #[arg(long, value_name = "DATE", value_parser = as_of::day)]
    as_of: Option<CivilDate>,
    /// How to answer; json is the results of wire v1
    #[arg(long, value_enum, default_value_t)]
    format: CheckFormat,
}

/// Judges one repository.
pub fn run(arguments: &Arguments, stderr: &Stderr) -> Result<Exit, Failure> {
    let as_of = as_of::or_today(arguments.as_of).to_string();
    let found = GitRepository::around(&arguments.path).map_err(Failure::Nothing)?;
    let question = Question {
        repository: found.repository,
        directory: &found.directory,
        policy: arguments.policy.as_deref(),
        as_of: &as_of,
    };
    let mut judged = question.judge(stderr)?;
    stderr.done();
    unless_closed(show(&mut judged, &as_of, arguments.format))?;
    let finds = judged
        .assessments
        .iter()
        .any(|assessment| has_findings(assessment, &arguments.fail_on));
    Ok(if finds { Exit::Findings } else { Exit::Good })
}

fn show(judged: &mut Judged, as_of: &str, format: CheckFormat) -> io::Result<()> {
    match format {
        CheckFormat::Table => show::assessment::report(&judged.assessments),
        CheckFormat::Markdown => show::assessment::markdown(&judged.assessments),
        CheckFormat::Json => show::results(&mut judged.engine, as_of, ResultFormat::Json),
        CheckFormat::Csv => show::results(&mut judged.engine, as_of, ResultFormat::Csv),
        CheckFormat::Sarif => {
            let catalogue = catalogue(judged.engine.policy());
            show::json(&show::sarif::log(
                &judged.assessments,
                &catalogue,
                &judged.places,
            ))
        }
    }
}
