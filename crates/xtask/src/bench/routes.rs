//! What a backend with 100,000 services answers under load, on a PostgreSQL of its own,
//! and beside it the check run of Tech Insights on the same server.

use std::path::PathBuf;

use anyhow::{Result, bail};
use serde_json::Value;

use super::stopwatch;
use super::table::{Table, milliseconds, times};
use super::{answer_of, number};
use crate::postgres::{Durability, Server};
use crate::progress::Progress;
use crate::replicas;
use crate::toolchain::{Toolchain, fetched_together};

/// Tech Insights with its rules engine, and what they must be compatible with.
const TECH_INSIGHTS: [(&str, &str); 2] = [
    ("@backstage-community/plugin-tech-insights-backend", "3.1.0"),
    (
        "@backstage-community/plugin-tech-insights-backend-module-jsonfc",
        "0.10.0",
    ),
];

/// What is measured, where the answer has it, and what `docs` promises of it.
const ROUTES: [(&str, &str, &str); 7] = [
    ("card", "the card of a service", "p95 100 ms, p99 250 ms"),
    ("list", "the list, four orders × four filters", ""),
    ("deep", "the list from its middle on", ""),
    ("facets", "what can be filtered by", ""),
    ("facetsOfOwner", "the same, of one owner each", ""),
    ("groups", "groups by owner and system", ""),
    ("riskQueue", "the risk queue", ""),
];

/// Judges a made-up catalog of that size, and asks for what people read.
pub fn measure(
    progress: &Progress,
    toolchain: &Toolchain,
    services: usize,
    table: &mut Table,
) -> Result<()> {
    let peer = peer(progress, table);
    progress.run("Routes under load, on PostgreSQL", || {
        let server = Server::start(Durability::Kept)?;
        let mut program = replicas::program(toolchain, "bench-routes", "load.ts")
            .env("DATABASE", server.connection_string("postgres"))
            .env("SERVICES", services.to_string());
        if let Some(peer) = &peer {
            program = program.env("PEER", peer);
        }
        let answer = answer_of(program)?;
        table.note(stopwatch::machine());
        runs(&answer, services, table);
        for (route, what, promised) in ROUTES {
            under_load(&answer[route], what, promised, table)?;
        }
        export(&answer, table);
        if peer.is_some() {
            compare(&answer["compared"], table);
        }
        Ok(None)
    })
}

/// The folder with the packages of Tech Insights; none where they cannot be had.
fn peer(progress: &Progress, table: &mut Table) -> Option<PathBuf> {
    let step = progress.step("Tech Insights from npm");
    match fetched_together("tech-insights", &TECH_INSIGHTS) {
        Ok(folder) => {
            step.done(None);
            Some(folder)
        }
        Err(error) => {
            let reason = error.to_string();
            step.skipped(&reason);
            table.note(format!("  Tech Insights is left out: {reason}"));
            None
        }
    }
}

fn runs(answer: &Value, services: usize, table: &mut Table) {
    table.section(format!("A backend with {services} services, PostgreSQL"));
    for (run, what) in [
        ("full", "a full run, everything written"),
        ("incremental", "a run where 1 % changed"),
        ("unchanged", "a run where nothing changed"),
    ] {
        let of = |value: &str| number(answer, &format!("/run/{run}/{value}"));
        table.compared(
            &format!(
                "{what}; longest pause {}, of which computed {}; processor {}",
                milliseconds(of("blockedMs")),
                milliseconds(of("computedMs")),
                milliseconds(of("processorMs"))
            ),
            milliseconds(of("milliseconds")),
            String::new(),
            "no pause over 25 ms is promised".to_owned(),
        );
    }
}

fn under_load(answer: &Value, what: &str, promised: &str, table: &mut Table) -> Result<()> {
    let of = |value: &str| number(answer, &format!("/{value}"));
    if of("failed") != 0.0 {
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

fn export(answer: &Value, table: &mut Table) {
    let of = |value: &str| number(answer, &format!("/csv/{value}"));
    table.compared(
        &format!(
            "the export; the process grew by {:.0} MB",
            of("grownBytes") / 1e6
        ),
        milliseconds(of("milliseconds")),
        String::new(),
        "4 s and 50 MB are promised".to_owned(),
    );
}

/// Both sides answer what holds of every service; what each does for it is told.
fn compare(answer: &Value, table: &mut Table) {
    let of = |value: &str| number(answer, &format!("/{value}"));
    let theirs = of("theirs/milliseconds");
    let [backend, _] = TECH_INSIGHTS;
    table.section(format!(
        "{} services × {} checks, PostgreSQL, beside Tech Insights {}",
        of("services"),
        of("theirs/checks"),
        backend.1
    ));
    for (value, what) in [
        ("ours/export", "everything as CSV, one request"),
        ("ours/list", "everything as JSON, 100 services a page"),
        ("ours/run", "judged anew and compared with what is stored"),
        ("ours/firstRun", "judged and written the first time"),
    ] {
        table.compared(
            what,
            milliseconds(of(value)),
            milliseconds(theirs),
            times(theirs / of(value)),
        );
    }
    for line in [
        "Theirs: POST /checks/run of all entities: their facts are read from the database and put to",
        "json-rules-engine at each request; the facts were collected before. Ours: what a run judged",
        "is read; each row has the verdicts of all 35 rules. The twelve checks ask what our rules",
        "no-steward, steward-since-unknown, steward-rotation-overdue, no-backup, no-program-owner,",
        "no-mentorship-plan, too-few-apprentices, bus-factor-low and catalog-entry-incomplete ask of the",
        "same entities. The last two lines are the like work of ours: the catalog is read over HTTP too,",
        "and everything is judged; theirs neither reads the catalog nor writes.",
    ] {
        table.note(format!("  {line}"));
    }
}
