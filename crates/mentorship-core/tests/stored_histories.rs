//! Histories given out as bytes and gone on from: the engine answers as if it
//! had read everything, or says why it cannot.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use mentorship_core::engine::Engine;
use mentorship_core::wire::v1::{HistoryOutcome, RestoredHistory};

const KEY: &str = "https://git.example/acme/berths";
const BASIS: &str = "mailmap 1";
const PAGE: &str = r#"{"items":[{"apiVersion":"backstage.io/v1alpha1","kind":"Component",
    "metadata":{"name":"berths","annotations":{"mentorship/enrolled":"true"}},"spec":{"type":"service"}}],
    "totalItems":1,"pageInfo":{}}"#;

/// The name of the commit with a number.
fn name(number: usize) -> String {
    format!("{number:040x}")
}

/// Commits `from..=to` of one line of descent, each by one of three people.
fn stream(from: usize, to: usize) -> Vec<u8> {
    let mut stream = String::new();
    for number in from..=to {
        let parent = match number {
            1 => String::new(),
            _ => name(number - 1),
        };
        let author = ["Ada", "Ben", "Cyd"][number % 3];
        let time = 1_790_000_000 + number * 86_400;
        stream += &format!(
            "\x1e{}\x1f{parent}\x1f{time}\x1f{author}\x1f{author}@git.example\x1f\x1f\0",
            name(number)
        );
        let status = if number <= 4 { "A" } else { "M" };
        stream += &format!("{status}\0src/{}.rs\0", number % 4);
        if number != to {
            stream.push('\0');
        }
    }
    stream.into_bytes()
}

/// An engine that knows the repository at a commit, and not its history.
fn engine(commit: usize) -> Engine {
    let mut engine = Engine::new("{}").unwrap();
    engine.upsert_page(PAGE.as_bytes()).unwrap();
    let paths: Vec<String> = (1..=commit.min(4))
        .map(|n| format!("src/{}.rs", n % 4))
        .collect();
    let evidence = serde_json::json!({
        "schema": "mentorship/evidence/v1",
        "repository": KEY,
        "commit": name(commit),
        "collectedAt": "2026-11-21T06:00:00Z",
        "services": [{ "entityRef": "component:default/berths", "directory": "" }],
        "paths": paths,
        "files": [],
    });
    engine
        .put_repository(evidence.to_string().as_bytes())
        .unwrap();
    engine
}

fn judged(engine: &mut Engine) -> String {
    let results = engine.results("2026-11-21", 0, 10).unwrap();
    serde_json::to_string(&results).unwrap()
}

fn stored(commit: usize) -> Vec<u8> {
    let mut engine = engine(commit);
    engine.push_history(KEY, &stream(1, commit)).unwrap();
    engine.finish_history(KEY, None).unwrap();
    engine.store_history(KEY, BASIS).unwrap().unwrap()
}

fn restore(engine: &mut Engine, stored: &[u8], basis: &str) -> Result<String, String> {
    match engine.restore_history(KEY, stored, basis).unwrap() {
        RestoredHistory::Restored { tip } => Ok(tip),
        RestoredHistory::Refused { reason } => Err(reason),
    }
}

fn found(commit: usize) -> HistoryOutcome {
    HistoryOutcome::Found {
        tip: name(commit),
        commits: commit as u32,
    }
}

#[test]
fn going_on_equals_reading_everything() {
    let mut whole = engine(9);
    whole.push_history(KEY, &stream(1, 9)).unwrap();
    assert_eq!(whole.finish_history(KEY, None).unwrap(), found(9));
    let whole = judged(&mut whole);
    assert!(whole.contains("\"busFactorRecent\":"), "{whole}");

    for old in [1, 4, 8, 9] {
        let mut engine = engine(9);
        assert_eq!(
            restore(&mut engine, &stored(old), BASIS),
            Ok(name(old)),
            "{old}"
        );
        if old < 9 {
            engine.push_history(KEY, &stream(old + 1, 9)).unwrap();
        }
        assert_eq!(engine.finish_history(KEY, None).unwrap(), found(9), "{old}");
        assert_eq!(judged(&mut engine), whole, "{old}");
        let again = engine.store_history(KEY, BASIS).unwrap().unwrap();
        assert_eq!(again, stored(9), "{old}");
    }
}

