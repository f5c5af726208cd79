//! Dialects of the CODEOWNERS file, and where each code host looks for it.

/// Whose rules a CODEOWNERS file follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dialect {
    /// GitHub.
    GitHub,
    /// GitLab, with sections and exclusions.
    GitLab,
    /// Bitbucket, with groups of which it picks some members.
    Bitbucket,
}

impl Dialect {
    /// The paths at which the host looks, in its order. The first one found is
    /// the only one read.
    pub fn locations(self) -> &'static [&'static str] {
        match self {
            Self::GitHub => &[".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"],
            Self::GitLab => &["CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"],
            Self::Bitbucket => &[".bitbucket/CODEOWNERS"],
        }
    }

    /// The host at whose pages files have addresses of this form.
    pub fn of_address(file_address: &str) -> Option<Self> {
        const FORMS: [(&str, Option<Dialect>); 5] = [
            ("/-/blob/", Some(Dialect::GitLab)),
            ("/blob/", Some(Dialect::GitHub)),
            // Gitea's, which has owners of its own.
            ("/src/commit/", None),
            ("/src/", Some(Dialect::Bitbucket)),
            ("/browse/", Some(Dialect::Bitbucket)),
        ];
        let known = FORMS.iter().find(|(form, _)| file_address.contains(form));
        known.and_then(|(_, host)| *host)
    }

    /// The host's name as people write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::GitHub => "GitHub",
            Self::GitLab => "GitLab",
            Self::Bitbucket => "Bitbucket",
        }
    }
}

/// The file that a known host reads, from the paths of a repository.
pub fn locate<'a>(paths: impl IntoIterator<Item = &'a str>, dialect: Dialect) -> Option<&'a str> {
    let locations = dialect.locations();
    paths
        .into_iter()
        .filter_map(|path| {
            let rank = locations.iter().position(|location| *location == path)?;
            Some((rank, path))
        })
        .min()
        .map(|(_, path)| path)
}

/// The files of which [`locate_with_dialect`] gives one, whatever the host is.
pub fn candidates<'a>(paths: &[&'a str]) -> Vec<&'a str> {
    let located = HOSTS.into_iter();
    located
        .filter_map(|host| locate(paths.iter().copied(), host))
        .collect()
}

const HOSTS: [Dialect; 3] = [Dialect::GitHub, Dialect::GitLab, Dialect::Bitbucket];

/// The file and its dialect: the one of the `host` where that is known and has any.
///
/// Else a host's own folder settles the host. The root and `docs/` are shared by
/// GitHub and GitLab; they are taken for GitLab's where the repository carries
/// GitLab's pipeline or folder and not GitHub's folder, else for GitHub's.
pub fn locate_with_dialect<'a>(
    paths: impl IntoIterator<Item = &'a str>,
    host: Option<Dialect>,
) -> Option<(&'a str, Dialect)> {
    let mut candidates = Vec::new();
    let mut has_github_folder = false;
    let mut has_gitlab_traces = false;
    for path in paths {
        has_github_folder |= path.starts_with(".github/");
        has_gitlab_traces |= path.starts_with(".gitlab/") || path == ".gitlab-ci.yml";
        if HOSTS.iter().any(|host| host.locations().contains(&path)) {
            candidates.push(path);
        }
    }
    let prefers_gitlab = has_gitlab_traces && !has_github_folder;
    let order = if prefers_gitlab {
        [Dialect::GitLab, Dialect::GitHub, Dialect::Bitbucket]
    } else {
        HOSTS
    };
    host.into_iter().chain(order).find_map(|dialect| {
        let path = locate(candidates.iter().copied(), dialect)?;
        Some((path, dialect))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_host_looks_in_its_own_order() {
        let paths = [
            "README.md",
            "docs/CODEOWNERS",
            "CODEOWNERS",
            ".gitlab/CODEOWNERS",
            ".github/CODEOWNERS",
        ];
        assert_eq!(locate(paths, Dialect::GitHub), Some(".github/CODEOWNERS"));
        assert_eq!(locate(paths, Dialect::GitLab), Some("CODEOWNERS"));
        assert_eq!(locate(paths, Dialect::Bitbucket), None);
        assert_eq!(
            locate(["src/CODEOWNERS", "codeowners"], Dialect::GitHub),
            None
        );
    }

    #[test]
    fn an_unknown_host_is_told_by_its_traces() {
        assert_eq!(
            locate_with_dialect(["CODEOWNERS"], None),
            Some(("CODEOWNERS", Dialect::GitHub))
        );
        assert_eq!(
            locate_with_dialect(["CODEOWNERS", ".gitlab-ci.yml"], None),
            Some(("CODEOWNERS", Dialect::GitLab))
        );
        assert_eq!(
            locate_with_dialect([".gitlab-ci.yml", "CODEOWNERS", ".github/CODEOWNERS"], None),
            Some((".github/CODEOWNERS", Dialect::GitHub))
        );
        assert_eq!(
            locate_with_dialect([".gitlab/CODEOWNERS", ".github/dependabot.yml"], None),
            Some((".gitlab/CODEOWNERS", Dialect::GitLab))
        );
        assert_eq!(
            locate_with_dialect([".bitbucket/CODEOWNERS"], None),
            Some((".bitbucket/CODEOWNERS", Dialect::Bitbucket))
        );
        let both = [
            ".github/CODEOWNERS",
            ".gitlab/CODEOWNERS",
            "docs/CODEOWNERS",
        ];
        for (address, found) in [
            (
                "https://code.example/a/-/blob/c0/{path}",
                ("docs/CODEOWNERS", Dialect::GitLab),
            ),
            (
                "https://code.example/a/blob/c0/{path}",
                (".github/CODEOWNERS", Dialect::GitHub),
            ),
            (
                "https://code.example/a/src/c0/{path}",
                (".github/CODEOWNERS", Dialect::GitHub),
            ),
            (
                "https://code.example/a/src/commit/c0/{path}",
                (".github/CODEOWNERS", Dialect::GitHub),
            ),
        ] {
            let host = Dialect::of_address(address);
            assert_eq!(locate_with_dialect(both, host), Some(found), "{address}");
            assert!(candidates(&both).contains(&found.0));
        }
        assert_eq!(locate_with_dialect(["README.md"], None), None);
    }
}
