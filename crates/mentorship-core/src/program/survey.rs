//! Surveys: what the program needs of one service, out of its report.

use std::sync::Arc;

use super::risk::points;
use super::tally::{Tallies, Tally, Unmeasured};
use crate::civil_date::CivilDate;
use crate::evidence::Collected;
use crate::facts::{EndFact, EscalationCause, Facts, IncidentFact, ReviewBasis, Window};
use crate::organisation::{Person, identities};
use crate::policy::{Policy, Source};
use crate::readings::rotation::RotationState;
use crate::report::{Level, Report};

/// The windows in which things are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Windows {
    /// The window that ends today.
    pub now: Window,
    /// The first day of which incidents, deployments and reviews are known.
    pub known_since: [Option<CivilDate>; 3],
}

/// Days of a baseline.
const BASELINE_DAYS: u16 = 30;

/// What the program needs of one service.
#[derive(Debug)]
pub struct Survey {
    /// Held to the rules or not.
    pub enrolled: bool,
    /// The level.
    pub level: Level,
    /// `mentorship/tier`.
    pub tier: Option<u8>,
    /// The state of the rotation.
    pub rotation: RotationState,
    /// When it is due.
    pub rotation_due: Option<CivilDate>,
    /// Declared trained maintainers.
    pub declared: Option<u32>,
    /// Risk × criticality.
    pub risk: u32,
    /// Incidents in the window; `None` where they are not known.
    pub incidents: Option<u32>,
    /// What the rollout asks for.
    pub seeded: Seeded,
    /// What is counted; `None` where the service is not enrolled.
    pub counted: Option<Box<Counted>>,
    /// Apprentices and their first day.
    pub starts: Vec<(String, CivilDate)>,
    /// Pages that somebody handled alone; none where the service is not of low risk.
    pub solos: Vec<(Arc<Person>, CivilDate)>,
}

/// What the rollout asks of a service.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seeded {
    /// A steward who is there.
    pub steward: bool,
    /// A program owner.
    pub program_owner: bool,
    /// A plan, an owners file and a runbook.
    pub assets: bool,
    /// Enough apprentices with milestones.
    pub apprentices: bool,
}

/// The counts of the measures that are sums over services.
#[derive(Debug)]
pub struct Counted {
    /// Resolved or unblocked by others than the steward, of what people resolved.
    pub contribution: Result<Tallies, Unmeasured>,
    /// Critical paths with enough reviewers, of those that changed.
    pub reviewers: Result<Tallies, Unmeasured>,
    /// Failed deployments, of all.
    pub failures: Result<Tallies, Unmeasured>,
    /// Pages escalated for lack of knowledge, of all.
    pub escalations: Result<Tallies, Unmeasured>,
}

impl Windows {
    /// The windows as of a day.
    pub fn of(as_of: CivilDate, known_since: [Option<CivilDate>; 3], policy: &Policy) -> Self {
        Self {
            now: Window::back(as_of, policy.thresholds.operations_window_days),
            known_since,
        }
    }

    /// The first complete thirty days of which a kind is known; `None` before they
    /// are over.
    pub fn baseline(&self, kind: Source) -> Option<Window> {
        let [incidents, deployments, reviews] = self.known_since;
        let since = match kind {
            Source::Incidents => incidents,
            Source::Deployments => deployments,
            Source::Reviews => reviews,
            Source::Git | Source::OnCalls => None,
        };
        let last = since?.plus_days(i32::from(BASELINE_DAYS) - 1);
        (last <= self.now.until).then(|| Window::back(last, BASELINE_DAYS))
    }
}

impl Survey {
    /// Condenses a report.
    pub fn of(report: &Report<'_>, windows: &Windows) -> Self {
        let (case, rotation) = (&report.case, &report.stewardship.rotation);
        let facts = case.facts;
        let operations = &facts.operations;
        let known = operations.incidents.value().is_some()
            || matches!(operations.incidents, Collected::Missing);
        let incidents = known.then(|| super::count(operations.incidents_in(windows.now).count()));
        let enrolled = report.enrolment.enrolled;
        Self {
            enrolled,
            level: report.level,
            tier: facts.service.tier,
            rotation: rotation.state,
            rotation_due: rotation.clock.map(|clock| clock.due),
            declared: case
                .bus_factor
                .declared
                .as_ref()
                .map(|all| super::count(all.len())),
            risk: points(report, incidents, windows.now),
            incidents,
            seeded: seeded(report),
            counted: enrolled.then(|| Box::new(Counted::of(report, windows))),
            starts: starts(facts, windows.now.until),
            solos: solos(facts, case.policy),
        }
    }
}

