//! Reads every decision record, runbook and maintainers file of the corpus, in
//! place, and compares with what a careful reader took from it.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../../mentorship-core/tests/corpus/mod.rs"]
mod corpus;

use mentorship_texts::documents::{
    self, DecisionRecord, DocumentKind, Maintainer, Runbook, Status,
};
use mentorship_texts::plan::Identity;

/// Each line: path, kind by path, and the facts with the lines that say them.
const REVIEWED: &str = include_str!("documents_corpus.txt");

#[test]
fn every_document_gives_what_a_careful_reader_takes() {
    let Some(root) = corpus::folder() else { return };
    let mut found = Vec::new();
    for folder in ["adr", "maintainers", "runbooks"] {
        for path in corpus::files(&root.join(folder)) {
            let bytes = std::fs::read(&path).unwrap();
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
            // Below the repository's folder, where its own paths begin.
            let own = name.splitn(3, '/').nth(2).unwrap();
            let facts = match folder {
                "adr" => record(&documents::decision_record(own, &bytes).value),
                "maintainers" => people(&documents::maintainers("MAINTAINERS.md", &bytes).value),
                _ => runbook(&documents::runbook("runbook.md", &bytes).value),
            };
            let kind = match documents::kind_of_path(own) {
                Some(DocumentKind::Runbook) => "runbook",
                Some(DocumentKind::DecisionRecord) => "record",
                Some(DocumentKind::Walkthrough) => "walkthrough",
                None => "-",
            };
            found.push(format!("{name} | {kind} | {facts}"));
        }
    }
    let lines = REVIEWED.lines();
    let reviewed: Vec<&str> = lines
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .collect();
    for (found, reviewed) in found.iter().zip(&reviewed) {
        assert_eq!(found, reviewed);
    }
    assert_eq!(
        found.len(),
        reviewed.len(),
        "documents without a reviewed line, or the other way round"
    );
}

fn record(record: &DecisionRecord) -> String {
    let mut facts = Vec::new();
    facts.extend(record.number.map(|number| format!("#{number}")));
    facts.extend(
        record
            .title
            .as_ref()
            .map(|title| format!("\"{}\"", title.value)),
    );
    facts.extend(record.status.as_ref().map(|status| {
        let word = match &status.value {
            Status::Proposed => "proposed",
            Status::Accepted => "accepted",
            Status::Deprecated => "deprecated",
            Status::Superseded => "superseded",
            Status::Rejected => "rejected",
            Status::Other(other) => other,
        };
        format!("{word}@{}", status.line)
    }));
    facts.extend(
        record
            .date
            .as_ref()
            .map(|date| format!("{}@{}", date.value, date.line)),
    );
    let sections = [
        (record.has_context, "context"),
        (record.has_decision, "decision"),
        (record.has_consequences, "consequences"),
    ];
    facts.extend(
        sections
            .iter()
            .filter(|(has, _)| *has)
            .map(|(_, name)| (*name).to_owned()),
    );
    facts.join("; ")
}

fn runbook(runbook: &Runbook) -> String {
    let mut facts = Vec::new();
    facts.extend(
        runbook
            .title
            .as_ref()
            .map(|title| format!("\"{}\"", title.value)),
    );
    facts.push(format!("{} commands", runbook.commands));
    facts.extend(runbook.rollback.map(|line| format!("rollback@{line}")));
    facts.extend(
        runbook
            .reviewed_on
            .as_ref()
            .map(|date| format!("{}@{}", date.value, date.line)),
    );
    if !runbook.dashboards.is_empty() {
        facts.push(format!("{} dashboards", runbook.dashboards.len()));
    }
    facts.push(format!(
        "{} links, {} sections",
        runbook.links.len(),
        runbook.sections.len()
    ));
    facts.join("; ")
}

/// People by line: `h` for a handle, `n` for a bare name, `e` for an address;
/// in brackets who is a maintainer no longer.
fn people(people: &[Maintainer]) -> String {
    let one = |maintainer: &Maintainer| {
        let kind = match maintainer.person.identity {
            Identity::Handle(_) => 'h',
            Identity::Name(_) => 'n',
            Identity::Email(_) => 'e',
            Identity::Entity(_) => 'u',
        };
        let named = if maintainer.person.name.is_some() {
            "+n"
        } else {
            ""
        };
        let text = format!("{}{kind}{named}", maintainer.line);
        if maintainer.former {
            format!("({text})")
        } else {
            text
        }
    };
    let all: Vec<String> = people.iter().map(one).collect();
    format!("{} people: {}", people.len(), all.join(" "))
        .trim_end()
        .to_owned()
}
