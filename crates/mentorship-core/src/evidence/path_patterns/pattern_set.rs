//! Many patterns in one automaton, so that a path is read once.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::BuildHasherDefault;
use std::num::NonZeroU32;

use super::LetterCase;
use super::pattern::{Pattern, Segment, Tail};
use super::segment_glob::{SegmentGlob, folded};

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
    names: Table<String, NameId>,
    /// Every wildcard as written, numbered.
    glob_ids: Table<String, GlobId>,
    globs: Vec<SegmentGlob>,
    literal_children: Table<(NodeId, NameId), NodeId>,
    glob_children: Table<(NodeId, GlobId), NodeId>,
    /// Wildcard children that settle the extension, by node and extension.
    children_by_extension: Table<(NodeId, NameId), Vec<(GlobId, NodeId)>>,
    /// All other wildcard children, which must be tried one by one.
    other_glob_children: Table<NodeId, Vec<(GlobId, NodeId)>>,
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

/// Never iterated, so that the order of entries cannot be seen; hashed without
/// a seed, so that two runs do the same work.
type Table<K, V> = HashMap<K, V, BuildHasherDefault<DefaultHasher>>;

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
            names: Table::default(),
            glob_ids: Table::default(),
            globs: Vec::new(),
            literal_children: Table::default(),
            glob_children: Table::default(),
            children_by_extension: Table::default(),
            other_glob_children: Table::default(),
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
        let mut alive = Alive::default();
        self.enter(ROOT, &mut alive);

        let mut segments = path.split('/').peekable();
        while let Some(segment) = segments.next() {
            for &node in alive.nodes() {
                self.visit_ends(self.node(node).and_then(|node| node.below), &mut visit);
            }
            self.advance(&mut alive, segment);
            if segments.peek().is_none() {
                for &node in alive.nodes() {
                    self.visit_ends(self.node(node).and_then(|node| node.at_end), &mut visit);
                }
            }
        }
    }

    /// Moves every node that is alive over one segment.
    fn advance(&self, alive: &mut Alive, segment: &str) {
        let name = self.names.get(segment).copied();
        let extension = segment
            .rfind('.')
            .and_then(|dot| segment.get(dot..))
            .and_then(|extension| self.names.get(extension).copied());
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
                && let Some(&child) = self.literal_children.get(&(id, name))
            {
                self.enter(child, alive);
            }
            if let Some(extension) = extension.filter(|_| node.has_extension_children)
                && let Some(children) = self.children_by_extension.get(&(id, extension))
            {
                self.enter_matching(children, segment, alive);
            }
            if node.has_other_glob_children
                && let Some(children) = self.other_glob_children.get(&id)
            {
                self.enter_matching(children, segment, alive);
            }
        }
    }

    fn enter_matching(&self, children: &[(GlobId, NodeId)], segment: &str, alive: &mut Alive) {
        for &(glob, child) in children {
            let glob = self.globs.get(glob.index());
            if glob.is_some_and(|glob| glob.matches(segment)) {
                self.enter(child, alive);
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
        let name = self.fold(name).into_owned();
        let name = self.name_id(name);
        if let Some(&child) = self.literal_children.get(&(parent, name)) {
            return child;
        }
        let child = self.add_node(Node::default());
        self.literal_children.insert((parent, name), child);
        if let Some(parent) = self.node_mut(parent) {
            parent.has_literal_children = true;
        }
        child
    }

    fn glob_child(&mut self, parent: NodeId, source: &str, glob: &SegmentGlob) -> NodeId {
        let glob_id = match self.glob_ids.get(source) {
            Some(&id) => id,
            None => {
                self.globs.push(match self.letter_case {
                    LetterCase::Sensitive => glob.clone(),
                    LetterCase::Insensitive => glob.folded(),
                });
                let id = Id::of_last(self.globs.len());
                self.glob_ids.insert(source.to_owned(), id);
                id
            }
        };
        if let Some(&child) = self.glob_children.get(&(parent, glob_id)) {
            return child;
        }
        let child = self.add_node(Node::default());
        self.glob_children.insert((parent, glob_id), child);
        let extension = glob.extension().map(|text| self.fold(text).into_owned());
        match extension {
            Some(extension) => {
                let extension = self.name_id(extension);
                self.children_by_extension
                    .entry((parent, extension))
                    .or_default()
                    .push((glob_id, child));
                if let Some(parent) = self.node_mut(parent) {
                    parent.has_extension_children = true;
                }
            }
            None => {
                self.other_glob_children
                    .entry(parent)
                    .or_default()
                    .push((glob_id, child));
                if let Some(parent) = self.node_mut(parent) {
                    parent.has_other_glob_children = true;
                }
            }
        }
        child
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

    fn name_id(&mut self, name: String) -> NameId {
        let next = Id::of_last(self.names.len() + 1);
        *self.names.entry(name).or_insert(next)
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
#[derive(Debug, Default)]
struct Alive {
    current: Vec<NodeId>,
    previous: Vec<NodeId>,
    /// The `**` nodes reached so far, sorted; they never leave.
    staying: Vec<NodeId>,
}

impl Alive {
    fn nodes(&self) -> &[NodeId] {
        &self.current
    }

    fn start_step(&mut self) {
        std::mem::swap(&mut self.current, &mut self.previous);
        self.current.clear();
    }
}
