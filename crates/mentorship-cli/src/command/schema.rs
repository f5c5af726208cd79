//! `schema`: JSON Schemas for editors, for those who push evidence and for those who
//! read answers.

use std::io::{self, Write as _};

use clap::{Args, ValueEnum};

use crate::exit::{Exit, Failure, unless_closed};
use crate::stderr::Stderr;

/// Arguments of `schema`.
#[derive(Debug, Args)]
#[command(after_help = "\
An editor checks a policy while it is written where the file says where its schema is: in YAML
`# yaml-language-server: $schema=policy.schema.json` on the first line, in JSON the key `$schema`.

Examples:
  mentorship schema > policy.schema.json
  mentorship schema evidence > evidence.schema.json")]
pub struct Arguments {
    /// The schema of what
    #[arg(value_enum, default_value = "policy")]
    of: Document,
}

/// What has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Document {
    /// The policy that --policy takes
    Policy,
    /// What `collect` writes and --evidence takes
    Evidence,
    /// Incidents, on-calls, deployments and reviews, as `push` and --evidence take them
    Pushed,
    /// What `check` and `assess` answer in JSON
    Results,
    /// What `named` and `counted` of a result hold, the assessment of one service
    Assessment,
    /// What `what-if` answers in JSON
    WhatIf,
    /// What `rules` answers in JSON
    Rules,
}

impl Document {
    fn schema(self) -> &'static str {
        match self {
            Self::Policy => include_str!("../../../../docs/schemas/policy.schema.json"),
            Self::Pushed => include_str!("../../../../docs/schemas/pushed.schema.json"),
            Self::Evidence => include_str!("../../../../docs/schemas/evidence.schema.json"),
            Self::Results => include_str!("../../../../docs/schemas/results.schema.json"),
            Self::Assessment => include_str!("../../../../docs/schemas/assessment.schema.json"),
            Self::WhatIf => include_str!("../../../../docs/schemas/what-if.schema.json"),
            Self::Rules => include_str!("../../../../docs/schemas/rules.schema.json"),
        }
    }
}

/// Writes a schema.
pub fn run(arguments: &Arguments, stderr: &Stderr) -> Result<Exit, Failure> {
    stderr.done();
    unless_closed(io::stdout().write_all(arguments.of.schema().as_bytes()))?;
    Ok(Exit::Good)
}
