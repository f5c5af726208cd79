//! Documents in their many places, from the paths that are wanted to what is told.
#![allow(clippy::unwrap_used, clippy::panic)]

use mentorship_core::engine::Engine;
use mentorship_core::wire::v1::{Audience, EvidenceFile};
use serde_json::{Value, json};

const PAY: &str = "component:default/pay";

fn engine() -> Engine {
    let mut engine = Engine::new("{}").unwrap();
    let service = json!({ "kind": "Component", "spec": { "type": "service" },
        "metadata": { "name": "pay", "annotations": { "mentorship/enrolled": "true" } } });
    let page = json!({ "items": [service] }).to_string();
    engine.upsert_page(page.as_bytes()).unwrap();
    engine
}

/// What is told of the service in a directory of a repository with these files.
fn told(directory: &str, files: &[(&str, &str)]) -> Value {
    let files: Vec<_> = files
        .iter()
        .map(|(path, text)| (*path, text.as_bytes()))
        .collect();
    let mut engine = engine();
    let evidence = evidence(directory, &files);
    engine
        .put_repository(evidence.to_string().as_bytes())
        .unwrap();
    let assessment = engine
        .assessment(PAY, "2026-11-21", Audience::Named)
        .unwrap();
    serde_json::to_value(assessment.unwrap()).unwrap()
}

fn evidence(directory: &str, files: &[(&str, &[u8])]) -> Value {
    let read: Vec<EvidenceFile> = files
        .iter()
        .map(|(path, content)| EvidenceFile::new((*path).to_owned(), Ok(content.to_vec())))
        .collect();
    json!({
        "schema": "mentorship/evidence/v1",
        "repository": "https://git.example/pay",
        "fileAddress": "https://git.example/pay/{path}#L{line}",
        "collectedAt": "2026-11-21T06:00:00Z",
        "services": [{ "entityRef": PAY, "directory": directory }],
        "paths": files.iter().map(|(path, _)| path).collect::<Vec<_>>(),
        "files": read,
    })
}

fn verdict<'a>(told: &'a Value, rule: &str) -> &'a Value {
    let findings = told["findings"].as_array().unwrap();
    let finding = findings
        .iter()
        .find(|finding| finding["rule"] == rule)
        .unwrap();
    &finding["outcome"]
}

#[test]
fn every_usual_place_of_a_document_is_wanted() {
    let wanted = [
        "MAINTAINERS",
        "README.md",
        "RUNBOOK.md",
        "adr/007-title.md",
        "doc/adr/0001-title.md",
        "docs/MAINTAINERS.md",
        "docs/adr/0001-title.md",
        "docs/adrs/adr-001.md",
        "docs/architecture/decisions/2026-03-04-title.md",
        "docs/decisions/0001-title.md",
        "docs/index.md",
        "docs/runbook.md",
        "docs/runbooks/restart.md",
        "docs/walkthroughs/deploy.md",
        "runbooks/restart.md",
        "services/pay/README.md",
    ];
    let unwanted = [
        "docs/adr/template.md",
        "docs/design.md",
        "docs/runbooks/restart.sh",
        "src/index.md",
        "src/maintainers.rs",
        "src/readme.rs",
    ];
    let listing: Vec<String> = wanted
        .iter()
        .chain(&unwanted)
        .map(|path| format!("{path}\0"))
        .collect();
    assert_eq!(engine().wanted_paths(listing.concat().as_bytes()), wanted);
}

#[test]
fn a_maintainers_file_names_maintainers_where_nothing_else_does() {
    let file = (
        "MAINTAINERS.md",
        "# Maintainers\n- @ann\n- @ben\n## Emeritus\n- @cy\n",
    );
    let plan = (
        "MENTORSHIP.md",
        "---\nsteward: \"@ann\"\nmaintainers: [\"@dee\"]\n---\n",
    );
    let declared = |told: Value| {
        let readings = told["busFactor"]["readings"].as_array().unwrap().clone();
        let reading = readings
            .into_iter()
            .find(|reading| reading["name"] == "declared")
            .unwrap();
        reading["value"].clone()
    };
    assert_eq!(declared(told("", &[file])), 2);
    // The nearest file counts, and the plan before it.
    let near = (
        "services/pay/MAINTAINERS",
        "Eve Fox <eve@example.org> (@eve)\n",
    );
    assert_eq!(declared(told("services/pay", &[file, near])), 1);
    assert_eq!(declared(told("", &[file, plan])), 2);
    let steward_and_dee = declared(told("services/pay", &[file, near, plan]));
    assert_eq!(steward_and_dee, 2);
    // An OWNERS file may be one, where it is not prow's.
    let owners = (
        "OWNERS",
        "maintainers:\n  - ann\n  - ben7\ntriage:\n  - dee\nemeritus:\n  - cy\n",
    );
    assert_eq!(declared(told("", &[owners])), 2);
    let approvers = ("OWNERS", "approvers:\n  - ann\nmaintainers:\n  - ben\n");
    assert_eq!(declared(told("", &[approvers])), Value::Null);
}

