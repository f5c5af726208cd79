//! `runbook-incomplete`: see the page beside it.

use super::{Case, Category, Judge, Rule, Verdict, runbooks};
use crate::facts::{DocumentContent, DocumentFact, Place};
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "runbook-incomplete",
    title: "A runbook lacks commands, a way back or links",
    ask: "complete the runbooks",
    category: Category::Assets,
    weight: 3,
    page: page!("runbook-incomplete.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    let found = match runbooks::at_hand(case) {
        Ok(found) => found,
        Err(verdict) => return verdict,
    };
    let failed = runbooks::verdict(
        found,
        &lacks,
        " lack something too.",
        "Add the missing steps: let the apprentice follow the runbook, and write down where it stops.",
    );
    failed.or_else(|| runbooks::unread(found)).unwrap_or_else(|| {
        Verdict::Pass(
            Words::default()
                .count(found.len(), "runbook", "runbooks")
                .then(", with commands, a way back and links."),
        )
    })
}

fn lacks(runbook: &DocumentFact) -> Option<(Words, Place)> {
    let DocumentContent::Runbook {
        commands,
        rollback,
        links,
        ..
    } = &runbook.content
    else {
        return None;
    };
    let parts = [
        (*commands == 0, "no commands"),
        (rollback.is_none(), "no way back"),
        (*links == 0, "no link to a dashboard"),
    ];
    let mut lacking = Vec::new();
    for (lacks, part) in parts {
        if lacks {
            lacking.push(part);
        }
    }
    let told = match lacking.as_slice() {
        [] => return None,
        [one] => (*one).to_owned(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    };
    Some((Words::text(format!("has {told}.")), runbook.place.clone()))
}
