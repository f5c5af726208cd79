//! Reviews of a service's files that somebody told of, whoever it was.

use super::Evidence;
use crate::civil_date::CivilDate;
use crate::evidence::Collected;
use crate::evidence::repository::{Review, Reviews};
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

fn reviewer(evidence: &Evidence<'_>, review: &Review) -> Person {
    let mention = match Mention::of(&review.reviewer) {
        // Code hosts write a login without an `@`.
        Mention::Name(login) => Mention::Handle(login),
        mention => mention,
    };
    let people = &evidence.policy.people;
    evidence.organisation.person(mention, people)
}
