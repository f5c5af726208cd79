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

/// The file and its dialect where the host is not known.
///
/// A host's own folder settles the host. The root and `docs/` are shared by
/// GitHub and GitLab; they are taken for GitLab's where the repository carries
/// GitLab's pipeline or folder and not GitHub's folder, else for GitHub's.
pub fn locate_with_dialect<'a>(
    paths: impl IntoIterator<Item = &'a str>,
) -> Option<(&'a str, Dialect)> {
    const HOSTS: [Dialect; 3] = [Dialect::GitHub, Dialect::GitLab, Dialect::Bitbucket];
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
    order.into_iter().find_map(|dialect| {
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
            locate_with_dialect(["CODEOWNERS"]),
            Some(("CODEOWNERS", Dialect::GitHub))
        );
        assert_eq!(
            locate_with_dialect(["CODEOWNERS", ".gitlab-ci.yml"]),
            Some(("CODEOWNERS", Dialect::GitLab))
        );
        assert_eq!(
            locate_with_dialect([".gitlab-ci.yml", "CODEOWNERS", ".github/CODEOWNERS"]),
            Some((".github/CODEOWNERS", Dialect::GitHub))
        );
        assert_eq!(
            locate_with_dialect([".gitlab/CODEOWNERS", ".github/dependabot.yml"]),
            Some((".gitlab/CODEOWNERS", Dialect::GitLab))
        );
        assert_eq!(
            locate_with_dialect([".bitbucket/CODEOWNERS"]),
            Some((".bitbucket/CODEOWNERS", Dialect::Bitbucket))
        );
        assert_eq!(locate_with_dialect(["README.md"]), None);
    }
}
