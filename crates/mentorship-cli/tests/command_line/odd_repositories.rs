//! Repositories as they are found: cut, half there, with names and dates that
//! nobody expects. Each is made by `git fast-import`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::fixture::{Commit, INGRID, Run, TOBIAS, git, import, repository, run, write};

/// A commit of a fast-import stream on `branch`: `who` is written raw, behind
/// `author`.
fn commit(stream: &mut Vec<u8>, mark: u32, who: &[u8], rest: &[u8]) {
    stream.extend(format!("commit refs/heads/main\nmark :{mark}\nauthor ").bytes());
    stream.extend(who);
    stream.extend(b"\ncommitter C <c@x.example> 1790000000 +0000\ndata 1\nx\n");
    stream.extend(rest);
    stream.push(b'\n');
}

/// A file in a commit; the path is quoted as fast-import reads it.
fn file(quoted: &str, text: &str) -> Vec<u8> {
    format!("M 100644 inline {quoted}\ndata {}\n{text}\n", text.len()).into_bytes()
}

fn imported(folder: &tempfile::TempDir, stream: &[u8]) -> PathBuf {
    let path = folder.path().join("berths");
    import(&path, stream);
    path
}

fn readings(repository: &Path) -> serde_json::Value {
    let run = bus_factor(repository);
    assert_eq!(run.status, 0, "{}", run.stderr);
    run.json()["readings"].clone()
}

fn bus_factor(repository: &Path) -> Run {
    run(repository, ["bus-factor", "--format", "json"])
}

/// What `check` says of the history, and what it tells beside it.
fn history_of(repository: &Path) -> (String, String) {
    let run = run(
        repository,
        ["check", "--as-of", "2026-11-21", "--format", "json"],
    );
    assert!(run.status <= 1, "{}", run.stderr);
    let assessment = run.assessment(0);
    let evidence = assessment["evidence"].as_array().unwrap();
    let history = evidence
        .iter()
        .find(|each| each["kind"] == "history")
        .unwrap();
    (history["state"].as_str().unwrap().to_owned(), run.stderr)
}

fn two_days(folder: &Path) -> PathBuf {
    repository(
        &folder.join("origin"),
        &[
            Commit {
                author: INGRID,
                files: &[
                    (
                        "catalog-info.yaml",
                        "kind: Component\nmetadata: {name: berths}\n",
                    ),
                    ("src/berths.py", "one = 1\ntwo = 2\nthree = 3\n"),
                ],
            },
            Commit {
                author: TOBIAS,
                files: &[("src/tides.py", "two = 2\n")],
            },
        ],
    )
}

fn cloned(folder: &Path, origin: &Path, filter: &str) -> PathBuf {
    git(origin, ["config", "uploadpack.allowFilter", "true"], b"");
    let clone = folder.join("clone");
    let address = format!("file://{}", origin.display());
    let target = clone.to_str().unwrap();
    git(
        folder,
        ["clone", "-q", "--bare", filter, &address, target],
        b"",
    );
    clone
}

#[test]
fn a_shallow_clone_is_no_small_history() {
    let folder = tempfile::tempdir().unwrap();
    let origin = two_days(folder.path());
    let clone = cloned(folder.path(), &origin, "--depth=1");

    let run = bus_factor(&clone);
    assert_eq!(run.status, 3, "{}", run.stdout);
    assert!(run.stderr.contains("--unshallow"), "{}", run.stderr);
    let (state, told) = history_of(&clone);
    assert_eq!(state, "failed");
    assert!(told.contains("--unshallow"), "{told}");
}

#[test]
fn a_partial_clone_is_read_as_far_as_it_goes_and_fetches_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let origin = two_days(folder.path());
    let clone = cloned(folder.path(), &origin, "--filter=blob:none");
    let objects = |clone: &Path| git(clone, ["count-objects", "-v"], b"");
    // Nothing was renamed, so no content is looked at.
    assert_eq!(readings(&clone)["absence"]["busFactor"], 1);

    // A rename with a change in it is found by its contents alone.
    let moved = b"commit refs/heads/main\nauthor A <a@x.example> 1790000000 +0000\n\
        committer A <a@x.example> 1790000000 +0000\ndata 1\nx\nfrom refs/heads/main^0\n\
        D src/berths.py\nM 100644 inline src/quays.py\ndata 35\none = 1\ntwo = 2\nthree = 3\nfour = 4\n\n\n";
    git(&origin, ["fast-import", "--quiet"], moved);
    std::fs::remove_dir_all(&clone).unwrap();
    let clone = cloned(folder.path(), &origin, "--filter=blob:none");
    let before = objects(&clone);
    let run = bus_factor(&clone);
    assert_eq!(run.status, 3, "{}", run.stdout);
    assert!(run.stderr.contains("--no-filter"), "{}", run.stderr);
    let (state, told) = history_of(&clone);
    assert_eq!(state, "failed");
    assert!(told.contains("--no-filter"), "{told}");
    assert_eq!(objects(&clone), before);
}

