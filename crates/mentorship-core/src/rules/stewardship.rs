//! What the rules about roles share: without a steward there is no rotation to
//! judge, and that is a failure rather than a pass.

use super::verdict::looked_for;
use super::{Case, Verdict};
use crate::evidence::Collected;
use crate::facts::RoleFact;
use crate::words::Words;

/// The steward who is there, or the verdict where there is none.
pub(super) fn steward<'a>(case: &Case<'a>) -> Result<&'a RoleFact, Verdict> {
    match case.facts.steward() {
        Some(steward) if !steward.person.left => return Ok(steward),
        Some(_) => {}
        None => {
            looked_for(&case.facts.stewards, case.facts, case.policy)?;
        }
    }
    Err(Verdict::fail(
        "There is no steward; until there is one, this cannot be in order.",
        Words::text("Name a steward first."),
    ))
}

/// Whether somebody who is there holds a role.
pub(super) fn somebody_in_role(
    case: &Case<'_>,
    holders: &Collected<Vec<RoleFact>>,
    role: &str,
    action: &'static str,
) -> Verdict {
    let holders = match looked_for(holders, case.facts, case.policy) {
        Ok(holders) => holders.map(Vec::as_slice).unwrap_or_default(),
        Err(verdict) => return verdict,
    };
    if let Some(holder) = holders.iter().find(|holder| !holder.person.left) {
        return Verdict::Pass(
            Words::default()
                .person(&holder.person.name)
                .then(format!(" is {role}.")),
        );
    }
    match holders.first() {
        Some(holder) => Verdict::fail_at(
            Words::default()
                .person(&holder.person.name)
                .then(format!(" is named as {role} and has left.")),
            vec![holder.place.clone()],
            action,
        ),
        None => Verdict::fail(Words::text(format!("Nobody is named as {role}.")), action),
    }
}
