//! The people behind the commits, as the company's catalog knows them.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::Error;

/// Under which name and address somebody commits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Author {
    pub(crate) name: String,
    pub(crate) email: String,
}

/// Everybody who commits, by the name that stories use.
#[derive(Debug)]
pub(crate) struct Company {
    authors: BTreeMap<String, Author>,
    /// As the catalog knows them, whatever they commit under.
    profiles: BTreeMap<String, Author>,
}

impl Company {
    /// Reads users (catalog documents) and authors (`name: Full Name <address>`).
    /// A user commits under the name and address of the profile, unless the
    /// authors say otherwise; who is no user is among the authors only.
    pub(crate) fn read(users: &Path, authors: &Path) -> Result<Self, Error> {
        let mut everybody = BTreeMap::new();
        for document in serde_yaml_ng::Deserializer::from_str(&super::read(users)?) {
            let user = User::deserialize(document).map_err(|error| Error::Story {
                path: users.to_owned(),
                problem: error.to_string(),
            })?;
            let author = Author {
                name: user.spec.profile.display_name,
                email: user.spec.profile.email,
            };
            everybody.insert(user.metadata.name, author);
        }
        let profiles = everybody.clone();
        let fail = |problem: String| Error::Story {
            path: authors.to_owned(),
            problem,
        };
        let others: BTreeMap<String, String> = serde_yaml_ng::from_str(&super::read(authors)?)
            .map_err(|error| fail(error.to_string()))?;
        for (name, author) in others {
            let author = Author::parse(&author)
                .ok_or_else(|| fail(format!("`{author}` is not `Full Name <address>`")))?;
            everybody.insert(name, author);
        }
        Ok(Self {
            authors: everybody,
            profiles,
        })
    }

    /// The catalog's user called `name`, by whose address other tools know them.
    pub(crate) fn profile(&self, name: &str) -> Result<&Author, String> {
        self.profiles
            .get(name)
            .ok_or_else(|| format!("nobody is called `{name}` in people.yaml"))
    }

    /// Who is called `name`; the error lists nobody, only says where to look.
    pub(crate) fn author(&self, name: &str) -> Result<&Author, String> {
        self.authors
            .get(name)
            .ok_or_else(|| format!("nobody is called `{name}` in people.yaml or authors.yaml"))
    }
}

impl Author {
    fn parse(text: &str) -> Option<Self> {
        let (name, email) = text.strip_suffix('>')?.split_once(" <")?;
        Some(Self {
            name: name.to_owned(),
            email: email.to_owned(),
        })
    }
}

impl std::fmt::Display for Author {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} <{}>", self.name, self.email)
    }
}

#[derive(Deserialize)]
struct User {
    metadata: Metadata,
    spec: Spec,
}

#[derive(Deserialize)]
struct Metadata {
    name: String,
}

#[derive(Deserialize)]
struct Spec {
    profile: Profile,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Profile {
    display_name: String,
    email: String,
}
