//! Services: the entities that are judged, as rows of numbers.
//!
//! A text that services have in common is kept once and is a number in each row. In
//! addresses and the like the service's own name is taken out first: what is left is
//! mostly the same for all of them.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::annotations::{Annotation, Keeping};
use crate::entity::EntityRef;
use crate::location::{SourceLocation, Target};
use crate::page::{Draft, WrittenLink};
use crate::symbols::{Caption, Keys, RefNumber, Symbol, Symbols};
use crate::text::{Form, Text};
use mentorship_symbols::byte_words;
use mentorship_symbols::intern::Interner;

/// The services of a catalog. Rows are numbered in the order of arrival.
#[derive(Debug, Default)]
pub struct Services {
    /// The refs, `kind:namespace/name`; the number of a ref is that of its row.
    names: Interner,
    rows: Vec<Row>,
    symbols: Symbols,
    /// The ref that was put together last.
    reference: Reference,
    /// The numbers of the rows in the order of their refs, once somebody asked.
    order: OnceCell<Box<[u32]>>,
}

/// A ref that is put together: services in a row mostly differ by their names.
#[derive(Debug, Default)]
struct Reference {
    kind: Vec<u8>,
    namespace: Vec<u8>,
    text: Vec<u8>,
}

/// A service as numbers.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    kind: Symbol,
    namespace: Symbol,
    title: Symbol,
    /// `spec.type`.
    pub entity_type: Symbol,
    /// `spec.lifecycle`.
    pub lifecycle: Symbol,
    /// The owner: the `ownedBy` relation, else `spec.owner`.
    pub owner: RefNumber,
    /// The system: the `partOf` relation to a System, else `spec.system`.
    pub system: RefNumber,
    /// The keys of all annotations that are not blank.
    pub keys: Symbol,
    /// What the links are said to lead to, all of them together.
    pub captions: Symbol,
    addresses: Symbol,
    annotations: [Symbol; Annotation::COUNT],
    /// Something says what the service depends on, be it nothing.
    pub says_dependencies: bool,
}

/// A link of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityLink {
    /// The address as written.
    pub url: String,
    /// What it is said to lead to.
    pub caption: Caption,
}

/// A service's entity as far as the judgement reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// The ref.
    pub entity_ref: EntityRef,
    /// The kind as written.
    pub kind: String,
    /// `metadata.title`, else `metadata.name` where a ref would lose its capitals.
    pub title: Option<String>,
    /// `spec.type`.
    pub entity_type: Option<String>,
    /// `spec.lifecycle`.
    pub lifecycle: Option<String>,
    /// The owner: the `ownedBy` relation, else `spec.owner`.
    pub owner: Option<EntityRef>,
    /// The system: the `partOf` relation to a System, else `spec.system`.
    pub system: Option<EntityRef>,
    /// The keys of all annotations that are not blank.
    pub annotation_keys: Keys,
    /// `metadata.links`.
    pub links: Vec<EntityLink>,
    /// Something says what the service depends on, be it nothing: `spec.dependsOn`,
    /// `spec.consumesApis` or a relation.
    pub says_dependencies: bool,
    annotations: [Option<String>; Annotation::COUNT],
}

impl Services {
    /// How many services there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The same as a number: one past the greatest that a service has.
    pub fn count(&self) -> u32 {
        self.names.count()
    }

    /// Takes a service. One with the same ref is replaced.
    pub fn put(&mut self, draft: &Draft<'_, '_>) {
        let symbols = &mut self.symbols;
        let written = draft.written;
        let (metadata, spec) = (&written.metadata, &written.spec);
        let namespace = match metadata.namespace.read_bytes() {
            Some(namespace) => in_lower_case(namespace),
            None => Cow::Borrowed(b"default".as_slice()),
        };
        let written_name = metadata.name.read_bytes().unwrap_or_default();
        let name = in_lower_case(written_name.clone());
        self.reference
            .compose(draft.kind().as_bytes(), &namespace, &name);
        let Some(number) = self.names.intern(&self.reference.text) else {
            return;
        };

        let before = self.rows.get(number as usize).copied();
        let before = before.unwrap_or(Row::EMPTY);
        let title = match metadata.title.read_bytes() {
            None if written_name != name => Some(written_name),
            title => title,
        };
        let title = title.map(|title| symbols.own(&title, before.title));
        let mut row = Row {
            kind: symbols.of(&written.kind),
            title: title.unwrap_or_default(),
            entity_type: symbols.of(&spec.entity_type),
            lifecycle: symbols.of(&spec.lifecycle),
            says_dependencies: spec.depends_on || spec.consumes_apis,
            ..Row::EMPTY
        };
        for (relation_type, target) in written.relations.of(&draft.page.pairs) {
            row.relate(symbols, relation_type.read_bytes().as_deref(), target);
        }
        let own = |text, kind| {
            (
                text,
                kind,
                std::str::from_utf8(&namespace).unwrap_or_default(),
            )
        };
        if row.owner.is_none() {
            row.owner = symbols.own_ref(own(&spec.owner, "group"));
        }
        if row.system.is_none() {
            row.system = symbols.own_ref(own(&spec.system, "system"));
        }
        let annotations = metadata.annotations.of(&draft.page.pairs);
        row.annotate(symbols, annotations, &name, &before);
        row.link(symbols, metadata.links.of(&draft.page.links), &name);
        row.namespace = symbols.text(&namespace);

        match self.rows.get_mut(number as usize) {
            Some(there) => *there = row,
            None => {
                self.rows.push(row);
                self.order.take();
            }
        }
    }

