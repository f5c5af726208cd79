//! Telling a story: chapters become commits, each with the files that it changes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::path::Path;
use std::rc::Rc;

use mentorship_core::civil_date::CivilDate;

use super::company::{Author, Company};
use super::sequence::Sequence;
use super::story::{Chapter, Commit, OneOrMany, Rhythm, Source, Story, Written};
use super::template::{Setting, Words};
use super::{Error, source_text};

/// The branch that a repository's service is judged by.
pub(crate) const MAIN: &str = "main";

/// The living files of a branch.
pub(crate) type Tree = BTreeMap<String, Rc<str>>;

/// What a story comes to.
pub(crate) struct History {
    /// In the order in which they were made; a parent comes before its children.
    pub(crate) commits: Vec<Made>,
    /// The files that live on the main branch at the end.
    pub(crate) tree: Tree,
}

/// One commit, ready to be imported.
pub(crate) struct Made {
    pub(crate) branch: String,
    pub(crate) author: Author,
    /// Unix time of author and committer.
    pub(crate) seconds: i64,
    pub(crate) message: String,
    /// Indices into the history's commits, the first parent first.
    pub(crate) parents: Vec<usize>,
    pub(crate) changes: BTreeMap<String, Change>,
}

/// What became of a path; the text is the whole file.
#[derive(Clone)]
pub(crate) enum Change {
    Written(Rc<str>),
    Deleted,
}

/// What a telling needs to know besides the story.
pub(crate) struct Stage<'a> {
    pub(crate) setting: &'a Setting<'a>,
    pub(crate) company: &'a Company,
    /// Templates of this repository.
    pub(crate) files: &'a Path,
    /// Templates of the company, named `company:…`.
    pub(crate) company_files: &'a Path,
}

impl Stage<'_> {
    /// Tells the story of the repository called `name`, whose file is `path`.
    pub(crate) fn tell(&self, name: &str, story: &Story, path: &Path) -> Result<History, Error> {
        let mut telling = Telling {
            stage: self,
            story,
            name,
            commits: Vec::new(),
            branches: BTreeMap::new(),
        };
        for scene in self.scenes(story) {
            telling.play(&scene).map_err(|problem| Error::Story {
                path: path.to_owned(),
                problem: format!(
                    "chapter {} of the timeline, on {}: {problem}",
                    scene.chapter + 1,
                    scene.day
                ),
            })?;
        }
        let tree = telling.branches.remove(MAIN).unwrap_or_default().tree;
        Ok(History {
            commits: telling.commits,
            tree,
        })
    }

    /// Every commit of every chapter by day; those of one day in the order told.
    fn scenes<'s>(&self, story: &'s Story) -> Vec<Scene<'s>> {
        let anchor = self.setting.anchor;
        let mut scenes: Vec<Scene<'s>> = Vec::new();
        for (chapter, told) in story.timeline.iter().enumerate() {
            match told {
                Chapter::Commit(commit) => scenes.push(Scene {
                    day: commit.on.on(anchor),
                    chapter,
                    beat: Beat::Commit(commit),
                }),
                Chapter::Rhythm(rhythm) => {
                    let days = rhythm.days(anchor);
                    let beats = days.len();
                    scenes.extend(days.into_iter().enumerate().map(|(step, day)| Scene {
                        day,
                        chapter,
                        beat: Beat::Rhythm {
                            rhythm,
                            step,
                            beats,
                        },
                    }));
                }
            }
        }
        scenes.sort_by_key(|scene| (scene.day, scene.chapter));
        scenes
    }
}

/// One commit to be, on its day.
struct Scene<'s> {
    day: CivilDate,
    chapter: usize,
    beat: Beat<'s>,
}

enum Beat<'s> {
    Commit(&'s Commit),
    /// The commit number `step` of the `beats` of a rhythm.
    Rhythm {
        rhythm: &'s Rhythm,
        step: usize,
        beats: usize,
    },
}

impl Rhythm {
    fn days(&self, anchor: CivilDate) -> Vec<CivilDate> {
        let last = self.to.on(anchor);
        let pace = i32::try_from(self.every.days.get()).unwrap_or(i32::MAX);
        std::iter::successors(Some(self.from.on(anchor)), |day| Some(day.plus_days(pace)))
            .take_while(|day| *day <= last)
            .collect()
    }
}

impl OneOrMany {
    /// The one whose turn it is.
    fn turn(&self, step: usize) -> Option<&str> {
        let index = step.checked_rem(self.0.len())?;
        self.0.get(index).map(String::as_str)
    }
}

