//! Who worked on a part of a repository, and when last.

use super::History;
use super::log::CommitNumber;
use super::person::PersonId;
use super::person_set::PersonSet;
use super::reader::{Model, Reader};
use super::scope::Scope;
use super::selection::Selection;
use super::stream::TrailerRole;
use super::touching::ALWAYS;
use mentorship_texts::ordering::sort_by;
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

/// A commit that touches a scope, or a review of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Work {
    /// Author time, in seconds since 1970.
    pub time: i64,
    /// The place in [`History::people`] of who reviewed it by a `Reviewed-by`
    /// trailer; `None` for the commit itself.
    pub reviewer: Option<PersonId>,
}

impl History {
    /// The commits that touch a scope, or what became a part of it by renames, and
    /// their reviews, by time. Merges, commits without a readable date and those of
    /// bots are not among them.
    pub fn work(&self, scope: &Scope<'_>) -> Vec<Work> {
        self.with_reader(|reader| {
            let mut work = Vec::new();
            for commit in reader.commits_behind(scope) {
                let Some(time) = reader.time_of(commit) else {
                    continue;
                };
                if reader.author_of(commit).is_none() {
                    continue;
                }
                work.push(Work {
                    time,
                    reviewer: None,
                });
                reader.reviewers(commit, &mut |reviewer| {
                    work.push(Work {
                        time,
                        reviewer: Some(reviewer),
                    });
                });
            }
            sort_by(&mut work, Ord::cmp);
            work
        })
    }

    /// Everybody who made or reviewed a commit that touches a scope, or what became a
    /// part of it by renames, by place in [`Self::people`], with the author time of the
    /// latest, in seconds since 1970.
    pub fn participants(&self, scope: &Scope<'_>) -> Vec<(PersonId, i64)> {
        self.with_reader(|reader| {
            let mut present: Vec<Option<i64>> = vec![None; reader.people_count()];
            for commit in reader.commits_behind(scope) {
                let time = reader.time_of(commit).unwrap_or_default();
                let mut note = |person: PersonId| {
                    if let Some(place) = present.get_mut(person as usize) {
                        *place = (*place).max(Some(time));
                    }
                };
                reader.contributors(commit, &mut note);
                reader.reviewers(commit, &mut note);
            }
            (0..)
                .zip(present)
                .filter_map(|(person, latest)| Some((person, latest?)))
                .collect()
        })
    }

    /// What the files of a scope were called before they were renamed, with the author
    /// time of the rename, in seconds since 1970: the name was theirs until then.
    pub fn former_names(&self, scope: &Scope<'_>) -> Vec<(String, i64)> {
        self.with_reader(|reader| {
            let paths = reader.paths_of(scope).unwrap_or_default();
            let names = reader.names_of(paths).into_iter();
            let former = names.filter(|(until, _)| *until != ALWAYS);
            former
                .map(|(until, path)| {
                    let path = self.log.paths.get(path);
                    (String::from_utf8_lossy(path).into_owned(), until)
                })
                .collect()
        })
    }

    /// Whether any commit names who reviewed it.
    pub fn names_reviewers(&self) -> bool {
        let mut trailers = self.log.trailers.iter();
        trailers.any(|trailer| trailer.role == TrailerRole::Reviewer)
    }

    /// Files of the reading `authorship` whose authors are all among those `gone`.
    pub fn files_held_by(&self, scope: &Scope<'_>, gone: &PersonSet) -> u32 {
        self.with_reader(|reader| {
            let selection = Selection::living(reader.living_files(scope));
            reader.orphaned(Model::Authorship, &selection, gone)
        })
    }
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
        sort_by(&mut activities, |a, b| {
            b.commits.cmp(&a.commits).then(a.person.cmp(&b.person))
        });
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
