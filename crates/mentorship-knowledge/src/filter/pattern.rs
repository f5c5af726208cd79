//! Regular expressions over paths, as far as linguist's lists need them,
//! compiled into one automaton that reads each byte of a path once.
//!
//! Understood are literals, `.`, `[…]`, `\d`, `\w`, `\s` and escaped
//! punctuation, `(…|…)`, `*`, `+`, `?` (lazy ones too), `{n}`, `^` and `$`.
//! A search is not anchored. Everything else is an error: a pattern silently
//! misread would move files in and out of the answer.

mod symbols;
mod syntax;

use std::fmt;

use mentorship_symbols::intern::Numbers;
use symbols::Set;
use syntax::{More, Tree};

/// A set of patterns of several ranks, matched together. Matching extends a
/// table of states, so that it takes `&mut self`.
#[derive(Debug, Clone)]
pub struct PathExpressions {
    nodes: Vec<Node>,
    /// The rank of the pattern that each node is of.
    ranks: Vec<u32>,
    /// Which symbols every node treats alike: their class, and one of each.
    classes: Vec<u8>,
    representatives: Vec<usize>,
    /// Consuming nodes that a search begins at; with every symbol one begins.
    start: Vec<u32>,
    /// Per class, where these lead; `None` where not computed.
    start_next: Vec<Option<Vec<u32>>>,
    /// States met so far: the best rank that has matched, [`NO_RANK`] where
    /// none has, then the nodes of better rank that a match may go on from,
    /// without those of `start`.
    states: Vec<Box<[u32]>>,
    numbers: Numbers,
    /// Next states, one for each class and state; [`UNKNOWN`] where not computed.
    next: Vec<u32>,
    begin: u32,
    /// The bytes of the last path and the state after each, as far as they still say
    /// something: paths in order begin alike.
    walked: Vec<(u8, u32)>,
}

impl Default for PathExpressions {
    /// No pattern, which matches nothing.
    fn default() -> Self {
        Self::of(Program::default(), &[])
    }
}

/// A pattern that is not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternError {
    /// The pattern.
    pub pattern: String,
    /// What is wrong with it.
    pub problem: &'static str,
}

impl fmt::Display for PatternError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "the path pattern `{}` cannot be used: {}",
            self.pattern, self.problem
        )
    }
}

const UNKNOWN: u32 = u32::MAX;
const NO_RANK: u32 = u32::MAX;
/// The state in which a pattern of the best rank has matched; nothing leads out
/// of it.
const MATCHED: u32 = 0;
/// Nodes of one pattern; those that people write have dozens.
const MOST_NODES: u32 = 2_000;
/// Past this many states the table is emptied and grows anew.
const MOST_STATES: usize = 4096;

#[derive(Debug, Clone)]
enum Node {
    /// Consumes one symbol of the set.
    One(Set, u32),
    /// Goes both ways without consuming.
    Both(u32, u32),
    /// The pattern has matched.
    Match,
}

impl PathExpressions {
    /// Patterns of one rank.
    pub fn new<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Result<Self, PatternError> {
        Self::ranked(&mut patterns.into_iter().map(|pattern| (0, pattern)))
    }

    /// Patterns with their ranks, of which 0 is the best.
    ///
    /// # Errors
    /// The first pattern that is not understood.
    pub fn ranked(patterns: &mut dyn Iterator<Item = (u32, &str)>) -> Result<Self, PatternError> {
        let mut program = Program::default();
        let mut entries = Vec::new();
        for (rank, pattern) in patterns {
            let refused = |problem| PatternError {
                pattern: pattern.to_owned(),
                problem,
            };
            let parsed = Tree::parse(pattern).map_err(refused)?;
            if parsed.nodes() > MOST_NODES {
                return Err(refused("it is too long, with what it repeats"));
            }
            program.rank = rank;
            let matched = program.add(Node::Match);
            entries.push(program.compile(&parsed, matched));
        }
        Ok(Self::of(program, &entries))
    }