/// A repository of loose objects in which a file is renamed and changed at once, and then
/// changed again.
fn renamed(folder: &Path) -> PathBuf {
    let origin = folder.join("berths");
    let lines = |count| "line\n".repeat(count);
    let changes = [
        file("a.py", &lines(40)),
        [b"D a.py\n".to_vec(), file("b.py", &lines(41))].concat(),
        file("b.py", &lines(42)),
    ];
    let mut stream = Vec::new();
    for (number, change) in (1..).zip(changes) {
        let author = format!("A <a@x.example> 178000000{number} +0000");
        commit(&mut stream, number, author.as_bytes(), &change);
    }
    git(
        Path::new("."),
        ["init", "-q", "-b", "main", origin.to_str().unwrap()],
        b"",
    );
    let loose = [
        "-c",
        "fastimport.unpackLimit=1000",
        "fast-import",
        "--quiet",
    ];
    git(&origin, loose, &stream);
    origin
}

fn lose(origin: &Path, object: &str) {
    let id = String::from_utf8(git(origin, ["rev-parse", object], b"")).unwrap();
    let (folder, rest) = id.trim().split_at(2);
    std::fs::remove_file(origin.join(".git/objects").join(folder).join(rest)).unwrap();
}

#[test]
fn a_content_that_is_gone_hides_a_rename_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let origin = renamed(folder.path());
    let whole = bus_factor(&origin).json();
    lose(&origin, "main~2:a.py");

    let (state, told) = history_of(&origin);
    assert_eq!(state, "found", "{told}");
    assert!(told.contains("1 content of a file is gone"), "{told}");
    assert!(told.contains("a fresh clone brings it"), "{told}");
    for format in ["json", "markdown", "sarif"] {
        let answer = run(&origin, ["check", "--format", format]).stdout;
        let told = answer.contains("1 content of a file is gone from this copy");
        assert!(told, "{format}: {answer}");
    }
    let damaged = bus_factor(&origin).json();
    // What is sent away would be gone on from for years.
    let collected = run(&origin, ["collect"]);
    assert_eq!((collected.status, collected.stdout.as_str()), (3, ""));
    assert!(collected.stderr.contains("is gone"), "{}", collected.stderr);
    // Commits and living files are all there, and each once.
    for (reading, what) in [("absence", "people"), ("authorship", "files")] {
        assert_eq!(
            damaged["readings"][reading][what],
            whole["readings"][reading][what]
        );
    }
}

#[test]
fn a_folder_that_is_gone_fails_the_history_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let origin = renamed(folder.path());
    lose(&origin, "main~2^{tree}");

    let (state, told) = history_of(&origin);
    assert_eq!(state, "failed");
    assert!(told.contains("unable to read"), "{told}");
    assert!(told.contains("a fresh clone brings it"), "{told}");
}

#[test]
fn a_repository_without_a_commit_is_empty_and_an_unborn_branch_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let empty = imported(&folder, b"");
    assert_eq!(history_of(&empty).0, "missing");
    assert_eq!(bus_factor(&empty).status, 3);

    let origin = two_days(folder.path());
    git(&origin, ["symbolic-ref", "HEAD", "refs/heads/unborn"], b"");
    let run = run(&origin, ["check"]);
    assert_eq!(run.status, 3, "{}", run.stdout);
    let told = run.stderr;
    assert!(told.contains("has no commit though others have"), "{told}");

    let tip = git(&origin, ["rev-parse", "main"], b"");
    let tip = String::from_utf8(tip).unwrap();
    git(
        &origin,
        ["update-ref", "--no-deref", "HEAD", tip.trim()],
        b"",
    );
    assert_eq!(history_of(&origin).0, "found");
}

#[test]
fn a_submodule_is_no_file_of_the_repository() {
    let folder = tempfile::tempdir().unwrap();
    let mut stream = Vec::new();
    let link = b"M 160000 1234567890123456789012345678901234567890 vendored\n";
    commit(
        &mut stream,
        1,
        b"A <a@x.example> 1780000000 +0000",
        &[file("a.py", "1"), link.to_vec()].concat(),
    );
    commit(
        &mut stream,
        2,
        b"B <b@x.example> 1780100000 +0000",
        b"M 160000 2234567890123456789012345678901234567890 vendored\n",
    );
    let path = imported(&folder, &stream);

    let recent = &readings(&path)["recent"];
    assert_eq!(recent["files"]["counted"], 1, "{recent}");
    assert_eq!(recent["people"].as_array().unwrap().len(), 1, "{recent}");
}

