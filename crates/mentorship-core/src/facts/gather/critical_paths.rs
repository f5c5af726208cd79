//! Critical paths: which files they are, who owns them and who reviews them.

use super::committers::Committers;
use super::reviews::{Told, of_scope};
use super::{Evidence, annotation_note, count, knowledge, owners};
use crate::civil_date::CivilDate;
use crate::evidence::Collected;
use crate::evidence::catalog::Annotation;
use crate::evidence::owners::{
    DecidedBy, HandleRole, Lacks, OwnershipState, PairRoles, pairing_of,
};
use crate::evidence::path_patterns::{LetterCase, PathPatterns};
use crate::evidence::repository::{Paths, Repository};
use crate::facts::{
    Apprenticeship, CriticalPathFact, CriticalPaths, Place, PlacedNote, ReviewBasis, RoleFact,
    Unpaired,
};
use crate::knowledge::{History, Scope};
use crate::organisation::Person;
use mentorship_texts::ordering::sort_by;

const ANNOTATION: Annotation = Annotation::CriticalPaths;
/// Places named for one pattern; more would not help anybody to mend it.
const MOST_PLACES: usize = 5;

pub(super) fn gather(
    evidence: &Evidence<'_>,
    stewards: &Collected<Vec<RoleFact>>,
    apprenticeships: &Collected<Vec<Apprenticeship>>,
    notes: &mut Vec<PlacedNote>,
) -> Collected<CriticalPaths> {
    let Some(place) = evidence.repository else {
        return Collected::NotCollected;
    };
    let (written, by_default) = patterns(evidence);
    let (patterns, problems) = PathPatterns::parse(written.iter().copied(), LetterCase::Sensitive);
    notes.extend(
        problems
            .into_iter()
            .map(|problem| annotation_note(ANNOTATION.key(), problem.message)),
    );
    let stewards = stewards.value().map(Vec::as_slice).unwrap_or_default();
    let apprentices = apprenticeships.value().map(Vec::as_slice);
    let pair = Pair {
        evidence,
        stewards: stewards.iter().map(|role| &role.person).collect(),
        apprentices: apprentices
            .unwrap_or_default()
            .iter()
            .map(|one| &one.apprentice)
            .collect(),
    };
    place.repository.paths().map(|paths| {
        let files = files(paths, place.directory, &patterns, by_default);
        let mut found: Vec<CriticalPathFact> = Vec::new();
        let unpaired = pair.unpaired(place.repository, &patterns, &files);
        for (index, pattern) in written.iter().enumerate() {
            let matching = files
                .iter()
                .filter(|(_, compared)| patterns.all_matches(compared).contains(&index));
            let matching: Vec<&str> = matching.map(|(path, _)| *path).collect();
            if by_default && matching.is_empty() {
                continue;
            }
            let (changed, reviews) = work(evidence, &matching);
            found.push(CriticalPathFact {
                pattern: (*pattern).to_owned(),
                files: count(matching.len()),
                unpaired: unpaired.as_ref().and_then(|all| all.get(index).cloned()),
                changed,
                reviews,
            });
        }
        CriticalPaths {
            by_default,
            paths: found,
            reviews: review_basis(evidence, place.repository),
            files: count(files.len()),
            known: knowledge::of_files(evidence, files.iter().map(|(path, _)| *path)),
        }
    })
}

/// The service's own patterns, else the policy's.
fn patterns<'a>(evidence: &Evidence<'a>) -> (Vec<&'a str>, bool) {
    let named = evidence.entity.annotation(ANNOTATION).unwrap_or_default();
    let named: Vec<&str> = named
        .split([',', '\n'])
        .map(str::trim)
        .filter(|pattern| !pattern.is_empty())
        .collect();
    match named.is_empty() {
        true => (
            evidence
                .policy
                .critical_paths
                .iter()
                .map(String::as_str)
                .collect(),
            true,
        ),
        false => (named, false),
    }
}

/// The critical files with what the patterns are compared with: the path from
/// the service's directory. Patterns that a service names itself and that match
/// nothing there are meant from the root of the repository.
fn files<'a>(
    paths: &'a Paths,
    directory: &str,
    patterns: &PathPatterns,
    by_default: bool,
) -> Vec<(&'a str, &'a str)> {
    let start = match directory {
        "" => 0,
        _ => directory.len() + 1,
    };
    let below = paths.below(directory);
    let mut files: Vec<(&str, &str)> = below
        .map(|path| (path, path.get(start..).unwrap_or_default()))
        .filter(|(_, compared)| patterns.matches(compared))
        .collect();
    if files.is_empty() && !by_default && start > 0 {
        let all = paths.below("").map(|path| (path, path));
        files.extend(all.filter(|(_, compared)| patterns.matches(compared)));
    }
    files
}

/// Who makes a pair on this service.
struct Pair<'a> {
    evidence: &'a Evidence<'a>,
    stewards: Vec<&'a Person>,
    apprentices: Vec<&'a Person>,
}

