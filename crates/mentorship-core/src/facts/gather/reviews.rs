//! Reviews of a service's files that somebody told of, whoever it was.

use super::Evidence;
use crate::civil_date::CivilDate;
use crate::evidence::Collected;
use crate::evidence::catalog::SourceLocation;
use crate::evidence::repository::{Review, Reviews};
use crate::knowledge::Scope;
use crate::organisation::{Mention, Person};

/// What the code host and CI told of.
pub(super) struct Told<'a> {
    evidence: &'a Evidence<'a>,
    reviews: Vec<&'a Reviews>,
}

impl<'a> Told<'a> {
    /// `None` where nobody looked.
    pub(super) fn of(evidence: &'a Evidence<'a>) -> Option<Self> {
        let place = evidence.repository;
        let of_host = place.and_then(|place| place.repository.reviews.as_ref());
        let operations = evidence.operations;
        let pushed = operations.map(|operations| operations.kept.reviews());
        let mut reviews = match pushed.unwrap_or_default() {
            Collected::Found(reviews)
            | Collected::Failed {
                last_good: Some(reviews),
                ..
            } => reviews,
            Collected::NotCollected
            | Collected::Failed {
                last_good: None, ..
            } if of_host.is_none() => return None,
            Collected::Missing | Collected::NotCollected | Collected::Failed { .. } => Vec::new(),
        };
        reviews.extend(of_host);
        Some(Self { evidence, reviews })
    }

    /// When and by whom what is found was reviewed.
    pub(super) fn found(
        &self,
        find: &dyn Fn(&'a Reviews) -> Vec<&'a Review>,
    ) -> Vec<(CivilDate, Person)> {
        let mut found = Vec::new();
        for reviews in &self.reviews {
            for review in find(reviews) {
                found.push((review.day, reviewer(self.evidence, review)));
            }
        }
        found
    }
}

/// The reviews of the service's files.
pub(super) fn of_service<'a>(evidence: &Evidence<'_>, reviews: &'a Reviews) -> Vec<&'a Review> {
    let written = evidence.entity.source_location();
    let directory = match (evidence.repository, &written) {
        (Some(place), _) => place.directory,
        (None, Some(SourceLocation::Repository { directory, .. })) => directory,
        (None, _) => "",
    };
    of_scope(evidence, reviews, &Scope::Subtree(directory))
}

/// The reviews of files or of a subtree, under each name that the files had, as long as
/// they had it.
pub(super) fn of_scope<'a>(
    evidence: &Evidence<'_>,
    reviews: &'a Reviews,
    scope: &Scope<'_>,
) -> Vec<&'a Review> {
    let (directory, files) = match scope {
        Scope::Subtree(directory) => (Some(*directory), [].as_slice()),
        Scope::Files(files) => (None, *files),
        Scope::Repository | Scope::Paths(_) => (Some(""), [].as_slice()),
    };
    let mut names: Vec<_> = files.iter().map(|&file| (file, None)).collect();
    let history = evidence.repository.map(|place| place.repository.history());
    let history = history.and_then(|history| history.value().copied());
    let former = history.map(|history| history.former_names(scope));
    for (name, until) in former.iter().flatten() {
        names.push((name, Some(CivilDate::from_unix_seconds(*until))));
    }
    reviews.of(directory, &names)
}

fn reviewer(evidence: &Evidence<'_>, review: &Review) -> Person {
    let mention = match Mention::of(&review.reviewer) {
        // Code hosts write a login without an `@`.
        Mention::Name(login) => Mention::Handle(login),
        mention => mention,
    };
    evidence.whom(mention, None)
}
