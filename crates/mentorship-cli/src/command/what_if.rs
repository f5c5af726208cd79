//! `what-if`: what every service loses when people leave.

use clap::Args;
use mentorship_core::wire::v1::{Audience, WhatIfQuestion};

use super::catalog_inputs::{CatalogInputs, WHERE_SERVICES_LIVE};
use crate::exit::{Exit, Failure, unless_closed};
use crate::show::{self, ResultFormat};
use crate::stderr::Stderr;

/// Arguments of `what-if`.
#[derive(Debug, Args)]
#[command(after_help = format!("{WHERE_SERVICES_LIVE}\n\n{EXAMPLES}"))]
pub struct Arguments {
    /// Who leaves: entity refs of users or groups, @handles, e-mail addresses, or names as a history has them
    #[arg(long, required = true, num_args = 1.., value_name = "REF")]
    leaves: Vec<String>,
    #[command(flatten)]
    inputs: CatalogInputs,
    /// Leave names out, as for readers who may not see them
    #[arg(long)]
    counted: bool,
    /// How to answer; json is what-if of wire v1 [default: table on a terminal, json elsewhere]
    #[arg(long, value_enum)]
    format: Option<ResultFormat>,
}

const EXAMPLES: &str = "\
The worst loss comes first: levels lost, then who is left, then files without an author.
Who could take over: apprentices first, then whoever knows most of what is lost.

Examples:
  mentorship what-if --leaves user:default/alice --catalog catalog/ --checkouts ~/code
  mentorship what-if --leaves @alice ben@example.org --catalog all.json --evidence evidence/
  mentorship what-if --leaves @alice --catalog catalog/ --format json | jq '.services[].title'";

/// Answers what the people leave behind.
pub fn run(arguments: &Arguments, stderr: &Stderr) -> Result<Exit, Failure> {
    let mut engine = arguments.inputs.engine(stderr)?;
    stderr.doing("judging");
    let audience = match arguments.counted {
        true => Audience::Counted,
        false => Audience::Named,
    };
    let answer = engine
        .what_if(&WhatIfQuestion {
            leaves: arguments.leaves.clone(),
            as_of: arguments.inputs.as_of(),
            audience,
            among: None,
            due_this_quarter: false,
            groups_only: false,
        })
        .map_err(|refused| Failure::Nothing(refused.to_string()))?;
    stderr.done();
    for written in &answer.not_known {
        stderr.tell(
            written,
            "is no user, and nobody with a role or a commit is known so; give the name as commits, \
             a plan or a MAINTAINERS file write it",
        );
    }
    if answer.leaving_count == 0 {
        return Err(Failure::Nothing(
            "nobody of those who leave is known".to_owned(),
        ));
    }
    let format = arguments
        .format
        .unwrap_or_else(|| show::unasked(ResultFormat::Table, ResultFormat::Json));
    unless_closed(show::what_if::answer(&answer, format))?;
    Ok(Exit::Good)
}
