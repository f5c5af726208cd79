//! Who can own code: people, teams, addresses and roles.

use std::fmt;

use super::dialect::Dialect;

/// One owner as a file names it. Two owners are equal where they are written
/// alike.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Owner {
    written: String,
    kind: OwnerKind,
}

/// What kind of owner a text names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OwnerKind {
    /// `@alice`: the login without `@`. On GitLab it can also be a group.
    Handle(String),
    /// `@org/team`: the path without `@`, on GitLab with any number of levels.
    Team {
        /// The path without `@` and without what follows a colon.
        path: String,
        /// How many members are asked, on Bitbucket.
        selection: Option<Selection>,
    },
    /// `alice@example.org`.
    Email(String),
    /// `@@maintainer`: everybody who holds this role in a GitLab project.
    Role(ProjectRole),
}

/// Roles that GitLab accepts as owners. A role does not include higher ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProjectRole {
    /// `@@developer`
    Developer,
    /// `@@maintainer`
    Maintainer,
    /// `@@owner`
    Owner,
}

/// Which members of a group Bitbucket asks to review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Selection {
    /// `:all`
    All,
    /// `:random(n)`, or `:random` for one
    Random(u32),
    /// `:least_busy(n)`, or `:least_busy` for one
    LeastBusy(u32),
}

impl Owner {
    /// What the text names.
    pub fn kind(&self) -> &OwnerKind {
        &self.kind
    }

    /// The text of the file: `@alice`, `@org/team:random(2)`.
    pub fn as_written(&self) -> &str {
        &self.written
    }

    /// The login of a handle: `alice` for `@alice`.
    pub fn login(&self) -> Option<&str> {
        match &self.kind {
            OwnerKind::Handle(login) => Some(login),
            OwnerKind::Team { .. } | OwnerKind::Email(_) | OwnerKind::Role(_) => None,
        }
    }

    /// What a word names in a dialect; `None` where it names nobody.
    pub fn parse(written: &str, dialect: Dialect) -> Option<Self> {
        match dialect {
            Dialect::GitHub => Self::on_github(written),
            Dialect::GitLab => Self::on_gitlab(written),
            Dialect::Bitbucket => Self::on_bitbucket(written),
        }
    }

    /// A GitHub owner: `@login`, `@org/team` or an address.
    fn on_github(written: &str) -> Option<Self> {
        let is_login = |name: &str| is_name(name, "-_");
        let kind = match written.strip_prefix('@') {
            Some(path) => match path.split_once('/') {
                None => is_login(path).then(|| OwnerKind::Handle(path.to_owned()))?,
                Some((organisation, team)) => {
                    (is_login(organisation) && is_name(team, "-_.")).then(|| team_at(path))?
                }
            },
            None => email(written)?,
        };
        Some(Self::new(written, kind))
    }

    /// A Bitbucket owner: as on GitHub, and a team with a selection.
    fn on_bitbucket(written: &str) -> Option<Self> {
        let Some(path) = written.strip_prefix('@') else {
            return Some(Self::new(written, email(written)?));
        };
        let is_slug = |name: &str| is_name(name, "-_.{}");
        let (path, selection) = match path.split_once(':') {
            Some((path, selection)) => (path, Some(Selection::parse(selection)?)),
            None => (path, None),
        };
        let kind = match path.split_once('/') {
            None if selection.is_none() && is_slug(path) => OwnerKind::Handle(path.to_owned()),
            Some((workspace, group)) if is_slug(workspace) && is_slug(group) => OwnerKind::Team {
                path: path.to_owned(),
                selection,
            },
            _ => return None,
        };
        Some(Self::new(written, kind))
    }

    /// A GitLab owner: a user or group, a nested group, a role or an address.
    /// GitLab finds names within a word, so that marks around one do no harm.
    fn on_gitlab(written: &str) -> Option<Self> {
        if let Some(role) = written.strip_prefix("@@") {
            return Some(Self::new(
                written,
                OwnerKind::Role(ProjectRole::parse(role)?),
            ));
        }
        let name = written
            .trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@' && c != '_')
            .trim_end_matches(|c: char| !c.is_alphanumeric() && c != '_');
        let kind = match name.strip_prefix('@') {
            Some(path) => {
                let is_path = path.split('/').all(|level| is_name(level, "-_."));
                match is_path {
                    false => return None,
                    true if path.contains('/') => team_at(path),
                    true => OwnerKind::Handle(path.to_owned()),
                }
            }
            None => match name.split_once('@')? {
                (local, domain) if local.is_empty() || domain.is_empty() => return None,
                (_, domain) if domain.contains('@') => return None,
                _ => OwnerKind::Email(name.to_owned()),
            },
        };
        Some(Self::new(name, kind))
    }

