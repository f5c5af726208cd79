//! Program: surveys of all services as they are judged, and their sum.

use super::{Engine, Refused, day};
use crate::civil_date::CivilDate;
use crate::evidence::operations::record::{Record, document};
use crate::evidence::operations::{Kind, Operations, Tally};
use crate::program::{Decided, MeasureId, Risk, StepId, Survey, Windows, program, reminders, risk};
use crate::report::Report;
use crate::wire::v1;
use mentorship_texts::by_name::ByName;

/// What was surveyed of each service, as of one day.
#[derive(Debug, Default)]
pub(super) struct Surveys {
    windows: Option<Windows>,
    by_service: ByName<Survey>,
}

impl Surveys {
    /// Notes what a judgement said.
    pub(super) fn note(&mut self, report: &Report<'_>, windows: &Windows) {
        if self.windows != Some(*windows) {
            self.windows = Some(*windows);
            self.by_service.clear();
        }
        let service = report.case.facts.service.entity_ref.to_string();
        let survey = Survey::of(report, windows);
        self.by_service.insert(service, Box::new(survey));
    }

    fn knows(&self, service: &str, windows: &Windows) -> bool {
        self.windows == Some(*windows) && self.by_service.contains_key(service)
    }
}

impl Engine {
    /// The program as of a day: the six measures, shares by level, rotations due, the
    /// two-week rollout, where to mentor first. `decided` is JSON of
    /// [`v1::ProgramDecided`], `{}` where the program owner has set nothing.
    ///
    /// A sum over what [`Self::results`] noted as of the same day; services that it
    /// did not judge are judged now.
    ///
    /// # Errors
    /// Where `as_of` is no day, or `decided` names a measure or step that is none.
    pub fn program(&mut self, as_of: &str, decided: &[u8]) -> Result<v1::Program, Refused> {
        let as_of = day(as_of)?;
        let decided = read_decided(decided)?;
        self.prepare();
        let windows = self.windows(as_of);
        let mut surveys = std::mem::take(&mut self.surveys);
        for &number in self.services.in_order() {
            if !surveys.knows(self.services.reference(number), &windows)
                && let Some(entity) = self.services.entity(number)
            {
                self.judged(&entity, as_of, |report| surveys.note(&report, &windows));
            }
        }
        let summed = program(&surveys.by_service, &windows, &decided, &self.policy);
        let listed = summed.risk_queue.iter().filter_map(|service| {
            let entity = self.service(service)?;
            Some(self.judged(&entity, as_of, |report| risk_of(&report, &windows)))
        });
        let risks: Vec<v1::ServiceRisk> = listed.collect();
        self.surveys = surveys;
        let title = |service: &str| {
            let entity = self.service(service);
            let title = entity.map(|entity| entity.title.unwrap_or(entity.entity_ref.name));
            title.unwrap_or_default()
        };
        Ok(v1::render::program(&summed, risks, &title))
    }

    /// The windows of the program as of a day.
    pub(super) fn windows(&self, as_of: CivilDate) -> Windows {
        let prepared = self.prepared.as_ref();
        let known_since = prepared.map(|prepared| prepared.known_since);
        Windows::of(as_of, known_since.unwrap_or_default(), &self.policy)
    }
}

/// The first day of which incidents, deployments and reviews are known.
pub(super) fn known_since(operations: &ByName<Operations>) -> [Option<CivilDate>; 3] {
    [Kind::Incidents, Kind::Deployments, Kind::Reviews].map(|kind| {
        let kept = operations.values();
        kept.filter_map(|kept| kept.since(kind)).min()
    })
}

/// What is due to whom of a service.
pub(super) fn reminders_of(report: &Report<'_>) -> Vec<v1::Reminder> {
    let due = reminders(report).into_iter();
    due.map(v1::render::reminder).collect()
}

/// How much a service asks for mentoring, for the risk queue.
pub(super) fn risk_of(report: &Report<'_>, windows: &Windows) -> v1::ServiceRisk {
    let operations = &report.case.facts.operations;
    let known = operations.incidents.value().is_some() || operations.incidents_since.is_some();
    let incidents = known.then(|| operations.incidents_in(windows.now).count());
    let incidents = incidents.map(|count| u32::try_from(count).unwrap_or(u32::MAX));
    let Risk { points, reason } = risk(report, incidents, windows.now);
    v1::render::risk(report, points, incidents, &reason)
}

fn read_decided(bytes: &[u8]) -> Result<Decided, Refused> {
    let document = document(bytes).map_err(Refused)?;
    let root = Record::of(&document, "");
    let root = root.ok_or_else(|| Refused("what was decided is no JSON object".to_owned()))?;
    let mut tally = Tally::default();
    let mut decided = Decided::default();
    for baseline in root.records("baselines", &mut tally).unwrap_or_default() {
        let named = baseline.text("measure").unwrap_or_default();
        let measure = MeasureId::ALL.into_iter().find(|id| id.as_str() == named);
        let measure = measure.ok_or_else(|| Refused(format!("no measure is called `{named}`")))?;
        let value = baseline.decimal("value").filter(|value| *value >= 0.0);
        let value = value.ok_or_else(|| {
            Refused(format!(
                "the baseline of `{named}` has no `value` from 0 up"
            ))
        })?;
        decided.baselines.push((measure, value));
    }
    for step in root.records("confirmed", &mut tally).unwrap_or_default() {
        let named = step.text("step").unwrap_or_default();
        let id = StepId::ALL.into_iter().find(|id| id.as_str() == named);
        let id = id.ok_or_else(|| Refused(format!("no step is called `{named}`")))?;
        decided.confirmed.push((id, step.day("on", &mut tally)));
    }
    Ok(decided)
}
