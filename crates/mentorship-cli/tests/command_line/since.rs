//! `check --since`: what a change makes better or worse.

use std::path::{Path, PathBuf};

use super::fixture::{Commit, INGRID, PLAN, Run, TOBIAS, git, repository, run};

const ENTITY: &str =
    "kind: Component\nmetadata: {name: berth-planner}\nspec: {type: service, owner: freight}\n";

/// A plan and a runbook, then a change of the plan and of the rest.
fn changed(folder: &Path, plan: &str, more: &[(&str, &str)]) -> PathBuf {
    let first = [
        ("catalog-info.yaml", ENTITY),
        ("MENTORSHIP.md", PLAN),
        ("docs/runbooks/restart.md", "# Restart\n"),
        (
            "src/berths.py",
            "if is_enabled('new-tides'):\n    two()\none()\n",
        ),
    ];
    let mut second = vec![("MENTORSHIP.md", plan)];
    second.extend(more);
    let commits = [
        Commit {
            author: INGRID,
            files: &first,
        },
        Commit {
            author: TOBIAS,
            files: &second,
        },
    ];
    let repository = repository(folder, &commits);
    git(&repository, ["branch", "base", "main~1"], b"");
    repository
}

fn check(repository: &Path, more: &[&str]) -> Run {
    let fixed = ["check", "--as-of", "2026-11-20", "--since", "base"];
    run(repository, fixed.iter().chain(more))
}

#[test]
fn what_is_worse_is_a_finding_and_what_was_bad_before_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let without_backup = PLAN.replace("- Backup: @tobias\n", "");
    let repository = changed(folder.path(), &without_backup, &[]);
    let run = check(&repository, &["--format", "json"]);
    assert_eq!((run.status, run.stderr.as_str()), (1, ""));
    let service = &run.json()["services"][0];
    let worse = service["worse"].as_array().unwrap();
    assert!(
        worse.iter().any(|one| one["rule"] == "no-backup"),
        "{worse:?}"
    );
    // There never was a program owner.
    assert!(worse.iter().all(|one| one["rule"] != "no-program-owner"));
    assert!(service["scoreBefore"].as_u64() > service["score"].as_u64());
    let status = |fail_on: &str| check(&repository, &["--fail-on", fail_on]).status;
    assert_eq!(status("no-backup"), 1);
    assert_eq!(status("no-program-owner"), 0);
    assert_eq!(status("exposed"), 0);
}

#[test]
fn what_is_better_is_told_and_good() {
    let folder = tempfile::tempdir().unwrap();
    let repository = changed(
        folder.path(),
        &format!("{PLAN}- Program Owner: @maria\n"),
        &[],
    );
    let run = check(&repository, &[]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    let better = run.stdout.find("\nBetter\n").unwrap();
    assert!(
        run.stdout[better..].contains("no-program-owner"),
        "{}",
        run.stdout
    );
    assert!(!run.stdout.contains("\nWorse\n"), "{}", run.stdout);
    assert!(run.stdout.contains("compared with "));
    let markdown = check(&repository, &["--format", "markdown"]);
    assert!(
        markdown.stdout.contains("### Better"),
        "{}",
        markdown.stdout
    );
}

#[test]
fn only_what_was_done_since_the_branches_parted_counts() {
    let folder = tempfile::tempdir().unwrap();
    let repository = changed(folder.path(), PLAN, &[("src/tides.py", "two = 2\n")]);
    // The base goes on alone and loses its plan.
    git(
        &repository,
        ["fast-import", "--quiet", "--force"],
        b"commit refs/heads/base\ncommitter A <a@b> 1790000000 +0000\ndata 1\nx\nfrom refs/heads/base^0\nD MENTORSHIP.md\n\n",
    );
    let run = check(&repository, &[]);
    assert_eq!(run.status, 0, "{}", run.stdout);
    assert!(!run.stdout.contains("Better"), "{}", run.stdout);
    // A rule that is asked of changes alone weighs before and after.
    assert!(run.stdout.contains("1 service as before"), "{}", run.stdout);
}

#[test]
fn a_base_that_is_not_there_says_how_to_get_it() {
    let folder = tempfile::tempdir().unwrap();
    let repository = changed(folder.path(), PLAN, &[]);
    let run = run(&repository, ["check", "--since", "origin/main"]);
    assert_eq!(run.status, 3);
    assert!(
        run.stderr.contains("fetch the whole history"),
        "{}",
        run.stderr
    );
}

#[test]
fn results_say_whether_the_change_brought_them() {
    let folder = tempfile::tempdir().unwrap();
    let repository = changed(folder.path(), &PLAN.replace("- Backup: @tobias\n", ""), &[]);
    let log = check(&repository, &["--format", "sarif"]).json();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let state = |rule: &str| {
        let result = results.iter().find(|result| result["ruleId"] == rule);
        result.unwrap()["baselineState"].as_str().unwrap()
    };
    assert_eq!(state("no-backup"), "new");
    assert_eq!(state("no-program-owner"), "unchanged");
}

#[test]
fn a_toggle_that_goes_wants_a_runbook_and_a_decision_record() {
    let folder = tempfile::tempdir().unwrap();
    let code = ("src/berths.py", "two()\none()\n");
    let bare = changed(&folder.path().join("bare"), PLAN, &[code]);
    let run = check(&bare, &["--fail-on", "toggle-removed-undocumented"]);
    assert_eq!(run.status, 1, "{}", run.stdout);
    assert!(
        run.stdout.contains("removes the toggle `new-tides`"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("src/berths.py:1"), "{}", run.stdout);
    let told = [
        code,
        ("docs/runbooks/restart.md", "# Restart\nRoll back.\n"),
        ("docs/adr/0001-tides.md", "# Tides for good\n"),
    ];
    let told = changed(&folder.path().join("told"), PLAN, &told);
    let status = check(&told, &["--fail-on", "toggle-removed-undocumented"]).status;
    assert_eq!(status, 0);
}
