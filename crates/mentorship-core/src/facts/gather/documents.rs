//! Documents of a service, with the days that only the history tells.

use super::Evidence;
use crate::civil_date::CivilDate;
use crate::evidence::repository::{Content, Document, DocumentKind};
use crate::evidence::{Collected, Located};
use crate::facts::{DocumentContent, DocumentDay, DocumentFact, RecordingFact};
use crate::knowledge::Scope;

pub(super) fn gather(evidence: &Evidence<'_>, kind: DocumentKind) -> Collected<Vec<DocumentFact>> {
    let Some(place) = evidence.repository else {
        return Collected::NotCollected;
    };
    let documents = place.repository.documents(kind, place.directory);
    documents.map(|documents| {
        let facts = documents.into_iter().map(|document| DocumentFact {
            path: document.path.clone(),
            title: document.title.clone(),
            place: evidence.place(&document.path, None),
            content: content(evidence, document),
        });
        facts.collect()
    })
}

pub(super) fn recordings(evidence: &Evidence<'_>) -> Collected<Vec<RecordingFact>> {
    let Some(place) = evidence.repository else {
        return Collected::NotCollected;
    };
    let recordings = place.repository.recordings(place.directory);
    recordings.map(|recordings| {
        let facts = recordings.into_iter().map(|recording| RecordingFact {
            title: recording.title.clone(),
            target: recording.target.clone(),
            place: evidence.place(&recording.path, Some(recording.line)),
        });
        facts.collect()
    })
}

fn content(evidence: &Evidence<'_>, document: &Document) -> DocumentContent {
    match &document.content {
        Content::Unread => DocumentContent::Unread,
        Content::Walkthrough => DocumentContent::Walkthrough,
        Content::Runbook {
            commands,
            rollback,
            links,
            reviewed_on,
        } => DocumentContent::Runbook {
            commands: *commands,
            rollback: rollback.map(|line| evidence.place(&document.path, Some(line))),
            links: *links,
            reviewed_on: day(evidence, &document.path, reviewed_on.as_ref()),
        },
        Content::DecisionRecord {
            context,
            decision,
            consequences,
            status,
            date,
        } => {
            let parts = [
                ("context", context),
                ("decision", decision),
                ("consequences", consequences),
                ("status", status),
            ];
            let lacks = parts.into_iter().filter(|(_, has)| !**has);
            DocumentContent::DecisionRecord {
                lacks: lacks.map(|(name, _)| name).collect(),
                date: day(evidence, &document.path, date.as_ref()),
            }
        }
    }
}

/// The day that a document gives itself, else that of its last change.
fn day(
    evidence: &Evidence<'_>,
    path: &str,
    declared: Option<&Located<CivilDate>>,
) -> Option<DocumentDay> {
    if let Some(declared) = declared {
        return Some(DocumentDay {
            date: declared.value,
            of_last_change: false,
            place: evidence.place(path, Some(declared.line)),
        });
    }
    let history = evidence.repository?.repository.history();
    let work = history.value()?.work(&Scope::Files(&[path]));
    let commits = work.iter().filter(|work| work.reviewer.is_none());
    let latest = commits.map(|commit| commit.time).max()?;
    Some(DocumentDay {
        date: CivilDate::from_unix_seconds(latest),
        of_last_change: true,
        place: evidence.place(path, None),
    })
}
