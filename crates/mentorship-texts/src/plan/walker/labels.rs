//! Labels: what `Mentor: …`, `Started: …` or `Scope: …` say with their value.

use super::Walker;
use super::syntax::lead;
use crate::Located;
use crate::documents::inline::Inline;
use crate::documents::loose_date;
use crate::plan::AssetKind;
use crate::plan::front::{located, read_autonomy, read_date};
use crate::plan::pairing::Details;
use crate::plan::person::{self, Identity, Names};
use crate::plan::vocabulary::{Label, Topic};

impl Walker<'_> {
    /// What a label says with the value behind it.
    pub(in crate::plan) fn apply(&mut self, label: Label, value: &Inline, line: u32) {
        let text = value.text.trim();
        if text.is_empty() {
            self.draft.blanks += usize::from(matches!(label, Label::Role(_)));
            return;
        }
        match label {
            Label::Role(role) => self.role(role, value, line),
            Label::StewardSince => {
                let since = read_date(text, line, self.draft);
                self.steward_since(since);
            }
            Label::Started => {
                let started = read_date(text, line, self.draft);
                self.detail(Details {
                    started,
                    ..Details::default()
                });
            }
            Label::Autonomy => {
                let autonomy = read_autonomy(text, line, self.draft);
                self.detail(Details {
                    autonomy,
                    ..Details::default()
                });
            }
            Label::Goal => {
                let goal = self.words(text, line);
                self.detail(Details {
                    goal,
                    ..Details::default()
                });
            }
            Label::SuccessSignal => {
                let success_signal = self.words(text, line);
                self.detail(Details {
                    success_signal,
                    ..Details::default()
                });
            }
            Label::Scope => {
                let words = self.words(text, line);
                let goes_on = self.section() == Topic::Label(Label::Scope);
                match (&mut self.draft.plan.scope, words) {
                    (slot @ None, words) => *slot = words,
                    // A section of several lines is one text.
                    (Some(scope), Some(more)) if goes_on && scope.value.len() < 2_000 => {
                        scope.value.push(' ');
                        scope.value.push_str(&more.value);
                    }
                    _ => {}
                }
            }
            Label::Service => {
                // What a service does is told in a sentence; this is its name.
                let name = text.split_whitespace().count() <= 6;
                let words = self.words(text, line).filter(|_| name);
                if self.draft.plan.service.is_none() {
                    self.draft.plan.service = words;
                }
            }
            Label::Asset(kind) => self.asset(kind, Some(kind_title(kind)), value, line),
        }
    }

    /// The line below a label of its own: the value, unless it is running text.
    pub(in crate::plan) fn stated_alone(&mut self, label: Label, text: &Inline, line: u32) {
        if let Label::Role(role) = label {
            let found = person::read(text, Names::Taken);
            self.draft.placeholders += found.placeholders.len();
            if found.others.is_empty() {
                self.give_role(role, located(found.people, line));
            } else {
                let mut sure = person::read(text, Names::Ignored).people;
                // An address in running text is where to write to.
                sure.retain(|person| !matches!(person.identity, Identity::Email(_)));
                // `**Ann Lee** — Initech` is no running text.
                let named = text.bold_lead.is_some_and(|bold| bold + 1 >= lead(text));
                match sure.is_empty() && named {
                    true => _ = self.listed_people(role, text, line),
                    false => self.give_role(role, located(sure, line)),
                }
            }
        } else if text.text.split_whitespace().count() < 8
            || loose_date::first(&text.text).is_some()
        {
            // `First day` may also head what happens on it.
            self.apply(label, text, line);
        }
    }

    fn words(&mut self, text: &str, line: u32) -> Option<Located<String>> {
        if person::is_placeholder(text) {
            return None;
        }
        Some(Located::at(line, text.trim().to_owned()))
    }
}

fn kind_title(kind: AssetKind) -> &'static str {
    match kind {
        AssetKind::Runbook => "Runbook",
        AssetKind::Dashboard => "Dashboard",
        AssetKind::Alert => "Alerts",
        AssetKind::DecisionRecord => "Decision record",
        AssetKind::Walkthrough => "Walkthrough",
        AssetKind::Other => "Asset",
    }
}
