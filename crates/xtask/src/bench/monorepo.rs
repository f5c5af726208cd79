//! What a service costs in a repository of many, in the packed module: as much in a
//! large one as in a small one.

use anyhow::Result;

use super::table::{Table, milliseconds, times};
use super::{answer_of, number, of_module};
use crate::progress::Progress;
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
    })
}
