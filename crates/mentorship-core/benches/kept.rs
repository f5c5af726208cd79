//! How many bytes the engine keeps of services of which nothing is known but their
//! catalog entities. Prints one JSON object.

#![allow(clippy::unwrap_used)]

use std::alloc::System;
use std::fs;
use std::path::Path;

use mentorship_core::engine::Engine;
use mentorship_core::evidence::catalog::{Services, read_page};
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
    let mut services = Services::default();
    for path in &pages {
        let bytes = fs::read(path).unwrap();
        let page = read_page(&bytes).unwrap();
        let drafts = page.entities().filter(|draft| draft.kind() == "component");
        drafts.for_each(|draft| services.put(&draft));
    }
    services.shrink();
    let facts = kept();
    let count = services.len();
    drop(services);

    let nothing = kept();
    let mut engine = Engine::new("{}").unwrap();
    for path in &pages {
        engine.upsert_page(&fs::read(path).unwrap()).unwrap();
    }
    drop(engine.columns("2026-11-21").unwrap());
    let all = kept() - nothing;
    println!("{{\"services\":{count},\"facts\":{facts},\"all\":{all}}}");
}