#[test]
fn what_cannot_be_gone_on_from_is_refused_and_read_anew() {
    let good = stored(4);
    let cut = good.get(..good.len() - 1).unwrap();
    let mut damaged = good.clone();
    *damaged.get_mut(40).unwrap() ^= 1;
    let mut other_format = good.clone();
    *other_format.get_mut(4).unwrap() = 0x7f;
    for (bytes, basis, why) in [
        (cut, BASIS, "damaged"),
        (damaged.as_slice(), BASIS, "damaged"),
        (other_format.as_slice(), BASIS, "another format"),
        (b"".as_slice(), BASIS, "another format"),
        (good.as_slice(), "mailmap 2", "another mailmap"),
    ] {
        let mut engine = engine(9);
        let refusal = restore(&mut engine, bytes, basis).unwrap_err();
        assert!(refusal.contains(why), "{refusal}");

        engine.push_history(KEY, &stream(1, 9)).unwrap();
        assert_eq!(engine.finish_history(KEY, None).unwrap(), found(9));
    }
}

#[test]
fn a_history_that_was_rewritten_fails_and_can_be_read_anew() {
    let mut engine = engine(9);
    let mut elsewhere = stream(6, 9);
    // A new commit with a parent that nobody stored.
    elsewhere.splice(42..82, name(0xbad).into_bytes());
    restore(&mut engine, &stored(4), BASIS).unwrap();
    engine.push_history(KEY, &elsewhere).unwrap();
    let outcome = engine.finish_history(KEY, None).unwrap();
    assert!(
        matches!(outcome, HistoryOutcome::Failed { .. }),
        "{outcome:?}"
    );
    assert_eq!(engine.store_history(KEY, BASIS).unwrap(), None);

    engine.push_history(KEY, &stream(1, 9)).unwrap();
    assert_eq!(engine.finish_history(KEY, None).unwrap(), found(9));
}

#[test]
fn a_cut_stream_leaves_the_last_good_history_stale() {
    let mut engine = engine(9);
    restore(&mut engine, &stored(4), BASIS).unwrap();
    engine
        .push_history(KEY, stream(5, 9).get(..100).unwrap())
        .unwrap();
    let cut = || Some("git was ended by SIGKILL".to_owned());
    let outcome = engine.finish_history(KEY, cut()).unwrap();
    assert!(
        matches!(outcome, HistoryOutcome::Failed { .. }),
        "{outcome:?}"
    );

    restore(&mut engine, &stored(4), BASIS).unwrap();
    let outcome = engine.finish_history(KEY, cut()).unwrap();
    assert_eq!(
        outcome,
        HistoryOutcome::Stale {
            tip: name(4),
            commits: 4,
            reason: "git was ended by SIGKILL".to_owned()
        }
    );
    let judged = judged(&mut engine);
    assert!(judged.contains("git was ended by SIGKILL"), "{judged}");
    assert!(!judged.contains("\"busFactorRecent\":null"), "{judged}");
    assert_eq!(engine.store_history(KEY, BASIS).unwrap(), None);
}

#[test]
fn nothing_is_taken_of_a_repository_that_was_not_put() {
    let mut engine = Engine::new("{}").unwrap();
    for refused in [
        engine.restore_history(KEY, &stored(1), BASIS).err(),
        engine.push_history(KEY, b"").err(),
        engine.finish_history(KEY, None).err(),
        engine.store_history(KEY, BASIS).err(),
    ] {
        assert!(refused.unwrap().to_string().contains("was not put before"));
    }
}
