//! Operation: what happened to services, kept as compactly as the judgement needs.
//!
//! Two ways lead here: the public pushed shape ([`pushed`]) and pages of PagerDuty's
//! REST API, version 2 ([`pagerduty`]). Both read record by record; a record that
//! cannot be understood is told with its place, counted, and drops no other.

mod moment;
pub mod pagerduty;
pub mod pushed;
pub(crate) mod record;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use mentorship_texts::ordering::sort_by;

use super::Collected;
use super::repository::{Review, Reviews};
use crate::civil_date::CivilDate;
pub use crate::policy::Source as Kind;

/// Days before the newest delivery for which records are kept: a year to look back
/// on and the measures' windows.
const KEPT_DAYS: i32 = 550;
const SECONDS_PER_DAY: i64 = 86_400;
/// Notes on one document; the rest are counted.
const MOST_NOTES: usize = 200;

/// The number of a way of naming a person, see [`Mentions`].
pub type MentionId = u32;

/// Who brought something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Provider {
    /// `mentorship push`, or the route behind it.
    Pushed,
    /// PagerDuty.
    PagerDuty,
}

/// The ways in which people are named, each kept once.
#[derive(Debug, Default)]
pub struct Mentions {
    written: Vec<String>,
    numbers: BTreeMap<String, MentionId>,
}

/// An incident that paged somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// What tells it from the provider's other incidents of the service.
    pub id: Box<str>,
    /// When it began.
    pub began: CivilDate,
    /// What ended it.
    pub end: End,
    /// The highest escalation level, 1 for the first; `None` where not known.
    pub level: Option<u8>,
    /// Why it went past the first level; `None` where not known.
    pub cause: Option<EscalationCause>,
    /// Who was paged or helped, each once.
    pub responses: Box<[Response]>,
}

/// What ended an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It is open.
    Open,
    /// It ended by itself, went into another one, or a machine resolved it.
    Automatic,
    /// Somebody resolved it.
    By(MentionId),
    /// Who or what resolved it is not known.
    Unknown,
}

/// Why an incident went past the first level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EscalationCause {
    /// Whoever was paged did not know what to do.
    Knowledge,
    /// Anything else that is known.
    Other,
}

/// Somebody's part in an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Response {
    /// Who.
    pub person: MentionId,
    /// The level as which they were paged; `None` where not known.
    pub level: Option<u8>,
    /// Whether they acknowledged it and acted on it before it was resolved.
    pub unblocked: bool,
}

/// Somebody on call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnCall {
    /// Who.
    pub person: MentionId,
    /// The level, 1 for the first.
    pub level: u8,
    /// From when; `None` where it is always.
    pub start: Option<CivilDate>,
    /// Until when; `None` where no end is known.
    pub end: Option<CivilDate>,
}

/// A deployment to production.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deployment {
    /// When, in seconds since 1970: what tells it from the others of a day.
    pub at: i64,
    /// Whether it failed.
    pub failed: bool,
}

/// What a provider brought of one service.
#[derive(Debug, Default)]
pub struct Brought {
    /// Incidents; `None` where nobody looked.
    pub incidents: Option<Vec<Incident>>,
    /// On-calls; `None` where nobody looked.
    pub on_calls: Option<Vec<OnCall>>,
    /// Deployments; `None` where nobody looked.
    pub deployments: Option<Vec<Deployment>>,
    /// Reviews; `None` where nobody looked.
    pub reviews: Option<Vec<Review>>,
    /// Beside these, the reviews of its repository, kept once for all services that live
    /// there.
    pub of_repository: Option<Arc<Reviews>>,
    /// Kinds that were looked for in vain, and why.
    pub failures: Vec<(Kind, String)>,
}

/// When and how far back a provider looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// Who looked.
    pub provider: Provider,
    /// When, RFC 3339.
    pub collected_at: String,
    /// The same as a day.
    pub until: CivilDate,
    /// From when on, in seconds since 1970; `None`: since the oldest record.
    pub since: Option<i64>,
}

/// What is kept of one service.
#[derive(Debug, Default)]
pub struct Operations {
    deliveries: Vec<Delivery>,
    pushed: Kept,
    of_pagerduty: Kept,
    reviews: Reviews,
    reviews_of_repository: Option<Arc<Reviews>>,
}

/// What is kept of what one provider brought.
#[derive(Debug, Default)]
struct Kept {
    incidents: Vec<Incident>,
    on_calls: Vec<OnCall>,
    deployments: Vec<Deployment>,
}

/// One kind of evidence as one provider delivered it.
#[derive(Debug)]
struct Delivery {
    provider: Provider,
    kind: Kind,
    collected_at: String,
    /// The first day that is known; `None` where it never succeeded.
    since: Option<CivilDate>,
    /// Why the last look failed.
    failure: Option<String>,
}

/// A reading of a document, whatever its shape.
#[derive(Debug, Default)]
pub struct Tally {
    /// Records understood.
    pub read: u32,
    /// Records that could not be understood.
    pub refused: u32,
    /// What the reader should know, with the place in the document.
    pub notes: Vec<(String, String)>,
}

