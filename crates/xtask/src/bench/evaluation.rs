//! A catalog judged from the bytes of its pages, beside the same rules in plain
//! JavaScript and in json-rules-engine. All of them must say the same.

use anyhow::Result;

use super::table::{Table, milliseconds, times};
use super::{answer_of, native, number, of_module, script};
use crate::progress::Progress;
use crate::toolchain::{Toolchain, fetched};
use crate::workspace;

const RULES_ENGINE: &str = "json-rules-engine";
const VERSION: &str = "7.3.1";

/// Measures all of them on the same pages.
pub fn measure(
    progress: &Progress,
    toolchain: &Toolchain,
    entities: usize,
    runs: usize,
    table: &mut Table,
) -> Result<()> {
    let step = progress.step(format!("{RULES_ENGINE} {VERSION} from npm"));
    let rules_engine = match fetched(RULES_ENGINE, VERSION, "package.json") {
        Ok(package) => {
            step.done(None);
            package.parent().map(ToOwned::to_owned)
        }
        Err(error) => {
            let reason = error.to_string();
            step.skipped(&reason);
            table.note(format!("  {RULES_ENGINE} {VERSION} is left out: {reason}"));
            None
        }
    };
    progress.run("A catalog judged, as WebAssembly", || {
        let benchmark = toolchain
            .node("bench-evaluation")
            .args(["--expose-gc", "--max-old-space-size=6144"])
            .arg(script("evaluation/run.cjs"))
            .arg(workspace::pkg())
            .arg(entities.to_string())
            .arg(runs.to_string())
            .args(rules_engine);
        show(&answer_of(benchmark)?, table);
        Ok(None)
    })
}

/// Measures what the engine keeps of services of which only the entity is known.
pub fn kept(
    progress: &Progress,
    toolchain: &Toolchain,
    entities: usize,
    table: &mut Table,
) -> Result<()> {
    progress.run("What is kept of a service, natively", || {
        let folder = super::folder().join("evaluation");
        toolchain
            .node("bench-pages")
            .arg(script("evaluation/pages.cjs"))
            .arg(&folder)
            .arg(entities.to_string())
            .run()?;
        let answer = native(
            "mentorship-core",
            "kept",
            &["--folder", &folder.display().to_string()],
        )?;
        let of = |value: &str| number(&answer, &format!("/{value}"));
        let services = of("services");
        table.section("What is kept of a service of which only the entity is known, native");
        for (what, value) in [
            ("facts", "facts"),
            ("people, groups and judgements too", "all"),
        ] {
            table.row(what, format!("{:.0} bytes", of(value) / services));
        }
        Ok(None)
    })
}

/// Measures what another day costs.
pub fn again(
    progress: &Progress,
    toolchain: &Toolchain,
    services: usize,
    runs: usize,
    table: &mut Table,
) -> Result<()> {
    progress.run("A large catalog judged again, as WebAssembly", || {
        let benchmark = of_module(toolchain, "bench-again", "evaluation/again.cjs");
        let answer = answer_of(benchmark.args([services.to_string(), runs.to_string()]))?;
        let of = |value: &str| number(&answer, &format!("/{value}"));
        table.section(format!(
            "{} services judged from what is kept, WebAssembly",
            of("services")
        ));
        table.row("the first time", milliseconds(of("first")));
        table.row("as of another day", milliseconds(of("again")));
        Ok(None)
    })
}

fn show(answer: &serde_json::Value, table: &mut Table) {
    let of = |value: &str| number(answer, &format!("/{value}"));
    let microseconds = |time: f64| format!("{time:.2} µs");
    table.section(format!(
        "A catalog of {} entities of {:.0} bytes judged, an entity, WebAssembly beside JavaScript",
        of("entities"),
        of("bytesAnEntity")
    ));
    let ours = of("read") + of("judge");
    let plain = of("take") + of("plain");
    let compared = |what: &str, ours: f64, theirs: f64, table: &mut Table| {
        table.compared(
            what,
            microseconds(ours),
            microseconds(theirs),
            times(theirs / ours),
        );
    };
    compared(
        "pages read / JSON.parse alone",
        of("read"),
        of("parse"),
        table,
    );
    compared(
        "pages read / parsed into facts",
        of("read"),
        of("take"),
        table,
    );
    compared("judged to columns", of("judge"), of("plain"), table);
    compared("both, from bytes to columns", ours, plain, table);
    let rules_engine = of("rulesEngine");
    if rules_engine > 0.0 {
        compared(
            &format!("both / {RULES_ENGINE} {VERSION}"),
            ours,
            of("take") + rules_engine,
            table,
        );
    }
    compared(
        "judged again as of another day",
        of("again"),
        of("plain"),
        table,
    );
}
