//! Packed: results as texts beside one another, for whoever stores them as they are.
//!
//! In JSON each report is a text within a text, which is escaped here and read again
//! there, and most of what a run writes did not change.

use serde::Serialize;

use super::csv;
use super::v1::{Assessment, AssessmentRow, Involvement, Reminder, Role, ServiceRisk};

/// What is told of one service.
#[derive(Debug)]
pub struct Told {
    /// The row.
    pub row: AssessmentRow,
    /// How much the service asks for mentoring.
    pub risk: ServiceRisk,
    /// What is due to whom.
    pub reminders: Vec<Reminder>,
    /// The assessment for readers who may see names.
    pub named: Assessment,
    /// The assessment for everybody else.
    pub counted: Assessment,
}

/// Results of services, one after the other.
///
/// As bytes: the number of all services, the number of those here, and for each of
/// these the lengths of its eight texts; numbers have 32 bits, the lowest byte first.
/// Then the texts of each service in UTF-8: its ref; row, risk, line of the CSV export,
/// named and counted assessment, each with a NUL behind it that its length does not
/// count, so that these five are one stretch that can be compared; who has a part in
/// it and what is due to whom, empty where nobody and nothing. All but the ref and the
/// line are JSON.
#[derive(Debug, Default)]
pub struct Packed {
    services: u32,
    lengths: Vec<u8>,
    texts: Vec<u8>,
}

impl Packed {
    /// Adds the next service.
    pub fn add(&mut self, told: &Told) {
        self.services += 1;
        self.text(&told.row.entity_ref);
        self.json(&told.row);
        self.texts.push(0);
        self.json(&told.risk);
        self.texts.push(0);
        self.text(&csv::row(&told.row));
        self.texts.push(0);
        self.json(&told.named);
        self.texts.push(0);
        self.json(&told.counted);
        self.texts.push(0);
        self.list(&involved(&told.named));
        self.list(&told.reminders);
    }

    /// The bytes; `total` is the number of all services.
    pub fn into_bytes(self, total: u32) -> Vec<u8> {
        let head = [total.to_le_bytes(), self.services.to_le_bytes()];
        [head.as_flattened(), &self.lengths, &self.texts].concat()
    }

    fn list<T: Serialize>(&mut self, values: &[T]) {
        match values {
            [] => self.text(""),
            _ => self.json(values),
        }
    }

    /// The wire's types hold nothing that JSON could not say, and memory takes it all.
    fn json<T: Serialize + ?Sized>(&mut self, value: &T) {
        let begun = self.texts.len();
        let _ = serde_json::to_writer(&mut self.texts, value);
        self.end(begun);
    }

    fn text(&mut self, text: &str) {
        let begun = self.texts.len();
        self.texts.extend_from_slice(text.as_bytes());
        self.end(begun);
    }

    /// Notes the length of the text that begun there; a slice is far from 4 GB.
    #[inline(never)]
    fn end(&mut self, begun: usize) {
        let length = (self.texts.len() - begun) as u32;
        self.lengths.extend_from_slice(&length.to_le_bytes());
    }
}

/// Everybody known in the catalog whom an assessment is about, whatever it says of them.
fn involved(named: &Assessment) -> Vec<Involvement> {
    let mut all = Vec::new();
    let mut add = |entity_ref: &Option<String>, role| {
        if let Some(entity_ref) = entity_ref.clone() {
            let involvement = Involvement { entity_ref, role };
            if !all.contains(&involvement) {
                all.push(involvement);
            }
        }
    };
    for holder in &named.escalation {
        add(&holder.entity_ref, holder.role);
    }
    for apprentice in &named.mentorship.apprentices {
        add(&apprentice.entity_ref, Role::Apprentice);
    }
    all
}
