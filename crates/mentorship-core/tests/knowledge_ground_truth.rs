//! The readings of real histories equal what was published and what the
//! reference tool computes.
//!
//! The data is read in place, beside the checkout or where
//! `MENTORSHIP_CORPUS` says. Where it is absent these tests have nothing to
//! compare and say so; in CI that is a failure.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use flate2::read::GzDecoder;
use mentorship_core::knowledge::{
    FileFilter, FileLists, History, Person, PersonSet, Reading, Readings, Scope, Settings,
    absence_factor,
};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The folder with the data; `None`, with a word on it, where it is absent.
fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("MENTORSHIP_CORPUS").map_or(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(
        std::env::var_os("CI").is_none(),
        "no corpus at {}, set MENTORSHIP_CORPUS",
        folder.display()
    );
    eprintln!("not compared: no corpus at {}", folder.display());
    None
}

struct Expected {
    log: String,
    repository: String,
    commit: String,
    authorship: Option<u32>,
    recent: Option<u32>,
}

fn expected(corpus: &Path) -> Vec<Expected> {
    let table = std::fs::read_to_string(corpus.join("history/expected.csv")).unwrap();
    let mut lines = table
        .lines()
        .map(|line| line.split(',').collect::<Vec<_>>());
    let titles = lines.next().unwrap();
    let column = |title: &str| titles.iter().position(|found| *found == title).unwrap();
    let (log, repository, commit, authorship, recent) = (
        column("log"),
        column("repository"),
        column("commit"),
        column("avelino_tf_published"),
        column("jetbrains_bus_factor_published"),
    );
    lines
        .map(|line| Expected {
            log: line[log].to_owned(),
            repository: line[repository].to_owned(),
            commit: line[commit].to_owned(),
            authorship: line[authorship].parse().ok(),
            recent: line[recent].parse().ok(),
        })
        .collect()
}

fn history(corpus: &Path, log: &str) -> History {
    history_read_with(FileLists::default(), corpus, log)
}

fn history_read_with(lists: FileLists, corpus: &Path, log: &str) -> History {
    let file = File::open(corpus.join(format!("history/{log}.log.gz"))).unwrap();
    let mut stream = Vec::new();
    GzDecoder::new(file).read_to_end(&mut stream).unwrap();
    let filter = FileFilter {
        lists,
        ..FileFilter::default()
    };
    let mut history = History::new(Settings {
        filter,
        ..Settings::default()
    });
    for chunk in stream.chunks(65_536) {
        history.push(chunk);
    }
    history.finish(None).unwrap();
    history
}

fn readings(history: &History, scope: &Scope<'_>) -> Readings {
    history.readings(scope, &PersonSet::nobody())
}

#[test]
fn the_published_values_come_out() {
    let Some(corpus) = corpus() else { return };
    let mut compared = 0;
    for expected in expected(&corpus) {
        let history = history(&corpus, &expected.log);
        let readings = readings(&history, &Scope::Repository);
        for (published, reading) in [
            (expected.authorship, &readings.authorship),
            (expected.recent, &readings.recent),
        ] {
            if let Some(published) = published {
                assert_eq!(reading.as_published, Some(published), "{}", expected.log);
                assert_eq!(reading.bus_factor, Some(published), "{}", expected.log);
                compared += 1;
            }
        }
    }
    assert!(compared >= 16, "only {compared} values were compared");
}

/// Today's lists leave other files out, and come to the same numbers.
#[test]
fn the_published_values_come_out_with_todays_lists() {
    let Some(corpus) = corpus() else { return };
    for expected in expected(&corpus) {
        let Some(published) = expected.authorship else {
            continue;
        };
        let history = history_read_with(FileLists::Linguist96, &corpus, &expected.log);
        let reading = readings(&history, &Scope::Repository).authorship;
        assert_eq!(reading.filter_version, "linguist-9.6");
        assert_eq!(reading.bus_factor, Some(published), "{}", expected.log);
    }
}

