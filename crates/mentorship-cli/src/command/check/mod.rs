//! `check`: judges the services of one repository, as a portal would once what
//! is committed here is merged.

mod judged;

use std::path::PathBuf;

use clap::Args;
use mentorship_core::civil_date::CivilDate;

use super::fail_on::{FailOn, has_findings, is_worse};
use crate::as_of;
use crate::exit::{Exit, Failure, unless_closed};
use crate::git::GitRepository;
use crate::show::comparison::Comparison;
use crate::show::{self, CheckFormat, ResultFormat, sarif};
use crate::stderr::Stderr;
use judged::Question;

/// Arguments of `check`.
#[derive(Debug, Args)]
#[command(after_help = "\
The services are those of the catalog-info files that are committed; without any, one is
made up from the folder's name. What is committed at HEAD counts, not the work tree.

Exit status: 0 good, 1 findings, 2 wrong usage, 3 nothing could be read.
Any failed rule is a finding, unless --fail-on says what is. A level stands for itself, for
every lower one and for an unknown one. With --since only what the change makes worse is one:
a rule that did not fail before, a level that is lower than before.

Examples:
  mentorship check
  mentorship check services/pay --fail-on exposed
  mentorship check --fail-on no-steward --fail-on bus-factor-low
  mentorship check --format markdown >> \"$GITHUB_STEP_SUMMARY\"
  mentorship check --since origin/main --format markdown
  mentorship check --format sarif > mentorship.sarif")]
pub struct Arguments {
    /// The repository, or a folder in it: then only the services in or around that folder
    #[arg(default_value = ".")]
    path: PathBuf,
    /// Findings are: this level or a lower one, or a failure of this rule; may be repeated
    #[arg(long, value_name = "LEVEL|RULE")]
    fail_on: Vec<FailOn>,
    /// Tell only what the change since it parted from this revision makes better or worse
    #[arg(long, value_name = "BASE")]
    since: Option<String>,
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
        since: None,
    };
    let finds = match &arguments.since {
        None => whole(arguments, &question, stderr)?,
        Some(since) => change(arguments, since, &question, stderr)?,
    };
    Ok(if finds { Exit::Findings } else { Exit::Good })
}

/// Tells of everything as it is; answers whether there are findings.
fn whole(arguments: &Arguments, question: &Question<'_>, stderr: &Stderr) -> Result<bool, Failure> {
    let mut judged = question.judge(stderr)?;
    stderr.done();
    let as_of = question.as_of;
    unless_closed(match arguments.format {
        CheckFormat::Table => show::assessment::report(&judged.assessments),
        CheckFormat::Markdown => show::assessment::markdown(&judged.assessments),
        CheckFormat::Json => show::results(&mut judged.engine, as_of, ResultFormat::Json),
        CheckFormat::Csv => show::results(&mut judged.engine, as_of, ResultFormat::Csv),
        CheckFormat::Sarif => show::json(&judged.sarif(&question.repository)),
    })?;
    let mut assessments = judged.assessments.iter();
    Ok(assessments.any(|assessment| has_findings(assessment, &arguments.fail_on)))
}

/// Tells what changed since a revision; answers whether that is worse.
fn change(
    arguments: &Arguments,
    since: &str,
    question: &Question<'_>,
    stderr: &Stderr,
) -> Result<bool, Failure> {
    if arguments.format == CheckFormat::Csv {
        return Err(Failure::Usage(
            "--since has no csv; json tells the same to scripts".to_owned(),
        ));
    }
    let parted = parted(&question.repository, since)?;
    // There nothing has changed yet, which the rules about changes pass: otherwise every
    // change would seem to raise the score by what they weigh.
    let base = question.at(&parted);
    let before = base.with_change_since(&parted).judge(&stderr.hushed())?;
    let mut after = question.with_change_since(&parted).judge(stderr)?;
    let comparison = Comparison::new(&parted, &before.assessments, &after.assessments);
    stderr.done();
    unless_closed(match arguments.format {
        CheckFormat::Table => show::comparison::report(&comparison),
        CheckFormat::Markdown => show::comparison::markdown(&comparison),
        CheckFormat::Json | CheckFormat::Csv => show::json(&comparison),
        CheckFormat::Sarif => {
            let log = after.sarif(&question.repository);
            show::json(&sarif::since(log, &comparison))
        }
    })?;
    let mut services = comparison.services.iter();
    Ok(services.any(|service| is_worse(service, &arguments.fail_on)))
}

/// The commit at which the branch that is checked out left another revision.
fn parted(repository: &GitRepository, since: &str) -> Result<String, Failure> {
    let unknown = |error| {
        Failure::Nothing(format!(
            "--since {since}: {error}; in CI fetch the whole history (depth 0) and name the branch as `origin/<branch>`"
        ))
    };
    let base = repository.commit(since).map_err(unknown)?;
    let head = repository.commit("HEAD").map_err(unknown)?;
    repository.merge_base(&base, &head).map_err(unknown)
}