    fn of(program: Program, entries: &[u32]) -> Self {
        let (classes, representatives) = classes(&program.nodes);
        let mut automaton = Self {
            nodes: program.nodes,
            ranks: program.ranks,
            start_next: vec![None; representatives.len()],
            classes,
            representatives,
            start: Vec::new(),
            states: Vec::new(),
            numbers: Numbers::default(),
            next: Vec::new(),
            begin: 0,
            walked: Vec::new(),
        };
        let mut start = Vec::new();
        for &entry in entries {
            automaton.close(entry, &mut start);
        }
        let rank = automaton.strike_matched(NO_RANK, &mut start);
        automaton.start = start;
        automaton.reset();
        automaton.begin = automaton.number(vec![rank]);
        automaton
    }

    /// Whether one of the patterns matches somewhere in `path`.
    pub fn matches(&mut self, path: &[u8]) -> bool {
        self.best_match(path).is_some()
    }

    /// The best rank of the patterns that match somewhere in `path`.
    pub fn best_match(&mut self, path: &[u8]) -> Option<u32> {
        let known = self.walked.iter().zip(path);
        let shared = known
            .take_while(|((byte, _), other)| byte == *other)
            .count();
        self.walked.truncate(shared);
        let mut state = match self.walked.last() {
            Some(&(_, state)) => state,
            None => self.follow(self.begin, symbols::BEGINNING),
        };
        for (place, &byte) in path.iter().enumerate().skip(shared) {
            if state == MATCHED {
                break;
            }
            state = self.follow(state, usize::from(byte));
            // The table may have begun again.
            if self.walked.len() == place {
                self.walked.push((byte, state));
            }
        }
        let state = self.follow(state, symbols::END);
        let rank = self.states.get(state as usize)?.first().copied()?;
        (rank != NO_RANK).then_some(rank)
    }

    fn follow(&mut self, state: u32, symbol: usize) -> u32 {
        let class = self.classes.get(symbol).copied().unwrap_or_default();
        let place = state as usize * self.representatives.len() + usize::from(class);
        match self.next.get(place) {
            Some(&next) if next != UNKNOWN => next,
            _ => self.step(state, usize::from(class)),
        }
    }

    /// Begins the table again, with the matched state.
    fn reset(&mut self) {
        self.states.clear();
        self.numbers.clear();
        self.next.clear();
        self.walked.clear();
        self.number(vec![0]);
    }

    fn step(&mut self, state: u32, class: usize) -> u32 {
        let from = self.states.get(state as usize).cloned().unwrap_or_default();
        let Some((&rank, nodes)) = from.split_first().filter(|_| state != MATCHED) else {
            return MATCHED;
        };
        let mut set = self.after_start(class);
        self.advance(nodes, class, &mut set);
        let rank = self.strike_matched(rank, &mut set);
        if rank == 0 {
            return self.remember(state, class, MATCHED);
        }
        set.sort_unstable();
        set.insert(0, rank);
        if self.states.len() >= MOST_STATES {
            let begin = self.states.get(self.begin as usize).cloned();
            self.reset();
            self.begin = self.number(begin.unwrap_or_default().into_vec());
            return self.number(set);
        }
        let next = self.number(set);
        self.remember(state, class, next)
    }

    fn remember(&mut self, state: u32, class: usize, next: u32) -> u32 {
        let place = state as usize * self.representatives.len() + class;
        if let Some(place) = self.next.get_mut(place) {
            *place = next;
        }
        next
    }

    fn number(&mut self, state: Vec<u32>) -> u32 {
        let hash = state.iter().fold(0, |hash: u32, &node| {
            (hash.rotate_left(5) ^ node).wrapping_mul(0x9e37_79b9)
        });
        let is_state = |number| {
            self.states
                .get(number as usize)
                .is_some_and(|known| **known == *state)
        };
        if let Some(number) = self.numbers.find(hash, is_state) {
            return number;
        }
        let number = u32::try_from(self.states.len()).unwrap_or(UNKNOWN);
        self.states.push(state.into_boxed_slice());
        self.numbers.insert(hash, number);
        let places = self.states.len() * self.representatives.len();
        self.next.resize(places, UNKNOWN);
        number
    }

