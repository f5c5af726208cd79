//! Making git repositories: a history goes in as one fast-import stream.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use super::Error;
use super::branch::Change;
use super::telling::{History, MAIN, Made};

/// Makes the repository `folder` with this history and checks its main branch
/// out. A history without commits makes a repository without any.
pub(crate) fn make_repository(folder: &Path, history: &History) -> Result<(), Error> {
    run(
        git(Path::new("."))
            .args(["init", "--quiet", "--template=", "--initial-branch", MAIN])
            .arg(folder),
        &[],
    )?;
    if history.commits.is_empty() {
        return Ok(());
    }
    run(
        git(folder).args(["fast-import", "--quiet", "--date-format=raw"]),
        &stream(history),
    )?;
    run(git(folder).args(["reset", "--quiet", "--hard", MAIN]), &[])
}

/// Git in `folder`, untouched by the configuration of the machine, the user or
/// a hook that this runs under.
pub(crate) fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("GIT_") {
            command.env_remove(name);
        }
    }
    command
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("TZ", "UTC")
        .env("LC_ALL", "C")
        // What can be made again need neither survive a power cut nor be small.
        .args(["-c", "core.fsync=none", "-c", "core.compression=0"])
        .arg("-C")
        .arg(folder);
    command
}

fn run(command: &mut Command, input: &[u8]) -> Result<(), Error> {
    let doing = format!("{command:?}");
    let fail = |problem: String| Error::Git {
        doing: doing.clone(),
        problem,
    };
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| fail(error.to_string()))?;
    // Where git stops early, its own message says more than the broken pipe.
    let written = child.stdin.take().map(|mut stdin| stdin.write_all(input));
    let output = child
        .wait_with_output()
        .map_err(|error| fail(error.to_string()))?;
    if !output.status.success() {
        let problem = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(fail(format!("{}: {problem}", output.status)));
    }
    match written {
        Some(Err(error)) => Err(fail(error.to_string())),
        _ => Ok(()),
    }
}

/// The history as `git fast-import` reads it; marks are indices counted from 1.
fn stream(history: &History) -> Vec<u8> {
    let mut stream = Vec::new();
    for (index, made) in history.commits.iter().enumerate() {
        append(&mut stream, index, made);
    }
    stream.extend_from_slice(b"done\n");
    stream
}

fn append(stream: &mut Vec<u8>, index: usize, made: &Made) {
    let who = format!("{} {} +0000\n", made.author, made.seconds);
    let head = format!(
        "commit refs/heads/{}\nmark :{}\nauthor {who}committer {who}",
        made.branch,
        index + 1
    );
    stream.extend_from_slice(head.as_bytes());
    data(stream, &made.message);
    for (place, parent) in made.parents.iter().enumerate() {
        let word = if place == 0 { "from" } else { "merge" };
        stream.extend_from_slice(format!("{word} :{}\n", parent + 1).as_bytes());
    }
    for (path, change) in &made.changes {
        match change {
            Change::Deleted => stream.extend_from_slice(format!("D {path}\n").as_bytes()),
            Change::Written(text) => {
                let mode = if path.ends_with(".sh") {
                    "100755"
                } else {
                    "100644"
                };
                stream.extend_from_slice(format!("M {mode} inline {path}\n").as_bytes());
                data(stream, text);
            }
        }
    }
    stream.push(b'\n');
}

fn data(stream: &mut Vec<u8>, text: &str) {
    stream.extend_from_slice(format!("data {}\n{text}\n", text.len()).as_bytes());
}
