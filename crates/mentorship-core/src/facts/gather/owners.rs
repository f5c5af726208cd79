//! Owners: the file or the OWNERS tree, and the people behind what it names.

use std::collections::BTreeSet;

use super::{Evidence, count};
use crate::evidence::Collected;
use crate::evidence::owners::{DeclaredOwners, Owner, OwnerKind};
use crate::facts::CodeOwnersFacts;
use crate::organisation::{Mention, Person};

pub(super) fn gather(evidence: &Evidence<'_>) -> Collected<CodeOwnersFacts> {
    let Some(place) = evidence.repository else {
        return Collected::NotCollected;
    };
    place.repository.code_owners().map(|file| {
        let skipped = file.skipped.iter();
        let (is_tree, rules, unknown_teams) = match &file.owners {
            DeclaredOwners::File(owners) => {
                let unknown = owners.owners().iter().filter(|owner| match owner.kind() {
                    OwnerKind::Team { path, .. } => evidence.organisation.team(path).is_none(),
                    _ => false,
                });
                let unknown = unknown.map(|team| team.as_written().to_owned());
                let rules = count(owners.rules_with_owners());
                (false, rules, unknown.collect())
            }
            DeclaredOwners::Tree(tree) => {
                let files = tree
                    .try_borrow()
                    .map_or(0, |tree| tree.files_with_approvers());
                (true, count(files), Vec::new())
            }
        };
        CodeOwnersFacts {
            place: evidence.place(&file.path, None),
            is_tree,
            rules,
            broken: skipped
                .map(|(path, line)| evidence.place(path, *line))
                .collect(),
            unknown_teams,
        }
    })
}

/// The patterns that decide about the service's files and name a handle with a
/// role, each once.
pub(super) fn patterns_with_roles(evidence: &Evidence<'_>) -> Vec<String> {
    let Some(place) = evidence.repository else {
        return Vec::new();
    };
    let (owners, paths) = (place.repository.code_owners(), place.repository.paths());
    let (Some(file), Some(paths)) = (owners.value(), paths.value()) else {
        return Vec::new();
    };
    let DeclaredOwners::File(owners) = &file.owners else {
        return Vec::new();
    };
    let roles = evidence.policy.role_handles.patterns();
    let carries_role = |owner: &&Owner| roles.role_of(owner).is_some();
    let mut lines = BTreeSet::new();
    if owners.owners().iter().any(|owner| carries_role(&owner)) {
        for path in paths.below(place.directory) {
            lines.extend(owners.of(path).lines);
        }
    }
    let deciding = lines.into_iter().filter_map(|line| owners.rule_on(line));
    let with_roles = deciding.filter(|rule| rule.owners.iter().any(carries_role));
    with_roles.map(|rule| rule.pattern.to_owned()).collect()
}

/// The people whom an owner stands for: one for a handle or an address, the
/// members of a team that a group of the catalog stands for. `None` where
/// nobody can tell.
pub(super) fn people_behind(evidence: &Evidence<'_>, owner: &Owner) -> Option<Vec<Person>> {
    let Evidence {
        organisation,
        policy,
        ..
    } = evidence;
    let members = |path: &str| {
        let team = organisation.team(path)?;
        let members = organisation.members(&team);
        let people = members
            .iter()
            .map(|user| organisation.person(Mention::Ref(&user.to_string()), &policy.people));
        Some(people.collect())
    };
    match owner.kind() {
        OwnerKind::Handle(login) => {
            let person = evidence.whom(Mention::Handle(login), None);
            match person.name.entity_ref {
                Some(_) => Some(vec![person]),
                // On GitLab a handle may be a group.
                None => members(login).or(Some(vec![person])),
            }
        }
        OwnerKind::Email(address) => Some(vec![evidence.whom(Mention::Email(address), None)]),
        OwnerKind::Team { path, .. } => members(path),
        OwnerKind::Role(_) => None,
    }
}
