//! Every rule's page is complete, its cases run, and `docs/rules` is made of
//! the pages.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use mentorship_core::civil_date::CivilDate;
use mentorship_core::engine::Engine;
use mentorship_core::policy::Policy;
use mentorship_core::rules;
use mentorship_core::wire::v1::{Audience, Outcome, render};
use serde_json::{Value, json};

/// The day on which all cases are judged.
const AS_OF: &str = "2026-11-21";
const SERVICE: &str = "component:default/checkout";
const SECTIONS: [&str; 5] = [
    "What it checks",
    "Why it matters",
    "Evidence read",
    "How to fix it",
    "Cases",
];

/// One fenced block of a page: ` ```case <verdict>: <name> `.
struct PageCase<'a> {
    verdict: &'a str,
    name: &'a str,
    body: &'a str,
}

fn cases(page: &str) -> Vec<PageCase<'_>> {
    page.split("\n```case ")
        .skip(1)
        .map(|block| {
            let (head, rest) = block.split_once('\n').unwrap();
            let (verdict, name) = head
                .split_once(": ")
                .expect("a case says `<verdict>: <name>`");
            let (body, _) = rest.split_once("\n```").expect("a case is closed");
            PageCase {
                verdict,
                name,
                body,
            }
        })
        .collect()
}

/// The evidence of a case: `key: value` lines, then `=== path` before each file,
/// `=== path as of day` before what a commit of that day left of it,
/// `=== history` before the commits, and `=== operations` before what happened.
struct Evidence {
    annotations: serde_json::Map<String, Value>,
    links: Vec<Value>,
    spec: Value,
    has_people: bool,
    policy: Value,
    repository: Value,
    operations: Value,
}

fn evidence(body: &str) -> Evidence {
    let mut annotations = serde_json::Map::new();
    let mut links = Vec::new();
    let mut spec = json!({ "type": "service", "owner": "payments" });
    let mut has_people = true;
    let mut policy = json!({});
    let mut directory = String::new();
    let mut state = "found";
    let mut change = Value::Null;
    let mut versions_collected = true;
    let mut sections = format!("\n{body}")
        .split("\n=== ")
        .map(str::to_owned)
        .collect::<Vec<_>>()
        .into_iter();
    let head = sections.next().unwrap();
    for line in head.lines().filter(|line| !line.is_empty()) {
        let (key, value) = line
            .split_once(": ")
            .or_else(|| Some((line.strip_suffix(':')?, "")))
            .unwrap_or_else(|| panic!("`{line}` is no setting"));
        match key {
            "repository" => {
                state = if value == "failed" {
                    "failed"
                } else {
                    "not-collected"
                }
            }
            "versions" => versions_collected = value != "not-collected",
            "directory" => value.clone_into(&mut directory),
            "sources" => {
                let named = value.split(", ").filter(|name| *name != "none");
                policy = json!({ "sources": named.collect::<Vec<_>>() });
            }
            "change" => change = json!({ "failure": value }),
            "link" => {
                let (title, url) = value.rsplit_once(' ').unwrap();
                links.push(json!({ "title": title, "url": url }));
            }
            "owner" | "system" => spec[key] = Value::from(value),
            "dependsOn" => spec[key] = value.split_whitespace().collect(),
            "people" => has_people = false,
            "policy" => policy = serde_json::from_str(value).unwrap(),
            _ => {
                annotations.insert(key.to_owned(), Value::from(value.trim_matches('"')));
            }
        }
    }
    let mut files = Vec::new();
    let mut history = String::new();
    let mut operations = Value::Null;
    let mut paths = BTreeSet::new();
    let mut versions = Vec::new();
    for section in sections {
        let (path, text) = section.split_once('\n').unwrap_or((&section, ""));
        if path == "operations" {
            operations = pushed(text);
        } else if path == "change" {
            change = json!({ "diff": format!("{text}\n") });
        } else if path == "history" {
            history = stream(text, &mut paths);
        } else if let Some((path, day)) = path.split_once(" as of ") {
            // The case tells what happened in order; the evidence begins at the end.
            let commit = format!("{:0<40}", day.replace('-', ""));
            versions.insert(
                0,
                json!({ "path": path, "commit": commit, "at": day, "text": text }),
            );
        } else {
            paths.insert(path.to_owned());
            files.push(json!({ "path": path, "text": text }));
        }
    }
    let mut repository = json!({
        "schema": "mentorship/evidence/v1",
        "repository": "https://git.example/checkout",
        "collectedAt": "2026-11-21T06:00:00Z",
        "services": [{ "entityRef": SERVICE, "directory": directory }],
    });
    match state {
        "found" => {
            repository["paths"] = json!(paths);
            repository["files"] = Value::from(files);
            repository["history"] = Value::from(history);
            repository["change"] = change;
            if versions_collected {
                repository["versions"] = Value::from(versions);
            }
        }
        "failed" => repository["failure"] = Value::from("the remote does not answer"),
        _ => repository = Value::Null,
    }
    Evidence {
        annotations,
        links,
        spec,
        has_people,
        policy,
        repository,
        operations,
    }
}

