//! An account at PagerDuty: records in the shapes of its REST API, version 2.

use std::collections::{BTreeMap, BTreeSet};

use mentorship_core::civil_date::CivilDate;
use serde_json::{Value, json};

use super::{Because, COVERED_DAYS, Happening, Watched, first_minute, happenings, in_turn, time};
use crate::examples::company::Company;

/// Days that a turn on call lasts.
const TURN_DAYS: i32 = 7;
/// Days after the anchor for which turns are planned.
const PLANNED_DAYS: i32 = 28;

/// Everything that the account holds: `services`, `users`, `oncalls`, `incidents`, and
/// `logs` by incident.
pub(super) fn account(
    watched: &BTreeMap<String, Watched>,
    company: &Company,
    anchor: CivilDate,
) -> Result<Value, String> {
    let mut people: BTreeSet<&str> = BTreeSet::new();
    let (mut services, mut oncalls) = (Vec::new(), Vec::new());
    let mut incidents = Vec::new();
    let mut logs = BTreeMap::new();
    for (service, told) in watched {
        services.push(json!({
            "id": service,
            "type": "service",
            "summary": told.title,
            "name": told.title,
            "status": "active",
            "escalation_policy": reference("escalation_policy", &policy(service), &told.title),
        }));
        for (level, turns) in (1..).zip(&told.on_call) {
            people.extend(turns.iter().map(String::as_str));
            oncalls.extend(on_calls(service, told, level, turns, company, anchor)?);
        }
        for happening in happenings(&told.incidents, anchor) {
            let passed_on = happening.passed_on.map(|one| one.to.as_str());
            let named = [
                happening.paged,
                happening.resolver,
                happening.helper,
                passed_on,
            ];
            people.extend(named.into_iter().flatten());
            let record = Record {
                id: format!("Q{service}{:03}", happening.number),
                service,
                told,
                happening: &happening,
                company,
            };
            incidents.push(record.incident()?);
            logs.insert(record.id.clone(), record.log()?);
        }
    }
    incidents.sort_by_key(|incident| incident["created_at"].to_string());
    let users: Result<Vec<Value>, String> =
        people.into_iter().map(|name| user(name, company)).collect();
    Ok(json!({
        "services": services,
        "users": users?,
        "oncalls": oncalls,
        "incidents": incidents,
        "logs": logs,
    }))
}

fn on_calls(
    service: &str,
    told: &Watched,
    level: u8,
    turns: &[String],
    company: &Company,
    anchor: CivilDate,
) -> Result<Vec<Value>, String> {
    let first = anchor.plus_days(-COVERED_DAYS);
    let last = anchor.plus_days(PLANNED_DAYS);
    let starts = std::iter::successors(Some(first), |day| Some(day.plus_days(TURN_DAYS)));
    let mut records = Vec::new();
    for (turn, start) in starts.take_while(|start| *start <= last).enumerate() {
        let Some(name) = in_turn(turns, turn) else {
            break;
        };
        records.push(json!({
            "escalation_policy": reference("escalation_policy", &policy(service), &told.title),
            "escalation_level": level,
            "schedule": reference("schedule", &format!("S{level}{service}"), &told.title),
            "user": user(name, company)?,
            "start": time(start, 9 * 60),
            "end": time(start.plus_days(TURN_DAYS), 9 * 60),
        }));
    }
    Ok(records)
}

/// One incident on its way to records.
struct Record<'a> {
    id: String,
    service: &'a str,
    told: &'a Watched,
    happening: &'a Happening<'a>,
    company: &'a Company,
}

/// Minutes after the beginning.
const ACKNOWLEDGED: i32 = 4;
const PASSED_ON: i32 = 15;
const HELPED: i32 = 22;
const RESOLVED: i32 = 50;

