//! The organisation: who is there, who has left, and whom a name means.

use std::collections::BTreeSet;

use crate::evidence::catalog::{EntityRef, PersonOrGroup};
use crate::policy::PeopleSettings;
use crate::words::PersonName;
use mentorship_symbols::intern::Interner;

/// Where a group says which team of a code host it is.
const TEAM_ANNOTATIONS: [&str; 2] = ["github.com/team-slug", "gitlab.com/group-full-path"];

/// People and groups of the catalog.
///
/// Every mention of somebody in every service and every history is looked up here:
/// nothing is searched for, and no answer depends on the order of what is held.
#[derive(Debug, Default)]
pub struct Organisation {
    /// The refs of users, of groups, and of whom these name, as they are written in full:
    /// mostly so they are named.
    refs: Interner,
    /// By the number of the ref; `None` where it is no user.
    users: Vec<Option<PersonName>>,
    /// By the number of the ref; `None` where it is no group, nor named as one by users.
    groups: Vec<Option<Group>>,
    by_email: Index,
    by_login: Index,
    by_team: Index,
    /// By display name in lower case.
    by_name: Index,
}

/// Members and children, by the numbers of their refs.
#[derive(Debug, Default)]
struct Group {
    members: Vec<u32>,
    children: Vec<u32>,
}

/// Whom texts mean, by the numbers of their refs.
#[derive(Debug, Default)]
struct Index {
    texts: Interner,
    /// In the order of the numbers of the texts.
    holders: Vec<u32>,
}

/// Stands for two who have one text, so that it means neither. No ref has this number.
const NEITHER: u32 = u32::MAX;

impl Index {
    /// Gives a text to somebody; `choose` decides between them and who has it.
    fn claim(&mut self, text: &str, holder: u32, choose: impl FnOnce(u32) -> u32) {
        let Some(number) = self.texts.intern(text.as_bytes()) else {
            return;
        };
        match self.holders.get_mut(number as usize) {
            Some(before) => *before = choose(*before),
            None => self.holders.push(holder),
        }
    }

    fn get(&self, text: &str) -> Option<u32> {
        let number = self.texts.find(text.as_bytes())?;
        self.holders.get(number as usize).copied()
    }
}

/// A person whom some evidence names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Person {
    /// The name, and the User where it maps to one.
    pub name: PersonName,
    /// Whether the person has left.
    pub left: bool,
    /// Whether the person asked to be forgotten: the name says nothing of them then.
    pub erased: bool,
}

impl Person {
    /// What tells this person from others: the ref, else the name in lower case.
    pub fn identity(&self) -> &str {
        self.name.identity()
    }

    /// Somebody of whom nothing is said but that there was somebody.
    fn erased(number: usize) -> Self {
        Self {
            name: PersonName::new(format!("Erased person {number}"), None),
            left: true,
            erased: true,
        }
    }
}

/// The identities of some people, each once.
pub fn identities(people: &mut dyn Iterator<Item = &Person>) -> BTreeSet<String> {
    // Filled one by one: to collect into a set is to compile a sort.
    let mut identities = BTreeSet::new();
    for person in people {
        identities.insert(person.identity().to_owned());
    }
    identities
}

