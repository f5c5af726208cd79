//! PagerDuty: pages of its REST API, version 2, as they were sent.
//!
//! Incidents, log entries, on-calls, services and users come on pages of their own,
//! in any order; what happened is put together when all of them are there. Fields
//! are those of PagerDuty's published schema.

use std::collections::{BTreeMap, BTreeSet};

use super::pushed::before;
use super::record::{Record, document};
use super::{
    Brought, End, EscalationCause, Incident, Kind, Looked, MentionId, Mentions, OnCall, Provider,
    Response, Tally,
};
use crate::civil_date::CivilDate;
use mentorship_texts::by_name::ByName;
use mentorship_texts::ordering::sort_by_key;

/// What the lists of a page are called, and a single one of each.
const LISTS: [(&str, &str); 5] = [
    ("incidents", "incident"),
    ("log_entries", "log_entry"),
    ("oncalls", "oncall"),
    ("services", "service"),
    ("users", "user"),
];

/// Pages that were taken and not yet put together.
#[derive(Debug, Default)]
pub struct Pages {
    incidents: ByName<Draft>,
    on_calls: Vec<(String, OnCallDraft)>,
    /// The escalation policy of each service.
    policies: BTreeMap<String, String>,
    /// How each user is named, an address before a name.
    users: BTreeMap<String, String>,
}

/// The answer to a page.
#[derive(Debug, Default)]
pub struct Page {
    /// What became of the records.
    pub tally: Tally,
    /// The `offset` of the next page; `None` on the last.
    pub next_offset: Option<u32>,
}

/// Which services were asked for, and what became of that.
#[derive(Debug)]
pub struct Asked {
    /// When and how far back.
    pub looked: Looked,
    /// Ids of services.
    pub services: Vec<String>,
    /// Kinds that were not had, and why.
    pub failures: Vec<(Kind, String)>,
    /// Kinds that were asked for.
    pub kinds: Vec<Kind>,
}

#[derive(Debug, Default)]
struct Draft {
    service: Option<String>,
    began: Option<i64>,
    resolved_at: Option<i64>,
    is_resolved: bool,
    /// Whether it went into another incident, which nobody resolves.
    is_merged: bool,
    resolver: Option<Agent>,
    /// Whom it is assigned to, for pages without log entries, and who joined when asked.
    assigned: Vec<String>,
    log: Vec<Entry>,
}

/// Who or what did something.
#[derive(Debug, Clone)]
enum Agent {
    User(String),
    Machine,
}

#[derive(Debug)]
struct Entry {
    id: String,
    at: i64,
    what: What,
    agent: Option<Agent>,
    assignees: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Trigger,
    Assign,
    Acknowledge,
    Escalate {
        unanswered: bool,
    },
    /// A note or a status update.
    Act,
    Resolve,
}

#[derive(Debug)]
struct OnCallDraft {
    user: String,
    level: u8,
    start: Option<CivilDate>,
    end: Option<CivilDate>,
}

impl Pages {
    /// Takes a page: any answer of the routes for incidents, log entries, on-calls,
    /// services and users, a single one included.
    ///
    /// # Errors
    /// One sentence where the bytes are no JSON object; then nothing of it counts.
    pub fn take(&mut self, bytes: &[u8]) -> Result<Page, String> {
        let document = document(bytes)?;
        let root = Record::of(&document, "").ok_or("the page is no JSON object")?;
        let mut page = Page::default();
        let mut is_known = false;
        for (list, single) in LISTS {
            let mut records = root.records(list, &mut page.tally).unwrap_or_default();
            is_known |= !records.is_empty() || root.has(list);
            // An incident names its service in a field of that name, too.
            if !is_known && let Some(record) = root.record(single) {
                is_known = true;
                records.push(record);
            }
            for record in records {
                let read = match list {
                    "incidents" => self.incident(&record, &mut page.tally),
                    "log_entries" => self.log_entry(&record, &mut page.tally),
                    "oncalls" => self.on_call(&record, &mut page.tally),
                    "services" => self.service(&record),
                    _ => self.user(&record).map(|_| ()).ok_or("the user has no `id`"),
                };
                match read {
                    Ok(()) => page.tally.read += 1,
                    Err(reason) => page.tally.refuse(record.place, reason),
                }
            }
        }
        if !is_known {
            page.tally.note(
                "page",
                "it holds neither incidents nor log entries, on-calls, services or users",
            );
        }
        if root.flag("more") == Some(true) {
            page.next_offset =
                root.number("offset")
                    .zip(root.number("limit"))
                    .and_then(|(offset, limit)| {
                        (limit > 0).then(|| offset.checked_add(limit)).flatten()
                    });
        }
        Ok(page)
    }

