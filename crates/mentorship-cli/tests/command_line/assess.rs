//! `assess`.

use std::io::Read;
use std::process::Stdio;

use super::fixture::{Commit, INGRID, berth_planner, git, mentorship, repository, run, write};

fn component(name: &str, location: &str) -> String {
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\n  annotations:\n    \
         backstage.io/source-location: {location}\n    mentorship/enrolled: 'true'\nspec:\n  type: service\n"
    )
}

#[test]
fn a_broken_document_is_one_line_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = format!(
        "{}---\nkind: Component\nmetadata: [\n---\n{}",
        component("a", "url:https://github.com/acme/a"),
        component("b", "url:https://github.com/acme/b")
    );
    write(&folder.path().join("catalog/all.yaml"), &catalog);
    write(
        &folder.path().join("catalog/deep/c.json"),
        r#"{"kind": "Component", "metadata": {"name": "c"}}"#,
    );
    write(
        &folder.path().join("catalog/package.json"),
        r#"{"name": "not an entity"}"#,
    );
    write(&folder.path().join("catalog/broken.json"), "{");
    write(&folder.path().join("catalog/tsconfig.json"), "{ // ours\n}");
    write(
        &folder.path().join("catalog/values.yaml"),
        "a: {{ .Values }}\n",
    );
    write(
        &folder.path().join("catalog/node_modules/d.yaml"),
        &component("d", "url:https://github.com/acme/d"),
    );
    let run = run(
        folder.path(),
        ["assess", "--catalog", "catalog", "--format", "csv"],
    );
    assert_eq!(run.status, 0);
    let refs: Vec<&str> = run
        .stdout
        .lines()
        .skip(1)
        .map(|line| line.split(',').nth(1).unwrap())
        .collect();
    assert_eq!(
        refs,
        [
            "component:default/a",
            "component:default/b",
            "component:default/c"
        ]
    );
    let told: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(
        told[0].contains("all.yaml:12: not YAML") || told[0].contains("all.yaml:13: not YAML"),
        "{told:?}"
    );
    assert!(told[1].contains("broken.json:1: not JSON"), "{told:?}");
    assert!(
        told[2].contains("catalog: 2 more files of other programs could not be read either"),
        "{told:?}"
    );
}

#[test]
fn a_catalog_in_another_encoding_is_told_of() {
    let folder = tempfile::tempdir().unwrap();
    let text = component("a", "url:https://github.com/acme/a");
    let wide = text.encode_utf16().flat_map(u16::to_le_bytes);
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(wide).collect();
    std::fs::create_dir(folder.path().join("catalog")).unwrap();
    std::fs::write(folder.path().join("catalog/a.yaml"), wide).unwrap();
    let run = run(folder.path(), ["assess", "--catalog", "catalog"]);
    assert_eq!(run.status, 3);
    assert!(
        run.stderr.contains("a.yaml: it is UTF-16"),
        "{}",
        run.stderr
    );
}

