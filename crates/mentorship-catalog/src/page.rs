//! Pages: the bytes of `entities/by-query`, entity by entity.
//!
//! Any document with a kind and a string name is accepted. A field of an unexpected
//! type is as good as absent, of two fields with one name the later one counts; an
//! entity that cannot be read is told by itself and never stops its page. A page with two
//! lists of entities, or with two places for the next cursor, is refused: to take the
//! later one would lose what the earlier one has.

use std::borrow::Cow;

use crate::scan::{Malformed, Scanner};
use crate::text::{Form, Text};

/// One page as it was understood, its texts still in the page's bytes.
#[derive(Debug, Default)]
pub struct Page<'a> {
    /// How many entities the catalog says there are in all.
    pub total_items: Option<u32>,
    /// The next page's cursor.
    pub next_cursor: Option<String>,
    /// Entities that could not be read.
    pub errors: Vec<UnreadEntity>,
    entities: Vec<Written<'a>>,
    /// Lists of the entities, each in one piece.
    pub(crate) pairs: Vec<(Text<'a>, Text<'a>)>,
    pub(crate) links: Vec<WrittenLink<'a>>,
    pub(crate) texts: Vec<Text<'a>>,
}

/// An entity that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadEntity {
    /// Position on the page, from 0.
    pub index: u32,
    /// What is wrong.
    pub message: String,
}

/// An entity of a page, not taken out of it yet.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'p, 'a> {
    pub(crate) page: &'p Page<'a>,
    pub(crate) written: &'p Written<'a>,
}

/// The fields that the judgement reads.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Written<'a> {
    pub kind: Text<'a>,
    pub metadata: Metadata<'a>,
    pub spec: Spec<'a>,
    /// Pairs of type and target.
    pub relations: Span,
}

#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Metadata<'a> {
    pub name: Text<'a>,
    pub namespace: Text<'a>,
    pub title: Text<'a>,
    /// Pairs of key and value.
    pub annotations: Span,
    pub links: Span,
}

#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Spec<'a> {
    pub entity_type: Text<'a>,
    pub lifecycle: Text<'a>,
    pub owner: Text<'a>,
    pub system: Text<'a>,
    pub profile: Profile<'a>,
    pub member_of: Span,
    pub members: Span,
    pub children: Span,
    /// The lists are there, if only as empty ones.
    pub depends_on: bool,
    pub consumes_apis: bool,
}

#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Profile<'a> {
    pub display_name: Text<'a>,
    pub email: Text<'a>,
}

#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct WrittenLink<'a> {
    pub url: Text<'a>,
    pub title: Text<'a>,
    pub link_type: Text<'a>,
}

/// A piece of one of the page's lists.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Span {
    start: usize,
    end: usize,
}

impl Span {
    pub(crate) fn of<T>(self, all: &[T]) -> &[T] {
        all.get(self.start..self.end).unwrap_or_default()
    }
}

/// What entities, and their annotations and relations, mostly have at least: to make
/// room for them at once.
const BYTES_AN_ENTITY: usize = 1_000;
const BYTES_A_PAIR: usize = 64;

/// Reads a page: `{"items": […], "totalItems", "pageInfo": {"nextCursor"}}`, or
/// a bare JSON array of entities.
///
/// # Errors
/// One sentence where the bytes are no such page, a page that was cut short
/// included; then nothing of it counts.
pub fn read_page(bytes: &[u8]) -> Result<Page<'_>, String> {
    let mut bytes = bytes;
    while let Some(rest) = bytes.strip_prefix("\u{feff}".as_bytes()) {
        bytes = rest;
    }
    let mut page = Page {
        entities: Vec::with_capacity(bytes.len() / BYTES_AN_ENTITY),
        pairs: Vec::with_capacity(bytes.len() / BYTES_A_PAIR),
        ..Page::default()
    };
    let mut scanner = Scanner::new(bytes);
    page.scan(&mut scanner).map_err(|Malformed| {
        let (expected, at) = scanner.problem();
        format!("the catalog page is not readable: at byte {at}, {expected} is expected")
    })?;
    Ok(page)
}

impl<'a> Page<'a> {
    /// The entities that could be read, in the page's order.
    pub fn entities(&self) -> impl Iterator<Item = Draft<'_, 'a>> {
        let page = self;
        let entities = self.entities.iter();
        entities.map(move |written| Draft { page, written })
    }

