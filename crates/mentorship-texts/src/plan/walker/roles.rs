//! Roles: who is steward, mentor or learning, however a line says it.

use super::frames::Frame;
use super::syntax::{lead, leading_label, parts, role_at_end, role_at_start, split_label};
use super::{MAX_OF_A_KIND, Walker, add_limited};
use crate::Located;
use crate::civil_date::CivilDate;
use crate::documents::inline::Inline;
use crate::documents::loose_date;
use crate::documents::text::is_one_of;
use crate::plan::front::{located, read_date, report, short};
use crate::plan::pairing::{self, Details, add_people, keep_first};
use crate::plan::person::{self, Names, People, PersonRef};
use crate::plan::vocabulary::{self, Label, Role, Topic};

impl Walker<'_> {
    pub(in crate::plan) fn role(&mut self, role: Role, value: &Inline, line: u32) {
        let mut found = person::read(value, Names::Taken);
        // `Buddy: @bob / Lead: Jim` says two things.
        let others = std::mem::take(&mut found.others);
        let mut further = Vec::new();
        for other in others {
            let inline = Inline {
                text: other.clone(),
                ..Inline::default()
            };
            match split_label(&inline) {
                Some((Label::Role(also), value)) => {
                    further.push((also, person::read(&value, Names::Taken).people));
                }
                _ => found.others.push(other),
            }
        }
        if found.others.iter().any(|other| runs_on(other)) {
            // `Buddy: schedule a first call` tells what to do, not who.
            found.people = led(&found, value, false);
            found.others.clear();
        } else if !found.others.is_empty() {
            let capital = |person: &PersonRef| person.written.starts_with(char::is_uppercase);
            found
                .people
                .retain(|person| !is_bare(person) || capital(person));
        }
        report(&found, line, self.draft);
        if role == Role::Steward && !found.people.is_empty() {
            let since = loose_date::first(&value.text).map(|mention| mention.range);
            let since = since.and_then(|range| value.text.get(range));
            let since = since.and_then(|date| read_date(date, line, self.draft));
            self.steward_since(since);
        }
        self.give_role(role, located(found.people, line));
        for (role, people) in further {
            self.give_role(role, located(people, line));
        }
    }

    /// Gives a role to people; contradictions between lines are noted.
    pub(in crate::plan) fn give_role(&mut self, role: Role, people: Vec<Located<PersonRef>>) {
        let Some(first) = people.first().cloned() else {
            return;
        };
        let (list, what) = match role {
            Role::Mentor => {
                let mentors = people.into_iter();
                // A list of mentors is whom one may ask, not yet who teaches whom.
                if self.in_list_of(Role::Mentor) && self.here_apprentice().is_none() {
                    add_limited(&mut self.draft.unpaired_mentors, mentors.collect());
                    return;
                }
                match self.here_apprentice() {
                    Some(index) => {
                        let mentors = mentors.map(|mentor| mentor.value).collect();
                        pairing::detail(
                            self.draft,
                            index,
                            Details {
                                mentors,
                                ..Details::default()
                            },
                        );
                    }
                    None => {
                        let here = &mut self.here().mentors;
                        let room = MAX_OF_A_KIND.saturating_sub(here.len());
                        here.extend(mentors.take(room));
                    }
                }
                return;
            }
            Role::Apprentice => {
                for person in people {
                    if self.has_room(self.draft.plan.apprentices.len()) {
                        let index = pairing::apprentice(&mut self.draft.plan, person);
                        self.here().learners.push(index);
                    }
                }
                return;
            }
            Role::Maintainer => {
                add_limited(&mut self.draft.plan.maintainers, people);
                return;
            }
            Role::Steward => (&mut self.draft.plan.steward, "steward"),
            Role::Backup => (&mut self.draft.plan.backup, "backup"),
            Role::ProgramOwner => (&mut self.draft.plan.program_owner, "program owner"),
        };
        let known = |person: &Located<PersonRef>| {
            list.iter().any(|other| other.value.may_be(&person.value))
        };
        if list.is_empty() {
            add_people(list, people);
        } else if !people.iter().any(known) {
            let stands = list.first().map_or(0, |person| person.line);
            let written = short(&first.value.written);
            self.draft.note(
                first.line,
                format!("`{written}` is named as {what} here, somebody else on line {stands}; line {stands} stands"),
            );
        }
    }

    pub(super) fn steward_since(&mut self, since: Option<Located<CivilDate>>) {
        let slot = &mut self.draft.plan.steward_since;
        if let Some((line, message)) = keep_first(slot, since, "date since when", "steward") {
            self.draft.note(line, message);
        }
    }

    /// People listed below a heading that names their role: the item's lead.
    /// Answers whether there were any, or a fill-in for one.
    pub(in crate::plan) fn listed_people(&mut self, role: Role, text: &Inline, line: u32) -> bool {
        let end = lead(text);
        let lead = text.slice(0..end);
        let found = person::read(&lead, Names::Taken);
        self.draft.placeholders += found.placeholders.len();
        let people = led(&found, &lead, !goes_on(text, end));
        let named = !people.is_empty() || !found.placeholders.is_empty();
        self.give_role(role, located(people, line));
        named
    }

    /// Somebody whom a heading below a list of people names, numbered or not. A bare
    /// name may as well be a subject, and waits for [`Self::reach`].
    pub(in crate::plan) fn named(&mut self, role: Role, text: &Inline, line: u32) {
        let is_numbered = text.text.as_bytes().first().is_some_and(u8::is_ascii_digit);
        let number = text.text.find(". ").filter(|_| is_numbered);
        let start = number.map_or(0, |end| end + 2);
        let mut found = person::read(&text.slice(start..text.text.len()), Names::Taken);
        self.draft.placeholders += found.placeholders.len();
        match found.people.pop() {
            Some(person) if is_bare(&person) => {
                self.named = Some((role, Located::at(line, person)))
            }
            Some(person) => self.give_role(role, vec![Located::at(line, person)]),
            None => {}
        }
    }

    /// `[GitHub](https://github.com/ann)` or `Email: ann@…` below `### Ann Lee`.
    pub(in crate::plan) fn reach(&mut self, text: &Inline) {
        const MOST_WORDS: usize = 6;
        if self.named.is_none() || text.text.split_whitespace().count() > MOST_WORDS {
            return;
        }
        let way = person::read(text, Names::Ignored).people.into_iter().next();
        if let Some((way, (role, mut person))) = way.and_then(|way| Some((way, self.named.take()?)))
        {
            person.value.call(way.identity);
            person.value.link = way.link;
            self.give_role(role, vec![person]);
        }
    }

    /// People of a group within a list of people: `Storage` below `Mentors`. Its
    /// items may as well be tasks, so that a name alone is nobody.
    pub(in crate::plan) fn listed_in_group(&mut self, text: &Inline, line: u32) -> bool {
        let Topic::Label(Label::Role(role)) = self.around() else {
            return false;
        };
        let lead = text.slice(0..lead(text));
        let people = led(&person::read(&lead, Names::Ignored), &lead, false);
        let listed =
            !people.is_empty() && self.phase_here().is_none() && self.here_apprentice().is_none();
        if listed {
            self.give_role(role, located(people, line));
        }
        listed
    }

    /// Somebody learning, with what the line says of them: `@jordan — mentor:
    /// @alice, started 2026-01-05, autonomy: guided`.
    pub(in crate::plan) fn learner_of(
        &mut self,
        text: &Inline,
        line: u32,
        heading: bool,
    ) -> Option<usize> {
        let (rest_label, value) = match split_label(text) {
            Some((Label::Role(Role::Apprentice), value)) => (true, value),
            Some((label, value)) => {
                self.apply(label, &value, line);
                return None;
            }
            None => (false, text.clone()),
        };
        let end = if rest_label {
            value.text.len()
        } else {
            lead(&value)
        };
        let lead = value.slice(0..end);
        let found = person::read(&lead, Names::Taken);
        self.draft.placeholders += found.placeholders.len();
        let person = led(&found, &lead, !heading && !goes_on(&value, end))
            .into_iter()
            .next()?;
        if !self.has_room(self.draft.plan.apprentices.len()) {
            return None;
        }
        let index = pairing::apprentice(&mut self.draft.plan, Located::at(line, person));
        self.here().learners.push(index);
        self.frames.push(Frame {
            apprentice: Some(index),
            transparent: true,
            ..Frame::default()
        });
        for part in parts(&value, end) {
            if let Some((label, value)) = split_label(&part).or_else(|| leading_label(&part)) {
                self.apply(label, &value, line);
            }
        }
        self.frames.pop();
        Some(index)
    }

    /// The one known learner whom a heading names by handle, ref or address.
    pub(in crate::plan) fn known_learner(&self, text: &Inline) -> Option<usize> {
        let found = person::read(text, Names::Ignored);
        let person = found.people.first()?;
        let learners = &self.draft.plan.apprentices;
        learners
            .iter()
            .position(|apprentice| apprentice.person.may_be(person))
    }

    pub(super) fn detail(&mut self, details: Details) {
        if let Some(index) = self.here_apprentice() {
            pairing::detail(self.draft, index, details);
        } else {
            let slot = &mut self.here().details;
            slot.started = slot.started.take().or(details.started);
            slot.autonomy = slot.autonomy.take().or(details.autonomy);
            slot.goal = slot.goal.take().or(details.goal);
            slot.success_signal = slot.success_signal.take().or(details.success_signal);
        }
    }

    /// `@bob will be your onboarding buddy`, `Welcome! Your buddy is @bob`.
    pub(in crate::plan) fn sentence(&mut self, text: &Inline, line: u32) {
        const VERBS: [&str; 3] = [" is ", " are ", " will be "];
        let all = text.text.as_str();
        let verbs = VERBS
            .iter()
            .flat_map(|verb| all.match_indices(verb).take(4));
        for (at, verb) in verbs {
            let before = all.get(..at).unwrap_or_default();
            let behind = all.get(at + verb.len()..).unwrap_or_default();
            let (role, subject) = if let Some(role) = role_at_start(behind) {
                (role, text.slice(0..at))
            } else if let Some(role) = role_at_end(before) {
                let end = behind.find([',', '.', ';']).unwrap_or(behind.len());
                let end = behind.find(" and ").map_or(end, |and| and.min(end));
                let start = at + verb.len();
                (role, text.slice(start..start + end))
            } else {
                continue;
            };
            let found = person::read(&subject, Names::Ignored);
            // `… and who will be your backup` asks for nobody.
            let marked = found
                .placeholders
                .iter()
                .filter(|text| text.contains(['@', '<', '{']));
            self.draft.placeholders += marked.count();
            self.give_role(role, located(found.people, line));
        }
    }

    /// A fill-in in a heading: `Welcome @{username}`, `Plan for <name>`.
    pub(in crate::plan) fn count_placeholder(&mut self, text: &Inline) {
        let words = vocabulary::plain_words(&text.text);
        let of_somebody = words.iter().any(|word| {
            is_one_of(
                word,
                "username|handle|mentee|mentor|apprentice|steward|buddy",
            )
        });
        let marked = text.text.contains(['{', '<']) && person::is_placeholder(&text.text);
        self.draft.placeholders += usize::from(marked && of_somebody);
    }
}