#[test]
fn recordings_are_told_with_the_documents() {
    let readme = (
        "README.md",
        "# Pay\n[How we deploy](https://www.youtube.com/watch?v=1)\n",
    );
    let told = told("services/pay", &[readme, ("services/pay/main.rs", "")]);
    let documents = told["documents"].as_array().unwrap();
    assert_eq!(
        documents,
        &[json!({
            "kind": "walkthrough",
            "title": "How we deploy",
            "href": "https://www.youtube.com/watch?v=1",
        })]
    );
    assert_eq!(verdict(&told, "no-recorded-walkthrough")["verdict"], "pass");
}

#[test]
fn a_readme_with_steps_is_a_runbook_where_runbooks_are() {
    let steps = "# Restart the cache\nRun `kubectl delete pod cache-0`.\n## Rollback\nNone.\n";
    let index = "# Cache\n- [Restart](restart/README.md)\n";
    let titles = |files: &[(&str, &str)]| -> Vec<String> {
        let told = told("", files);
        let documents = told["documents"].as_array().unwrap().iter();
        let titles = documents.map(|one| one["title"].as_str().unwrap().to_owned());
        titles.collect()
    };
    let files = [
        ("docs/runbooks/README.md", steps),
        ("docs/runbooks/cache/README.md", index),
        ("docs/runbooks/cache/restart/README.md", steps),
        ("src/cache/README.md", steps),
    ];
    assert_eq!(titles(&files), ["Restart the cache"]);
    assert_eq!(
        titles(&[("runbook/README.md", steps)]),
        ["Restart the cache"]
    );
    assert!(titles(&files[..2]).is_empty());
}

#[test]
fn a_service_is_judged_by_its_own_runbooks_first() {
    let common = ("docs/runbooks/network.md", "# Network\n");
    let whole =
        "# Restart\nRun `kubectl get pods`, see [it](https://graphs.example/d/1).\n## Rollback\n";
    let own = ("services/pay/docs/runbooks/restart.md", whole);
    let complete = told("services/pay", &[common, own]);
    assert_eq!(verdict(&complete, "runbook-incomplete")["verdict"], "pass");
    let incomplete = verdict(&told("", &[common, own]), "runbook-incomplete").clone();
    assert_eq!(incomplete["verdict"], "fail");
    assert_eq!(
        incomplete["evidence"][0]["label"],
        "docs/runbooks/network.md"
    );
}

/// The core sees what the file holds, not what a reader made of it on the way.
#[test]
fn a_file_is_read_in_the_encoding_that_it_has() {
    let mut marked = vec![0xFF, 0xFE];
    marked.extend("Steward: @zoë\n".encode_utf16().flat_map(u16::to_le_bytes));
    let utf16 = "the file is UTF-16; save it as UTF-8, which is what other tools expect";
    let latin = "the line is not UTF-8; what could not be read was replaced";
    let owners = "this line has no effect: it is not UTF-8 text";
    for (path, content, steward, told) in [
        (
            "MENTORSHIP.md",
            "Steward: @zoë\n".as_bytes(),
            Some("@zoë"),
            None,
        ),
        ("MENTORSHIP.md", &marked, Some("@zoë"), Some((None, utf16))),
        (
            "MENTORSHIP.md",
            b"Steward: @zoe\nScope: caf\xE9\n",
            Some("@zoe"),
            Some((Some(2), latin)),
        ),
        (
            "MENTORSHIP.md",
            "Scope: \u{FFFD}\nSteward: @zoe\n".as_bytes(),
            Some("@zoe"),
            None,
        ),
        (
            "CODEOWNERS",
            b"* @ben\n/a @zo\xEB\n",
            None,
            Some((Some(2), owners)),
        ),
    ] {
        let mut engine = engine();
        let evidence = evidence("", &[(path, content)]).to_string();
        let notes = engine.put_repository(evidence.as_bytes()).unwrap();
        let notes: Vec<_> = notes
            .iter()
            .map(|note| (note.line, note.message.as_str()))
            .collect();
        assert_eq!(notes, Vec::from_iter(told), "{evidence}");
        let assessment = engine.assessment(PAY, "2026-11-21", Audience::Named);
        let assessment = serde_json::to_value(assessment.unwrap().unwrap()).unwrap();
        assert_eq!(
            assessment["rotation"]["steward"]["name"].as_str(),
            steward,
            "{assessment}"
        );
    }
}

