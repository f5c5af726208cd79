//! What a service costs in a repository of many, in the packed module and in runs of the
//! backend: as much in a large one as in a small one.

use anyhow::Result;

use super::table::{Table, milliseconds, times};
use super::{answer_of, number, of_module};
use crate::progress::Progress;
use crate::replicas;
use crate::toolchain::Toolchain;

const SMALL: u32 = 1_000;
const LARGE: u32 = 8_000;

/// Measures a service of the large repository, beside one of the small repository.
pub fn measure(
    progress: &Progress,
    toolchain: &Toolchain,
    runs: usize,
    table: &mut Table,
) -> Result<()> {
    progress.run("Services of one repository, as WebAssembly", || {
        let measured = |services: u32| {
            let benchmark = of_module(toolchain, "bench-monorepo", "monorepo.cjs");
            answer_of(benchmark.args([services.to_string(), runs.to_string()]))
        };
        let (small, large) = (measured(SMALL)?, measured(LARGE)?);
        table.section(format!(
            "A service in a repository of {LARGE}, beside one in a repository of {SMALL}, WebAssembly"
        ));
        for (place, what) in [
            ("take", "taken in"),
            ("judge", "judged"),
            ("tell", "told in results"),
        ] {
            let of = |answer, services: u32| {
                number(answer, &format!("/{place}")) / f64::from(services)
            };
            let (ours, baseline) = (of(&large, LARGE), of(&small, SMALL));
            table.compared(
                what,
                milliseconds(ours),
                milliseconds(baseline),
                times(ours / baseline),
            );
        }
        Ok(None)
    })?;
    in_runs(progress, toolchain, table)
}

/// Runs of the backend over the large repository, beside those over the small one.
fn in_runs(progress: &Progress, toolchain: &Toolchain, table: &mut Table) -> Result<()> {
    progress.run("Runs over one repository, on SQLite", || {
        let measured = |services: u32| {
            let program = replicas::program(toolchain, "bench-monorepo-runs", "monorepo.ts");
            answer_of(program.env("SERVICES", services.to_string()))
        };
        let (small, large) = (measured(SMALL)?, measured(LARGE)?);
        table.section(format!(
            "A service in runs over a repository of {LARGE}, beside one of {SMALL}, git, SQLite"
        ));
        for (run, what) in [
            ("first", "a first run"),
            ("unchanged", "a run where nothing is new"),
            ("oneCommit", "a run after a commit to one service"),
        ] {
            let of = |answer, value: &str| number(answer, &format!("/{run}/{value}"));
            let each = |answer, services: u32| of(answer, "milliseconds") / f64::from(services);
            let (ours, baseline) = (each(&large, LARGE), each(&small, SMALL));
            table.compared(
                &format!(
                    "{what}: {} in all, {} queries, {:.0} MB at most",
                    milliseconds(of(&large, "milliseconds")),
                    of(&large, "queries"),
                    of(&large, "residentBytes") / 1e6
                ),
                milliseconds(ours),
                milliseconds(baseline),
                times(ours / baseline),
            );
        }
        Ok(None)
    })
}
