//! What a backend with 100,000 services answers under load, on a PostgreSQL of its own.

use anyhow::{Result, bail};
use serde_json::Value;

use super::table::{Table, milliseconds};
use super::{answer_in, number};
use crate::postgres::{Durability, Server};
use crate::progress::Progress;
use crate::replicas;
use crate::toolchain::Toolchain;

/// What is measured, where the answer has it, and what `docs` promises of it.
const ROUTES: [(&str, &str, &str); 4] = [
    ("card", "the card of a service", "p95 100 ms, p99 250 ms"),
    ("list", "a page of the list", ""),
    ("facets", "what can be filtered by", ""),
    ("riskQueue", "the risk queue", ""),
];

/// Judges a made-up catalog of that size, and asks for what people read.
pub fn measure(
    progress: &Progress,
    toolchain: &Toolchain,
    services: usize,
    table: &mut Table,
) -> Result<()> {
    progress.run("Routes under load, on PostgreSQL", || {
        let server = Server::start(Durability::Kept)?;
        let log = replicas::program(toolchain, "bench-routes", "load.ts")
            .env("DATABASE", server.connection_string("postgres"))
            .env("SERVICES", services.to_string())
            .run()?;
        let answer = answer_in(&log.text()?)?;
        runs(&answer, services, table);
        for (route, what, promised) in ROUTES {
            under_load(&answer[route], what, promised, table)?;
        }
        let csv = |value: &str| number(&answer, &format!("/csv/{value}"));
        table.compared(
            &format!(
                "the export; the process grew by {:.0} MB",
                csv("grownBytes") / 1e6
            ),
            milliseconds(csv("milliseconds")),
            String::new(),
            "4 s and 50 MB are promised".to_owned(),
        );
        Ok(None)
    })
}

fn runs(answer: &Value, services: usize, table: &mut Table) {
    let run = |value: &str| milliseconds(number(answer, &format!("/run/{value}")));
    table.section(format!("A backend with {services} services, PostgreSQL"));
    table.row("a full run, everything written", run("full"));
    table.row("a run where 1 % changed", run("incremental"));
    table.row("a run where nothing changed", run("unchanged"));
    table.row("longest pause of the process meanwhile", run("blockedMs"));
}

fn under_load(answer: &Value, what: &str, promised: &str, table: &mut Table) -> Result<()> {
    let of = |value: &str| number(answer, &format!("/{value}"));
    if of("failed") > 0.0 {
        bail!("{} requests for {what} failed", of("failed"));
    }
    table.compared(
        &format!("{what}, {} a second: p50, p97.5, p99", of("rate")),
        ["p50", "p97_5", "p99"]
            .map(|each| milliseconds(of(each)))
            .join(", "),
        String::new(),
        match promised {
            "" => String::new(),
            promised => format!("{promised} are promised"),
        },
    );
    Ok(())
}
