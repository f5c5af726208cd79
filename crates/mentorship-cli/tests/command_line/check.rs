//! `check`.

use std::fs;

use super::fixture::{
    Commit, INGRID, PLAN, TOBIAS, berth_planner, git, mentorship, ran, repository, run, write,
};

const AS_OF: [&str; 2] = ["--as-of", "2026-11-20"];

#[test]
fn findings_end_with_one_and_are_told_level_first() {
    let folder = tempfile::tempdir().unwrap();
    let repository = berth_planner(&folder.path().join("berth-planner"));
    let run = run(&repository, ["check", AS_OF[0], AS_OF[1]]);
    assert_eq!((run.status, run.stderr.as_str()), (1, ""));
    let mut lines = run.stdout.lines();
    assert_eq!(
        lines.next(),
        Some("berth-planner  component:default/berth-planner")
    );
    assert!(
        lines.next().unwrap().starts_with("developing  score "),
        "{}",
        run.stdout
    );
    let fails = run.stdout.find("\nFails\n").unwrap();
    assert!(run.stdout.find("\nFor covered\n").unwrap() < fails);
    assert!(fails < run.stdout.find("\nTo find out\n").unwrap());
    assert!(!run.stdout.contains('\u{1b}'));
    assert!(
        run.stdout.lines().all(|line| line.chars().count() <= 80),
        "{}",
        run.stdout
    );
}

#[test]
fn fail_on_decides_what_a_finding_is() {
    let folder = tempfile::tempdir().unwrap();
    let repository = berth_planner(folder.path());
    let status = |fail_on: &str| {
        run(
            &repository,
            ["check", AS_OF[0], AS_OF[1], "--fail-on", fail_on],
        )
        .status
    };
    assert_eq!(status("exposed"), 0);
    assert_eq!(status("no-steward"), 0);
    assert_eq!(status("developing"), 1);
    assert_eq!(status("covered"), 1);
    assert_eq!(status("no-program-owner"), 1);
    assert_eq!(status("no-stewart"), 2);
}

#[test]
fn a_service_is_made_up_and_judged_as_if_enrolled_and_both_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let commits = [Commit {
        author: INGRID,
        files: &[("main.py", "x = 1\n")],
    }];
    let repository = repository(&folder.path().join("tide-tables"), &commits);
    let run = run(&repository, ["check", AS_OF[0], AS_OF[1]]);
    assert_eq!(run.status, 1);
    assert!(
        run.stdout
            .starts_with("tide-tables  component:default/tide-tables\nexposed  score "),
        "{}",
        run.stdout
    );
    assert!(
        run.stderr
            .contains("component:default/tide-tables: made up from the folder's name"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr.contains("judged as if it were"),
        "{}",
        run.stderr
    );
    assert_eq!(run.stderr.lines().count(), 2);
}

#[test]
fn a_service_that_says_no_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let entity =
        "kind: Component\nmetadata: {name: x, annotations: {mentorship/enrolled: 'false'}}\n";
    let commits = [Commit {
        author: INGRID,
        files: &[("catalog-info.yaml", entity)],
    }];
    let repository = repository(folder.path(), &commits);
    let run = run(&repository, ["check"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.contains("not-enrolled"));
}

