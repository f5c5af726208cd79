//! What the rules on runbooks have in common: which of them could be read.

use super::verdict::looked_for;
use super::{Case, Failure, Verdict};
use crate::facts::{DocumentContent, DocumentFact, LinkKind, Place};
use crate::words::Words;

/// Runbooks told one by one; the rest are counted.
const MOST_TOLD: usize = 3;

/// The runbooks of the repository; else the verdict where there are none to read.
pub(super) fn at_hand<'a>(case: &Case<'a>) -> Result<&'a [DocumentFact], Verdict> {
    let found = looked_for(&case.facts.runbooks, case.facts, case.policy)?;
    let is_linked = |kind| case.facts.links.iter().any(|link| link.kind == kind);
    match found {
        Some(runbooks) => Ok(runbooks),
        None if is_linked(LinkKind::Runbook) => Err(Verdict::Unknown {
            missing: Words::text("The runbook is linked, and its text is not in the repository."),
            how: Words::text(
                "Keep the runbook beside the code, in docs/runbooks, where it is reviewed with it.",
            ),
            ask: "keep the runbook beside the code",
        }),
        None => Err(Verdict::fail(
            "There is no runbook.",
            "Write docs/runbooks/<task>.md with commands, a way back and a link to the dashboard.",
        )),
    }
}

/// The verdict on runbooks one by one: `problem` says what is wrong with one, in
/// words that follow its path, and where.
pub(super) fn verdict(
    runbooks: &[DocumentFact],
    problem: &dyn Fn(&DocumentFact) -> Option<(Words, Place)>,
    more: &'static str,
    next_action: &'static str,
) -> Option<Verdict> {
    let mut failure = Failure {
        reasons: Vec::new(),
        places: Vec::new(),
        next_action: Words::text(next_action),
    };
    for runbook in runbooks {
        if let Some((problem, place)) = problem(runbook) {
            if failure.places.len() < MOST_TOLD {
                let named = Words::text(format!("`{}` ", runbook.path));
                failure.reasons.push(named.and(problem));
            }
            failure.places.push(place);
        }
    }
    let untold = failure.places.len().saturating_sub(MOST_TOLD);
    if untold > 0 {
        let counted = Words::default().count(untold, "other runbook", "other runbooks");
        failure.reasons.push(counted.then(more));
    }
    (!failure.places.is_empty()).then_some(Verdict::Fail(failure))
}

/// Unknown where the text of any was not read.
pub(super) fn unread(runbooks: &[DocumentFact]) -> Option<Verdict> {
    let unread = runbooks.iter();
    let unread = unread.filter(|runbook| runbook.content == DocumentContent::Unread);
    let count = unread.count();
    (count > 0).then(|| Verdict::Unknown {
        missing: Words::text("The text of ")
            .count(count, "runbook", "runbooks")
            .then(" was not read."),
        how: Words::text("Mend what the notes say of the runbooks; the next run reads them again."),
        ask: "make the runbooks readable",
    })
}