    /// Gives back the room that was made for more: for when all pages are there.
    pub fn shrink(&mut self) {
        self.names.shrink();
        self.rows.shrink_to_fit();
        self.symbols.shrink();
    }

    /// The number of the service with a ref in lower case.
    pub fn find(&self, entity_ref: &str) -> Option<u32> {
        self.names.find(entity_ref.as_bytes())
    }

    /// The ref of a service, empty for a number that none has.
    pub fn reference(&self, number: u32) -> &str {
        std::str::from_utf8(self.names.get(number)).unwrap_or_default()
    }

    /// A service as numbers.
    pub fn row(&self, number: u32) -> Option<&Row> {
        self.rows.get(number as usize)
    }

    /// The numbers of all services in the order of their refs.
    pub fn in_order(&self) -> &[u32] {
        self.order.get_or_init(|| self.sorted())
    }

    /// What the numbers of rows stand for.
    pub fn symbols(&self) -> &Symbols {
        &self.symbols
    }

    /// The entity of a service.
    pub fn entity(&self, number: u32) -> Option<Entity> {
        let row = self.rows.get(number as usize)?;
        let text = |symbol| self.symbols.get(symbol).map(str::to_owned);
        let kind = text(row.kind).unwrap_or_default();
        let namespace = text(row.namespace).unwrap_or_default();
        let entity_ref = EntityRef {
            kind: kind.to_lowercase(),
            name: self.name(number, row).to_owned(),
            namespace,
        };
        let entity_of = |ref_number| self.symbols.entity_of(ref_number).cloned();
        let annotation = |at: usize| {
            let symbol = row.annotations.get(at).copied().unwrap_or_default();
            self.symbols.about(symbol, &entity_ref.name)
        };
        let annotations = std::array::from_fn(|at| annotation(at).map(Cow::into_owned));
        let addresses = self.symbols.list(row.addresses);
        let links = addresses.zip(self.symbols.captions(row.captions));
        let links = links.filter_map(|(address, caption)| {
            let url = self.symbols.about(address, &entity_ref.name)?.into_owned();
            Some(EntityLink { url, caption })
        });
        Some(Entity {
            title: text(row.title),
            entity_type: text(row.entity_type),
            lifecycle: text(row.lifecycle),
            owner: entity_of(row.owner),
            system: entity_of(row.system),
            annotation_keys: self.symbols.owned_keys(row.keys),
            links: links.collect(),
            says_dependencies: row.says_dependencies,
            annotations,
            entity_ref,
            kind,
        })
    }

    /// An annotation of a service.
    pub fn annotation(&self, number: u32, annotation: Annotation) -> Option<Cow<'_, str>> {
        let row = self.rows.get(number as usize)?;
        let name = self.name(number, row);
        self.symbols.about(row.annotation(annotation), name)
    }

    /// An annotation of a service that is no address: many may share its text.
    pub fn shared(&self, number: u32, annotation: Annotation) -> Option<&str> {
        self.symbols.get(self.row(number)?.annotation(annotation))
    }

    /// Where a service's source is: the source location, else the folder of the
    /// catalog file.
    pub fn source_location(&self, number: u32) -> Option<SourceLocation> {
        let annotation = |annotation| self.annotation(number, annotation);
        source_location(
            annotation(Annotation::SourceLocation).as_deref(),
            annotation(Annotation::ManagedByLocation).as_deref(),
        )
    }

    fn name(&self, number: u32, row: &Row) -> &str {
        let kind = self.symbols.get(row.kind).unwrap_or_default();
        let kind = in_lower_case(Cow::Borrowed(kind.as_bytes())).len();
        let namespace = self.symbols.get(row.namespace).unwrap_or_default().len();
        let reference = self.reference(number);
        reference.get(kind + namespace + 2..).unwrap_or_default()
    }

    /// Most refs begin alike; behind that, sixteen bytes mostly tell them apart.
    fn sorted(&self) -> Box<[u32]> {
        let name = |number: u32| self.names.get(number);
        let first = name(0);
        let mut alike = first.len();
        for number in 1..self.names.count() {
            let pairs = first.iter().zip(name(number)).take(alike);
            alike = pairs.take_while(|(left, right)| left == right).count();
        }
        let key = |number: u32| {
            let rest = name(number).get(alike..).unwrap_or_default();
            let mut key = [0; 16];
            for (place, byte) in key.iter_mut().zip(rest) {
                *place = *byte;
            }
            u128::from_be_bytes(key)
        };
        let numbers = 0..self.names.count();
        let mut keyed: Vec<(u128, u32)> = numbers.map(|number| (key(number), number)).collect();
        // Stable, so that what is in order already is cheap.
        keyed.sort_by(|left, right| {
            let keys = left.0.cmp(&right.0);
            keys.then_with(|| byte_words::compare(name(left.1), name(right.1)))
        });
        keyed.into_iter().map(|(_, number)| number).collect()
    }
}