/// A branch while the story is told.
#[derive(Clone, Default)]
struct Branch {
    tip: Option<usize>,
    tree: Tree,
    /// The files whose text is made up: those that touching a folder changes.
    made_up: BTreeSet<String>,
    /// What a side branch changed since it left the main one, for the merge.
    since_fork: BTreeMap<String, Change>,
}

struct Telling<'a> {
    stage: &'a Stage<'a>,
    story: &'a Story,
    name: &'a str,
    commits: Vec<Made>,
    branches: BTreeMap<String, Branch>,
}

impl Telling<'_> {
    fn play(&mut self, scene: &Scene<'_>) -> Result<(), String> {
        if scene.day >= self.stage.setting.anchor {
            return Err("the day has not passed yet: the last day to tell of is -1d".into());
        }
        match &scene.beat {
            Beat::Commit(commit) => self.commit(commit, scene),
            Beat::Rhythm {
                rhythm,
                step,
                beats,
            } => self.beat(rhythm, *step, *beats, scene),
        }
    }

    fn commit(&mut self, commit: &Commit, scene: &Scene<'_>) -> Result<(), String> {
        let branch = commit.branch.as_deref().unwrap_or(MAIN);
        let mut work = self.work_on(branch, scene);
        let mut merged = None;
        if let Some(side) = &commit.merge {
            let side = self
                .branches
                .get(side)
                .ok_or_else(|| format!("there is no branch `{side}` to merge"))?;
            merged = side.tip;
            work.apply(side.since_fork.clone());
            work.branch.made_up.extend(side.made_up.iter().cloned());
        }
        for (from, to) in &commit.rename {
            work.rename(from, to)?;
        }
        for written in &commit.write {
            for (path, text) in self.texts(written)? {
                work.write(path, text);
            }
        }
        for path in &commit.grow {
            work.grow(path)?;
        }
        for place in &commit.touch {
            for path in work.touchable(place)? {
                work.touch(&path);
            }
        }
        for (path, edits) in &commit.edit {
            for (find, put) in edits {
                let put = self.fill(put, &Words::new())?;
                let find = self.fill(find, &Words::new())?;
                work.edit(path, &find, &put)?;
            }
        }
        for place in &commit.delete {
            for path in work.living(place)? {
                work.delete(path);
            }
        }
        let trailers = Trailers {
            with: commit.with.iter().map(String::as_str).collect(),
            reviewers: commit.reviewers.iter().map(String::as_str).collect(),
        };
        self.record(work, &commit.by, &commit.message, &trailers, merged)
    }

    fn beat(
        &mut self,
        rhythm: &Rhythm,
        step: usize,
        beats: usize,
        scene: &Scene<'_>,
    ) -> Result<(), String> {
        let mut work = self.work_on(MAIN, scene);
        work.sequence = Sequence::named(&format!("{}/{}/{step}", self.name, scene.chapter));
        let mut touched = String::new();
        let mut candidates = Vec::new();
        for place in &rhythm.touch.0 {
            candidates.extend(work.touchable(place)?);
        }
        for _ in 0..rhythm.files.min(candidates.len()) {
            let index = work.sequence.below(candidates.len());
            touched = candidates.swap_remove(index);
            work.touch(&touched);
        }
        for path in rhythm.begun_at(step, beats) {
            work.grow(path)?;
            path.clone_into(&mut touched);
        }
        let author = rhythm.by.turn(step).ok_or("`by` names nobody")?;
        let message = match rhythm.messages.turn(step) {
            Some(message) => message.to_owned(),
            None => made_up_message(&touched, &mut work.sequence),
        };
        let trailers = Trailers {
            with: rhythm.with.iter().map(String::as_str).collect(),
            reviewers: rhythm.reviewer(author, step).into_iter().collect(),
        };
        self.record(work, author, &message, &trailers, None)
    }

    /// The branch as it stands, forked from the main one where it is new.
    fn work_on(&self, branch: &str, scene: &Scene<'_>) -> Work {
        let start = self.branches.get(branch).cloned().unwrap_or_else(|| {
            let main = self.branches.get(MAIN).cloned().unwrap_or_default();
            Branch {
                since_fork: BTreeMap::new(),
                ..main
            }
        });
        Work {
            name: branch.to_owned(),
            day: scene.day,
            branch: start,
            changes: BTreeMap::new(),
            sequence: Sequence::named(&format!("{}/{}", self.name, scene.chapter)),
        }
    }

    fn record(
        &mut self,
        mut work: Work,
        author: &str,
        message: &str,
        trailers: &Trailers<'_>,
        merged: Option<usize>,
    ) -> Result<(), String> {
        if work.changes.is_empty() && merged.is_none() {
            return Err("the commit changes no file".into());
        }
        let author = self.stage.company.author(author)?.clone();
        if trailers
            .with
            .iter()
            .any(|name| self.stage.company.author(name) == Ok(&author))
        {
            return Err(format!("`{}` is author and co-author", author.name));
        }
        let message = trailers.below(&self.fill(message, &Words::new())?, self.stage.company)?;
        let seconds = self.next_second(work.day);
        let index = self.commits.len();
        self.commits.push(Made {
            branch: work.name.clone(),
            author,
            seconds,
            message,
            parents: work.branch.tip.into_iter().chain(merged).collect(),
            changes: work.changes.clone(),
        });
        work.branch.tip = Some(index);
        if work.name != MAIN {
            work.branch.since_fork.append(&mut work.changes);
        }
        self.branches.insert(work.name, work.branch);
        Ok(())
    }

    /// A working hour of the day, after every earlier commit.
    fn next_second(&self, day: CivilDate) -> i64 {
        const EIGHT_O_CLOCK: i64 = 8 * 3_600;
        let mut minutes = Sequence::named(&format!("{}@{}", self.name, self.commits.len()));
        let mut pause = |most: usize| i64::try_from(minutes.below(most)).unwrap_or_default();
        let begin = day.unix_seconds() + EIGHT_O_CLOCK;
        match self.commits.last().map(|made| made.seconds) {
            Some(last) if last >= begin => last + 60 + pause(40 * 60),
            _ => begin + pause(4 * 3_600),
        }
    }

    fn texts(&self, written: &Written) -> Result<Vec<(String, String)>, String> {
        let none = Words::new();
        match written {
            Written::AsNamed(path) => Ok(vec![(path.clone(), self.text_of(path, &none)?)]),
            Written::From(sources) => sources
                .iter()
                .map(|(path, source)| {
                    let text = match source {
                        Source::Template(template) => self.text_of(template, &none)?,
                        Source::Filled(words) => {
                            let template = words
                                .get("from")
                                .ok_or_else(|| format!("`{path}` names no template in `from`"))?;
                            self.text_of(template, words)?
                        }
                    };
                    Ok((path.clone(), text))
                })
                .collect(),
        }
    }

    fn text_of(&self, template: &str, words: &Words) -> Result<String, String> {
        let path = match template.strip_prefix("company:") {
            Some(shared) => self.stage.company_files.join(shared),
            None => self.stage.files.join(template),
        };
        let text = super::read(&path).map_err(|error| error.to_string())?;
        self.fill(&text, words)
            .map_err(|problem| format!("template `{template}`: {problem}"))
    }

    fn fill(&self, text: &str, words: &Words) -> Result<String, String> {
        let mut known = self.story.words.clone();
        for (name, word) in words {
            known.insert(
                name.clone(),
                self.stage.setting.fill(word, &self.story.words)?,
            );
        }
        self.stage.setting.fill(text, &known)
    }
}

