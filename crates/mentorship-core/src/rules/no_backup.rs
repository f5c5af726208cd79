//! `no-backup`: see the page beside it.

use super::stewardship::somebody_in_role;
use super::{Case, Category, Judge, Rule, Verdict};

pub(super) const RULE: Rule = Rule {
    id: "no-backup",
    title: "No backup for the steward",
    ask: "name a backup",
    category: Category::Stewardship,
    weight: 5,
    page: page!("no-backup.md"),
    judge: Judge::ByCase(judge),
};

fn judge(case: &Case<'_>) -> Verdict {
    somebody_in_role(case, &case.facts.backups, "backup", "Name a backup who can act when the steward cannot, in `mentorship/backup` or in the plan.")
}
