//! What happens if somebody leaves, over 1,000 services in the packed module.

use anyhow::Result;

use super::table::{Table, milliseconds};
use super::{answer_in, number};
use crate::progress::Progress;
use crate::toolchain::Toolchain;
use crate::workspace;

/// Measures the answer once everything was judged: for one leaver, and for so
/// many that nearly every service loses something.
pub fn measure(
    progress: &Progress,
    toolchain: &Toolchain,
    runs: usize,
    table: &mut Table,
) -> Result<()> {
    progress.run("What if somebody leaves, as WebAssembly", || {
        let log = toolchain
            .node("bench-what-if")
            .arg(workspace::root().join("crates/xtask/src/bench/what_if.cjs"))
            .arg(workspace::pkg())
            .arg(runs.to_string())
            .run()?;
        let answer = answer_in(&log.text()?)?;
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
