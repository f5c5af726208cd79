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
    let keys = entity.annotation_keys.iter();
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
            wanted.iter().any(|wanted| {
                key.starts_with(wanted) && (key.len() == wanted.len() || ends_open(wanted))
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

/// Whether a setting stands for all keys that begin so.
fn ends_open(wanted: &str) -> bool {
    wanted.as_bytes().last() == Some(&b'/')
}

/// Where a link leads to, by the words of its type or title.
pub(super) fn leads_of_link(caption: &Caption) -> Leads {
    let mut leads = Leads::default();
    for said in [&caption.link_type, &caption.title].into_iter().flatten() {
        let said = said.to_lowercase().replace(['_', '/', ':'], " ");
        for rest in from_each_word(&said) {
            let says = |words: &[&str]| words.iter().any(|word| begins_with_word(rest, word));
            leads = leads.or(Leads {
                on_call: says(&["on-call", "oncall", "on call", "pager"]),
                objectives: says(&["slo", "slos", "service level", "error budget"]),
                dashboard: says(&["dashboard", "dashboards", "grafana", "monitoring"]),
            });
        }
    }
    leads
}

/// A text from the beginning of each of its words on.
fn from_each_word(text: &str) -> impl Iterator<Item = &str> {
    let mut is_within = false;
    text.char_indices().filter_map(move |(at, sign)| {
        let was_within = std::mem::replace(&mut is_within, sign.is_alphanumeric());
        text.get(at..).filter(|_| is_within && !was_within)
    })
}

/// Whether a text begins with a word that ends there, so that no `slo` is in `slow`.
fn begins_with_word(text: &str, word: &str) -> bool {
    let behind = text.strip_prefix(word);
    behind.is_some_and(|behind| !behind.starts_with(char::is_alphanumeric))
}