/// What happened in operation, one kind a line. Incidents are named by who resolved
/// them, with others who were paged behind a `+` and the cause of an escalation behind
/// a `/`; who is on call is followed by the level, who reviewed by the path; `failed`
/// names a kind.
fn pushed(lines: &str) -> Value {
    let mut service = json!({ "entityRef": SERVICE });
    for line in lines.lines().filter(|line| !line.is_empty()) {
        let (kind, items) = line.split_once(':').unwrap();
        match kind {
            "failed" => {
                service["failures"] =
                    json!([{ "kind": items.trim(), "reason": "it does not answer" }]);
            }
            "reviews" => {
                let review = |item: &str| {
                    let (who, path) = item.trim().split_once(' ').unwrap();
                    json!({ "reviewer": who, "at": "2026-10-02", "paths": [path] })
                };
                service["reviews"] = items.split(',').map(review).collect();
            }
            "on call" => {
                let on_call = |item: &str| {
                    let (person, level) = item.trim().split_once(' ').unwrap();
                    json!({ "person": person, "level": level.parse::<u8>().unwrap() })
                };
                let items = items.split(',').filter(|item| !item.trim().is_empty());
                service["onCalls"] = items.map(on_call).collect();
            }
            _ => {
                let items = items.split_whitespace().enumerate();
                service["incidents"] = items.map(|(id, item)| incident(id, item)).collect();
            }
        }
    }
    json!({
        "schema": "mentorship/pushed/v1",
        "collectedAt": "2026-11-21T06:00:00Z",
        "since": "2026-05-01",
        "services": [service],
    })
}

fn incident(id: usize, item: &str) -> Value {
    let (who, cause) = item.split_once('/').unwrap_or((item, ""));
    let mut people = who.split('+');
    let resolver = people.next().unwrap();
    let responders: Vec<Value> = people
        .map(|person| json!({ "person": person, "level": 1 }))
        .collect();
    let mut incident = json!({
        "id": id,
        "createdAt": "2026-11-01T09:00:00Z",
        "resolvedAt": "2026-11-01T10:00:00Z",
        "responders": responders,
    });
    match resolver {
        "automatic" => incident["resolution"] = json!("automatic"),
        person => incident["resolvedBy"] = json!(person),
    }
    if !cause.is_empty() {
        incident["escalationLevel"] = json!(2);
        if cause != "?" {
            incident["escalationCause"] = json!(cause);
        }
    }
    incident
}

/// Commits, one a line: `2026-10-01 alice: src/a.rs src/b.rs, reviewed by ben`.
/// A path is added where it is first named, and changed after that.
fn stream(lines: &str, paths: &mut BTreeSet<String>) -> String {
    let mut stream = String::new();
    for (number, line) in lines.lines().filter(|line| !line.is_empty()).enumerate() {
        let (head, rest) = line.split_once(": ").unwrap();
        let (day, author) = head.split_once(' ').unwrap();
        let time = CivilDate::parse(day).unwrap().unix_seconds();
        let (changed, reviewers) = rest.split_once(", reviewed by ").unwrap_or((rest, ""));
        let reviewers: Vec<String> = reviewers
            .split_whitespace()
            .map(|name| format!("{name} <{name}@example.org>"))
            .collect();
        let parent = match number {
            0 => String::new(),
            _ => format!("{:040x}", number - 1),
        };
        writeln!(
            stream,
            "\u{1e}{number:040x}\u{1f}{parent}\u{1f}{time}\u{1f}{author}\u{1f}{author}@example.org\u{1f}\u{1f}{}\0",
            reviewers.join("\u{1d}")
        )
        .unwrap();
        for path in changed.split_whitespace() {
            let kind = if paths.insert(path.to_owned()) {
                'A'
            } else {
                'M'
            };
            write!(stream, "{kind}\0{path}\0").unwrap();
        }
    }
    stream
}

