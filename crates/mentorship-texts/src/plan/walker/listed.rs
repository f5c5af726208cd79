//! What the other sections list: assets, whom to call, what happened.

use super::Walker;
use super::syntax::label_end;
use crate::documents::inline::Inline;
use crate::documents::loose_date;
use crate::plan::person::{self, Names};
use crate::plan::vocabulary::{self, Label, Role};
use crate::plan::{Asset, AssetKind, EscalationEntry, LogEntry, milestone};

impl Walker<'_> {
    pub(in crate::plan) fn asset(
        &mut self,
        kind: AssetKind,
        title: Option<&str>,
        text: &Inline,
        line: u32,
    ) {
        if person::is_placeholder(&text.text) || person::is_nobody(&text.text) {
            return;
        }
        let mut pieces: Vec<(String, Option<String>)> = Vec::new();
        for link in text.links_in(&(0..text.text.len())) {
            pieces.push((link.text, Some(link.target)));
        }
        if pieces.is_empty() {
            for piece in text.text.split([',', ';', '\n']) {
                let piece = piece.trim().trim_end_matches('.');
                let path = piece
                    .split_whitespace()
                    .find(|word| milestone::is_path(word));
                if !piece.is_empty() {
                    pieces.push((piece.to_owned(), path.map(str::to_owned)));
                }
            }
        }
        for (name, target) in pieces {
            let described = || {
                let about = vocabulary::asset_in(&name);
                if about == AssetKind::Other {
                    let whole = vocabulary::asset_in(&text.text);
                    let target = target
                        .as_deref()
                        .map_or(AssetKind::Other, vocabulary::asset_in);
                    if target == AssetKind::Other {
                        whole
                    } else {
                        target
                    }
                } else {
                    about
                }
            };
            let kind = if kind == AssetKind::Other {
                described()
            } else {
                kind
            };
            // `Runbook: docs/x.md` has no better title than its label.
            let bare = target.as_deref() == Some(name.as_str());
            let title = title.filter(|_| bare).unwrap_or(&name).to_owned();
            if self.has_room(self.draft.plan.assets.len()) {
                self.draft.plan.assets.push(Asset {
                    kind,
                    title,
                    target,
                    line,
                });
            }
        }
    }

    pub(in crate::plan) fn escalation(&mut self, text: &Inline, line: u32, item: bool) {
        let (role, value) = match label_end(text).filter(|(end, _)| *end <= 60) {
            Some((end, start)) => {
                let role = text.text.get(..end).unwrap_or_default();
                (role.trim(), text.slice(start..text.text.len()))
            }
            None => ("", text.clone()),
        };
        let sure = !person::read(&value, Names::Ignored).people.is_empty();
        let known = vocabulary::label(role).is_some();
        // Running text around the tree is not part of it.
        if sure || known || (item && !role.is_empty()) {
            self.escalation_entry(role, &value, line);
        }
    }

    pub(in crate::plan) fn escalation_entry(&mut self, role: &str, value: &Inline, line: u32) {
        if value.text.trim().is_empty() {
            self.draft.blanks += 1;
            return;
        }
        let found = person::read(value, Names::Taken);
        if let Some(Label::Role(known @ (Role::Steward | Role::Backup | Role::ProgramOwner))) =
            vocabulary::label(role)
        {
            self.role(known, value, line);
        } else {
            self.draft.placeholders += found.placeholders.len();
        }
        let mut notes: Vec<String> = found.teams;
        notes.extend(found.others);
        notes.extend(found.remark);
        let note = (!notes.is_empty()).then(|| notes.join(", "));
        let nothing = found.people.is_empty() && note.is_none();
        if !nothing && self.has_room(self.draft.plan.escalation.len()) {
            self.draft.plan.escalation.push(EscalationEntry {
                role: role.to_owned(),
                people: found.people,
                note,
                line,
            });
        }
    }

    pub(in crate::plan) fn log_entry(&mut self, text: &Inline, kind: Option<&str>, line: u32) {
        let mention = loose_date::first(&text.text);
        let from_heading = self.frames.iter().rev().find_map(|frame| frame.date);
        let (date, rest) = match &mention {
            Some(mention) => {
                let written = text.text.get(mention.range.clone()).unwrap_or_default();
                if let Some(note) = mention.reading.note(written) {
                    self.draft.note(line, note);
                }
                let begins = mention.range.start <= 3;
                let rest = if begins { mention.range.end } else { 0 };
                (mention.reading.day().or(from_heading), rest)
            }
            None => (from_heading, 0),
        };
        let rest = text.slice(rest..text.text.len());
        let words = rest
            .text
            .trim_start_matches([' ', '-', '–', '—', ':', ',', ')', ']', '|']);
        let found = person::read(&rest, Names::Ignored);
        self.draft.placeholders += found.placeholders.len();
        let Some(date) = date else {
            if person::is_placeholder(&text.text) {
                self.draft.placeholders += 1;
            } else if mention.is_none() && !text.text.trim().is_empty() {
                self.draft
                    .note(line, "an entry of the log without a date is not counted");
            }
            return;
        };
        if words.is_empty() || person::is_placeholder(words) {
            self.draft.placeholders += 1;
            return;
        }
        if self.has_room(self.draft.plan.log.len()) {
            self.draft.plan.log.push(LogEntry {
                date,
                kind: vocabulary::log_kind(kind.unwrap_or(words)),
                people: found.people,
                text: words.to_owned(),
                line,
            });
        }
    }
}
