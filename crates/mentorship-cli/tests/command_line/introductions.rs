//! Since when somebody has a role, out of real repositories: renames, merges,
//! clones that leave something out. Each is made by `git fast-import`.

use std::fmt::Write as _;
use std::path::Path;

use super::fixture::{git, import, run};

/// 2026-01-01, in seconds since 1970.
const NEW_YEAR: u64 = 1_767_225_600;

/// A fast-import stream in the making; commits are ten days apart, each with
/// what stands behind its head.
#[derive(Default)]
struct Stream {
    text: String,
    commits: u64,
}

impl Stream {
    fn commit(&mut self, branch: &str, rest: &str) -> &mut Self {
        self.commits += 1;
        let (mark, time) = (self.commits, NEW_YEAR + self.commits * 864_000);
        let who = format!("Ingrid <ingrid@x.example> {time} +0000");
        writeln!(
            self.text,
            "commit refs/heads/{branch}\nmark :{mark}\nauthor {who}\ncommitter {who}\ndata 1\nx\n{rest}"
        )
        .unwrap();
        self
    }
}

fn file(path: &str, text: &str) -> String {
    format!("M 100644 inline {path}\ndata {}\n{text}\n", text.len())
}

fn plan(steward: &str) -> String {
    let rest = "Scope: every berth of the harbour, and the cranes beside it\n".repeat(3);
    format!("# Mentorship\n\n{rest}\nSteward: @{steward}\n")
}

fn catalog() -> String {
    file(
        "catalog-info.yaml",
        "kind: Component\nmetadata: {name: berths}\n",
    )
}

/// Since when, how that is known, and what the rule says.
fn since(repository: &Path) -> (Option<String>, String) {
    let run = run(
        repository,
        ["check", "--as-of", "2026-11-21", "--format", "json"],
    );
    assert!(run.status <= 1, "{}", run.stderr);
    let assessment = run.assessment(0);
    let findings = assessment["findings"].as_array().unwrap();
    let finding = findings
        .iter()
        .find(|finding| finding["rule"] == "steward-since-unknown")
        .unwrap();
    let since = assessment["rotation"]["since"].as_str().map(str::to_owned);
    (since, finding["outcome"].to_string())
}

fn told(stream: &Stream) -> (Option<String>, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("berths");
    import(&path, stream.text.as_bytes());
    since(&path)
}

#[test]
fn earlier_versions_are_read_in_the_encoding_of_the_file() {
    let utf_16 = |steward: &str| {
        let text: Vec<u16> = format!("\u{feff}{}", plan(steward))
            .encode_utf16()
            .collect();
        let bytes: Vec<u8> = text.into_iter().flat_map(u16::to_le_bytes).collect();
        let head = format!("M 100644 inline MENTORSHIP.md\ndata {}\n", bytes.len());
        [head.as_bytes(), &bytes, b"\n"].concat()
    };
    let mut bytes = Vec::new();
    let mut stream = Stream::default();
    for (steward, rest) in [
        ("ben", catalog()),
        ("alice", file("a", "1")),
        ("alice", file("a", "2")),
    ] {
        stream.text.clear();
        stream.commit("main", &rest);
        // An empty line would end the commit.
        bytes.extend(stream.text.trim_end().bytes());
        bytes.push(b'\n');
        bytes.extend(utf_16(steward));
    }
    let folder = tempfile::tempdir().unwrap();
    import(folder.path(), &bytes);
    let (since, told) = since(folder.path());
    assert_eq!(since.as_deref(), Some("2026-01-21"), "{told}");
}

#[test]
fn a_plan_among_many_is_followed_through_a_move_of_all_of_them() {
    let plans = |folder: &str| -> String {
        let steward = |number: u32| if number == 29 { "alice" } else { "tobias" };
        (0..30)
            .map(|number| {
                let path = format!("{folder}/s{number}/MENTORSHIP.md");
                file(&path, &format!("{}\nOf {number}.\n", plan(steward(number))))
            })
            .collect()
    };
    let removed: String = (0..30)
        .map(|number| format!("D services/s{number}/MENTORSHIP.md\n"))
        .collect();
    let named = "kind: Component\nmetadata:\n  name: berths\n  annotations:\n    mentorship/plan: apps/s29/MENTORSHIP.md\n";
    let mut stream = Stream::default();
    stream
        .commit("main", &file("catalog-info.yaml", named))
        .commit("main", &plans("services"))
        .commit("main", &format!("{removed}{}", plans("apps")));
    let (since, told) = told(&stream);
    assert_eq!(since.as_deref(), Some("2026-01-21"), "{told}");
}

