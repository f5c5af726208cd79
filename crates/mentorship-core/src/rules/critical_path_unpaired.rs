//! `critical-path-unpaired`: see the page beside it.

use super::critical_paths::{critical_paths, matches_nothing, named};
use super::{Case, Category, Failure, Judge, Rule, Verdict};
use crate::facts::{CriticalPathFact, CriticalPaths, Unpaired};
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "critical-path-unpaired",
    title: "A critical path is not owned by a steward and an apprentice",
    ask: "pair the owners of critical paths",
    category: Category::Assets,
    weight: 4,
    page: page!("critical-path-unpaired.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    let paths = match critical_paths(case) {
        Ok(paths) => paths,
        Err(verdict) => return verdict,
    };
    let reasons: Vec<Words> = paths
        .paths
        .iter()
        .filter_map(|path| lacking(paths, path))
        .collect();
    if reasons.is_empty() {
        return Verdict::Pass(
            Words::text("A steward and an apprentice own ")
                .count(paths.paths.len(), "critical path", "critical paths")
                .then("."),
        );
    }
    let mut places = Vec::new();
    for place in paths
        .paths
        .iter()
        .flat_map(|path| path.unpaired.iter())
        .flat_map(|unpaired| &unpaired.places)
    {
        if !places.contains(place) {
            places.push(place.clone());
        }
    }
    Verdict::Fail(Failure {
        reasons,
        places,
        next_action: Words::text(
            "Name the steward and an apprentice as owners of each critical path.",
        ),
    })
}

/// What a path lacks, in one sentence; `None` where it lacks nothing.
fn lacking(paths: &CriticalPaths, path: &CriticalPathFact) -> Option<Words> {
    if let Some(nothing) = matches_nothing(path) {
        return Some(nothing);
    }
    let begin = Words::text(format!("{}: ", named(paths, path)));
    let Some(unpaired) = &path.unpaired else {
        return Some(begin.then("there is no owners file."));
    };
    if unpaired.files() == 0 {
        return None;
    }
    let Unpaired {
        lack_steward,
        lack_apprentice,
        lack_both,
        unowned,
        unmatched,
        ..
    } = *unpaired;
    let parts = [
        (lack_apprentice, " without an apprentice"),
        (lack_steward, " without a steward"),
        (lack_both, " without either"),
        (unowned, " that a rule leaves without an owner"),
        (unmatched, " that no rule matches"),
    ];
    let told = parts.into_iter().filter(|(files, _)| *files > 0);
    let mut words = begin;
    for (index, (files, what)) in told.enumerate() {
        if index > 0 {
            words = words.then(", ");
        }
        words = words.count(files, "file", "files").then(what);
    }
    Some(words.then("."))
}
