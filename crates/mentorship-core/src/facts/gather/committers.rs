//! Committers: the people of a repository's history, mapped to users once for all of its
//! services.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::facts::{BotFact, MergeFact};
use crate::knowledge::{History, Person as Committer, PersonId, PersonSet};
use crate::organisation::{Mention, Organisation, Person, no_reply_login};
use crate::policy::PeopleSettings;
use crate::words::PersonName;
use mentorship_texts::ordering::sort_by;

/// The people of a history in its order, each mapped to a user where one of their
/// addresses, or an alias of the policy, says who it is.
///
/// A service asks about a handful of them, and there may be thousands: what takes a
/// look at everybody is done here.
#[derive(Debug, Default)]
pub struct Committers {
    people: Vec<Person>,
    left: PersonSet,
    gone_or_unknown: PersonSet,
    /// Who commits under a login in lower case, as a no-reply address or a name has it.
    by_login: Arc<BTreeMap<String, PersonId>>,
    /// Identities that were united with somebody, by the person's place.
    merges: Arc<[Merged]>,
    bots: Arc<[BotFact]>,
}

#[derive(Debug)]
struct Merged {
    person: PersonId,
    name: String,
    reason: &'static str,
}

impl Committers {
    /// Everybody of a history.
    pub fn of(history: &History, organisation: &Organisation, settings: &PeopleSettings) -> Self {
        let people = history.people().iter();
        let people: Vec<Person> = people
            .map(|committer| mapped(committer, organisation, settings))
            .collect();
        let merges = merges(history, &people);
        let bots = bots(history, &people);
        let by_login = by_login(history);
        Self::with(people, by_login, merges, bots)
    }

    fn with(
        people: Vec<Person>,
        by_login: Arc<BTreeMap<String, PersonId>>,
        merges: Arc<[Merged]>,
        bots: Arc<[BotFact]>,
    ) -> Self {
        Self {
            by_login,
            left: PersonSet::of(&people, |person| person.left),
            gone_or_unknown: PersonSet::of(&people, |person| {
                person.left || person.name.entity_ref.is_none()
            }),
            people,
            merges,
            bots,
        }
    }

    /// The same, some having left too.
    pub fn without(&self, identities: &BTreeSet<String>) -> Self {
        let mut people = self.people.clone();
        for person in &mut people {
            person.left |= identities.contains(person.identity());
        }
        let by_login = self.by_login.clone();
        Self::with(people, by_login, self.merges.clone(), self.bots.clone())
    }

    /// Everybody, in the history's order.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Somebody by their place.
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.get(usize::try_from(id).ok()?)
    }

    /// Who commits under a login in lower case: by the code host's no-reply address of it,
    /// else by that name.
    pub fn by_login(&self, login: &str) -> Option<&Person> {
        self.by_login.get(login).and_then(|id| self.person(*id))
    }

    /// Those who have left.
    pub fn left(&self) -> &PersonSet {
        &self.left
    }

    /// Those who have left, and those of whom nobody can tell: they map to no user.
    pub(super) fn gone_or_unknown(&self) -> &PersonSet {
        &self.gone_or_unknown
    }

    /// The identities that were united with somebody.
    pub(super) fn merges_of(&self, id: PersonId) -> impl Iterator<Item = MergeFact> {
        let first = self.merges.partition_point(|merged| merged.person < id);
        let theirs = self.merges.iter().skip(first);
        let theirs = theirs.take_while(move |merged| merged.person == id);
        theirs.filter_map(move |merged| {
            Some(MergeFact {
                person: self.person(id)?.clone(),
                name: merged.name.clone(),
                reason: merged.reason,
            })
        })
    }

    /// The machines of the history, by name.
    pub(super) fn bots(&self) -> Arc<[BotFact]> {
        self.bots.clone()
    }
}

/// By the logins in no-reply addresses, then by names that are logins. The first by the
/// history's order has a login that two commit under.
fn by_login(history: &History) -> Arc<BTreeMap<String, PersonId>> {
    let mut by_login = BTreeMap::new();
    for committer in history.people() {
        let addresses = committer.emails.iter();
        for login in addresses.filter_map(|address| no_reply_login(address)) {
            by_login.entry(login.to_owned()).or_insert(committer.id);
        }
    }
    for committer in history.people() {
        if is_login(&committer.name) {
            let known = by_login.entry(committer.name.to_lowercase());
            known.or_insert(committer.id);
        }
    }
    Arc::new(by_login)
}

/// `wz1000` and `annLee` are logins; `Ann` is as much of a name.
fn is_login(name: &str) -> bool {
    let mut behind = name.chars();
    let begins_big = behind.next().is_some_and(char::is_uppercase);
    let is_plain = begins_big && behind.all(char::is_lowercase);
    !is_plain && !name.contains(char::is_whitespace)
}

fn merges(history: &History, people: &[Person]) -> Arc<[Merged]> {
    let mut merges = Vec::new();
    for (committer, person) in history.people().iter().zip(people) {
        // What somebody who asked to be forgotten was called is nothing to show.
        if !person.erased {
            merges.extend(committer.merged_from.iter().map(|merge| Merged {
                person: committer.id,
                name: merge.name.clone(),
                reason: merge.reason.as_str(),
            }));
        }
    }
    merges.into()
}

fn bots(history: &History, people: &[Person]) -> Arc<[BotFact]> {
    let committers = history.people().iter().zip(people);
    // A person may be taken for a machine, and ask to be forgotten all the same.
    let shown = committers.filter(|(_, person)| !person.erased);
    let mut bots: Vec<BotFact> = shown
        .filter_map(|(committer, _)| {
            Some(BotFact {
                name: committer.name.clone(),
                reason: committer.bot.clone()?,
            })
        })
        .collect();
    sort_by(&mut bots, Ord::cmp);
    bots.dedup();
    bots.into()
}

/// The User behind somebody of a history, for [`History::unite`].
pub fn user_of(
    committer: &Committer,
    organisation: &Organisation,
    settings: &PeopleSettings,
) -> Option<String> {
    let person = mapped(committer, organisation, settings);
    let name = person.name;
    // All that somebody erased wrote stays one person's.
    if person.erased {
        Some(name.name.clone())
    } else {
        name.entity_ref.clone()
    }
}

fn mapped(committer: &Committer, organisation: &Organisation, settings: &PeopleSettings) -> Person {
    // Of several addresses the first that maps says who it is; any may say that
    // the person has left.
    let mut by_address: Option<Person> = None;
    let mut left = false;
    for email in &committer.emails {
        let person = organisation.person(Mention::Email(email), settings);
        if person.erased {
            return person;
        }
        left |= person.left;
        if by_address.is_none() && person.name.entity_ref.is_some() {
            by_address = Some(person);
        }
    }
    let by_name = || {
        let name = committer.name.to_lowercase();
        settings
            .aliases
            .get(&name)
            .map(|alias| organisation.person(Mention::Ref(alias), settings))
    };
    let mut person = by_address.or_else(by_name).unwrap_or_else(|| {
        let mut person = organisation.person(Mention::Name(&committer.name), settings);
        if person.erased {
            return person;
        }
        // A name alone, without an address that says so, proves nothing.
        person.name = PersonName::new(committer.name.clone(), None);
        person
    });
    person.left |= left;
    if person.name.entity_ref.is_none() && !person.erased {
        // Who maps to nobody is shown as the commits write them, not by address.
        person.name = PersonName::new(committer.name.clone(), None);
    }
    person
}
