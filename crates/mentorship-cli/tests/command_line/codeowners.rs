//! `codeowners`.

use serde_json::json;

use super::fixture::{run, run_with_input, write};

#[test]
fn every_state_is_told_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    write(
        &folder.path().join(".github/CODEOWNERS"),
        "/infra/ @alice @org/net\n/infra/vendor/\n* bad\n",
    );
    let run = run(
        folder.path(),
        [
            "codeowners",
            "--format",
            "json",
            "infra/dns.tf",
            "./infra/vendor/x",
            "README.md",
        ],
    );
    assert_eq!(run.status, 0);
    assert_eq!(
        run.json(),
        json!([
            {"path": "infra/dns.tf", "state": "owned", "owners": ["@alice", "@org/net"], "line": 1, "lines": [1]},
            {"path": "./infra/vendor/x", "state": "unowned", "owners": [], "line": 2, "lines": [2]},
            {"path": "README.md", "state": "unmatched", "owners": [], "line": null, "lines": []},
        ])
    );
    assert!(run.stderr.contains("CODEOWNERS:3"), "{}", run.stderr);
}

#[test]
fn paths_come_from_standard_input_and_the_dialect_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("owners"), "[Docs] @writers\n*.md\n");
    let arguments = ["codeowners", "--file", "owners", "--dialect", "gitlab", "-"];
    let run = run_with_input(folder.path(), arguments, b"a/b.md\nc.rs\n");
    let json = run.json();
    assert_eq!(json[0]["owners"], json!(["@writers"]));
    assert_eq!(json[1]["state"], "unmatched");
}

#[test]
fn no_owners_file_is_nothing_read() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(folder.path(), ["codeowners", "x"]).status, 3);
    assert_eq!(
        run(folder.path(), ["codeowners", "--file", "nowhere", "x"]).status,
        3
    );
    assert_eq!(run(folder.path(), ["codeowners"]).status, 2);
}
