//! Source locations: where an entity says that its source is.

/// A source location, understood.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceLocation {
    /// A repository on a code host.
    Repository {
        /// The address to clone from, without credentials, query and fragment.
        url: String,
        /// The branch or commit named; `None` for the default branch.
        revision: Option<String>,
        /// The directory, without leading or trailing `/`; empty for the root.
        directory: String,
    },
    /// A folder on the machine that reads it, for development.
    Folder {
        /// The path as written, without a trailing `/`.
        path: String,
    },
}

/// What the location points to: everything below a folder, or one file in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    Directory,
    File,
}

impl SourceLocation {
    /// Reads `url:…`, `dir:…` or `file:…`; `None` for anything else.
    ///
    /// Understands the addresses of GitHub, GitLab, Gitea and Bitbucket Cloud
    /// (`/tree/`, `/blob/`, `/-/tree/`, `/src/branch/`, `/src/`), where the
    /// revision is the one segment behind the marker, and takes any other
    /// `http(s)` address for the repository's root.
    pub(crate) fn parse(text: &str, target: Target) -> Option<Self> {
        let (scheme, rest) = text.trim().split_once(':')?;
        match scheme {
            "url" => match rest.strip_prefix("file://") {
                Some(path) => Self::folder(path, target),
                None => Self::repository(rest, target),
            },
            "dir" => Self::folder(rest, Target::Directory),
            "file" => Self::folder(rest, Target::File),
            _ => None,
        }
    }

    fn folder(path: &str, target: Target) -> Option<Self> {
        let path = path.trim_end_matches('/');
        let path = match target {
            Target::Directory => path,
            Target::File => path.rsplit_once(['/', '\\']).map(|(folder, _)| folder)?,
        };
        (!path.is_empty()).then(|| Self::Folder {
            path: path.to_owned(),
        })
    }

    fn repository(address: &str, target: Target) -> Option<Self> {
        let (scheme, rest) = address.split_once("://")?;
        if scheme != "https" && scheme != "http" {
            return None;
        }
        let rest = rest.split(['?', '#']).next()?;
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = authority
            .rsplit_once('@')
            .map_or(authority, |(_, host)| host);
        if host.is_empty() {
            return None;
        }
        let place = Place::find(path);
        let directory = match target {
            Target::Directory => place.path,
            Target::File => place.path.rsplit_once('/').map_or("", |(folder, _)| folder),
        };
        let repository = place.repository.trim_matches('/').trim_end_matches(".git");
        (!repository.is_empty()).then(|| Self::Repository {
            url: format!("{scheme}://{}/{repository}", host.to_lowercase()),
            revision: place.revision.map(str::to_owned),
            directory: without_escapes(directory.trim_matches('/')),
        })
    }
}

struct Place<'a> {
    repository: &'a str,
    revision: Option<&'a str>,
    path: &'a str,
}

/// Longer markers first: `/-/tree/` holds `/tree/`.
const MARKERS: [&str; 8] = [
    "/-/tree/",
    "/-/blob/",
    "/src/branch/",
    "/src/commit/",
    "/tree/",
    "/blob/",
    "/edit/",
    "/src/",
];

impl<'a> Place<'a> {
    fn find(path: &'a str) -> Self {
        let marked = MARKERS.iter().find_map(|marker| path.split_once(marker));
        match marked {
            None => Self {
                repository: path,
                revision: None,
                path: "",
            },
            Some((repository, behind)) => {
                let (revision, path) = behind.split_once('/').unwrap_or((behind, ""));
                let revision = (!revision.is_empty() && revision != "HEAD").then_some(revision);
                Self {
                    repository,
                    revision,
                    path,
                }
            }
        }
    }
}

/// Resolves `%20` and the like; a broken escape stays as it is.
fn without_escapes(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = match (first, tail) {
            (b'%', [high, low, ..]) => hexadecimal(*high).zip(hexadecimal(*low)),
            _ => None,
        };
        match escaped {
            Some((high, low)) => {
                bytes.push(high * 16 + low);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hexadecimal(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::{SourceLocation, Target};

    fn repository(text: &str, target: Target) -> Option<(String, Option<String>, String)> {
        match SourceLocation::parse(text, target) {
            Some(SourceLocation::Repository {
                url,
                revision,
                directory,
            }) => Some((url, revision, directory)),
            _ => None,
        }
    }

    #[test]
    fn addresses_of_the_code_hosts_are_understood() {
        let cases = [
            (
                "url:https://github.com/acme/shop/tree/main/services/pay/",
                "https://github.com/acme/shop",
                Some("main"),
                "services/pay",
            ),
            (
                "url:https://gitlab.example/a/b/c/-/tree/v1/x%20y",
                "https://gitlab.example/a/b/c",
                Some("v1"),
                "x y",
            ),
            (
                "url:https://token@GitHub.com/acme/shop.git",
                "https://github.com/acme/shop",
                None,
                "",
            ),
            (
                "url:https://bitbucket.org/acme/shop/src/master/a",
                "https://bitbucket.org/acme/shop",
                Some("master"),
                "a",
            ),
            (
                "url:https://gitea.example/acme/shop/src/branch/main/a/b",
                "https://gitea.example/acme/shop",
                Some("main"),
                "a/b",
            ),
        ];
        for (text, url, revision, directory) in cases {
            let expected = Some((
                url.to_owned(),
                revision.map(str::to_owned),
                directory.to_owned(),
            ));
            assert_eq!(repository(text, Target::Directory), expected, "{text}");
        }
    }

    #[test]
    fn a_file_stands_for_its_folder() {
        let found = repository(
            "url:https://github.com/acme/shop/blob/main/pay/catalog-info.yaml",
            Target::File,
        );
        assert_eq!(
            found.map(|(_, _, directory)| directory).as_deref(),
            Some("pay")
        );
        assert_eq!(
            SourceLocation::parse("file:/srv/shop/catalog-info.yaml", Target::File),
            Some(SourceLocation::Folder {
                path: "/srv/shop".to_owned()
            })
        );
    }

    #[test]
    fn what_is_no_location_is_none() {
        for text in [
            "",
            "url:",
            "url:ssh://git@host/x",
            "s3:bucket",
            "dir:",
            "url:https://",
            "https://github.com/acme/shop",
            "url:https://github.com/",
        ] {
            assert_eq!(
                SourceLocation::parse(text, Target::Directory),
                None,
                "{text}"
            );
        }
    }
}
