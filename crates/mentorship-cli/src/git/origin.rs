//! The `origin` remote: the repository's web address, and where a file of it
//! can be seen.

/// Where a repository comes from, as a web address without credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    scheme: &'static str,
    /// The host in lower case, with the port of an `http(s)` remote.
    host: String,
    /// The path without slashes at its ends and without `.git`.
    path: String,
}

impl Origin {
    /// Reads an `https`, `http`, `ssh` or `git` remote, or `user@host:path`;
    /// `None` for a folder and anything else that has no web address.
    pub fn parse(remote: &str) -> Option<Self> {
        let remote = remote.trim();
        let (scheme, authority, path) = match remote.split_once("://") {
            Some((scheme @ ("https" | "http" | "ssh" | "git" | "git+ssh"), rest)) => {
                let (authority, path) = rest.split_once('/')?;
                (scheme, authority, path)
            }
            Some(_) => return None,
            // `C:\\folder` and `./a:b` are folders.
            None => {
                let (authority, path) = remote.split_once(':')?;
                if authority.contains(['/', '\\']) || authority.len() < 2 {
                    return None;
                }
                ("ssh", authority, path)
            }
        };
        let host = authority
            .rsplit_once('@')
            .map_or(authority, |(_, host)| host);
        let on_the_web = scheme == "https" || scheme == "http";
        // An ssh port says nothing about where the web pages are.
        let host = if on_the_web {
            host
        } else {
            host.split_once(':').map_or(host, |(host, _)| host)
        };
        let path = path
            .trim_matches('/')
            .trim_end_matches(".git")
            .trim_end_matches('/');
        (!host.is_empty() && !path.is_empty()).then(|| Self {
            scheme: if scheme == "http" { "http" } else { "https" },
            host: host.to_lowercase(),
            path: path.to_owned(),
        })
    }

    /// The address of the repository's page.
    pub fn url(&self) -> String {
        format!("{}://{}/{}", self.scheme, self.host, self.path)
    }

    /// The last part of the path: the repository's name.
    pub fn name(&self) -> &str {
        self.path
            .rsplit_once('/')
            .map_or(&self.path, |(_, name)| name)
    }

    /// Host and path, as folders.
    pub fn host_and_path(&self) -> (&str, &str) {
        (&self.host, &self.path)
    }

    /// Whether two remotes mean one repository, whatever the protocol.
    pub fn is(&self, other: &Self) -> bool {
        self.host == other.host && self.path.eq_ignore_ascii_case(&other.path)
    }

    /// Where a file of a commit can be seen, with `{path}` and `{line}` in it;
    /// `None` where the host's addresses are not known.
    pub fn file_address(&self, commit: &str) -> Option<String> {
        let url = self.url();
        let labels = || self.host.split(['.', ':']);
        let names = |host: &str| labels().any(|label| label == host);
        if names("github") {
            Some(format!("{url}/blob/{commit}/{{path}}#L{{line}}"))
        } else if names("gitlab") {
            Some(format!("{url}/-/blob/{commit}/{{path}}#L{{line}}"))
        } else if names("bitbucket") {
            Some(format!("{url}/src/{commit}/{{path}}#lines-{{line}}"))
        } else if names("gitea") || names("forgejo") || names("codeberg") {
            Some(format!("{url}/src/commit/{commit}/{{path}}#L{{line}}"))
        } else {
            None
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Origin;

    #[test]
    fn remotes_of_all_protocols_mean_one_page() {
        for (remote, url) in [
            (
                "https://github.com/acme/pay.git",
                "https://github.com/acme/pay",
            ),
            (
                "https://bob:s3cret@GitHub.com/acme/pay/",
                "https://github.com/acme/pay",
            ),
            ("git@github.com:acme/pay.git", "https://github.com/acme/pay"),
            (
                "ssh://git@gitlab.example:2222/group/sub/pay.git",
                "https://gitlab.example/group/sub/pay",
            ),
            ("http://git.example:8080/pay", "http://git.example:8080/pay"),
        ] {
            assert_eq!(Origin::parse(remote).unwrap().url(), url, "{remote}");
        }
    }

    #[test]
    fn folders_have_no_page() {
        for remote in [
            "",
            "/srv/git/pay.git",
            "../pay",
            "C:\\work\\pay",
            "file:///srv/pay",
            "./a:b",
            "https://host",
        ] {
            assert_eq!(Origin::parse(remote), None, "{remote}");
        }
    }

    #[test]
    fn files_are_seen_where_the_host_shows_them() {
        for (remote, address) in [
            (
                "git@github.com:a/b",
                "https://github.com/a/b/blob/c0ffee/{path}#L{line}",
            ),
            (
                "git@gitlab.example:a/b",
                "https://gitlab.example/a/b/-/blob/c0ffee/{path}#L{line}",
            ),
            (
                "git@bitbucket.org:a/b",
                "https://bitbucket.org/a/b/src/c0ffee/{path}#lines-{line}",
            ),
        ] {
            let origin = Origin::parse(remote).unwrap();
            assert_eq!(origin.file_address("c0ffee").unwrap(), address);
        }
        assert_eq!(
            Origin::parse("git@git.example:a/b")
                .unwrap()
                .file_address("c0ffee"),
            None
        );
    }
}