#[test]
fn names_that_are_no_text_hide_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let mut stream = Vec::new();
    let odd_paths = [
        r#""l\303\244n\377ge.py""#,
        r#""line\nbreak.py""#,
        r#""tab\there.py""#,
        r#""\036record.py""#,
        r#""\037unit.py""#,
        r#""\342\200\256txt.py""#,
        r#""\033[31mred.py""#,
    ];
    let files: Vec<u8> = odd_paths.iter().flat_map(|path| file(path, path)).collect();
    commit(
        &mut stream,
        1,
        b"J\xfcrgen <j@x.example> 1780000000 +0000",
        &files,
    );
    let odd_people: [&[u8]; 6] = [
        b" <> 1780100000 +0000",
        b"Only Name <> 1780200000 +0000",
        b" <only@x.example> 1780300000 +0000",
        b"Un\x1fit \x1eRecord <u@x.example> 1780400000 +0000",
        b"\xe2\x80\xaeecilA <e@x.example> 1780500000 +0000",
        b"\x1b[31mRed <r@x.example> 1780600000 +0000",
    ];
    for (mark, who) in (2..).zip(odd_people) {
        commit(&mut stream, mark, who, &file(&format!("p{mark}.py"), "1"));
    }
    let path = imported(&folder, &stream);

    let readings = readings(&path);
    let recent = &readings["recent"];
    assert_eq!(recent["files"]["counted"], 13, "{recent}");
    let people = recent["people"].as_array().unwrap();
    assert_eq!(people.len(), 7, "{recent}");
    assert_eq!(people[0]["name"], "J\u{fffd}rgen");
    assert_eq!(people[0]["files"], 7, "{recent}");

    let names: Vec<&str> = people
        .iter()
        .filter_map(|one| one["name"].as_str())
        .collect();
    assert!(names.contains(&"\u{fffd}ecilA"), "{names:?}");
    assert!(names.contains(&"\u{fffd}[31mRed"), "{names:?}");

    // At a terminal, none of it takes effect.
    let shown = run(&path, ["bus-factor", "--format", "table"]);
    assert_eq!(shown.status, 0, "{}", shown.stderr);
    let harmful = ['\u{1b}', '\u{202e}', '\u{1e}', '\u{1f}'];
    assert!(!shown.stdout.contains(harmful), "{:?}", shown.stdout);
}

#[test]
fn a_listing_that_went_through_text_finds_files_whose_names_are_none() {
    let folder = tempfile::tempdir().unwrap();
    let mut stream = Vec::new();
    let files = [
        file(
            "catalog-info.yaml",
            "kind: Component\nmetadata: {name: berths}\n",
        ),
        file(r#""l\303\244n\377ge.py""#, "1"),
    ]
    .concat();
    commit(&mut stream, 1, b"A <a@x.example> 1780000000 +0000", &files);
    let path = imported(&folder, &stream);

    let run = run(
        &path,
        ["check", "--as-of", "2026-11-21", "--format", "json"],
    );
    let assessment = run.assessment(0);
    let readings = assessment["busFactor"]["readings"].as_array().unwrap();
    let recent = readings.iter().find(|each| each["name"] == "recent");
    assert_eq!(recent.unwrap()["value"], 1, "{readings:?}");
    assert_eq!(recent.unwrap()["filesCounted"], 2, "{readings:?}");
}

#[test]
fn dates_out_of_this_world_are_placed_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut stream = Vec::new();
    let whos: [&[u8]; 3] = [
        b"Old <old@x.example> 0 +0000",
        b"Now <now@x.example> 1790000000 +0000",
        b"Late <late@x.example> 4102444800 +0000",
    ];
    for (mark, who) in (1..).zip(whos) {
        commit(&mut stream, mark, who, &file(&format!("p{mark}.py"), "1"));
    }
    let path = imported(&folder, &stream);
    // Before 1970 git itself writes nothing, but other programs did.
    let raw = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor Older <o@x.example> -86400 +0000\n\
        committer C <c@x.example> 1790000000 +0000\n\nx\n";
    let object = [
        "hash-object",
        "-w",
        "-t",
        "commit",
        "--literally",
        "--stdin",
    ];
    let object = git(&path, object, raw.as_bytes());
    let object = String::from_utf8(object).unwrap();
    let merge = format!(
        "commit refs/heads/main\nauthor M <m@x.example> 1790000200 +0000\n\
         committer M <m@x.example> 1790000200 +0000\ndata 1\nx\nfrom refs/heads/main^0\nmerge {}\n\n",
        object.trim()
    );
    git(&path, ["fast-import", "--quiet"], merge.as_bytes());

    let readings = readings(&path);
    assert_eq!(readings["authorship"]["files"]["counted"], 3, "{readings}");
    assert_eq!(history_of(&path).0, "found");
}