    /// Where the nodes that a search begins at lead, which is the same from
    /// every state.
    fn after_start(&mut self, class: usize) -> Vec<u32> {
        if let Some(Some(known)) = self.start_next.get(class) {
            return known.clone();
        }
        let mut set = Vec::new();
        self.advance(&self.start, class, &mut set);
        if let Some(place) = self.start_next.get_mut(class) {
            *place = Some(set.clone());
        }
        set
    }

    fn advance(&self, nodes: &[u32], class: usize, set: &mut Vec<u32>) {
        let symbol = self.representatives.get(class).copied().unwrap_or_default();
        for &node in nodes {
            if let Some(&Node::One(ref symbols, next)) = self.nodes.get(node as usize)
                && symbols.contains(symbol)
            {
                self.close(next, set);
            }
        }
    }

    /// Adds the nodes reachable from `node` without consuming. Those that go both ways are
    /// added too, for they may lead back to each other, as in `(a*)*`.
    fn close(&self, node: u32, set: &mut Vec<u32>) {
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            if set.contains(&node) {
                continue;
            }
            set.push(node);
            if let Some(&Node::Both(left, right)) = self.nodes.get(node as usize) {
                open.extend([right, left]);
            }
        }
    }

    /// Takes out what has matched, what could only match at a worse rank, and what was
    /// passed on the way to others; the best rank that has matched.
    fn strike_matched(&self, before: u32, set: &mut Vec<u32>) -> u32 {
        let rank_of = |node: u32| self.ranks.get(node as usize).copied().unwrap_or(NO_RANK);
        let is_match = |node: u32| matches!(self.nodes.get(node as usize), Some(Node::Match));
        let matched = set.iter().copied().filter(|&node| is_match(node));
        let rank = matched.map(rank_of).min().unwrap_or(NO_RANK).min(before);
        let consumes = |node: u32| matches!(self.nodes.get(node as usize), Some(Node::One(..)));
        set.retain(|&node| consumes(node) && rank_of(node) < rank);
        rank
    }
}

/// The class of every symbol, and a symbol of every class.
fn classes(nodes: &[Node]) -> (Vec<u8>, Vec<usize>) {
    let mut classes = vec![0_u8; symbols::COUNT];
    let mut count = 1_u8;
    for node in nodes {
        let Node::One(set, _) = node else { continue };
        // The class that the symbols of the set go to, by the class that they
        // leave; a class that is in the set as a whole stays.
        let mut split: Vec<Option<u8>> = vec![None; usize::from(count)];
        let mut stays = vec![true; usize::from(count)];
        for (symbol, &class) in classes.iter().enumerate() {
            if let Some(stays) = stays.get_mut(usize::from(class)) {
                *stays &= set.contains(symbol);
            }
        }
        for (symbol, class) in classes.iter_mut().enumerate() {
            let old = usize::from(*class);
            if !set.contains(symbol) || stays.get(old) == Some(&true) {
                continue;
            }
            if let Some(place) = split.get_mut(old) {
                *class = *place.get_or_insert_with(|| {
                    count += 1;
                    count - 1
                });
            }
        }
    }
    let first = |class: u8| classes.iter().position(|&of_symbol| of_symbol == class);
    let representatives = (0..count).filter_map(first).collect();
    (classes, representatives)
}

/// Nodes while they are added.
#[derive(Default)]
struct Program {
    nodes: Vec<Node>,
    ranks: Vec<u32>,
    /// The rank of the pattern that is being compiled.
    rank: u32,
}

impl Program {
    fn add(&mut self, node: Node) -> u32 {
        self.nodes.push(node);
        self.ranks.push(self.rank);
        u32::try_from(self.nodes.len() - 1).unwrap_or(UNKNOWN)
    }

