//! `codeowners`: who owns a path, as the code host would say.

use std::io::{self, BufRead};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use mentorship_core::evidence::owners::{CodeOwners, Dialect, locate_with_dialect};

use crate::exit::{Exit, Failure, unless_closed};
use crate::git::GitRepository;
use crate::show::{self, AnswerFormat};
use crate::stderr::Stderr;

/// Arguments of `codeowners`.
#[derive(Debug, Args)]
#[command(after_help = "\
The file as it stands in the work tree counts. `unowned` means that a rule matches and names
nobody, `unmatched` that no rule matches. Lines that the host skips are told on standard error.

Examples:
  mentorship codeowners infra/dns.tf src/main.rs
  mentorship codeowners --dialect gitlab --file CODEOWNERS services/pay/api.go
  git ls-files | mentorship codeowners - --format json | jq -r '.[]|select(.state!=\"owned\").path'")]
pub struct Arguments {
    /// Paths from the root of the repository; `-` reads them from standard input, one a line
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
    /// The owners file [default: the one that the code host would read]
    #[arg(long)]
    file: Option<PathBuf>,
    /// Whose rules the file follows [default: told by the file's place]
    #[arg(long, value_enum)]
    dialect: Option<Host>,
    /// How to answer [default: table on a terminal, json elsewhere]
    #[arg(long, value_enum)]
    format: Option<AnswerFormat>,
}

/// A code host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Host {
    /// GitHub
    Github,
    /// GitLab, with sections
    Gitlab,
    /// Bitbucket, with groups
    Bitbucket,
}

impl From<Host> for Dialect {
    fn from(host: Host) -> Self {
        match host {
            Host::Github => Self::GitHub,
            Host::Gitlab => Self::GitLab,
            Host::Bitbucket => Self::Bitbucket,
        }
    }
}

/// Reads the owners file and answers.
pub fn run(arguments: &Arguments, stderr: &Stderr) -> Result<Exit, Failure> {
    let (file, told_by_place) = match &arguments.file {
        Some(file) => (file.clone(), dialect_of(file)),
        None => located()?,
    };
    let dialect = arguments.dialect.map_or(told_by_place, Dialect::from);
    let text = std::fs::read(&file)
        .map_err(|error| Failure::Nothing(format!("{}: {error}", file.display())))?;
    let parsed = CodeOwners::parse(&text, dialect);
    for note in &parsed.notes {
        match note.line {
            Some(line) => stderr.tell(format!("{}:{line}", file.display()), &note.message),
            None => stderr.tell(file.display(), &note.message),
        }
    }
    let paths = paths(&arguments.paths)?;
    let answer = show::owners::answer(&parsed.owners, &paths);
    stderr.done();
    unless_closed(
        match arguments
            .format
            .unwrap_or_else(|| show::unasked(AnswerFormat::Table, AnswerFormat::Json))
        {
            AnswerFormat::Table => show::owners::table(&answer),
            AnswerFormat::Markdown => show::owners::markdown(&answer),
            AnswerFormat::Json => show::json(&answer),
        },
    )?;
    Ok(Exit::Good)
}

fn paths(given: &[String]) -> Result<Vec<String>, Failure> {
    let mut paths = Vec::new();
    for path in given {
        if path == "-" {
            for line in io::stdin().lock().split(b'\n') {
                let line =
                    line.map_err(|error| Failure::Nothing(format!("standard input: {error}")))?;
                paths.push(
                    String::from_utf8_lossy(&line)
                        .trim_end_matches('\r')
                        .to_owned(),
                );
            }
        } else {
            paths.push(path.clone());
        }
    }
    paths.retain(|path| !path.is_empty());
    Ok(paths)
}

/// What the hosts' own places say, and those that both GitHub and GitLab read.
fn dialect_of(file: &Path) -> Dialect {
    let shown = file.to_string_lossy().replace('\\', "/");
    if shown.ends_with(".gitlab/CODEOWNERS") {
        Dialect::GitLab
    } else if shown.ends_with(".bitbucket/CODEOWNERS") {
        Dialect::Bitbucket
    } else {
        Dialect::GitHub
    }
}

/// The file that the code host would read, in the repository around here.
fn located() -> Result<(PathBuf, Dialect), Failure> {
    const TRACES: [&str; 7] = [
        ".github/CODEOWNERS",
        "CODEOWNERS",
        "docs/CODEOWNERS",
        ".gitlab/CODEOWNERS",
        ".bitbucket/CODEOWNERS",
        ".gitlab-ci.yml",
        ".github/workflows",
    ];
    let root = match GitRepository::around(Path::new(".")) {
        Ok(found) => found.repository.folder().to_owned(),
        Err(_) => PathBuf::from("."),
    };
    let there = TRACES.into_iter().filter(|path| root.join(path).exists());
    match locate_with_dialect(there) {
        Some((path, dialect)) => Ok((root.join(path), dialect)),
        None => Err(Failure::Nothing(format!(
            "there is no owners file in {}; name one with --file",
            root.display()
        ))),
    }
}
