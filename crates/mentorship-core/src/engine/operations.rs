//! Operation: from pushed documents and PagerDuty's pages to what is kept of
//! each service.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::intake::leave_out_machines;
use super::{Engine, Refused};
use crate::evidence::catalog::Annotation;
use crate::evidence::operations::{Brought, Looked, Tally, pagerduty, pushed};
use crate::evidence::repository::Reviews;
use crate::wire::v1;
use mentorship_texts::by_name::ByName;

impl Engine {
    /// Takes what happened in operation, JSON of [`v1::PushedEvidence`].
    ///
    /// # Errors
    /// Where the bytes are no such document; then nothing of it is taken. A record
    /// that cannot be read is told in the answer and stops nothing.
    pub fn put_pushed(&mut self, evidence: &[u8]) -> Result<v1::OperationsOutcome, Refused> {
        let mut read = pushed::read(evidence, &mut self.mentions).map_err(Refused)?;
        let of_repository = read.of_repository.map(|mut reviews| {
            leave_out_machines(&mut reviews, &self.policy);
            Arc::new(Reviews::new(reviews))
        });
        for (service, mut brought) in read.services {
            if let Some(reviews) = &of_repository {
                brought.reviews.get_or_insert_default();
                brought.of_repository = Some(Arc::clone(reviews));
            }
            if !self.services.is_empty() && self.services.find(&service).is_none() {
                let message = "is no service of the catalog; nothing shows it until it is";
                read.tally.notes.push((service.clone(), message.to_owned()));
            }
            self.take_operations(service, &read.looked, brought, &mut read.tally);
        }
        Ok(outcome(read.tally, None))
    }

    /// The ids of the services at PagerDuty that the catalog names, in order.
    pub fn pagerduty_services(&self) -> Vec<String> {
        self.by_pagerduty().into_keys().collect()
    }

    /// Takes a page of PagerDuty's REST API, version 2: incidents, log entries,
    /// on-calls, services or users, in any order. What they say together counts
    /// from [`Self::finish_pagerduty`] on.
    ///
    /// # Errors
    /// Where the bytes are no JSON object; then nothing of it is taken.
    pub fn push_pagerduty(&mut self, page: &[u8]) -> Result<v1::OperationsOutcome, Refused> {
        let page = self.pagerduty.take(page).map_err(Refused)?;
        Ok(outcome(page.tally, page.next_offset))
    }

    /// Ends the pages of PagerDuty, JSON of [`v1::PagerDutyAsked`]. The catalog is
    /// to be there before.
    ///
    /// # Errors
    /// Where the bytes are no such document; then the pages are kept.
    pub fn finish_pagerduty(&mut self, asked: &[u8]) -> Result<v1::OperationsOutcome, Refused> {
        let asked = pagerduty::asked(asked).map_err(Refused)?;
        let pages = std::mem::take(&mut self.pagerduty);
        let mut tally = Tally::default();
        let mut by_entity: ByName<Brought> = ByName::new();
        let finished = pages.finish(&asked, &mut self.mentions);
        let index = self.by_pagerduty();
        for (id, brought) in finished {
            for service in index.get(&id).into_iter().flat_map(|all| all.iter()) {
                by_entity
                    .entry((*service).to_owned())
                    .or_default()
                    .add(&brought);
            }
        }
        for (service, brought) in by_entity {
            tally.read += u32::from(brought.incidents.is_some());
            self.take_operations(service, &asked.looked, *brought, &mut tally);
        }
        Ok(outcome(tally, None))
    }

    /// The services of the catalog by their ids at PagerDuty.
    fn by_pagerduty(&self) -> ByName<BTreeSet<&str>> {
        let mut index: ByName<BTreeSet<&str>> = ByName::new();
        for &number in self.services.in_order() {
            let service = self.services.reference(number);
            let ids = self.services.shared(number, Annotation::PagerDutyService);
            for id in pagerduty::service_ids(ids.unwrap_or_default()) {
                index.entry(id.to_owned()).or_default().insert(service);
            }
        }
        index
    }

    /// Keeps what the policy's sources name. Were the rest to count, an installation
    /// would earn by taking evidence away from rules that it has not set up.
    fn take_operations(
        &mut self,
        service: String,
        looked: &Looked,
        mut brought: Brought,
        tally: &mut Tally,
    ) {
        let sources = &self.policy.sources;
        for kind in brought.kinds() {
            if !sources.contains(&kind) {
                brought.leave_out(kind);
                let name = kind.as_str();
                let message = format!(
                    "the policy's `sources` do not name `{name}`, so that this does not count; add it there"
                );
                let note = (name.to_owned(), message);
                if !tally.notes.contains(&note) {
                    tally.notes.push(note);
                }
            }
        }
        if let Some(reviews) = &mut brought.reviews {
            leave_out_machines(reviews, &self.policy);
        }
        self.operations
            .entry(service)
            .or_default()
            .take(looked, brought);
        self.prepared = None;
    }
}

fn outcome(tally: Tally, next_offset: Option<u32>) -> v1::OperationsOutcome {
    let notes = tally.notes.into_iter().map(|(place, message)| v1::Note {
        place,
        line: None,
        message,
    });
    v1::OperationsOutcome {
        read: tally.read,
        refused: tally.refused,
        notes: notes.collect(),
        next_offset,
    }
}
