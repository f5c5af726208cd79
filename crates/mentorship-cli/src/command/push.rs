//! `push`: sends evidence documents to a portal, one request for each service.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::Value;

use crate::exit::{Exit, Failure, unless_closed};
use crate::portal::{Portal, Refusal};
use crate::show;
use crate::stderr::Stderr;

/// Where the token is looked for unless --token-from names another variable.
const TOKEN: &str = "MENTORSHIP_TOKEN";

/// Arguments of `push`.
#[derive(Debug, Args)]
#[command(after_help = "\
A document is what `collect` writes (mentorship/evidence/v1), or incidents, deployments, on-calls
and reviews as you write them (mentorship/pushed/v1; `mentorship schema pushed`). Each service in
it is sent by itself, for a token may write some services and not others.

The token is read from an environment variable and appears in no argument, log or message. An
attempt that fails in passing is made again, four times at most.

Exit status: 0 all taken, 2 wrong usage, 3 something was not taken.

Examples:
  MENTORSHIP_TOKEN=… mentorship push evidence.json --to https://backstage.example.org
  mentorship collect | mentorship push - --to https://backstage.example.org
  mentorship push deployments.json --to \"$PORTAL\" --token-from PORTAL_TOKEN")]
pub struct Arguments {
    /// Evidence documents; `-` reads one from standard input
    #[arg(required = true, value_name = "FILE|-")]
    files: Vec<PathBuf>,
    /// The portal's address, without `/api`
    #[arg(long, value_name = "URL")]
    to: String,
    /// The environment variable that holds the token
    #[arg(long, value_name = "VARIABLE", default_value = TOKEN)]
    token_from: String,
}

/// Sends all documents; goes on where one is not taken.
pub fn run(arguments: &Arguments, stderr: &Stderr) -> Result<Exit, Failure> {
    let variable = &arguments.token_from;
    let token = std::env::var(variable).map_err(|_| {
        Failure::Usage(format!(
            "${variable} holds no token; put the portal's into it"
        ))
    })?;
    let portal = Portal::new(&arguments.to, &token).map_err(|problem| match problem {
        crate::portal::Misled::Address(problem) => {
            Failure::Usage(format!("--to {}: {problem}", arguments.to))
        }
        crate::portal::Misled::Token(problem) => Failure::Usage(format!("${variable}: {problem}")),
    })?;
    if portal.is_overheard() {
        stderr.tell(
            &arguments.to,
            "not https: whoever is in between reads the token",
        );
    }
    let mut documents = Vec::new();
    for file in &arguments.files {
        documents.push((
            file,
            by_service(&read(file)?)
                .map_err(|problem| Failure::Nothing(format!("{}: {problem}", file.display())))?,
        ));
    }
    let mut refused = 0;
    let mut taken = String::new();
    for (file, services) in &documents {
        for (entity_ref, document) in services {
            stderr.doing(format!("sending {entity_ref}"));
            match portal.put(entity_ref, document) {
                Ok(()) => {
                    taken.push_str(&format!("{entity_ref}  {} bytes taken\n", document.len()))
                }
                Err(refusal) => {
                    refused += 1;
                    stderr.tell(
                        format!("{}: {entity_ref}", file.display()),
                        explained(&refusal, variable),
                    );
                }
            }
        }
    }
    stderr.done();
    unless_closed(show::plain(&taken))?;
    match refused {
        0 => Ok(Exit::Good),
        _ => Ok(Exit::Nothing),
    }
}

/// What to do about it.
fn explained(refusal: &Refusal, variable: &str) -> String {
    match refusal {
        Refusal::Unauthorised => {
            format!("401, the portal does not know the token in ${variable}; it may have run out, or be another portal's")
        }
        Refusal::Forbidden => {
            "403, the token may not write this service; the portal's configuration says which it may".to_owned()
        }
        other => other.to_string(),
    }
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let unreadable = |error| Failure::Nothing(format!("{}: {error}", file.display()));
    if file.as_os_str() != "-" {
        return std::fs::read(file).map_err(unreadable);
    }
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().read_to_end(&mut bytes);
    read.map_err(unreadable)?;
    Ok(bytes)
}

/// The document for each service that it speaks of, by ref.
fn by_service(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let document: Value =
        serde_json::from_slice(bytes).map_err(|error| format!("not JSON ({error})"))?;
    let schema = document["schema"].as_str().unwrap_or_default();
    if !["mentorship/evidence/v1", "mentorship/pushed/v1"].contains(&schema) {
        return Err(format!(
            "`schema` is `{schema}`, and can be mentorship/evidence/v1 or mentorship/pushed/v1"
        ));
    }
    let services = document["services"].as_array().cloned().unwrap_or_default();
    let mut documents = BTreeMap::new();
    for service in services {
        let entity_ref = service["entityRef"]
            .as_str()
            .unwrap_or_default()
            .to_lowercase();
        let mut of_one = document.clone();
        of_one["services"] = Value::Array(vec![service]);
        let bytes = serde_json::to_vec(&of_one).map_err(|error| error.to_string())?;
        documents.insert(entity_ref, bytes);
    }
    match documents.is_empty() {
        true => Err("it speaks of no service, so there is nothing to send".to_owned()),
        false => Ok(documents),
    }
}
