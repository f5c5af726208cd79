//! One pattern, taken apart into segments.

use std::fmt;

use super::segment_glob::{BracketMeaning, OpenBracket, SegmentGlob};

/// A pattern over whole paths: what each segment must be, and what may follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    pub segments: Vec<Segment>,
    pub tail: Tail,
}

/// What one segment of a path must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Segment {
    /// `**`: any number of segments, none included.
    AnyDepth,
    /// Exactly this text.
    Literal(String),
    /// Text with wildcards, as it was written.
    Glob { source: String, glob: SegmentGlob },
}

/// What may follow behind the last segment of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tail {
    /// Nothing: the path ends here.
    End,
    /// At least one more segment: everything below a directory.
    Below,
    /// Nothing, or everything below: a file or a directory of that name.
    EndOrBelow,
}

/// Why a pattern is of no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PatternError {
    Empty,
    RootOnly,
    ThreeStars,
    EmptySegment,
    DotSegment,
    OpenBracket,
    TooLong,
}

/// The longest path of common systems, in bytes, and so of a useful pattern.
const LONGEST: usize = 4_096;

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "it is empty",
            Self::RootOnly => "`/` alone never matches a file; write `*` for every file",
            Self::ThreeStars => "three stars in a row mean nothing; write `**`",
            Self::EmptySegment => {
                "it holds an empty segment, which no path has; write one `/` between names"
            }
            Self::DotSegment => {
                "it holds a `.` or `..` segment, which no path has; write the path from the root"
            }
            Self::TooLong => "it is longer than 4,096 bytes, the longest path of common systems",
            Self::OpenBracket => "a `[` is not closed; write `\\[` for the character itself",
        })
    }
}

impl From<OpenBracket> for PatternError {
    fn from(OpenBracket: OpenBracket) -> Self {
        Self::OpenBracket
    }
}

impl Pattern {
    /// Reads a pattern in which an inner or leading `/` anchors at the root,
    /// as GitHub and gitignore have it.
    pub fn parse_anchored(text: &str, brackets: BracketMeaning) -> Result<Self, PatternError> {
        let anchored_text = text.strip_prefix('/');
        let rest = anchored_text.unwrap_or(text);
        match (text, rest) {
            ("", _) => return Err(PatternError::Empty),
            (_, "") => return Err(PatternError::RootOnly),
            _ if rest.len() > LONGEST => return Err(PatternError::TooLong),
            _ if rest.contains("***") => return Err(PatternError::ThreeStars),
            _ => {}
        }
        let (names, is_directory) = split_names(rest);
        let mut segments = names
            .iter()
            .map(|name| parse_segment(name, brackets))
            .collect::<Result<Vec<_>, _>>()?;
        let floats = anchored_text.is_none() && segments.len() == 1;
        if floats {
            segments.insert(0, Segment::AnyDepth);
        }
        let tail = match segments.last() {
            _ if is_directory => Tail::Below,
            // `dir/*` means the files of the directory, not what lies deeper.
            Some(Segment::Glob { glob, .. }) if glob.is_any_name() => Tail::End,
            _ => Tail::EndOrBelow,
        };
        Ok(Self { segments, tail }.simplified())
    }

    /// Reads a pattern in which everything that does not begin with `/` matches
    /// at any depth, and a name matches no directory, as GitLab has it. There,
    /// nothing and `/` stand for every file.
    pub fn parse_floating(text: &str, brackets: BracketMeaning) -> Result<Self, PatternError> {
        let anchored_text = text.strip_prefix('/');
        let rest = anchored_text.unwrap_or(text);
        if rest.is_empty() {
            return Ok(Self {
                segments: Vec::new(),
                tail: Tail::Below,
            });
        }
        if rest.len() > LONGEST {
            return Err(PatternError::TooLong);
        }
        let (names, is_directory) = split_names(rest);
        let mut segments = Vec::new();
        if anchored_text.is_none() {
            segments.push(Segment::AnyDepth);
        }
        for (name, names_behind) in names.iter().zip((0..names.len()).rev()) {
            // There, `**` spans segments only with a `/` behind it.
            let spans = is_directory || names_behind > 0;
            segments.push(match *name {
                "**" if !spans => Segment::any_name(),
                name if is_stars(name) && name != "**" => Segment::any_name(),
                name => parse_segment(name, brackets)?,
            });
        }
        let tail = if is_directory { Tail::Below } else { Tail::End };
        Ok(Self { segments, tail }.simplified())
    }

    /// The same pattern in the one form that is quickest to match: `**` never
    /// twice in a row, and never where the tail can say it.
    fn simplified(mut self) -> Self {
        self.segments
            .dedup_by(|a, b| *a == Segment::AnyDepth && *b == Segment::AnyDepth);
        if self.segments.last() == Some(&Segment::AnyDepth) {
            self.segments.pop();
            self.tail = Tail::Below;
        }
        let ends_in_any_depth_any_name = matches!(
            self.segments.as_slice(),
            [.., Segment::AnyDepth, Segment::Glob { glob, .. }] if glob.is_any_name()
        );
        if ends_in_any_depth_any_name && self.tail == Tail::End {
            self.segments
                .truncate(self.segments.len().saturating_sub(2));
            self.tail = Tail::Below;
        }
        self
    }
}

impl Segment {
    fn any_name() -> Self {
        Self::Glob {
            source: "*".to_owned(),
            glob: SegmentGlob::any_name(),
        }
    }
}

/// The names between the slashes, and whether a slash ends them.
fn split_names(text: &str) -> (Vec<&str>, bool) {
    match text.strip_suffix('/') {
        Some(names) => (names.split('/').collect(), true),
        None => (text.split('/').collect(), false),
    }
}

fn is_stars(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte == b'*')
}

fn parse_segment(name: &str, brackets: BracketMeaning) -> Result<Segment, PatternError> {
    match name {
        "" => return Err(PatternError::EmptySegment),
        "." | ".." => return Err(PatternError::DotSegment),
        "**" => return Ok(Segment::AnyDepth),
        _ => {}
    }
    if !name.contains(['*', '?', '\\', '[']) {
        return Ok(Segment::Literal(name.to_owned()));
    }
    let glob = SegmentGlob::parse(name, brackets)?;
    Ok(match glob.as_literal() {
        Some(literal) => Segment::Literal(literal.to_owned()),
        None => Segment::Glob {
            source: name.to_owned(),
            glob,
        },
    })
}
