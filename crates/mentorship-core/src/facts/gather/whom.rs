//! Whom a mention in the evidence of a service means.

use super::{Evidence, ServiceRepository};
use crate::organisation::{Mention, Organisation, Person};
use crate::policy::PeopleSettings;

impl Evidence<'_> {
    /// A User of the catalog; else whom the repository knows by the login; else whom the
    /// name beside it means.
    pub(super) fn whom(&self, mention: Mention<'_>, name: Option<&str>) -> Person {
        let settings = &self.policy.people;
        let named = self.organisation.person(mention, settings);
        if named.name.entity_ref.is_some() || named.erased {
            return named;
        }
        let by_login = || match (mention, &self.repository) {
            (Mention::Handle(login), Some(place)) => {
                place.whom(login, name, self.organisation, settings)
            }
            _ => None,
        };
        let by_name = || Some(self.organisation.person(Mention::Name(name?), settings));
        match by_login().or_else(by_name) {
            Some(mut known) => {
                known.left |= named.left;
                known
            }
            None => named,
        }
    }
}

impl ServiceRepository<'_> {
    /// Whom a login means in the repository: who commits under the code host's no-reply
    /// address of it, else whom the name means that stands beside it, here or in another
    /// file.
    pub fn whom(
        &self,
        login: &str,
        name: Option<&str>,
        organisation: &Organisation,
        settings: &PeopleSettings,
    ) -> Option<Person> {
        let login = login.to_lowercase();
        if let Some(committer) = self.committers.by_login(&login) {
            return Some(committer.clone());
        }
        let name = name.or_else(|| self.repository.name_beside(&login))?;
        Some(organisation.person(Mention::Name(name), settings))
    }
}