/// How a person is named in the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mention<'a> {
    /// An entity ref: `user:default/alice`, `alice`.
    Ref(&'a str),
    /// A handle without its `@`: `alice`.
    Handle(&'a str),
    /// An e-mail address.
    Email(&'a str),
    /// A name in full.
    Name(&'a str),
}

impl Organisation {
    /// Reads the users and groups among the entities of a catalog. Where two
    /// users share an address or a login, the first by ref has it.
    pub fn new<'a>(
        entities: impl IntoIterator<Item = &'a PersonOrGroup>,
        settings: &PeopleSettings,
    ) -> Self {
        let mut organisation = Self::default();
        for entity in entities {
            match entity.entity_ref.kind.as_str() {
                "user" => organisation.add_user(entity, settings),
                "group" => organisation.add_group(entity),
                _ => {}
            }
        }
        organisation
    }

    fn add_user(&mut self, entity: &PersonOrGroup, settings: &PeopleSettings) {
        let Some(user) = self.number(&entity.entity_ref) else {
            return;
        };
        let refs = &self.refs;
        let first_by_ref = |before| first_by_ref(refs, user, before);
        if let Some(email) = &entity.email {
            self.by_email.claim(email, user, first_by_ref);
        }
        for key in &settings.login_annotations {
            if let Some(login) = entity.annotations.get(key) {
                let login = login.trim_start_matches('@').to_lowercase();
                self.by_login.claim(&login, user, first_by_ref);
            }
        }
        let titled = entity.display_name.as_ref().or(entity.title.as_ref());
        let name = titled.unwrap_or(&entity.entity_ref.name);
        self.by_name.claim(&name.to_lowercase(), user, |_| NEITHER);
        let entity_ref = written(&self.refs, user).to_owned();
        let name = PersonName::new(name.clone(), Some(entity_ref));
        if let Some(place) = place(&mut self.users, user) {
            *place = Some(name);
        }
        for group in entity.member_of.iter().chain(related(entity, "memberOf")) {
            let group = self.number(group);
            if let Some(group) = group.and_then(|group| self.group(group)) {
                group.members.push(user);
            }
        }
    }

    fn add_group(&mut self, entity: &PersonOrGroup) {
        let Some(number) = self.number(&entity.entity_ref) else {
            return;
        };
        for key in TEAM_ANNOTATIONS {
            if let Some(team) = entity.annotations.get(key) {
                let team = team.trim_start_matches('@').to_lowercase();
                let first_by_ref = |before| first_by_ref(&self.refs, number, before);
                self.by_team.claim(&team, number, first_by_ref);
            }
        }
        self.group(number);
        for member in entity.members.iter().chain(related(entity, "hasMember")) {
            let member = self.number(member);
            if let (Some(member), Some(group)) = (member, self.group(number)) {
                group.members.push(member);
            }
        }
        for child in entity.children.iter().chain(related(entity, "parentOf")) {
            let child = self.number(child);
            if let (Some(child), Some(group)) = (child, self.group(number)) {
                group.children.push(child);
            }
        }
    }

    /// The number of a ref, new or known.
    fn number(&mut self, entity_ref: &EntityRef) -> Option<u32> {
        let EntityRef {
            kind,
            namespace,
            name,
        } = entity_ref;
        let written = [kind, ":", namespace, "/", name].concat();
        self.refs.intern(written.as_bytes())
    }

    fn group(&mut self, number: u32) -> Option<&mut Group> {
        Some(place(&mut self.groups, number)?.get_or_insert_default())
    }

    /// The user whose ref is written so in full.
    fn user(&self, entity_ref: &str) -> Option<&PersonName> {
        let number = self.refs.find(entity_ref.as_bytes())?;
        self.users.get(number as usize)?.as_ref()
    }

    fn has_group(&self, entity_ref: &str) -> bool {
        let number = self.refs.find(entity_ref.as_bytes());
        let group = number.and_then(|number| self.groups.get(number as usize));
        group.is_some_and(Option::is_some)
    }

    /// Whether the catalog names anybody at all; where it does not, nobody can
    /// be said to have left.
    pub fn is_known(&self) -> bool {
        // There is room for no more than for the last of them.
        !self.users.is_empty()
    }

    /// Whom a mention means. Nobody is invented: what does not map to a User is
    /// shown as it is written.
    ///
    /// A person has left who is in the policy's list, or whom an entity ref
    /// names that is no User any more. A handle or a name that maps to nobody
    /// proves nothing.
    pub fn person(&self, mention: Mention<'_>, settings: &PeopleSettings) -> Person {
        let written = mention.written();
        let in_full = match mention {
            Mention::Ref(text)
                if settings.aliases.is_empty() && EntityRef::is_one(text, "user") =>
            {
                self.user(text)
            }
            _ => None,
        };
        let found = match in_full {
            Some(_) => None,
            None => self.find(mention, settings),
        };
        let user = in_full.or_else(|| self.user(found.as_deref()?));
        let name = user.cloned();
        let name = name.unwrap_or_else(|| PersonName::new(shown(&mention), found.clone()));
        let is_of_a_user = found.is_some_and(|entity_ref| entity_ref.starts_with("user:"));
        let gone = is_of_a_user && user.is_none() && self.is_known();
        if let Some(number) = erasure(written, &name, settings) {
            return Person::erased(number);
        }
        let mut person = Person {
            name,
            left: gone,
            erased: false,
        };
        // Somebody who maps to no User is listed as the evidence writes them, or as
        // they are shown.
        let is_listed = |written: &str| settings.left.contains(written);
        person.left |= !settings.left.is_empty()
            && (is_listed(person.identity())
                || (written != person.identity() && is_listed(&written.to_lowercase())));
        person
    }

    /// The ref of whom a mention means, in full.
    fn find(&self, mention: Mention<'_>, settings: &PeopleSettings) -> Option<String> {
        let parse = |text| EntityRef::parse(text, "user").map(|parsed| parsed.to_string());
        if let Mention::Ref(text) = mention
            && settings.aliases.is_empty()
        {
            return parse(text);
        }
        let written = mention.written().to_lowercase();
        if let Some(alias) = settings.aliases.get(&written) {
            return parse(alias);
        }
        match mention {
            Mention::Ref(text) => parse(text),
            Mention::Handle(_) => self.by_login(&written),
            Mention::Email(_) => self
                .held(&self.by_email, &written)
                .or_else(|| no_reply_login(&written).and_then(|login| self.by_login(login))),
            // A plan may say `steward: alice`, bare as in an entity ref. Two people of one
            // name: the name alone means neither.
            Mention::Name(_) => self
                .held(&self.by_name, &written)
                .or_else(|| self.by_login(&written)),
        }
    }

    fn by_login(&self, login: &str) -> Option<String> {
        let named = || {
            let user = EntityRef::parse(&format!("user:default/{login}"), "user")?.to_string();
            self.user(&user).is_some().then_some(user)
        };
        self.held(&self.by_login, login).or_else(named)
    }

    /// The ref of whom a text means.
    fn held(&self, index: &Index, text: &str) -> Option<String> {
        let holder = index.get(text).filter(|holder| *holder != NEITHER)?;
        Some(written(&self.refs, holder).to_owned())
    }

    /// The people of a group and of its children, by ref. Cycles are survived.
    pub fn members(&self, group: &EntityRef) -> BTreeSet<EntityRef> {
        let mut seen = vec![false; self.groups.len()];
        let mut people = BTreeSet::new();
        let mut open = Vec::new();
        open.extend(self.refs.find(group.to_string().as_bytes()));
        while let Some(next) = open.pop().map(|next| next as usize) {
            let (Some(Some(group)), Some(seen)) = (self.groups.get(next), seen.get_mut(next))
            else {
                continue;
            };
            if std::mem::replace(seen, true) {
                continue;
            }
            for &member in &group.members {
                if let Some(Some(_)) = self.users.get(member as usize) {
                    people.insert(entity_of(written(&self.refs, member)));
                }
            }
            open.extend(&group.children);
        }
        people
    }

    /// The group behind a team of a code host: the one whose annotation says so,
    /// else the one of the default namespace with the name of the team.
    pub fn team(&self, path: &str) -> Option<EntityRef> {
        let path = path.to_lowercase();
        if let Some(group) = self.held(&self.by_team, &path) {
            return Some(entity_of(&group));
        }
        let name = path.rsplit('/').next()?;
        EntityRef::parse(name, "group").filter(|group| self.has_group(&group.to_string()))
    }

    /// Whether the catalog holds neither users nor groups.
    pub fn is_empty(&self) -> bool {
        self.users.is_empty() && self.groups.is_empty()
    }

    /// Whether a ref names a User or Group of the catalog.
    pub fn has(&self, entity_ref: &EntityRef) -> bool {
        let entity_ref = entity_ref.to_string();
        self.user(&entity_ref).is_some() || self.has_group(&entity_ref)
    }
}

impl<'a> Mention<'a> {
    /// What a text without a declared kind is: `@handle`, an address, an entity
    /// ref, else a name.
    pub fn of(written: &'a str) -> Self {
        let written = written.trim();
        match written.strip_prefix('@') {
            Some(handle) => Self::Handle(handle),
            None if written.contains('@') => Self::Email(written),
            None if written.contains([':', '/']) => Self::Ref(written),
            None => Self::Name(written),
        }
    }

    fn written(self) -> &'a str {
        match self {
            Self::Ref(text) | Self::Handle(text) | Self::Email(text) | Self::Name(text) => text,
        }
    }
}

/// The number of somebody who asked to be forgotten, from 1 on in the order of the
/// policy's list, which is sorted: two of them stay two people.
fn erasure(written: &str, name: &PersonName, settings: &PeopleSettings) -> Option<usize> {
    if settings.erased.is_empty() {
        return None;
    }
    let written = written.to_lowercase();
    let shown = name.name.to_lowercase();
    let mut erased = settings.erased.iter();
    let place = erased.position(|listed| {
        *listed == written || *listed == shown || name.entity_ref.as_ref() == Some(listed)
    })?;
    Some(place + 1)
}

/// What stands for a person who maps to nobody.
fn shown(mention: &Mention<'_>) -> String {
    match mention {
        Mention::Handle(handle) => format!("@{handle}"),
        Mention::Ref(text) => EntityRef::parse(text, "user")
            .map_or_else(|| (*text).to_owned(), |entity_ref| entity_ref.name),
        Mention::Email(text) | Mention::Name(text) => (*text).to_owned(),
    }
}

/// The place of a number in a list, which grows up to it.
fn place<T>(list: &mut Vec<Option<T>>, number: u32) -> Option<&mut Option<T>> {
    let at = number as usize;
    if list.len() <= at {
        list.resize_with(at + 1, || None);
    }
    list.get_mut(at)
}

/// The ref with a number, as it is written in full.
fn written(refs: &Interner, number: u32) -> &str {
    std::str::from_utf8(refs.get(number)).unwrap_or_default()
}

/// The parts of a ref that is written in full.
fn parts(entity_ref: &str) -> [&str; 3] {
    let (kind, rest) = entity_ref.split_once(':').unwrap_or(("", entity_ref));
    let (namespace, name) = rest.split_once('/').unwrap_or(("", rest));
    [kind, namespace, name]
}

fn entity_of(entity_ref: &str) -> EntityRef {
    let [kind, namespace, name] = parts(entity_ref).map(str::to_owned);
    EntityRef {
        kind,
        namespace,
        name,
    }
}

/// Of two who claim the same, the first by ref.
fn first_by_ref(refs: &Interner, one: u32, other: u32) -> u32 {
    match parts(written(refs, one)) < parts(written(refs, other)) {
        true => one,
        false => other,
    }
}

fn related<'a>(
    entity: &'a PersonOrGroup,
    relation_type: &'a str,
) -> impl Iterator<Item = &'a EntityRef> {
    entity
        .relations
        .iter()
        .filter(move |relation| relation.relation_type == relation_type)
        .map(|relation| &relation.target)
}

