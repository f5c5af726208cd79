//! Gathering: from the evidence on one service to its facts.

mod apprenticeships;
mod catalog_entry;
mod committers;
mod critical_paths;
mod documents;
mod introductions;
mod knowledge;
mod leaving;
mod operations;
mod outlines;
mod owners;
mod reviews;
mod roles;
mod steward_work;
mod whom;

pub use committers::{Committers, user_of};
pub use leaving::Leaving;
pub use operations::ServiceOperations;
pub use outlines::{Outline, Outlined, Outliner};
pub(super) use roles::written_since;
pub use steward_work::carriers;

use super::{
    ChangeFacts, EXEMPT, Facts, Gathered, LinkFact, LinkKind, Loads, LogFact, Place, PlacedNote,
    PlanFacts, PlanForm, RemovedToggle, RepositoryFact, Service, StewardshipFacts, read_exemptions,
};
use crate::evidence::Collected;
use crate::evidence::catalog::{Annotation, Caption, Entity};
use crate::evidence::plan::{self, AssetKind, LogKind, Plan};
use crate::evidence::repository::{DocumentKind, HISTORY, LISTING, Repository, is_of_owners_tree};
use crate::organisation::Organisation;
use crate::policy::Policy;
use mentorship_texts::ordering::{sort_by, sort_by_key};

/// The annotation by which a service names its plan.
pub const PLAN: &str = "mentorship/plan";

/// The evidence on one service.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// The entity.
    pub entity: &'a Entity,
    /// The repository that the service lives in, where one was handed in.
    pub repository: Option<ServiceRepository<'a>>,
    /// What is kept of the service in operation, where anything is.
    pub operations: Option<ServiceOperations<'a>>,
    /// What each person looks after, by identity.
    pub loads: Option<&'a Loads>,
    /// The people of the catalog.
    pub organisation: &'a Organisation,
    /// The policy.
    pub policy: &'a Policy,
}

/// The place of a service in a repository.
#[derive(Debug, Clone, Copy)]
pub struct ServiceRepository<'a> {
    /// The repository.
    pub repository: &'a Repository,
    /// The directory, empty for the root.
    pub directory: &'a str,
    /// The people of its history.
    pub committers: &'a Committers,
}

/// Gathers the facts of one service.
pub fn gather(evidence: &Evidence<'_>) -> Gathered {
    let mut notes = Vec::new();
    let entity = evidence.entity;
    let plan = evidence.plan();
    if let (Some(named), Some((path, _))) = (entity.annotation(Annotation::Plan), plan.value())
        && !path.ends_with(named.trim_start_matches(['.', '/']))
    {
        notes.push(annotation_note(
            PLAN,
            format!("`{named}` is not in the repository; `{path}` counts"),
        ));
    }
    let beginnings = introductions::Beginnings::new(evidence, &plan);
    let stewards = roles::stewards(evidence, &plan, &mut notes);
    let exemptions = entity.annotation(Annotation::Exempt).map(|text| {
        let (exemptions, problems) = read_exemptions(text);
        notes.extend(
            problems
                .into_iter()
                .map(|problem| annotation_note(EXEMPT, problem)),
        );
        exemptions
    });
    let apprenticeships = apprenticeships::gather(evidence, &plan, &beginnings, &mut notes);
    let (since, since_untold) =
        roles::steward_since(evidence, &plan, &stewards, &beginnings, &mut notes);
    let steward = stewards.value().and_then(|stewards| stewards.first());
    let steward = steward.map(|steward| steward.person.identity().to_owned());
    let load = steward
        .as_ref()
        .and_then(|steward| evidence.loads?.get(steward));
    let stewardship = StewardshipFacts {
        since,
        since_untold,
        load: load.copied().unwrap_or_default(),
    };
    let facts = Facts {
        steward_reviewed: steward_work::reviewed(evidence, &stewards),
        service: service(entity, &mut notes),
        catalog_entry: catalog_entry::gather(evidence),
        enrolled: flag(entity, Annotation::Enrolled, &mut notes),
        critical_paths: critical_paths::gather(evidence, &stewards, &apprenticeships, &mut notes),
        stewards,
        backups: roles::backups(evidence, &plan, &mut notes),
        program_owners: roles::program_owners(evidence, &plan, &mut notes),
        maintainers: roles::maintainers(evidence, &plan),
        apprenticeships,
        links: links(entity, &plan),
        plan: plan
            .as_ref()
            .map(|(path, plan)| plan_facts(evidence, path, plan, steward.as_deref())),
        code_owners: owners::gather(evidence),
        runbooks: documents::gather(evidence, DocumentKind::Runbook),
        decision_records: documents::gather(evidence, DocumentKind::DecisionRecord),
        recordings: documents::recordings(evidence),
        knowledge: knowledge::gather(evidence),
        operations: operations::gather(evidence),
        change: evidence.change(),
        repository: evidence.repository_fact(),
        exemptions: exemptions.unwrap_or_default(),
        notes: Vec::new(),
    };
    notes.extend(evidence.repository_notes(&facts));
    Gathered {
        facts: Facts { notes, ..facts },
        stewardship,
    }
}

