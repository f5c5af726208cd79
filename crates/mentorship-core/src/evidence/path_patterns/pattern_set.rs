//! Many patterns in one automaton, so that a path is read once.

use std::borrow::Cow;
use std::num::NonZeroU32;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::LetterCase;
use super::pattern::{Pattern, Segment, Tail};
use super::segment_glob::{SegmentGlob, extension, folded};

/// Patterns, each with a number, merged into a tree of segments.
///
/// Patterns that begin alike share nodes. Reading a path keeps the set of nodes
/// that its segments so far lead to. Each segment is looked up once among all
/// literal names, so its cost does not grow with the number of patterns, save
/// for those that end in a wildcard or share an extension.
///
/// Time for a path: its segments times the nodes alive at once, and these are
/// at most the nodes of the tree. Nothing is tried twice.
#[derive(Debug, Clone)]
pub(crate) struct PatternSet {
    letter_case: LetterCase,
    /// The tree; the root comes first and is nobody's child.
    nodes: Vec<Node>,
    /// Every literal name and every extension, numbered.
    names: NameTable<NameId>,
    /// Every wildcard as written, numbered.
    glob_ids: NameTable<GlobId>,
    globs: Vec<SegmentGlob>,
    literal_children: EdgeTable<NodeId>,
    glob_children: EdgeTable<NodeId>,
    /// Wildcard children that settle the extension, by node and extension.
    children_by_extension: EdgeTable<Vec<GlobChild>>,
    /// All other wildcard children, which must be tried one by one.
    other_glob_children: EdgeTable<Vec<GlobChild>>,
    ends: Vec<End>,
}

/// An element of one of the lists here: the length of the list when it had just
/// been added. So it is never zero, and an absent one takes no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Id(NonZeroU32);

type NodeId = Id;
type NameId = Id;
type GlobId = Id;
type EndId = Id;

impl Id {
    /// The lists grow with the text of a file, whose length fits 32 bits.
    fn of_last(length: usize) -> Self {
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        Self(NonZeroU32::new(length).unwrap_or(NonZeroU32::MIN))
    }

    fn index(self) -> usize {
        usize::try_from(self.0.get() - 1).unwrap_or(usize::MAX)
    }
}

/// By text. No table here is ever iterated, so that the order of its entries
/// cannot be seen, nor is one seeded, so that two runs do the same work.
type NameTable<V> = HashMap<Box<str>, V, FixedState>;

/// By a node and the name, extension or wildcard that leads on from it.
type EdgeTable<V> = HashMap<Edge, V, FixedState>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Edge(u64);

impl Edge {
    fn new(from: NodeId, label: Id) -> Self {
        Self((u64::from(from.0.get()) << 32) | u64::from(label.0.get()))
    }

    /// The edge that stands for all wildcards without an extension.
    fn unlabelled(from: NodeId) -> Self {
        Self(u64::from(from.0.get()) << 32)
    }
}

const ROOT: NodeId = Id(NonZeroU32::MIN);

#[derive(Debug, Clone, Default)]
struct Node {
    /// A `**`: once reached, it stays for all further segments.
    stays: bool,
    has_literal_children: bool,
    has_extension_children: bool,
    has_other_glob_children: bool,
    /// The child behind a `**`.
    any_depth_child: Option<NodeId>,
    /// What holds where the path ends at this node.
    at_end: Option<EndId>,
    /// What holds where the path goes on below this node.
    below: Option<EndId>,
}

/// A child behind a wildcard, with what rules most segments out at a glance.
#[derive(Debug, Clone, Copy)]
struct GlobChild {
    glob: GlobId,
    node: NodeId,
    first_byte: Option<u8>,
    last_byte: Option<u8>,
}

impl GlobChild {
    fn may_match(self, segment: &[u8]) -> bool {
        let begins = self.first_byte.is_none() || self.first_byte.as_ref() == segment.first();
        begins && (self.last_byte.is_none() || self.last_byte.as_ref() == segment.last())
    }
}

/// A pattern's number at the node where the pattern ends, chained because
/// several groups can end at one node.
#[derive(Debug, Clone, Copy)]
struct End {
    group: u32,
    number: u32,
    next: Option<EndId>,
}

impl Default for PatternSet {
    fn default() -> Self {
        Self::new(LetterCase::Sensitive)
    }
}