#[test]
fn an_empty_repository_is_found_and_empty() {
    let folder = tempfile::tempdir().unwrap();
    let repository = repository(&folder.path().join("new"), &[]);
    let run = run(&repository, ["check", "--format", "json"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    let evidence = run.assessment(0)["evidence"].clone();
    let states: Vec<&str> = evidence
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["state"].as_str().unwrap())
        .collect();
    assert!(
        states.contains(&"missing") && !states.contains(&"failed"),
        "{states:?}"
    );
}

#[test]
fn no_repository_is_nothing_read() {
    let folder = tempfile::tempdir().unwrap();
    let nothing = run(folder.path(), ["check"]);
    assert_eq!((nothing.status, nothing.stdout.as_str()), (3, ""));
    assert!(
        nothing.stderr.contains("no git repository"),
        "{}",
        nothing.stderr
    );
    assert_eq!(run(folder.path(), ["check", "nowhere"]).status, 3);
    write(&folder.path().join(".git/HEAD"), "garbage");
    assert_eq!(run(folder.path(), ["check"]).status, 3);
}

#[test]
fn a_policy_that_is_wrong_is_told_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let repository = berth_planner(folder.path());
    for (name, text) in [
        ("p.json", r#"{"thresholds": {"maintainerTarget": 2}}"#),
        ("p.yaml", "thresholds:\n  maintainerTarget: 2\n"),
    ] {
        write(&repository.join(name), text);
        let run = run(&repository, ["check", "--policy", name]);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""));
        let told = format!(
            "{name}: thresholds.maintainerTarget: no such setting; did you mean `maintainersTarget`?"
        );
        assert!(run.stderr.contains(&told), "{}", run.stderr);
    }
    assert_eq!(
        run(&repository, ["check", "--policy", "nowhere.json"]).status,
        2
    );
    assert_eq!(
        run(&repository, ["check", "--as-of", "2026-02-30"]).status,
        2
    );
}

#[test]
fn a_shallow_clone_never_makes_a_smaller_history() {
    let folder = tempfile::tempdir().unwrap();
    let whole = berth_planner(&folder.path().join("whole"));
    let url = format!("file://{}", whole.display());
    git(
        folder.path(),
        [
            "clone",
            "-q",
            "--no-checkout",
            "--depth",
            "1",
            &url,
            "shallow",
        ],
        b"",
    );
    let run = run(
        &folder.path().join("shallow"),
        ["check", "--format", "json"],
    );
    assert!(
        run.stderr.contains("git fetch --unshallow"),
        "{}",
        run.stderr
    );
    let row = &run.json()["items"][0]["row"];
    assert!(row["busFactorRecent"].is_null(), "{row}");
    assert_eq!(row["busFactorDeclared"], 2);
}

#[test]
fn a_folder_chooses_among_the_services_of_a_monorepo() {
    let folder = tempfile::tempdir().unwrap();
    let entity = |name: &str| {
        format!(
            "kind: Component\nmetadata: {{name: {name}}}\n---\nkind: User\nmetadata: {{name: ingrid}}\n"
        )
    };
    let (pay, ship) = (entity("pay"), entity("ship"));
    let files = [
        ("services/pay/catalog-info.yaml", pay.as_str()),
        ("services/pay/src/a.py", "a"),
        ("services/ship/catalog-info.yaml", ship.as_str()),
        ("services/ship/MENTORSHIP.md", PLAN),
        ("libs/b.py", "b"),
    ];
    let repository = repository(
        folder.path(),
        &[Commit {
            author: TOBIAS,
            files: &files,
        }],
    );
    fs::create_dir_all(repository.join("services/pay/src")).unwrap();
    fs::create_dir_all(repository.join("libs")).unwrap();
    let services = |path: &str| -> Vec<String> {
        let run = run(&repository, ["check", path, "--format", "json"]);
        let items = run.json()["items"].as_array().unwrap().clone();
        items
            .iter()
            .map(|item| item["row"]["entityRef"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        services("."),
        ["component:default/pay", "component:default/ship"]
    );
    assert_eq!(services("services/pay/src"), ["component:default/pay"]);
    assert_eq!(services("libs"), ["component:default/libs"]);
}

#[test]
fn a_sample_is_judged_where_its_folder_is_named_only() {
    let folder = tempfile::tempdir().unwrap();
    let entity = |name: &str| format!("kind: Component\nmetadata: {{name: {name}}}\n");
    let (pay, demo) = (entity("pay"), entity("demo"));
    let files = [
        ("catalog-info.yaml", pay.as_str()),
        ("examples/demo/catalog-info.yaml", demo.as_str()),
        ("templates/new/skeleton/catalog-info.yaml", "{{ broken"),
    ];
    let repository = repository(
        folder.path(),
        &[Commit {
            author: TOBIAS,
            files: &files,
        }],
    );
    fs::create_dir_all(repository.join("examples/demo")).unwrap();
    let judged = |path: &str| {
        let run = run(&repository, ["check", path, "--format", "json"]);
        let items = run.json()["items"].as_array().unwrap().clone();
        let refs: Vec<String> = items
            .iter()
            .map(|item| item["row"]["entityRef"].as_str().unwrap().to_owned())
            .collect();
        (refs, run.stderr)
    };
    let (refs, stderr) = judged(".");
    assert_eq!(refs, ["component:default/pay"]);
    assert!(stderr.contains("as 2 catalog files are in all"), "{stderr}");
    assert!(!stderr.contains("not YAML"), "{stderr}");
    assert_eq!(judged("examples/demo").0, ["component:default/demo"]);
}

#[test]
fn a_template_outside_a_folder_of_templates_is_no_service() {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        (
            "catalog-info.yaml",
            "kind: Component\nmetadata: {name: pay}\n",
        ),
        (
            "apps/starter/catalog-info.yaml",
            "kind: Component\nmetadata:\n  name: \"{{ values.app_name }}\"\n",
        ),
        ("apps/portal/catalog-info.yaml", "backend: {listen: 7007}\n"),
    ];
    let repository = repository(
        folder.path(),
        &[Commit {
            author: TOBIAS,
            files: &files,
        }],
    );
    let ran = run(&repository, ["check", "--format", "json"]);
    assert_eq!(ran.json()["items"].as_array().unwrap().len(), 1);
    let told = ran.stderr;
    assert!(
        told.contains("left out as a template: component:default/{{ values"),
        "{told}"
    );
    assert_eq!(told.matches("no kind").count(), 1, "{told}");
}

#[test]
fn a_workflow_named_after_the_file_that_it_checks_declares_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        (
            "catalog-info.yaml",
            "kind: Component\nmetadata: {name: pay}\n",
        ),
        (
            ".github/workflows/catalog-info.yml",
            "name: catalog-info\non: push\n",
        ),
    ];
    let repository = repository(
        folder.path(),
        &[Commit {
            author: TOBIAS,
            files: &files,
        }],
    );
    let stderr = run(&repository, ["check", "--format", "json"]).stderr;
    assert!(!stderr.contains("no kind"), "{stderr}");
}

