//! Situations: the same cases through the library, the command line and the
//! packed npm module. This is the library's door; `tests/cases/README.md` says
//! which call on which file gives which bytes.
//!
//! `cargo xtask codegen` writes the expectations by running this test with
//! `MENTORSHIP_CODEGEN=write`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use mentorship_core::engine::Engine;
use mentorship_core::wire::csv;
use mentorship_core::wire::v1::{
    Audience, Involvement, RepositoryEvidence, Results, WhatIfQuestion,
};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    cases
}

/// An engine fed with a situation, documents by name in the order of
/// `evidence`, histories in pieces of `chunk` bytes.
fn fed(case: &Path, evidence: &[PathBuf], chunk: usize) -> Engine {
    let policy = fs::read_to_string(case.join("policy.json")).unwrap();
    let mut engine = Engine::new(&policy).unwrap();
    engine
        .upsert_page(&fs::read(case.join("catalog.json")).unwrap())
        .unwrap();
    for path in evidence {
        let bytes = fs::read(path).unwrap();
        if path.ends_with("operations.json") {
            engine.put_pushed(&bytes).unwrap();
            continue;
        }
        engine.put_repository(&bytes).unwrap();
        let beside = path.with_extension("history");
        if beside.exists() {
            let evidence: RepositoryEvidence = serde_json::from_slice(&bytes).unwrap();
            for piece in fs::read(beside).unwrap().chunks(chunk) {
                engine.push_history(&evidence.repository, piece).unwrap();
            }
            engine.finish_history(&evidence.repository, None).unwrap();
        }
    }
    engine
}