fn judge(rule: &str, body: &str) -> String {
    let evidence = evidence(body);
    let user = |name: &str| json!({ "apiVersion": "backstage.io/v1alpha1", "kind": "User", "metadata": { "name": name }, "spec": { "profile": { "email": format!("{name}@example.org") } } });
    let mut items: Vec<Value> = ["alice", "ben", "maria", "jordan", "priya"]
        .into_iter()
        .map(user)
        .collect();
    items.push(json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "Group",
        "metadata": { "name": "payments" },
        "spec": { "type": "team", "members": ["alice", "jordan"], "children": [] },
    }));
    if !evidence.has_people {
        items.clear();
    }
    items.push(json!({
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "Component",
        "metadata": { "name": "checkout", "annotations": evidence.annotations, "links": evidence.links },
        "spec": evidence.spec,
    }));
    let mut engine = Engine::new(&evidence.policy.to_string()).unwrap();
    let outcome = engine
        .upsert_page(json!({ "items": items }).to_string().as_bytes())
        .unwrap();
    assert_eq!(outcome.errors, []);
    if !evidence.repository.is_null() {
        engine
            .put_repository(evidence.repository.to_string().as_bytes())
            .unwrap();
    }
    if !evidence.operations.is_null() {
        let outcome = engine
            .put_pushed(evidence.operations.to_string().as_bytes())
            .unwrap();
        assert_eq!(outcome.notes, []);
    }
    let assessment = engine
        .assessment(SERVICE, AS_OF, Audience::Named)
        .unwrap()
        .unwrap();
    assert!(
        assessment.enrolment.enrolled,
        "the case is not enrolled: {:?}",
        assessment.enrolment
    );
    let finding = assessment
        .findings
        .iter()
        .find(|finding| finding.rule == rule)
        .unwrap();
    if let Outcome::Fail {
        reasons,
        next_action,
        ..
    } = &finding.outcome
    {
        assert!(!reasons.is_empty() && !next_action.is_empty());
        for words in reasons.iter().chain([next_action]) {
            let text = render::plain(words);
            assert!(text.ends_with('.'), "`{text}` is no sentence");
        }
    }
    let outcome = serde_json::to_value(&finding.outcome).unwrap();
    outcome["verdict"].as_str().unwrap().to_owned()
}

/// The whole page of a rule.
fn page(id: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    fs::read_to_string(folder.join(format!("{id}.md"))).unwrap()
}

#[test]
fn every_case_of_every_page_holds() {
    let mut wrong = Vec::new();
    for rule in rules::all() {
        for case in cases(&page(rule.id)) {
            let found = judge(rule.id, case.body);
            if found != case.verdict {
                wrong.push(format!(
                    "{}: {}: expected {}, found {found}",
                    rule.id, case.name, case.verdict
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_page_is_complete() {
    for rule in rules::all() {
        let page = page(rule.id);
        assert!(page.starts_with(rule.page), "{}", rule.id);
        let title = page.lines().next().unwrap();
        assert_eq!(title, format!("# {}", rule.title), "{}", rule.id);
        let headings: Vec<&str> = page
            .lines()
            .filter_map(|line| line.strip_prefix("## "))
            .collect();
        let own: Vec<&str> = headings
            .into_iter()
            .filter(|heading| SECTIONS.contains(heading))
            .collect();
        assert_eq!(own, SECTIONS, "{}", rule.id);
        let verdicts: BTreeSet<&str> = cases(&page).iter().map(|case| case.verdict).collect();
        for needed in ["pass", "fail", "unknown"] {
            assert!(
                verdicts.contains(needed),
                "{} has no case that is `{needed}`",
                rule.id
            );
        }
    }
}

#[test]
fn every_file_of_the_rules_belongs_to_a_rule() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let known: BTreeSet<String> = rules::all().iter().map(|rule| rule.id.to_owned()).collect();
    let mut pages = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "md") {
            pages.insert(path.file_stem().unwrap().to_str().unwrap().to_owned());
        }
    }
    assert_eq!(pages, known);
}

#[test]
fn every_rule_of_a_level_exists_and_weighs() {
    let policy = Policy::default();
    let levels = &policy.levels;
    for id in levels
        .developing
        .iter()
        .chain(&levels.covered)
        .chain(&levels.resilient)
    {
        assert!(rules::find(id).is_some_and(|rule| rule.weight > 0), "{id}");
    }
}

fn documentation() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules");
    let mut index = String::from(
        "# Rules\n\nMade from the pages of the rules by `cargo xtask codegen`.\n\n| rule | the problem | about | weight |\n|---|---|---|---|\n",
    );
    let mut files = Vec::new();
    for entry in render::catalogue(&Policy::default()).rules {
        let category = entry.category.as_str();
        writeln!(
            index,
            "| [`{0}`]({0}.md) | {1} | {category} | {2} |",
            entry.id, entry.title, entry.weight
        )
        .unwrap();
        let levels = match entry.levels.first() {
            Some(level) => format!("Needed for `{level}`. "),
            None => String::new(),
        };
        let page = format!(
            "# {}\n\n`{}` · {category} · weight {}. {levels}\n\n{}\n",
            entry.title, entry.id, entry.weight, entry.page
        );
        files.push((
            folder.join(format!("{}.md", entry.id)),
            page.replace(". \n", ".\n"),
        ));
    }
    files.push((folder.join("README.md"), index));
    files
}

#[test]
fn the_committed_pages_are_current() {
    let write = std::env::var("MENTORSHIP_CODEGEN").as_deref() == Ok("write");
    for (path, text) in documentation() {
        if write {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
        } else {
            let committed = fs::read_to_string(&path).unwrap_or_default();
            assert!(
                committed == text,
                "{} differs: run `cargo xtask codegen`",
                path.display()
            );
        }
    }
}