impl Pair<'_> {
    /// What each pattern lacks; `None` where there is no owners file.
    fn unpaired(
        &self,
        repository: &Repository,
        patterns: &PathPatterns,
        files: &[(&str, &str)],
    ) -> Option<Vec<Unpaired>> {
        let owners = repository.code_owners();
        let file = owners.value()?;
        let handles = self.evidence.policy.role_handles.patterns();
        let found = pairing_of(&file.owners, patterns, files, &mut |owner| {
            let by_handle = handles.role_of(owner).map(|handle| handle.role);
            let people = owners::people_behind(self.evidence, owner).unwrap_or_default();
            let is_one_of = |role: &[&Person]| {
                let mut there = people.iter().filter(|person| !person.left);
                there.any(|person| {
                    role.iter()
                        .any(|other| other.identity() == person.identity())
                })
            };
            PairRoles {
                steward: by_handle == Some(HandleRole::Steward) || is_one_of(&self.stewards),
                apprentice: by_handle == Some(HandleRole::Apprentice)
                    || is_one_of(&self.apprentices),
            }
        });
        let told = found.iter().map(|path| {
            let mut told = Unpaired::default();
            for lacking in &path.unpaired {
                let counter = match (lacking.state, lacking.lacks) {
                    (OwnershipState::Unowned, _) => &mut told.unowned,
                    (OwnershipState::Unmatched, _) => &mut told.unmatched,
                    (OwnershipState::Owned, Lacks::Steward) => &mut told.lack_steward,
                    (OwnershipState::Owned, Lacks::Apprentice) => &mut told.lack_apprentice,
                    (OwnershipState::Owned, Lacks::Both) => &mut told.lack_both,
                };
                *counter += 1;
                self.add_places(&file.path, &lacking.decided_by, &mut told.places);
            }
            told
        });
        Some(told.collect())
    }

    fn add_places(&self, owners_path: &str, decided_by: &DecidedBy, places: &mut Vec<Place>) {
        let decisive: Vec<Place> = match decided_by {
            DecidedBy::Lines(lines) => lines
                .iter()
                .map(|line| self.evidence.place(owners_path, Some(*line)))
                .collect(),
            DecidedBy::Files(files) => files
                .iter()
                .take(1)
                .map(|path| self.evidence.place(path, None))
                .collect(),
        };
        for place in decisive {
            if places.len() < MOST_PLACES && !places.contains(&place) {
                places.push(place);
            }
        }
    }
}

fn review_basis(evidence: &Evidence<'_>, repository: &Repository) -> ReviewBasis {
    if Told::of(evidence).is_some() {
        return ReviewBasis::CodeHost;
    }
    match repository.history().value() {
        Some(history) if history.names_reviewers() => ReviewBasis::Trailers,
        Some(_) => ReviewBasis::NoTrailers,
        None => ReviewBasis::NotRead,
    }
}

/// The days on which files were changed, and their reviews: those of the code
/// host where it was asked, else those that commits name.
fn work(evidence: &Evidence<'_>, files: &[&str]) -> (Vec<CivilDate>, Vec<(CivilDate, Person)>) {
    let Some(place) = evidence.repository else {
        return (Vec::new(), Vec::new());
    };
    let history = place.repository.history();
    let (mut changed, mut reviews) = match history.value() {
        Some(history) => by_history(history, place.committers, files),
        None => (Vec::new(), Vec::new()),
    };
    if let Some(told) = Told::of(evidence) {
        let scope = Scope::Files(files);
        reviews = told.found(&|reviews| of_scope(evidence, reviews, &scope));
        sort_by(&mut reviews, Ord::cmp);
        // What was reviewed was changed.
        changed.extend(reviews.iter().map(|(day, _)| *day));
        sort_by(&mut changed, Ord::cmp);
    }
    changed.dedup();
    (changed, reviews)
}

fn by_history(
    history: &History,
    committers: &Committers,
    files: &[&str],
) -> (Vec<CivilDate>, Vec<(CivilDate, Person)>) {
    let mut changed = Vec::new();
    let mut reviews = Vec::new();
    for work in history.work(&Scope::Files(files)) {
        let day = CivilDate::from_unix_seconds(work.time);
        match work.reviewer {
            None => changed.push(day),
            Some(reviewer) => {
                let person = committers.person(reviewer);
                reviews.extend(person.map(|person| (day, person.clone())));
            }
        }
    }
    (changed, reviews)
}

/// How many of some paths below the service's directory a critical path matches.
pub(super) fn among(pattern: &str, directory: &str, paths: &[String]) -> usize {
    let (pattern, _) = PathPatterns::parse([pattern], LetterCase::Sensitive);
    let below = paths.iter().filter_map(|path| match directory {
        "" => Some(path.as_str()),
        _ => path.strip_prefix(directory)?.strip_prefix('/'),
    });
    below.filter(|path| pattern.matches(path)).count()
}
