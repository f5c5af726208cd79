//! Every seed, and every real document that is an input as it is, as an ordinary test.
//! What fuzzing once broke is a seed too.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use mentorship_core::knowledge::{History, Settings};
use mentorship_fuzz::{TARGETS, corpus, named};

fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

/// All files below a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files.extend(self::files(&path)),
            false => files.push(path),
        }
    }
    files.sort();
    files
}

#[test]
fn every_seed_holds() {
    for target in TARGETS {
        let seeds = files(&seeds().join(target.name));
        assert!(
            seeds.len() >= 2,
            "{} has {} seeds",
            target.name,
            seeds.len()
        );
        for seed in seeds {
            eprintln!("{}", seed.display());
            (target.run)(&fs::read(&seed).unwrap());
        }
    }
}

/// A seed of a format that is no longer read would be refused at its beginning, and
/// fuzzing would not get beyond that.
#[test]
fn seeds_of_stored_histories_are_of_todays_format() {
    for name in ["one", "merge"] {
        let mut history = History::new(Settings::default());
        history.push(&fs::read(seeds().join("history_stream").join(name)).unwrap());
        history.finish(None).unwrap();
        let mut stored = history.store("");
        // The target puts the checksum behind what it is given.
        stored.truncate(stored.len() - size_of::<u64>());
        let seed = seeds().join("history_state").join(name);
        if std::env::var_os("MENTORSHIP_CODEGEN").is_some_and(|mode| mode == "write") {
            fs::write(&seed, &stored).unwrap();
        }
        assert!(
            fs::read(&seed).unwrap() == stored,
            "{name} is of another format: run this test with MENTORSHIP_CODEGEN=write"
        );
    }
}

#[test]
fn every_folder_of_seeds_is_of_a_target() {
    for entry in fs::read_dir(seeds()).unwrap() {
        let name = entry.unwrap().file_name();
        assert!(
            named(name.to_str().unwrap()).is_some(),
            "{}",
            name.display()
        );
    }
}

#[test]
fn every_target_takes_no_bytes_and_any() {
    let all: Vec<u8> = (0..=255).collect();
    for target in TARGETS {
        eprintln!("{}", target.name);
        (target.run)(b"");
        (target.run)(&all);
    }
}

#[test]
fn every_real_document_holds() {
    let Some(corpus) = corpus() else {
        assert!(
            std::env::var_os("CI").is_none(),
            "the corpus is needed in CI: set MENTORSHIP_CORPUS to its folder"
        );
        eprintln!("no corpus here; set MENTORSHIP_CORPUS to its folder to read it");
        return;
    };
    for target in TARGETS {
        for folder in target.corpus {
            let documents = files(&corpus.join(folder));
            assert!(!documents.is_empty(), "{folder} is empty");
            for document in documents {
                eprintln!("{}: {}", target.name, document.display());
                (target.run)(&fs::read(&document).unwrap());
            }
        }
    }
}
