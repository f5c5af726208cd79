//! `no-apprentice-on-call`: see the page beside it.

use super::learning::open_apprenticeships;
use super::operations::{delivered, incidents, window};
use super::{Case, Category, Judge, Rule, Verdict};
use crate::organisation::{Person, identities};
use crate::policy::Source;
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "no-apprentice-on-call",
    title: "No apprentice is on call",
    ask: "put an apprentice on call",
    category: Category::Operations,
    weight: 3,
    page: page!("no-apprentice-on-call.md"),
    judge: Judge::ByCase(judge),
};

/// Primary and secondary.
const LAST_LEVEL: u8 = 2;

fn judge(case: &Case<'_>) -> Verdict {
    let facts = &case.facts.operations;
    let window = window(case);
    let on_calls = delivered(&facts.on_calls, Source::OnCalls, case.policy);
    let incidents = incidents(case);
    // A source that the installation has not cannot stand in the way of the other.
    if let (Err(Verdict::NotApplicable(_)), Err(verdict)) = (&on_calls, &incidents) {
        return verdict.clone();
    }
    let open = match open_apprenticeships(case) {
        Ok(open) => open,
        Err(verdict) => return verdict,
    };
    let apprentices = identities(&mut open.iter().map(|one| &one.facts.apprentice));
    let is_learning = |person: &Person| apprentices.contains(person.identity());
    let on_call = on_calls.as_ref().ok().copied().flatten();
    let listed = on_call.into_iter().flatten().filter(|one| {
        one.level <= LAST_LEVEL
            && one.start.is_none_or(|start| start <= window.until)
            && one.end.is_none_or(|end| end > window.after)
    });
    let answered = incidents.as_ref().ok().into_iter().flatten();
    let answered = answered.flat_map(|incident| &incident.responses);
    let answered = answered.filter(|one| one.level.is_some_and(|level| level <= LAST_LEVEL));
    let mut ready: Vec<&Person> = listed.map(|one| &*one.person).collect();
    ready.extend(answered.map(|one| &*one.person));
    if let Some(person) = ready.iter().find(|person| is_learning(person)) {
        return Verdict::Pass(
            Words::default()
                .guarded(vec![person.name.clone()])
                .then(" is learning and was on call, as primary or secondary."),
        );
    }
    // Who is on call decides where it is known; else who was called.
    match (on_calls, incidents) {
        (Ok(_), _) => {}
        (Err(_), Ok(_)) if !ready.is_empty() => {}
        (Err(Verdict::NotApplicable(_)), Ok(_)) => {
            return Verdict::Unknown {
                missing: Words::text("Nobody was paged as primary or secondary, as far as the incidents tell."),
                how: Words::text("Push who is on call, or the level of who was paged."),
                ask: "push who is on call",
            };
        }
        (Err(verdict), _) => return verdict,
    }
    Verdict::fail(
        Words::text(format!(
            "In {} days no apprentice was on call as primary or secondary; ",
            case.policy.thresholds.operations_window_days
        ))
        .count(open.len(), "person is", "people are")
        .then(" learning."),
        "Put an apprentice on call as secondary for a quiet week, with the steward as backup.",
    )
}
