//! Days that nobody wrote down, taken from the commits that introduced what they
//! are the days of.

use super::{Evidence, owners};
use crate::evidence::Collected;
use crate::evidence::introductions::{Asked, Introduction, Introductions, Roles, Scope, Step};
use crate::evidence::plan::Plan;
use crate::facts::{DateFact, Place};

/// As long as git itself shortens names of commits at first.
const SHORT: usize = 7;

/// Since when something is said.
pub(super) enum Beginning {
    /// Since the commit that introduced it.
    Known(DateFact),
    /// No file of the repository says it.
    NotNamed,
    /// The commits cannot tell; why, in one sentence without a full stop.
    Untold(String),
}

/// What says since when somebody has a role in one service.
pub(super) struct Beginnings<'a> {
    evidence: &'a Evidence<'a>,
    introductions: Collected<&'a Introductions>,
    plan: Option<&'a str>,
    scopes: Vec<Scope>,
}

impl<'a> Beginnings<'a> {
    pub(super) fn new(evidence: &'a Evidence<'a>, plan: &Collected<(&'a str, &'a Plan)>) -> Self {
        let introductions = match evidence.repository {
            Some(place) => place.repository.introductions(),
            None => Collected::NotCollected,
        };
        let service = evidence.entity.entity_ref.clone();
        let mut scopes = vec![Scope::Plan, Scope::Service(service)];
        if introductions.value().is_some_and(|all| all.has_owners()) {
            let patterns = owners::patterns_with_roles(evidence).into_iter();
            scopes.extend(patterns.map(Scope::Pattern));
        }
        Self {
            scopes,
            plan: plan.value().map(|(path, _)| *path),
            introductions,
            evidence,
        }
    }

    /// Since when the files about the service say something of its roles. Of
    /// several files the one that said it first counts: a steward whom the plan
    /// named for years did not begin when an annotation named them too.
    pub(super) fn of(&self, says: &dyn Fn(&Roles) -> bool) -> Beginning {
        let Some(introductions) = self.introductions.value() else {
            return Beginning::Untold(
                "earlier versions of the files that name roles were not collected".to_owned(),
            );
        };
        let asked = Asked {
            plan: self.plan,
            scopes: &self.scopes,
        };
        let (mut known, mut at_least): (Option<&Step>, Option<&Step>) = (None, None);
        let mut unread = !introductions.are_all();
        for found in introductions.find(asked, says) {
            let (oldest, step) = match found {
                Introduction::At(step) => (&mut known, step),
                Introduction::Before(step) => (&mut at_least, step),
                Introduction::NotRead => {
                    unread = true;
                    continue;
                }
                Introduction::NotSaid => continue,
            };
            if oldest.is_none_or(|oldest| step.day < oldest.day) {
                *oldest = Some(step);
            }
        }
        let at_least = at_least.filter(|step| known.is_none_or(|known| step.day <= known.day));
        match (known, at_least) {
            (_, Some(step)) => Beginning::Untold(format!(
                "it is so since {} at least, by commit {}, and what was before was not read",
                step.day,
                short(&step.commit)
            )),
            (Some(known), None) => Beginning::Known(date(self.evidence, known)),
            (None, None) if unread => Beginning::Untold(
                "earlier versions of the files that name roles were not read".to_owned(),
            ),
            (None, None) => Beginning::NotNamed,
        }
    }
}

fn date(evidence: &Evidence<'_>, step: &Step) -> DateFact {
    let commit = short(&step.commit).to_owned();
    DateFact {
        date: step.day,
        place: Place {
            label: format!("{} in {commit}", step.path),
            href: evidence.place_at(&step.commit, &step.path),
        },
        commit: Some(commit),
    }
}

fn short(commit: &str) -> &str {
    commit.get(..SHORT).unwrap_or(commit)
}
