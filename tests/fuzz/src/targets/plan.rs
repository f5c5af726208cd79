//! `MENTORSHIP.md` and its variants.

use mentorship_texts::plan::{Milestone, parse};

use super::lines;

/// Any bytes are a plan or a reason why not.
pub fn plan(data: &[u8]) {
    lines::hold_spelling(data, parse);
    let read = parse(data);
    let count = lines::count(data);
    lines::hold_notes(&read.notes, count);
    let plan = &read.value;
    let is_there = |line: u32| assert!((1..=count).contains(&line), "line {line} of {count}");
    let people = [
        &plan.steward,
        &plan.backup,
        &plan.program_owner,
        &plan.maintainers,
        &plan.mentors,
    ];
    people
        .into_iter()
        .flatten()
        .for_each(|person| is_there(person.line));
    plan.assets.iter().for_each(|asset| is_there(asset.line));
    plan.escalation
        .iter()
        .for_each(|entry| is_there(entry.line));
    plan.log.iter().for_each(|entry| is_there(entry.line));
    let milestone = |milestone: &Milestone| is_there(milestone.line);
    plan.milestones.iter().for_each(milestone);
    for apprentice in &plan.apprentices {
        is_there(apprentice.line);
        assert!(
            !apprentice.person.spelling().trim().is_empty(),
            "an apprentice without a name"
        );
        apprentice.milestones.iter().for_each(milestone);
        for own in plan.milestones_of(apprentice) {
            milestone(own.milestone);
        }
    }
}