impl Mentions {
    /// The number of a way of naming somebody.
    pub fn number(&mut self, written: &str) -> MentionId {
        if let Some(number) = self.numbers.get(written) {
            return *number;
        }
        let number = MentionId::try_from(self.written.len()).unwrap_or(MentionId::MAX);
        self.written.push(written.to_owned());
        self.numbers.insert(written.to_owned(), number);
        number
    }

    /// All of them in the order of their numbers.
    pub fn all(&self) -> &[String] {
        &self.written
    }
}

impl Operations {
    /// Takes what a provider brought: of each kind that it looked for, what lies in
    /// the span that it looked at is replaced.
    pub fn take(&mut self, looked: &Looked, brought: Brought) {
        let kept_from = looked.until.plus_days(-KEPT_DAYS);
        let Brought {
            incidents,
            on_calls,
            deployments,
            reviews,
            of_repository,
            failures,
        } = brought;
        if let Some(found) = incidents {
            let oldest = found.iter().map(|incident| incident.began).min();
            let replaced = self.good(looked, Kind::Incidents, oldest);
            // One that began before the span may have ended in it, and is told by its id.
            let order = |one: &Incident, other: &Incident| one.id.cmp(&other.id);
            let is_kept = |old: &Incident| replaced.is_none_or(|from| old.began < from);
            let incidents = &mut self.kept_of(looked).incidents;
            replace(incidents, found, is_kept, order);
            incidents.retain(|one| one.began >= kept_from);
        }
        if let Some(found) = on_calls {
            self.good(looked, Kind::OnCalls, Some(looked.until));
            self.kept_of(looked).on_calls = found;
        }
        if let Some(found) = deployments {
            let oldest = found.iter().map(Deployment::day).min();
            let replaced = self.good(looked, Kind::Deployments, oldest);
            let is_kept = |old: &Deployment| replaced.is_none_or(|from| old.day() < from);
            let deployments = &mut self.kept_of(looked).deployments;
            replace(deployments, found, is_kept, Deployment::cmp);
            deployments.retain(|one| one.day() >= kept_from);
        }
        if let Some(found) = reviews {
            let oldest = found.iter().map(|review| review.day).min();
            let replaced = self.good(looked, Kind::Reviews, oldest);
            let is_kept = |old: &Review| replaced.is_none_or(|from| old.day < from);
            let mut reviews = std::mem::take(&mut self.reviews).into_all();
            replace(&mut reviews, found, is_kept, Review::cmp);
            reviews.retain(|one| one.day >= kept_from);
            self.reviews = Reviews::new(reviews);
        }
        if of_repository.is_some() {
            self.reviews_of_repository = of_repository;
        }
        for (kind, reason) in failures {
            let delivery = self.delivery(looked, kind);
            delivery.failure = Some(reason);
            looked.collected_at.clone_into(&mut delivery.collected_at);
        }
    }

    fn kept_of(&mut self, looked: &Looked) -> &mut Kept {
        match looked.provider {
            Provider::Pushed => &mut self.pushed,
            Provider::PagerDuty => &mut self.of_pagerduty,
        }
    }

    /// Notes a look that succeeded; answers from which day on it replaces what was known.
    /// From a time within a day on it replaces nothing: so a job says what it did itself,
    /// and what others did since is not its to take back.
    fn good(
        &mut self,
        looked: &Looked,
        kind: Kind,
        oldest: Option<CivilDate>,
    ) -> Option<CivilDate> {
        let (since, replaced) = match looked.since {
            Some(since) => (since, (since % SECONDS_PER_DAY == 0).then_some(since)),
            None => (
                oldest.unwrap_or(looked.until).unix_seconds(),
                Some(i64::MIN),
            ),
        };
        let since = CivilDate::from_unix_seconds(since);
        let delivery = self.delivery(looked, kind);
        let last = CivilDate::parse(&delivery.collected_at);
        delivery.failure = None;
        looked.collected_at.clone_into(&mut delivery.collected_at);
        // A span with a gap before it says nothing of the gap.
        delivery.since = match delivery.since {
            Some(earlier) if looked.since.is_some() && last.is_some_and(|last| since <= last) => {
                Some(earlier.min(since))
            }
            _ => Some(since),
        };
        replaced.map(CivilDate::from_unix_seconds)
    }

    fn delivery(&mut self, looked: &Looked, kind: Kind) -> &mut Delivery {
        let is_it = |one: &Delivery| one.kind == kind && one.provider == looked.provider;
        let place = self.deliveries.iter().position(is_it).unwrap_or_else(|| {
            self.deliveries.push(Delivery {
                provider: looked.provider,
                kind,
                collected_at: String::new(),
                since: None,
                failure: None,
            });
            self.deliveries.len() - 1
        });
        // The place was found, or is that of what was pushed.
        &mut self.deliveries[place]
    }

    /// Incidents.
    pub fn incidents(&self) -> Collected<Vec<&Incident>> {
        self.of_all(Kind::Incidents, |kept| &kept.incidents)
    }

