//! Help, completions and manual pages.

use std::path::Path;

use super::fixture::run;

/// The commands that the help lists.
fn commands() -> Vec<String> {
    let help = run(Path::new("."), ["--help"]).stdout;
    let commands = help.split("\nCommands:\n").nth(1).unwrap();
    let commands = commands.split("\n\n").next().unwrap();
    commands
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_command_teaches_with_examples() {
    let commands = commands();
    assert!(commands.len() >= 13, "{commands:?}");
    for command in commands {
        let help = run(Path::new("."), [command.as_str(), "--help"]);
        assert_eq!(help.status, 0);
        assert!(help.stdout.contains("\nExamples:\n"), "{command}");
        assert!(
            help.stdout.contains(&format!("mentorship {command}")),
            "{command}"
        );
        assert!(
            help.stdout.lines().all(|line| line.chars().count() <= 100),
            "{command}: {}",
            help.stdout
        );
    }
}

#[test]
fn completions_and_pages_know_every_command() {
    let page = run(Path::new("."), ["man"]);
    assert_eq!(page.status, 0);
    let folder = tempfile::tempdir().unwrap();
    let all = run(folder.path(), ["man", "--out", "."]);
    assert_eq!((all.status, all.stderr.as_str()), (0, ""));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(Path::new("."), ["completions", shell]);
        assert_eq!(script.status, 0);
        for command in commands() {
            assert!(script.stdout.contains(&command), "{shell}: {command}");
            assert!(
                folder
                    .path()
                    .join(format!("mentorship-{command}.1"))
                    .exists(),
                "{command}"
            );
        }
    }
}

/// The reference page is what the command says of itself.
#[test]
fn the_committed_reference_is_current() {
    let mut page = String::from(
        "# The command line\n\nMade from the help of the commands by `cargo xtask codegen`. How to use it in a pipeline: [ci.md](ci.md).\n",
    );
    let mut section = |title: &str, arguments: &[&str]| {
        let help = run(Path::new("."), arguments).stdout;
        let lines: Vec<&str> = help.trim_end().lines().map(str::trim_end).collect();
        page.push_str(&format!(
            "\n## {title}\n\n```text\n{}\n```\n",
            lines.join("\n")
        ));
    };
    section("mentorship", &["--help"]);
    for command in commands() {
        section(&format!("mentorship {command}"), &[&command, "--help"]);
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/command-line.md");
    if std::env::var("MENTORSHIP_CODEGEN").as_deref() == Ok("write") {
        std::fs::write(&path, page).unwrap();
        return;
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == page,
        "{} differs from the help: run `cargo xtask codegen`",
        path.display()
    );
}