#[test]
fn what_one_cause_breaks_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let entity =
        "kind: Component\nmetadata:\n  name: pay\n  annotations: {mentorship/enrolled: \"true\"}\n";
    let repository = repository(
        folder.path(),
        &[Commit {
            author: TOBIAS,
            files: &[("catalog-info.yaml", entity)],
        }],
    );
    let table = run(&repository, ["check", "--format", "table"]).stdout;
    assert!(table.contains("the same goes for"), "{table}");
    let failed = run(&repository, ["check", "--format", "json"]).assessment(0);
    for finding in failed["findings"].as_array().unwrap() {
        if finding["outcome"]["verdict"] == "fail" {
            let rule = finding["rule"].as_str().unwrap();
            assert!(table.contains(rule), "{rule}");
        }
    }
    let markdown = run(&repository, ["check", "--format", "markdown"]).stdout;
    assert!(markdown.contains("the same goes for `"), "{markdown}");
}

#[test]
fn files_are_linked_where_the_host_shows_them_and_no_secret_leaves() {
    let folder = tempfile::tempdir().unwrap();
    let repository = berth_planner(folder.path());
    git(
        &repository,
        [
            "remote",
            "add",
            "origin",
            "https://bob:s3cret@github.com/acme/berth-planner.git",
        ],
        b"",
    );
    let run = run(&repository, ["check", "--format", "json"]);
    let head = String::from_utf8(git(&repository, ["rev-parse", "HEAD"], b"")).unwrap();
    let plan = &run.assessment(0)["mentorship"]["plan"]["href"];
    assert_eq!(
        plan,
        &format!(
            "https://github.com/acme/berth-planner/blob/{}/MENTORSHIP.md",
            head.trim()
        )
    );
    assert!(!run.stdout.contains("s3cret") && !run.stderr.contains("s3cret"));
}

