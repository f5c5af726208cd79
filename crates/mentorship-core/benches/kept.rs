//! How many bytes the engine keeps of services of which nothing is known but their
//! catalog entities. Prints one JSON object.

#![allow(clippy::unwrap_used)]

use std::alloc::System;
use std::fs;
use std::path::Path;

use mentorship_core::engine::Engine;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static GLOBAL: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let folder = arguments.iter().position(|argument| argument == "--folder");
    let Some(folder) = folder.and_then(|at| arguments.get(at + 1)) else {
        return;
    };
    let mut pages: Vec<_> = fs::read_dir(Path::new(folder))
        .unwrap()
        .map(|page| page.unwrap().path())
        .collect();
    pages.sort();
    let region = Region::new(GLOBAL);
    let kept = || {
        let change = region.change();
        change.bytes_allocated - change.bytes_deallocated
    };
    let mut engine = Engine::new("{}").unwrap();
    let mut before_services = kept();
    for page in &pages {
        let page = fs::read(page).unwrap();
        let outcome = engine.upsert_page(&page).unwrap();
        drop(page);
        if outcome.services == 0 {
            before_services = kept();
        }
    }
    let entities = kept() - before_services;
    drop(engine.columns("2026-11-21").unwrap());
    let judged = kept() - before_services;
    println!(
        "{{\"services\":{},\"entities\":{entities},\"judged\":{judged}}}",
        engine.service_count()
    );
}
