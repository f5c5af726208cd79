//! Whom a mention in the evidence of a service means.

use super::{Evidence, ServiceRepository};
use crate::organisation::{Mention, Organisation, Person};
use crate::policy::PeopleSettings;

impl Evidence<'_> {
    /// A User of the catalog; else whom the repository knows by the login or the address;
    /// else whom the name beside it means.
    pub(super) fn whom(&self, mention: Mention<'_>, name: Option<&str>) -> Person {
        let settings = &self.policy.people;
        let named = self.organisation.person(mention, settings);
        if named.name.entity_ref.is_some() || named.erased {
            return named;
        }
        let known = || match (mention, &self.repository) {
            (Mention::Handle(written) | Mention::Email(written), Some(place)) => {
                place.whom(written, name, self.organisation, settings)
            }
            _ => None,
        };
        let by_name = || Some(self.organisation.person(Mention::Name(name?), settings));
        match known().or_else(by_name) {
            Some(mut known) => {
                known.left |= named.left;
                known
            }
            None => named,
        }
    }
}

impl ServiceRepository<'_> {
    /// Whom a login or an address means in the repository: who commits under the login,
    /// else whom the name means that stands beside it, here or in another file.
    pub fn whom(
        &self,
        written: &str,
        name: Option<&str>,
        organisation: &Organisation,
        settings: &PeopleSettings,
    ) -> Option<Person> {
        let written = written.to_lowercase();
        if let Some(committer) = self.committers.by_login(&written) {
            return Some(committer.clone());
        }
        let name = name.or_else(|| self.repository.name_beside(&written))?;
        Some(organisation.person(Mention::Name(name), settings))
    }
}
