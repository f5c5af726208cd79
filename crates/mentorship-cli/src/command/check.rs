//! `check`: judges the services of one repository, as a portal would once what
//! is committed here is merged.

use std::path::PathBuf;

use clap::Args;
use mentorship_core::civil_date::CivilDate;
use mentorship_core::engine::{Engine, Refused};
use mentorship_core::wire::v1::{Assessment, Audience, Level};

use super::fail_on::{FailOn, has_findings};
use crate::as_of;
use crate::catalog::{Declared, tell_errors};
use crate::evidence::Reading;
use crate::exit::{Exit, Failure, unless_closed};
use crate::git::GitRepository;
use crate::policy::engine;
use crate::show::{self, ResultFormat};
use crate::stderr::Stderr;

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
  mentorship check --format markdown >> \"$GITHUB_STEP_SUMMARY\"")]
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
    format: ResultFormat,
}

/// Judges one repository.
pub fn run(arguments: &Arguments, stderr: &Stderr) -> Result<Exit, Failure> {
    let mut engine = engine(arguments.policy.as_deref())?;
    let scout = crate::policy::engine(arguments.policy.as_deref())?;
    let as_of = as_of::or_today(arguments.as_of).to_string();
    let found = GitRepository::around(&arguments.path).map_err(Failure::Nothing)?;
    let mut declared =
        Declared::at_head(&found.repository, scout, stderr).map_err(Failure::Nothing)?;
    declared.keep_those_around(&found.directory, &found.repository, stderr);

    for entity in declared.entities() {
        tell_errors(
            &engine.upsert_page(&entity.page()).map_err(defect)?,
            stderr,
            |_| "made up".to_owned(),
        );
    }
    let origin = found.repository.origin();
    let reading = Reading {
        key: origin.map_or_else(
            || found.repository.folder().display().to_string(),
            |origin| origin.url(),
        ),
        repository: Ok(found.repository),
        services: declared.places(),
    };
    reading.feed(&mut engine, stderr).map_err(defect)?;

    let mut assessments = assessments(&mut engine, &as_of)?;
    if enrol_those_who_do_not_say(&mut engine, &mut declared, &assessments, stderr)? {
        assessments = self::assessments(&mut engine, &as_of)?;
    }
    stderr.done();
    unless_closed(match arguments.format {
        ResultFormat::Table => show::assessment::report(&assessments),
        ResultFormat::Markdown => show::assessment::markdown(&assessments),
        ResultFormat::Json | ResultFormat::Csv => {
            show::results(&mut engine, &as_of, arguments.format)
        }
    })?;
    let finds = assessments
        .iter()
        .any(|assessment| has_findings(assessment, &arguments.fail_on));
    Ok(if finds { Exit::Findings } else { Exit::Good })
}

fn assessments(engine: &mut Engine, as_of: &str) -> Result<Vec<Assessment>, Failure> {
    let services = engine
        .locations()
        .into_iter()
        .map(|service| service.entity_ref);
    let mut assessments = Vec::new();
    for entity_ref in services.collect::<Vec<_>>() {
        assessments.extend(
            engine
                .assessment(&entity_ref, as_of, Audience::Named)
                .map_err(defect)?,
        );
    }
    Ok(assessments)
}

/// Whoever checks a repository wants to hear about it, in the programme or not.
/// Answers whether anything changed.
fn enrol_those_who_do_not_say(
    engine: &mut Engine,
    declared: &mut Declared,
    assessments: &[Assessment],
    stderr: &Stderr,
) -> Result<bool, Failure> {
    let mut changed = false;
    for assessment in assessments
        .iter()
        .filter(|assessment| assessment.level == Level::NotEnrolled)
    {
        let entity_ref = &assessment.entity.entity_ref;
        let Some(service) = declared.services.get_mut(entity_ref) else {
            continue;
        };
        if !service.entity.says_whether_enrolled() {
            stderr.tell(
                entity_ref,
                "not in the programme so far; judged as if it were",
            );
            service.entity.enrol();
            engine.upsert_page(&service.entity.page()).map_err(defect)?;
            changed = true;
        }
    }
    Ok(changed)
}

/// The engine refused what it was fed, which is not the person's doing.
fn defect(refused: Refused) -> Failure {
    Failure::Nothing(refused.to_string())
}
