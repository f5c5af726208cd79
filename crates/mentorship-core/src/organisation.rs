//! The organisation: who is there, who has left, and whom a name means.

mod claims;
mod mention;
mod person;
mod refs;

pub use mention::{Mention, no_reply_login};
pub use person::{Person, identities};

use mentorship_knowledge::folded;
use mentorship_texts::ordering::sort_by;

use crate::evidence::catalog::{EntityRef, PersonOrGroup};
use crate::policy::PeopleSettings;
use crate::words::PersonName;
use claims::Claims;
use refs::{ByRef, RefId, Refs};

/// Where a group says which team of a code host it is.
const TEAM_ANNOTATIONS: [&str; 2] = ["github.com/team-slug", "gitlab.com/group-full-path"];

/// People and groups of the catalog.
///
/// Every mention of somebody in every service and every history is looked up here:
/// nothing is searched for, and no answer depends on the order of what is held.
#[derive(Debug, Default)]
pub struct Organisation {
    refs: Refs,
    users: ByRef<PersonName>,
    /// Whoever is named as a group, also by users alone.
    groups: ByRef<Group>,
    by_email: Claims,
    by_login: Claims,
    by_team: Claims,
    /// By display name in lower case.
    by_name: Claims,
}

/// Whom a group names, or who names it.
#[derive(Debug, Default)]
struct Group {
    members: Vec<RefId>,
    children: Vec<RefId>,
}

/// Whom a mention means.
enum Meant<'a> {
    /// A User of the catalog.
    User(&'a PersonName),
    /// A ref in full of which the catalog has no User.
    Ref(String),
    /// Nobody whom the catalog or a ref names.
    Nobody,
}

