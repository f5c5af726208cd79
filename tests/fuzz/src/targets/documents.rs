//! Runbooks, decision records, lists of maintainers, recordings, changes, dates.

use mentorship_texts::civil_date::CivilDate;
use mentorship_texts::documents::loose_date::mentions;
use mentorship_texts::documents::{self, inline};

use super::lines;

/// A runbook's places are lines of it.
pub fn runbook(data: &[u8]) {
    for path in ["runbook.md", "runbook.rst", "runbook.adoc"] {
        lines::hold_spelling(data, |data| documents::runbook(path, data));
        let read = documents::runbook(path, data);
        let count = lines::count(data);
        lines::hold_notes(&read.notes, count);
        let is_there = |line: u32| assert!((1..=count).contains(&line), "line {line} of {count}");
        let runbook = &read.value;
        runbook.rollback.into_iter().for_each(is_there);
        runbook.reviewed_on.iter().for_each(|on| is_there(on.line));
        let links = runbook.links.iter().chain(&runbook.dashboards);
        links.for_each(|link| is_there(link.line));
    }
}

/// A decision record, by the names that it may have.
pub fn decision_record(data: &[u8]) {
    lines::hold_spelling(data, |data| {
        documents::decision_record("docs/adr/0001-x.md", data)
    });
    let count = lines::count(data);
    for path in ["docs/adr/0001-x.md", "adr.adoc", "2024-02-30 é.rst", ""] {
        lines::hold_notes(&documents::decision_record(path, data).notes, count);
    }
}

/// Everybody named is named on a line.
pub fn maintainers(data: &[u8]) {
    hold_maintainers("MAINTAINERS.md", data);
    hold_maintainers("MAINTAINERS.yaml", data);
}

fn hold_maintainers(path: &str, data: &[u8]) {
    lines::hold_spelling(data, |data| documents::maintainers(path, data));
    let read = documents::maintainers(path, data);
    let count = lines::count(data);
    lines::hold_notes(&read.notes, count);
    for maintainer in &read.value {
        assert!((1..=count).contains(&maintainer.line), "{maintainer:?}");
        assert!(
            !maintainer.person.spelling().trim().is_empty(),
            "{maintainer:?}"
        );
    }
}

/// Each recording once, on a line.
pub fn walkthrough(data: &[u8]) {
    lines::hold_spelling(data, |data| documents::walkthrough("walkthrough.md", data));
    let read = documents::walkthrough("walkthrough.md", data);
    let count = lines::count(data);
    lines::hold_notes(&read.notes, count);
    let recordings = &read.value.recordings;
    for (place, recording) in recordings.iter().enumerate() {
        assert!((1..=count).contains(&recording.line), "{recording:?}");
        let is_same = |other: &&_| **other == *recording;
        assert!(
            !recordings[..place].iter().any(|other| is_same(&other)),
            "{recording:?} twice"
        );
    }
}

/// A diff, with its first line as the messages of the commits.
pub fn change(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (messages, diff) = text.split_once('\n').unwrap_or(("", &text));
    let patterns = ["enabled('*'", "*", "flag: *,", "isEnabled(\"*\")"].map(str::to_owned);
    let change = mentorship_texts::change::change(diff, messages, &patterns);
    let removed = &change.removed_toggles;
    for (place, (_, toggle)) in removed.iter().enumerate() {
        assert!(!toggle.value.is_empty(), "a toggle without a name");
        let mut before = removed[..place].iter();
        assert!(
            before.all(|(_, other)| other.value != toggle.value),
            "{toggle:?} twice"
        );
    }
}

/// Dates in prose lie behind one another, between characters; what a day is written
/// as is that day.
pub fn dates(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut end = 0;
    for mention in mentions(&text) {
        assert!(mention.range.start >= end && mention.range.start < mention.range.end);
        end = mention.range.end;
        let written = text.get(mention.range.clone());
        let written = written.expect("a date begins and ends between characters");
        drop(mention.reading.note(written));
        if let Some(day) = mention.reading.day() {
            assert_eq!(CivilDate::parse(&day.to_string()), Some(day), "{written}");
            assert_eq!(
                CivilDate::from_days_since_epoch(day.days_since_epoch()),
                day
            );
        }
    }
    let markup = inline::read(&text, &Default::default());
    for link in &markup.links {
        assert!(markup.text.get(link.range.clone()).is_some(), "{link:?}");
    }
}