/// Whom the lead of an item or a heading names: those whom it begins with. A task
/// such as `Support your mentee` or `Ask @bob for access` begins with nobody.
/// A single word is a name only where it can be nothing else.
fn led(found: &People, lead: &Inline, single: bool) -> Vec<PersonRef> {
    let begins = |person: &PersonRef| {
        let text = lead.text.trim_start_matches(['[', '(', '<', ' ']);
        // The verb of a task stands where a name would.
        let verb = person.name.as_ref().is_some_and(|name| !name.contains(' '))
            && found.remark.as_deref().is_some_and(runs_on);
        text.starts_with(person.written.as_str()) && !verb
    };
    // `Alice Smith, Staff Engineer`: only handles make a list of people.
    let sure = found.people.iter().filter(|person| !is_bare(person));
    let sure: Vec<PersonRef> = sure.cloned().collect();
    if sure.first().is_some_and(begins) {
        return sure;
    }
    let first = found.people.first().filter(|person| {
        let words = person.written.split_whitespace().count();
        let title = |other: &String| other.split_whitespace().count() <= 3;
        let alone = single && found.others.is_empty() && person.written == lead.text.trim();
        is_bare(person)
            && begins(person)
            && person.link.is_none()
            && person.written.starts_with(char::is_uppercase)
            && (alone || words > 1 && found.others.iter().all(title))
    });
    first.cloned().into_iter().collect()
}

/// Longer than a title, and so a sentence.
fn runs_on(text: &str) -> bool {
    text.split_whitespace().count() > 4
}

/// Whether a sentence goes on behind the lead: `Optimally, your mentee …`.
fn goes_on(text: &Inline, lead: usize) -> bool {
    text.text
        .get(lead..)
        .is_some_and(|rest| rest.starts_with([',', ';']))
}

/// Whether nothing but a name tells who is meant.
fn is_bare(person: &PersonRef) -> bool {
    matches!(person.identity, person::Identity::Name(_))
}
