//! Findings as SARIF 2.1.0, which code hosts show beside the lines they are about.
//!
//! A result is a rule that fails, or one that is excused, which is a suppressed
//! result. What nobody can tell is no result but a notification of the run, and so
//! is what readers of the evidence are to know. Each
//! result stands at its evidence as far as that lies in the repository, else at
//! the file that declares the service. Its fingerprint is the service and the
//! rule: an alert outlives the line it stood at.

use std::collections::{BTreeMap, BTreeSet};

use mentorship_core::wire::v1::render::plain;
use mentorship_core::wire::v1::{
    Assessment, EvidenceLink, Finding, Note, Outcome, RuleCatalogue, RuleEntry,
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::assessment::place_of;
use super::comparison::Comparison;
use super::layout::printable;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const HOME: &str = env!("CARGO_PKG_REPOSITORY");
/// What a path may hold unencoded in an address.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// Where results can stand.
#[derive(Debug, Default)]
pub struct Places {
    /// All paths of the repository.
    pub paths: BTreeSet<String>,
    /// The file that declares a service and the line in it, by ref.
    pub declared: Vec<(String, String, u32)>,
    /// The texts of [`files`], by path: they tell where lines end.
    pub texts: BTreeMap<String, String>,
}

/// A file of the repository, and a line of it where one is known.
type Spot<'a> = (&'a str, Option<u32>);

/// The files at whose lines results stand.
pub fn files(assessments: &[Assessment], places: &Places) -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    for assessment in assessments {
        let service = &assessment.entity.entity_ref;
        for finding in &assessment.findings {
            let evidence = match &finding.outcome {
                Outcome::Fail { evidence, .. } => evidence.as_slice(),
                Outcome::Exempt { .. } => [].as_slice(),
                _ => continue,
            };
            files.insert(spot(evidence, service, places).0.to_owned());
        }
    }
    files
}

/// The log of one run.
pub fn log(assessments: &[Assessment], catalogue: &RuleCatalogue, places: &Places) -> Value {
    let findings = || {
        assessments
            .iter()
            .flat_map(|assessment| assessment.findings.iter().map(move |one| (assessment, one)))
    };
    let results: Vec<Value> = findings()
        .filter_map(|(assessment, finding)| result(assessment, finding, catalogue, places))
        .collect();
    let unknown = findings().filter_map(|(assessment, finding)| unknown(assessment, finding));
    let notes: BTreeSet<String> = assessments
        .iter()
        .flat_map(|assessment| assessment.notes.iter().map(told))
        .collect();
    let noted = notes.iter().map(|text| notification(text));
    let notifications: Vec<Value> = unknown.chain(noted).collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "mentorship",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": HOME,
                "rules": catalogue.rules.iter().map(rule).collect::<Vec<_>>(),
            }},
            "automationDetails": { "id": "mentorship/" },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }],
    })
}

/// The same log with each result's state against the base: a code host tells by
/// it what the change brought.
pub fn since(mut log: Value, comparison: &Comparison) -> Value {
    let is_new = |service: &str, rule: &str| {
        let mut services = comparison.services.iter();
        services.any(|change| {
            change.entity_ref == service && change.worse.iter().any(|one| one.rule == rule)
        })
    };
    let results = log
        .pointer_mut("/runs/0/results")
        .and_then(Value::as_array_mut);
    for result in results.into_iter().flatten() {
        let about = result.pointer("/partialFingerprints/serviceAndRule~1v1");
        let about = about
            .and_then(Value::as_str)
            .and_then(|about| about.rsplit_once('/'));
        let new = about.is_some_and(|(service, rule)| is_new(service, rule));
        let state = if new { "new" } else { "unchanged" };
        if let Some(result) = result.as_object_mut() {
            result.insert("baselineState".to_owned(), state.into());
        }
    }
    log
}

fn rule(rule: &RuleEntry) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": first_paragraph(&rule.page) },
        "help": { "text": rule.page, "markdown": rule.page },
        "helpUri": format!("{HOME}/blob/main/docs/rules/{}.md", rule.id),
        "defaultConfiguration": { "level": level(rule) },
        "properties": { "tags": [rule.category.as_str()], "weight": rule.weight },
    })
}

/// What the rule checks, without its heading.
fn first_paragraph(page: &str) -> &str {
    let paragraph = |block: &&str| !block.starts_with('#') && !block.trim().is_empty();
    page.split("\n\n")
        .find(paragraph)
        .unwrap_or_default()
        .trim()
}

/// How much hangs on a rule: the first level, a later one, or the score alone.
fn level(rule: &RuleEntry) -> &'static str {
    match rule.levels.first().map(String::as_str) {
        Some("developing") => "error",
        Some(_) => "warning",
        None => "note",
    }
}