#[test]
fn the_configuration_of_a_repository_takes_no_part() {
    let folder = tempfile::tempdir().unwrap();
    let origin = two_days(folder.path());
    let before = readings(&origin);
    write(
        &folder.path().join("mailmap"),
        "Ingrid Solheim <tobias@halvorsen.example>\n",
    );
    write(&folder.path().join("order"), "*.py\n");
    let mailmap = folder.path().join("mailmap");
    let order = folder.path().join("order");
    for (key, value) in [
        ("mailmap.file", mailmap.to_str().unwrap()),
        ("diff.orderFile", order.to_str().unwrap()),
        ("log.follow", "true"),
        ("log.diffMerges", "separate"),
        ("log.showSignature", "true"),
        ("diff.renames", "false"),
        ("diff.renameLimit", "1"),
        ("diff.noPrefix", "true"),
        ("diff.relative", "true"),
        ("color.ui", "always"),
        ("i18n.logOutputEncoding", "UTF-16"),
        ("trailer.separators", "#"),
        ("format.pretty", "oneline"),
    ] {
        git(&origin, ["config", key, value], b"");
    }
    let tip = git(&origin, ["rev-parse", "main"], b"");
    let tip = String::from_utf8(tip).unwrap();
    git(
        &origin,
        ["replace", tip.trim(), &format!("{}~1", tip.trim())],
        b"",
    );

    assert_eq!(readings(&origin), before);
}

#[test]
fn criss_cross_merges_count_nobody_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mut stream = String::new();
    let who = |name: &str, day: u32| {
        let line = format!(
            "{name} <{name}@x.example> {} +0000",
            1_780_000_000 + day * 86_400
        );
        format!("author {line}\ncommitter {line}\ndata 1\nx\n")
    };
    let add = |path: &str| format!("M 100644 inline {path}\ndata 1\n1\n");
    let mut commit = |branch: &str, mark: u32, from: &[u32], name: &str, change: &str| {
        write!(
            stream,
            "commit refs/heads/{branch}\nmark :{mark}\n{}",
            who(name, mark)
        )
        .unwrap();
        for (nth, from) in from.iter().enumerate() {
            let word = if nth == 0 { "from" } else { "merge" };
            writeln!(stream, "{word} :{from}").unwrap();
        }
        stream.push_str(change);
        stream.push('\n');
    };
    commit("main", 1, &[], "ann", &add("root.py"));
    commit("main", 2, &[1], "ann", &add("a.py"));
    commit("side", 3, &[1], "bo", &add("b.py"));
    commit("main", 4, &[2, 3], "mel", &add("b.py"));
    commit("side", 5, &[3, 2], "mel", &add("a.py"));
    commit("main", 6, &[4, 5], "mel", "");
    let path = imported(&folder, stream.as_bytes());

    let absence = &readings(&path)["absence"];
    let people = absence["people"].as_array().unwrap();
    let named: Vec<&str> = people
        .iter()
        .filter_map(|person| person["name"].as_str())
        .collect();
    assert_eq!(named, ["ann", "bo"], "{absence}");
}

#[test]
fn a_commit_of_fifty_thousand_files_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut stream = b"blob\nmark :9\ndata 1\n1\n".to_vec();
    let files: String = (0..50_000).fold(String::new(), |mut files, number| {
        writeln!(files, "M 100644 :9 src/{}/{number}.py", number % 250).unwrap();
        files
    });
    commit(
        &mut stream,
        1,
        b"A <a@x.example> 1780000000 +0000",
        files.as_bytes(),
    );
    let path = imported(&folder, &stream);

    let authorship = &readings(&path)["authorship"];
    assert_eq!(authorship["files"]["counted"], 50_000);
    assert_eq!(authorship["people"][0]["files"], 50_000);
}

#[test]
fn files_that_are_not_utf_8_are_read_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let mut plan = vec![0xFF, 0xFE];
    plan.extend("Steward: @ann\n".encode_utf16().flat_map(u16::to_le_bytes));
    let owners = b"* @ann\n/a @zo\xEB\n";
    let mut files = Vec::new();
    for (path, content) in [("MENTORSHIP.md", plan.as_slice()), ("CODEOWNERS", owners)] {
        files.extend(format!("M 100644 inline {path}\ndata {}\n", content.len()).bytes());
        files.extend(content);
        files.push(b'\n');
    }
    let mut stream = Vec::new();
    commit(&mut stream, 1, b"A <a@x.example> 1780000000 +0000", &files);
    let path = imported(&folder, &stream);

    let run = run(
        &path,
        ["check", "--as-of", "2026-11-21", "--format", "json"],
    );
    let assessment = run.assessment(0);
    let told = assessment.to_string();
    assert_eq!(assessment["rotation"]["steward"]["name"], "@ann", "{told}");
    for what in [
        "the file is UTF-16",
        "this line has no effect: it is not UTF-8 text",
    ] {
        assert!(told.contains(what), "{told}");
    }
}
