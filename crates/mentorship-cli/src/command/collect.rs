//! `collect`: a repository's evidence as one document, to be pushed or judged
//! elsewhere.

use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;
use mentorship_core::wire::v1::ServicePlace;

use crate::catalog::Declared;
use crate::evidence::Reading;
use crate::exit::{Exit, Failure, unless_closed};
use crate::git::GitRepository;
use crate::policy::engine;
use crate::show;
use crate::stderr::Stderr;

/// Arguments of `collect`.
#[derive(Debug, Args)]
#[command(after_help = "\
The document holds what the judgement reads: the list of files, the texts of plans, owners and
documents, and the git history with names and addresses of authors. No other source code.

Examples:
  mentorship collect --out evidence.json
  mentorship collect | mentorship push - --to https://backstage.example.org
  mentorship collect services/pay --entity component:default/pay --out pay.json
  mentorship assess --catalog catalog/ --evidence evidence.json")]
pub struct Arguments {
    /// The repository, or a folder in it: then only the services in or around that folder
    #[arg(default_value = ".")]
    path: PathBuf,
    /// The service that lives there, where no catalog-info file that is committed says it
    #[arg(long, value_name = "REF")]
    entity: Option<String>,
    /// Where to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The policy, JSON or YAML: where plans are looked for
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
}

/// Collects and writes.
pub fn run(arguments: &Arguments, stderr: &Stderr) -> Result<Exit, Failure> {
    let found = GitRepository::around(&arguments.path).map_err(Failure::Nothing)?;
    let mut engine = engine(arguments.policy.as_deref())?;
    let services = match &arguments.entity {
        Some(entity_ref) => vec![ServicePlace {
            entity_ref: entity_ref.to_lowercase(),
            directory: found.directory.clone(),
        }],
        None => {
            let scout = crate::policy::engine(arguments.policy.as_deref())?;
            let mut declared =
                Declared::at_head(&found.repository, &found.directory, scout, stderr)
                    .map_err(Failure::Nothing)?;
            declared.keep_those_around(&found.directory, &found.repository, stderr);
            // A service may name its plan, and the engine then asks for it.
            for entity in declared.entities() {
                let taken = engine.upsert_page(&entity.page());
                taken.map_err(|refused| Failure::Nothing(refused.to_string()))?;
            }
            declared.places()
        }
    };
    let reading = Reading {
        key: found.repository.key(),
        repository: Ok(found.repository),
        services,
        since: None,
    };
    let evidence = reading
        .collect(&mut engine, stderr)
        .map_err(Failure::Nothing)?;
    stderr.done();
    match &arguments.out {
        None => unless_closed(show::json(&evidence))?,
        Some(path) => {
            let mut text = serde_json::to_vec(&evidence).map_err(std::io::Error::from)?;
            text.push(b'\n');
            let unwritten = |error| {
                let error: std::io::Error = error;
                Failure::Unwritten(std::io::Error::new(
                    error.kind(),
                    format!("{}: {error}", path.display()),
                ))
            };
            let mut file = std::fs::File::create(path).map_err(unwritten)?;
            file.write_all(&text).map_err(unwritten)?;
        }
    }
    Ok(Exit::Good)
}
