//! One catalog entity, and the fields that the judgement reads.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;

use super::annotations::Annotations;
use super::lenient::{Fields, List, Object, Text};
use super::location::{SourceLocation, Target};

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
        let text = text.trim();
        let (kind, rest) = text.split_once(':').unwrap_or((kind, text));
        let (namespace, name) = rest.split_once('/').unwrap_or(("default", rest));
        let parts = [kind, namespace, name].map(|part| part.trim().to_lowercase());
        let plain = |part: &String| {
            !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c == '/' || c == ':')
        };
        if !parts.iter().all(plain) {
            return None;
        }
        let [kind, namespace, name] = parts;
        Some(Self {
            kind,
            namespace,
            name,
        })
    }
}

impl fmt::Display for EntityRef {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}/{}", self.kind, self.namespace, self.name)
    }
}

/// A link of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityLink {
    /// The address as written.
    pub url: String,
    /// The title, where there is one.
    pub title: Option<String>,
    /// The type, where there is one.
    pub link_type: Option<String>,
}

/// A relation of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The type: `ownedBy`.
    pub relation_type: String,
    /// The other entity.
    pub target: EntityRef,
}

/// A catalog entity as far as the judgement reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// The ref.
    pub entity_ref: EntityRef,
    /// The kind as written.
    pub kind: String,
    /// `metadata.title`.
    pub title: Option<String>,
    /// `metadata.annotations`, without blank ones; of two with one key the last
    /// counts.
    pub annotations: Annotations,
    /// `metadata.links`.
    pub links: Vec<EntityLink>,
    /// `spec.type`.
    pub entity_type: Option<String>,
    /// `spec.lifecycle`.
    pub lifecycle: Option<String>,
    /// The owner: the `ownedBy` relation, else `spec.owner`.
    pub owner: Option<EntityRef>,
    /// The system: the `partOf` relation to a System, else `spec.system`.
    pub system: Option<EntityRef>,
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
    /// `spec.dependsOn` as written.
    pub depends_on: Vec<String>,
    /// `spec.dependsOn` or `spec.consumesApis` is there, if only as an empty list.
    pub says_dependencies: bool,
    /// `relations`.
    pub relations: Vec<Relation>,
}

impl Entity {
    /// An annotation's text; `None` where it is absent or blank.
    pub fn annotation(&self, key: &str) -> Option<&str> {
        self.annotations.get(key)
    }

    /// Where the source is: the source location, else the folder of the
    /// catalog file.
    pub fn source_location(&self) -> Option<SourceLocation> {
        let source = self
            .annotation("backstage.io/source-location")
            .and_then(|text| SourceLocation::parse(text, Target::Directory));
        source.or_else(|| {
            self.annotation("backstage.io/managed-by-location")
                .and_then(|text| SourceLocation::parse(text, Target::File))
        })
    }
}

/// Why an entity was not read.
pub(super) struct Unread {
    pub entity_ref: Option<EntityRef>,
    pub message: String,
}

/// Reads one entity.
pub(super) fn read(json: &str) -> Result<Entity, Unread> {
    match serde_json::from_str::<Object<RawEntity<'_>>>(json) {
        Ok(Object(raw)) => understand(raw),
        // What the strict path refuses, a second key of the same name or half
        // of a surrogate pair, is read again the slow way.
        Err(first) => {
            let mended = without_lone_surrogates(json);
            let value: serde_json::Value =
                serde_json::from_str(&mended).map_err(|_| unreadable(&first))?;
            let Object(raw) =
                Object::<RawEntity<'_>>::deserialize(&value).map_err(|_| unreadable(&first))?;
            understand(raw)
        }
    }
}

fn unreadable(error: &serde_json::Error) -> Unread {
    Unread {
        entity_ref: None,
        message: format!("not readable as an entity: {error}"),
    }
}

fn understand(raw: RawEntity<'_>) -> Result<Entity, Unread> {
    let metadata = raw.metadata.0;
    let spec = raw.spec.0;
    let without = |message: &str| Unread {
        entity_ref: None,
        message: message.to_owned(),
    };
    let kind = raw
        .kind
        .into_option()
        .ok_or_else(|| without("the entity has no kind"))?;
    let Text(name) = metadata.name;
    let name = name
        .filter(|name| !name.trim().is_empty())
        .ok_or_else(|| without("the entity has no name"))?;
    let namespace = metadata.namespace.into_option();
    let entity_ref = EntityRef {
        kind: kind.to_lowercase(),
        namespace: namespace.as_deref().unwrap_or("default").to_lowercase(),
        name: name.trim().to_lowercase(),
    };
    let relations: Vec<Relation> = raw.relations.0.into_iter().filter_map(relation).collect();
    let related = |relation_type: &str, kind: Option<&str>| {
        relations
            .iter()
            .find(|relation| {
                relation.relation_type == relation_type
                    && kind.is_none_or(|kind| relation.target.kind == kind)
            })
            .map(|relation| relation.target.clone())
    };
    let own = entity_ref.namespace.clone();
    let resolved = move |text: Text<'_>, kind: &str| {
        text.into_option()
            .and_then(|text| in_namespace(&text, kind, &own))
    };
    let owner = related("ownedBy", None).or_else(|| resolved(spec.owner, "group"));
    let system = related("partOf", Some("system")).or_else(|| resolved(spec.system, "system"));
    let profile = spec.profile.0;
    let refs = |list: List<Text<'_>>, kind: &str| -> Vec<EntityRef> {
        list.0
            .into_iter()
            .filter_map(|text| resolved(text, kind))
            .collect()
    };
    let says_dependencies = spec.depends_on.is_some() || spec.consumes_apis.is_some();
    Ok(Entity {
        says_dependencies,
        title: metadata.title.into_option(),
        annotations: annotations(metadata.annotations),
        links: metadata.links.0.into_iter().filter_map(link).collect(),
        entity_type: spec.entity_type.into_option(),
        lifecycle: spec.lifecycle.into_option(),
        owner,
        system,
        display_name: profile.display_name.into_option(),
        email: profile
            .email
            .into_option()
            .map(|email| email.to_lowercase()),
        member_of: refs(spec.member_of, "group"),
        members: refs(spec.members, "user"),
        children: refs(spec.children, "group"),
        depends_on: spec
            .depends_on
            .unwrap_or_default()
            .0
            .into_iter()
            .filter_map(Text::into_option)
            .collect(),
        relations,
        entity_ref,
        kind,
    })
}

