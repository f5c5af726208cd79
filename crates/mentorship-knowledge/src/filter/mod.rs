//! Which files count for the reading `authorship`, named and versioned.

pub(crate) mod pattern;

use hashbrown::HashMap;
use pattern::PathExpressions;
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
/// Code always counts, by the lists of GitHub linguist and without vendored and
/// generated files: the choice of the study that the reading comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FileFilter {
    /// Which lists say what a file is.
    pub lists: FileLists,
    /// Whether documentation counts too.
    pub documentation: bool,
    /// Whether data and configuration count too.
    pub configuration: bool,
}

/// Lists that say what a file is by its path.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FileLists {
    /// Those of March 2015 for a history that ends before 2016, those of
    /// linguist 9.6 for every other.
    #[default]
    OfItsTime,
    /// Those of the study that `authorship` comes from.
    March2015,
    /// Those of August 2026: with TypeScript's `.tsx`, Terraform, Kotlin.
    Linguist96,
}

/// 2016-01-01, in seconds since 1970.
const YEAR_2016: i64 = 1_451_606_400;

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

    /// The name and version of the filter for a history whose last commit is
    /// of this time, in seconds since 1970; part of every answer that used it.
    pub fn version(self, last_commit: i64) -> &'static str {
        match (
            self.edition(last_commit),
            self.documentation,
            self.configuration,
        ) {
            (Edition::March2015, false, false) => "linguist-2015-03",
            (Edition::March2015, true, false) => "linguist-2015-03+documentation",
            (Edition::March2015, false, true) => "linguist-2015-03+configuration",
            (Edition::March2015, true, true) => "linguist-2015-03+documentation+configuration",
            (Edition::Linguist96, false, false) => "linguist-9.6",
            (Edition::Linguist96, true, false) => "linguist-9.6+documentation",
            (Edition::Linguist96, false, true) => "linguist-9.6+configuration",
            (Edition::Linguist96, true, true) => "linguist-9.6+documentation+configuration",
        }
    }

    pub(crate) fn edition(self, last_commit: i64) -> Edition {
        match self.lists {
            FileLists::OfItsTime if last_commit < YEAR_2016 => Edition::March2015,
            FileLists::March2015 => Edition::March2015,
            FileLists::OfItsTime | FileLists::Linguist96 => Edition::Linguist96,
        }
    }
}

/// An edition of the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edition {
    March2015,
    Linguist96,
}

/// The lists of linguist, in a form that classifies a path in one pass.
#[derive(Debug)]
pub(crate) struct Classifier {
    extensions: Words,
    names: Words,
    places: PathExpressions,
}

type Words = HashMap<&'static str, FileClass, foldhash::fast::FixedState>;

const MARCH_2015: &str = include_str!("linguist-2015-03.txt");
/// What is otherwise in the later edition.
const SINCE_2015: &str = include_str!("linguist-9.6.txt");

/// What a place says of a file, the strongest first.
const PLACES: [(&str, FileClass); 3] = [
    ("vendored", FileClass::Vendored),
    ("generated", FileClass::Generated),
    ("documentation", FileClass::Documentation),
];

/// Each edition read once; every history extends the same tables.
static EDITIONS: [LazyLock<Mutex<Classifier>>; 2] = [
    LazyLock::new(|| Mutex::new(Classifier::read(Edition::March2015))),
    LazyLock::new(|| Mutex::new(Classifier::read(Edition::Linguist96))),
];

