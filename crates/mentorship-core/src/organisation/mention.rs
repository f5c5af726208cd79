//! Mentions: how a person is named in the evidence.

use crate::evidence::catalog::EntityRef;

/// How a person is named in the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mention<'a> {
    /// An entity ref: `user:default/alice`, `alice`.
    Ref(&'a str),
    /// A handle without its `@`: `alice`.
    Handle(&'a str),
    /// An e-mail address.
    Email(&'a str),
    /// A name in full.
    Name(&'a str),
}

impl<'a> Mention<'a> {
    /// What a text without a declared kind is: `@handle`, an address, an entity
    /// ref, else a name.
    pub fn of(written: &'a str) -> Self {
        let written = written.trim();
        match written.strip_prefix('@') {
            Some(handle) => Self::Handle(handle),
            None if written.contains('@') => Self::Email(written),
            None if written.contains([':', '/']) => Self::Ref(written),
            None => Self::Name(written),
        }
    }

    /// The text that names the person.
    pub(super) fn written(self) -> &'a str {
        match self {
            Self::Ref(text) | Self::Handle(text) | Self::Email(text) | Self::Name(text) => text,
        }
    }

    /// What stands for a person who maps to nobody.
    pub(super) fn shown(self) -> String {
        match self {
            Self::Handle(handle) => format!("@{handle}"),
            Self::Ref(text) => EntityRef::parse(text, "user")
                .map_or_else(|| text.to_owned(), |entity_ref| entity_ref.name),
            Self::Email(text) | Self::Name(text) => text.to_owned(),
        }
    }
}

/// The login in a code host's no-reply address:
/// `12345+login@users.noreply.github.com`.
pub fn no_reply_login(email: &str) -> Option<&str> {
    let (local, domain) = email.split_once('@')?;
    let no_reply = domain.starts_with("users.noreply.") || domain.starts_with("noreply.");
    let login = local.rsplit_once('+').map_or(local, |(_, login)| login);
    (no_reply && !login.is_empty()).then_some(login)
}