    /// The node at which `tree` begins, when it goes on at `then`.
    fn compile(&mut self, tree: &Tree, then: u32) -> u32 {
        match tree {
            Tree::One(set) => self.add(Node::One(*set, then)),
            Tree::Sequence(parts) => parts
                .iter()
                .rev()
                .fold(then, |then, part| self.compile(part, then)),
            Tree::Either(ways) => {
                let mut ways = ways.iter().rev();
                let last = ways.next().map_or(then, |way| self.compile(way, then));
                ways.fold(last, |rest, way| {
                    let way = self.compile(way, then);
                    self.add(Node::Both(way, rest))
                })
            }
            Tree::Repeat(part, least, more) => {
                let end = match more {
                    More::None => then,
                    More::One => {
                        let once = self.compile(part, then);
                        self.add(Node::Both(once, then))
                    }
                    More::Any => {
                        let again = self.add(Node::Match);
                        let body = self.compile(part, again);
                        if let Some(node) = self.nodes.get_mut(again as usize) {
                            *node = Node::Both(body, then);
                        }
                        again
                    }
                };
                (0..*least).fold(end, |then, _| self.compile(part, then))
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{MOST_STATES, PathExpressions};

    fn matches(pattern: &str, path: &str) -> bool {
        PathExpressions::new([pattern])
            .unwrap()
            .matches(path.as_bytes())
    }

    #[test]
    fn patterns_mean_what_ruby_means() {
        for (pattern, yes, no) in [
            ("b", "abc", "ac"),
            ("^b", "bc", "ab"),
            ("b$", "ab", "ba"),
            ("^$", "", "a"),
            ("(^|/)cache/", "a/cache/b", "a/mycache/b"),
            ("a.c", "xabcx", "ac"),
            ("a\\.c", "a.c", "abc"),
            ("vendors?/", "vendor/a", "vendor"),
            ("ab*c", "abbbc", "adc"),
            ("ab+c", "abbc", "ac"),
            ("(.*?)\\.d\\.ts$", "a/b.d.ts", "b.d.tsx"),
            ("x(\\d+\\.){3}js", "x1.22.3.js", "x1.22.js"),
            ("third[-_]?party", "third_party", "third.party"),
            ("jquery([^.]*)\\.js$", "jquery-ui.js", "jquery.ui.js"),
            ("[\\w-]+@", "a-b@", "@"),
            ("(js|css)$", "a.css", "a.cs"),
            ("^(a*)*b", "aab", "ac"),
            ("^((a?)*|b*)+c$", "abac", "adc"),
            ("^(|a)*b$", "aab", "ca"),
            ("^((ab){2}){2}$", "abababab", "ababab"),
        ] {
            assert!(matches(pattern, yes), "{pattern} on {yes}");
            assert!(!matches(pattern, no), "{pattern} on {no}");
        }
    }

    #[test]
    fn what_is_not_understood_is_an_error() {
        for pattern in ["a(b", "a)b", "[a", "*a", "a\\", "\\b", "a{2,3}"] {
            let error = PathExpressions::new([pattern]).unwrap_err();
            assert_eq!(error.pattern, pattern);
        }
        let deep = "(".repeat(1_000) + &")".repeat(1_000);
        assert!(PathExpressions::new([deep.as_str()]).is_err());
        let mut multiplied = "a".to_owned();
        for _ in 0..20 {
            multiplied = format!("({multiplied}){{9}}");
        }
        for long in [multiplied, "a?".repeat(100_000), "a|".repeat(100_000)] {
            assert!(PathExpressions::new([long.as_str()]).is_err());
        }
    }

    /// The classical pattern whose automaton has 2ⁿ states.
    #[test]
    fn the_table_of_states_stays_bounded() {
        let pattern = format!("a{}$", "(a|b)".repeat(20));
        let mut patterns = PathExpressions::new([pattern.as_str()]).unwrap();
        let mut seed = 1_u32;
        let path: Vec<u8> = std::iter::repeat_with(|| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            if seed >> 16 & 1 == 1 { b'a' } else { b'b' }
        })
        .take(50_000)
        .collect();
        let expected = path[path.len() - 21] == b'a';
        assert_eq!(patterns.matches(&path), expected);
        assert!(patterns.states.len() <= MOST_STATES + 2);
    }
}