/// `docs/bus-factor.md` says what comes out today. With
/// `MENTORSHIP_CODEGEN=write` it is made to.
#[test]
fn the_document_says_what_comes_out() {
    const BEGIN: &str = "<!-- answers: written by the test of the published values -->\n";
    const END: &str = "<!-- end of answers -->";
    let Some(corpus) = corpus() else { return };
    let mut answers = String::from(
        "| repository | commit | reading | published | ours | coverage left | files counted | \
         left out | filter | renames |\n|---|---|---|--:|--:|--:|--:|--:|---|---|\n",
    );
    for expected in expected(&corpus) {
        let history = history(&corpus, &expected.log);
        let readings = readings(&history, &Scope::Repository);
        for (name, published, reading) in [
            ("authorship", expected.authorship, &readings.authorship),
            ("recent", expected.recent, &readings.recent),
        ] {
            let Some(published) = published else { continue };
            let excluded: u32 = reading.files.excluded.iter().map(|(_, count)| count).sum();
            answers += &format!(
                "| {} | `{:.10}` | {name} | {published} | {} | {:.1} % | {} | {excluded} | {} | {} |\n",
                expected.repository,
                expected.commit,
                reading.as_published.unwrap(),
                100.0 * reading.coverage,
                reading.files.counted,
                reading.filter_version,
                reading.rename_mode,
            );
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/bus-factor.md");
    let document = std::fs::read_to_string(&file).unwrap();
    let (before, rest) = document.split_once(BEGIN).expect("a place for answers");
    let (_, after) = rest.split_once(END).expect("an end of answers");
    let expected = format!("{before}{BEGIN}{answers}{END}{after}");
    if std::env::var_os("MENTORSHIP_CODEGEN").is_some_and(|mode| mode == "write") {
        std::fs::write(&file, expected).unwrap();
    } else {
        assert_eq!(document, expected, "`cargo xtask bench --write` mends it");
    }
}

/// Authors, files, shares and coverage as the reference tool prints them.
#[test]
fn the_reference_tool_agrees_on_its_own_files() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("bus-factor/reference-tool-2015-02-25");
    let mut compared = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_none_or(|extension| extension != "files")
        {
            continue;
        }
        let repository = path.file_stem().unwrap().to_str().unwrap();
        let list = std::fs::read_to_string(&path).unwrap();
        let files: Vec<&str> = list
            .lines()
            .filter_map(|line| line.split_once(';'))
            .map(|(_, path)| path)
            .collect();
        let history = history(&corpus, &format!("{repository}-2015-02-25"));
        let reading = readings(&history, &Scope::Files(&files)).authorship;
        let reference = std::fs::read_to_string(path.with_extension("txt")).unwrap();
        assert_same(&history, &printed(&history, &reading), &reference);
        compared += 1;
    }
    assert!(compared >= 10, "only {compared} repositories were compared");
}

/// A reading in the words of the reference tool.
fn printed(history: &History, reading: &Reading) -> String {
    let bus_factor = reading.bus_factor.unwrap();
    let mut text = format!(
        "TF = {bus_factor} (coverage = {:.2}%)\nTF authors (Developer;Files;Percentage):",
        100.0 * reading.coverage
    );
    for holder in reading.people.iter().take(bus_factor as usize) {
        let name = &history.people()[holder.person as usize].name;
        text += &format!("\n{name};{};{:.2}", holder.files, 100.0 * holder.share);
    }
    text
}

/// Compares the number, the coverage, and every author's files and share.
///
/// The reference tool leaves authors of equally many files in the order of a
/// hash table, and names a person of several names by any of them. It strips
/// accents, so that a pseudonym of its output may stand for a name that the
/// history spells with one: such a name is compared by its figures alone.
fn assert_same(history: &History, ours: &str, reference: &str) {
    let titles = |text: &str| text.lines().take(2).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(titles(ours), titles(reference));
    let mut ours = authors(history, ours);
    let theirs = authors(history, reference);
    assert_eq!(ours.len(), theirs.len());
    let (known, unknown): (Vec<Author>, Vec<Author>) =
        theirs.into_iter().partition(|author| author.key.is_some());
    for author in known {
        let same = ours.iter().position(|candidate| *candidate == author);
        ours.swap_remove(same.unwrap_or_else(|| panic!("{author:?} is not among {ours:?}")));
    }
    let figures = |authors: Vec<Author>| {
        let mut figures: Vec<_> = authors.into_iter().map(|author| author.figures).collect();
        figures.sort();
        figures
    };
    assert_eq!(figures(ours), figures(unknown));
}

#[derive(Debug, PartialEq)]
struct Author {
    /// The person; `None` where nobody in the history has the name.
    key: Option<String>,
    /// Files and share, as printed.
    figures: String,
}

fn authors(history: &History, printed: &str) -> Vec<Author> {
    let key = |name: &str| {
        let known_as = |person: &&Person| {
            person.name == name || person.merged_from.iter().any(|other| other.name == name)
        };
        let person = history.people().iter().find(known_as)?;
        Some(person.key.clone())
    };
    let lines = printed
        .lines()
        .skip(2)
        .filter_map(|line| line.split_once(';'));
    lines
        .map(|(name, figures)| Author {
            key: key(name),
            figures: figures.to_owned(),
        })
        .collect()
}

#[test]
fn the_worked_examples_of_chaoss_come_out() {
    let Some(corpus) = corpus() else { return };
    let text = std::fs::read_to_string(corpus.join("bus-factor/chaoss_vectors.json")).unwrap();
    let vectors: serde_json::Value = serde_json::from_str(&text).unwrap();
    for vector in vectors.as_array().unwrap() {
        let contributions = vector["contributions"].as_array().unwrap();
        let contributions = contributions.iter().map(|number| number.as_f64().unwrap());
        let expected = vector["expect"].as_u64().unwrap();
        assert_eq!(
            u64::from(absence_factor(contributions)),
            expected,
            "{vector}"
        );
    }
}