impl Rhythm {
    /// The reviewer whose turn it is; nobody reviews their own work.
    fn reviewer(&self, author: &str, step: usize) -> Option<&str> {
        (0..self.reviewers.0.len())
            .filter_map(|skipped| self.reviewers.turn(step + skipped))
            .find(|reviewer| *reviewer != author)
    }

    /// The files begun by the commit `step` of `beats`, spread evenly.
    fn begun_at(&self, step: usize, beats: usize) -> impl Iterator<Item = &String> {
        let count = self.grow.len();
        self.grow
            .iter()
            .enumerate()
            .filter(move |(index, _)| (index * beats).checked_div(count) == Some(step))
            .map(|(_, path)| path)
    }
}

/// A commit in the making, on its branch.
struct Work {
    name: String,
    day: CivilDate,
    branch: Branch,
    changes: BTreeMap<String, Change>,
    sequence: Sequence,
}

impl Work {
    fn write(&mut self, path: String, text: String) {
        let text: Rc<str> = text.into();
        if self.branch.tree.get(&path) == Some(&text) {
            return;
        }
        self.branch.tree.insert(path.clone(), Rc::clone(&text));
        self.changes.insert(path, Change::Written(text));
    }

    fn grow(&mut self, path: &str) -> Result<(), String> {
        if self.branch.tree.contains_key(path) {
            return Err(format!("`{path}` is already there; touch it instead"));
        }
        let text = source_text::begin(path, &mut self.sequence);
        self.write(path.to_owned(), text);
        self.branch.made_up.insert(path.to_owned());
        Ok(())
    }

