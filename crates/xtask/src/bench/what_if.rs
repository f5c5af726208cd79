//! What happens if somebody leaves, over 1,000 services in the packed module.

use anyhow::Result;

use super::table::{Table, milliseconds};
use super::{answer_of, number, of_module};
use crate::progress::Progress;
use crate::toolchain::Toolchain;

/// Measures the answer once everything was judged: for one leaver, and for so
/// many that nearly every service loses something.
pub fn measure(
    progress: &Progress,
    toolchain: &Toolchain,
    runs: usize,
    table: &mut Table,
) -> Result<()> {
    progress.run("What if somebody leaves, as WebAssembly", || {
        let benchmark = of_module(toolchain, "bench-what-if", "what_if.cjs");
        let answer = answer_of(benchmark.arg(runs.to_string()))?;
        table.section("What if somebody leaves, 1,000 services, WebAssembly");
        for (company, what) in [
            ("repositories", "in 250 repositories"),
            ("monorepo", "in one repository of 20,000 commits"),
            ("most", "in the same when eight leave together"),
        ] {
            let of = |value: &str| number(&answer, &format!("/{company}/{value}"));
            table.row(
                &format!("{what}, {} lose something", of("services")),
                milliseconds(of("milliseconds")),
            );
        }
        Ok(None)
    })
}
