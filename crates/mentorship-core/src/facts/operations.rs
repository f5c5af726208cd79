//! What is known of a service in operation.

use std::sync::Arc;

use crate::civil_date::CivilDate;
use crate::evidence::Collected;
pub use crate::evidence::operations::{Deployment, EscalationCause};
use crate::organisation::Person;

/// What happened to a service, and how far back that is known.
#[derive(Debug, Default)]
pub struct OperationFacts {
    /// Incidents that paged somebody.
    pub incidents: Collected<Vec<IncidentFact>>,
    /// The first day of which incidents are known.
    pub incidents_since: Option<CivilDate>,
    /// Who is on call.
    pub on_calls: Collected<Vec<OnCallFact>>,
    /// Deployments.
    pub deployments: Collected<Vec<Deployment>>,
    /// The first day of which deployments are known.
    pub deployments_since: Option<CivilDate>,
    /// How many reviews there are beside those of the repository's source.
    pub reviews: Collected<usize>,
    /// The first day of which they are known.
    pub reviews_since: Option<CivilDate>,
    /// When each of incidents, on-calls, deployments and reviews was looked for,
    /// RFC 3339.
    pub collected_at: [Option<String>; 4],
}

/// An incident.
#[derive(Debug, Clone)]
pub struct IncidentFact {
    /// When it began.
    pub began: CivilDate,
    /// What ended it.
    pub end: EndFact,
    /// The highest escalation level, 1 for the first; `None` where not known.
    pub level: Option<u8>,
    /// Why it went past the first level; `None` where not known.
    pub cause: Option<EscalationCause>,
    /// Who was paged or helped.
    pub responses: Vec<ResponseFact>,
}

/// What ended an incident.
#[derive(Debug, Clone)]
pub enum EndFact {
    /// It is open.
    Open,
    /// It ended by itself, or a machine resolved it.
    Automatic,
    /// Somebody resolved it.
    By(Arc<Person>),
    /// Who or what resolved it is not known.
    Unknown,
}

/// Somebody's part in an incident.
#[derive(Debug, Clone)]
pub struct ResponseFact {
    /// Who.
    pub person: Arc<Person>,
    /// The level as which they were paged; `None` where not known.
    pub level: Option<u8>,
    /// Whether they acknowledged it and acted on it before it was resolved.
    pub unblocked: bool,
}

/// Somebody on call.
#[derive(Debug, Clone)]
pub struct OnCallFact {
    /// Who.
    pub person: Arc<Person>,
    /// The level, 1 for the first.
    pub level: u8,
    /// From when; `None` where it is always.
    pub start: Option<CivilDate>,
    /// Until when; `None` where no end is known.
    pub end: Option<CivilDate>,
}

/// Days up to one, some of them counted back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The last day before it.
    pub after: CivilDate,
    /// Its last day.
    pub until: CivilDate,
}

impl Window {
    /// The `days` days that end with `until`.
    pub fn back(until: CivilDate, days: u16) -> Self {
        Self {
            after: until.plus_days(-i32::from(days)),
            until,
        }
    }

    /// The window of the same length before this one.
    #[must_use]
    pub fn before(self) -> Self {
        let days = self.until.days_since(self.after);
        Self {
            after: self.after.plus_days(-days),
            until: self.after,
        }
    }

    /// Its first day.
    pub fn first(self) -> CivilDate {
        self.after.plus_days(1)
    }

    /// Whether a day lies in it.
    pub fn holds(self, day: CivilDate) -> bool {
        self.after < day && day <= self.until
    }
}

impl IncidentFact {
    /// Who resolved it, where somebody did.
    pub fn resolver(&self) -> Option<&Person> {
        match &self.end {
            EndFact::By(person) => Some(person),
            EndFact::Open | EndFact::Automatic | EndFact::Unknown => None,
        }
    }

    /// Whether it paged a person, as far as anybody knows.
    pub fn paged(&self) -> bool {
        !self.responses.is_empty() || self.resolver().is_some() || self.level.is_some()
    }
}

impl OperationFacts {
    /// The incidents that began in a window.
    pub fn incidents_in(&self, window: Window) -> impl Iterator<Item = &IncidentFact> {
        let incidents = self.incidents.value().map(Vec::as_slice);
        let incidents = incidents.unwrap_or_default().iter();
        incidents.filter(move |incident| window.holds(incident.began))
    }
}