    fn scan(&mut self, scanner: &mut Scanner<'a>) -> Result<(), Malformed> {
        if scanner.peek()? == b'[' {
            self.items(scanner)?;
            return scanner.end();
        }
        let (mut is_page, mut has_info) = (false, false);
        let is_object = scanner.object(|scanner, key| match key {
            b"items" if is_page => scanner.expected("no second `items`"),
            b"pageInfo" if has_info => scanner.expected("no second `pageInfo`"),
            b"items" => {
                is_page = true;
                self.items(scanner)
            }
            b"totalItems" => {
                self.total_items = total(scanner)?;
                Ok(())
            }
            b"pageInfo" => {
                has_info = true;
                self.page_info(scanner)
            }
            _ => scanner.skip(),
        })?;
        if !is_object || !is_page {
            return scanner.expected("a list of `items`");
        }
        scanner.end()
    }

    fn items(&mut self, scanner: &mut Scanner<'a>) -> Result<(), Malformed> {
        let mut index = 0;
        let is_list = scanner.list(|scanner| {
            let written = self.entity(scanner)?;
            match written.is_readable() {
                Ok(()) => self.entities.push(written),
                Err(message) => self.errors.push(UnreadEntity {
                    index,
                    message: message.to_owned(),
                }),
            }
            index += 1;
            Ok(())
        })?;
        match is_list {
            true => Ok(()),
            false => scanner.expected("a list of `items`"),
        }
    }

    /// The cursor decides whether another page is asked for: it is not guessed at.
    fn page_info(&mut self, scanner: &mut Scanner<'a>) -> Result<(), Malformed> {
        let is_object = scanner.object(|scanner, key| match key {
            b"nextCursor" => {
                let cursor = cursor(scanner)?;
                self.next_cursor = cursor.filter(|cursor| !cursor.is_empty());
                Ok(())
            }
            _ => scanner.skip(),
        })?;
        match is_object {
            true => Ok(()),
            false => scanner.expected("an object for `pageInfo`"),
        }
    }

