//! Entities as the judgement reads them: refs, and those of people and groups.

use std::borrow::Cow;
use std::fmt;

use crate::annotations::Annotations;
use crate::page::{Draft, Span};
use crate::text::{Form, Text, meant};

/// A reference to an entity, in lower case: refs compare without case.
///
/// Ordered by kind, namespace and name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityRef {
    /// The kind.
    pub kind: String,
    /// The namespace, `default` where none is written.
    pub namespace: String,
    /// The name.
    pub name: String,
}

impl EntityRef {
    /// Reads `[kind:][namespace/]name` with the kind to assume where none is
    /// written; `None` where there is no name.
    pub fn parse(text: &str, kind: &str) -> Option<Self> {
        let [kind, namespace, name] = Self::parts(text, kind)?.map(str::to_lowercase);
        Some(Self {
            kind,
            namespace,
            name,
        })
    }

    /// The same where a ref that names no namespace means the one given.
    pub(crate) fn parse_within(text: &str, kind: &str, namespace: &str) -> Option<Self> {
        let mut entity_ref = Self::parse(text, kind)?;
        if !text.contains('/') {
            namespace.clone_into(&mut entity_ref.namespace);
        }
        Some(entity_ref)
    }

    /// Whether [`Self::parse`] reads it.
    pub fn is_one(text: &str, kind: &str) -> bool {
        Self::parts(text, kind).is_some()
    }

    fn parts<'a>(text: &'a str, kind: &'a str) -> Option<[&'a str; 3]> {
        // Most texts have no space to be looked for.
        let is_graphic = text.bytes().all(|byte| byte.is_ascii_graphic());
        let trimmed = |text: &'a str| if is_graphic { text } else { text.trim() };
        let text = trimmed(text);
        let (kind, rest) = text.split_once(':').unwrap_or((kind, text));
        let (namespace, name) = rest.split_once('/').unwrap_or(("default", rest));
        let parts = [kind, namespace, name].map(trimmed);
        let plain = |part: &&str| {
            let has_sign = part.bytes().any(|byte| matches!(byte, b'/' | b':'));
            let has_space = || !is_graphic && part.contains(char::is_whitespace);
            !part.is_empty() && !has_sign && !has_space()
        };
        parts.iter().all(plain).then_some(parts)
    }
}

impl fmt::Display for EntityRef {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}/{}", self.kind, self.namespace, self.name)
    }
}

/// A relation of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The type: `memberOf`.
    pub relation_type: String,
    /// The other entity.
    pub target: EntityRef,
}

/// A person or a group of the catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonOrGroup {
    /// The ref.
    pub entity_ref: EntityRef,
    /// `metadata.title`, else `metadata.name` where a ref would lose its capitals.
    pub title: Option<String>,
    /// `metadata.annotations`, without blank ones; of two with one key the last
    /// counts.
    pub annotations: Annotations,
    /// `spec.profile.displayName`.
    pub display_name: Option<String>,
    /// `spec.profile.email`, in lower case.
    pub email: Option<String>,
    /// `spec.memberOf`.
    pub member_of: Vec<EntityRef>,
    /// `spec.members`.
    pub members: Vec<EntityRef>,
    /// `spec.children`.
    pub children: Vec<EntityRef>,
    /// `relations`.
    pub relations: Vec<Relation>,
}

impl Draft<'_, '_> {
    /// The entity as a person or a group.
    pub fn person_or_group(&self) -> PersonOrGroup {
        let (metadata, spec) = (&self.written.metadata, &self.written.spec);
        let entity_ref = self.entity_ref();
        let refs = |list: Span, kind: &str| -> Vec<EntityRef> {
            let texts = list.of(&self.page.texts).iter();
            texts
                .filter_map(|text| {
                    EntityRef::parse_within(&text.read()?, kind, &entity_ref.namespace)
                })
                .collect()
        };
        let relations = self.written.relations.of(&self.page.pairs).iter();
        let annotations = metadata.annotations.of(&self.page.pairs).iter();
        let email = spec.profile.email.read();
        PersonOrGroup {
            title: metadata.title.owned().or_else(|| {
                let name = metadata.name.owned();
                name.filter(|name| *name != entity_ref.name)
            }),
            annotations: Annotations::of(
                annotations.filter_map(|(key, value)| Some((key_of(key), value.read()?))),
            ),
            display_name: spec.profile.display_name.owned(),
            email: email.map(|email| email.to_lowercase()),
            member_of: refs(spec.member_of, "group"),
            members: refs(spec.members, "user"),
            children: refs(spec.children, "group"),
            relations: relations
                .filter_map(|(relation_type, target)| {
                    Some(Relation {
                        relation_type: relation_type.owned()?,
                        target: EntityRef::parse(&target.read()?, "")?,
                    })
                })
                .collect(),
            entity_ref,
        }
    }

    /// The ref.
    pub(crate) fn entity_ref(&self) -> EntityRef {
        let metadata = &self.written.metadata;
        let part = |text: &Text<'_>| text.read().map(|part| part.to_lowercase());
        EntityRef {
            kind: self.kind().into_owned(),
            namespace: part(&metadata.namespace).unwrap_or_else(|| "default".to_owned()),
            name: part(&metadata.name).unwrap_or_default(),
        }
    }
}

/// A key as it is meant, space included.
pub(crate) fn key_of<'a>(key: &Text<'a>) -> Cow<'a, str> {
    match key.form {
        Form::Escaped => Cow::Owned(key.unescaped()),
        _ => meant(key.bytes),
    }
}
