//! `init`: a proposal that our own reader understands, and that overwrites nothing.

use std::fs;
use std::path::{Path, PathBuf};

use super::fixture::{Commit, INGRID, TOBIAS, git, repository, run, write};

/// A repository with two people and a work tree.
fn new_service(folder: &Path) -> PathBuf {
    let octavia = "Octavia <77+octavia@users.noreply.github.com>";
    let commits = [
        Commit {
            author: TOBIAS,
            files: &[("src/tides.py", "two = 2\n")],
        },
        Commit {
            author: octavia,
            files: &[("infra/dns.tf", "a\n")],
        },
        Commit {
            author: INGRID,
            files: &[
                ("src/berths.py", "one = 1\n"),
                ("src/a.py", "a\n"),
                ("src/b.py", "b\n"),
                ("docs/runbooks/restart.md", "# Restart\n"),
            ],
        },
    ];
    let repository = repository(folder, &commits);
    git(&repository, ["reset", "--hard", "-q"], b"");
    repository
}

#[test]
fn the_proposal_is_a_plan_with_the_people_of_the_history() {
    let folder = tempfile::tempdir().unwrap();
    let repository = new_service(&folder.path().join("tides"));
    let init = run(&repository, ["init"]);
    assert_eq!(init.status, 0, "{}", init.stderr);
    let plan = fs::read_to_string(repository.join("MENTORSHIP.md")).unwrap();
    assert!(
        plan.contains("steward: \"Ingrid Solheim (ingrid@halvorsen.example)\""),
        "{plan}"
    );
    assert!(plan.contains("docs/runbooks/restart.md"), "{plan}");
    let owners = fs::read_to_string(repository.join(".github/CODEOWNERS")).unwrap();
    assert!(owners.contains("\n* ingrid@halvorsen.example "), "{owners}");
    assert!(
        owners.contains("\n/infra/ ingrid@halvorsen.example "),
        "{owners}"
    );
    assert!(owners.contains("@octavia"), "{owners}");
    assert!(
        init.stdout.contains("mentorship/plan: MENTORSHIP.md"),
        "{}",
        init.stdout
    );
    // Our own reader takes it.
    git(&repository, ["add", "-A"], b"");
    git(
        &repository,
        [
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@b",
            "commit",
            "-qm",
            "Plan",
        ],
        b"",
    );
    let check = run(&repository, ["check", "--format", "json"]);
    let assessment = check.assessment(0);
    let verdict = |rule: &str| {
        let findings = assessment["findings"].as_array().unwrap();
        let finding = findings
            .iter()
            .find(|finding| finding["rule"] == rule)
            .unwrap();
        finding["outcome"]["verdict"].as_str().unwrap().to_owned()
    };
    for rule in [
        "no-steward",
        "no-backup",
        "no-mentorship-plan",
        "codeowners-missing",
        "codeowners-broken",
        "no-runbook",
    ] {
        assert_eq!(
            verdict(rule),
            "pass",
            "{rule}: {check}",
            check = check.stdout
        );
    }
    assert_eq!(verdict("no-program-owner"), "fail");
}

#[test]
fn nobody_is_proposed_who_is_listed_as_a_former_maintainer() {
    let folder = tempfile::tempdir().unwrap();
    let repository = new_service(&folder.path().join("tides"));
    let list = "# Maintainers\n- Octavia (@octavia)\n\n## Emeritus\n- Ingrid Solheim (@ingrid)\n- Octavia\n";
    write(&repository.join("MAINTAINERS.md"), list);
    let large = "A line of it.\n".repeat(100_000);
    write(&repository.join("docs/MAINTAINERS.md"), &large);
    git(&repository, ["add", "-A"], b"");
    let author = [
        "-c",
        "user.name=Octavia",
        "-c",
        "user.email=o@halvorsen.example",
    ];
    git(
        &repository,
        author.into_iter().chain(["commit", "-qm", "List"]),
        b"",
    );
    let init = run(&repository, ["init", "--stdout"]);
    assert_eq!(init.status, 0, "{}", init.stderr);
    assert!(!init.stdout.contains("Ingrid"), "{}", init.stdout);
    assert!(
        init.stdout.contains("steward: \"Octavia"),
        "{}",
        init.stdout
    );
    assert!(
        init.stderr
            .contains("MAINTAINERS.md:5: lists a former maintainer"),
        "{}",
        init.stderr
    );
    assert!(!init.stderr.contains("MAINTAINERS.md:6"), "{}", init.stderr);
    let unread = "docs/MAINTAINERS.md: the file was not read: larger than";
    assert!(init.stderr.contains(unread), "{}", init.stderr);
}

