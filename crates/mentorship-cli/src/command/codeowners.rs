//! `codeowners`: who owns a path, as the code host would say, and whether the critical
//! paths are owned by a steward and an apprentice.

mod pairing;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, BufRead, ErrorKind};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use mentorship_core::evidence::owners::{
    CodeOwners, DeclaredOwners, Dialect, OwnersTree, is_vendored, locate_with_dialect,
};

use crate::exit::{Exit, Failure, unless_closed};
use crate::git::GitRepository;
use crate::show::{self, AnswerFormat};
use crate::stderr::Stderr;

/// Arguments of `codeowners`.
#[derive(Debug, Args)]
#[command(after_help = "\
The file as it stands in the work tree counts. `unowned` means that a rule matches and names
nobody, `unmatched` that no rule matches. Lines that the host skips are told on standard error.
Where there is no CODEOWNERS, the OWNERS files of Kubernetes' kind above each path count, and the
owners are those who approve.

Examples:
  mentorship codeowners infra/dns.tf src/main.rs
  mentorship codeowners --dialect gitlab --file CODEOWNERS services/pay/api.go
  git ls-files | mentorship codeowners - --format json | jq -r '.[]|select(.state!=\"owned\").path'
  mentorship codeowners --pairing
  mentorship codeowners --pairing --apprentice @jordan /infra/ '*.tf'")]
pub struct Arguments {
    /// Paths from the root of the repository; `-` reads them from standard input, one a line.
    /// With --pairing, patterns of critical paths [default: those of the policy]
    #[arg(required_unless_present = "pairing", value_name = "PATH")]
    paths: Vec<String>,
    /// Tell which critical paths a steward and an apprentice own: those whom the plan or a handle
    /// such as @alice-steward names
    #[arg(long)]
    pairing: bool,
    /// Who else is a steward
    #[arg(long, value_name = "HANDLE", requires = "pairing")]
    steward: Vec<String>,
    /// Who else is an apprentice
    #[arg(long, value_name = "HANDLE", requires = "pairing")]
    apprentice: Vec<String>,
    /// The policy, JSON or YAML, with critical paths and handles of roles
    #[arg(long, requires = "pairing", value_name = "FILE")]
    policy: Option<PathBuf>,
    /// The owners file [default: the one that the code host would read]
    #[arg(long)]
    file: Option<PathBuf>,
    /// Whose rules the file follows [default: told by where the repository came from and by the
    /// file's place]
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
    /// Kubernetes' prow, with OWNERS files in directories
    Kubernetes,
}

impl Host {
    /// The dialect of the host's CODEOWNERS; prow has none.
    fn dialect(self) -> Option<Dialect> {
        match self {
            Self::Github => Some(Dialect::GitHub),
            Self::Gitlab => Some(Dialect::GitLab),
            Self::Bitbucket => Some(Dialect::Bitbucket),
            Self::Kubernetes => None,
        }
    }
}

/// Reads the owners and answers.
pub fn run(arguments: &Arguments, stderr: &Stderr) -> Result<Exit, Failure> {
    let given = paths(&arguments.paths)?;
    if arguments.pairing {
        return pairing::run(arguments, &given, stderr);
    }
    let owners = owners(arguments, &given, stderr)?;
    let answer = show::owners::answer(&owners, &given);
    stderr.done();
    unless_closed(match arguments.format() {
        AnswerFormat::Table => show::owners::table(&answer),
        AnswerFormat::Markdown => show::owners::markdown(&answer),
        AnswerFormat::Json => show::json(&answer),
    })?;
    Ok(Exit::Good)
}

impl Arguments {
    fn format(&self) -> AnswerFormat {
        let unasked = || show::unasked(AnswerFormat::Table, AnswerFormat::Json);
        self.format.unwrap_or_else(unasked)
    }
}

/// The owners that count for some paths.
fn owners(
    arguments: &Arguments,
    paths: &[String],
    stderr: &Stderr,
) -> Result<DeclaredOwners, Failure> {
    let root = root();
    match (&arguments.file, arguments.dialect) {
        (Some(file), Some(Host::Kubernetes)) => Err(Failure::Usage(format!(
            "--file {}: OWNERS files are read where they stand, above each path",
            file.display()
        ))),
        (None, Some(Host::Kubernetes)) => owners_above(&root, paths, stderr),
        (Some(file), host) => of_file(file, dialect_of(file), host, stderr),
        (None, host) => match located(&root, host) {
            Some((file, dialect)) => of_file(&root.join(file), dialect, host, stderr),
            None => owners_above(&root, paths, stderr),
        },
    }
}