fn result(
    assessment: &Assessment,
    finding: &Finding,
    catalogue: &RuleCatalogue,
    places: &Places,
) -> Option<Value> {
    let service = &assessment.entity;
    let place = catalogue
        .rules
        .iter()
        .position(|rule| rule.id == finding.rule);
    let rule = place.and_then(|place| catalogue.rules.get(place))?;
    let (message, evidence, suppressions) = match &finding.outcome {
        Outcome::Fail {
            reasons,
            evidence,
            next_action,
        } => {
            let reasons: Vec<String> = reasons.iter().map(|reason| plain(reason)).collect();
            let message = format!("{} {}", reasons.join(" "), plain(next_action));
            (message, evidence.as_slice(), Vec::new())
        }
        Outcome::Exempt { until, reason } => {
            let excused = json!({
                "kind": "external",
                "status": "accepted",
                "justification": format!("until {until}: {reason}"),
            });
            (
                format!("Excused until {until}."),
                [].as_slice(),
                vec![excused],
            )
        }
        Outcome::Pass { .. } | Outcome::NotApplicable { .. } | Outcome::Unknown { .. } => {
            return None;
        }
    };
    let text = format!("{}: {}. {message}", service.title, finding.title);
    let about = format!("{}/{}", service.entity_ref, finding.rule);
    Some(json!({
        "ruleId": finding.rule,
        "ruleIndex": place,
        "level": level(rule),
        "message": { "text": printable(&text) },
        "locations": [location(evidence, &service.entity_ref, places)],
        // The first is what one large code host goes by; it would else follow the line.
        "partialFingerprints": { "primaryLocationLineHash": about, "serviceAndRule/v1": about },
        "suppressions": suppressions,
    }))
}

fn unknown(assessment: &Assessment, finding: &Finding) -> Option<Value> {
    let Outcome::Unknown { missing, how } = &finding.outcome else {
        return None;
    };
    let title = &assessment.entity.title;
    let text = format!(
        "{title}, {}: {} {}",
        finding.rule,
        plain(missing),
        plain(how)
    );
    let mut told = notification(&text);
    if let Some(told) = told.as_object_mut() {
        told.insert("associatedRule".to_owned(), json!({ "id": finding.rule }));
    }
    Some(told)
}

fn notification(text: &str) -> Value {
    json!({ "level": "note", "message": { "text": printable(text) } })
}

/// What the reader of a file is to know, once for all services that it concerns.
fn told(note: &Note) -> String {
    format!("{}: {}", place_of(note), note.message)
}

/// The first evidence that lies in the repository, else where the service is
/// declared, else the first file: a result without a place is shown nowhere.
fn spot<'a>(evidence: &'a [EvidenceLink], service: &str, places: &'a Places) -> Spot<'a> {
    let seen = evidence
        .iter()
        .map(|link| path_and_line(&link.label))
        .find(|(path, _)| places.paths.contains(*path));
    let declared = || {
        let mut declared = places.declared.iter();
        let (_, path, line) = declared.find(|(of, _, _)| of == service)?;
        Some((path.as_str(), Some(*line)))
    };
    let readme = || {
        let is_readme = |path: &&String| path.to_lowercase().starts_with("readme");
        let path = places.paths.iter().find(is_readme);
        Some((path.or(places.paths.first())?.as_str(), None))
    };
    seen.or_else(declared)
        .or_else(readme)
        .unwrap_or(("README.md", None))
}

/// `MENTORSHIP.md:12`, taken apart.
fn path_and_line(label: &str) -> Spot<'_> {
    let parts = label.rsplit_once(':');
    let numbered = parts.and_then(|(path, line)| Some((path, line.parse().ok()?)));
    match numbered {
        Some((path, line)) if line > 0 => (path, Some(line)),
        _ => (label, None),
    }
}

fn location(evidence: &[EvidenceLink], service: &str, places: &Places) -> Value {
    let (path, line) = spot(evidence, service, places);
    let uri = utf8_percent_encode(path, PATH).to_string();
    let text = places.texts.get(path);
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri, "uriBaseId": "%SRCROOT%" },
            "region": region(line.unwrap_or(1), text.map(String::as_str)),
        },
        "logicalLocations": [{ "fullyQualifiedName": service, "kind": "module" }],
    })
}

/// A line as a whole: a code host's documentation asks for both ends of a region, where
/// the standard is content with a line.
fn region(line: u32, text: Option<&str>) -> Value {
    let mut region = json!({ "startLine": line, "startColumn": 1, "endLine": line });
    let place = usize::try_from(line)
        .ok()
        .and_then(|line| line.checked_sub(1));
    let line = text
        .zip(place)
        .and_then(|(text, place)| text.lines().nth(place));
    if let (Some(line), Some(region)) = (line, region.as_object_mut()) {
        // The column behind the last character.
        region.insert("endColumn".to_owned(), (line.chars().count() + 1).into());
    }
    region
}
