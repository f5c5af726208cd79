//! `bus-factor`.

use super::fixture::{
    Commit, INGRID, TOBIAS, berth_planner, git, import, repository, run, run_with_input, write,
};

const FORMAT: &str = "--format=%x1e%H%x1f%P%x1f%at%x1f%aN%x1f%aE%x1f%(trailers:key=Co-authored-by,valueonly,separator=%x1d)%x1f%(trailers:key=Reviewed-by,valueonly,separator=%x1d)";

#[test]
fn a_repository_and_its_stream_read_alike() {
    let folder = tempfile::tempdir().unwrap();
    let repository = berth_planner(folder.path());
    let of_repository = run(&repository, ["bus-factor"]);
    assert_eq!(of_repository.status, 0, "{}", of_repository.stderr);
    let json = of_repository.json();
    let authorship = &json["readings"]["authorship"];
    assert_eq!(authorship["busFactor"], 2);
    assert_eq!(authorship["files"]["counted"], 2);
    assert_eq!(authorship["people"][0]["files"], 1);
    assert_eq!(authorship["people"][0]["share"], 0.5);

    let arguments = [
        "log",
        "--reverse",
        "--topo-order",
        "-z",
        "--name-status",
        "-M50%",
        FORMAT,
        "main",
    ];
    let stream = git(&repository, arguments, b"");
    let of_stream = run_with_input(folder.path(), ["bus-factor", "--log", "-"], &stream);
    assert_eq!(of_stream.stdout, of_repository.stdout);

    let cut = stream.get(..stream.len() - 30).unwrap();
    let of_cut = run_with_input(folder.path(), ["bus-factor", "--log", "-"], cut);
    assert_eq!(
        (of_cut.status, of_cut.stdout.as_str()),
        (3, ""),
        "{}",
        of_cut.stderr
    );
    assert_eq!(
        run_with_input(folder.path(), ["bus-factor", "--log", "-"], b"").status,
        3
    );
    assert_eq!(
        run_with_input(folder.path(), ["bus-factor", "--log", "-"], b"no stream\n").status,
        3
    );
}

/// A commit of the stream that adds a file.
fn commit(hash: char, name: &str, email: &str) -> String {
    let hash = hash.to_string().repeat(40);
    format!("\u{1e}{hash}\u{1f}\u{1f}1700000000\u{1f}{name}\u{1f}{email}\u{1f}\0\nA\0{hash}.rs\0")
}

#[test]
fn a_machine_of_several_names_counts_for_nobody_under_any() {
    let stream = [
        commit('1', "Ada Moor", "ada@quay.example"),
        commit('2', "Crane 1", "crane[bot]@quay.example"),
        commit('3', "Crane 2", "crane[bot]@quay.example"),
        commit('4', "Crane 2", "crane[bot]@quay.example"),
        commit('5', "crane[bot]", "crane[bot]@quay.example"),
    ];
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["bus-factor", "--log", "-"];
    let answer = run_with_input(folder.path(), arguments, stream.concat().as_bytes()).json();
    assert_eq!(answer["merges"].as_array().unwrap().len(), 0, "{answer}");
    let bots = answer["bots"].as_array().unwrap();
    assert_eq!(bots.len(), 1, "{answer}");
    assert_eq!(bots[0]["name"], "Crane 2");
    assert_eq!(
        bots[0]["otherNames"],
        serde_json::json!(["Crane 1", "crane[bot]"])
    );
}

