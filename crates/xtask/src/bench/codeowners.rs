//! Who owns a path among 500 rules, beside npm's `codeowners`.

use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result};

use super::table::{Table, milliseconds, times};
use super::{answer_of, folder, native, number, script};
use crate::progress::Progress;
use crate::toolchain::{Toolchain, fetched};

const VERSION: &str = "5.1.1";
const RULES: u32 = 500;
const PATHS: u32 = 20_000;
/// The npm package takes a millisecond a path; fewer tell as much.
const PATHS_FOR_NPM: usize = 500;

/// Measures both on the same rules and paths, and compares their answers.
pub fn measure(
    progress: &Progress,
    toolchain: &Toolchain,
    runs: usize,
    table: &mut Table,
) -> Result<()> {
    let folder = folder().join("codeowners");
    fs::create_dir_all(&folder).context("cannot create a folder for the inputs")?;
    fs::write(folder.join("CODEOWNERS"), rules()).context("cannot write the rules")?;
    fs::write(folder.join("paths.txt"), paths()).context("cannot write the paths")?;
    let shown = folder.display().to_string();

    let mut natively = serde_json::Value::Null;
    progress.run("Code owners natively", || {
        natively = native(
            "mentorship-core",
            "owners",
            &["--folder", &shown, "--runs", &runs.to_string()],
        )?;
        Ok(None)
    })?;
    let microseconds = |answer: &serde_json::Value| {
        1_000.0 * number(answer, "/milliseconds/ask") / number(answer, "/paths")
    };
    let ours = microseconds(&natively);
    table.section(format!("Code owners, {RULES} rules"));
    table.row(
        "rules compiled, native",
        milliseconds(number(&natively, "/milliseconds/compile")),
    );

    let step = progress.step(format!("codeowners {VERSION} from npm"));
    let package = match fetched("codeowners", VERSION, "package.json") {
        Ok(package) => package,
        Err(error) => {
            let reason = error.to_string();
            step.skipped(&reason);
            table.row("a path, native", format!("{ours:.2} µs"));
            table.note(format!("  codeowners {VERSION} is left out: {reason}"));
            return Ok(());
        }
    };
    let benchmark = toolchain
        .node("bench-codeowners")
        .arg(script("codeowners.cjs"))
        .arg(package.parent().unwrap_or(&package))
        .arg(&folder)
        .arg(PATHS_FOR_NPM.to_string());
    let npm = answer_of(benchmark)?;
    let theirs = microseconds(&npm);
    let different = number(&npm, "/different");
    table.compared(
        &format!("a path, native / codeowners {VERSION} of npm"),
        format!("{ours:.2} µs"),
        format!("{theirs:.0} µs"),
        format!(
            "{} faster; {different} of {} answers differ",
            times(theirs / ours),
            number(&npm, "/paths")
        ),
    );
    step.done(None);
    Ok(())
}

/// Rules of the kinds that CODEOWNERS files have, later ones more particular.
fn rules() -> String {
    let mut rules = String::from("* @example/everybody\n");
    for number in 1..RULES {
        let (team, area) = (number % 23, number % 61);
        let pattern = match number % 5 {
            0 => format!("/services/area-{area}/part-{number}/"),
            1 => format!("/services/area-{area}/**/*.rs"),
            2 => format!("/libraries/part-{number}/src/"),
            3 => format!("module-{number}.ts"),
            _ => format!("/docs/area-{area}/page-{number}.md"),
        };
        let _ = writeln!(rules, "{pattern} @example/team-{team} @person-{number}");
    }
    rules
}

/// Paths of which about half meet a particular rule.
fn paths() -> String {
    let mut paths = String::new();
    for number in 0..PATHS {
        let (area, part) = (number % 61, number.wrapping_mul(7_919) % RULES);
        let _ = match number % 4 {
            0 => writeln!(
                paths,
                "services/area-{area}/part-{part}/src/file-{number}.rs"
            ),
            1 => writeln!(paths, "libraries/part-{part}/src/deep/file-{number}.ts"),
            2 => writeln!(paths, "web/app/components/module-{part}.ts"),
            _ => writeln!(paths, "docs/area-{}/page-{part}.md", part % 61),
        };
    }
    paths
}