fn evidence(case: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(case.join("evidence")) else {
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    files.sort();
    files
}

fn as_of(case: &Path) -> String {
    fs::read_to_string(case.join("as-of"))
        .unwrap()
        .trim()
        .to_owned()
}

fn results(case: &Path, mut engine: Engine) -> Results {
    engine.results(&as_of(case), 0, 1000).unwrap()
}

fn json(results: &Results) -> String {
    format!("{}\n", serde_json::to_string(results).unwrap())
}

fn csv(results: &Results) -> String {
    let rows: String = results.items.iter().map(|item| item.csv.as_str()).collect();
    csv::header() + &rows
}

/// How many characters are shown before what differs, and twice as many behind.
const CONTEXT: usize = 60;

/// Compares with the committed file, or writes it.
fn hold(path: &Path, found: &str) {
    if std::env::var("MENTORSHIP_CODEGEN").as_deref() == Ok("write") {
        return fs::write(path, found).unwrap();
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    let is_same = |(left, right): &(char, char)| left == right;
    let alike = expected.chars().zip(found.chars()).take_while(is_same);
    let from = alike.count().saturating_sub(CONTEXT);
    let around = |text: &str| -> String { text.chars().skip(from).take(3 * CONTEXT).collect() };
    assert!(
        expected == found,
        "{} differs; `cargo xtask codegen` writes it anew, for `git diff` to show\n\
         expected: …{}…\n   found: …{}…",
        path.display(),
        around(&expected),
        around(found),
    );
}

#[test]
fn every_situation_gives_its_results() {
    let cases = cases();
    assert!(
        cases.len() >= 8,
        "the situations are not where they should be"
    );
    for case in cases {
        let engine = fed(&case, &evidence(&case), 64 * 1024);
        if let Some(leaving) = leaving(&case) {
            hold_what_if(&case, &leaving);
        }
        hold_program(&case);
        let results = results(&case, engine);
        hold(&case.join("expected.json"), &json(&results));
        hold(&case.join("expected.csv"), &csv(&results));
    }
}

/// Who leaves, one a line, where the situation asks.
fn leaving(case: &Path) -> Option<Vec<String>> {
    let text = fs::read_to_string(case.join("leaving")).ok()?;
    Some(text.lines().map(str::to_owned).collect())
}

/// The program, where the situation says what its owner has decided.
fn hold_program(case: &Path) {
    let Ok(decided) = fs::read(case.join("decided.json")) else {
        return;
    };
    let mut engine = fed(case, &evidence(case), 64 * 1024);
    let program = engine.program(&as_of(case), &decided).unwrap();
    let text = serde_json::to_string(&program).unwrap();
    hold(&case.join("expected.program.json"), &format!("{text}\n"));
}

fn hold_what_if(case: &Path, leaving: &[String]) {
    for (audience, file) in [
        (Audience::Named, "expected.what-if.json"),
        (Audience::Counted, "expected.what-if-counted.json"),
    ] {
        let mut engine = fed(case, &evidence(case), 64 * 1024);
        let answer = engine
            .what_if(&WhatIfQuestion {
                leaves: leaving.to_vec(),
                as_of: as_of(case),
                audience,
                among: None,
                due_this_quarter: false,
                groups_only: false,
            })
            .unwrap();
        let text = serde_json::to_string(&answer).unwrap();
        hold(&case.join(file), &format!("{text}\n"));
    }
}

#[test]
fn the_order_and_the_pieces_of_the_evidence_are_irrelevant() {
    for case in cases() {
        let forwards = evidence(&case);
        let backwards: Vec<PathBuf> = forwards.iter().rev().cloned().collect();
        let one = json(&results(&case, fed(&case, &forwards, 64 * 1024)));
        let other = json(&results(&case, fed(&case, &backwards, 7)));
        assert!(one == other, "{}", case.display());
    }
}

#[test]
fn every_situation_says_in_one_sentence_what_it_is_for() {
    for case in cases() {
        let intent = fs::read_to_string(case.join("README.md")).unwrap();
        let sentences = intent.trim().matches(['.', '!', '?']).count();
        assert!(
            sentences == 1 && intent.trim().ends_with('.'),
            "{}: {intent}",
            case.display()
        );
    }
}

/// The texts of each service in what `packed_results` gives, and how many there are in all.
fn unpacked(packed: &[u8]) -> (u32, Vec<Vec<String>>) {
    let number = |at: usize| u32::from_le_bytes(packed[at * 4..][..4].try_into().unwrap());
    let mut lengths = (2..).map(number);
    let mut at = (2 + number(1) as usize * 8) * 4;
    let services = (0..number(1)).map(|_| {
        let texts = (0..8).map(|text| {
            let end = at + lengths.next().unwrap() as usize;
            let bytes = &packed[at..end];
            let is_content = (1..6).contains(&text);
            assert!(!is_content || packed[end] == 0, "no NUL behind {text}");
            at = end + usize::from(is_content);
            String::from_utf8(bytes.to_vec()).unwrap()
        });
        texts.collect()
    });
    (number(0), services.collect())
}

fn text(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

#[test]
fn packed_results_are_the_texts_of_results() {
    for case in cases() {
        let mut engine = fed(&case, &evidence(&case), 64 * 1024);
        let results = engine.results(&as_of(&case), 0, 1000).unwrap();
        let packed = engine.packed_results(&as_of(&case), 0, 1000).unwrap();
        let (total, services) = unpacked(&packed);
        assert_eq!(
            (total, services.len()),
            (results.total, results.items.len())
        );
        for (item, texts) in results.items.iter().zip(services) {
            let due_in_json = match item.reminders.as_slice() {
                [] => String::new(),
                some => text(&some),
            };
            let [reference, row, risk, csv, named, counted, involved, due] =
                <[String; 8]>::try_from(texts).unwrap();
            assert_eq!(reference, item.row.entity_ref);
            assert_eq!((row, risk), (text(&item.row), text(&item.risk)));
            assert_eq!(csv, item.csv);
            assert_eq!((&named, &counted), (&item.named, &item.counted));
            assert_eq!(due, due_in_json);
            for one in serde_json::from_str::<Vec<Involvement>>(&involved).unwrap_or_default() {
                assert!(item.named.contains(&one.entity_ref), "{one:?}");
            }
        }
    }
}