#[test]
fn a_table_names_those_who_count_for_somebody_else_and_counts_addresses() {
    let stream = [
        commit('1', "Ada Moor", "ada@quay.example"),
        commit('2', "Ada Moor", "ada@home.example"),
        commit('3', "amoor", "ada@quay.example"),
        commit('4', "amoor", "ada@home.example"),
    ];
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["bus-factor", "--log", "-", "--format", "table"];
    let ran = run_with_input(folder.path(), arguments, stream.concat().as_bytes());
    let merges: Vec<&str> = ran.stdout.lines().rev().take(3).collect();
    assert_eq!(
        merges[1].split_whitespace().take(4).collect::<Vec<_>>(),
        ["amoor", "Ada", "Moor", "same"]
    );
    assert!(
        merges[0].starts_with("and 2 more addresses of the same names"),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_table_names_the_name_that_ties_two_others() {
    let stream = [
        commit('1', "Ada Moor", "ada@quay.example"),
        commit('2', "Ada Moor", "ada@quay.example"),
        commit('3', "Harbour", "ada@quay.example"),
        commit('4', "harbour", "h@home.example"),
        commit('5', "Harbour", "h@work.example"),
        commit('6', "", "ada@quay.example"),
    ];
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["bus-factor", "--log", "-", "--format", "markdown"];
    let ran = run_with_input(folder.path(), arguments, stream.concat().as_bytes());
    for row in [
        "| (no name) | Ada Moor | same e-mail address |",
        "| Harbour | Ada Moor | same e-mail address |",
        "| harbour | Ada Moor | same full name as Harbour |",
    ] {
        assert_eq!(ran.stdout.matches(row).count(), 1, "{row}: {}", ran.stdout);
    }
}

#[test]
fn the_file_lists_are_chosen_and_named() {
    let stream = "\u{1e}0123456789012345678901234567890123456789\u{1f}\u{1f}1700000000\u{1f}Ada\
        \u{1f}ada@example.org\u{1f}\0\nA\0App.tsx\0A\0values.yaml\0";
    let folder = tempfile::tempdir().unwrap();
    for (arguments, name, counted) in [
        (&[][..], "linguist-9.6", 1),
        (&["--lists", "2015-03"], "linguist-2015-03", 0),
        (
            &["--also-count", "configuration"],
            "linguist-9.6+configuration",
            2,
        ),
    ] {
        let asked = ["bus-factor", "--log", "-"].into_iter();
        let asked = asked.chain(arguments.iter().copied());
        let ran = run_with_input(folder.path(), asked, stream.as_bytes());
        let authorship = &ran.json()["readings"]["authorship"];
        assert_eq!(authorship["filterVersion"], name);
        assert_eq!(authorship["files"]["counted"], counted);
    }
}

#[test]
fn a_set_of_paths_is_read_by_their_patterns() {
    let folder = tempfile::tempdir().unwrap();
    let repository = berth_planner(folder.path());
    let counted = |patterns: &str| {
        let asked = ["bus-factor", "--model", "recent", "--paths", patterns];
        run(&repository, asked).json()["readings"]["recent"]["files"]["counted"].clone()
    };
    let (docs, all) = (counted("/docs/"), counted("*"));
    assert_eq!(docs, 1);
    assert_eq!(counted("*.nothing"), 0);
    assert_eq!(counted("*.nothing,/docs/"), docs);
    assert!(all.as_u64() > docs.as_u64(), "{all}");

    let wrong = run(&repository, ["bus-factor", "--paths", "/"]);
    assert_eq!(wrong.status, 2, "{}", wrong.stdout);
    assert!(wrong.stderr.contains("--paths"), "{}", wrong.stderr);
}

#[test]
fn a_part_of_a_repository_is_read_alone() {
    let folder = tempfile::tempdir().unwrap();
    let repository = berth_planner(folder.path());
    let docs = run(
        &repository,
        ["bus-factor", "--model", "recent", "--under", "docs"],
    )
    .json();
    assert_eq!(docs["readings"]["recent"]["files"]["counted"], 1);
    assert_eq!(docs["readings"].as_object().unwrap().len(), 1);

    write(
        &repository.join("list"),
        "src/tides.py\nMENTORSHIP.md\nnowhere.py\n",
    );
    let files = run(
        &repository,
        ["bus-factor", "--model", "authorship", "--files", "list"],
    )
    .json();
    assert_eq!(files["readings"]["authorship"]["files"]["counted"], 2);
}

#[test]
fn what_cannot_be_read_is_told_and_gives_no_number() {
    let folder = tempfile::tempdir().unwrap();
    let repository = berth_planner(folder.path());
    let nowhere = run(&repository, ["bus-factor", "--rev", "nowhere"]);
    assert_eq!(
        (nowhere.status, nowhere.stdout.as_str()),
        (3, ""),
        "{}",
        nowhere.stderr
    );
    assert_eq!(run(&repository, ["bus-factor", "--rev", "--all"]).status, 2);
    assert_eq!(
        run(&repository, ["bus-factor", "--model", "blended"]).status,
        2
    );
    assert_eq!(
        run(&repository, ["bus-factor", "--log", "nowhere"]).status,
        3
    );
}

#[test]
fn paths_that_are_no_text_count() {
    let folder = tempfile::tempdir().unwrap();
    let mut stream = format!("commit refs/heads/main\nauthor {INGRID} 1788307200 +0000\ncommitter {INGRID} 1788307200 +0000\ndata 1\nx\n").into_bytes();
    stream.extend(
        b"M 100644 inline \"src/caf\\351.py\"\ndata 1\nx\nM 100644 inline b.py\ndata 1\ny\n\n",
    );
    import(folder.path(), &stream);
    let run = run(folder.path(), ["bus-factor"]);
    assert_eq!(
        run.json()["readings"]["authorship"]["files"]["counted"],
        2,
        "{}",
        run.stderr
    );
}

#[test]
fn whom_a_trailer_names_is_looked_up_in_the_mailmap() {
    let folder = tempfile::tempdir().unwrap();
    let mailmap = "Tobias Weber <tobias@halvorsen.example> Tobi <shared@old.example>\n";
    let message = "Pair\n\nCo-authored-by: tobi <shared@old.example>\n";
    let stream = format!(
        "commit refs/heads/main\nauthor {TOBIAS} 1788220800 +0000\ncommitter {TOBIAS} 1788220800 +0000\n\
         data 3\nOneM 100644 inline .mailmap\ndata {}\n{mailmap}M 100644 inline a.py\ndata 1\na\n\
         commit refs/heads/main\nauthor {INGRID} 1788307200 +0000\ncommitter {INGRID} 1788307200 +0000\n\
         data {}\n{message}M 100644 inline a.py\ndata 1\nb\n",
        mailmap.len(),
        message.len()
    );
    import(folder.path(), stream.as_bytes());

    let answer = run(folder.path(), ["bus-factor", "--model", "absence"]).json();
    let people = answer["readings"]["absence"]["people"].as_array().unwrap();
    assert_eq!(people.len(), 2, "{people:?}");
    assert_eq!(people[0]["name"], "Tobias Weber");
    // A check reads the same.
    let checked = run(folder.path(), ["check", ".", "--format", "json"]);
    assert!(
        !checked.stdout.contains("shared@old.example"),
        "{}",
        checked.stdout
    );
}

#[test]
fn leavers_aliases_and_ignored_commits_do_not_count_and_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let private = "tobias at home <tobi@home.example>";
    let commit = |author, files| Commit { author, files };
    let mut commits = vec![
        commit(INGRID, &[("src/a.py", "a"), ("src/b.py", "b")][..]),
        commit(TOBIAS, &[("src/c.py", "c"), ("src/d.py", "d")][..]),
        commit(private, &[("src/e.py", "e"), ("src/a.py", "aa")][..]),
    ];
    let first = repository(&folder.path().join("first"), &commits);
    let reformatting = git(&first, ["rev-parse", "main"], b"");
    let reformatting = String::from_utf8(reformatting).unwrap();
    let ignored = format!("# Reformatted\n{reformatting}");
    let revisions = [(".git-blame-ignore-revs", ignored.as_str())];
    commits.push(commit(INGRID, &revisions[..]));
    let repository = repository(&folder.path().join("second"), &commits);
    let policy = folder.path().join("policy.yaml");
    write(
        &policy,
        "people:\n  left: [tobias@halvorsen.example]\n  aliases:\n    tobi@home.example: user:default/tobias\n    tobias@halvorsen.example: user:default/tobias\n",
    );
    let policy = policy.to_str().unwrap();

    let all = run(&repository, ["bus-factor", "--model", "authorship"]);
    assert!(
        all.stderr
            .contains("1 commit that the repository asks to ignore"),
        "{}",
        all.stderr
    );
    let all = all.json();
    let authorship = &all["readings"]["authorship"];
    // The file that only the ignored commit touched is nobody's work.
    assert_eq!(authorship["files"]["counted"], 4);
    assert_eq!(authorship["busFactor"], 2);
    assert_eq!(all["merges"].as_array().unwrap().len(), 0);

    let arguments = ["bus-factor", "--model", "authorship", "--policy", policy];
    let without = run(&repository, arguments).json();
    let authorship = &without["readings"]["authorship"];
    assert_eq!(
        (&authorship["busFactor"], &authorship["asPublished"]),
        (&1.into(), &2.into())
    );
    assert_eq!(without["merges"][0]["reason"], "configured alias");
    let left: Vec<_> = authorship["people"]
        .as_array()
        .unwrap()
        .iter()
        .map(|person| person["left"].clone())
        .collect();
    assert_eq!(left, [false, true]);

    let table = run(
        &repository,
        ["bus-factor", "--format", "table", "--policy", policy],
    )
    .stdout;
    for told in [
        "(left)",
        "1 (2 with those who left)",
        "configured alias",
        "left out:",
    ] {
        assert!(table.contains(told), "{told}: {table}");
    }
    assert!(
        table.lines().all(|line| line.chars().count() <= 80),
        "{table}"
    );
}