#[test]
fn checkouts_are_found_by_their_long_and_their_short_name() {
    let folder = tempfile::tempdir().unwrap();
    berth_planner(&folder.path().join("code/berth-planner"));
    berth_planner(&folder.path().join("code/gitlab.example/freight/rates"));
    let other = berth_planner(&folder.path().join("code/ledger"));
    git(
        &other,
        [
            "remote",
            "add",
            "origin",
            "git@github.com:elsewhere/ledger.git",
        ],
        b"",
    );
    let services = [
        (
            "berths",
            "url:https://github.com/acme/berth-planner/tree/main/",
        ),
        (
            "rates",
            "url:https://gitlab.example/freight/rates/-/tree/main/docs/",
        ),
        ("ledger", "url:https://github.com/acme/ledger/"),
        ("nowhere", "url:https://github.com/acme/nowhere/"),
    ];
    let catalog: Vec<String> = services
        .iter()
        .map(|(name, location)| component(name, location))
        .collect();
    write(&folder.path().join("all.yaml"), &catalog.join("---\n"));
    let run = run(
        folder.path(),
        [
            "assess",
            "--catalog",
            "all.yaml",
            "--checkouts",
            "code",
            "--format",
            "json",
        ],
    );
    assert_eq!(run.status, 0, "{}", run.stderr);
    let recent: Vec<_> = run.json()["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["row"]["busFactorRecent"].is_null())
        .collect();
    // berths, ledger, nowhere, rates
    assert_eq!(recent, [false, true, true, false], "{}", run.stderr);
    assert!(
        run.stderr
            .contains("is a checkout of https://github.com/elsewhere/ledger"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr
            .contains("component:default/nowhere: no checkout of"),
        "{}",
        run.stderr
    );
    assert_eq!(run.stderr.lines().count(), 2);
}

#[test]
fn folders_are_read_where_they_are_and_a_failure_is_the_evidences() {
    let folder = tempfile::tempdir().unwrap();
    berth_planner(&folder.path().join("repos/berths"));
    let catalog = [
        component("berths", "dir:../repos/berths/"),
        component("gone", "dir:../repos/gone/"),
        component("plain", "dir:../plain/"),
    ];
    write(
        &folder.path().join("catalog/all.yaml"),
        &catalog.join("---\n"),
    );
    write(&folder.path().join("plain/README.md"), "no repository");
    let run = run(
        folder.path(),
        [
            "assess",
            "--catalog",
            "catalog/all.yaml",
            "--format",
            "json",
        ],
    );
    assert_eq!(run.status, 0);
    let rows = run.json()["items"].clone();
    assert_eq!(rows[0]["row"]["busFactorDeclared"], 2, "{}", run.stderr);
    for (item, reason) in [(1, "cannot be read"), (2, "no git repository")] {
        let evidence = run.assessment(item)["evidence"].as_array().unwrap().clone();
        let history = evidence
            .iter()
            .find(|one| one["kind"] == "history")
            .unwrap();
        assert_eq!(history["state"], "failed");
        assert!(run.stderr.contains(reason), "{}", run.stderr);
    }
}

#[test]
fn nothing_to_judge_is_nothing_read() {
    let folder = tempfile::tempdir().unwrap();
    write(
        &folder.path().join("people.yaml"),
        "kind: User\nmetadata: {name: ingrid}\n",
    );
    let nothing = run(folder.path(), ["assess", "--catalog", "people.yaml"]);
    assert_eq!((nothing.status, nothing.stdout.as_str()), (3, ""));
    assert_eq!(
        run(folder.path(), ["assess", "--catalog", "nowhere.yaml"]).status,
        3
    );
    assert_eq!(run(folder.path(), ["assess"]).status, 2);
    write(
        &folder.path().join("a.yaml"),
        &component("a", "url:https://github.com/acme/a"),
    );
    assert_eq!(
        run(
            folder.path(),
            ["assess", "--catalog", "a.yaml", "--checkouts", "nowhere"]
        )
        .status,
        2
    );
}

#[test]
fn pages_that_are_not_here_and_evidence_that_fits_nothing_are_told() {
    let folder = tempfile::tempdir().unwrap();
    write(
        &folder.path().join("page.json"),
        r#"{"items": [{"kind": "Component", "metadata": {"name": "a"}}], "totalItems": 7, "pageInfo": {"nextCursor": "x"}}"#,
    );
    write(
        &folder.path().join("evidence/b.json"),
        r#"{"schema": "mentorship/evidence/v1", "repository": "r", "collectedAt": "2026-11-20T00:00:00Z", "services": [{"entityRef": "component:default/b", "directory": ""}]}"#,
    );
    write(
        &folder.path().join("evidence/c.json"),
        r#"{"schema": "mentorship/evidence/v9"}"#,
    );
    let run = run(
        folder.path(),
        ["assess", "--catalog", "page.json", "--evidence", "evidence"],
    );
    assert_eq!(run.status, 0);
    for told in [
        "it has 7 entities, and 1 are here",
        "component:default/b: there is evidence of it",
        "c.json: ",
    ] {
        assert!(run.stderr.contains(told), "{}", run.stderr);
    }
}

#[test]
fn evidence_cannot_take_the_terminal_over() {
    let folder = tempfile::tempdir().unwrap();
    write(
        &folder.path().join("a.yaml"),
        "kind: Component\nmetadata: {name: \"a\\e[2Jb\"}\n",
    );
    for format in ["table", "markdown"] {
        let run = run(
            folder.path(),
            ["assess", "--catalog", "a.yaml", "--format", format],
        );
        assert!(
            run.stdout.contains("a\u{fffd}[2jb") || run.stdout.contains("a\u{fffd}\\[2jb"),
            "{}",
            run.stdout
        );
    }
}

#[test]
fn a_table_fits_and_breaks_no_word_of_ours() {
    let folder = tempfile::tempdir().unwrap();
    let long = "a-service-with-a-name-that-nobody-would-want-to-type-twice";
    write(
        &folder.path().join("a.yaml"),
        &format!(
            "kind: Component\nmetadata: {{name: {long}}}\n---\nkind: Component\nmetadata: {{name: pay}}\n"
        ),
    );
    let run = run(
        folder.path(),
        ["assess", "--catalog", "a.yaml", "--format", "table"],
    );
    assert!(
        run.stdout.lines().all(|line| line.chars().count() <= 80),
        "{}",
        run.stdout
    );
    assert_eq!(
        run.stdout.matches("not-enrolled").count(),
        3,
        "{}",
        run.stdout
    );
}

#[test]
fn a_reader_who_leaves_early_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    let items: Vec<String> = (0..400)
        .map(|number| format!(r#"{{"kind": "Component", "metadata": {{"name": "s{number}"}}}}"#))
        .collect();
    write(
        &folder.path().join("page.json"),
        &format!(r#"{{"items": [{}]}}"#, items.join(",")),
    );
    let mut child = mentorship(folder.path())
        .args(["assess", "--catalog", "page.json", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        (output.status.code(), output.stderr.as_slice()),
        (Some(0), b"".as_slice())
    );
}

#[test]
fn many_services_come_in_slices_and_nobody_notices() {
    let folder = tempfile::tempdir().unwrap();
    let items: Vec<String> = (0..1203)
        .map(|number| format!(r#"{{"kind": "Component", "metadata": {{"name": "s{number:04}"}}}}"#))
        .collect();
    write(
        &folder.path().join("page.json"),
        &format!(r#"{{"items": [{}]}}"#, items.join(",")),
    );
    let json = run(folder.path(), ["assess", "--catalog", "page.json"]).json();
    assert_eq!(json["total"], 1203);
    let items = json["items"].as_array().unwrap();
    assert_eq!(items.len(), 1203);
    assert_eq!(items[1202]["row"]["entityRef"], "component:default/s1202");
}

#[test]
fn one_repository_is_read_once_for_all_its_services() {
    let folder = tempfile::tempdir().unwrap();
    let files = [("pay/a.py", "a\n"), ("ship/b.py", "b\n")];
    repository(
        &folder.path().join("code/mono"),
        &[Commit {
            author: INGRID,
            files: &files,
        }],
    );
    let catalog = ["pay", "ship"].map(|name| {
        component(
            name,
            &format!("url:https://github.com/acme/mono/tree/main/{name}/"),
        )
    });
    write(&folder.path().join("all.yaml"), &catalog.join("---\n"));
    let run = run(
        folder.path(),
        [
            "assess",
            "--catalog",
            "all.yaml",
            "--checkouts",
            "code",
            "--format",
            "json",
        ],
    );
    for item in 0..2 {
        let readings = run.assessment(item)["busFactor"]["readings"].clone();
        assert_eq!(readings[1]["filesCounted"], 1, "{readings}");
    }
}
