//! Syntax: a pattern as it is written becomes a tree.

use super::symbols::{self, Set};

/// Parentheses within each other; people write two or three.
const MOST_NESTED: u32 = 50;

/// A pattern as a tree.
#[derive(Debug, Clone)]
pub enum Tree {
    /// One symbol of a set.
    One(Set),
    /// One behind the other.
    Sequence(Vec<Tree>),
    /// Any one of them.
    Either(Vec<Tree>),
    /// So many times at least, and how often more.
    Repeat(Box<Tree>, u32, More),
}

/// How often something may be repeated beyond what it has to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum More {
    /// Not at all.
    None,
    /// Once.
    One,
    /// Any number of times.
    Any,
}

impl Tree {
    /// Reads a pattern.
    ///
    /// # Errors
    /// What is wrong with it, in a few words.
    pub fn parse(pattern: &str) -> Result<Self, &'static str> {
        let mut parser = Parser {
            rest: pattern.as_bytes(),
            depth: 0,
        };
        let tree = parser.either()?;
        match parser.rest {
            [] => Ok(tree),
            _ => Err("a parenthesis closes what was not opened"),
        }
    }

    /// At most so many nodes it compiles to.
    pub fn nodes(&self) -> u32 {
        let sum = |parts: &[Self]| {
            let nodes = parts.iter().map(Self::nodes);
            nodes.fold(0, u32::saturating_add)
        };
        match self {
            Self::One(_) => 1,
            Self::Sequence(parts) => sum(parts),
            Self::Either(ways) => {
                let forks = u32::try_from(ways.len()).unwrap_or(u32::MAX);
                sum(ways).saturating_add(forks)
            }
            Self::Repeat(part, least, _) => part
                .nodes()
                .saturating_mul(least.saturating_add(1))
                .saturating_add(1),
        }
    }
}

struct Parser<'a> {
    rest: &'a [u8],
    /// Parentheses that are open.
    depth: u32,
}

impl Parser<'_> {
    fn either(&mut self) -> Result<Tree, &'static str> {
        self.depth += 1;
        if self.depth > MOST_NESTED {
            return Err("parentheses are nested too deeply");
        }
        let mut ways = vec![self.sequence()?];
        while self.take(b'|') {
            ways.push(self.sequence()?);
        }
        self.depth -= 1;
        Ok(Tree::Either(ways))
    }

    fn sequence(&mut self) -> Result<Tree, &'static str> {
        let mut parts = Vec::new();
        while let Some(&byte) = self.rest.first() {
            if matches!(byte, b'|' | b')') {
                break;
            }
            let part = self.one()?;
            parts.push(self.repeated(part)?);
        }
        Ok(Tree::Sequence(parts))
    }

    fn one(&mut self) -> Result<Tree, &'static str> {
        let byte = self.next().ok_or("something is missing at the end")?;
        Ok(Tree::One(match byte {
            b'(' => {
                let inner = self.either()?;
                if !self.take(b')') {
                    return Err("a parenthesis is not closed");
                }
                return Ok(inner);
            }
            b'^' => Set::NONE.with(symbols::BEGINNING),
            b'$' => Set::NONE.with(symbols::END),
            b'.' => Set::of([b'\n']).negated(),
            b'[' => self.class()?,
            b'\\' => self.escape()?,
            b'*' | b'+' | b'?' | b'{' => return Err("nothing stands before a repetition"),
            literal => Set::of([literal]),
        }))
    }

    fn repeated(&mut self, part: Tree) -> Result<Tree, &'static str> {
        let (least, more) = match self.rest.first() {
            Some(b'*') => (0, More::Any),
            Some(b'+') => (1, More::Any),
            Some(b'?') => (0, More::One),
            Some(b'{') => {
                self.next();
                return self.counted(part);
            }
            _ => return Ok(part),
        };
        self.next();
        // Whether a repetition is lazy does not change whether it matches.
        self.take(b'?');
        Ok(Tree::Repeat(Box::new(part), least, more))
    }

    fn counted(&mut self, part: Tree) -> Result<Tree, &'static str> {
        match (self.next(), self.next()) {
            (Some(digit @ b'0'..=b'9'), Some(b'}')) => Ok(Tree::Repeat(
                Box::new(part),
                u32::from(digit - b'0'),
                More::None,
            )),
            _ => Err("a count is not one digit in braces"),
        }
    }

    fn class(&mut self) -> Result<Set, &'static str> {
        let negated = self.take(b'^');
        let mut set = Set::NONE;
        loop {
            let first = match self.next().ok_or("a bracket is not closed")? {
                b']' => break,
                b'\\' => {
                    set = set.united(self.escape()?);
                    continue;
                }
                byte => byte,
            };
            let last = match self.rest {
                [b'-', last, ..] if *last != b']' => *last,
                _ => first,
            };
            if last != first {
                self.next();
                self.next();
            }
            set = set.united(Set::of(first..=last));
        }
        Ok(if negated { set.negated() } else { set })
    }

    fn escape(&mut self) -> Result<Set, &'static str> {
        let digits = b'0'..=b'9';
        match self.next().ok_or("a backslash ends the pattern")? {
            b'd' => Ok(Set::of(digits)),
            b'w' => Ok(Set::of(
                digits.chain(b'a'..=b'z').chain(b'A'..=b'Z').chain([b'_']),
            )),
            b's' => Ok(Set::of(*b" \t\r\n\x0b\x0c")),
            byte if byte.is_ascii_punctuation() => Ok(Set::of([byte])),
            _ => Err("an escape is not understood"),
        }
    }

    fn next(&mut self) -> Option<u8> {
        let (&byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(byte)
    }

    fn take(&mut self, wanted: u8) -> bool {
        let there = self.rest.first() == Some(&wanted);
        if there {
            self.next();
        }
        there
    }
}