    /// A Kubernetes owner: a bare login, or the name of an alias.
    pub(super) fn on_kubernetes(written: &str) -> Option<Self> {
        let login = written.strip_prefix('@').unwrap_or(written);
        is_name(login, "-_.[]/").then(|| Self::new(written, OwnerKind::Handle(login.to_owned())))
    }

    fn new(written: &str, kind: OwnerKind) -> Self {
        Self {
            written: written.to_owned(),
            kind,
        }
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl ProjectRole {
    fn parse(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "developer" | "developers" => Some(Self::Developer),
            "maintainer" | "maintainers" => Some(Self::Maintainer),
            "owner" | "owners" => Some(Self::Owner),
            _ => None,
        }
    }
}

impl Selection {
    fn parse(text: &str) -> Option<Self> {
        if text == "all" {
            return Some(Self::All);
        }
        // Without a number, one is asked.
        let (strategy, rest) = text.split_once('(').unwrap_or((text, "1)"));
        let count = rest.strip_suffix(')')?.parse().ok().filter(|n| *n > 0)?;
        match strategy {
            "random" => Some(Self::Random(count)),
            "least_busy" => Some(Self::LeastBusy(count)),
            _ => None,
        }
    }
}

fn team_at(path: &str) -> OwnerKind {
    OwnerKind::Team {
        path: path.to_owned(),
        selection: None,
    }
}

fn is_name(name: &str, other_characters: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || other_characters.contains(c))
}

/// An address of the shape `name@host.domain`; no more can be told from text.
fn email(text: &str) -> Option<OwnerKind> {
    let (name, host) = text.split_once('@')?;
    let (_, domain) = host.rsplit_once('.')?;
    let is_address = is_name(name, ".!#$%&'*+/=?^_`{|}~-")
        && is_name(host, ".-")
        && !host.starts_with('.')
        && domain.len() >= 2
        && domain
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-');
    is_address.then(|| OwnerKind::Email(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn github_takes_logins_teams_and_addresses() {
        for good in [
            "@alice",
            "@octo-org/core_team",
            "docs@example.com",
            "@octo_corp",
        ] {
            assert!(Owner::on_github(good).is_some(), "{good}");
        }
        for bad in [
            "alice", "@", "@a/b/c", "docs@", "@alice,", "@@owner", "@/a", "a@b", "@a b",
        ] {
            assert_eq!(Owner::on_github(bad), None, "{bad}");
        }
    }

    #[test]
    fn gitlab_takes_nested_groups_roles_and_names_in_marks() {
        for good in [
            "@alice",
            "@a/b/c",
            "@@Maintainers",
            "jo@example.com",
            "(@alice)",
            "@a.b,",
        ] {
            assert!(Owner::on_gitlab(good).is_some(), "{good}");
        }
        for bad in ["alice", "#", "@", "@@reporter", "@a//b", "a@b@c"] {
            assert_eq!(Owner::on_gitlab(bad), None, "{bad}");
        }
    }

    #[test]
    fn bitbucket_takes_selections() {
        let kind = |text| Owner::on_bitbucket(text).map(|owner| owner.kind().clone());
        let team = |selection| {
            Some(OwnerKind::Team {
                path: "ws/group".to_owned(),
                selection: Some(selection),
            })
        };
        assert_eq!(kind("@ws/group:random(2)"), team(Selection::Random(2)));
        assert_eq!(
            kind("@ws/group:least_busy(3)"),
            team(Selection::LeastBusy(3))
        );
        assert_eq!(kind("@ws/group:all"), team(Selection::All));
        assert_eq!(kind("@ws/group:random"), team(Selection::Random(1)));
        assert_eq!(kind("@ws/group:least_busy"), team(Selection::LeastBusy(1)));
        for bad in [
            "@ws/group:",
            "@ws/group:some",
            "@ws/group:random(0)",
            "@ws/group:random()",
            "@alice:all",
        ] {
            assert_eq!(kind(bad), None, "{bad}");
        }
    }
}
