//! Identities: handles, entity refs, addresses and profile links in a text.

use std::ops::Range;

use super::Identity;

pub(super) enum Mark {
    Person(Identity),
    Team,
}

/// Handles, entity refs and addresses in a text, in order.
pub(super) fn identities(text: &str) -> Vec<(Range<usize>, Mark)> {
    let mut marks = Vec::new();
    let mut start = 0;
    let ends = |character: char| {
        character.is_whitespace() || matches!(character, '(' | ')' | ',' | ';' | '[' | ']' | '"')
    };
    while start < text.len() {
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.find(ends).unwrap_or(rest.len());
        let token = rest.get(..length).unwrap_or_default();
        // `Zhou@STRRL` is a name and a handle that lack their blank.
        let glued = token
            .find('@')
            .filter(|at| *at > 0 && !token.get(*at..).is_some_and(|t| t.contains('.')));
        let offset = match glued {
            Some(at) if !token.contains([':', '/', '<']) => at,
            _ => 0,
        };
        let from = start + offset;
        let token = text.get(from..start + length).unwrap_or_default();
        let token = token.trim_end_matches(['.', ':', '!', '?', '\'', '*', '\\']);
        if let Some((skip, width, mark)) = mark_of(token) {
            marks.push((from + skip..from + skip + width, mark));
        }
        start += length;
        start += text
            .get(start..)
            .and_then(|rest| rest.chars().next())
            .map_or(1, char::len_utf8);
    }
    marks
}

fn mark_of(token: &str) -> Option<(usize, usize, Mark)> {
    let inner = token.trim_start_matches(['<', '*']);
    let skip = token.len() - inner.len();
    let inner = inner.trim_end_matches('>');
    let inner = inner.strip_prefix("mailto:").unwrap_or(inner);
    if let Some(handle) = inner.strip_prefix('@') {
        let handle = handle.trim_end_matches('/');
        let plain = |character: char| character.is_alphanumeric() || "-_.".contains(character);
        return match handle.split_once('/') {
            Some((organisation, team)) if !organisation.is_empty() && !team.is_empty() => {
                Some((skip, inner.len(), Mark::Team))
            }
            _ if !handle.is_empty() && handle.chars().all(plain) && !handle.starts_with('.') => {
                Some((
                    skip,
                    inner.len(),
                    Mark::Person(Identity::Handle(handle.to_owned())),
                ))
            }
            _ => None,
        };
    }
    let (kind, _) = inner.split_once(':').unwrap_or_default();
    match kind.to_lowercase().as_str() {
        "user" => entity_ref(inner)
            .map(|entity| (skip, inner.len(), Mark::Person(Identity::Entity(entity)))),
        "group" => Some((skip, inner.len(), Mark::Team)),
        _ => is_email(inner).then(|| {
            (
                skip,
                inner.len(),
                Mark::Person(Identity::Email(inner.to_lowercase())),
            )
        }),
    }
}

/// `User:Alice` → `user:default/alice`.
fn entity_ref(text: &str) -> Option<String> {
    let (kind, rest) = text.split_once(':')?;
    let (namespace, name) = rest.split_once('/').unwrap_or(("default", rest));
    let plain = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_alphanumeric() || "-_.".contains(c))
    };
    (plain(namespace) && plain(name)).then(|| format!("{kind}:{namespace}/{name}").to_lowercase())
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let plain = |part: &str| {
        part.chars()
            .all(|c| c.is_alphanumeric() || "-_.+%".contains(c))
    };
    !local.is_empty()
        && plain(local)
        && plain(domain)
        && domain.split('.').count() > 1
        && domain.split('.').all(|label| !label.is_empty())
}

/// `Ann Lee <ann@example.org> @ann` is one person: the handle stays.
pub(super) fn one_person(marks: Vec<(Range<usize>, Mark)>) -> Vec<(Range<usize>, Mark)> {
    let email = |mark: &Mark| matches!(mark, Mark::Person(Identity::Email(_)));
    let handle = |mark: &Mark| matches!(mark, Mark::Person(Identity::Handle(_)));
    let emails = marks.iter().filter(|(_, mark)| email(mark)).count();
    let handles = marks.iter().filter(|(_, mark)| handle(mark)).count();
    if (emails, handles) != (1, 1) || marks.len() != 2 {
        return marks;
    }
    let from = marks.iter().map(|(range, _)| range.start).min();
    let to = marks.iter().map(|(range, _)| range.end).max();
    let whole = from.unwrap_or_default()..to.unwrap_or_default();
    let handle = marks.into_iter().find(|(_, mark)| handle(mark));
    handle
        .into_iter()
        .map(|(_, mark)| (whole.clone(), mark))
        .collect()
}

/// The address of a link to write to.
pub(super) fn mail_address(target: &str) -> Option<String> {
    let address = target.strip_prefix("mailto:")?;
    is_email(address).then(|| address.to_lowercase())
}

/// The login of a link to a profile on a code host.
pub(super) fn profile_login(target: &str) -> Option<&str> {
    let rest = target
        .strip_prefix("https://")
        .or_else(|| target.strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/')?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    let code_host = host.starts_with("github.") || host.starts_with("gitlab.");
    let login = path.trim_end_matches('/');
    let plain = !login.is_empty()
        && login
            .chars()
            .all(|c| c.is_alphanumeric() || "-_.".contains(c));
    (code_host && plain).then_some(login)
}
