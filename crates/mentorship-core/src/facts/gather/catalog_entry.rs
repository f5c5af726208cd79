//! The catalog entry: from annotations, links and relations of the entity alone.
//!
//! What the plan links is not the entry's: who is called at night opens the portal.

use super::Evidence;
use crate::evidence::catalog::{Entity, EntityRef};
use crate::facts::{CatalogEntryFacts, OwnerFact};

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

pub(super) fn gather(evidence: &Evidence<'_>) -> CatalogEntryFacts {
    let entity = evidence.entity;
    let annotations = &evidence.policy.catalog_annotations;
    let leads = |annotations: &[String], words: &[&str]| {
        is_annotated(entity, annotations) || is_linked(entity, words)
    };
    CatalogEntryFacts {
        owner: owner(evidence),
        has_system: entity.system.is_some(),
        has_dependencies: depends(entity),
        has_on_call: leads(
            &annotations.on_call,
            &["on-call", "oncall", "on call", "pager"],
        ),
        has_objectives: leads(
            &annotations.objectives,
            &["slo", "slos", "service level", "error budget"],
        ),
        has_dashboard: leads(
            &annotations.dashboards,
            &["dashboard", "dashboards", "grafana", "monitoring"],
        ),
    }
}

fn owner(evidence: &Evidence<'_>) -> OwnerFact {
    let Some(owner) = evidence.entity.owner.clone() else {
        return OwnerFact::Nobody;
    };
    if is_placeholder(&owner) {
        OwnerFact::Placeholder(owner)
    } else if evidence.organisation.has(&owner) {
        OwnerFact::Known(owner)
    } else if evidence.organisation.is_empty() {
        OwnerFact::NotCompared(owner)
    } else {
        OwnerFact::Gone(owner)
    }
}

fn is_placeholder(owner: &EntityRef) -> bool {
    PLACEHOLDERS.contains(&owner.name.as_str()) || owner.name.contains(['{', '}', '<', '>', '$'])
}

/// A list that is there and empty says that there is nothing to depend on.
fn depends(entity: &Entity) -> bool {
    let relations = ["dependsOn", "consumesApi"];
    entity.says_dependencies
        || entity
            .relations
            .iter()
            .any(|relation| relations.contains(&relation.relation_type.as_str()))
}

/// Whether any of the annotations is there; `pagerduty.com/` stands for all that
/// begin so.
fn is_annotated(entity: &Entity, wanted: &[String]) -> bool {
    wanted.iter().any(|wanted| match wanted.ends_with('/') {
        true => entity.annotations.keys().any(|key| key.starts_with(wanted)),
        false => entity.annotation(wanted).is_some(),
    })
}

/// Whether the type or title of a link has one of the words.
fn is_linked(entity: &Entity, wanted: &[&str]) -> bool {
    entity.links.iter().any(|link| {
        let said = [&link.link_type, &link.title];
        said.into_iter().flatten().any(|said| {
            let said = format!(" {} ", said.to_lowercase().replace(['_', '/', ':'], " "));
            wanted.iter().any(|word| says(&said, word))
        })
    })
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