fn seeded(report: &Report<'_>) -> Seeded {
    let case = &report.case;
    let facts = case.facts;
    let steward = facts.steward();
    let with_milestones = case.mentorship.apprenticeships.iter();
    let with_milestones = with_milestones
        .filter(|one| !one.milestones.is_empty())
        .count();
    let runbooks = facts.runbooks.value().is_some_and(|all| !all.is_empty())
        || facts
            .links
            .iter()
            .any(|link| link.kind == crate::facts::LinkKind::Runbook);
    Seeded {
        steward: steward.is_some_and(|role| !role.person.left),
        program_owner: facts
            .program_owners
            .value()
            .is_some_and(|all| !all.is_empty()),
        assets: facts.plan.value().is_some() && facts.code_owners.value().is_some() && runbooks,
        apprentices: with_milestones >= usize::from(case.policy.thresholds.apprentices_target),
    }
}

fn starts(facts: &Facts, as_of: CivilDate) -> Vec<(String, CivilDate)> {
    let learning = facts.apprenticeships.value().map(Vec::as_slice);
    let mut starts = Vec::new();
    for one in learning.unwrap_or_default() {
        let started = one.started.as_ref().map(|started| started.date);
        if let Some(started) = started.filter(|started| *started <= as_of) {
            starts.push((one.apprentice.identity().to_owned(), started));
        }
    }
    starts
}

/// Pages of a low-risk service that the resolver alone was paged for.
fn solos(facts: &Facts, policy: &Policy) -> Vec<(Arc<Person>, CivilDate)> {
    let service = &facts.service;
    let by_tier = service
        .tier
        .is_some_and(|tier| u16::from(tier) >= policy.thresholds.low_risk_tier);
    if !by_tier
        && !policy
            .low_risk_services
            .contains(&service.entity_ref.to_string())
    {
        return Vec::new();
    }
    let mut solos = Vec::new();
    for incident in facts.operations.incidents.value().into_iter().flatten() {
        let EndFact::By(person) = &incident.end else {
            continue;
        };
        let mut others = incident.responses.iter();
        if others.all(|other| is_same(&other.person, person)) {
            solos.push((Arc::clone(person), incident.began));
        }
    }
    solos
}

impl Counted {
    fn of(report: &Report<'_>, windows: &Windows) -> Self {
        let case = &report.case;
        let (facts, policy) = (case.facts, case.policy);
        let operations = &facts.operations;
        let tallies =
            |kind, since, count: &dyn Fn(Window) -> Tally| Tallies::of(windows, kind, since, count);
        let incidents = measurable(&operations.incidents, Source::Incidents, policy);
        let since = operations.incidents_since;
        Self {
            contribution: incidents.and_then(|()| {
                let steward = facts.steward().ok_or(Unmeasured::NoSteward)?;
                let clock = report.stewardship.rotation.clock;
                let clock = clock.ok_or(Unmeasured::StewardSinceUnknown)?;
                Ok(tallies(Source::Incidents, since, &|window| {
                    let mut tally = Tally::default();
                    for incident in operations.incidents_in(window) {
                        tally.add_resolved(incident, &steward.person, clock.since.date);
                    }
                    tally
                }))
            }),
            reviewers: reviewers(facts, policy, windows),
            failures: measurable(&operations.deployments, Source::Deployments, policy).map(|()| {
                tallies(
                    Source::Deployments,
                    operations.deployments_since,
                    &|window| {
                        let deployments = operations.deployments.value().into_iter().flatten();
                        let mut tally = Tally::default();
                        for one in deployments.filter(|one| window.holds(one.day())) {
                            tally.whole += 1;
                            tally.part += u32::from(one.failed);
                        }
                        tally
                    },
                )
            }),
            escalations: incidents.map(|()| {
                tallies(Source::Incidents, since, &|window| {
                    let mut tally = Tally::default();
                    for page in operations.incidents_in(window).filter(|one| one.paged()) {
                        tally.whole += 1;
                        tally.part += u32::from(page.cause == Some(EscalationCause::Knowledge));
                        let passed_on = page.level.is_some_and(|level| level > 1);
                        tally.apart += u32::from(passed_on && page.cause.is_none());
                    }
                    tally
                })
            }),
        }
    }
}

