//! Repositories, files and runs for the tests.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

pub const INGRID: &str = "Ingrid Solheim <ingrid@halvorsen.example>";
pub const TOBIAS: &str = "Tobias Weber <tobias@halvorsen.example>";

/// What a run left behind.
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}{}", self.stdout, self.stderr))
    }

    /// The assessment in an item of `Results`.
    pub fn assessment(&self, item: usize) -> serde_json::Value {
        let named = self.json()["items"][item]["named"]
            .as_str()
            .unwrap()
            .to_owned();
        serde_json::from_str(&named).unwrap()
    }
}

/// The command in a folder, in an environment without colour settings.
pub fn mentorship(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mentorship"));
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    command.current_dir(folder).stdin(Stdio::null());
    command
}

/// Runs the command with arguments.
pub fn run<S: AsRef<OsStr>>(folder: &Path, arguments: impl IntoIterator<Item = S>) -> Run {
    ran(mentorship(folder).args(arguments).output().unwrap())
}

/// Runs the command with something on its standard input.
pub fn run_with_input<S: AsRef<OsStr>>(
    folder: &Path,
    arguments: impl IntoIterator<Item = S>,
    input: &[u8],
) -> Run {
    let mut child = mentorship(folder)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    ran(child.wait_with_output().unwrap())
}

pub fn ran(output: Output) -> Run {
    let run = Run {
        status: output.status.code().expect("ended by itself"),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    };
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    run
}

/// Writes a file and the folders above it.
pub fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// One commit: the author, the day of 2026 in seconds, files.
pub struct Commit<'a> {
    pub author: &'a str,
    pub files: &'a [(&'a str, &'a str)],
}

/// Makes a repository by `git fast-import`; commits are a day apart from
/// 2026-09-01 on. No work tree is written: what is committed counts.
pub fn repository(folder: &Path, commits: &[Commit<'_>]) -> PathBuf {
    let mut stream = Vec::new();
    for (number, commit) in (1..).zip(commits) {
        let who = format!(
            "{} {} +0000",
            commit.author,
            1_788_220_800 + number * 86_400
        );
        writeln!(
            stream,
            "commit refs/heads/main\nmark :{number}\nauthor {who}\ncommitter {who}\ndata 6\nchange"
        )
        .unwrap();
        if number > 1 {
            writeln!(stream, "from :{}", number - 1).unwrap();
        }
        for (path, text) in commit.files {
            writeln!(
                stream,
                "M 100644 inline {path}\ndata {}\n{text}",
                text.len()
            )
            .unwrap();
        }
        stream.push(b'\n');
    }
    import(folder, &stream);
    folder.canonicalize().unwrap()
}

/// Makes a repository of a fast-import stream.
pub fn import(folder: &Path, stream: &[u8]) {
    git(
        Path::new("."),
        [
            "init",
            "-q",
            "--template=",
            "-b",
            "main",
            folder.to_str().unwrap(),
        ],
        b"",
    );
    git(folder, ["fast-import", "--quiet"], stream);
}

/// Runs git in a folder, untouched by the configuration of the machine.
pub fn git<'a>(
    folder: &Path,
    arguments: impl IntoIterator<Item = &'a str>,
    input: &[u8],
) -> Vec<u8> {
    let mut child = Command::new("git")
        .args(["-c", "core.fsync=none"])
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env_remove("GIT_DIR")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    output.stdout
}

pub const PLAN: &str = "# Mentorship\n\nScope: berths\n\n## 30-60-90 Milestones\n- Day 30: observe\n\n\
    ## Escalation Tree\n- Steward: @ingrid\n- Backup: @tobias\n";

/// A repository with a plan, an owners file, a runbook and a catalog file.
pub fn berth_planner(folder: &Path) -> PathBuf {
    let files = [
        (
            "catalog-info.yaml",
            "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: berth-planner\nspec:\n  type: service\n  owner: freight\n",
        ),
        ("MENTORSHIP.md", PLAN),
        ("CODEOWNERS", "* @ingrid\n"),
        ("docs/runbooks/restart.md", "# Restart\n"),
        ("src/berths.py", "one = 1\n"),
    ];
    let later = [("src/tides.py", "two = 2\n")];
    let commits = [
        Commit {
            author: INGRID,
            files: &files,
        },
        Commit {
            author: TOBIAS,
            files: &later,
        },
    ];
    repository(folder, &commits)
}