#[test]
fn bytes_that_are_none_are_told() {
    let mut engine = engine();
    let mut evidence = evidence("", &[("MENTORSHIP.md", b"")]);
    evidence["files"][0] = json!({ "path": "MENTORSHIP.md", "bytes": "Steward: @zo\u{142}" });
    let notes = engine
        .put_repository(evidence.to_string().as_bytes())
        .unwrap();
    assert_eq!(
        notes[0].message,
        "the file was not read: its `bytes` hold a character that stands for no byte"
    );
}

#[test]
fn owners_files_that_are_not_read_are_told() {
    let paths: Vec<String> = (0..2_001)
        .map(|number| format!("{number:04}/OWNERS"))
        .collect();
    let mut engine = engine();
    let listing = paths.join("\0");
    let wanted = engine.wanted_paths(listing.as_bytes());
    assert_eq!(wanted.len(), 2_000);
    let mut evidence = evidence("", &[]);
    let read = wanted.iter();
    let read = read.map(|path| json!({ "path": path, "text": "approvers: [alice]\n" }));
    evidence["files"] = read.collect();
    evidence["paths"] = json!(paths);
    let notes = engine.put_repository(evidence.to_string().as_bytes());
    let notes = notes.unwrap();
    let [note] = notes.as_slice() else {
        panic!("{notes:?}");
    };
    assert_eq!(
        note.message,
        "of 2001 OWNERS files only the 2000 nearest to the root were read; the first that was not is `2000/OWNERS`"
    );
}

#[test]
fn owners_of_what_is_vendored_are_not_asked_for() {
    let listing = "OWNERS\0vendor/example.org/queue/OWNERS\0pkg/OWNERS";
    assert_eq!(
        engine().wanted_paths(listing.as_bytes()),
        ["OWNERS", "pkg/OWNERS"]
    );
}

#[test]
fn documents_beyond_those_that_are_read_are_told_and_counted() {
    let mut paths: Vec<String> = (0..1_002)
        .map(|number| format!("docs/runbooks/{number:04}.md"))
        .collect();
    paths.push("RUNBOOK.md".to_owned());
    let mut engine = engine();
    let listing: String = paths.iter().map(|path| format!("{path}\0")).collect();
    let wanted = engine.wanted_paths(listing.as_bytes());
    assert_eq!(wanted.len(), 1_000);
    assert_eq!(wanted[0], "RUNBOOK.md");
    let mut evidence = evidence("", &[]);
    let read = wanted.iter();
    let read = read.map(|path| json!({ "path": path, "text": "1. `restart`" }));
    evidence["files"] = read.collect();
    evidence["paths"] = json!(paths);
    engine
        .put_repository(evidence.to_string().as_bytes())
        .unwrap();
    let told = engine.assessment(PAY, "2026-11-21", Audience::Named);
    let told = serde_json::to_value(told.unwrap().unwrap()).unwrap();
    let note = json!({
        "place": "listing",
        "message": "of 1003 runbooks only the 1000 nearest to the root were read; the first that was not is `docs/runbooks/0999.md`",
    });
    let notes = told["notes"].as_array().unwrap();
    assert!(notes.contains(&note), "{notes:?}");
}

#[test]
fn a_group_is_nobody_only_where_somebody_looked_for_its_alias() {
    let engine_of = |files: &[(&str, &[u8])]| {
        let mut evidence = evidence("", files);
        let paths = evidence["paths"].as_array_mut().unwrap();
        paths.push(json!("OWNERS_ALIASES"));
        let unread = json!({ "path": "OWNERS_ALIASES", "failure": "it is too large" });
        evidence["files"].as_array_mut().unwrap().push(unread);
        let mut engine = engine();
        engine
            .put_repository(evidence.to_string().as_bytes())
            .unwrap();
        let told = engine.assessment(PAY, "2026-11-21", Audience::Named);
        serde_json::to_value(told.unwrap().unwrap()).unwrap()
    };
    let owners: (&str, &[u8]) = ("OWNERS", b"approvers: [pay-approvers]\n");
    let told = engine_of(&[owners]);
    assert_eq!(verdict(&told, "codeowners-broken")["verdict"], "pass");
    assert!(told.to_string().contains("it is too large"));
    // Neither does it hide the file that counts.
    let told = engine_of(&[("CODEOWNERS", b"* @alice\n")]);
    assert_eq!(verdict(&told, "codeowners-missing")["verdict"], "pass");
}
