//! `init`: a first MENTORSHIP.md and CODEOWNERS, proposed out of the history.

mod former;
mod proposal;

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use mentorship_core::engine::history_settings;
use mentorship_core::facts::Committers;
use mentorship_core::knowledge::{Scope, folded};
use mentorship_core::organisation::Organisation;

use super::bus_factor::of_repository;
use crate::catalog::Declared;
use crate::exit::{Exit, Failure, unless_closed};
use crate::policy::{engine, policy};
use crate::show;
use crate::stderr::Stderr;
use former::former_maintainers;
use proposal::{OwnersThere, Proposal};

/// Arguments of `init`.
#[derive(Debug, Args)]
#[command(after_help = "\
Who is proposed is who knows most of the files by the last year and a half of the history: first
steward, then backup, then two apprentices; nobody whom a MAINTAINERS file lists as a former one.
It is a proposal. Talk to them before you commit it.
What nobody can know from a history is left to be filled in, and `mentorship check` says so until
it is. CODEOWNERS is only written where there is none, and no OWNERS files either.

Examples:
  mentorship init
  mentorship init services/pay
  mentorship init --stdout | less")]
pub struct Arguments {
    /// The repository, or the folder of a service in it
    #[arg(default_value = ".")]
    path: PathBuf,
    /// Write over a MENTORSHIP.md that is there
    #[arg(long, conflicts_with = "stdout")]
    force: bool,
    /// Print both files and write none; where there is a CODEOWNERS, lines for it
    #[arg(long)]
    stdout: bool,
    /// The policy, JSON or YAML: who has left, which paths are critical
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
}

const PLAN: &str = "MENTORSHIP.md";
const BESIDE_OWNERS_FILES: &str = "\
OWNERS files say who owns what, and a CODEOWNERS would stand above them: none is
proposed. Name the apprentices as reviewers there.
";

/// Writes the proposal.
pub fn run(arguments: &Arguments, stderr: &Stderr) -> Result<Exit, Failure> {
    let mut policy = policy(arguments.policy.as_deref())?;
    let folder = arguments.path.as_path();
    let plan = folder.join(PLAN);
    if !arguments.stdout {
        refuse_where_nothing_can_be_written(folder, arguments.force)?;
    }
    let (history, found) =
        of_repository(history_settings(&policy), &arguments.path, "HEAD", stderr)?;
    let repository = &found.repository;
    if !arguments.stdout && !repository.has_work_tree() {
        return Err(Failure::Usage(
            "a bare repository has no place for a file; --stdout prints the proposal".to_owned(),
        ));
    }
    let former = former_maintainers(repository, stderr);
    for former in former.map_err(|error| Failure::Nothing(error.to_string()))? {
        let mut people = history.people().iter();
        if people.any(|person| folded(person.name.as_bytes()) == former.name) {
            stderr.tell(
                former.place,
                "lists a former maintainer of the history, who is not proposed",
            );
        }
        policy.people.left.insert(former.name);
    }
    let committers = Committers::of(&history, &Organisation::default(), &policy.people);
    let scope = match found.directory.as_str() {
        "" => Scope::Repository,
        directory => Scope::Subtree(directory),
    };
    let readings = history.readings(&scope, committers.left());
    let scout = engine(arguments.policy.as_deref())?;
    let mut declared =
        Declared::at_head(repository, &found.directory, scout, stderr).map_err(Failure::Nothing)?;
    declared.keep_those_around(&found.directory, repository, &stderr.hushed());
    let declared: Vec<String> = declared.lines().into_iter().map(|(of, ..)| of).collect();
    let proposal = Proposal::new(
        &readings.recent,
        history.people(),
        &declared,
        &found.directory,
        &repository.paths(),
        &policy,
    );
    let code_owners = proposal.code_owners_path();
    stderr.done();
    if arguments.stdout {
        let owners = match proposal.owners_there() {
            Some(OwnersThere::OwnersFiles) => BESIDE_OWNERS_FILES.to_owned(),
            Some(OwnersThere::CodeOwners) => lines_for_code_owners(&proposal),
            None => format!("=== {code_owners}\n{}", proposal.code_owners()),
        };
        let text = format!(
            "=== {PLAN}\n{}\n{owners}\n{}",
            proposal.plan(),
            proposal.what_to_do()
        );
        unless_closed(show::plain(&text))?;
        return Ok(Exit::Good);
    }
    write(&plan, &proposal.plan(), arguments.force)?;
    let mut told = format!("Wrote {}\n", plan.display());
    let beside = repository.folder().join(code_owners);
    match proposal.owners_there() {
        Some(OwnersThere::CodeOwners) => told.push_str(&lines_for_code_owners(&proposal)),
        Some(OwnersThere::OwnersFiles) => told.push_str(BESIDE_OWNERS_FILES),
        None => {
            write(&beside, &proposal.code_owners(), false)?;
            told.push_str(&format!("Wrote {}\n", beside.display()));
        }
    }
    told.push_str(&format!("\n{}\n{}", proposal.who(), proposal.what_to_do()));
    unless_closed(show::plain(&told))?;
    Ok(Exit::Good)
}

/// A second file, in a folder where the code host looks first, would hide the one there.
fn lines_for_code_owners(proposal: &Proposal) -> String {
    let lines = proposal.code_owners();
    format!("There is a CODEOWNERS already. Lines for it:\n\n{lines}\n")
}

/// Before the history is read, which may take a while.
fn refuse_where_nothing_can_be_written(folder: &Path, force: bool) -> Result<(), Failure> {
    let unreadable = |error| Failure::Nothing(format!("{}: {error}", folder.display()));
    for entry in folder.read_dir().map_err(unreadable)? {
        let name = entry.map_err(unreadable)?.file_name();
        let there = name.to_string_lossy();
        // One file system knows letter case and another does not.
        if there.eq_ignore_ascii_case(PLAN) && !(force && there == PLAN) {
            return Err(Failure::Usage(format!(
                "{} is there already; --force writes over it, --stdout prints the proposal",
                folder.join(&name).display()
            )));
        }
    }
    Ok(())
}

/// Writes a new file; over one that is there only where that is wanted.
fn write(path: &Path, text: &str, over: bool) -> Result<(), Failure> {
    let unwritten = |error: io::Error| {
        Failure::Unwritten(io::Error::new(
            error.kind(),
            format!("{}: {error}", path.display()),
        ))
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(unwritten)?;
    }
    let mut options = OpenOptions::new();
    options.write(true);
    match over {
        true => options.create(true).truncate(true),
        false => options.create_new(true),
    };
    let mut file = options.open(path).map_err(unwritten)?;
    file.write_all(text.as_bytes()).map_err(unwritten)
}
