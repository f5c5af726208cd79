//! `no-decision-record`: see the page beside it.

use super::verdict::looked_for;
use super::{Case, Category, Judge, Rule, Verdict};
use crate::facts::{DocumentContent, DocumentDay, DocumentFact, LinkKind};
use crate::words::Words;

pub(super) const RULE: Rule = Rule {
    id: "no-decision-record",
    title: "No decision record",
    ask: "write a decision record",
    category: Category::Assets,
    weight: 2,
    page: page!("no-decision-record.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    let links = case.facts.links.iter();
    let linked = links.filter(|link| link.kind == LinkKind::DecisionRecord).count();
    let found = match looked_for(&case.facts.decision_records, case.facts, case.policy) {
        Ok(found) => found.map(Vec::as_slice).unwrap_or_default(),
        Err(_) if linked > 0 => &[],
        Err(verdict) => return verdict,
    };
    match nearest_to_whole(found) {
        // What is only linked cannot be read, and counts as it is told.
        None if linked > 0 => Verdict::Pass(
            Words::default().count(linked, "linked decision record", "linked decision records").then("."),
        ),
        None => Verdict::fail(
            "There is no decision record.",
            "Write the last risky decision into docs/adr/0001-<title>.md: context, decision, consequences, status.",
        ),
        Some((_, [])) => passed(found),
        Some(_) if found.iter().any(|record| record.content == DocumentContent::Unread) => {
            Verdict::Unknown {
                missing: Words::text("Not every decision record was read, and none of the others is whole."),
                how: Words::text("Mend what the notes say of the decision records; the next run reads them again."),
                ask: "make decision records readable",
            }
        }
        Some((record, lacks)) => Verdict::fail_at(
            Words::text(format!(
                "No decision record is whole; the nearest, `{}`, lacks: {}.",
                record.path,
                lacks.join(", ")
            )),
            vec![record.place.clone()],
            "Add what is missing, for whoever asks later why it is so.",
        ),
    }
}

/// The record that lacks least, the first by path, and what it lacks. One that
/// was not read may lack everything.
fn nearest_to_whole(records: &[DocumentFact]) -> Option<(&DocumentFact, &[&'static str])> {
    const EVERYTHING: &[&str] = &["context", "decision", "consequences", "status"];
    let lacks = |record: &'_ DocumentFact| match &record.content {
        DocumentContent::DecisionRecord { lacks, .. } => lacks.len(),
        _ => EVERYTHING.len() + 1,
    };
    let nearest = records.iter().min_by_key(|record| lacks(record))?;
    match &nearest.content {
        DocumentContent::DecisionRecord { lacks, .. } => Some((nearest, lacks)),
        _ => Some((nearest, EVERYTHING)),
    }
}

fn passed(records: &[DocumentFact]) -> Verdict {
    let days = records.iter().filter_map(|record| match &record.content {
        DocumentContent::DecisionRecord { date, .. } => date.as_ref(),
        _ => None,
    });
    let newest: Option<&DocumentDay> = days.max_by_key(|day| day.date);
    let told = Words::default().count(records.len(), "decision record", "decision records");
    Verdict::Pass(match newest {
        Some(newest) => told.then(", the newest of ").date(newest.date).then("."),
        None => told.then("."),
    })
}