impl Classifier {
    /// The program's classifier of an edition. What it learns while it
    /// classifies makes it faster and changes no answer, not even where a
    /// thread gave up on it.
    pub(crate) fn shared(edition: Edition) -> MutexGuard<'static, Self> {
        let [march_2015, linguist_96] = &EDITIONS;
        let classifier = match edition {
            Edition::March2015 => march_2015,
            Edition::Linguist96 => linguist_96,
        };
        classifier.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(edition: Edition) -> Self {
        // The lists are part of the program, and a test compiles them all.
        let mut patterns = patterns(edition).into_iter();
        Self {
            extensions: classes(edition, "extensions"),
            names: classes(edition, "names"),
            places: PathExpressions::ranked(&mut patterns).unwrap_or_default(),
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

/// What extensions or names say of a file.
fn classes(edition: Edition, kind: &str) -> Words {
    const CLASSES: [(&str, FileClass); 3] = [
        ("code", FileClass::Code),
        ("configuration", FileClass::Configuration),
        ("prose", FileClass::Documentation),
    ];
    let mut classes = Words::default();
    let mut add = |lists| {
        for (name, class) in CLASSES {
            let section = section(lists, &format!("[{name} {kind}]"));
            classes.extend(words(section).map(|word| (word, class)));
        }
    };
    add(MARCH_2015);
    if edition == Edition::Linguist96 {
        add(SINCE_2015);
        for word in words(section(SINCE_2015, &format!("[gone {kind}]"))) {
            classes.remove(word);
        }
    }
    classes
}

/// The patterns of places, each with its rank among [`PLACES`].
fn patterns(edition: Edition) -> Vec<(u32, &'static str)> {
    let mut patterns = Vec::new();
    for (rank, (title, _)) in (0..).zip(PLACES) {
        let old = section(MARCH_2015, &format!("[{title}]"));
        let old = old.map(|pattern| (rank, pattern));
        match edition {
            Edition::March2015 => patterns.extend(old),
            Edition::Linguist96 => {
                let gone = format!("[gone {title}]");
                let is_gone =
                    |pattern: &str| section(SINCE_2015, &gone).any(|line| line == pattern);
                patterns.extend(old.filter(|(_, pattern)| !is_gone(pattern)));
                let new = section(SINCE_2015, &format!("[{title}]"));
                patterns.extend(new.map(|pattern| (rank, pattern)));
            }
        }
    }
    patterns
}

/// The lines of a section of the lists, without blank ones; `title` stands in
/// brackets.
fn section(lists: &'static str, title: &str) -> impl Iterator<Item = &'static str> + use<> {
    let behind = lists.split_once(title).map_or("", |(_, behind)| behind);
    behind
        .lines()
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
    use super::{Classifier, Edition, FileClass, PLACES, patterns, section};
    use crate::filter::pattern::PathExpressions;

    #[test]
    fn every_pattern_of_the_lists_is_understood() {
        for edition in [Edition::March2015, Edition::Linguist96] {
            let patterns = patterns(edition);
            for rank in (0..).take(PLACES.len()) {
                assert!(patterns.iter().filter(|(of, _)| *of == rank).count() > 3);
            }
            PathExpressions::ranked(&mut patterns.into_iter()).unwrap();
        }
    }

    #[test]
    fn what_the_later_edition_takes_out_was_there() {
        for title in ["vendored", "generated", "documentation"] {
            let gone: Vec<_> = section(super::SINCE_2015, &format!("[gone {title}]")).collect();
            let old: Vec<_> = section(super::MARCH_2015, &format!("[{title}]")).collect();
            assert!(gone.iter().all(|pattern| old.contains(pattern)), "{title}");
            let new: Vec<_> = section(super::SINCE_2015, &format!("[{title}]")).collect();
            assert!(new.iter().all(|pattern| !old.contains(pattern)), "{title}");
        }
    }

    #[test]
    fn the_later_edition_knows_what_came_since() {
        let mut classifier = Classifier::shared(Edition::Linguist96);
        for (path, class) in [
            ("web/App.tsx", FileClass::Code),
            ("web/App.vue", FileClass::Code),
            ("infra/main.tf", FileClass::Code),
            ("app/Main.kt", FileClass::Code),
            ("app/main.swift", FileClass::Code),
            ("Dockerfile", FileClass::Code),
            ("deploy/values.yaml", FileClass::Configuration),
            ("tsconfig.json", FileClass::Configuration),
            ("web/package-lock.json", FileClass::Generated),
            ("Cargo.lock", FileClass::Generated),
            ("dist/app.js", FileClass::Vendored),
            (".github/workflows/ci.yml", FileClass::Vendored),
            ("CHANGELOG.md", FileClass::Documentation),
            ("src/main.rs", FileClass::Code),
            ("tools/build.py", FileClass::Code),
            ("etc/site.conf", FileClass::Unknown),
        ] {
            assert_eq!(classifier.class(path.as_bytes()), class, "{path}");
        }
    }

    #[test]
    fn files_are_classed_by_place_name_and_extension() {
        let mut classifier = Classifier::shared(Edition::March2015);
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