    fn entity(&mut self, scanner: &mut Scanner<'a>) -> Result<Written<'a>, Malformed> {
        let mut entity = Written::default();
        scanner.object(|scanner, key| {
            match key {
                b"kind" => entity.kind = scanner.text()?,
                b"metadata" => entity.metadata = self.metadata(scanner)?,
                b"spec" => entity.spec = self.spec(scanner)?,
                b"relations" => entity.relations = self.relations(scanner)?,
                _ => scanner.skip()?,
            }
            Ok(())
        })?;
        Ok(entity)
    }

    fn metadata(&mut self, scanner: &mut Scanner<'a>) -> Result<Metadata<'a>, Malformed> {
        let mut metadata = Metadata::default();
        scanner.object(|scanner, key| {
            match key {
                b"name" => metadata.name = scanner.text()?,
                b"namespace" => metadata.namespace = scanner.text()?,
                b"title" => metadata.title = scanner.text()?,
                b"annotations" => metadata.annotations = self.annotations(scanner)?,
                b"links" => metadata.links = self.links(scanner)?,
                _ => scanner.skip()?,
            }
            Ok(())
        })?;
        Ok(metadata)
    }

    fn annotations(&mut self, scanner: &mut Scanner<'a>) -> Result<Span, Malformed> {
        let start = self.pairs.len();
        scanner.fields(|key, value| self.pairs.push((key, value)))?;
        Ok(Span {
            start,
            end: self.pairs.len(),
        })
    }

    fn links(&mut self, scanner: &mut Scanner<'a>) -> Result<Span, Malformed> {
        let start = self.links.len();
        scanner.list(|scanner| {
            let mut link = WrittenLink::default();
            scanner.object(|scanner, key| {
                match key {
                    b"url" => link.url = scanner.text()?,
                    b"title" => link.title = scanner.text()?,
                    b"type" => link.link_type = scanner.text()?,
                    _ => scanner.skip()?,
                }
                Ok(())
            })?;
            self.links.push(link);
            Ok(())
        })?;
        Ok(Span {
            start,
            end: self.links.len(),
        })
    }

    fn relations(&mut self, scanner: &mut Scanner<'a>) -> Result<Span, Malformed> {
        let start = self.pairs.len();
        scanner.list(|scanner| {
            let (mut relation_type, mut target) = (Text::ABSENT, Text::ABSENT);
            scanner.object(|scanner, key| {
                match key {
                    b"type" => relation_type = scanner.text()?,
                    b"targetRef" => target = scanner.text()?,
                    _ => scanner.skip()?,
                }
                Ok(())
            })?;
            self.pairs.push((relation_type, target));
            Ok(())
        })?;
        Ok(Span {
            start,
            end: self.pairs.len(),
        })
    }

    fn spec(&mut self, scanner: &mut Scanner<'a>) -> Result<Spec<'a>, Malformed> {
        let mut spec = Spec::default();
        scanner.object(|scanner, key| {
            match key {
                b"type" => spec.entity_type = scanner.text()?,
                b"lifecycle" => spec.lifecycle = scanner.text()?,
                b"owner" => spec.owner = scanner.text()?,
                b"system" => spec.system = scanner.text()?,
                b"profile" => spec.profile = profile(scanner)?,
                b"memberOf" => spec.member_of = self.list(scanner)?,
                b"members" => spec.members = self.list(scanner)?,
                b"children" => spec.children = self.list(scanner)?,
                b"dependsOn" => spec.depends_on = is_there(scanner)?,
                b"consumesApis" => spec.consumes_apis = is_there(scanner)?,
                _ => scanner.skip()?,
            }
            Ok(())
        })?;
        Ok(spec)
    }

    fn list(&mut self, scanner: &mut Scanner<'a>) -> Result<Span, Malformed> {
        let start = self.texts.len();
        scanner.list(|scanner| {
            self.texts.push(scanner.text()?);
            Ok(())
        })?;
        Ok(Span {
            start,
            end: self.texts.len(),
        })
    }
}

fn profile<'a>(scanner: &mut Scanner<'a>) -> Result<Profile<'a>, Malformed> {
    let mut profile = Profile::default();
    scanner.object(|scanner, key| {
        match key {
            b"displayName" => profile.display_name = scanner.text()?,
            b"email" => profile.email = scanner.text()?,
            _ => scanner.skip()?,
        }
        Ok(())
    })?;
    Ok(profile)
}

fn is_there(scanner: &mut Scanner<'_>) -> Result<bool, Malformed> {
    let is_there = scanner.peek()? != b'n';
    scanner.skip()?;
    Ok(is_there)
}

fn total(scanner: &mut Scanner<'_>) -> Result<Option<u32>, Malformed> {
    let text = scanner.text()?;
    let total = text.read().and_then(|text| text.parse().ok());
    match (text.form, total) {
        (Form::Absent, _) => Ok(None),
        (Form::Scalar, Some(total)) => Ok(Some(total)),
        _ => scanner.expected("a number for `totalItems`"),
    }
}

fn cursor(scanner: &mut Scanner<'_>) -> Result<Option<String>, Malformed> {
    let is_string = scanner.peek()? == b'"';
    let is_null = scanner.peek()? == b'n';
    let text = scanner.text()?;
    match (is_string, is_null) {
        (true, _) => Ok(Some(text.unescaped())),
        (_, true) => Ok(None),
        _ => scanner.expected("a text for `nextCursor`"),
    }
}

impl Written<'_> {
    fn is_readable(&self) -> Result<(), &'static str> {
        if self.kind.read_bytes().is_none() {
            return Err("the entity has no kind");
        }
        match self.metadata.name.read_bytes() {
            Some(_) => Ok(()),
            None => Err("the entity has no name"),
        }
    }
}

/// Kinds that most entities have.
const KNOWN_KINDS: [&str; 3] = ["component", "user", "group"];

impl<'a> Draft<'_, 'a> {
    /// The kind in lower case.
    pub fn kind(&self) -> Cow<'a, str> {
        let kind = self.written.kind.read_bytes().unwrap_or_default();
        let is_it = |known: &&str| kind.eq_ignore_ascii_case(known.as_bytes());
        match KNOWN_KINDS.iter().copied().find(is_it) {
            Some(known) => Cow::Borrowed(known),
            None => Cow::Owned(String::from_utf8_lossy(&kind).to_lowercase()),
        }
    }
}