impl<'a> Evidence<'a> {
    fn plan(&self) -> Collected<(&'a str, &'a Plan)> {
        match self.repository {
            Some(place) => place
                .repository
                .plan(place.directory, self.entity.annotation(Annotation::Plan)),
            None => Collected::NotCollected,
        }
    }

    /// The toggles below the service's directory; whatever explains them may
    /// stand anywhere in the repository.
    fn change(&self) -> Collected<ChangeFacts> {
        let Some(place) = self.repository else {
            return Collected::NotCollected;
        };
        place.repository.change.as_ref().map(|change| {
            let inside = |path: &str| {
                let below = path.strip_prefix(place.directory);
                place.directory.is_empty() || below.is_some_and(|rest| rest.starts_with('/'))
            };
            let mut removed_toggles = Vec::new();
            for (path, toggle) in &change.removed_toggles {
                if inside(path) {
                    removed_toggles.push(RemovedToggle {
                        name: toggle.value.clone(),
                        // It stands there no more: there is nothing to open.
                        place: Place {
                            label: format!("{path}:{}", toggle.line),
                            href: None,
                        },
                    });
                }
            }
            ChangeFacts {
                removed_toggles,
                writes_runbook: change.writes_runbook,
                names_decision_record: change.names_decision_record,
            }
        })
    }

    fn repository_fact(&self) -> RepositoryFact {
        let Some(place) = self.repository else {
            return RepositoryFact::NotRead {
                located: self.entity.source_location().is_some(),
            };
        };
        let repository = place.repository;
        let collected_at = repository.collected_at.clone();
        match (&repository.failure, repository.plan(place.directory, None)) {
            (
                Some(reason),
                Collected::Failed {
                    last_good: None, ..
                },
            ) => RepositoryFact::Failed {
                reason: reason.clone(),
                collected_at,
            },
            (stale, _) => RepositoryFact::Read {
                collected_at,
                stale: stale.clone(),
            },
        }
    }

    /// Notes on the files that this service is judged by.
    fn repository_notes(&self, facts: &Facts) -> Vec<PlacedNote> {
        let Some(place) = self.repository else {
            return Vec::new();
        };
        let plan = facts.plan.value().map(|plan| plan.path.as_str());
        let owners = place.repository.code_owners();
        let owners = owners.value().map(|file| file.path.as_str());
        let is_tree = facts
            .code_owners
            .value()
            .is_some_and(|owners| owners.is_tree);
        let documents = [&facts.runbooks, &facts.decision_records];
        let documents = || documents.into_iter().filter_map(Collected::value).flatten();
        let maintainers = place.repository.maintainers(place.directory);
        let maintainers = maintainers.value().map(|file| file.path.as_str());
        let concerns = |path: &str| {
            Some(path) == plan
                || Some(path) == maintainers
                || documents().any(|document| document.path == path)
                || Some(path) == owners
                || (is_tree && is_of_owners_tree(path))
                || [HISTORY, LISTING].contains(&path)
        };
        place
            .repository
            .notes()
            .iter()
            .filter(|(path, _)| concerns(path))
            .map(|(path, note)| PlacedNote {
                place: path.clone(),
                line: note.line,
                message: note.message.clone(),
            })
            .collect()
    }

    /// Where a file, and a line of it, can be seen.
    fn place(&self, path: &str, line: Option<u32>) -> Place {
        let address = self
            .repository
            .and_then(|place| place.repository.file_address.as_deref());
        Place {
            label: match line {
                Some(line) => format!("{path}:{line}"),
                None => path.to_owned(),
            },
            href: address.map(|address| file_address(address, path, line)),
        }
    }
}

impl Evidence<'_> {
    /// Where a file as an older commit left it can be seen: the address of today
    /// with that commit in the place of this one.
    fn place_at(&self, commit: &str, path: &str) -> Option<String> {
        let repository = self.repository?.repository;
        let (address, today) = (repository.file_address.as_ref()?, repository.commit()?);
        let then = address
            .contains(today)
            .then(|| address.replace(today, commit))?;
        Some(file_address(&then, path, None))
    }
}

/// Fills `{path}` and `{line}`; without a line the fragment is left out.
fn file_address(template: &str, path: &str, line: Option<u32>) -> String {
    let escaped: String = path
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect();
    let template = match (line, template.split_once('#')) {
        (None, Some((before, fragment))) if fragment.contains("{line}") => before,
        _ => template,
    };
    let line = line.map(|line| line.to_string()).unwrap_or_default();
    template
        .replace("{path}", &escaped)
        .replace("{line}", &line)
}