/// A ref that names no namespace means the entity's own.
fn in_namespace(text: &str, kind: &str, namespace: &str) -> Option<EntityRef> {
    let mut entity_ref = EntityRef::parse(text, kind)?;
    if !text.contains('/') {
        namespace.clone_into(&mut entity_ref.namespace);
    }
    Some(entity_ref)
}

fn relation(Object(raw): Object<RawRelation<'_>>) -> Option<Relation> {
    Some(Relation {
        relation_type: raw.relation_type.into_option()?,
        target: EntityRef::parse(&raw.target_ref.into_option()?, "")?,
    })
}

fn link(Object(raw): Object<RawLink<'_>>) -> Option<EntityLink> {
    Some(EntityLink {
        url: raw.url.into_option()?,
        title: raw.title.into_option(),
        link_type: raw.link_type.into_option(),
    })
}

fn annotations(Fields(fields): Fields<'_>) -> Annotations {
    let written = fields.iter();
    Annotations::of(written.filter_map(|(key, value)| Some((&**key, value.as_option()?))))
}

/// Replaces escapes of half a surrogate pair by the replacement character.
pub(crate) fn without_lone_surrogates(json: &str) -> Cow<'_, str> {
    if !json.contains("\\u") {
        return Cow::Borrowed(json);
    }
    let mut mended = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        mended.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
        let taken = match code_unit(rest) {
            Some(0xD800..=0xDBFF)
                if matches!(rest.get(6..).and_then(code_unit), Some(0xDC00..=0xDFFF)) =>
            {
                rest.get(..12)
            }
            Some(0xD800..=0xDFFF) => {
                mended.push('\u{fffd}');
                rest = rest.get(6..).unwrap_or_default();
                continue;
            }
            _ => rest
                .char_indices()
                .nth(2)
                .map_or(Some(rest), |(end, _)| rest.get(..end)),
        };
        let taken = taken.unwrap_or(rest);
        mended.push_str(taken);
        rest = rest.get(taken.len()..).unwrap_or_default();
    }
    mended.push_str(rest);
    Cow::Owned(mended)
}

/// The code unit of a `\uXXXX` at the beginning of the text.
fn code_unit(text: &str) -> Option<u32> {
    u32::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct RawEntity<'a> {
    #[serde(borrow)]
    kind: Text<'a>,
    #[serde(borrow)]
    metadata: Object<RawMetadata<'a>>,
    #[serde(borrow)]
    spec: Object<RawSpec<'a>>,
    #[serde(borrow)]
    relations: List<Object<RawRelation<'a>>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct RawMetadata<'a> {
    #[serde(borrow)]
    name: Text<'a>,
    #[serde(borrow)]
    namespace: Text<'a>,
    #[serde(borrow)]
    title: Text<'a>,
    #[serde(borrow)]
    annotations: Fields<'a>,
    #[serde(borrow)]
    links: List<Object<RawLink<'a>>>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct RawSpec<'a> {
    #[serde(borrow, rename = "type")]
    entity_type: Text<'a>,
    #[serde(borrow)]
    lifecycle: Text<'a>,
    #[serde(borrow)]
    owner: Text<'a>,
    #[serde(borrow)]
    system: Text<'a>,
    #[serde(borrow)]
    profile: Object<RawProfile<'a>>,
    #[serde(borrow)]
    member_of: List<Text<'a>>,
    #[serde(borrow)]
    members: List<Text<'a>>,
    #[serde(borrow)]
    children: List<Text<'a>>,
    #[serde(borrow)]
    depends_on: Option<List<Text<'a>>>,
    #[serde(borrow)]
    consumes_apis: Option<List<Text<'a>>>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct RawProfile<'a> {
    #[serde(borrow)]
    display_name: Text<'a>,
    #[serde(borrow)]
    email: Text<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct RawRelation<'a> {
    #[serde(borrow, rename = "type")]
    relation_type: Text<'a>,
    #[serde(borrow)]
    target_ref: Text<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct RawLink<'a> {
    #[serde(borrow)]
    url: Text<'a>,
    #[serde(borrow)]
    title: Text<'a>,
    #[serde(borrow, rename = "type")]
    link_type: Text<'a>,
}
