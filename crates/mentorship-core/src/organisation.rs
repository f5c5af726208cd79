//! The organisation: who is there, who has left, and whom a name means.

use std::collections::BTreeSet;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

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
    users: Users,
    groups: Held<EntityRef, Group>,
    by_email: Held<String, EntityRef>,
    by_login: Held<String, EntityRef>,
    by_team: Held<String, EntityRef>,
    /// By display name in lower case; of `namesakes` one of them.
    by_name: Held<String, EntityRef>,
    /// Names that several users have.
    namesakes: BTreeSet<String>,
}

type Held<K, V> = HashMap<K, V, FixedState>;

/// Users by their refs as these are written in full: mostly so they are named.
#[derive(Debug, Default)]
struct Users {
    refs: Interner,
    /// In the order of the numbers of the refs.
    names: Vec<PersonName>,
}

impl Users {
    fn insert(&mut self, entity_ref: String, name: String) {
        let number = self.refs.intern(entity_ref.as_bytes());
        let Some(number) = number.map(|number| number as usize) else {
            return;
        };
        let name = PersonName::new(name, Some(entity_ref));
        match self.names.get_mut(number) {
            Some(before) => *before = name,
            None => self.names.push(name),
        }
    }

    fn written(&self, entity_ref: &str) -> Option<&PersonName> {
        let number = self.refs.find(entity_ref.as_bytes())?;
        self.names.get(number as usize)
    }

    fn get(&self, entity_ref: &EntityRef) -> Option<&PersonName> {
        self.written(&entity_ref.to_string())
    }

    fn has(&self, entity_ref: &EntityRef) -> bool {
        self.get(entity_ref).is_some()
    }

    fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

#[derive(Debug, Default)]
struct Group {
    members: Vec<EntityRef>,
    children: Vec<EntityRef>,
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
        let entity_ref = entity.entity_ref.clone();
        let display_name = entity
            .display_name
            .clone()
            .or_else(|| entity.title.clone())
            .unwrap_or_else(|| entity_ref.name.clone());
        if let Some(email) = &entity.email {
            claim(&mut self.by_email, email.clone(), &entity_ref);
        }
        for key in &settings.login_annotations {
            if let Some(login) = entity.annotations.get(key) {
                claim(
                    &mut self.by_login,
                    login.trim_start_matches('@').to_lowercase(),
                    &entity_ref,
                );
            }
        }
        let groups = entity
            .member_of
            .iter()
            .cloned()
            .chain(related(entity, "memberOf"));
        for group in groups {
            let group = self.groups.entry(group).or_default();
            group.members.push(entity_ref.clone());
        }
        let name = display_name.to_lowercase();
        match self.by_name.contains_key(&name) {
            true => drop(self.namesakes.insert(name)),
            false => drop(self.by_name.insert(name, entity_ref.clone())),
        }
        self.users.insert(entity_ref.to_string(), display_name);
    }

    fn add_group(&mut self, entity: &PersonOrGroup) {
        for key in TEAM_ANNOTATIONS {
            if let Some(team) = entity.annotations.get(key) {
                let team = team.trim_start_matches('@').to_lowercase();
                claim(&mut self.by_team, team, &entity.entity_ref);
            }
        }
        let group = self.groups.entry(entity.entity_ref.clone()).or_default();
        group.members.extend(entity.members.iter().cloned());
        group.members.extend(related(entity, "hasMember"));
        group.children.extend(entity.children.iter().cloned());
        group.children.extend(related(entity, "parentOf"));
    }