/// The login in a code host's no-reply address:
/// `12345+login@users.noreply.github.com`.
fn no_reply_login(email: &str) -> Option<&str> {
    let (local, domain) = email.split_once('@')?;
    let no_reply = domain.starts_with("users.noreply.") || domain.starts_with("noreply.");
    let login = local.rsplit_once('+').map_or(local, |(_, login)| login);
    (no_reply && !login.is_empty()).then_some(login)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::evidence::catalog;
    use crate::policy::Policy;

    fn whom(mention: Mention<'_>) -> (Option<String>, bool) {
        let page = br#"{"items": [
            {"kind": "User", "metadata": {"name": "alice"},
             "spec": {"profile": {"displayName": "Alice Moreau"}}},
            {"kind": "User", "metadata": {"name": "lena"},
             "spec": {"profile": {"displayName": "Lena Vogel"}}},
            {"kind": "User", "metadata": {"name": "lvogel"},
             "spec": {"profile": {"displayName": "Lena VOGEL"}}}]}"#;
        let page = catalog::read_page(page).unwrap();
        let people: Vec<_> = page.entities().map(|one| one.person_or_group()).collect();
        let settings = Policy::default().people;
        let organisation = Organisation::new(&people, &settings);
        let person = organisation.person(mention, &settings);
        (person.name.entity_ref.clone(), person.left)
    }

    #[test]
    fn a_person_is_found_by_every_way_of_naming_them() {
        for mention in [
            Mention::Ref("user:default/alice"),
            Mention::Ref("alice"),
            Mention::Handle("Alice"),
            Mention::Name("alice moreau"),
            Mention::Name("alice"),
        ] {
            let alice = Some("user:default/alice".to_owned());
            assert_eq!(whom(mention), (alice, false), "{mention:?}");
        }
    }

    #[test]
    fn a_name_that_two_people_have_means_neither() {
        assert_eq!(whom(Mention::Name("Lena Vogel")), (None, false));
        let lena = Some("user:default/lena".to_owned());
        assert_eq!(whom(Mention::Name("lena")), (lena, false));
    }

    #[test]
    fn only_a_ref_that_is_no_user_proves_that_somebody_left() {
        assert!(whom(Mention::Ref("viktor")).1);
        for mention in [Mention::Handle("viktor"), Mention::Name("viktor")] {
            assert_eq!(whom(mention), (None, false), "{mention:?}");
        }
    }
}