fn of_file(
    file: &Path,
    told_by_place: Dialect,
    host: Option<Host>,
    stderr: &Stderr,
) -> Result<DeclaredOwners, Failure> {
    let text = std::fs::read(file).map_err(|error| unreadable(file, &error))?;
    let dialect = host.and_then(Host::dialect).unwrap_or(told_by_place);
    let parsed = CodeOwners::parse(&text, dialect);
    for note in &parsed.notes {
        match note.line {
            Some(line) => stderr.tell(format!("{}:{line}", file.display()), &note.message),
            None => stderr.tell(file.display(), &note.message),
        }
    }
    Ok(DeclaredOwners::File(Box::new(parsed.owners)))
}

/// The OWNERS files in the directories above the paths, and their aliases.
fn owners_above(root: &Path, paths: &[String], stderr: &Stderr) -> Result<DeclaredOwners, Failure> {
    let mut texts = BTreeMap::new();
    for path in paths {
        let directories = Path::new(path.trim_start_matches("./").trim_start_matches('/'));
        for directory in directories.ancestors().skip(1) {
            let file = directory.join("OWNERS");
            let shown = file.to_string_lossy().replace('\\', "/");
            if is_vendored(&shown) {
                continue;
            }
            if let Some(text) = read_where_there(&root.join(&file))? {
                texts.insert(shown, text);
            }
        }
    }
    if texts.is_empty() {
        return Err(Failure::Nothing(format!(
            "there is neither an owners file in {} nor an OWNERS file above these paths; \
             name a file with --file",
            root.display()
        )));
    }
    let aliases = "OWNERS_ALIASES";
    if let Some(text) = read_where_there(&root.join(aliases))? {
        texts.insert(aliases.to_owned(), text);
    }
    let files = texts.iter();
    let files = files.map(|(path, text)| (path.as_str(), Some(text.as_slice())));
    let (tree, notes) = OwnersTree::parse(&Vec::from_iter(files));
    for (path, note) in notes {
        match note.line {
            Some(line) => stderr.tell(format!("{path}:{line}"), &note.message),
            None => stderr.tell(path, &note.message),
        }
    }
    Ok(DeclaredOwners::Tree(RefCell::new(tree)))
}

/// A file, where there is one: without one that cannot be read nobody knows who owns a path.
fn read_where_there(file: &Path) -> Result<Option<Vec<u8>>, Failure> {
    use ErrorKind::{IsADirectory, NotADirectory, NotFound};
    match std::fs::read(file) {
        Ok(text) => Ok(Some(text)),
        Err(error) => match error.kind() {
            NotFound | NotADirectory | IsADirectory => Ok(None),
            _ => Err(unreadable(file, &error)),
        },
    }
}

fn unreadable(file: &Path, error: &io::Error) -> Failure {
    Failure::Nothing(format!("{}: {error}", file.display()))
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

/// The root of the repository around here.
fn root() -> PathBuf {
    match GitRepository::around(Path::new(".")) {
        Ok(found) => found.repository.folder().to_owned(),
        Err(_) => PathBuf::from("."),
    }
}

/// The file that the code host would read: the one that is named, else the one that the
/// repository came from.
fn located(root: &Path, named: Option<Host>) -> Option<(&'static str, Dialect)> {
    const TRACES: [&str; 7] = [
        ".github/CODEOWNERS",
        "CODEOWNERS",
        "docs/CODEOWNERS",
        ".gitlab/CODEOWNERS",
        ".bitbucket/CODEOWNERS",
        ".gitlab-ci.yml",
        ".github/workflows",
    ];
    let there = TRACES.into_iter().filter(|path| root.join(path).exists());
    let origin = || {
        let found = GitRepository::around(root).ok()?;
        Dialect::of_address(&found.repository.origin()?.file_address("HEAD")?)
    };
    locate_with_dialect(there, named.and_then(Host::dialect).or_else(origin))
}
