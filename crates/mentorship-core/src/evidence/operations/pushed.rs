//! Pushed evidence: the neutral shape that anybody can write, `mentorship/pushed/v1`.

use super::record::{Record, document};
use super::{
    Brought, Deployment, End, EscalationCause, Incident, Kind, Looked, Mentions, OnCall, Provider,
    Response, Tally,
};
use crate::civil_date::CivilDate;
use crate::evidence::catalog::EntityRef;
use crate::evidence::repository::Review;

const SCHEMA: &str = "mentorship/pushed/v1";

/// A document, understood.
#[derive(Debug)]
pub struct Pushed {
    /// When and how far back somebody looked.
    pub looked: Looked,
    /// What was brought, by service.
    pub services: Vec<(String, Brought)>,
    /// Reviews of the repository in which all of them live; `None` where nobody looked.
    pub of_repository: Option<Vec<Review>>,
    /// What became of the records.
    pub tally: Tally,
}

/// Reads a document.
///
/// # Errors
/// One sentence where it is no JSON object of this schema or does not say when it
/// was collected; then nothing of it counts.
pub fn read(bytes: &[u8], mentions: &mut Mentions) -> Result<Pushed, String> {
    let document = document(bytes)?;
    let root = Record::of(&document, "").ok_or("the document is no JSON object")?;
    match root.text("schema") {
        Some(SCHEMA) => {}
        Some(other) => {
            return Err(format!(
                "the document is `{other}`, and this engine reads `{SCHEMA}`"
            ));
        }
        None => {
            return Err(format!(
                "the document does not say `\"schema\": \"{SCHEMA}\"`"
            ));
        }
    }
    let mut tally = Tally::default();
    let collected_at = root.text("collectedAt").unwrap_or_default();
    let until = CivilDate::parse(collected_at).ok_or_else(|| {
        format!("`collectedAt` is `{collected_at}`; say when this was collected, RFC 3339")
    })?;
    root.only("schema|collectedAt|since|services|reviews", &mut tally);
    let looked = Looked {
        provider: Provider::Pushed,
        collected_at: collected_at.to_owned(),
        until,
        since: root.time("since", &mut tally),
    };
    let mut services = Vec::new();
    for record in root.records("services", &mut tally).unwrap_or_default() {
        let named = record.text("entityRef");
        let Some(entity_ref) = named.and_then(|text| EntityRef::parse(text, "component")) else {
            tally.refuse(record.place, "`entityRef` names no service");
            continue;
        };
        let brought = service(&record, mentions, &mut tally);
        services.push((entity_ref.to_string(), brought));
    }
    let of_repository = each(&root, "reviews", &mut tally, &mut review);
    Ok(Pushed {
        looked,
        services,
        of_repository,
        tally,
    })
}

fn service(record: &Record<'_>, mentions: &mut Mentions, tally: &mut Tally) -> Brought {
    record.only(
        "entityRef|incidents|onCalls|deployments|reviews|failures",
        tally,
    );
    let mut brought = Brought {
        incidents: each(record, "incidents", tally, &mut |record, tally| {
            incident(record, mentions, tally)
        }),
        on_calls: each(record, "onCalls", tally, &mut |record, tally| {
            on_call(record, mentions, tally)
        }),
        deployments: each(record, "deployments", tally, &mut deployment),
        reviews: each(record, "reviews", tally, &mut review),
        of_repository: None,
        failures: Vec::new(),
    };
    let failures = each(record, "failures", tally, &mut failure);
    brought.failures = failures.unwrap_or_default();
    brought
}

/// Reads the records of a list one by one; an error says why one is left out.
fn each<'a, T>(
    of: &Record<'a>,
    key: &str,
    tally: &mut Tally,
    read: &mut dyn FnMut(&Record<'a>, &mut Tally) -> Result<T, &'static str>,
) -> Option<Vec<T>> {
    let records = of.records(key, tally)?;
    let mut items = Vec::new();
    for record in records {
        match read(&record, tally) {
            Ok(item) => {
                tally.read += 1;
                items.push(item);
            }
            Err(reason) => tally.refuse(record.place, reason),
        }
    }
    Some(items)
}

fn incident(
    record: &Record<'_>,
    mentions: &mut Mentions,
    tally: &mut Tally,
) -> Result<Incident, &'static str> {
    record.only(
        "id|createdAt|resolvedAt|resolution|resolvedBy|escalationLevel|escalationCause|responders",
        tally,
    );
    let id = record
        .id("id")
        .ok_or("the incident has no `id`, so it does not count")?;
    let began = record.day("createdAt", tally);
    let began = began
        .ok_or("the incident does not say when it began (`createdAt`), so it does not count")?;
    let resolved = record.time("resolvedAt", tally);
    let end = end(record, resolved, mentions, tally);
    let cause = cause(record, tally);
    let responses = responses(record, resolved, mentions, tally);
    Ok(Incident {
        id: id.into(),
        began,
        end,
        level: record.level("escalationLevel").or_else(|| {
            let levels = responses.iter().filter_map(|response| response.level);
            levels.max()
        }),
        cause,
        responses: responses.into(),
    })
}