impl Record<'_> {
    fn incident(&self) -> Result<Value, String> {
        let title = format!("{} is in trouble", self.told.title);
        Ok(json!({
            "id": self.id,
            "type": "incident",
            "incident_number": self.happening.number,
            "summary": format!("[#{}] {title}", self.happening.number),
            "title": title,
            "status": "resolved",
            "urgency": "high",
            "created_at": self.at(0),
            "resolved_at": self.at(RESOLVED),
            "last_status_change_at": self.at(RESOLVED),
            "last_status_change_by": self.resolver()?,
            "service": self.service(),
            "escalation_policy":
                reference("escalation_policy", &policy(self.service), &self.told.title),
            "assignments": [],
            "acknowledgements": [],
        }))
    }

    fn log(&self) -> Result<Vec<Value>, String> {
        let one = self.happening;
        let api = json!({ "type": "api" });
        let web = json!({ "type": "website" });
        let mut log = vec![self.entry("trigger", 0, self.service(), &api, json!([]))];
        if let Some(paged) = one.paged {
            let to = json!([self.person(paged)?]);
            log.push(self.entry("assign", 0, self.service(), &api, to));
            if one
                .passed_on
                .is_none_or(|passed| passed.because != Because::Unanswered)
            {
                let by = self.person(paged)?;
                log.push(self.entry("acknowledge", ACKNOWLEDGED, by, &web, json!([])));
            }
        }
        if let Some(passed) = one.passed_on {
            let to = json!([self.person(&passed.to)?]);
            let (by, channel) = match (passed.because, one.paged) {
                (Because::Knowledge, _) => {
                    return Err(format!(
                        "{}: PagerDuty has no word for `knowledge`; push the incident",
                        self.service
                    ));
                }
                (Because::Unsaid, Some(paged)) => (self.person(paged)?, web.clone()),
                _ => (self.service(), json!({ "type": "timeout" })),
            };
            log.push(self.entry("escalate", PASSED_ON, by, &channel, to));
        }
        if let Some(helper) = one.helper {
            let by = self.person(helper)?;
            log.push(self.entry("acknowledge", HELPED, by.clone(), &web, json!([])));
            log.push(self.entry("annotate", HELPED + 6, by, &web, json!([])));
        }
        log.push(self.entry("resolve", RESOLVED, self.resolver()?, &web, json!([])));
        // PagerDuty sends the newest first.
        log.reverse();
        Ok(log)
    }

    fn entry(&self, what: &str, minutes: i32, by: Value, channel: &Value, to: Value) -> Value {
        json!({
            "id": format!("R{}{what}{minutes}", self.id),
            "type": format!("{what}_log_entry"),
            "summary": format!("{what} by {}", by["summary"].as_str().unwrap_or_default()),
            "created_at": self.at(minutes),
            "agent": by,
            "channel": channel,
            "incident": reference("incident", &self.id, &self.told.title),
            "service": self.service(),
            "assignees": to,
        })
    }

    fn resolver(&self) -> Result<Value, String> {
        let resolver = self.happening.resolver;
        resolver.map_or_else(|| Ok(self.service()), |name| self.person(name))
    }

    fn service(&self) -> Value {
        reference("service", self.service, &self.told.title)
    }

    fn person(&self, name: &str) -> Result<Value, String> {
        let full_name = &self.company.profile(name)?.name;
        Ok(reference("user", &user_id(name), full_name))
    }

    fn at(&self, minutes: i32) -> String {
        time(
            self.happening.began,
            first_minute(self.happening.number) + minutes,
        )
    }
}

fn user(name: &str, company: &Company) -> Result<Value, String> {
    let profile = company.profile(name)?;
    Ok(json!({
        "id": user_id(name),
        "type": "user",
        "summary": profile.name,
        "name": profile.name,
        "email": profile.email,
        "role": "user",
    }))
}

fn user_id(name: &str) -> String {
    format!("U{}", name.to_uppercase())
}

fn policy(service: &str) -> String {
    format!("E{service}")
}

fn reference(kind: &str, id: &str, summary: &str) -> Value {
    json!({ "id": id, "type": format!("{kind}_reference"), "summary": summary })
}