fn service(entity: &Entity, notes: &mut Vec<PlacedNote>) -> Service {
    let tier = entity.annotation(Annotation::Tier).and_then(|text| {
        let tier = tier(text);
        if tier.is_none() {
            notes.push(annotation_note(
                "mentorship/tier",
                format!("`{text}` is no tier from 1 to 9"),
            ));
        }
        tier
    });
    service_of(entity, tier)
}

fn service_of(entity: &Entity, tier: Option<u8>) -> Service {
    Service {
        entity_ref: entity.entity_ref.clone(),
        title: entity
            .title
            .clone()
            .unwrap_or_else(|| entity.entity_ref.name.clone()),
        kind: entity.kind.clone(),
        entity_type: entity.entity_type.clone(),
        lifecycle: entity.lifecycle.clone(),
        tier,
        owner: entity.owner.clone(),
        system: entity.system.clone(),
    }
}

fn flag(entity: &Entity, annotation: Annotation, notes: &mut Vec<PlacedNote>) -> Option<bool> {
    let text = entity.annotation(annotation)?;
    let flag = yes_or_no(text);
    if flag.is_none() {
        notes.push(annotation_note(
            annotation.key(),
            format!("`{text}` is neither `true` nor `false`"),
        ));
    }
    flag
}

/// A tier from 1 to 9.
fn tier(text: &str) -> Option<u8> {
    let tier = text.parse().ok();
    tier.filter(|tier| (1..=9).contains(tier))
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "yes" => Some(true),
        "false" | "no" => Some(false),
        _ => None,
    }
}

fn plan_facts(
    evidence: &Evidence<'_>,
    path: &str,
    plan: &Plan,
    steward: Option<&str>,
) -> PlanFacts {
    let mut log: Vec<LogFact> = plan
        .log
        .iter()
        .map(|entry| LogFact {
            date: entry.date,
            by_steward: steward.as_ref().is_some_and(|steward| {
                let mut people = entry.people.iter();
                people.any(|one| roles::person(evidence, one).identity() == *steward)
            }),
            hands_over: matches!(entry.kind, LogKind::Handover | LogKind::ReverseShadow),
        })
        .collect();
    sort_by_key(&mut log, |entry| entry.date);
    PlanFacts {
        path: path.to_owned(),
        place: evidence.place(path, None),
        form: match plan.form {
            plan::PlanForm::Canonical | plan::PlanForm::Plain => PlanForm::Filled,
            plan::PlanForm::UnfilledTemplate => PlanForm::Template,
            plan::PlanForm::Unstructured | plan::PlanForm::Empty => PlanForm::Unstructured,
        },
        log,
    }
}

fn links(entity: &Entity, plan: &Collected<(&str, &Plan)>) -> Vec<LinkFact> {
    let of_entity = entity.links.iter().filter_map(|link| {
        let title = link.caption.title.as_ref();
        Some(LinkFact {
            kind: link_kind(&link.caption)?,
            title: title.unwrap_or(&link.url).clone(),
            target: link.url.clone(),
        })
    });
    let assets = plan
        .value()
        .map(|(_, plan)| plan.assets.as_slice())
        .unwrap_or_default();
    let of_plan = assets.iter().filter_map(|asset| {
        let kind = match asset.kind {
            AssetKind::Runbook => LinkKind::Runbook,
            AssetKind::Dashboard => LinkKind::Dashboard,
            AssetKind::Alert => LinkKind::Alert,
            AssetKind::DecisionRecord => LinkKind::DecisionRecord,
            AssetKind::Walkthrough => LinkKind::Walkthrough,
            AssetKind::Other => return None,
        };
        Some(LinkFact {
            kind,
            title: asset.title.clone(),
            target: asset.target.clone()?,
        })
    });
    let mut links: Vec<LinkFact> = of_entity.chain(of_plan).collect();
    sort_by(&mut links, |left, right| {
        (left.kind, &left.target).cmp(&(right.kind, &right.target))
    });
    links.dedup_by(|later, first| later.kind == first.kind && later.target == first.target);
    links
}

fn link_kind(caption: &Caption) -> Option<LinkKind> {
    let words = format!(
        "{} {}",
        caption.link_type.as_deref().unwrap_or_default(),
        caption.title.as_deref().unwrap_or_default()
    );
    let words = words.to_lowercase();
    let kinds = [
        ("runbook", LinkKind::Runbook),
        ("playbook", LinkKind::Runbook),
        ("dashboard", LinkKind::Dashboard),
        ("alert", LinkKind::Alert),
        ("walkthrough", LinkKind::Walkthrough),
        ("recording", LinkKind::Walkthrough),
    ];
    kinds
        .into_iter()
        .find(|(word, _)| words.contains(word))
        .map(|(_, kind)| kind)
}

fn annotation_note(key: &str, message: String) -> PlacedNote {
    PlacedNote {
        place: key.to_owned(),
        line: None,
        message,
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
