//! Which files count for the reading `authorship`, named and versioned.

pub(crate) mod pattern;

use hashbrown::HashMap;
use pattern::PathPatterns;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

/// What a file is, by its path alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileClass {
    /// Written in a programming or markup language.
    Code,
    /// Data and configuration: JSON, YAML, TOML, XML, SQL and the like.
    Configuration,
    /// Documentation, by its language or its place.
    Documentation,
    /// Code of others kept in the repository, and what linguist takes for it.
    Vendored,
    /// Written by a program.
    Generated,
    /// Of no known language; scripts without an extension are among them,
    /// since their first line is not in the history.
    Unknown,
}

/// The choice of files that the reading `authorship` counts.
///
/// Code by the lists of GitHub linguist of March 2015 always counts, without
/// vendored and generated files: the choice of the study that the reading
/// comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FileFilter {
    /// Whether documentation counts too.
    pub documentation: bool,
    /// Whether data and configuration count too.
    pub configuration: bool,
}

impl FileFilter {
    /// Whether a file of this class counts.
    pub fn counts(self, class: FileClass) -> bool {
        match class {
            FileClass::Code => true,
            FileClass::Configuration => self.configuration,
            FileClass::Documentation => self.documentation,
            FileClass::Vendored | FileClass::Generated | FileClass::Unknown => false,
        }
    }

    /// The name and version of the filter, part of every answer that used it.
    pub fn version(self) -> &'static str {
        match (self.documentation, self.configuration) {
            (false, false) => "linguist-2015-03",
            (true, false) => "linguist-2015-03+documentation",
            (false, true) => "linguist-2015-03+configuration",
            (true, true) => "linguist-2015-03+documentation+configuration",
        }
    }
}

/// The lists of linguist, in a form that classifies a path in one pass.
#[derive(Debug)]
pub(crate) struct Classifier {
    extensions: HashMap<&'static str, FileClass, foldhash::fast::FixedState>,
    names: HashMap<&'static str, FileClass, foldhash::fast::FixedState>,
    places: PathPatterns,
}

const LISTS: &str = include_str!("linguist-2015-03.txt");

/// What a place says of a file, the strongest first.
const PLACES: [(&str, FileClass); 3] = [
    ("vendored", FileClass::Vendored),
    ("generated", FileClass::Generated),
    ("documentation", FileClass::Documentation),
];

/// The lists read once; every history extends the same tables.
static READ_LISTS: LazyLock<Mutex<Classifier>> = LazyLock::new(|| Mutex::new(Classifier::read()));

impl Classifier {
    /// The classifier of the program. What it learns while it classifies makes
    /// it faster and changes no answer, not even where a thread gave up on it.
    pub(crate) fn shared() -> MutexGuard<'static, Self> {
        READ_LISTS.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read() -> Self {
        let class_of = |kind: &'static str| {
            [
                ("code", FileClass::Code),
                ("configuration", FileClass::Configuration),
                ("prose", FileClass::Documentation),
            ]
            .into_iter()
            .flat_map(move |(name, class)| {
                words(section(&format!("{name} {kind}"))).map(move |word| (word, class))
            })
        };
        let mut places = (0..).zip(PLACES).flat_map(|(rank, (title, _))| {
            let patterns = section(title);
            patterns.map(move |pattern| (rank, pattern))
        });
        Self {
            extensions: class_of("extensions").collect(),
            names: class_of("names").collect(),
            // The lists are part of the program, and a test compiles them all.
            places: PathPatterns::ranked(&mut places).unwrap_or_default(),
        }
    }

    /// What the file at `path` is. Its place comes before its language.
    pub(crate) fn class(&mut self, path: &[u8]) -> FileClass {
        let place = self.places.best_match(path);
        match place.and_then(|rank| PLACES.get(rank as usize)) {
            Some(&(_, class)) => class,
            None => self.language_class(path),
        }
    }

    /// By file name, else by the longest known extension, as it stands before
    /// in lower case.
    fn language_class(&self, path: &[u8]) -> FileClass {
        let start = memchr::memrchr(b'/', path).map_or(0, |slash| slash + 1);
        let name = path.get(start..).unwrap_or_default();
        let known_name = std::str::from_utf8(name)
            .ok()
            .and_then(|name| self.names.get(name));
        if let Some(&class) = known_name {
            return class;
        }
        memchr::memchr_iter(b'.', name)
            .filter_map(|dot| std::str::from_utf8(name.get(dot..)?).ok())
            .find_map(|extension| self.extension_class(extension))
            .unwrap_or(FileClass::Unknown)
    }

    fn extension_class(&self, extension: &str) -> Option<FileClass> {
        if let Some(&class) = self.extensions.get(extension) {
            return Some(class);
        }
        let has_upper_case = extension.bytes().any(|byte| byte.is_ascii_uppercase());
        has_upper_case
            .then(|| self.extensions.get(extension.to_ascii_lowercase().as_str()))
            .flatten()
            .copied()
    }
}

/// The lines of a section of the lists, without blank ones.
fn section(title: &str) -> impl Iterator<Item = &'static str> + use<> {
    let title = format!("[{title}]");
    LISTS
        .lines()
        .skip_while(move |line| *line != title)
        .skip(1)
        .take_while(|line| !is_title(line))
        .filter(|line| !line.is_empty())
}

/// A title names a list; a pattern may begin with a bracket too, but never ends
/// with the only one.
fn is_title(line: &str) -> bool {
    line.starts_with('[')
        && line.strip_suffix(']').is_some_and(|line| {
            line.bytes()
                .skip(1)
                .all(|byte| byte == b' ' || byte.is_ascii_lowercase())
        })
}

fn words(lines: impl Iterator<Item = &'static str>) -> impl Iterator<Item = &'static str> {
    lines.flat_map(str::split_whitespace)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Classifier, FileClass, section};
    use crate::knowledge::filter::pattern::PathPatterns;

    #[test]
    fn every_pattern_of_the_lists_is_understood() {
        for title in ["vendored", "documentation", "generated"] {
            assert!(section(title).count() > 3, "{title}");
            PathPatterns::new(section(title)).unwrap();
        }
    }

    #[test]
    fn files_are_classed_by_place_name_and_extension() {
        let mut classifier = Classifier::shared();
        for (path, class) in [
            ("src/main.rs", FileClass::Code),
            ("Makefile", FileClass::Code),
            ("SRC/MAIN.PY", FileClass::Code),
            ("app/views/page.html.erb", FileClass::Code),
            ("lib/jquery.js", FileClass::Vendored),
            ("web/app.min.js", FileClass::Vendored),
            ("node_modules/x/index.js", FileClass::Vendored),
            ("a/third-party/b.c", FileClass::Vendored),
            ("types/index.d.ts", FileClass::Vendored),
            ("docs/conf.py", FileClass::Documentation),
            ("src/docs/conf.py", FileClass::Code),
            ("notes.md", FileClass::Documentation),
            ("package.json", FileClass::Configuration),
            ("ios/Main.xib", FileClass::Generated),
            ("bin/run", FileClass::Unknown),
            ("", FileClass::Unknown),
        ] {
            assert_eq!(classifier.class(path.as_bytes()), class, "{path}");
        }
        assert_eq!(classifier.class(b"caf\xe9/\xff.rb"), FileClass::Code);
    }
}