    /// On-calls.
    pub fn on_calls(&self) -> Collected<Vec<&OnCall>> {
        self.of_all(Kind::OnCalls, |kept| &kept.on_calls)
    }

    /// Deployments.
    pub fn deployments(&self) -> Collected<Vec<&Deployment>> {
        self.of_all(Kind::Deployments, |kept| &kept.deployments)
    }

    /// Reviews: those of the service, and those of its repository.
    pub fn reviews(&self) -> Collected<Vec<&Reviews>> {
        let mut items = Vec::new();
        if !self.reviews.is_empty() {
            items.push(&self.reviews);
        }
        items.extend(self.reviews_of_repository.as_deref());
        self.state(Kind::Reviews, items)
    }

    /// The first day of which a kind is known; `None` where it never is.
    pub fn since(&self, kind: Kind) -> Option<CivilDate> {
        let of_kind = self.deliveries.iter().filter(|one| one.kind == kind);
        of_kind.filter_map(|one| one.since).min()
    }

    /// When a kind was last looked for, RFC 3339.
    pub fn collected_at(&self, kind: Kind) -> Option<&str> {
        let of_kind = self.deliveries.iter().filter(|one| one.kind == kind);
        of_kind.map(|one| one.collected_at.as_str()).max()
    }

    /// What all providers brought of a kind.
    fn of_all<T>(&self, kind: Kind, of: fn(&Kept) -> &[T]) -> Collected<Vec<&T>> {
        let mut items = Vec::new();
        items.extend(of(&self.pushed));
        items.extend(of(&self.of_pagerduty));
        self.state(kind, items)
    }

    fn state<'a, T>(&self, kind: Kind, items: Vec<&'a T>) -> Collected<Vec<&'a T>> {
        let of_kind = || self.deliveries.iter().filter(|one| one.kind == kind);
        let is_good = of_kind().any(|one| one.since.is_some());
        let failure = of_kind().find_map(|one| one.failure.clone());
        match failure {
            Some(reason) => Collected::Failed {
                reason,
                last_good: is_good.then_some(items),
            },
            None if !is_good => Collected::NotCollected,
            None if items.is_empty() => Collected::Missing,
            None => Collected::Found(items),
        }
    }
}

/// Puts what a provider brought into the place of what it brought before: of that stays
/// what `is_kept` and is not brought again, which `order` tells by finding both equal.
fn replace<T>(
    kept: &mut Vec<T>,
    brought: Vec<T>,
    is_kept: impl Fn(&T) -> bool,
    order: fn(&T, &T) -> Ordering,
) {
    let mut ordered: Vec<&T> = brought.iter().collect();
    sort_by(&mut ordered, |one, other| order(one, other));
    let is_again = |old: &T| ordered.binary_search_by(|new| order(new, old)).is_ok();
    kept.retain(|old| is_kept(old) && !is_again(old));
    kept.extend(brought);
}

impl Deployment {
    /// The day of it.
    pub fn day(&self) -> CivilDate {
        CivilDate::from_unix_seconds(self.at)
    }
}

impl Brought {
    /// The kinds that it says something of.
    pub fn kinds(&self) -> Vec<Kind> {
        let found = [
            (Kind::Incidents, self.incidents.is_some()),
            (Kind::OnCalls, self.on_calls.is_some()),
            (Kind::Deployments, self.deployments.is_some()),
            (Kind::Reviews, self.reviews.is_some()),
        ];
        let found = found.into_iter().filter(|(_, is_there)| *is_there);
        let failed = self.failures.iter().map(|(kind, _)| *kind);
        found.map(|(kind, _)| kind).chain(failed).collect()
    }

    /// Leaves a kind out, as if nobody had looked.
    pub fn leave_out(&mut self, kind: Kind) {
        match kind {
            Kind::Incidents => self.incidents = None,
            Kind::OnCalls => self.on_calls = None,
            Kind::Deployments => self.deployments = None,
            Kind::Reviews => (self.reviews, self.of_repository) = (None, None),
            Kind::Git => {}
        }
        self.failures.retain(|(failed, _)| *failed != kind);
    }

    /// Adds incidents and on-calls of another id of the same service.
    pub fn add(&mut self, other: &Self) {
        if let Some(incidents) = &other.incidents {
            self.incidents
                .get_or_insert_default()
                .extend(incidents.iter().cloned());
        }
        if let Some(on_calls) = &other.on_calls {
            self.on_calls.get_or_insert_default().extend(on_calls);
        }
        self.failures.clone_from(&other.failures);
    }
}

impl Tally {
    fn note(&mut self, place: impl Into<String>, message: impl Into<String>) {
        match self.notes.len() {
            length if length < MOST_NOTES => self.notes.push((place.into(), message.into())),
            MOST_NOTES => self.notes.push((
                "document".to_owned(),
                "there are more notes than these".to_owned(),
            )),
            _ => {}
        }
    }

    /// Tells of a record that is left out.
    fn refuse(&mut self, place: impl Into<String>, message: impl Into<String>) {
        self.refused += 1;
        self.note(place, message);
    }
}