impl PatternSet {
    pub fn new(letter_case: LetterCase) -> Self {
        Self {
            letter_case,
            nodes: vec![Node::default()],
            names: NameTable::default(),
            glob_ids: NameTable::default(),
            globs: Vec::new(),
            literal_children: EdgeTable::default(),
            glob_children: EdgeTable::default(),
            children_by_extension: EdgeTable::default(),
            other_glob_children: EdgeTable::default(),
            ends: Vec::new(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Adds a pattern. Of equal patterns added in a row to one group only the
    /// last is kept, so that a file that repeats itself costs nothing.
    pub fn insert(&mut self, pattern: &Pattern, group: u32, number: u32) {
        let mut node = ROOT;
        for segment in &pattern.segments {
            node = match segment {
                Segment::AnyDepth => self.any_depth_child(node),
                Segment::Literal(name) => self.literal_child(node, name),
                Segment::Glob { source, glob } => self.glob_child(node, source, glob),
            };
        }
        if matches!(pattern.tail, Tail::End | Tail::EndOrBelow) {
            let head = self.node(node).and_then(|node| node.at_end);
            let end = self.chain_end(head, group, number);
            if let Some(node) = self.node_mut(node) {
                node.at_end = Some(end);
            }
        }
        if matches!(pattern.tail, Tail::Below | Tail::EndOrBelow) {
            let head = self.node(node).and_then(|node| node.below);
            let end = self.chain_end(head, group, number);
            if let Some(node) = self.node_mut(node) {
                node.below = Some(end);
            }
        }
    }

    /// Calls `visit` with the number of every pattern that matches the path, in
    /// no particular order.
    pub fn for_each_match(&self, path: &str, mut visit: impl FnMut(u32)) {
        let path = self.fold(path);
        let path = path.strip_prefix('/').unwrap_or(&path);
        if path.is_empty() {
            return;
        }
        let mut alive = Alive::with_room();
        self.enter(ROOT, &mut alive);

        let mut rest = Some(path);
        while let Some(text) = rest {
            let segment;
            (segment, rest) = split_segment(text);
            for &node in alive.nodes() {
                self.visit_ends(self.node(node).and_then(|node| node.below), &mut visit);
            }
            self.advance(&mut alive, segment);
        }
        for &node in alive.nodes() {
            self.visit_ends(self.node(node).and_then(|node| node.at_end), &mut visit);
        }
    }

    /// Moves every node that is alive over one segment.
    fn advance(&self, alive: &mut Alive, segment: &str) {
        let name = self.names.get(segment).copied();
        let extension = extension(segment).and_then(|text| self.names.get(text).copied());
        alive.start_step();
        for index in 0..alive.previous.len() {
            let Some(&id) = alive.previous.get(index) else {
                break;
            };
            let Some(node) = self.node(id) else { continue };
            if node.stays {
                alive.current.push(id);
            }
            if let Some(name) = name.filter(|_| node.has_literal_children)
                && let Some(&child) = self.literal_children.get(&Edge::new(id, name))
            {
                self.enter(child, alive);
            }
            if let Some(extension) = extension.filter(|_| node.has_extension_children)
                && let Some(children) = self.children_by_extension.get(&Edge::new(id, extension))
            {
                self.enter_matching(children, segment, alive);
            }
            if node.has_other_glob_children
                && let Some(children) = self.other_glob_children.get(&Edge::unlabelled(id))
            {
                self.enter_matching(children, segment, alive);
            }
        }
    }

    fn enter_matching(&self, children: &[GlobChild], segment: &str, alive: &mut Alive) {
        for child in children {
            if child.may_match(segment.as_bytes())
                && let Some(glob) = self.globs.get(child.glob.index())
                && glob.matches(segment)
            {
                self.enter(child.node, alive);
            }
        }
    }

    /// Makes a node alive, and the `**` behind it, which may stand for nothing.
    /// A child has one parent and one way to be reached, so that only a `**`
    /// could become alive twice.
    fn enter(&self, id: NodeId, alive: &mut Alive) {
        alive.current.push(id);
        let behind = self.node(id).and_then(|node| node.any_depth_child);
        if let Some(child) = behind
            && let Err(place) = alive.staying.binary_search(&child)
        {
            alive.staying.insert(place, child);
            alive.current.push(child);
        }
    }

    fn visit_ends(&self, head: Option<EndId>, visit: &mut impl FnMut(u32)) {
        let mut next = head;
        while let Some(end) = next.and_then(|id| self.ends.get(id.index())) {
            visit(end.number);
            next = end.next;
        }
    }

    fn chain_end(&mut self, head: Option<EndId>, group: u32, number: u32) -> EndId {
        let end = End {
            group,
            number,
            next: head,
        };
        if let Some(id) = head
            && let Some(first) = self.ends.get_mut(id.index())
            && first.group == group
        {
            first.number = number;
            return id;
        }
        self.ends.push(end);
        Id::of_last(self.ends.len())
    }

    fn literal_child(&mut self, parent: NodeId, name: &str) -> NodeId {
        let name = self.name_id(name);
        let edge = Edge::new(parent, name);
        if let Some(&child) = self.literal_children.get(&edge) {
            return child;
        }
        let child = self.add_node(Node::default());
        self.literal_children.insert(edge, child);
        if let Some(parent) = self.node_mut(parent) {
            parent.has_literal_children = true;
        }
        child
    }

    fn glob_child(&mut self, parent: NodeId, source: &str, glob: &SegmentGlob) -> NodeId {
        let glob_id = self.glob_id(source, glob);
        let edge = Edge::new(parent, glob_id);
        if let Some(&node) = self.glob_children.get(&edge) {
            return node;
        }
        let node = self.add_node(Node::default());
        self.glob_children.insert(edge, node);

        let glob = self.globs.get(glob_id.index()).unwrap_or(glob);
        let child = GlobChild {
            glob: glob_id,
            node,
            first_byte: glob.first_byte(),
            last_byte: glob.last_byte(),
        };
        let extension = glob.extension().map(str::to_owned);
        match extension {
            Some(extension) => {
                let edge = Edge::new(parent, self.name_id(&extension));
                // Most extensions lead to one child, so begin with room for one.
                self.children_by_extension
                    .entry(edge)
                    .or_insert_with(|| Vec::with_capacity(1))
                    .push(child);
                if let Some(parent) = self.node_mut(parent) {
                    parent.has_extension_children = true;
                }
            }
            None => {
                let edge = Edge::unlabelled(parent);
                self.other_glob_children
                    .entry(edge)
                    .or_default()
                    .push(child);
                if let Some(parent) = self.node_mut(parent) {
                    parent.has_other_glob_children = true;
                }
            }
        }
        node
    }

    fn glob_id(&mut self, source: &str, glob: &SegmentGlob) -> GlobId {
        if let Some(&id) = self.glob_ids.get(source) {
            return id;
        }
        self.globs.push(match self.letter_case {
            LetterCase::Sensitive => glob.clone(),
            LetterCase::Insensitive => glob.folded(),
        });
        let id = Id::of_last(self.globs.len());
        self.glob_ids.insert(source.into(), id);
        id
    }

    fn any_depth_child(&mut self, parent: NodeId) -> NodeId {
        if let Some(child) = self.node(parent).and_then(|node| node.any_depth_child) {
            return child;
        }
        let child = self.add_node(Node {
            stays: true,
            ..Node::default()
        });
        if let Some(parent) = self.node_mut(parent) {
            parent.any_depth_child = Some(child);
        }
        child
    }

    fn name_id(&mut self, name: &str) -> NameId {
        let name = self.fold(name);
        if let Some(&id) = self.names.get(name.as_ref()) {
            return id;
        }
        let id = Id::of_last(self.names.len() + 1);
        self.names.insert(name.into(), id);
        id
    }

    fn add_node(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        Id::of_last(self.nodes.len())
    }

    fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.index())
    }

    fn node_mut(&mut self, id: NodeId) -> Option<&mut Node> {
        self.nodes.get_mut(id.index())
    }

    fn fold<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match self.letter_case {
            LetterCase::Sensitive => Cow::Borrowed(text),
            LetterCase::Insensitive => Cow::Owned(folded(text)),
        }
    }
}

/// The nodes that a path has led to so far.
#[derive(Debug)]
struct Alive {
    current: Vec<NodeId>,
    previous: Vec<NodeId>,
    /// The `**` nodes reached so far, sorted; they never leave.
    staying: Vec<NodeId>,
}

impl Alive {
    /// Room for what ordinary files keep alive, so that it need not grow.
    fn with_room() -> Self {
        Self {
            current: Vec::with_capacity(16),
            previous: Vec::with_capacity(16),
            staying: Vec::new(),
        }
    }

    fn nodes(&self) -> &[NodeId] {
        &self.current
    }

    fn start_step(&mut self) {
        std::mem::swap(&mut self.current, &mut self.previous);
        self.current.clear();
    }
}

/// The first segment of a path, and what lies behind its slash.
fn split_segment(path: &str) -> (&str, Option<&str>) {
    match path.bytes().position(|byte| byte == b'/') {
        Some(at) => (path.get(..at).unwrap_or(path), path.get(at + 1..)),
        None => (path, None),
    }
}