    /// Whether the catalog names anybody at all; where it does not, nobody can
    /// be said to have left.
    pub fn is_known(&self) -> bool {
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
                self.users.written(text)
            }
            _ => None,
        };
        let found = match in_full {
            Some(_) => None,
            None => self.find(mention, settings),
        };
        let user = in_full.or_else(|| self.users.get(found.as_ref()?));
        let name = user.cloned().unwrap_or_else(|| {
            let entity_ref = found.as_ref().map(EntityRef::to_string);
            PersonName::new(shown(&mention), entity_ref)
        });
        let is_of_a_user = found.is_some_and(|entity_ref| entity_ref.kind == "user");
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
        person.left |= !settings.left.is_empty()
            && (settings.left.contains(&written.to_lowercase())
                || settings.left.contains(person.identity()));
        person
    }

    fn find(&self, mention: Mention<'_>, settings: &PeopleSettings) -> Option<EntityRef> {
        if let Mention::Ref(text) = mention
            && settings.aliases.is_empty()
        {
            return EntityRef::parse(text, "user");
        }
        let written = mention.written().to_lowercase();
        if let Some(alias) = settings.aliases.get(&written) {
            return EntityRef::parse(alias, "user");
        }
        match mention {
            Mention::Ref(text) => EntityRef::parse(text, "user"),
            Mention::Handle(_) => self.by_login(&written),
            Mention::Email(_) => self
                .by_email
                .get(&written)
                .cloned()
                .or_else(|| no_reply_login(&written).and_then(|login| self.by_login(login))),
            // A plan may say `steward: alice`, bare as in an entity ref.
            Mention::Name(_) => self
                .by_display_name(&written)
                .or_else(|| self.by_login(&written)),
        }
    }

    fn by_login(&self, login: &str) -> Option<EntityRef> {
        let named = || {
            EntityRef::parse(&format!("user:default/{login}"), "user")
                .filter(|user| self.users.has(user))
        };
        self.by_login.get(login).cloned().or_else(named)
    }

    fn by_display_name(&self, name: &str) -> Option<EntityRef> {
        // Two people of one name: the name alone means neither.
        match self.namesakes.contains(name) {
            true => None,
            false => self.by_name.get(name).cloned(),
        }
    }

    /// The people of a group and of its children, by ref. Cycles are survived.
    pub fn members(&self, group: &EntityRef) -> BTreeSet<EntityRef> {
        let mut seen = BTreeSet::new();
        let mut open = vec![group.clone()];
        let mut people = BTreeSet::new();
        while let Some(next) = open.pop() {
            let Some(group) = self.groups.get(&next) else {
                continue;
            };
            if seen.insert(next) {
                people.extend(
                    group
                        .members
                        .iter()
                        .filter(|member| self.users.has(member))
                        .cloned(),
                );
                open.extend(group.children.iter().cloned());
            }
        }
        people
    }

    /// The group behind a team of a code host: the one whose annotation says so,
    /// else the one of the default namespace with the name of the team.
    pub fn team(&self, path: &str) -> Option<EntityRef> {
        let path = path.to_lowercase();
        if let Some(group) = self.by_team.get(&path) {
            return Some(group.clone());
        }
        let name = path.rsplit('/').next()?;
        EntityRef::parse(name, "group").filter(|group| self.groups.contains_key(group))
    }

    /// Whether the catalog holds neither users nor groups.
    pub fn is_empty(&self) -> bool {
        self.users.is_empty() && self.groups.is_empty()
    }

    /// Whether a ref names a User or Group of the catalog.
    pub fn has(&self, entity_ref: &EntityRef) -> bool {
        self.groups.contains_key(entity_ref) || self.users.has(entity_ref)
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

fn claim(index: &mut Held<String, EntityRef>, key: String, entity_ref: &EntityRef) {
    let holder = index.entry(key).or_insert_with(|| entity_ref.clone());
    if entity_ref < holder {
        *holder = entity_ref.clone();
    }
}

fn related<'a>(
    entity: &'a PersonOrGroup,
    relation_type: &'a str,
) -> impl Iterator<Item = EntityRef> + 'a {
    entity
        .relations
        .iter()
        .filter(move |relation| relation.relation_type == relation_type)
        .map(|relation| relation.target.clone())
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