fn end(
    record: &Record<'_>,
    resolved: Option<i64>,
    mentions: &mut Mentions,
    tally: &mut Tally,
) -> End {
    let resolver = record
        .text("resolvedBy")
        .map(|written| mentions.number(written));
    match (record.text("resolution"), resolver) {
        (Some("automatic"), _) => End::Automatic,
        (Some("person") | None, Some(person)) => End::By(person),
        (None, None) if resolved.is_none() => End::Open,
        (Some("person") | None, None) => End::Unknown,
        (Some(_), _) => {
            tally.note(
                record.place.clone(),
                "`resolution` is neither `person` nor `automatic`",
            );
            resolver.map_or(End::Unknown, End::By)
        }
    }
}

fn cause(record: &Record<'_>, tally: &mut Tally) -> Option<EscalationCause> {
    match record.text("escalationCause")? {
        "knowledge" => Some(EscalationCause::Knowledge),
        "no-answer" | "capacity" | "process" => Some(EscalationCause::Other),
        _ => {
            tally.note(
                record.place.clone(),
                "`escalationCause` is none of knowledge, no-answer, capacity, process; it counts as not known",
            );
            None
        }
    }
}

/// Who responded, each once: with the first level that is told of them, and whether any of
/// their entries says that they unblocked it.
fn responses(
    record: &Record<'_>,
    resolved: Option<i64>,
    mentions: &mut Mentions,
    tally: &mut Tally,
) -> Vec<Response> {
    let mut responses: Vec<Response> = Vec::new();
    for responder in record.records("responders", tally).unwrap_or_default() {
        responder.only("person|level|acknowledgedAt|actedAt", tally);
        let Some(person) = responder.text("person") else {
            tally.note(responder.place, "the responder has no `person`");
            continue;
        };
        let acknowledged = responder.time("acknowledgedAt", tally);
        let acted = responder.time("actedAt", tally);
        let response = Response {
            person: mentions.number(person),
            level: responder.level("level"),
            unblocked: before(acknowledged, acted, resolved),
        };
        match responses
            .iter_mut()
            .find(|known| known.person == response.person)
        {
            Some(known) => {
                known.unblocked |= response.unblocked;
                known.level = known.level.or(response.level);
            }
            None => responses.push(response),
        }
    }
    responses
}

/// Whether somebody acknowledged and then acted before the end.
pub(super) fn before(acknowledged: Option<i64>, acted: Option<i64>, resolved: Option<i64>) -> bool {
    match (acknowledged, acted, resolved) {
        (Some(acknowledged), Some(acted), Some(resolved)) => {
            acknowledged <= acted && acted <= resolved
        }
        _ => false,
    }
}

fn on_call(
    record: &Record<'_>,
    mentions: &mut Mentions,
    tally: &mut Tally,
) -> Result<OnCall, &'static str> {
    record.only("person|level|start|end", tally);
    let person = record
        .text("person")
        .ok_or("the on-call has no `person`, so it does not count")?;
    Ok(OnCall {
        person: mentions.number(person),
        level: record.level("level").unwrap_or(1),
        start: record.day("start", tally),
        end: record.day("end", tally),
    })
}

fn deployment(record: &Record<'_>, tally: &mut Tally) -> Result<Deployment, &'static str> {
    record.only("at|failed", tally);
    Ok(Deployment {
        at: record
            .time("at", tally)
            .ok_or("the deployment does not say when (`at`), so it does not count")?,
        failed: record
            .flag("failed")
            .ok_or("the deployment does not say whether it `failed`, so it does not count")?,
    })
}

fn review(record: &Record<'_>, tally: &mut Tally) -> Result<Review, &'static str> {
    record.only("reviewer|at|paths", tally);
    Ok(Review {
        reviewer: record
            .text("reviewer")
            .ok_or("the review has no `reviewer`, so it does not count")?
            .to_owned(),
        day: record
            .day("at", tally)
            .ok_or("the review does not say when (`at`), so it does not count")?,
        paths: record.texts("paths"),
    })
}

fn failure(record: &Record<'_>, tally: &mut Tally) -> Result<(Kind, String), &'static str> {
    record.only("kind|reason", tally);
    let kind = Kind::ALL
        .iter()
        .find(|(_, name)| Some(*name) == record.text("kind"));
    let (kind, _) = kind
        .filter(|(kind, _)| *kind != Kind::Git)
        .ok_or("`kind` is none of incidents, on-calls, deployments, reviews")?;
    let reason = record.text("reason").unwrap_or("the source gave no reason");
    Ok((*kind, reason.trim_end_matches('.').to_owned()))
}
