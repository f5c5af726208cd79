//! The example company: stories become git repositories and a catalog.
//!
//! ```text
//! examples/company + examples/repositories/*/story.yaml  (days relative to an anchor)
//!   → telling → git fast-import → examples/.generated/{repositories,catalog,operations}
//! ```
//!
//! The same anchor gives the same commits and the same catalog, byte for byte:
//! no clock is read but for the default anchor, and no random number at all.

mod branch;
mod catalog;
mod company;
mod git;
mod message;
mod operations;
mod relative_day;
mod sequence;
mod source_text;
#[cfg(test)]
mod states;
mod story;
mod telling;
mod template;
#[cfg(test)]
mod tests;
mod timeline;

use std::fmt;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use mentorship_core::civil_date::CivilDate;

use company::Company;
pub(crate) use git::git;
use story::Story;
use telling::Stage;
use template::Setting;

/// The example company as it stands on disk.
#[derive(Debug)]
pub struct Generated {
    /// The day that counts as today.
    pub anchor: CivilDate,
    /// The folder of everything generated.
    pub root: PathBuf,
    /// The folder of catalog files, one or more documents each.
    pub catalog: PathBuf,
    /// The folder of git repositories, each with its main branch checked out.
    pub repositories: PathBuf,
    /// What PagerDuty knows of the company, for the server that stands in for it.
    pub pagerduty: PathBuf,
    /// The folder of what the company's pipelines push, one document for each service.
    pub pushed: PathBuf,
    /// Whether anything was made now; `false` where it was there already.
    pub rebuilt: bool,
}

/// Why the example company could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("cannot {doing} {}: {source}", path.display())]
    File {
        /// What was tried, such as `read`.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A story, template or catalog document makes no sense.
    #[error("{}: {problem}", path.display())]
    Story {
        /// The file that tells it.
        path: PathBuf,
        /// What is wrong, and where.
        problem: String,
    },
    /// Git is not there or refused.
    #[error("git failed: {problem} (ran {doing})")]
    Git {
        /// The command line.
        doing: String,
        /// What git said.
        problem: String,
    },
}

/// What `cargo xtask examples` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The day that counts as today, such as 2026-11-21; today in UTC where absent
    #[arg(long, value_name = "DATE", value_parser = civil_date)]
    anchor: Option<CivilDate>,
}

/// Makes the example company and prints where it is.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    println!("{}", make(arguments.anchor)?);
    Ok(())
}

/// Makes the example company for the day `anchor`, or today in UTC, unless it
/// is there already. It appears whole or not at all; who calls at the same time
/// waits.
pub fn make(anchor: Option<CivilDate>) -> Result<Generated, Error> {
    let sources = checkout().join("examples");
    let root = sources.join(".generated");
    make_in(checkout(), &sources, root, anchor.unwrap_or_else(today))
}

impl fmt::Display for Generated {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = if self.rebuilt { "made" } else { "kept" };
        writeln!(formatter, "{verb} the example company for {}", self.anchor)?;
        writeln!(formatter, "  catalog       {}", self.catalog.display())?;
        write!(formatter, "  repositories  {}", self.repositories.display())
    }
}

/// Reads a day given on the command line.
pub fn civil_date(text: &str) -> Result<CivilDate, String> {
    CivilDate::parse(text).ok_or_else(|| "write a day of the calendar as YYYY-MM-DD".to_owned())
}

/// The top of this project, two folders above this crate.
fn checkout() -> &'static Path {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_folder.ancestors().nth(2).unwrap_or(crate_folder)
}

/// Today, by the machine's clock, in UTC: the one look at a clock.
fn today() -> CivilDate {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    CivilDate::from_unix_seconds(i64::try_from(seconds).unwrap_or_default())
}

/// Makes the company told in `sources` at `root`, whose parent folder exists.
fn make_in(
    checkout: &Path,
    sources: &Path,
    root: PathBuf,
    anchor: CivilDate,
) -> Result<Generated, Error> {
    let lock_path = root.with_extension("lock");
    let lock = File::create(&lock_path).map_err(failing("create", &lock_path))?;
    lock.lock().map_err(failing("lock", &lock_path))?;

    let mut generated = Generated {
        anchor,
        catalog: root.join("catalog"),
        repositories: root.join("repositories"),
        pagerduty: root.join(operations::ACCOUNT),
        pushed: root.join(operations::PUSHED),
        root,
        rebuilt: false,
    };
    let fingerprint = fingerprint(checkout, sources, &generated)?;
    let kept = fs::read_to_string(generated.root.join(FINGERPRINT)).ok();
    if kept.as_deref() == Some(&fingerprint) {
        return Ok(generated);
    }
    // Built aside, then renamed: nobody sees half a company.
    let aside = generated.root.with_extension("building");
    remove(&aside)?;
    build(checkout, sources, &aside, &generated)?;
    write(&aside.join(ANCHOR), &format!("{anchor}\n"))?;
    write(&aside.join(FINGERPRINT), &fingerprint)?;
    keep_what_others_left(&generated.root, &aside)?;
    remove(&generated.root)?;
    fs::rename(&aside, &generated.root).map_err(failing("rename", &aside))?;
    generated.rebuilt = true;
    Ok(generated)
}

