//! `codeowners`.

use std::path::PathBuf;

use serde_json::json;

use super::fixture::{Commit, INGRID, git, repository, run, run_with_input, write};

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

#[test]
fn owners_files_answer_where_there_is_no_codeowners() {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    write(&at("OWNERS"), "approvers: [leads]\n");
    write(&at("OWNERS_ALIASES"), "aliases:\n  leads: [alice]\n");
    write(&at("pkg/OWNERS"), "approvers: [ben]\nmaintainers: [zoe]\n");
    write(&at("vendor/OWNERS"), "options: {no_parent_owners: true}\n");
    // Two folders below `vendor`, prow reads nothing.
    write(&at("vendor/a/b/OWNERS"), "approvers: [zoe]\n");
    let paths = ["pkg/api/x.go", "README.md", "vendor/a/b/x.go"];
    let run = run(
        folder.path(),
        ["codeowners", "--format", "json"].into_iter().chain(paths),
    );
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(
        run.json(),
        json!([
            {"path": "pkg/api/x.go", "state": "owned", "owners": ["ben", "alice"], "line": null, "lines": [], "files": ["pkg/OWNERS", "OWNERS"]},
            {"path": "README.md", "state": "owned", "owners": ["alice"], "line": null, "lines": [], "files": ["OWNERS"]},
            {"path": "vendor/a/b/x.go", "state": "unowned", "owners": [], "line": null, "lines": [], "files": ["vendor/OWNERS"]},
        ])
    );
    assert!(run.stderr.contains("pkg/OWNERS:2"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn an_owners_file_that_cannot_be_read_is_no_missing_one() {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("OWNERS"), "approvers: [ben]\n");
    std::fs::create_dir_all(folder.path().join("pkg/api/OWNERS")).unwrap();
    let loops = folder.path().join("pkg/OWNERS");
    std::os::unix::fs::symlink("OWNERS", &loops).unwrap();
    let run = run(folder.path(), ["codeowners", "pkg/api/x.go"]);
    assert_eq!((run.status, run.stdout.as_str()), (3, ""), "{}", run.stderr);
    assert!(run.stderr.contains("pkg/OWNERS: "), "{}", run.stderr);
}

#[test]
fn critical_paths_are_told_with_whom_they_lack() {
    let files = [
        ("infra/dns.tf", ""),
        ("infra/vpc/main.tf", ""),
        ("deploy/up.sh", ""),
        (
            "MENTORSHIP.md",
            "---\nsteward: \"@alice\"\napprentices:\n  - user: user:default/jordan\n---\n",
        ),
        (
            ".github/CODEOWNERS",
            "/infra/ @Alice @jordan\n/infra/vpc/ @alice\n/deploy/ @ben-steward @cleo\n",
        ),
    ];
    let (_folder, repository) = checked_out(&files);
    let ask = |more: &[&str]| {
        let run = run(
            &repository,
            ["codeowners", "--pairing", "--format", "json"]
                .iter()
                .chain(more),
        );
        assert_eq!(run.status, 0, "{}", run.stderr);
        run.json()
    };
    let vpc =
        json!({"path": "infra/vpc/main.tf", "lacks": "apprentice", "state": "owned", "lines": [2]});
    let up = json!({"path": "deploy/up.sh", "lacks": "apprentice", "state": "owned", "lines": [3]});
    assert_eq!(
        ask(&[]),
        json!([
            {"pattern": "/infra/", "files": 2, "pairing": "unpaired", "unpaired": [vpc]},
            {"pattern": "/deploy/", "files": 1, "pairing": "unpaired", "unpaired": [up]},
        ])
    );
    assert_eq!(
        ask(&["--apprentice", "@cleo", "/deploy/", "/nowhere/"]),
        json!([
            {"pattern": "/deploy/", "files": 1, "pairing": "paired", "unpaired": []},
            {"pattern": "/nowhere/", "files": 0, "pairing": "no-files", "unpaired": []},
        ])
    );
    let table = run(
        &repository,
        ["codeowners", "--pairing", "--format", "table"],
    );
    assert!(
        table.stdout.contains("apprentice: infra/vpc/main.tf"),
        "{}",
        table.stdout
    );
    assert!(
        table.stdout.lines().all(|line| line.chars().count() <= 80),
        "{}",
        table.stdout
    );
}

#[test]
fn roles_that_cannot_be_told_are_said() {
    let pairing = ["codeowners", "--pairing", "--format", "json"];
    let (_folder, repository) =
        checked_out(&[("infra/dns.tf", ""), (".github/CODEOWNERS", "* @alice\n")]);
    let without = run(&repository, pairing);
    assert_eq!(without.status, 0, "{}", without.stderr);
    assert!(
        without.stderr.contains("no plan is at the top"),
        "{}",
        without.stderr
    );

    // A folder cannot be read as a file, whoever asks.
    let (_folder, repository) =
        checked_out(&[("MENTORSHIP.md", "---\nsteward: \"@alice\"\n---\n")]);
    std::fs::remove_file(repository.join("MENTORSHIP.md")).unwrap();
    std::fs::create_dir(repository.join("MENTORSHIP.md")).unwrap();
    let unread = run(&repository, pairing);
    assert_eq!(unread.status, 3, "{}", unread.stderr);
    assert!(
        unread.stderr.contains("cannot read MENTORSHIP.md"),
        "{}",
        unread.stderr
    );
}

/// A repository of one commit with its files in the folder.
fn checked_out(files: &[(&str, &str)]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let author = INGRID;
    let repository = repository(folder.path(), &[Commit { author, files }]);
    git(&repository, ["reset", "-q", "--hard"], b"");
    (folder, repository)
}

#[test]
fn of_two_hosts_files_that_counts_which_the_repository_came_from() {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        (".github/CODEOWNERS", "* @hub\n"),
        (".gitlab/CODEOWNERS", "[Berths]\n* @lab\nnobody\n"),
        ("a.py", "a\n"),
    ];
    let commit = Commit {
        author: INGRID,
        files: &files,
    };
    let repository = repository(folder.path(), &[commit]);
    git(&repository, ["reset", "--hard", "-q"], b"");
    let owner = |arguments: &[&str]| {
        let answer = run(&repository, [&["codeowners", "a.py"], arguments].concat()).json();
        answer[0]["owners"][0].as_str().unwrap().to_owned()
    };
    // Nobody can tell whose it is.
    assert_eq!(owner(&[]), "@hub");
    assert_eq!(owner(&["--dialect", "gitlab"]), "@lab");
    let remote = [
        "remote",
        "add",
        "origin",
        "git@gitlab.harbour.example:acme/berths.git",
    ];
    git(&repository, remote, b"");
    assert_eq!(owner(&[]), "@lab");
    let checked = run(&repository, ["check", "--format", "json"]).assessment(0);
    assert_eq!(checked["notes"][0]["place"], ".gitlab/CODEOWNERS");
}
