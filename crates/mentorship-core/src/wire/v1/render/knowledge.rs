//! From a tree of directories to the wire.

use super::four_decimals;
use crate::evidence::Collected;
use crate::knowledge::{Directory, DirectoryHolder};
use crate::organisation::Person;
use crate::readings::bus_factor::BusFactorVerdict;
use crate::wire::v1::{self, Audience, EvidenceState};

/// `people` are those of the history, in its order.
pub(super) fn render(
    entity_ref: &str,
    tree: &Collected<Directory>,
    people: &[Person],
    audience: Audience,
) -> v1::Knowledge {
    let (state, reason) = match tree {
        Collected::Found(_) => (EvidenceState::Found, None),
        Collected::Missing => (EvidenceState::Missing, None),
        Collected::NotCollected => (EvidenceState::NotCollected, None),
        Collected::Failed { reason, .. } => (EvidenceState::Failed, Some(reason.clone())),
    };
    v1::Knowledge {
        schema: "mentorship/knowledge/v1".to_owned(),
        entity_ref: entity_ref.to_owned(),
        audience,
        state,
        reason,
        root: tree.value().map(|root| directory(root, people, audience)),
    }
}

/// As deep as the tree's limits, so that the call stack is no matter.
fn directory(of: &Directory, people: &[Person], audience: Audience) -> v1::KnowledgeDirectory {
    let holders = of.holders.iter().filter_map(|held| holder(held, people));
    v1::KnowledgeDirectory {
        path: of.path.clone(),
        files: of.files,
        authorship: of.authorship,
        recent: of.recent,
        verdict: BusFactorVerdict::of(of.recent.or(of.authorship)).into(),
        files_orphaned: of.orphaned,
        people: match audience {
            Audience::Named => holders.collect(),
            Audience::Counted => Vec::new(),
        },
        directories: of
            .directories
            .iter()
            .map(|below| directory(below, people, audience))
            .collect(),
        directories_not_shown: of.not_shown,
    }
}

fn holder(held: &DirectoryHolder, people: &[Person]) -> Option<v1::Holder> {
    let place = usize::try_from(held.person).ok()?;
    let person = people.get(place)?;
    Some(v1::Holder {
        name: person.name.name.clone(),
        entity_ref: person.name.entity_ref.clone(),
        files: held.files,
        share: four_decimals(held.share),
        left: held.left,
    })
}