impl Organisation {
    /// Reads the users and groups among the entities of a catalog. Where two
    /// users share an address or a login, the first by ref has it; a display name
    /// that they share means neither.
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
        let Some(user) = self.refs.number(&entity.entity_ref) else {
            return;
        };
        let first_by_ref = |before, other| Some(self.refs.first(before, other));
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
        self.by_name
            .claim(&folded(name.as_bytes()), user, |_, _| None);
        let entity_ref = self.refs.written(user).to_owned();
        if let Some(place) = self.users.place(user) {
            *place = Some(PersonName::new(name.clone(), Some(entity_ref)));
        }
        for group in entity.member_of.iter().chain(related(entity, "memberOf")) {
            let group = self.refs.number(group);
            if let Some(group) = group.and_then(|group| self.group(group)) {
                group.members.push(user);
            }
        }
    }

    fn add_group(&mut self, entity: &PersonOrGroup) {
        let Some(number) = self.refs.number(&entity.entity_ref) else {
            return;
        };
        for key in TEAM_ANNOTATIONS {
            if let Some(team) = entity.annotations.get(key) {
                let team = team.trim_start_matches('@').to_lowercase();
                let first_by_ref = |before, other| Some(self.refs.first(before, other));
                self.by_team.claim(&team, number, first_by_ref);
            }
        }
        let members = entity.members.iter().chain(related(entity, "hasMember"));
        let children = entity.children.iter().chain(related(entity, "parentOf"));
        let members: Vec<RefId> = members.filter_map(|one| self.refs.number(one)).collect();
        let children: Vec<RefId> = children.filter_map(|one| self.refs.number(one)).collect();
        if let Some(group) = self.group(number) {
            group.members.extend(members);
            group.children.extend(children);
        }
    }

    fn group(&mut self, number: RefId) -> Option<&mut Group> {
        Some(self.groups.place(number)?.get_or_insert_default())
    }

    /// The user whose ref is written so in full.
    fn user(&self, written: &str) -> Option<&PersonName> {
        self.users.get(self.refs.find(written)?)
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
        let (name, is_gone) = match self.meant(mention, settings) {
            Meant::User(user) => (user.clone(), false),
            Meant::Ref(entity_ref) => {
                let is_gone = entity_ref.starts_with("user:") && self.is_known();
                (PersonName::new(mention.shown(), Some(entity_ref)), is_gone)
            }
            Meant::Nobody => (PersonName::new(mention.shown(), None), false),
        };
        let written = mention.written();
        if let Some(erased) = Person::erased(written, &name, settings) {
            return erased;
        }
        let mut person = Person {
            name,
            left: is_gone,
            erased: false,
        };
        // Somebody who maps to no User is listed as the evidence writes them, or as
        // they are shown.
        let is_listed = |written: &str| settings.left.contains(written);
        person.left |= !settings.left.is_empty()
            && (is_listed(person.identity())
                || (written != person.identity() && is_listed(&folded(written.as_bytes()))));
        person
    }

    fn meant(&self, mention: Mention<'_>, settings: &PeopleSettings) -> Meant<'_> {
        let in_lower_case = || mention.written().to_lowercase();
        if !settings.aliases.is_empty()
            && let Some(alias) = settings.aliases.get(&in_lower_case())
        {
            return self.by_ref(alias);
        }
        let user = match mention {
            Mention::Ref(text) => return self.by_ref(text),
            Mention::Handle(_) => self.by_login(&in_lower_case()),
            Mention::Email(_) => self.by_email(&in_lower_case()),
            Mention::Name(name) => self.by_name(&folded(name.as_bytes())),
        };
        user.map_or(Meant::Nobody, Meant::User)
    }

    fn by_ref(&self, text: &str) -> Meant<'_> {
        // Mostly a ref is written in full: it is looked up as it stands.
        if EntityRef::is_one(text, "user")
            && let Some(user) = self.user(text)
        {
            return Meant::User(user);
        }
        let Some(entity_ref) = EntityRef::parse(text, "user") else {
            return Meant::Nobody;
        };
        let written = entity_ref.to_string();
        match self.user(&written) {
            Some(user) => Meant::User(user),
            None => Meant::Ref(written),
        }
    }

    fn by_email(&self, email: &str) -> Option<&PersonName> {
        let holder = self.by_email.holder(email);
        match holder.and_then(|user| self.users.get(user)) {
            None => self.by_login(no_reply_login(email)?),
            user => user,
        }
    }

    /// A plan may say `steward: alice`, bare as in an entity ref. Of two people of one
    /// name, the name alone means neither.
    fn by_name(&self, name: &str) -> Option<&PersonName> {
        let holder = self.by_name.holder(name);
        match holder.and_then(|user| self.users.get(user)) {
            None => self.by_login(name),
            user => user,
        }
    }

    fn by_login(&self, login: &str) -> Option<&PersonName> {
        if let Some(user) = self.by_login.holder(login) {
            return self.users.get(user);
        }
        let named = EntityRef::parse(&format!("user:default/{login}"), "user")?;
        self.user(&named.to_string())
    }

    /// The people of a group and of its children, each once, in the order of their refs.
    /// Cycles are survived.
    pub fn members(&self, group: &EntityRef) -> Vec<EntityRef> {
        let mut seen: ByRef<()> = ByRef::default();
        let mut people = Vec::new();
        let mut open = Vec::new();
        open.extend(self.refs.find(&group.to_string()));
        while let Some(next) = open.pop() {
            let (Some(group), Some(seen)) = (self.groups.get(next), seen.place(next)) else {
                continue;
            };
            if seen.replace(()).is_some() {
                continue;
            }
            for &member in &group.members {
                if self.users.get(member).is_some() {
                    people.push(self.refs.entity_ref(member));
                }
            }
            open.extend(&group.children);
        }
        sort_by(&mut people, Ord::cmp);
        people.dedup();
        people
    }

    /// The group behind a team of a code host: the one whose annotation says so,
    /// else the one of the default namespace with the name of the team.
    pub fn team(&self, path: &str) -> Option<EntityRef> {
        let path = path.to_lowercase();
        if let Some(group) = self.by_team.holder(&path) {
            return Some(self.refs.entity_ref(group));
        }
        let name = path.rsplit('/').next()?;
        let group = EntityRef::parse(name, "group")?;
        let number = self.refs.find(&group.to_string())?;
        self.groups.get(number).map(|_| group)
    }

    /// Whether the catalog holds neither users nor groups.
    pub fn is_empty(&self) -> bool {
        self.users.is_empty() && self.groups.is_empty()
    }

    /// Whether a ref names a User or Group of the catalog.
    pub fn has(&self, entity_ref: &EntityRef) -> bool {
        let number = self.refs.find(&entity_ref.to_string());
        number.is_some_and(|number| {
            self.users.get(number).is_some() || self.groups.get(number).is_some()
        })
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::evidence::catalog;
    use crate::policy::Policy;

    fn whom(mention: Mention<'_>) -> (Option<String>, bool) {
        let page = r#"{"items": [
            {"kind": "User", "metadata": {"name": "alice"},
             "spec": {"profile": {"displayName": "Alice Moreau"}}},
            {"kind": "User", "metadata": {"name": "lena"},
             "spec": {"profile": {"displayName": "Lena Vogel"}}},
            {"kind": "User", "metadata": {"name": "lvogel"},
             "spec": {"profile": {"displayName": "Lena VOGEL"}}},
            {"kind": "User", "metadata": {"name": "zoe"},
             "spec": {"profile": {"displayName": "Zoé Müller"}}}]}"#;
        let page = catalog::read_page(page.as_bytes()).unwrap();
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
    fn accents_tell_nobody_apart() {
        let zoe = Some("user:default/zoe".to_owned());
        for name in ["Zoé Müller", "zoe  MULLER", "Zoe\u{301} Muller"] {
            assert_eq!(whom(Mention::Name(name)), (zoe.clone(), false), "{name}");
        }
        let unknown = |name: &str| PersonName::new(name.to_owned(), None);
        assert_eq!(
            unknown("Renée Ôé").identity(),
            unknown("Renee Oe").identity()
        );
    }

    #[test]
    fn a_leaver_listed_by_name_has_left_with_and_without_accents() {
        let policy = Policy::from_json(r#"{"people": {"left": ["Renée Ôé"]}}"#).unwrap();
        let organisation = Organisation::new(&[], &policy.people);
        for name in ["Renée Ôé", "renee oe"] {
            let person = organisation.person(Mention::Name(name), &policy.people);
            assert!(person.left, "{name}");
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