impl Reference {
    fn compose(&mut self, kind: &[u8], namespace: &[u8], name: &[u8]) {
        if self.kind != kind || self.namespace != namespace {
            kind.clone_into(&mut self.kind);
            namespace.clone_into(&mut self.namespace);
            self.text = [kind, b":", namespace, b"/"].concat();
        }
        self.text.truncate(kind.len() + namespace.len() + 2);
        self.text.extend_from_slice(name);
    }
}

impl Row {
    const EMPTY: Self = Self {
        kind: Symbol::NONE,
        namespace: Symbol::NONE,
        title: Symbol::NONE,
        entity_type: Symbol::NONE,
        lifecycle: Symbol::NONE,
        owner: RefNumber::NONE,
        system: RefNumber::NONE,
        keys: Symbol::NONE,
        captions: Symbol::NONE,
        addresses: Symbol::NONE,
        annotations: [Symbol::NONE; Annotation::COUNT],
        says_dependencies: false,
    };

    /// An annotation as a number. Those that hold addresses differ where nothing but
    /// the name of the service does.
    pub fn annotation(&self, annotation: Annotation) -> Symbol {
        let symbol = self.annotations.get(annotation as usize);
        symbol.copied().unwrap_or_default()
    }

    fn relate(&mut self, symbols: &mut Symbols, relation_type: Option<&[u8]>, target: &Text<'_>) {
        match relation_type {
            Some(b"ownedBy") if self.owner.is_none() => {
                self.owner = symbols.whole_ref(target);
            }
            Some(b"partOf") if self.system.is_none() => {
                let whole = symbols.whole_ref(target);
                let found = symbols.entity_of(whole);
                if found.is_some_and(|found| found.kind == "system") {
                    self.system = whole;
                }
            }
            Some(b"dependsOn" | b"consumesApi") if !self.says_dependencies => {
                let target = target.read();
                self.says_dependencies = target.is_some_and(|text| EntityRef::is_one(&text, ""));
            }
            _ => {}
        }
    }

    fn annotate(
        &mut self,
        symbols: &mut Symbols,
        all: &[(Text<'_>, Text<'_>)],
        name: &[u8],
        before: &Self,
    ) {
        for (key, value) in all {
            let annotation = match key.form {
                Form::Escaped => Annotation::of(key.unescaped().as_bytes()),
                _ => Annotation::of(key.bytes),
            };
            let Some(annotation) = annotation else {
                continue;
            };
            let Some(value) = value.read_bytes() else {
                continue;
            };
            if let Some(kept) = self.annotations.get_mut(annotation as usize) {
                *kept = match annotation.keeping() {
                    Keeping::Shared => symbols.text(&value),
                    Keeping::Address => symbols.text_about(&value, name),
                    Keeping::Own => symbols.own(&value, before.annotation(annotation)),
                    Keeping::Names => symbols.named(&value, before.annotation(annotation)),
                };
            }
        }
        self.keys = symbols.keys_of(all);
    }

    fn link(&mut self, symbols: &mut Symbols, links: &[WrittenLink<'_>], name: &[u8]) {
        if links.is_empty() {
            return;
        }
        let (mut captions, mut addresses) = (symbols.begin_list(), symbols.begin_list());
        for link in links {
            let Some(url) = link.url.read_bytes() else {
                continue;
            };
            addresses.push(symbols.text_about(&url, name));
            captions.push(symbols.of(&link.link_type));
            captions.push(symbols.of(&link.title));
        }
        self.captions = symbols.end_list(captions);
        self.addresses = symbols.end_list(addresses);
    }
}

impl Entity {
    /// An annotation's text; `None` where it is absent or blank.
    pub fn annotation(&self, annotation: Annotation) -> Option<&str> {
        self.annotations.get(annotation as usize)?.as_deref()
    }

    /// Where the source is: the source location, else the folder of the
    /// catalog file.
    pub fn source_location(&self) -> Option<SourceLocation> {
        source_location(
            self.annotation(Annotation::SourceLocation),
            self.annotation(Annotation::ManagedByLocation),
        )
    }
}

fn source_location(source: Option<&str>, catalog_file: Option<&str>) -> Option<SourceLocation> {
    let source = source.and_then(|text| SourceLocation::parse(text, Target::Directory));
    source.or_else(|| SourceLocation::parse(catalog_file?, Target::File))
}

fn in_lower_case(text: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    let is_lower = |byte: &u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    match text.iter().all(is_lower) {
        true => text,
        false => Cow::Owned(String::from_utf8_lossy(&text).to_lowercase().into_bytes()),
    }
}