#[test]
fn a_plan_is_followed_through_renames_to_the_commit_that_named_the_steward() {
    let mut stream = Stream::default();
    stream
        .commit(
            "main",
            &format!("{}{}", catalog(), file("docs/team.md", &plan("tobias"))),
        )
        .commit("main", &file("docs/team.md", &plan("ingrid")))
        // With a change, so that only its contents tell.
        .commit(
            "main",
            &format!(
                "D docs/team.md\n{}",
                file("plan.md", &(plan("ingrid") + "\nmore\n"))
            ),
        )
        .commit("main", "R plan.md MENTORSHIP.md\n")
        .commit(
            "main",
            &file("MENTORSHIP.md", &(plan("ingrid") + "\neven more\n")),
        );
    let (since, outcome) = told(&stream);
    assert_eq!(since.as_deref(), Some("2026-01-21"));
    assert!(outcome.contains("inferred from commit "), "{outcome}");
}

#[test]
fn a_role_begins_when_its_branch_is_merged() {
    let mut stream = Stream::default();
    stream
        .commit(
            "main",
            &format!("{}{}", catalog(), file("MENTORSHIP.md", &plan("tobias"))),
        )
        .commit(
            "side",
            &format!("from :1\n{}", file("MENTORSHIP.md", &plan("ingrid"))),
        )
        .commit(
            "main",
            &format!(
                "from :1\n{}",
                file("MENTORSHIP.md", &(plan("tobias") + "\nmore\n"))
            ),
        )
        .commit(
            "main",
            &format!(
                "from :3\nmerge :2\n{}",
                file("MENTORSHIP.md", &(plan("ingrid") + "\nmore\n"))
            ),
        );
    assert_eq!(told(&stream).0.as_deref(), Some("2026-02-10"));
}

#[test]
fn a_link_in_the_place_of_the_plan_tells_nothing() {
    let mut stream = Stream::default();
    let link = "M 120000 inline MENTORSHIP.md\ndata 12\ndocs/plan.md\n";
    stream
        .commit(
            "main",
            &format!("{}{}", catalog(), file("docs/plan.md", &plan("ingrid"))),
        )
        .commit("main", link);
    let (since, outcome) = told(&stream);
    assert_eq!(since, None);
    assert!(outcome.contains("were not read"), "{outcome}");
}

#[test]
fn a_clone_that_leaves_something_out_never_shortens_a_stewardship() {
    let folder = tempfile::tempdir().unwrap();
    let origin = folder.path().join("origin");
    let mut stream = Stream::default();
    stream
        .commit(
            "main",
            &format!("{}{}", catalog(), file("MENTORSHIP.md", &plan("ingrid"))),
        )
        .commit("main", &file("src/berths.py", "one = 1\n"))
        .commit(
            "main",
            &file("MENTORSHIP.md", &(plan("ingrid") + "\nmore\n")),
        );
    import(&origin, stream.text.as_bytes());
    assert_eq!(since(&origin).0.as_deref(), Some("2026-01-11"));

    git(&origin, ["config", "uploadpack.allowFilter", "true"], b"");
    // Of the first, the oldest commit that it has; of the second, the version that
    // was checked out: the contents of earlier ones are not here.
    for (how, at_least) in [
        ("--depth=2", "2026-01-21"),
        ("--filter=blob:none", "2026-01-31"),
    ] {
        let clone = folder.path().join(how);
        let address = format!("file://{}", origin.display());
        let target = clone.to_str().unwrap();
        git(folder.path(), ["clone", "-q", how, &address, target], b"");
        let (since, outcome) = since(&clone);
        assert_eq!(since, None, "{how}");
        let why = format!("since {at_least} at least");
        assert!(
            outcome.contains("unknown") && outcome.contains(&why),
            "{how}: {outcome}"
        );
    }
}

#[test]
fn a_file_that_changed_very_often_is_known_as_far_as_it_is_read() {
    let mut stream = Stream::default();
    stream.commit("main", &catalog());
    for number in 0..120 {
        let text = plan("ingrid") + &format!("\n{number}\n");
        stream.commit("main", &file("MENTORSHIP.md", &text));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("berths");
    import(&path, stream.text.as_bytes());
    let (since, outcome) = since(&path);
    assert_eq!(since, None);
    assert!(outcome.contains(" at least"), "{outcome}");
}
