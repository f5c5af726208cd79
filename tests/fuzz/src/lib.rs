//! Fuzz targets: one for each reader of bytes from outside.
//!
//! A target takes any bytes, hands them to a reader and panics where something does
//! not hold that must hold of every input: that nothing is dropped, that pieces say
//! what the whole says, that what was written is read back.
//!
//! ```text
//! seeds/<target>/*  ─▶ tests/seeds.rs   each as an ordinary test
//! seeds, real data  ─▶ cargo xtask prove fuzz   libFuzzer goes on from them
//! ```

use std::path::{Path, PathBuf};

mod targets;

pub use targets::{catalog, documents, evidence, history, owners, plan, policy};

/// A reader of bytes from outside, and what must hold of it.
#[derive(Clone, Copy)]
pub struct Target {
    /// Its name; its seeds are in `seeds/<name>`.
    pub name: &'static str,
    /// Panics where something does not hold.
    pub run: fn(&[u8]),
    /// Folders of the corpus of real documents that are inputs as they are.
    pub corpus: &'static [&'static str],
}

/// All targets, in the order of their names.
pub const TARGETS: &[Target] = &[
    target("catalog_file", catalog::file, &["catalogs"]),
    target("catalog_page", catalog::page, &[]),
    target("change", documents::change, &[]),
    target("code_owners", owners::code_owners, &["codeowners"]),
    target("dates", documents::dates, &["adr", "mentoring"]),
    target("decision_record", documents::decision_record, &["adr"]),
    target("history_state", history::state, &[]),
    target("history_stream", history::stream, &[]),
    target("listing", evidence::listing, &["listings"]),
    target("maintainers", documents::maintainers, &["maintainers"]),
    target("owners_tree", owners::tree, &["owners"]),
    target("pagerduty_asked", evidence::pagerduty_asked, &[]),
    target("pagerduty_pages", evidence::pagerduty_pages, &["api"]),
    target("path_patterns", owners::path_patterns, &["codeowners"]),
    target("plan", plan::plan, &["mentoring", "onboarding"]),
    target("policy", policy::policy, &[]),
    target("program_decided", evidence::program_decided, &[]),
    target("pushed", evidence::pushed, &["api"]),
    target("repository", evidence::repository, &[]),
    target("repository_evidence", evidence::repository_evidence, &[]),
    target("runbook", documents::runbook, &["runbooks", "onboarding"]),
    target(
        "walkthrough",
        documents::walkthrough,
        &["runbooks", "onboarding"],
    ),
    target("what_if_question", evidence::what_if_question, &[]),
];

/// The real documents: in the folder named by `MENTORSHIP_CORPUS`, else beside the
/// checkout; none where they are absent.
pub fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let data = std::env::var_os("MENTORSHIP_CORPUS").map_or(beside, PathBuf::from);
    [data.join("corpus"), data]
        .into_iter()
        .find(|folder| folder.join("mentoring").is_dir())
}

const fn target(name: &'static str, run: fn(&[u8]), corpus: &'static [&'static str]) -> Target {
    Target { name, run, corpus }
}

/// The target of a name.
pub fn named(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}
