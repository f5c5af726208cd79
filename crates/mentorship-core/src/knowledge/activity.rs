//! Who worked on a part of a repository, and when last.

use super::identities::PersonId;
use super::log::{CommitNumber, TrailerRole};
use super::reader::Reader;
use super::scope::Scope;
use std::ops::Range;

/// Somebody's commits, or reviews, in a scope and a span of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// The person's place in [`super::History::people`].
    pub person: PersonId,
    /// How many commits.
    pub commits: u32,
    /// Author time of the latest of them, in seconds since 1970.
    pub last_commit: i64,
}

impl Reader<'_> {
    /// Counts the commits that touch a scope in a span of time for the people
    /// whom `people_of` names.
    pub(crate) fn activity(
        &mut self,
        scope: &Scope<'_>,
        span: Range<i64>,
        people_of: impl Fn(&Self, CommitNumber, &mut dyn FnMut(PersonId)),
    ) -> Vec<Activity> {
        let mut by_person: Vec<Option<Activity>> = vec![None; self.people_count()];
        for commit in self.commits_touching(scope) {
            let Some(time) = self.time_of(commit).filter(|time| span.contains(time)) else {
                continue;
            };
            people_of(self, commit, &mut |person| {
                if let Some(place) = by_person.get_mut(person as usize) {
                    let activity = place.get_or_insert(Activity {
                        person,
                        commits: 0,
                        last_commit: time,
                    });
                    activity.commits += 1;
                    activity.last_commit = activity.last_commit.max(time);
                }
            });
        }
        let mut activities: Vec<Activity> = by_person.into_iter().flatten().collect();
        activities.sort_by(|a, b| b.commits.cmp(&a.commits).then(a.person.cmp(&b.person)));
        activities
    }

    /// Everybody who made a commit, its author first, each once; bots not.
    pub(crate) fn contributors(&self, commit: CommitNumber, visit: &mut dyn FnMut(PersonId)) {
        let author = self.author_of(commit);
        if let Some(author) = author {
            visit(author);
        }
        for person in self.named(commit, TrailerRole::CoAuthor) {
            if Some(person) != author {
                visit(person);
            }
        }
    }

    /// Everybody who reviewed a commit, each once, without its author; bots not.
    pub(crate) fn reviewers(&self, commit: CommitNumber, visit: &mut dyn FnMut(PersonId)) {
        let author = self.author_of(commit);
        for person in self.named(commit, TrailerRole::Reviewer) {
            if Some(person) != author {
                visit(person);
            }
        }
    }
}