#[test]
fn nobody_is_given_an_address_or_a_login_that_the_history_does_not_tell() {
    let folder = tempfile::tempdir().unwrap();
    let commits = [
        Commit {
            author: "Ann Lee <--global>",
            files: &[("infra/a.tf", "a\n"), ("b.py", "b\n"), ("c.py", "c\n")],
        },
        Commit {
            author: "Ben Doe <ben@laptop.local>",
            files: &[("d.py", "d\n")],
        },
    ];
    let repository = repository(&folder.path().join("tides"), &commits);
    git(&repository, ["reset", "--hard", "-q"], b"");
    let init = run(&repository, ["init"]);
    assert_eq!(init.status, 0, "{}", init.stderr);
    assert!(
        init.stdout.contains("steward     Ann Lee, "),
        "{}",
        init.stdout
    );
    assert!(
        init.stdout.contains("backup      Ben Doe, "),
        "{}",
        init.stdout
    );
    assert!(
        init.stdout.lines().all(|line| line.chars().count() <= 80),
        "{}",
        init.stdout
    );
    let owners = fs::read_to_string(repository.join(".github/CODEOWNERS")).unwrap();
    assert!(owners.lines().all(|line| line.starts_with('#')), "{owners}");
}

#[test]
fn nothing_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let repository = new_service(folder.path());
    write(&repository.join("mentorship.md"), "ours\n");
    let refused = run(&repository, ["init"]);
    assert_eq!(refused.status, 2);
    assert!(refused.stderr.contains("--force"), "{}", refused.stderr);
    assert!(!repository.join(".github").exists());
    fs::rename(
        repository.join("mentorship.md"),
        repository.join("MENTORSHIP.md"),
    )
    .unwrap();
    assert_eq!(run(&repository, ["init"]).status, 2);
    let printed = run(&repository, ["init", "--stdout"]);
    assert_eq!(printed.status, 0);
    assert!(
        printed.stdout.contains("=== .github/CODEOWNERS\n"),
        "{}",
        printed.stdout
    );
    let plan = || fs::read_to_string(repository.join("MENTORSHIP.md")).unwrap();
    assert_eq!(plan(), "ours\n");
    assert_eq!(run(&repository, ["init", "--force"]).status, 0);
    assert!(plan().contains("steward:"));
}

#[test]
fn a_service_in_a_folder_gets_its_own_and_owners_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        (
            "services/pay/catalog-info.yaml",
            "kind: Component\nmetadata: {name: pay}\nspec: {type: service, owner: x}\n",
        ),
        ("CODEOWNERS", "* @others\n"),
    ];
    let commits = [Commit {
        author: INGRID,
        files: &files,
    }];
    let repository = repository(folder.path(), &commits);
    git(&repository, ["reset", "--hard", "-q"], b"");
    let init = run(&repository, ["init", "services/pay"]);
    assert_eq!(init.status, 0, "{}", init.stderr);
    let plan = fs::read_to_string(repository.join("services/pay/MENTORSHIP.md")).unwrap();
    assert!(
        plan.contains("service: \"component:default/pay\""),
        "{plan}"
    );
    assert_eq!(
        fs::read_to_string(repository.join("CODEOWNERS")).unwrap(),
        "* @others\n"
    );
    assert!(
        init.stdout.contains("/services/pay/ ingrid@"),
        "{}",
        init.stdout
    );
    assert!(!repository.join(".github").exists());
}

#[test]
fn what_is_printed_hides_no_owners_that_are_there() {
    let folder = tempfile::tempdir().unwrap();
    let repository = super::fixture::berth_planner(folder.path());
    let printed = run(&repository, ["init", "--stdout"]).stdout;
    assert!(!printed.contains("=== .git"), "{printed}");
    let lines = "There is a CODEOWNERS already. Lines for it:\n\n#";
    assert!(printed.contains(lines), "{printed}");
}

#[test]
fn no_owners_are_put_above_owners_files() {
    let folder = tempfile::tempdir().unwrap();
    let files = [("OWNERS", "approvers: [ingrid]\n"), ("main.go", "\n")];
    let commits = [Commit {
        author: INGRID,
        files: &files,
    }];
    let repository = repository(folder.path(), &commits);
    git(&repository, ["reset", "--hard", "-q"], b"");
    let printed = run(&repository, ["init", "--stdout"]);
    assert!(!printed.stdout.contains("=== .git"), "{}", printed.stdout);
    let init = run(&repository, ["init"]);
    assert_eq!(init.status, 0, "{}", init.stderr);
    assert!(init.stdout.contains("reviewers there"), "{}", init.stdout);
    assert!(!repository.join(".github").exists());
}

#[test]
fn of_two_logins_the_one_with_more_commits_is_proposed() {
    let folder = tempfile::tempdir().unwrap();
    let commit = |author, files| Commit { author, files };
    let commits = [
        commit(
            "Ann Lee <aaron@users.noreply.github.com>",
            &[("a.py", "a\n")],
        ),
        commit(
            "Ann Lee <12+annlee@users.noreply.github.com>",
            &[("b.py", "b\n")],
        ),
        commit(
            "Ann Lee <12+annlee@users.noreply.github.com>",
            &[("c.py", "c\n")],
        ),
    ];
    let repository = repository(&folder.path().join("tides"), &commits);
    let init = run(&repository, ["init", "--stdout"]);
    assert!(
        init.stdout.contains("\"Ann Lee (@annlee)\""),
        "{}",
        init.stdout
    );
}