#[test]
fn the_users_own_git_configuration_takes_no_part() {
    let folder = tempfile::tempdir().unwrap();
    let repository = berth_planner(folder.path());
    let plain = run(&repository, ["bus-factor"]);
    let home = folder.path().join("home");
    write(
        &home.join(".gitconfig"),
        "[log]\n\tshowSignature = true\n[diff]\n\tnoprefix = true\n[alias]\n\tlog = !false\n[core]\n\tbare = maybe\n",
    );
    let configured = ran(mentorship(&repository)
        .arg("bus-factor")
        .env("HOME", &home)
        .env("GIT_DIR", "/nowhere")
        .env("GIT_EXTERNAL_DIFF", "false")
        .output()
        .unwrap());
    assert_eq!(configured.stdout, plain.stdout);
}

#[test]
fn a_name_that_is_no_text_and_a_catalog_file_that_is_broken_stop_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut stream = format!("commit refs/heads/main\nauthor {INGRID} 1788307200 +0000\ncommitter {INGRID} 1788307200 +0000\ndata 1\nx\n").into_bytes();
    stream.extend(b"M 100644 inline \"docs/runbooks/caf\\351.md\"\ndata 1\nx\n");
    let entity = "kind: Component\nmetadata: {name: x}\n---\nkind: [\n---\nkind: Component\nmetadata: {name: y}\n";
    stream.extend(
        format!(
            "M 100644 inline catalog-info.yaml\ndata {}\n{entity}\n",
            entity.len()
        )
        .bytes(),
    );
    super::fixture::import(folder.path(), &stream);
    let run = run(folder.path(), ["check", "--format", "csv"]);
    assert_eq!(run.status, 1);
    assert_eq!(run.stdout.lines().count(), 3, "{}", run.stdout);
    let broken: Vec<&str> = run
        .stderr
        .lines()
        .filter(|line| line.contains("not YAML"))
        .collect();
    assert_eq!(broken.len(), 1, "{}", run.stderr);
    assert!(broken[0].contains("catalog-info.yaml:"), "{broken:?}");
}

#[test]
fn colour_is_for_terminals_and_no_color_is_heard() {
    let folder = tempfile::tempdir().unwrap();
    let repository = berth_planner(folder.path());
    let output = |variables: &[(&str, &str)]| {
        let mut command = mentorship(&repository);
        command.arg("check").envs(variables.iter().copied());
        ran(command.output().unwrap()).stdout
    };
    assert!(!output(&[]).contains('\u{1b}'));
    assert!(output(&[("CLICOLOR_FORCE", "1")]).contains('\u{1b}'));
    assert!(!output(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]).contains('\u{1b}'));
}

#[test]
fn markdown_shows_evidence_and_never_obeys_it() {
    let folder = tempfile::tempdir().unwrap();
    let entity =
        "kind: Component\nmetadata: {name: x, title: '<img src=x onerror=alert(1)> [a](b)'}\n";
    let repository = repository(
        folder.path(),
        &[Commit {
            author: INGRID,
            files: &[("catalog-info.yaml", entity)],
        }],
    );
    let run = run(&repository, ["check", "--format", "markdown"]);
    assert!(
        run.stdout
            .starts_with("## &lt;img src=x onerror=alert(1)> \\[a\\](b): exposed\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn notes_that_say_the_same_are_told_once_with_their_places() {
    let folder = tempfile::tempdir().unwrap();
    let mut owners = String::from("[Controllers]\n");
    for number in 0..9 {
        owners.push_str(&format!("/controllers/{number}/\n"));
    }
    owners.insert_str(0, "* @ann\n");
    let commits = [Commit {
        author: INGRID,
        files: &[
            (".gitlab/CODEOWNERS", owners.as_str()),
            ("controllers/1/a.py", "a\n"),
        ],
    }];
    let repository = repository(&folder.path().join("tides"), &commits);
    let check = run(&repository, ["check"]);
    assert!(
        check
            .stdout
            .contains(".gitlab/CODEOWNERS:4: `/controllers/1/`"),
        "{}",
        check.stdout
    );
    assert!(
        !check.stdout.contains("/controllers/2/"),
        "{}",
        check.stdout
    );
    assert!(
        check
            .stdout
            .contains("and the same of 7 more: .gitlab/CODEOWNERS:5–11"),
        "{}",
        check.stdout
    );
}
