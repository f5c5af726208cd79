//! The catalog entry: from annotations, links and relations of the entity alone.
//!
//! What the plan links is not the entry's: who is called at night opens the portal.

use super::Evidence;
use crate::evidence::catalog::{Caption, EntityRef};
use crate::facts::{CatalogEntryFacts, OwnerFact};
use crate::organisation::Organisation;
use crate::policy::CatalogAnnotations;

/// Owners that templates and demonstrations leave behind.
const PLACEHOLDERS: [&str; 20] = [
    "guest",
    "guests",
    "unknown",
    "nobody",
    "none",
    "unowned",
    "unassigned",
    "todo",
    "tbd",
    "placeholder",
    "example",
    "default",
    "changeme",
    "change-me",
    "owner",
    "my-team",
    "your-team",
    "team-name",
    "user-name",
    "group-name",
];

/// Where something leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Leads {
    pub on_call: bool,
    pub objectives: bool,
    pub dashboard: bool,
}

pub(super) fn gather(evidence: &Evidence<'_>) -> CatalogEntryFacts {
    let entity = evidence.entity;
    let keys = entity.annotation_keys.iter().map(String::as_str);
    let mut leads = leads_of_keys(keys, &evidence.policy.catalog_annotations);
    for link in &entity.links {
        leads = leads.or(leads_of_link(&link.caption));
    }
    CatalogEntryFacts {
        owner: owner(entity.owner.as_ref(), evidence.organisation),
        has_system: entity.system.is_some(),
        has_dependencies: entity.says_dependencies,
        has_on_call: leads.on_call,
        has_objectives: leads.objectives,
        has_dashboard: leads.dashboard,
    }
}

impl Leads {
    /// Where one of two leads to.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            on_call: self.on_call || other.on_call,
            objectives: self.objectives || other.objectives,
            dashboard: self.dashboard || other.dashboard,
        }
    }
}

/// Who an owner is.
pub(super) fn owner(owner: Option<&EntityRef>, organisation: &Organisation) -> OwnerFact {
    let Some(owner) = owner.cloned() else {
        return OwnerFact::Nobody;
    };
    if is_placeholder(&owner) {
        OwnerFact::Placeholder(owner)
    } else if organisation.has(&owner) {
        OwnerFact::Known(owner)
    } else if organisation.is_empty() {
        OwnerFact::NotCompared(owner)
    } else {
        OwnerFact::Gone(owner)
    }
}

fn is_placeholder(owner: &EntityRef) -> bool {
    PLACEHOLDERS.contains(&owner.name.as_str()) || owner.name.contains(['{', '}', '<', '>', '$'])
}

/// Where annotations with these keys lead to; `pagerduty.com/` in the settings stands
/// for all that begin so.
pub(super) fn leads_of_keys<'a>(
    keys: impl Iterator<Item = &'a str>,
    settings: &CatalogAnnotations,
) -> Leads {
    let mut leads = Leads::default();
    for key in keys {
        let is_one = |wanted: &[String]| {
            wanted.iter().any(|wanted| match wanted.ends_with('/') {
                true => key.starts_with(wanted),
                false => key == wanted,
            })
        };
        leads = leads.or(Leads {
            on_call: is_one(&settings.on_call),
            objectives: is_one(&settings.objectives),
            dashboard: is_one(&settings.dashboards),
        });
    }
    leads
}

/// Where a link leads to, by the words of its type or title.
pub(super) fn leads_of_link(caption: &Caption) -> Leads {
    let mut leads = Leads::default();
    for said in [&caption.link_type, &caption.title].into_iter().flatten() {
        let said = format!(" {} ", said.to_lowercase().replace(['_', '/', ':'], " "));
        let has = |words: &[&str]| words.iter().any(|word| says(&said, word));
        leads = leads.or(Leads {
            on_call: has(&["on-call", "oncall", "on call", "pager"]),
            objectives: has(&["slo", "slos", "service level", "error budget"]),
            dashboard: has(&["dashboard", "dashboards", "grafana", "monitoring"]),
        });
    }
    leads
}

/// Whether a word stands in a text on its own, so that no `slo` is in `slow`.
fn says(text: &str, word: &str) -> bool {
    let ends = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(word).any(|(at, _)| {
        let (before, behind) = (text.get(..at), text.get(at + word.len()..));
        ends(before.and_then(|text| text.chars().next_back()))
            && ends(behind.and_then(|text| text.chars().next()))
    })
}