    fn incident(&mut self, record: &Record<'_>, tally: &mut Tally) -> Result<(), &'static str> {
        let id = record
            .id("id")
            .ok_or("the incident has no `id`, so it does not count")?;
        let service = record
            .record("service")
            .and_then(|service| service.id("id"));
        let policy = record
            .record("escalation_policy")
            .and_then(|policy| policy.id("id"));
        if let (Some(service), Some(policy)) = (&service, policy) {
            self.policies.insert(service.clone(), policy);
        }
        let began = record.time("created_at", tally);
        if service.is_none() || began.is_none() {
            return Err("the incident names no `service` or no `created_at`, so it does not count");
        }
        let is_resolved = record.text("status") == Some("resolved");
        let mut assigned = Vec::new();
        for assignment in record.records("assignments", tally).unwrap_or_default() {
            let assignee = assignment.record("assignee");
            assigned.extend(assignee.and_then(|user| self.user(&user)));
        }
        for acknowledgement in record
            .records("acknowledgements", tally)
            .unwrap_or_default()
        {
            let by = acknowledgement.record("acknowledger").filter(is_user);
            assigned.extend(by.and_then(|user| self.user(&user)));
        }
        for responder in record
            .records("incidents_responders", tally)
            .unwrap_or_default()
        {
            let joined = (responder.text("state") == Some("joined"))
                .then(|| responder.record("user"))
                .flatten();
            assigned.extend(joined.and_then(|user| self.user(&user)));
        }
        let changed_by = record.record("last_status_change_by");
        let resolver = changed_by
            .filter(|_| is_resolved)
            .and_then(|agent| self.agent(&agent));
        let resolved_at = record.time("resolved_at", tally);
        let changed_at = record.time("last_status_change_at", tally);
        let draft = self.incidents.entry(id).or_default();
        draft.service = service;
        draft.began = began;
        draft.is_resolved = is_resolved;
        // PagerDuty knows no other reason than a merge.
        draft.is_merged = is_resolved && record.record("resolve_reason").is_some();
        draft.resolved_at = resolved_at.or(changed_at).filter(|_| is_resolved);
        draft.resolver = resolver;
        draft.assigned = assigned;
        Ok(())
    }

    fn log_entry(&mut self, record: &Record<'_>, tally: &mut Tally) -> Result<(), &'static str> {
        let Some(what) = record.text("type").and_then(|kind| what(kind, record)) else {
            // There are many kinds, most of them of no concern here.
            return match record.text("type") {
                Some(_) => Ok(()),
                None => Err("the log entry has no `type`, so it does not count"),
            };
        };
        let incident = record
            .record("incident")
            .and_then(|incident| incident.id("id"));
        let incident = incident.ok_or("the log entry names no `incident`, so it does not count")?;
        let at = record.time("created_at", tally);
        let at = at.ok_or("the log entry has no `created_at`, so it does not count")?;
        let agent = record.record("agent").and_then(|agent| self.agent(&agent));
        let mut assignees = Vec::new();
        for assignee in record.records("assignees", tally).unwrap_or_default() {
            assignees.extend(
                Some(assignee)
                    .filter(is_user)
                    .and_then(|user| self.user(&user)),
            );
        }
        let id = record.id("id").unwrap_or_default();
        let log = &mut self.incidents.entry(incident).or_default().log;
        // Pages that overlap bring an entry twice.
        if id.is_empty() || !log.iter().any(|entry| entry.id == id) {
            log.push(Entry {
                id,
                at,
                what,
                agent,
                assignees,
            });
        }
        Ok(())
    }

    fn on_call(&mut self, record: &Record<'_>, tally: &mut Tally) -> Result<(), &'static str> {
        let policy = record
            .record("escalation_policy")
            .and_then(|policy| policy.id("id"));
        let policy =
            policy.ok_or("the on-call names no `escalation_policy`, so it does not count")?;
        let user = record.record("user").and_then(|user| self.user(&user));
        let user = user.ok_or("the on-call names no `user`, so it does not count")?;
        let draft = OnCallDraft {
            user,
            level: record.level("escalation_level").unwrap_or(1),
            start: record.day("start", tally),
            end: record.day("end", tally),
        };
        self.on_calls.push((policy, draft));
        Ok(())
    }

    fn service(&mut self, record: &Record<'_>) -> Result<(), &'static str> {
        let id = record
            .id("id")
            .ok_or("the service has no `id`, so it does not count")?;
        let policy = record
            .record("escalation_policy")
            .and_then(|policy| policy.id("id"));
        if let Some(policy) = policy {
            self.policies.insert(id, policy);
        }
        Ok(())
    }

    /// Notes how a user is named; answers with the id.
    fn user(&mut self, record: &Record<'_>) -> Option<String> {
        let id = record.id("id")?;
        let name = record.text("name").or_else(|| record.text("summary"));
        let known = self.users.get(&id);
        match (record.text("email"), name) {
            (Some(email), _) => {
                self.users.insert(id.clone(), email.to_owned());
            }
            (None, Some(name)) if known.is_none() => {
                self.users.insert(id.clone(), name.to_owned());
            }
            _ => {}
        }
        Some(id)
    }

    fn agent(&mut self, record: &Record<'_>) -> Option<Agent> {
        match is_user(record) {
            true => self.user(record).map(Agent::User),
            false => record.text("type").map(|_| Agent::Machine),
        }
    }

    /// Puts together what was taken, by the ids of the services asked for.
    pub fn finish(self, asked: &Asked, mentions: &mut Mentions) -> ByName<Brought> {
        let wants = |kind| {
            asked.kinds.contains(&kind) && !asked.failures.iter().any(|(failed, _)| *failed == kind)
        };
        let mut by_service: ByName<Brought> = ByName::new();
        for service in &asked.services {
            let brought = Brought {
                incidents: wants(Kind::Incidents).then(Vec::new),
                on_calls: wants(Kind::OnCalls).then(|| self.on_calls_of(service, mentions)),
                failures: asked.failures.clone(),
                ..Brought::default()
            };
            by_service.insert(service.clone(), Box::new(brought));
        }
        let name = |user: &str| {
            let name = self.users.get(user);
            name.map_or_else(|| user.to_owned(), Clone::clone)
        };
        for (id, draft) in &self.incidents {
            let service = draft.service.as_ref();
            let brought = service.and_then(|service| by_service.get_mut(service));
            if let (Some(incidents), Some(began)) = (
                brought.and_then(|brought| brought.incidents.as_mut()),
                draft.began,
            ) {
                let number = &mut |user: &str| mentions.number(&name(user));
                incidents.push(draft.incident(id, began, number));
            }
        }
        by_service
    }

    fn on_calls_of(&self, service: &str, mentions: &mut Mentions) -> Vec<OnCall> {
        let Some(policy) = self.policies.get(service) else {
            return Vec::new();
        };
        let of_policy = self.on_calls.iter().filter(|(of, _)| of == policy);
        let found = of_policy.map(|(_, draft)| OnCall {
            person: mentions.number(self.users.get(&draft.user).unwrap_or(&draft.user)),
            level: draft.level,
            start: draft.start,
            end: draft.end,
        });
        found.collect()
    }
}

impl Draft {
    fn incident(
        &self,
        id: &str,
        began: i64,
        number: &mut dyn FnMut(&str) -> MentionId,
    ) -> Incident {
        let mut log: Vec<&Entry> = self.log.iter().collect();
        sort_by_key(&mut log, |entry| entry.at);
        // What was resolved and is open again goes on, and may be resolved between the
        // page of the incident and that of its log.
        let last = log.iter().rev().find(|entry| match self.is_resolved {
            true => entry.what == What::Resolve,
            false => entry.what != What::Act,
        });
        let ends = last.filter(|entry| entry.what == What::Resolve);
        let resolved_at = ends.map(|entry| entry.at).or(self.resolved_at);
        let resolver = ends
            .and_then(|entry| entry.agent.as_ref())
            .or(self.resolver.as_ref());
        let end = match resolver {
            _ if !self.is_resolved && ends.is_none() => End::Open,
            _ if self.is_merged => End::Automatic,
            Some(Agent::User(user)) => End::By(number(user)),
            Some(Agent::Machine) => End::Automatic,
            None => End::Unknown,
        };
        let mut course = Course::of(&log);
        if let Some(Agent::User(user)) = resolver
            && !self.is_merged
        {
            course.parts.entry(user.clone()).or_default();
        }
        for user in &self.assigned {
            course.parts.entry(user.clone()).or_default();
        }
        let responses = course.parts.into_iter().map(|(user, part)| Response {
            person: number(&user),
            level: part.level,
            unblocked: before(part.acknowledged, part.acted, resolved_at),
        });
        let responses = responses.collect();
        Incident {
            id: id.into(),
            began: CivilDate::from_unix_seconds(began),
            end,
            // Without a log nobody can tell how far it went.
            level: (!self.log.is_empty()).then_some(course.level),
            cause: course.cause,
            responses,
        }
    }
}

/// How an incident went, by its log.
struct Course {
    /// The highest level that it was escalated to, from 1 on.
    level: u8,
    cause: Option<EscalationCause>,
    /// What each user did.
    parts: ByName<PartDraft>,
}

impl Course {
    /// Entries in the order of their times.
    fn of(log: &[&Entry]) -> Self {
        let mut level = 1_u8;
        let mut cause = None;
        let mut parts: ByName<PartDraft> = ByName::new();
        for entry in log {
            if let What::Escalate { unanswered } = entry.what {
                level = level.saturating_add(1);
                if unanswered {
                    cause = Some(EscalationCause::Other);
                }
            }
            for assignee in &entry.assignees {
                parts
                    .entry(assignee.clone())
                    .or_default()
                    .level
                    .get_or_insert(level);
            }
            let Some(Agent::User(user)) = &entry.agent else {
                continue;
            };
            match entry.what {
                What::Acknowledge => {
                    let part = parts.entry(user.clone()).or_default();
                    part.level.get_or_insert(level);
                    part.acknowledged.get_or_insert(entry.at);
                }
                What::Act => {
                    let part = parts.entry(user.clone()).or_default();
                    if part.acknowledged.is_some() {
                        part.acted.get_or_insert(entry.at);
                    }
                }
                _ => {}
            }
        }
        Self {
            level,
            cause,
            parts,
        }
    }
}

#[derive(Debug, Default)]
struct PartDraft {
    level: Option<u8>,
    acknowledged: Option<i64>,
    acted: Option<i64>,
}

/// What an entry of the log tells; `None` where it is of no concern here.
fn what(kind: &str, record: &Record<'_>) -> Option<What> {
    let kind_of = |of: &str| record.record(of).and_then(|of| of.text("type"));
    // Whom nobody answers passes on by itself, and says so by either of the two.
    let by_timeout = kind_of("channel") == Some("timeout")
        || matches!(kind_of("agent"), Some("service" | "service_reference"));
    Some(match kind {
        "trigger_log_entry" => What::Trigger,
        "assign_log_entry" | "delegate_log_entry" => What::Assign,
        "acknowledge_log_entry" => What::Acknowledge,
        "escalate_log_entry" => What::Escalate {
            unanswered: by_timeout,
        },
        "annotate_log_entry" | "status_update_log_entry" => What::Act,
        "resolve_log_entry" => What::Resolve,
        _ => return None,
    })
}

fn is_user(record: &Record<'_>) -> bool {
    matches!(record.text("type"), Some("user" | "user_reference"))
}

/// The ids of PagerDuty's services that an annotation names.
pub fn service_ids(annotation: &str) -> BTreeSet<&str> {
    let mut ids = BTreeSet::new();
    for id in annotation.split(',').map(str::trim) {
        if !id.is_empty() {
            ids.insert(id);
        }
    }
    ids
}

/// Reads which services were asked for: `{"serviceIds", "kinds", "collectedAt",
/// "since", "failures"}`.
///
/// # Errors
/// One sentence where it is no such document.
pub fn asked(bytes: &[u8]) -> Result<Asked, String> {
    let document = document(bytes)?;
    let root = Record::of(&document, "").ok_or("what was asked is no JSON object")?;
    let mut tally = Tally::default();
    let collected_at = root.text("collectedAt").unwrap_or_default();
    let until = CivilDate::parse(collected_at)
        .ok_or_else(|| format!("`collectedAt` is `{collected_at}`, which is no time"))?;
    let kind = |name: &str| {
        let known = Kind::ALL.iter().find(|(_, known)| *known == name);
        known.map(|(kind, _)| *kind)
    };
    let mut failures = Vec::new();
    for failure in root.records("failures", &mut tally).unwrap_or_default() {
        if let Some(kind) = failure.text("kind").and_then(kind) {
            let reason = failure
                .text("reason")
                .unwrap_or("the source gave no reason");
            failures.push((kind, reason.trim_end_matches('.').to_owned()));
        }
    }
    Ok(Asked {
        looked: Looked {
            provider: Provider::PagerDuty,
            collected_at: collected_at.to_owned(),
            until,
            since: root.time("since", &mut tally),
        },
        services: root.texts("serviceIds"),
        failures,
        kinds: root
            .texts("kinds")
            .iter()
            .filter_map(|name| kind(name))
            .collect(),
    })
}
