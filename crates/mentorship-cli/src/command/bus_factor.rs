//! `bus-factor`: the three readings of a history, side by side.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use mentorship_core::engine::history_settings;
use mentorship_core::evidence::path_patterns::{LetterCase, PathPatterns};
use mentorship_core::facts::Committers;
use mentorship_core::knowledge::{FileFilter, FileLists, History, Scope, Settings};
use mentorship_core::organisation::Organisation;

use crate::exit::{Exit, Failure, unless_closed};
use crate::git::{Found, GitRepository};
use crate::policy::policy;
use crate::show::bus_factor::Model;
use crate::show::{self, AnswerFormat};
use crate::stderr::Stderr;

/// Arguments of `bus-factor`.
#[derive(Debug, Args)]
#[command(after_help = "\
Three published readings, never blended:
  authorship  truck factor by degree of authorship, code only (Avelino et al. 2016)
  recent      greedy on knowledge that decays, all files (Jabrayilzade et al. 2022)
  absence     contributor absence factor of the last year (CHAOSS)

Leavers, aliases and bots are those of the policy; without one nobody has left. Commits that
.git-blame-ignore-revs lists count for nobody. The numbers say where knowledge sits, not who
is good.

Examples:
  mentorship bus-factor
  mentorship bus-factor --under services/pay --model recent
  mentorship bus-factor --paths /infra/,/airflow/dags/
  mentorship bus-factor --policy mentorship-policy.yaml
  mentorship bus-factor --format json | jq .readings.authorship.busFactor

A stream for --log is what this prints:
  git -c diff.renameLimit=100000 -c log.showRoot=true log --reverse --topo-order -z \\
    --name-status -M50% --format='%x1e%H%x1f%P%x1f%at%x1f%aN%x1f%aE%x1f%(trailers:key=Co-\\
authored-by,valueonly,separator=%x1d)%x1f%(trailers:key=Reviewed-by,valueonly,separator=%x1d)'")]
pub struct Arguments {
    /// The repository, or a folder in it, which is then what is read
    #[arg(default_value = ".")]
    path: PathBuf,
    /// The branch, tag or commit to read
    #[arg(long, default_value = "HEAD", conflicts_with = "log")]
    rev: String,
    /// A history stream instead of a repository; `-` for standard input
    #[arg(long, value_name = "FILE|-", conflicts_with = "path")]
    log: Option<PathBuf>,
    /// Which reading
    #[arg(long, value_enum, default_value_t)]
    model: Model,
    /// Only what lies below this folder of the repository
    #[arg(long, value_name = "DIR")]
    under: Option<String>,
    /// Only the files that one of these patterns matches, written as in CODEOWNERS
    #[arg(
        long,
        value_name = "PATTERN",
        value_delimiter = ',',
        conflicts_with = "under"
    )]
    paths: Vec<String>,
    /// Exactly these files, one path a line, whatever the file filter says
    #[arg(long, value_name = "FILE", conflicts_with_all = ["under", "paths"])]
    files: Option<PathBuf>,
    /// Whose lists tell code from other files, for authorship
    #[arg(long, value_enum, default_value_t)]
    lists: Lists,
    /// What authorship counts beside code; an infrastructure repository lives in configuration
    #[arg(long, value_enum, value_delimiter = ',', value_name = "CLASS")]
    also_count: Vec<AlsoCount>,
    /// The policy, JSON or YAML: who has left, aliases, bots
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// How to answer [default: table on a terminal, json elsewhere]
    #[arg(long, value_enum)]
    format: Option<AnswerFormat>,
}

/// The editions of the file lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Lists {
    /// 2015-03 for a history that ends before 2016, else 9.6
    #[default]
    OfItsTime,
    /// linguist of March 2015, as the published values were counted
    #[value(name = "2015-03")]
    March2015,
    /// linguist 9.6 of August 2026
    #[value(name = "9.6")]
    Linguist96,
}

/// Classes of files that authorship can count beside code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AlsoCount {
    /// Prose, and what stands in places for documentation
    Documentation,
    /// Data and configuration
    Configuration,
}

impl Arguments {
    fn filter(&self) -> FileFilter {
        FileFilter {
            lists: match self.lists {
                Lists::OfItsTime => FileLists::OfItsTime,
                Lists::March2015 => FileLists::March2015,
                Lists::Linguist96 => FileLists::Linguist96,
            },
            documentation: self.also_count.contains(&AlsoCount::Documentation),
            configuration: self.also_count.contains(&AlsoCount::Configuration),
        }
    }
}

