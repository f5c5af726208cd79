//! Users of the catalog: commit identities that the history cannot unite by
//! itself, and that belong to one person all the same.

use super::History;
use super::identities::AliasGroups;
use super::person::Person;
use mentorship_texts::by_name::ByName;

impl History {
    /// Counts as one person those of whom `user_of` gives the same answer, and
    /// takes apart whom an earlier call united and this one does not. To be
    /// called after [`Self::finish`]; the places in [`Self::people`] change.
    ///
    /// `user_of` is asked of each person as the history alone knows them. Bots
    /// stay bots. The readings are exactly those of a history in which the
    /// united identities were one from the beginning, so that what a person did
    /// under each of them adds up file by file.
    pub fn unite(&mut self, user_of: &dyn Fn(&Person) -> Option<String>) {
        let users = match self.users.is_empty() {
            true => groups(&self.people.all, user_of),
            false => groups(&self.people_by(&AliasGroups::new()).all, user_of),
        };
        if users == self.users {
            return;
        }
        self.people = self.people_by(&users);
        self.users = users;
        if let Some(fold) = self.fold.take() {
            let living = fold.files.iter().map(|file| file.path).collect();
            drop(fold);
            self.fold = Some(self.folded(Some(living), None));
        }
    }
}

/// The names and addresses of each user who is several of `people`.
fn groups(people: &[Person], user_of: &dyn Fn(&Person) -> Option<String>) -> AliasGroups {
    let mut by_user: ByName<Vec<&Person>> = ByName::new();
    for person in people.iter().filter(|person| person.bot.is_none()) {
        if let Some(user) = user_of(person) {
            by_user.entry(user).or_default().push(person);
        }
    }
    by_user
        .into_values()
        .filter(|people| people.len() > 1)
        .map(|people| people.into_iter().flat_map(written).cloned().collect())
        .collect()
}

/// The addresses of a person, or the name of somebody who has none.
fn written(person: &Person) -> &[String] {
    match person.emails.as_slice() {
        [] => std::slice::from_ref(&person.key),
        emails => emails,
    }
}
