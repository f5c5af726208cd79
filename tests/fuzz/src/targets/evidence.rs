//! What sources and pipelines hand in, judged.

use mentorship_core::engine::Engine;
use mentorship_core::wire::v1::{Audience, OperationsOutcome, WhatIfQuestion};
use serde_json::{Value, json};

use super::judgement::{self, AS_OF, REPOSITORY};

/// Files of a repository, each behind a line `>>> path`, `>>> history` being the log
/// stream and `>>> diff` the change: one service is judged with all of them.
pub fn repository(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (mut files, mut history, mut diff) = (Vec::new(), None, None);
    for part in text.split(">>> ").skip(1) {
        let (path, text) = part.split_once('\n').unwrap_or((part, ""));
        match path.trim() {
            "history" => history = Some(text.to_owned()),
            "diff" => diff = Some(text.to_owned()),
            path => files.push((path.to_owned(), text.to_owned())),
        }
    }
    let paths: Vec<&String> = files.iter().map(|(path, _)| path).collect();
    let contents = files
        .iter()
        .map(|(path, text)| json!({ "path": path, "text": text }));
    let mut evidence = json!({
        "schema": "mentorship/evidence/v1",
        "repository": REPOSITORY,
        "commit": "1111111111111111111111111111111111111111",
        "collectedAt": "2026-11-21T04:10:00Z",
        "services": [{ "entityRef": "component:default/pay", "directory": "" }],
        "paths": paths,
        "files": contents.collect::<Value>(),
        "versions": files.iter().take(3).map(|(path, text)| json!({
            "path": path, "commit": "22", "at": "2026-03-04", "text": text,
        })).collect::<Value>(),
    });
    if let Some(diff) = diff {
        evidence["change"] = json!({ "diff": diff, "messages": "" });
    }
    if let Some(history) = history {
        evidence["history"] = json!(history);
    }
    repository_evidence(evidence.to_string().as_bytes());
}

/// A document about a repository: refused, or judged, twice the same.
pub fn repository_evidence(data: &[u8]) {
    let mut engine = judgement::engine();
    let Ok(notes) = engine.put_repository(data) else {
        return;
    };
    assert!(notes.iter().all(|note| !note.message.trim().is_empty()));
    let once = judgement::hold(&mut engine);
    hold_questions(&mut engine);
    if engine.put_repository(data).is_ok() {
        assert_eq!(
            once,
            judgement::hold(&mut engine),
            "the same evidence again"
        );
    }
}

/// Questions of every kind have an answer that can be written.
fn hold_questions(engine: &mut Engine) {
    for audience in [Audience::Named, Audience::Counted] {
        let question = WhatIfQuestion {
            leaves: vec!["user:default/alice".to_owned()],
            as_of: AS_OF.to_owned(),
            audience,
            among: None,
            due_this_quarter: false,
            groups_only: false,
        };
        let answer = engine
            .what_if(&question)
            .expect("the question may be asked");
        assert!(serde_json::to_string(&answer).is_ok());
        let knowledge = engine.knowledge("component:default/pay", "", 2, audience);
        assert!(serde_json::to_string(&knowledge.expect("the path is inside")).is_ok());
    }
    program_decided(b"{}");
    let program = engine
        .program(AS_OF, b"{}")
        .expect("nothing decided can be read");
    assert!(serde_json::to_string(&program).is_ok());
}

/// What was pushed counts as it stands; pushed twice it counts once.
pub fn pushed(data: &[u8]) {
    let mut engine = judgement::engine();
    let Ok(outcome) = engine.put_pushed(data) else {
        return;
    };
    hold_outcome(&outcome);
    let once = judgement::hold(&mut engine);
    hold_questions(&mut engine);
    assert_eq!(engine.put_pushed(data).as_ref(), Ok(&outcome));
    assert_eq!(
        once,
        judgement::hold(&mut engine),
        "the same evidence again"
    );
}

fn hold_outcome(outcome: &OperationsOutcome) {
    assert!(
        outcome
            .notes
            .iter()
            .all(|note| !note.message.trim().is_empty())
    );
    assert!(
        outcome.refused == 0 || !outcome.notes.is_empty(),
        "{} records are refused without a word",
        outcome.refused
    );
}

/// Pages of PagerDuty, one a line or one in all, taken in either order.
pub fn pagerduty_pages(data: &[u8]) {
    let mut pages: Vec<&[u8]> = data.split(|byte| *byte == b'\n').collect();
    if serde_json::from_slice::<Value>(data).is_ok() {
        pages = vec![data];
    }
    let asked = br#"{"serviceIds":["PSVC1"],"kinds":["incidents","on-calls"],"collectedAt":"2026-11-21T04:00:00Z","since":"2026-05-01"}"#;
    let mut engine = judgement::engine();
    for page in &pages {
        if let Ok(outcome) = engine.push_pagerduty(page) {
            hold_outcome(&outcome);
        }
    }
    let outcome = engine.finish_pagerduty(asked).expect("it was asked so");
    hold_outcome(&outcome);
    judgement::hold(&mut engine);
    hold_questions(&mut engine);
}

/// What was asked of PagerDuty.
pub fn pagerduty_asked(data: &[u8]) {
    let mut engine = judgement::engine();
    if engine.finish_pagerduty(data).is_ok() {
        judgement::hold(&mut engine);
    }
}

/// What the program owner decided: read, or refused with words.
pub fn program_decided(data: &[u8]) {
    let mut engine = judgement::engine();
    match engine.program(AS_OF, data) {
        Ok(program) => {
            let written = serde_json::to_string(&program).expect("a program is JSON");
            assert!(serde_json::from_str::<Value>(&written).is_ok());
        }
        Err(refused) => assert!(!refused.to_string().trim().is_empty()),
    }
}

/// A question what would be if people left.
pub fn what_if_question(data: &[u8]) {
    let Ok(question) = serde_json::from_slice::<WhatIfQuestion>(data) else {
        return;
    };
    let mut engine = judgement::engine();
    match engine.what_if(&question) {
        Ok(answer) => {
            assert!(answer.services.len() <= engine.service_count());
            assert!(serde_json::to_string(&answer).is_ok());
        }
        Err(refused) => assert!(!refused.to_string().trim().is_empty()),
    }
}

/// A listing as git prints it: what is wanted stands in it, each path once.
pub fn listing(data: &[u8]) {
    let engine = judgement::engine();
    let listed: Vec<&[u8]> = data.split(|byte| *byte == 0).collect();
    for wanted in [engine.wanted_paths(data), engine.wanted_versions(data)] {
        for path in &wanted {
            assert!(listed.contains(&path.as_bytes()), "{path} is not listed");
        }
        let mut once = wanted.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), wanted.len(), "a path is wanted twice");
    }
}