fn reviewers(facts: &Facts, policy: &Policy, windows: &Windows) -> Result<Tallies, Unmeasured> {
    let paths = match &facts.critical_paths {
        Collected::Found(paths)
        | Collected::Failed {
            last_good: Some(paths),
            ..
        } => paths,
        Collected::Missing => return Err(Unmeasured::NoCriticalPath),
        Collected::NotCollected if !policy.sources.contains(&Source::Git) => {
            return Err(Unmeasured::NotConfigured);
        }
        Collected::NotCollected => return Err(Unmeasured::NotDelivered),
        Collected::Failed {
            last_good: None, ..
        } => return Err(Unmeasured::Failed),
    };
    if paths.paths.is_empty() {
        return Err(Unmeasured::NoCriticalPath);
    }
    let since = match paths.reviews {
        ReviewBasis::CodeHost => facts.operations.reviews_since,
        // A history is known from its first day on.
        ReviewBasis::Trailers => Some(CivilDate::from_days_since_epoch(i32::MIN)),
        ReviewBasis::NoTrailers | ReviewBasis::NotRead => {
            return Err(match policy.sources.contains(&Source::Reviews) {
                true => Unmeasured::NotDelivered,
                false => Unmeasured::NotConfigured,
            });
        }
    };
    let target = usize::from(policy.thresholds.reviewers_target);
    Ok(Tallies::of(windows, Source::Reviews, since, &|window| {
        let mut tally = Tally::default();
        for path in &paths.paths {
            if path.changed.iter().any(|day| window.holds(*day)) {
                let reviews = path.reviews.iter().filter(|(day, _)| window.holds(*day));
                let reviewers = identities(&mut reviews.map(|(_, person)| person)).len();
                tally.whole += 1;
                tally.part += u32::from(reviewers >= target);
                tally.apart += super::count(reviewers);
            }
        }
        tally
    }))
}

fn measurable<T>(
    evidence: &Collected<T>,
    source: Source,
    policy: &Policy,
) -> Result<(), Unmeasured> {
    match evidence {
        Collected::Found(_)
        | Collected::Missing
        | Collected::Failed {
            last_good: Some(_), ..
        } => Ok(()),
        Collected::NotCollected if !policy.sources.contains(&source) => {
            Err(Unmeasured::NotConfigured)
        }
        Collected::NotCollected => Err(Unmeasured::NotDelivered),
        Collected::Failed {
            last_good: None, ..
        } => Err(Unmeasured::Failed),
    }
}

fn is_same(left: &Person, right: &Person) -> bool {
    left.identity() == right.identity()
}

impl Tally {
    /// Counts an incident that somebody resolved; whose steward then is not known
    /// stands apart.
    fn add_resolved(&mut self, incident: &IncidentFact, steward: &Person, since: CivilDate) {
        let Some(resolver) = incident.resolver() else {
            return;
        };
        if incident.began < since {
            self.apart += 1;
            return;
        }
        let mut helpers = incident.responses.iter().filter(|one| one.unblocked);
        let by_others =
            !is_same(resolver, steward) || helpers.any(|helper| !is_same(&helper.person, steward));
        self.whole += 1;
        self.part += u32::from(by_others);
    }
}

impl Tallies {
    fn of(
        windows: &Windows,
        kind: Source,
        since: Option<CivilDate>,
        count: &dyn Fn(Window) -> Tally,
    ) -> Self {
        let covered = |window: &Window| since.is_some_and(|since| since <= window.first());
        Self {
            now: count(windows.now),
            before: Some(windows.now.before()).filter(covered).map(count),
            baseline: windows.baseline(kind).filter(covered).map(count),
        }
    }
}
