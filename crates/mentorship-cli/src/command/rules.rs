//! `rules` and `explain`: the catalogue of rules under a policy.

use std::path::PathBuf;

use clap::Args;
use mentorship_core::rules;
use mentorship_core::wire::v1::RuleEntry;
use mentorship_core::wire::v1::render::catalogue;

use crate::exit::{Exit, Failure, unless_closed};
use crate::policy::policy;
use crate::show::{self, AnswerFormat, nearest};
use crate::stderr::Stderr;

/// Arguments of `rules`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mentorship rules
  mentorship rules --policy mentorship-policy.yaml --format json")]
pub struct RulesArguments {
    /// Weights and levels of this policy, JSON or YAML
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// How to answer; json is the rule catalogue of wire v1
    #[arg(long, value_enum, default_value_t)]
    format: AnswerFormat,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mentorship explain no-steward
  mentorship explain bus-factor-low --format markdown > bus-factor-low.md")]
pub struct ExplainArguments {
    /// The rule's id, as `rules` and every finding give it
    rule: String,
    /// The weight under this policy, JSON or YAML
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// How to answer; json is the rule's entry of wire v1
    #[arg(long, value_enum, default_value_t)]
    format: AnswerFormat,
}

/// Lists the rules.
pub fn list(arguments: &RulesArguments, stderr: &Stderr) -> Result<Exit, Failure> {
    let catalogue = catalogue(&policy(arguments.policy.as_deref())?);
    stderr.done();
    unless_closed(match arguments.format {
        AnswerFormat::Table => show::rules::table(&catalogue),
        AnswerFormat::Markdown => show::rules::markdown(&catalogue),
        AnswerFormat::Json => show::json(&catalogue),
    })?;
    Ok(Exit::Good)
}

/// Explains one rule.
pub fn explain(arguments: &ExplainArguments, stderr: &Stderr) -> Result<Exit, Failure> {
    let rule = entry(arguments)?;
    stderr.done();
    unless_closed(match arguments.format {
        AnswerFormat::Table => show::rules::page(&rule),
        AnswerFormat::Markdown => show::rules::page_in_markdown(&rule),
        AnswerFormat::Json => show::json(&rule),
    })?;
    Ok(Exit::Good)
}

fn entry(arguments: &ExplainArguments) -> Result<RuleEntry, Failure> {
    let id = arguments.rule.to_lowercase();
    let catalogue = catalogue(&policy(arguments.policy.as_deref())?);
    catalogue
        .rules
        .into_iter()
        .find(|rule| rule.id == id)
        .ok_or_else(|| {
            let help = match nearest(&id, rules::all().iter().map(|rule| rule.id)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`mentorship rules` lists them".to_owned(),
            };
            Failure::Usage(format!("no rule is called `{}`; {help}", arguments.rule))
        })
}
