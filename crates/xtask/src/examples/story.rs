//! Stories: what happened in a repository, as data that people write and read.
//!
//! `examples/README.md` describes the format for its writers; the types here
//! are that format. A misspelt word is an error that names the chapter.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::path::Path;

use serde::Deserialize;
use serde_yaml_ng::Value;

use super::Error;
use super::relative_day::RelativeDay;
use super::template::Words;

/// The story of one repository: `story.yaml`.
#[derive(Debug)]
pub(crate) struct Story {
    /// What is told, in the order it is told.
    pub(crate) timeline: Vec<Chapter>,
    /// Words that every template of this repository may use.
    pub(crate) words: Words,
}

/// One thing that happened, or went on happening.
#[derive(Debug)]
pub(crate) enum Chapter {
    /// One commit.
    Commit(Box<Commit>),
    /// Commits that return at a steady pace.
    Rhythm(Box<Rhythm>),
}

/// One commit and what it did, applied in the order of the fields.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Commit {
    pub(crate) on: RelativeDay,
    /// The author, by the name that the company knows.
    pub(crate) by: String,
    /// Co-authors, named in trailers.
    #[serde(default)]
    pub(crate) with: Vec<String>,
    /// Reviewers, named in trailers.
    #[serde(default)]
    pub(crate) reviewers: Vec<String>,
    pub(crate) message: String,
    /// The side branch it was made on; the main branch where absent.
    pub(crate) branch: Option<String>,
    /// The side branch that it merges into its own.
    pub(crate) merge: Option<String>,
    #[serde(default)]
    pub(crate) rename: BTreeMap<String, String>,
    /// Files written from templates.
    #[serde(default)]
    pub(crate) write: Vec<Written>,
    /// Files begun with source text made up for them.
    #[serde(default)]
    pub(crate) grow: Vec<String>,
    /// Files, or folders of files, each changed a little.
    #[serde(default)]
    pub(crate) touch: Vec<String>,
    /// Per file, texts to find (each exactly once) and what to put there.
    #[serde(default)]
    pub(crate) edit: BTreeMap<String, BTreeMap<String, String>>,
    /// Files, or folders of files, deleted.
    #[serde(default)]
    pub(crate) delete: Vec<String>,
}

/// Commits that return at a steady pace: the first on `from`, none after `to`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rhythm {
    pub(crate) from: RelativeDay,
    pub(crate) to: RelativeDay,
    pub(crate) every: Pace,
    /// The authors, who take turns.
    pub(crate) by: OneOrMany,
    /// Co-authors of every commit.
    #[serde(default)]
    pub(crate) with: Vec<String>,
    /// Reviewers, who take turns.
    #[serde(default)]
    pub(crate) reviewers: OneOrMany,
    /// Files, or folders of files, of which some are changed each time.
    pub(crate) touch: OneOrMany,
    /// Files begun on the way, spread evenly over the commits.
    #[serde(default)]
    pub(crate) grow: Vec<String>,
    /// How many files a commit changes.
    #[serde(default = "one")]
    pub(crate) files: usize,
    /// Messages, taken in turn; made up where absent.
    #[serde(default)]
    pub(crate) messages: OneOrMany,
}

/// A file written from a template of the same path, or from the one named.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Written {
    /// `- CODEOWNERS`
    AsNamed(String),
    /// `- MENTORSHIP.md: MENTORSHIP.first.md`, or with words of its own:
    /// `- docs/adr/0001.md: { from: company:adr.md, title: Queue the files }`
    From(BTreeMap<String, Source>),
}

/// Where the text of a written file comes from.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Source {
    /// A template.
    Template(String),
    /// A template (`from`) and words for it.
    Filled(Words),
}

/// Days between two commits of a rhythm, written `6d`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Pace {
    pub(crate) days: NonZeroU32,
}

/// One word or a list of words.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "OneOrManyText")]
pub(crate) struct OneOrMany(pub(crate) Vec<String>);

impl Story {
    /// Reads a story; `path` is for the error alone.
    pub(crate) fn parse(text: &str, path: &Path) -> Result<Self, Error> {
        let fail = |problem: String| Error::Story {
            path: path.to_owned(),
            problem,
        };
        let told: Told = serde_yaml_ng::from_str(text).map_err(|error| fail(error.to_string()))?;
        if told.tells.trim().is_empty() {
            return Err(fail(
                "`tells` is empty: say what the repository shows".into(),
            ));
        }
        let timeline = told
            .timeline
            .into_iter()
            .enumerate()
            .map(|(index, chapter)| {
                Chapter::read(chapter).map_err(|error| {
                    fail(format!("chapter {} of the timeline: {error}", index + 1))
                })
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            timeline,
            words: told.words,
        })
    }
}

impl Chapter {
    /// A chapter with `from` is a rhythm, any other is a commit. Decided here
    /// rather than by an untagged enum, whose errors do not name the field.
    fn read(chapter: Value) -> Result<Self, serde_yaml_ng::Error> {
        if chapter.get("from").is_some() {
            serde_yaml_ng::from_value(chapter).map(|rhythm| Self::Rhythm(Box::new(rhythm)))
        } else {
            serde_yaml_ng::from_value(chapter).map(|commit| Self::Commit(Box::new(commit)))
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    tells: String,
    #[serde(default)]
    words: Words,
    #[serde(default)]
    timeline: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrManyText {
    One(String),
    Many(Vec<String>),
}

impl From<OneOrManyText> for OneOrMany {
    fn from(text: OneOrManyText) -> Self {
        match text {
            OneOrManyText::One(one) => Self(vec![one]),
            OneOrManyText::Many(many) => Self(many),
        }
    }
}

impl TryFrom<String> for Pace {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.strip_suffix('d')
            .and_then(|days| days.parse().ok())
            .map(|days| Self { days })
            .ok_or_else(|| format!("`{text}` is no pace: write a number of days, such as 6d"))
    }
}

fn one() -> usize {
    1
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        Story::parse(text, Path::new("story.yaml"))
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn a_misspelt_word_names_the_chapter() {
        let commit = "{ on: -3d, by: alice, message: Begin }";
        let message = error(&format!(
            "tells: x\ntimeline: [{commit}, {{ on: -2d, bye: ben }}]"
        ));
        assert!(message.contains("chapter 2"), "{message}");
        assert!(message.contains("bye"), "{message}");
    }

    #[test]
    fn a_pace_of_no_days_is_refused() {
        let rhythm = "{ from: -9d, to: -1d, every: 0d, by: alice, touch: src }";
        assert!(error(&format!("tells: x\ntimeline: [{rhythm}]")).contains("no pace"));
    }

    #[test]
    fn a_story_says_what_it_shows() {
        assert!(error("tells: ''").contains("say what the repository shows"));
    }
}