/// The file that names the anchor, for people and scripts.
const ANCHOR: &str = "anchor";
/// The file that tells whether what was generated is still right.
const FINGERPRINT: &str = "fingerprint";

/// What this module is made of: a changed generator makes everything anew.
const GENERATOR: [&str; 16] = [
    include_str!("mod.rs"),
    include_str!("branch.rs"),
    include_str!("catalog.rs"),
    include_str!("company.rs"),
    include_str!("git.rs"),
    include_str!("message.rs"),
    include_str!("operations.rs"),
    include_str!("operations/pagerduty.rs"),
    include_str!("operations/pushed.rs"),
    include_str!("relative_day.rs"),
    include_str!("sequence.rs"),
    include_str!("source_text.rs"),
    include_str!("story.rs"),
    include_str!("telling.rs"),
    include_str!("template.rs"),
    include_str!("timeline.rs"),
];

/// Moves what is not ours, such as the demo's database, to where it stays.
fn keep_what_others_left(root: &Path, aside: &Path) -> Result<(), Error> {
    if !root.exists() {
        return Ok(());
    }
    for entry in sorted_entries(root)? {
        let place = aside.join(entry.file_name().unwrap_or_default());
        if !place.exists() {
            fs::rename(&entry, &place).map_err(failing("move", &entry))?;
        }
    }
    Ok(())
}

/// One line that differs where the anchor, the place, a story or the generator does.
fn fingerprint(checkout: &Path, sources: &Path, generated: &Generated) -> Result<String, Error> {
    let mut hasher = DefaultHasher::new();
    GENERATOR.hash(&mut hasher);
    generated.root.hash(&mut hasher);
    let mut pending = vec![
        checkout.join("catalog-info.yaml"),
        sources.join("company"),
        sources.join("repositories"),
    ];
    while let Some(path) = pending.pop() {
        path.hash(&mut hasher);
        if path.is_dir() {
            pending.extend(sorted_entries(&path)?);
        } else {
            read(&path)?.hash(&mut hasher);
        }
    }
    Ok(format!("{} {:016x}\n", generated.anchor, hasher.finish()))
}

/// Builds everything in `aside`, with the paths that it will have afterwards.
fn build(
    checkout: &Path,
    sources: &Path,
    aside: &Path,
    generated: &Generated,
) -> Result<(), Error> {
    let company_folder = sources.join("company");
    let company = Company::read(
        &company_folder.join("catalog/people.yaml"),
        &company_folder.join("authors.yaml"),
    )?;
    let setting = Setting {
        anchor: generated.anchor,
        repositories: &generated.repositories,
    };
    let catalog = aside.join("catalog");
    catalog::write_company(&company_folder.join("catalog"), &catalog, &setting)?;
    let mut folders = sorted_entries(&sources.join("repositories"))?;
    folders.retain(|folder| folder.is_dir());
    for folder in folders {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let path = folder.join("story.yaml");
        let story = Story::parse(&read(&path)?, &path)?;
        let stage = Stage {
            setting: &setting,
            company: &company,
            files: &folder.join("files"),
            company_files: &company_folder.join("files"),
        };
        let history = stage.tell(&name, &story, &path)?;
        git::make_repository(&aside.join("repositories").join(&*name), &history)?;
        let home = generated.repositories.join(&*name);
        catalog::write_discovered(&catalog, &name, &home, &history.tree)?;
    }
    operations::write_operations(
        &company_folder.join("operations.yaml"),
        &company,
        aside,
        generated.anchor,
    )?;
    let own = read(&checkout.join("catalog-info.yaml"))?;
    catalog::write_located(&catalog.join("this-repository.yaml"), &own, checkout)
}

fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(failing("read", path))
}

/// Writes a file, and the folders above it where they are missing.
fn write(path: &Path, text: &str) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failing("create", folder))?;
    }
    fs::write(path, text).map_err(failing("write", path))
}

/// Removes a folder and everything in it, if it is there.
fn remove(folder: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(failing("remove", folder)(error))
        }
        _ => Ok(()),
    }
}

/// What is in a folder, by name, so that no order depends on the file system.
fn sorted_entries(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut entries = fs::read_dir(folder)
        .and_then(|entries| {
            entries
                .map(|entry| entry.map(|entry| entry.path()))
                .collect::<Result<Vec<_>, _>>()
        })
        .map_err(failing("list", folder))?;
    entries.sort();
    Ok(entries)
}

fn failing(doing: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::File {
        doing,
        path,
        source,
    }
}