    fn touch(&mut self, path: &str) {
        if let Some(text) = self.branch.tree.get(path).cloned() {
            let changed = source_text::change(path, &text, &mut self.sequence);
            self.write(path.to_owned(), changed);
        }
    }

    fn edit(&mut self, path: &str, find: &str, put: &str) -> Result<(), String> {
        let text = self
            .branch
            .tree
            .get(path)
            .ok_or_else(|| format!("`{path}` does not exist"))?;
        match text.matches(find).count() {
            1 => {
                let text = text.replace(find, put);
                self.write(path.to_owned(), text);
                Ok(())
            }
            count => Err(format!("`{find}` is {count} times in `{path}`, not once")),
        }
    }

    fn rename(&mut self, from: &str, to: &str) -> Result<(), String> {
        for path in self.living(from)? {
            let Some(text) = self.branch.tree.get(&path).map(|text| text.to_string()) else {
                continue;
            };
            let new = format!("{to}{}", path.strip_prefix(from).unwrap_or_default());
            if self.branch.made_up.contains(&path) {
                self.branch.made_up.insert(new.clone());
            }
            self.delete(path);
            self.write(new, text);
        }
        Ok(())
    }

    fn delete(&mut self, path: String) {
        self.branch.tree.remove(&path);
        self.branch.made_up.remove(&path);
        self.changes.insert(path, Change::Deleted);
    }

    fn apply(&mut self, changes: BTreeMap<String, Change>) {
        for (path, change) in changes {
            match change {
                Change::Written(text) => self.write(path, text.to_string()),
                Change::Deleted => self.delete(path),
            }
        }
    }

    /// The file at `place`, or the made-up files in the folder of that name: a
    /// plan or a runbook changes only where it is named.
    fn touchable(&self, place: &str) -> Result<Vec<String>, String> {
        let mut paths = self.living(place)?;
        if paths != [place] {
            paths.retain(|path| self.branch.made_up.contains(path));
        }
        Ok(paths)
    }

    /// The file at `place`, or the files in the folder of that name; `.` is all.
    fn living(&self, place: &str) -> Result<Vec<String>, String> {
        let tree = &self.branch.tree;
        let found: Vec<String> = if place == "." {
            tree.keys().cloned().collect()
        } else if tree.contains_key(place) {
            vec![place.to_owned()]
        } else {
            let folder = format!("{}/", place.trim_end_matches('/'));
            tree.range::<str, _>((Bound::Included(folder.as_str()), Bound::Unbounded))
                .map(|(path, _)| path)
                .take_while(|path| path.starts_with(&folder))
                .cloned()
                .collect()
        };
        if found.is_empty() {
            return Err(format!("nothing lives at `{place}`"));
        }
        Ok(found)
    }
}

struct Trailers<'a> {
    with: Vec<&'a str>,
    reviewers: Vec<&'a str>,
}

impl Trailers<'_> {
    fn below(&self, message: &str, company: &Company) -> Result<String, String> {
        let mut lines = Vec::new();
        for name in &self.with {
            lines.push(format!("Co-authored-by: {}", company.author(name)?));
        }
        for name in &self.reviewers {
            lines.push(format!("Reviewed-by: {}", company.author(name)?));
        }
        let message = message.trim_end();
        if lines.is_empty() {
            return Ok(format!("{message}\n"));
        }
        Ok(format!("{message}\n\n{}\n", lines.join("\n")))
    }
}

fn made_up_message(path: &str, sequence: &mut Sequence) -> String {
    const CHANGES: &[&str] = &[
        "Handle late rows in",
        "Simplify",
        "Say why it failed in",
        "Cover the empty case of",
        "Retry time-outs in",
        "Name the units in",
        "Remove a dead branch from",
        "Make the limit configurable in",
        "Round half to even in",
        "Log the batch number in",
        "Share a limit between callers of",
        "Do not wait for the network in",
        "Spell out the units of",
        "Pass the day in to",
        "Count what was skipped in",
        "Mend the order in",
        "Fail early in",
        "Test the last day of the month in",
    ];
    let file = path.rsplit('/').next().unwrap_or(path);
    format!("{} {file}", sequence.pick(CHANGES))
}