/// Reads a history and answers.
pub fn run(arguments: &Arguments, stderr: &Stderr) -> Result<Exit, Failure> {
    let files = arguments.files.as_deref().map(lines).transpose()?;
    let patterns = patterns(&arguments.paths)?;
    let policy = policy(arguments.policy.as_deref())?;
    let settings = Settings {
        filter: arguments.filter(),
        ..history_settings(&policy)
    };
    let (history, around) = match &arguments.log {
        Some(log) => (
            of_stream(History::new(settings), log, stderr)?,
            String::new(),
        ),
        None => {
            let (history, found) =
                of_repository(settings, &arguments.path, &arguments.rev, stderr)?;
            (history, found.directory)
        }
    };
    let files: Option<Vec<&str>> = files
        .as_ref()
        .map(|files| files.iter().map(String::as_str).collect());
    let under = arguments.under.as_deref().unwrap_or(&around);
    let matched = |path: &[u8]| std::str::from_utf8(path).is_ok_and(|path| patterns.matches(path));
    let scope = match &files {
        Some(files) => Scope::Files(files),
        None if !arguments.paths.is_empty() => Scope::Paths(&matched),
        None if under.is_empty() => Scope::Repository,
        None => Scope::Subtree(under),
    };
    let committers = Committers::of(&history, &Organisation::default(), &policy.people);
    let readings = history.readings(&scope, committers.left());
    let answer = show::bus_factor::Answer::new(&readings, history.people(), arguments.model);
    stderr.done();
    unless_closed(
        match arguments
            .format
            .unwrap_or_else(|| show::unasked(AnswerFormat::Table, AnswerFormat::Json))
        {
            AnswerFormat::Table => show::bus_factor::table(&answer),
            AnswerFormat::Markdown => show::bus_factor::markdown(&answer),
            AnswerFormat::Json => show::json(&answer),
        },
    )?;
    Ok(Exit::Good)
}

/// The patterns, each of which must be one.
fn patterns(written: &[String]) -> Result<PathPatterns, Failure> {
    let written = written.iter().map(String::as_str);
    let (patterns, problems) = PathPatterns::parse(written, LetterCase::Sensitive);
    match problems.first() {
        Some(problem) => Err(Failure::Usage(format!("--paths: {}", problem.message))),
        None => Ok(patterns),
    }
}

fn lines(path: &Path) -> Result<Vec<String>, Failure> {
    let bytes = std::fs::read(path)
        .map_err(|error| Failure::Nothing(format!("{}: {error}", path.display())))?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text
        .lines()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect())
}

fn of_stream(mut history: History, log: &Path, stderr: &Stderr) -> Result<History, Failure> {
    let unreadable =
        |error: &dyn std::fmt::Display| Failure::Nothing(format!("{}: {error}", log.display()));
    let mut stream: Box<dyn Read> = match log.as_os_str() == "-" {
        true => Box::new(io::stdin().lock()),
        false => Box::new(File::open(log).map_err(|error| unreadable(&error))?),
    };
    let mut chunk = vec![0; 64 * 1024];
    loop {
        stderr.go_on();
        match stream
            .read(&mut chunk)
            .map_err(|error| unreadable(&error))?
        {
            0 => break,
            length => history.push(chunk.get(..length).unwrap_or_default()),
        }
    }
    let summary = history.finish(None).map_err(|error| unreadable(&error))?;
    if summary.commits == 0 {
        return Err(Failure::Nothing(format!(
            "{}: holds no commit",
            log.display()
        )));
    }
    summary
        .notes
        .iter()
        .for_each(|note| stderr.tell(log.display(), note));
    Ok(history)
}

/// The history of the repository around a path up to a revision, and where in it
/// the path is.
pub fn of_repository(
    mut settings: Settings,
    path: &Path,
    revision: &str,
    stderr: &Stderr,
) -> Result<(History, Found), Failure> {
    let found = GitRepository::around(path).map_err(Failure::Nothing)?;
    let repository = &found.repository;
    let place = repository.folder().display().to_string();
    let unreadable = |error: &dyn std::fmt::Display| Failure::Nothing(format!("{place}: {error}"));
    let commit = repository
        .commit(revision)
        .map_err(|error| unreadable(&error))?;
    if repository
        .is_shallow()
        .map_err(|error| unreadable(&error))?
    {
        return Err(unreadable(&crate::evidence::SHALLOW));
    }
    let tree = repository
        .tree(&commit)
        .map_err(|error| unreadable(&error))?;
    let listing = tree.listing();
    // Asked for where they are: a file that cannot be read is no missing one.
    let is_there = |path: &&str| {
        let mut paths = listing.split(|byte| *byte == 0);
        paths.any(|other| other == path.as_bytes())
    };
    let wanted = Settings::FILES.into_iter().filter(is_there);
    let wanted: Vec<String> = wanted.map(str::to_owned).collect();
    let files = repository.files(&tree, &wanted);
    for file in files.map_err(|error| unreadable(&error))? {
        let (path, content) = file.into_parts();
        match content {
            Ok(content) => settings.take_file(&path, &content),
            Err(failure) => stderr.tell(format_args!("{place}: {path}"), failure),
        }
    }
    let mut history = History::new(settings);
    stderr.doing(format!("reading the history of {place}"));
    let read = repository.history(&commit, |chunk| {
        stderr.go_on();
        history.push(chunk);
    });
    let remark = read.map_err(|error| unreadable(&error))?;
    remark.iter().for_each(|remark| stderr.tell(&place, remark));
    history.use_tree(&listing);
    let summary = history
        .finish(Some(&commit))
        .map_err(|error| unreadable(&error))?;
    summary
        .notes
        .iter()
        .for_each(|note| stderr.tell(&place, note));
    Ok((history, found))
}
