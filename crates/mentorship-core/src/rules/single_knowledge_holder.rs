//! `single-knowledge-holder`: see the page beside it.

use super::verdict::looked_for;
use super::{Case, Category, Failure, Judge, Rule, Verdict};
use crate::facts::SingleHolderFact;
use crate::words::Words;
use mentorship_texts::ordering::sort_by_key;

pub(super) const RULE: Rule = Rule {
    id: "single-knowledge-holder",
    title: "A directory hangs on one person",
    ask: "bring a second person in",
    category: Category::Knowledge,
    weight: 4,
    page: page!("single-knowledge-holder.md"),
    judge: Judge::ByCase(judge),
};

/// Directories told one by one; the rest are counted.
const MOST_TOLD: usize = 3;

fn judge(case: &Case<'_>) -> Verdict {
    let least = u32::from(case.policy.thresholds.single_holder_files);
    let knowledge = match looked_for(&case.facts.knowledge, case.facts, case.policy) {
        Ok(Some(knowledge)) => knowledge,
        Ok(None) => return Verdict::pass("There is no history yet, so nothing hangs on anybody."),
        Err(verdict) => return verdict,
    };
    let mut found: Vec<&SingleHolderFact> = knowledge
        .single_holders
        .iter()
        .filter(|single| single.files >= least)
        .collect();
    if found.is_empty() {
        return Verdict::Pass(
            Words::text("No directory of ")
                .count(least, "file", "files")
                .then(" or more hangs on one person."),
        );
    }
    // Stable: of equal size the first by path.
    sort_by_key(&mut found, |single| std::cmp::Reverse(single.files));
    let more = found.len().saturating_sub(MOST_TOLD);
    let mut reasons: Vec<Words> = found.into_iter().take(MOST_TOLD).map(told).collect();
    if more > 0 {
        reasons.push(
            Words::text("So is it in ")
                .count(more, "other directory", "other directories")
                .then("."),
        );
    }
    Verdict::Fail(Failure {
        reasons,
        places: Vec::new(),
        next_action: Words::text(
            "Let somebody else make the next change there, with the one who knows it as reviewer.",
        ),
    })
}

fn told(single: &SingleHolderFact) -> Words {
    let place = match single.directory.as_str() {
        "" => "The whole repository".to_owned(),
        directory => format!("`{directory}`"),
    };
    Words::text(format!("{place}, "))
        .count(single.files, "file", "files")
        .then(", is held by ")
        .guarded(vec![single.person.name.clone()])
        .then(" alone.")
}
